import Datasets
import MixtureModels
import Notebook

/// A file of the reader's own, which takes the place of a lesson's data.
public struct OwnData {
    /// The file's path, as the reader typed it.
    public let path: String
    /// The names of the D columns, as a report prints them.
    public let columns: [String]
    /// The rows that a lesson follows one by one, each a list of D numbers: all, or of a large file a random sample.
    public let rows: [[Double]]
    /// The lines of the file on which these rows stand.
    public let lines: [Int]
    /// The whole file.
    public let table: NumericTable
    /// What was taken for granted about the file, and what was left out, for the report; nil if there is nothing to say.
    public let remarks: Prose?

    /// The most rows that a column of counts may stand for: each of them is a row in memory.
    public static let mostRows = 20_000_000

    /// The most components of a report. Each has a colour in its figures and a row in its tables, and a reader with eyes for them.
    public static let mostComponents = 100

    /// Whether the lesson follows a sample of the rows.
    public var isSample: Bool { rows.count < table.rowCount }

    /// The most rows that a lesson follows one by one. Derivatives, searches and figures go through the rows hundreds of
    /// times, or draw each of them.
    public static let sampleSize = 5_000

    /// The numbers of the rows that a lesson follows, in the file's order: all, or so many of them drawn at random.
    public static func sample(of count: Int, using generator: inout SeededGenerator) -> [Int] {
        guard count > sampleSize else { return Array(0..<count) }
        var chosen: [Int] = []
        for row in 0..<count where generator.uniform() * Double(count - row) < Double(sampleSize - chosen.count) {
            chosen.append(row)
        }
        return chosen
    }

    /// A column's name as a report prints it: as it is, unless Markdown or TeX could mistake it for something else.
    public static func shown(_ name: String, place: Int) -> String {
        let isPlain = name.allSatisfy { $0.isLetter || $0.isNumber || " ._-/()".contains($0) }
        // One character may have a million Unicode scalars.
        return isPlain && name.unicodeScalars.prefix(41).count <= 40 && !name.contains("NaN") ? name : "column \(place)"
    }
}

extension NumericTable {
    /// The rows as vectors, N × D.
    public var vectors: [[Double]] { vectors(0..<rowCount) }

    /// These rows as vectors.
    public func vectors(_ rows: some Sequence<Int>) -> [[Double]] {
        let columns = columns.indices.map { numbers(at: $0) }
        return rows.map { row in columns.map { $0[row] } }
    }
}
