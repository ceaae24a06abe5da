/// Rows of D numbers that someone else keeps: columns in memory, or a file that is larger than it.
public protocol RowSource: Sendable {
    /// N
    var rowCount: Int { get }
    /// D
    var columnCount: Int { get }

    /// Copies rows to `numbers`, in blocks of `block` rows, each block column by column: column d of the first row of the range
    /// goes to place `block` · d, that of the row after the first block to `block` · (D + d). The rest of the last block stays as it is.
    ///
    /// What cannot be read any more, as of a file that has been cut short, is NaN; then EM fails, and the source knows why.
    func copy(_ rows: Range<Int>, block: Int, to numbers: UnsafeMutablePointer<Double>)
}

extension RowSource {
    /// The sum of what `term` says about some thousand rows each; the same bits for any number of threads.
    ///
    /// - Parameter term: gets the numbers, the first column, then the second, …, and how many rows there are.
    public func sum(
        threads: Int = 1, _ term: @Sendable (_ columns: UnsafeBufferPointer<Double>, _ rows: Int) -> Double
    ) -> Double {
        mapChunks(of: rowCount, size: 8192, threads: threads) { rows in
            let numbers = AlignedNumbers(count: rows.count * columnCount)
            copy(rows, block: rows.count, to: numbers.numbers)
            return term(
                UnsafeBufferPointer(start: numbers.numbers, count: rows.count * columnCount), rows.count)
        }.reduce(0, +)
    }
}

/// The data of a run of EM: an array of observations, or vectors that are put together from a source when they are asked for, so that
/// ten million of them take no more memory than their numbers.
public struct Rows<Observation: Sendable>: Sendable {
    /// N
    public let count: Int
    /// The observations, if they are in memory one by one.
    let array: [Observation]
    /// Where they come from, if they are not.
    let source: (any RowSource)?
    private let made: (@Sendable (Range<Int>) -> [Observation])?

    /// Observations one by one.
    public init(_ array: [Observation]) {
        (self.array, count, source, made) = (array, array.count, nil, nil)
    }

    /// Some of the observations; the first has the slice's `startIndex`.
    public subscript(rows: Range<Int>) -> ArraySlice<Observation> { made.map { $0(rows)[...] } ?? array[rows] }

    /// Observation n, counted from 0.
    public subscript(n: Int) -> Observation { made.map { $0(n..<n + 1)[0] } ?? array[n] }
}

extension Rows<[Double]> {
    /// Vectors, put together from a source.
    public init(_ source: any RowSource) {
        (self.source, count, array) = (source, source.rowCount, [])
        made = { rows in
            let columns = source.columnCount
            let numbers = [Double](unsafeUninitializedCapacity: rows.count * columns) { room, filled in
                if let start = room.baseAddress, !rows.isEmpty { source.copy(rows, block: rows.count, to: start) }
                filled = rows.count * columns
            }
            return rows.indices.map { row in
                (0..<columns).map { numbers[$0 * rows.count + row - rows.lowerBound] }
            }
        }
    }
}

/// Columns of numbers in memory, all of one length.
public struct NumberColumns: RowSource {
    private let columns: [[Double]]

    /// - Precondition: there is a column, and all have the same number of rows.
    public init(_ columns: [[Double]]) {
        precondition(!columns.isEmpty && columns.allSatisfy { $0.count == columns[0].count })
        self.columns = columns
    }

    /// N
    public var rowCount: Int { columns[0].count }
    /// D
    public var columnCount: Int { columns.count }

    /// Copies rows as ``RowSource`` says.
    public func copy(_ rows: Range<Int>, block: Int, to numbers: UnsafeMutablePointer<Double>) {
        for (d, column) in columns.enumerated() {
            column.withUnsafeBufferPointer { column in
                for first in stride(from: rows.lowerBound, to: rows.upperBound, by: block) {
                    let part = column[first..<min(first + block, rows.upperBound)]
                    let place = (first - rows.lowerBound) * columns.count + d * block
                    _ = UnsafeMutableBufferPointer(start: numbers + place, count: part.count).update(
                        fromContentsOf: part)
                }
            }
        }
    }
}
