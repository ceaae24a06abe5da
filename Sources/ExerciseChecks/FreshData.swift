import ExerciseProtocol
import Grading
import MixtureModels

extension Student {
    /// A generator for the data of one check; checks with different streams get unrelated data.
    func fresh(_ stream: Int) -> SeededGenerator { SeededGenerator(seed: seed).stream(stream) }
}

extension SeededGenerator {
    /// Numbers drawn evenly from a range.
    mutating func numbers(_ count: Int, in range: ClosedRange<Double>) -> [Double] {
        (0..<count).map { _ in range.lowerBound + (range.upperBound - range.lowerBound) * uniform() }
    }

    /// K weights that sum to 1, none of them near 0.
    mutating func weights(_ count: Int) -> [Double] {
        let parts = numbers(count, in: 1...3)
        return parts.map { $0 / parts.reduce(0, +) }
    }

    /// N rows of K responsibilities, each row with sum 1.
    mutating func responsibilities(rows: Int, columns: Int) -> [[Double]] {
        (0..<rows).map { _ in
            let parts = numbers(columns, in: 0.05...1)
            return parts.map { $0 / parts.reduce(0, +) }
        }
    }
}

extension Value {
    /// A table, as rows of equal lengths.
    ///
    /// - Throws: `Malformed`, with what came instead; a table turned on its side is told as such.
    func table(rows: Int, columns: Int, what: String) throws -> [[Double]] {
        let table = try self.as([[Double]].self)
        if table.count == rows, table.allSatisfy({ $0.count == columns }) { return table }
        let expected = "\(what): \(rows) rows of \(columns) numbers were expected"
        if table.count == columns, table.allSatisfy({ $0.count == rows }) {
            throw Malformed("\(expected); rows and columns are swapped")
        }
        let lengths = Set(table.map(\.count)).sorted().map(String.init).joined(separator: " or ")
        throw Malformed("\(expected), and \(table.count) came\(table.isEmpty ? "" : ", of \(lengths) numbers")")
    }

    /// A list of so many numbers.
    ///
    /// - Throws: `Malformed`, with what came instead.
    func numbers(_ count: Int, what: String) throws -> [Double] {
        let list = try self.as([Double].self)
        guard list.count == count else {
            throw Malformed("\(what): \(count) numbers were expected, and \(list.count) came")
        }
        return list
    }
}

/// Each row divided by its sum.
func normalised(_ table: [[Double]]) -> [[Double]] {
    table.map { row in row.map { $0 / row.reduce(0, +) } }
}

/// Each column divided by its sum: what comes of normalising over the data where one should normalise over the components.
func normalisedOverData(_ table: [[Double]]) -> [[Double]] {
    guard let first = table.first else { return [] }
    let sums = first.indices.map { k in table.reduce(0) { $0 + $1[k] } }
    return table.map { row in zip(row, sums).map { $0 / $1 } }
}

extension [[Double]] {
    /// The rows, one after another.
    var flat: [Double] { flatMap { $0 } }

    /// The sums of the columns; of responsibilities, the effective counts N_k.
    var columnSums: [Double] { (first ?? []).indices.map { k in reduce(0) { $0 + $1[k] } } }

    /// 1 where a row is largest, and 0 elsewhere.
    var hard: [[Double]] { map { row in row.map { $0 == row.max() ? 1 : 0 } } }
}
