import Files
import Foundation

/// A browser of the Chromium family, which prints pages to PDF: the only tool that handouts ask for, and only for PDF.
///
/// Why a browser and not TeX: the page is printed as it is read, with its own formulas and vector figures, and most readers have one.
/// Lessons 3 and 4 have 37 and 39 sheets and 0.9 MB. XeLaTeX, through pandoc, stops at the first `\lt` of the Markdown. Typst, through
/// pandoc, is quick and sets 41 and 47 sheets of 1.1 and 1.0 MB as well as TeX, but only after 58 and 67 formulas have been rewritten
/// (`\thinspace`, `\cr`) and the links within the page taken out; frames are lost, and 240 MB have to be installed.
public struct Chromium: Sendable {
    /// The program.
    public let program: URL

    private static let names = [
        "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge",
        "brave-browser",
    ]

    private static let applications = ["Google Chrome", "Chromium", "Microsoft Edge", "Brave Browser"].map {
        "/Applications/\($0).app/Contents/MacOS/\($0)"
    }

    /// The browser of this machine: the one that the environment variable `CHROMIUM` names, or the first on the path; nil if there is none.
    public static func installed() -> Chromium? {
        let environment = ProcessInfo.processInfo.environment
        let folders = (environment["PATH"] ?? "").split(separator: ":").map(String.init)
        let candidates =
            [environment["CHROMIUM"]].compactMap(\.self) + folders.flatMap { folder in names.map { "\(folder)/\($0)" } }
            + applications
        return candidates.first(where: FileManager.default.isExecutableFile(atPath:)).map {
            Chromium(program: URL(filePath: $0))
        }
    }

    /// Prints a page to PDF: tagged, with the headings as bookmarks, and packed.
    ///
    /// - Throws: ``ChromiumError``; `FileError`.
    public func pdf(ofHTML page: [UInt8]) throws -> [UInt8] {
        let scratch = try ScratchFolder()
        let (html, pdf) = ("\(scratch.path)/page.html", "\(scratch.path)/page.pdf")
        try writeAtomically(page, to: html)
        let run = try run(
            [
                "--print-to-pdf=\(pdf)", "--no-pdf-header-footer", "--export-tagged-pdf",
                "--generate-pdf-document-outline",
            ], on: html, in: scratch)
        guard run.code == 0, let bytes = try? readFile(pdf), bytes.starts(with: Array("%PDF".utf8)) else {
            throw ChromiumError.noPDF(program.path(percentEncoded: false), run.errors)
        }
        return PDFPacking.packed(bytes)
    }

    /// Runs the browser without a window on a file, with a profile of its own, to its end.
    ///
    /// - Returns: what it printed, what it complained of, and how it ended.
    /// - Throws: ``ChromiumError``; `FileError`.
    public func run(_ options: [String], on file: String, in scratch: ScratchFolder) throws -> (
        output: String, errors: String, code: Int32
    ) {
        let process = Process()
        process.executableURL = program
        // A browser that root starts refuses to work in its sandbox; the page is our own.
        let sandbox = geteuid() == 0 ? ["--no-sandbox"] : []
        process.arguments =
            ["--headless", "--disable-gpu", "--disable-dev-shm-usage", "--user-data-dir=\(scratch.path)/profile"]
            + sandbox + options
            + [URL(filePath: file).absoluteString]
        // What it and its libraries keep for the next run would be left in the user's own folders.
        process.environment = ProcessInfo.processInfo.environment.merging([
            "XDG_CONFIG_HOME": "\(scratch.path)/settings", "XDG_CACHE_HOME": "\(scratch.path)/cache",
        ]) { $1 }
        let (output, errors) = ("\(scratch.path)/output", "\(scratch.path)/errors")
        for path in [output, errors] { try writeAtomically([], to: path) }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: URL(filePath: output))
        process.standardError = try FileHandle(forWritingTo: URL(filePath: errors))
        let path = program.path(percentEncoded: false)
        var endsInTime = true
        do { endsInTime = try process.runToItsEnd(patience: Self.patience) } catch {
            throw ChromiumError.notStarted(path)
        }
        if !endsInTime { throw ChromiumError.hangs(path) }
        func text(_ path: String) throws -> String { String(decoding: try readFile(path), as: UTF8.self) }
        return (try text(output), try text(errors), process.terminationStatus)
    }

    /// Seconds after which a browser is given up; the longest page takes a few on a machine with nothing else to do.
    private static let patience = 300.0
}

/// Why there is no PDF.
public enum ChromiumError: Error, Equatable, CustomStringConvertible {
    /// No browser of the family is installed.
    case missing
    /// The program does not start.
    case notStarted(String)
    /// The program does not end.
    case hangs(String)
    /// The program ended without a PDF, and said this.
    case noPDF(String, String)

    /// The reason in words, with what helps.
    public var description: String {
        switch self {
        case .missing:
            """
            PDF needs a browser of the Chromium family, and none is on the path. This line installs one on Debian or Ubuntu:
                sudo apt-get install -y chromium
            Chrome, Edge and Brave do as well; the environment variable CHROMIUM can name the program. Or write HTML, and print it from any browser.
            """
        case .notStarted(let program): "\(shown(program)) does not start"
        case .hangs(let program): "\(shown(program)) did not end, and was ended"
        case .noPDF(let program, let words):
            "\(shown(program)) wrote no PDF\(words.isEmpty ? "" : "; it said: " + words.suffix(300))"
        }
    }
}
