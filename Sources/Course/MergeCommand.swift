// BEGIN HIDDEN TESTS
import ArgumentParser
import Files
import Foundation
import Grading

/// Puts the tables of several machines together.
struct MergeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge", abstract: "Puts tables together which were graded with --shard.",
        discussion: """
            Beside each table its records are needed (results-1.records.jsonl), as `Course grade` has written them. Who is in two tables \
            with different results is an error.
            """)

    @Argument(help: "The tables.", completion: .file(extensions: ["csv"]))
    var tables: [String]

    @Option(help: "The file for the whole table.")
    var output: String

    @Option(help: "A file that says who was late, what was granted, and what a day costs.", completion: .file())
    var extensions: String?

    func validate() throws {
        for table in tables { try requireName(table, "a table") }
        try requireName(output, "--output")
    }

    func run() throws {
        let target = try outputFile(output, makesFolder: false)
        let lateness = try extensions.map(readLateness) ?? Lateness()
        let records = try GradingRecords.merged(tables.map { URL(filePath: $0) })
        let table = ResultTable.text(records, lateness: lateness)
        if GradingRecords.belong(beside: target) {
            let lines = try records.map(GradingRecords.line).joined()
            // Table and records become visible together.
            try ReportFolder(output.lastIndex(of: "/").map { String(output[...$0]) } ?? ".").replace(
                with: [
                    (GradingRecords.file(of: target).lastPathComponent, Array(lines.utf8)),
                    (target.lastPathComponent, Array(table.utf8)),
                ], earlier: { [] })
        } else {
            try writeAtomically(table, to: output)
        }
        print("\(shown(output)): \(records.count) submissions from \(tables.count) tables")
    }
}
// END HIDDEN TESTS
