import Datasets

/// What students answered, as one file says it, in one of two forms: a row for each student with a column for each part (`student,a,b,c`),
/// or a row for each answer (`student,part,answer`).
public struct AnswerFile: Sendable {
    /// An answer.
    public struct Answer: Sendable, Equatable {
        /// The student's id, as the file has it.
        public let student: String
        /// The part of the sheet.
        public let part: String
        /// What was answered, as the file has it.
        public let text: String
        /// The line of the file.
        public let line: Int
    }

    /// The file's path.
    public let file: String
    /// All answers that are not empty, in the order of the file.
    public let answers: [Answer]
    /// The students who are in the file, whether they answered or not, with the line.
    let students: [(id: String, line: Int)]
    /// Columns that are neither a student's id nor a part.
    public let ignored: [String]

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - parts: the parts of the sheet.
    ///   - ids: the column of the students' ids; nil for `student` or, if there is none, `id`.
    /// - Throws: `DatasetError`.
    public init(path: String, parts: [String], ids: String? = nil) throws(DatasetError) {
        let column = ids ?? "student"
        do {
            try self.init(TextTable.read(path: path, columns: [column]), parts: parts, ids: column)
        } catch {
            guard ids == nil, case .noSuchColumn(let present) = error.problem, present.contains("id") else {
                throw error
            }
            try self.init(TextTable.read(path: path, columns: ["id"]), parts: parts, ids: "id")
        }
    }

    init(_ table: TextTable, parts: [String], ids: String = "student") throws(DatasetError) {
        let student = table.place(of: ids) ?? 0
        let isLong = table.place(of: "part") != nil && table.place(of: "answer") != nil
        var answers: [Answer] = []
        var students: [(id: String, line: Int)] = []
        if isLong, let part = table.place(of: "part"), let answer = table.place(of: "answer") {
            for (row, cells) in table.rows.enumerated() {
                let line = table.line(ofRow: row)
                students.append((cells[student], line))
                answers.append(
                    Answer(student: cells[student], part: cells[part].lowercased(), text: cells[answer], line: line))
            }
            ignored = table.columns.indices.filter { ![student, part, answer].contains($0) }.map { table.columns[$0] }
        } else {
            let columns = table.columns.indices.filter { $0 != student }
            let places = columns.map { ($0, Self.part(table.columns[$0])) }
            let known = places.filter { parts.contains($0.1) }
            guard !known.isEmpty else {
                throw table.error(
                    inRow: 0, column: nil,
                    "there is no column with answers: name them by the parts, \(parts.joined(separator: ", ")), or have the columns student, part and answer"
                )
            }
            for (row, cells) in table.rows.enumerated() {
                let line = table.line(ofRow: row)
                students.append((cells[student], line))
                for (place, part) in known {
                    answers.append(Answer(student: cells[student], part: part, text: cells[place], line: line))
                }
            }
            ignored = places.filter { !parts.contains($0.1) }.map { table.columns[$0.0] }
        }
        file = table.file
        self.answers = answers.filter { !$0.text.isEmpty || !parts.contains($0.part) }
        self.students = students
    }

    /// A part from the name of a column: `(a)`, `A`, `a)`.
    private static func part(_ column: String) -> String {
        column.lowercased().filter { !"().: ".contains($0) }
    }
}
