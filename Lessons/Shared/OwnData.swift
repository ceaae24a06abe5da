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
    /// Where in the file these rows stand.
    public let lines: RowPlaces
    /// All rows of the file.
    public let all: any RowSource
    /// Fails if the file has changed since it was opened; for files that are not held in memory.
    public let check: @Sendable () throws -> Void
    /// What was taken for granted about the file, and what was left out, for the report; nil if there is nothing to say.
    public let remarks: Prose?

    /// The most rows that a column of counts may stand for: each of them is a row in memory.
    public static let mostRows = 20_000_000

    /// The most components of a report. Each has a colour in its figures and a row in its tables, and a reader with eyes for them.
    public static let mostComponents = 100

    /// Whether the lesson follows a sample of the rows.
    public var isSample: Bool { rows.count < all.rowCount }

    /// A file with more rows than this is followed by a sample. Derivatives, searches and figures go through the rows hundreds of
    /// times, or draw each of them.
    public static let mostFollowed = 5_000

    /// The rows of a sample: enough for every figure and check, and a report in seconds.
    public static let sampleSize = 2_000

    /// The numbers of the rows that a lesson follows, in the file's order: all, or so many of them drawn at random.
    public static func sample(of count: Int, using generator: inout SeededGenerator) -> [Int] {
        guard count > mostFollowed else { return Array(0..<count) }
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

/// Where rows stand in their file, as a person looks for them.
public struct RowPlaces: Sendable {
    /// Counted from 1: the lines of a text, or the rows of an array.
    public let numbers: [Int]
    /// `line` or `row`
    public let word: String

    /// Rows by the lines of a text file.
    public init(lines: [Int]) { (numbers, word) = (lines, "line") }

    /// Rows by their own numbers.
    public init(rows: [Int]) { (numbers, word) = (rows, "row") }
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
