/// Columns of numbers from a CSV file, read in one pass.
///
///     let table = try NumericTable.read(path: "heads.csv", columns: [.init("heads", .wholeNumber(in: 0...10))])
///     table.wholeNumbers(at: 0)      // [5, 9, 8, 4, 7]
///
/// Every cell of the columns asked for is checked; other columns may hold anything. Memory: 8 bytes for each number, and a
/// constant.
public struct NumericTable: Sendable {
    /// What the cells of a column must be.
    public enum Rule: Sendable, Equatable {
        /// A finite decimal number.
        case number
        /// A whole number within a range; `7`, `7.0` and `7e0` are the same. Numbers beyond ±(2⁵³ - 1) are refused whatever
        /// the range, since doubles no longer tell neighbours apart there.
        case wholeNumber(in: ClosedRange<Int>)

        /// A whole number of at least 0.
        public static let count = Rule.wholeNumber(in: 0...Int.max)
    }

    /// A column to read: its name in the file's first line, and what its cells must be.
    public struct Column: Sendable, Equatable {
        /// The name in the file's first line.
        public let name: String
        /// What every cell must be.
        public let rule: Rule

        /// A column to read; by default any number will do.
        public init(_ name: String, _ rule: Rule = .number) {
            self.name = name
            self.rule = rule
        }
    }

    /// The file's path as the user gave it.
    public let file: String
    /// The columns, in the order in which they were asked for.
    public let columns: [Column]
    /// The number of rows below the line of names; at least 1.
    public var rowCount: Int { lines.rowCount }

    private var values: [[Double]]
    private var lines = RowLines()

    /// The cells of a column, from the first row to the last.
    ///
    /// - Parameter index: the column's place among ``columns``.
    public func numbers(at index: Int) -> [Double] { values[index] }

    /// The cells of a column that has the rule ``Rule/wholeNumber(in:)``, from the first row to the last.
    ///
    /// - Parameter index: the column's place among ``columns``.
    public func wholeNumbers(at index: Int) -> [Int] {
        guard case .wholeNumber = columns[index].rule else {
            preconditionFailure("column \(columns[index].name) was not read as whole numbers")
        }
        return values[index].map { Int($0) }  // cannot trap: the rule bounds them
    }

    /// The line of the file on which a row begins, counted from 1 as an editor does.
    ///
    /// - Parameter row: 0 for the first row below the line of names.
    public func line(ofRow row: Int) -> Int { lines.line(ofRow: row) }

    /// The error to throw when a row breaks a rule that only the caller knows ("11 heads in 10 flips").
    ///
    /// - Parameters:
    ///   - row: 0 for the first row below the line of names.
    ///   - index: the column's place among ``columns``; nil if the whole row is meant.
    ///   - sentence: the rule that is broken, without a full stop.
    public func error(inRow row: Int, column index: Int?, _ sentence: String) -> DatasetError {
        DatasetError(
            file: file, line: line(ofRow: row), column: index.map { columns[$0].name }, problem: .rule(sentence))
    }

    /// Reads the named columns of a CSV file whose first line holds the columns' names.
    ///
    /// - Parameters:
    ///   - path: the file, relative to the current folder or absolute.
    ///   - columns: which columns to read, in any order.
    ///   - progress: called for every 256 KiB with the bytes read so far and the file's size (nil for a pipe).
    /// - Throws: ``DatasetError`` for the first thing that is wrong.
    public static func read(
        path: String, columns: [Column],
        progress: @escaping (_ bytesRead: Int, _ totalBytes: Int?) -> Void = { _, _ in }
    ) throws(DatasetError) -> NumericTable {
        for (i, column) in columns.enumerated() where columns[..<i].contains(where: { $0.name == column.name }) {
            throw DatasetError(file: path, column: column.name, problem: .columnAskedTwice)
        }
        var source = try ByteSource(path: path)
        let lineCount = try source.countLines()
        var reader = try CSVReader(source, progress: progress)
        guard try reader.nextRow() else { throw DatasetError(file: path, problem: .empty) }
        let header = try Header(reader)
        var places: [Int] = []
        for column in columns { places.append(try header.place(of: column.name)) }
        guard !columns.isEmpty else { throw DatasetError(file: path, problem: .noColumnNames) }

        // With the exact room set aside, the arrays never grow by copying, which would take twice the memory.
        var table = NumericTable(file: path, columns: columns, values: columns.map { _ in [] })
        for i in columns.indices { table.values[i].reserveCapacity(lineCount ?? 0) }
        while try reader.nextRow() {
            guard reader.cellCount == header.names.count else {
                throw DatasetError(
                    file: path, line: reader.rowLine,
                    problem: .wrongCellCount(found: reader.cellCount, expected: header.names.count))
            }
            for i in columns.indices {
                do throws(DatasetError.Problem) {
                    let rule = columns[i].rule
                    let value = try reader.withCell(places[i]) { cell throws(DatasetError.Problem) in
                        try rule.value(of: cell)
                    }
                    table.values[i].append(value)
                } catch {
                    throw DatasetError(file: path, line: reader.rowLine, column: columns[i].name, problem: error)
                }
            }
            table.lines.append(reader.rowLine)
        }
        guard table.rowCount > 0 else { throw DatasetError(file: path, problem: .noRows) }
        return table
    }

    private init(file: String, columns: [Column], values: [[Double]]) {
        self.file = file
        self.columns = columns
        self.values = values
    }
}
