import ArgumentParser
import Figures
import Files
import Foundation

extension FigureFormat: ExpressibleByArgument {}

/// A list of figure formats, written `svg,png,pdf`.
public struct FigureFormats: ExpressibleByArgument, Sendable {
    let formats: [FigureFormat]

    /// What a lesson draws unless told otherwise.
    static let standard = FigureFormats([.svg, .png])

    private init(_ formats: [FigureFormat]) { self.formats = formats }

    /// Parses a list with commas; nil if a name is unknown or the list is empty.
    public init?(argument: String) {
        let names = argument.split(separator: ",", omittingEmptySubsequences: false).map {
            $0.trimmingCharacters(in: .whitespaces).lowercased()
        }
        let formats = names.compactMap(FigureFormat.init(rawValue:))
        guard !formats.isEmpty, formats.count == names.count else { return nil }
        self.formats = FigureFormat.allCases.filter(formats.contains)
    }

    /// The list as it is typed.
    public var defaultValueDescription: String { formats.map(\.rawValue).joined(separator: ",") }
}

/// The symbols of a report: `--notation cs181`, in letters of any case.
extension Notation.Source: ExpressibleByArgument {
    /// Parses one of ``Notation/ids``; nil for any other.
    public init?(argument: String) { self.init(rawValue: argument.lowercased()) }
}

/// The options that every lesson has.
public struct LessonOptions: ParsableArguments, Sendable {
    /// The seed of everything random.
    @Option(
        parsing: .unconditional,
        help: """
            The seed of everything random in the lesson: the same seed gives the same report, byte for byte. (default: 181)
            """,
        transform: seed(_:))
    public var seed: UInt64 = 181

    /// The folder of the report.
    @Option(help: "The folder for the report, made if it is not there. (default: Output/<lesson>)")
    public var output: String?

    /// The formats of the figures.
    @Option(help: "The formats of the figures: any of svg, png, pdf, separated by commas.")
    public var formats = FigureFormats.standard

    /// The symbols of the report.
    @Option(help: "Whose symbols to write in.")
    public var notation = Notation.Source.house

    @Option(
        name: .customLong("handout"),
        help: ArgumentHelp(
            "Write the report as one HTML page, which needs no other file, or as a PDF, and nothing else.",
            valueName: "file.html|file.pdf"))
    var handoutFile: String?

    @Option(help: "The answers to the questions of a handout: folded, none or shown.")
    var answers = HandoutOptions.Answers.folded

    @Option(help: "The paper of a PDF: a4 or letter.")
    var paper = HandoutOptions.Paper.a4

    @Flag(help: "The one-sheet summary in place of the whole report, as a handout.")
    var short = false

    @Flag(help: .hidden)
    var linked = false

    @Option(help: .hidden)
    var site: String?

    /// The handout, if one is asked for. (It is not an option group of its own: in a debug build the argument parser looks at a group
    /// within a group sixteen times.)
    public var handout: HandoutArguments {
        HandoutArguments(
            handout: handoutFile, answers: answers, paper: paper, short: short, linked: linked, site: site)
    }

    /// Options with their default values.
    public init() {}

    /// Refuses an output folder without a name, which would be the root of the file system, and what means nothing without a handout.
    public func validate() throws {
        try handout.validate()
        if let output, output.allSatisfy(\.isWhitespace) {
            throw ValidationError("--output needs the name of a folder")
        }
        if output != nil, handoutFile != nil {
            throw ValidationError("--handout writes one file and --output a folder: choose one")
        }
    }
}

extension LessonOptions {
    /// The same options for another program, with another folder.
    public func arguments(output: String) -> [String] {
        [
            "--seed", String(seed), "--formats", formats.formats.map(\.rawValue).joined(separator: ","), "--notation",
            notation.rawValue,
            "--output", output,
        ]
    }

    /// Where the report's folder will lie.
    private func folder(lesson: String) -> String { output ?? "Output/\(lesson)" }

    /// Throws `FileError` if what lies where the report is to be written is certain to stand in its way.
    func checkPlace(lesson: String) throws {
        if let file = handoutFile { try checkWritable(file) } else { try checkFolder(folder(lesson: lesson)) }
    }

    /// A report with nothing in it yet, in the symbols that were asked for.
    func emptyReport(lesson: String, title: String, model: Notation.Model) -> Report {
        Report(lesson: lesson, title: title, seed: seed, notation: notation.notation(for: model), model: model)
    }

    /// Draws a finished report's figures, writes all its files, and says on the terminal what came out.
    ///
    /// All drawing comes first, then all files are written in one go: if anything fails, an earlier report in the folder
    /// stays whole.
    ///
    /// - Throws: Errors of drawing and writing; `ExitCode.failure` after writing, if a check failed.
    func write(_ report: Report, progress: RunProgress) throws {
        if let file = handoutFile { return try handout.write(report, to: file, progress: progress) }
        progress.update("drawing the figures")
        let rendered = try RenderedReport(report, formats: formats.formats)
        let folder = folder(lesson: report.lesson)
        try rendered.write(to: folder)
        progress.finish()
        print(TerminalSummary.text(report, path: shown("\(folder)/README.md")))
        if !report.failures.isEmpty { throw ExitCode.failure }
    }
}

/// A seed as a command line has it.
///
/// - Throws: `ValidationError`, which says what is wrong.
private func seed(_ text: String) throws -> UInt64 {
    do throws(SeedError) { return try UInt64(seed: text) } catch { throw ValidationError("\(error)") }
}
