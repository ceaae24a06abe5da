import ArgumentParser
import Foundation
import MixtureModels

/// The real programs, with damaged files and options that nobody would type: whatever comes, there is a complete report, or a short
/// message and the earlier report as it was. It needs the lessons' programs, and so is tried only if `--programs` names their folder.
struct ProgramTarget: FuzzTarget {
    let name = "programs"
    private let programs: URL
    private let files: [(name: String, bytes: [UInt8])]
    private let scratch: URL
    private let readers: [(name: String, options: [String])]

    /// Programs that read a file, and what they want to know about it beside its columns.
    private static let allReaders: [(name: String, options: [String])] = [
        ("Lesson3GaussianEM", []), ("Lesson3GaussianEM", ["--covariance", "diagonal"]),
        ("Lesson4CoinFlips", ["--flips", "10"]), ("Lesson4CoinFlips", ["--flips", "#1"]), ("Lesson7KMeans", []),
        ("Lesson9BernoulliMixtures", []), ("Lesson11HowManyClasses", ["--restarts", "2"]),
    ]

    /// - Parameter data: A folder with CSV files, to be damaged.
    init(programs: URL, data: URL, scratch: URL) throws {
        (self.programs, self.scratch) = (programs.absoluteURL, scratch.absoluteURL)
        let contents = try FileManager.default.contentsOfDirectory(at: data, includingPropertiesForKeys: nil)
        files = try contents.filter { $0.pathExtension == "csv" }.sorted { $0.path < $1.path }.map {
            ($0.lastPathComponent, [UInt8](try Data(contentsOf: $0)))
        }
        guard !files.isEmpty else { throw ValidationError("--data: there are no CSV files in \(data.path)") }
        readers = Self.allReaders.filter {
            FileManager.default.isExecutableFile(atPath: programs.appending(path: $0.name).path)
        }
        guard !readers.isEmpty else {
            throw ValidationError("--programs: \(programs.path) has none of \(Self.allReaders.map(\.name))")
        }
    }

    func tryInput(_ random: inout SeededGenerator) -> FuzzOutcome {
        let (program, needed) = random.pick(readers)
        let file = random.pick(files)
        let isBinary = program == "Lesson9BernoulliMixtures" && !random.once(in: 4)
        let bytes = damaged(isBinary ? binary(file.bytes) : file.bytes, &random)
        let names = header(file.bytes)
        let columns =
            switch program {
            case "Lesson4CoinFlips": [random.pick(names)]
            case "Lesson9BernoulliMixtures": (0..<(1 + random.below(6))).map { _ in random.pick(names) }
            default: Array(names.prefix(1 + random.below(3)))
            }
        let output = scratch.appending(path: "out-\(program)")
        var arguments = ["--data", "damaged.csv", "--columns", columns.joined(separator: ","), "--output", output.path]
        arguments += ["--formats", "svg"] + needed
        for _ in 0..<random.pick([0, 0, 1, 1, 2]) { arguments += random.pick(Self.oddOptions) }
        let what = "\(program) \(arguments.joined(separator: " ")), \(file.name) as \(bytes.count) bytes"
        do {
            try Data(bytes).write(to: scratch.appending(path: "damaged.csv"))
            let before = try contents(of: output)
            let end = try run(program, arguments)
            let after = try contents(of: output)
            let problem = end.code == 0 ? incomplete(after) : unclear(end, isUntouched: before == after)
            return problem.map { .broken("\($0): \(what)") } ?? (end.code == 0 ? .accepted : .refused)
        } catch { return .broken("\(error): \(what)") }
    }

    // MARK: Rules

    private typealias End = (code: Int32, isSignal: Bool, errors: String)

    /// A report has its parts, and its numbers are numbers.
    private func incomplete(_ files: [String: Data]) -> String? {
        for name in ["README.md", "results.json"] {
            guard let text = files[name].map({ String(decoding: $0, as: UTF8.self) }), !text.isEmpty else {
                return "there is no \(name)"
            }
            let words = text.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "_" }
            if let word = words.first(where: { ["nan", "inf"].contains($0) }) { return "\(name) says \(word)" }
        }
        return files["results.json"].flatMap { try? JSONSerialization.jsonObject(with: $0) } == nil
            ? "results.json is no JSON" : nil
    }

    /// A refusal is short and says which file or which option it is about.
    private func unclear(_ end: End, isUntouched: Bool) -> String? {
        if end.isSignal { return "signal \(end.code): \(end.errors.suffix(300))" }
        guard isUntouched else { return "the earlier report has changed" }
        let message = end.errors.split(separator: "\n").first { $0.hasPrefix("Error: ") } ?? ""
        guard message.contains("damaged.csv") || message.contains("--"), message.utf8.count < 3000 else {
            return "code \(end.code), and the message is \(end.errors.prefix(300).debugDescription)"
        }
        return nil
    }

    private func contents(of folder: URL) throws -> [String: Data] {
        let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
        return try paths.reduce(into: [:]) { found, path in
            let url = folder.appending(path: path)
            if !url.hasDirectoryPath, path.contains(".") { found[path] = try Data(contentsOf: url) }
        }
    }

    /// Runs a program within limits: of a processor's time (not of the clock: others may be busy), and 3 GB.
    private func run(_ program: String, _ arguments: [String]) throws -> End {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        let path = programs.appending(path: program).path
        let seconds = program == "Lesson11HowManyClasses" ? 60 : 10
        let limits = "ulimit -t \(seconds); ulimit -v 3000000; ulimit -c 0"
        process.arguments = ["-c", "\(limits); exec \"$0\" \"$@\"", path] + arguments
        process.currentDirectoryURL = scratch
        process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
        let errors = scratch.appending(path: "errors.txt")
        try Data().write(to: errors)
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        process.waitUntilExit()
        let text = String(decoding: try Data(contentsOf: errors), as: UTF8.self)
        return (process.terminationStatus, process.terminationReason == .uncaughtSignal, text)
    }

    // MARK: Inputs

    private func header(_ bytes: [UInt8]) -> [String] {
        let line = String(decoding: bytes.prefix { $0 != 10 && $0 != 13 }, as: UTF8.self)
        return line.split { ",;\t".contains($0) }.map { $0.trimmingCharacters(in: .whitespaces) }
    }

    /// The same rows with 1 for a number of two digits or more, and 0 for any other cell.
    private func binary(_ bytes: [UInt8]) -> [UInt8] {
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        let rows = lines.dropFirst().map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map { $0.utf8.count > 1 ? "1" : "0" }
                .joined(separator: ",")
        }
        return Array((lines.prefix(1).map(String.init) + rows).joined(separator: "\n").utf8)
    }

    /// Damages bytes, lines, encodings or sizes.
    private func damaged(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var lines = bytes.split(separator: 10, omittingEmptySubsequences: false).map(Array.init)
        let text = String(decoding: bytes, as: UTF8.self)
        switch random.below(12) {
        case 0: return Array(bytes.prefix(random.below(bytes.count + 1)))
        case 1: return text.utf16.reduce(into: [0xFF, 0xFE]) { $0 += [UInt8($1 & 255), UInt8($1 >> 8)] }
        case 2: lines.remove(at: random.below(lines.count))
        case 3: lines = Array(lines.prefix(1 + random.below(4)))
        case 4: lines = [lines[0]] + (0..<random.pick([3, 30, 3000])).map { _ in random.pick(lines) }
        case 5: for _ in 0..<3 { lines[random.below(lines.count)] = Array("1e300,-1e300,1e-300,nan,inf,5".utf8) }
        case 6: lines = lines.map { Array(String(decoding: $0, as: UTF8.self).replacing(".", with: "e2").utf8) }
        case 7, 8, 9: break
        default:
            var text = bytes
            for _ in 0..<random.pick([1, 1, 2, 5]) where !text.isEmpty { CSVTarget.damage(&text, &random) }
            return text
        }
        return Array(lines.joined(separator: [10]))
    }

    private static let oddOptions: [[String]] = [
        ["--seed", "-1"], ["--seed", "18446744073709551615"], ["--seed", ""], ["--components", "0"],
        ["--components", "1"], ["--components", "3"], ["--components", "40"], ["--components", "1000000000"],
        ["--columns", "a,,b"], ["--columns", "\"a"], ["--columns", "#1,#1"], ["--columns", "#1,#2"], ["--columns", ""],
        ["--missing", "drop"], ["--missing", "x"], ["--counts", "#1"], ["--counts", ""], ["--notation", "nonsense"],
        ["--notation", "prml"], ["--formats", ""], ["--output", ""], ["--output", "damaged.csv"], ["--restarts", "3"],
        ["--restarts", "9223372036854775807"], ["--data", "no-damaged.csv"], ["--surplus"], ["--covariance", "tied"],
        ["--start-heads", "0,1"], ["--start-heads", "0.2,0.9"], ["--start-weights", "1e308,1e308"], ["--fixed-weights"],
        ["--start", "damaged.csv"], ["--flips", "-3"], ["--flips", "9223372036854775807"],
    ]
}
