// BEGIN HIDDEN TESTS
import ArgumentParser
import Figures
import Files
import Foundation
import Grading
import Notebook

/// Writes what an instructor reads about a graded class before the next lecture.
struct StatisticsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "statistics",
        abstract: "Says what a class got wrong: mistakes, checks, difficulty and discrimination of the exercises.")

    @Argument(
        help: "The table, as `grade --format csv --output` has written it.", completion: .file(extensions: ["csv"]))
    var table: String

    @Option(help: "The folder for the report.", completion: .directory)
    var output = "statistics"

    func validate() throws {
        try requireName(table, "the table")
        try requireName(output, "--output")
    }

    func run() throws {
        let records = try GradingRecords.read(of: URL(filePath: table))
        guard !records.isEmpty else { throw ValidationError("\(shown(table)) has no submissions in it") }
        let report = StatisticsReport(GradingStatistics(records))
        let text = try ReportFormat.markdown.write(report.document())
        try writeAtomically(try report.figure.render(.svg), to: path(report.picture.path(as: .svg) ?? ""))
        try writeAtomically(text, to: path(ReportFormat.markdown.file))
        print("\(shown(output))/\(ReportFormat.markdown.file)")
    }

    /// The path of a file in the folder, which is made if it is not there.
    private func path(_ file: String) throws -> String {
        let path = "\(output)/\(file)"
        try makeFolder(of: path)
        return path
    }
}
// END HIDDEN TESTS
