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
        try checkFolder(output)
        let records = try GradingRecords.read(of: URL(filePath: table))
        guard !records.isEmpty else { throw ValidationError("\(shown(table)) has no submissions in it") }
        let report = StatisticsReport(GradingStatistics(records))
        let text = try ReportFormat.markdown.write(report.document())
        try ReportFolder(output).replace(
            with: [
                (report.picture.path(as: .svg) ?? "", try report.figure.render(.svg)),
                (ReportFormat.markdown.file, text),
            ], earlier: { [] })
        print("\(shown(output))/\(ReportFormat.markdown.file)")
    }
}
// END HIDDEN TESTS
