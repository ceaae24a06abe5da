import Datasets
import Files

/// A class: who gets a sheet.
public struct Roster: Sendable, Equatable {
    /// A student.
    public struct Student: Sendable, Equatable {
        /// What the numbers are drawn for, as the file has it: `007` is not `7`.
        public let id: String
        /// The name, if the file has names; for the sheet's head only.
        public let name: String

        /// A student; the name may be empty.
        public init(id: String, name: String = "") {
            self.id = id
            self.name = name
        }
    }

    /// The students, in the order of the file.
    public let students: [Student]

    /// Numbered variants of a question bank, which are nobody's.
    public init(variants: Int) {
        let digits = String(variants).count
        students = (1...max(1, variants)).map { number in
            let text = String(number)
            return Student(id: "variant-" + String(repeating: "0", count: digits - text.count) + text)
        }
    }

    /// Reads a class from a CSV file with a line of column names.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - column: the column of the ids.
    ///   - nameColumns: the columns of the names, such as first and last ones. If none are given and there is a column `name`, it is taken.
    /// - Throws: `DatasetError` for the first thing that is wrong, an id that is there twice among them.
    public init(path: String, column: String, nameColumns: [String] = []) throws(DatasetError) {
        try self.init(
            TextTable.read(path: path, columns: [column] + nameColumns), column: column, nameColumns: nameColumns)
    }

    init(_ table: TextTable, column: String, nameColumns: [String] = []) throws(DatasetError) {
        // The reader has made sure that the columns are there.
        let place = table.place(of: column) ?? 0
        let names = (nameColumns.isEmpty ? ["name"] : nameColumns).compactMap(table.place(of:))
        var lines: [String: Int] = [:]
        var students: [Student] = []
        for (row, cells) in table.rows.enumerated() {
            let id = cells[place]
            if let rule = Self.complaint(about: id) { throw table.error(inRow: row, column: column, rule) }
            if let line = lines.updateValue(table.line(ofRow: row), forKey: id) {
                throw table.error(
                    inRow: row, column: column,
                    "the id “\(shown(id))” stands in line \(line), too; each student needs one of their own")
            }
            students.append(
                Student(id: id, name: names.map { cells[$0] }.filter { !$0.isEmpty }.joined(separator: " ")))
        }
        self.students = students
    }

    /// What is wrong with an id, or nil.
    private static func complaint(about id: String) -> String? {
        if id.isEmpty { return "the cell is empty, where a student's id is due" }
        if id.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
            return "the id has a line break or another control character in it"
        }
        return id.unicodeScalars.count > 200 ? "the id is longer than 200 characters" : nil
    }
}
