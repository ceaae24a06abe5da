import ArgumentParser
import Figures
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
        let names = argument.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
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
    @Option(help: "The seed of everything random in the lesson: the same seed gives the same report, byte for byte.")
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

    /// Options with their default values.
    public init() {}

    /// Refuses an output folder without a name, which would be the root of the file system.
    public func validate() throws {
        if let output, output.allSatisfy(\.isWhitespace) {
            throw ValidationError("--output needs the name of a folder")
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
        progress.update("drawing the figures")
        let rendered = try RenderedReport(report, formats: formats.formats)
        let folder = output ?? "Output/\(report.lesson)"
        try makeFolders(for: rendered.files.map(\.path), in: folder)
        try writeAtomically(rendered.files.map { (path: "\(folder)/\($0.path)", bytes: $0.bytes) })
        removeStale(report.figures, from: folder)
        progress.finish()
        print(TerminalSummary.text(report, path: "\(folder)/README.md"))
        if !report.failures.isEmpty { throw ExitCode.failure }
    }

    /// Removes this report's figures in formats that were not asked for this time: they would show the numbers of another run.
    private func removeStale(_ figures: [Figure], from folder: String) {
        for figure in figures {
            for format in FigureFormat.allCases where !formats.formats.contains(format) {
                unlink("\(folder)/figures/\(figure.id).\(format.rawValue)")
            }
        }
    }

    /// Makes the folders of the files, and those above them.
    private func makeFolders(for paths: [String], in folder: String) throws {
        for path in paths {
            let full = "\(folder)/\(path)"
            for slash in full.indices where full[slash] == "/" && slash != full.startIndex {
                let place = String(full[..<slash])
                var isFolder: ObjCBool = false
                if FileManager.default.fileExists(atPath: place, isDirectory: &isFolder), isFolder.boolValue {
                    continue
                }
                guard mkdir(place, 0o777) == 0 else {
                    throw ReportFolderError(
                        folder: place, reason: errno == EEXIST ? "it is a file" : String(cString: strerror(errno)))
                }
            }
        }
    }
}

/// The folder for a report could not be made.
struct ReportFolderError: Error, CustomStringConvertible {
    let folder: String
    let reason: String

    var description: String { "cannot make the folder \(folder): \(reason)" }
}
