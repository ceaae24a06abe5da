import Files
import Foundation

/// What the benchmark prints, as Markdown.
struct Report {
    /// Whether every comparison was one of equals.
    private(set) var isSound = true
    private var paragraphs: [String] = []

    /// Prints a paragraph.
    mutating func add(_ paragraph: String) {
        paragraphs.append(paragraph)
        print(paragraph + "\n")
        fflush(nil)
    }

    /// Says that numbers are missing because they would compare unequal things.
    mutating func refuse(_ reason: String) {
        isSound = false
        add("**Refused: \(reason)**")
    }

    mutating func addTable(_ header: [String], _ rows: [[String]]) {
        add(
            ([header, header.map { _ in "---" }] + rows).map { "| " + $0.joined(separator: " | ") + " |" }.joined(
                separator: "\n"))
    }

    /// Puts everything between the two marks of the benchmark's own page.
    func writeIntoReadme() throws {
        let file = Places.sources.appendingPathComponent("README.md")
        let text = try readText(file.path)
        let (begin, end) = ("<!-- benchmark -->\n", "<!-- end of benchmark -->")
        guard let first = text.range(of: begin), let last = text.range(of: end) else {
            throw WorkerProcess.Ended(description: "Sources/Benchmark/README.md has no place marked for the benchmark")
        }
        let body = paragraphs.joined(separator: "\n\n") + "\n"
        try writeAtomically(
            text.replacingCharacters(in: first.upperBound..<last.lowerBound, with: body), to: file.path)
    }
}

/// Where things are.
enum Places {
    static let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    static let package = sources.deletingLastPathComponent().deletingLastPathComponent()
    /// This program.
    static let program = Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
    /// Data, and programs of others; nothing that cannot be made again.
    static let cache = package.appendingPathComponent(".build/benchmark")
}

func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

/// Three digits, in seconds.
func duration(_ seconds: Double) -> String {
    let decimals = max(0, min(5, 2 - Int(log10(max(seconds, 1e-5)).rounded(.down))))
    return String(format: "%.\(decimals)f s", seconds)
}

/// Two or three digits of a ratio.
func factor(_ ratio: Double) -> String { String(format: ratio < 10 ? "%.1f" : "%.0f", ratio) }
