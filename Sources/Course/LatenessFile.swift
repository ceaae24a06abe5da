import Datasets
import Files
import Foundation
import Grading

/// Reads the instructor's file about late submissions: the rule in its first line, then a table.
///
///     # rule: 10% per day, at most 50%
///     name,days late,extension
///     ada,2,0
///     bob,3,7
///
/// - Throws: `LatenessError`, `DatasetError`, `FileError`.
func readLateness(_ path: String) throws -> Lateness {
    let first = try readText(path).split(whereSeparator: \.isNewline).first ?? ""
    guard let match = first.wholeMatch(of: /\s*#\s*[Rr]ule:\s*(.*?)\s*/), let rule = LateRule(String(match.1)) else {
        throw LatenessError(file: path, first: String(first))
    }
    let names = try LabelColumn.read(path: path, column: "name")
    let table = try NumericTable.read(path: path, columns: [.init("days late"), .init("extension")])
    let students = names.indices.map { names.classes[$0] }
    var seen = Set<String>()
    for (row, student) in students.enumerated() {
        guard seen.insert(student).inserted else {
            throw table.error(inRow: row, column: nil, "\(shown(student)) stands in an earlier row, too")
        }
        // A century is more than anybody is late, and less than what a whole number cannot hold.
        for index in 0...1 where !(0...36_500).contains(table.numbers(at: index)[row]) {
            throw table.error(inRow: row, column: index, "this is no number of days")
        }
    }
    func column(_ index: Int) -> [String: Double] {
        Dictionary(zip(students, table.numbers(at: index))) { first, _ in first }
    }
    return Lateness(rule: rule, days: column(0), extensions: column(1))
}

/// The first line of a file about late submissions is no rule.
struct LatenessError: Error, CustomStringConvertible {
    let file: String
    let first: String

    var description: String {
        """
        \(shown(file)), line 1: this is no rule: “\(shown(first))”. Write, for instance, “# rule: 10% per day”, “# rule: 10% per day, at most 50%” or \
        “# rule: 5% per day, nothing after 7 days”; below it a table with the columns name, days late, extension
        """
    }
}
