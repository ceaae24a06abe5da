import Datasets
import Foundation
import Notebook

/// What a class's answers are marked by: every value that is expected for a part of a student's sheet, right ones and known mistakes.
public struct KeyTable: Sendable, Equatable {
    /// A value that may be given.
    public struct Expected: Sendable, Equatable {
        /// What it is.
        public enum Kind: String, Sendable, CaseIterable {
            /// The right number.
            case answer
            /// The number of a known mistake.
            case slip
            /// An option of a choice, by its letter.
            case option
            /// A drawing, which is marked by hand.
            case drawing
        }

        /// What it is.
        public let kind: Kind
        /// The number, or the letter; empty for a drawing.
        public let value: String
        /// How far a number may be from the value.
        public let tolerance: Double
        /// The points for it; of a drawing, the most.
        public let points: Int
        /// What is said about it.
        public let says: String
    }

    /// The name of the worksheet.
    public let worksheet: String
    /// The students, in the order of the class.
    public let students: [String]
    /// The parts, in the order of the sheet.
    public let parts: [String]
    /// By student and part.
    let expected: [String: [String: [Expected]]]

    private static let header = ["worksheet", "student", "part", "kind", "value", "tolerance", "points", "says"]

    /// The key of a class's sheets.
    ///
    /// - Throws: `TeXError`, `ReportError`.
    public init(_ sheets: ClassSheets) throws {
        worksheet = sheets.worksheet.name
        students = sheets.sheets.map(\.student)
        parts = sheets.sheets.first?.questions.map(\.id) ?? []
        var expected: [String: [String: [Expected]]] = [:]
        for sheet in sheets.sheets {
            for question in sheet.questions {
                expected[sheet.student, default: [:]][question.id] = try Self.values(of: question, sheets.builder)
            }
        }
        self.expected = expected
    }

    private static func values(of question: Question, _ builder: BlockBuilder) throws -> [Expected] {
        switch question.kind {
        case .numeric(let numeric):
            let right = Expected(
                kind: .answer, value: decimal(numeric.answer), tolerance: numeric.tolerance, points: question.points,
                says: "")
            return [right]
                + (try numeric.slips.map {
                    Expected(
                        kind: .slip, value: decimal($0.value), tolerance: numeric.tolerance, points: 0,
                        says: try builder.line($0.feedback).plainText)
                })
        case .choice(let choice):
            return try choice.options.enumerated().map { place, option in
                let isRight = place == choice.right
                return Expected(
                    kind: .option, value: Choice.letter(place), tolerance: 0, points: isRight ? question.points : 0,
                    says: try isRight ? "" : builder.line(option.feedback).plainText)
            }
        case .drawing(let drawing):
            return [
                Expected(
                    kind: .drawing, value: "", tolerance: 0, points: question.points,
                    says: try builder.line(drawing.lookFor).plainText)
            ]
        }
    }

    /// The key as CSV: a row for each value.
    public var csv: String {
        var rows = [Self.header]
        for student in students {
            for part in parts {
                for value in expected[student]?[part] ?? [] {
                    rows.append([
                        worksheet, student, part, value.kind.rawValue, value.value, decimal(value.tolerance),
                        String(value.points), value.says,
                    ])
                }
            }
        }
        return CSVText.text(rows)
    }

    /// Reads a key as ``csv`` has it.
    ///
    /// - Throws: `DatasetError`, which names the row and the column.
    public init(path: String) throws(DatasetError) {
        try self.init(TextTable.read(path: path, columns: Self.header))
    }

    init(_ table: TextTable) throws(DatasetError) {
        let places = Self.header.map { table.place(of: $0) ?? 0 }
        var (students, parts): ([String], [String]) = ([], [])
        var expected: [String: [String: [Expected]]] = [:]
        worksheet = table.rows[0][places[0]]
        for (row, cells) in table.rows.enumerated() {
            let cell = places.map { cells[$0] }
            guard let kind = Expected.Kind(rawValue: cell[3]) else {
                throw table.error(
                    inRow: row, column: "kind",
                    "“\(cell[3])” is none of \(Expected.Kind.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            guard let tolerance = Double(cell[5]), tolerance >= 0, tolerance.isFinite else {
                throw table.error(inRow: row, column: "tolerance", "“\(cell[5])” is no tolerance")
            }
            guard let points = Int(cell[6]), (0...1000).contains(points) else {
                throw table.error(inRow: row, column: "points", "“\(cell[6])” is no number of points from 0 to 1000")
            }
            if [.answer, .slip].contains(kind), Double(cell[4])?.isFinite != true {
                throw table.error(inRow: row, column: "value", "“\(cell[4])” is not a number")
            }
            guard !cell[1].isEmpty, !cell[2].isEmpty else {
                throw table.error(inRow: row, column: cell[1].isEmpty ? "student" : "part", "the cell is empty")
            }
            if expected[cell[1]] == nil { students.append(cell[1]) }
            if !parts.contains(cell[2]) { parts.append(cell[2]) }
            expected[cell[1], default: [:]][cell[2], default: []].append(
                Expected(kind: kind, value: cell[4], tolerance: tolerance, points: points, says: cell[7]))
        }
        (self.students, self.parts, self.expected) = (students, parts, expected)
    }
}
