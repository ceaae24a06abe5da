/// Columns of numbers from a text file, read in one pass.
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

    /// What to do with a row in which a cell that was asked for is missing: empty, or a code such as NA, ? or a point.
    public enum MissingRule: Sendable {
        /// The file is refused.
        case refuse
        /// The row is left out, and counted in ``Assumptions/droppedRows``; so are empty lines and rows amid others.
        case drop
    }

    /// A column to read: its name, and what its cells must be.
    public struct Column: Sendable, Equatable {
        /// The name in the file's line of names, or `#2` for the second column.
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
    /// What was taken for granted about the file, and what was left out.
    public private(set) var assumptions = Assumptions()
    /// All names of the file, in its order.
    public private(set) var names: [String] = []
    /// The number of rows that were read; at least 1.
    public var rowCount: Int { lines.rowCount }

    private var values: [[Double]]
    private var lines = RowLines()
    private var places: [Int] = []

    /// The name that the file gives to a column, also where it was asked for by its number.
    public func name(at index: Int) -> String { names[places[index]] }

    /// Names of columns that were not read, and that usually say how often a row occurs: `freq`, `n`, `count`.
    public var unusedCounts: [String] {
        let usual: Set = ["freq", "freqs", "frequency", "frequencies", "n", "count", "counts", "obs", "number"]
        return names.indices.filter { !places.contains($0) && usual.contains(names[$0].lowercased()) }.map { names[$0] }
    }

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

    /// Each row as often as a column of counts says, without that column; rows that occur 0 times are left out, and counted in
    /// ``Assumptions/zeroCounts``.
    ///
    /// - Throws: ``DatasetError`` if that makes no row at all, or more than `most`.
    public func repeatingRows(byColumn index: Int, most: Int) throws(DatasetError) -> NumericTable {
        let counts = wholeNumbers(at: index)
        let kept = columns.indices.filter { $0 != index }
        var total = 0
        for (row, count) in counts.enumerated() {
            guard count <= most - total else {
                throw error(inRow: row, column: index, "the counts up to here stand for more than \(most) rows")
            }
            total += count
        }
        guard total > 0 else {
            throw DatasetError(
                file: file, column: name(at: index), separator: assumptions.separator,
                problem: .rule("all counts are 0, so that no row is left"))
        }
        var table = NumericTable(
            file: file, columns: kept.map { columns[$0] },
            values: kept.map { column in
                zip(values[column], counts).flatMap { Array(repeating: $0, count: $1) }
            })
        table.assumptions = assumptions
        table.names = names
        table.places = kept.map { places[$0] }
        for (row, count) in counts.enumerated() {
            if count == 0 { table.assumptions.zeroCounts.append(line(ofRow: row)) }
            for _ in 0..<count { table.lines.append(line(ofRow: row)) }
        }
        return table
    }

    /// The same table with what was taken for granted about another that was made from it.
    public func withAssumptions(of other: NumericTable) -> NumericTable {
        var table = self
        table.assumptions = other.assumptions
        return table
    }

    /// Notes that rows were left out because they say nothing: they occur 0 times, or hold 0 trials.
    public mutating func noteEmptyRows(_ rows: some Sequence<Int>) {
        for row in rows { assumptions.zeroCounts.append(line(ofRow: row)) }
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
            file: file, line: line(ofRow: row), column: index.map { name(at: $0) }, separator: assumptions.separator,
            problem: .rule(sentence))
    }

    /// Reads the named columns of a text file with a table.
    ///
    /// The cells may be separated by commas, semicolons, tabs, vertical bars or blanks: which one is found out from the file's
    /// first lines, as is where the names stand. What was found, and what was read in another way than it is written, is told in
    /// ``assumptions``.
    ///
    /// - Parameters:
    ///   - path: the file, relative to the current folder or absolute.
    ///   - columns: which columns to read, in any order; a name, or `#2` for the second column.
    ///   - missing: what to do with a row in which one of these cells is missing.
    ///   - progress: called for every 256 KiB with the bytes read so far and the file's size (nil for a pipe).
    /// - Throws: ``DatasetError`` for the first thing that is wrong.
    public static func read(
        path: String, columns: [Column], missing: MissingRule = .refuse,
        progress: @escaping (_ bytesRead: Int, _ totalBytes: Int?) -> Void = { _, _ in }
    ) throws(DatasetError) -> NumericTable {
        try check(columns, path: path)
        var source = try ByteSource(path: path)
        let lineCount = try source.countLines()
        return try read(source, path, columns, missing, lineCount: lineCount, progress: progress)
    }

    /// Reads the named columns of a text in memory.
    ///
    /// - Parameters:
    ///   - text: the bytes of a file.
    ///   - name: what errors call it.
    public static func read(
        text: [UInt8], name: String, columns: [Column], missing: MissingRule = .refuse
    ) throws(DatasetError) -> NumericTable {
        try check(columns, path: name)
        return try read(ByteSource(bytes: text, name: name), name, columns, missing, lineCount: nil) { _, _ in }
    }

    private static func check(_ columns: [Column], path: String) throws(DatasetError) {
        var names: Set<String> = []
        for column in columns where !names.insert(column.name).inserted {
            throw DatasetError(file: path, column: column.name, problem: .columnAskedTwice)
        }
    }

    private static func read(
        _ source: consuming ByteSource, _ path: String, _ columns: [Column], _ missing: MissingRule, lineCount: Int?,
        progress: @escaping (Int, Int?) -> Void
    ) throws(DatasetError) -> NumericTable {
        var reader = try TableReader(
            source, names: columns.map(\.name), areNumbers: true, dropsEmptyRows: missing == .drop,
            progress: progress)
        guard !columns.isEmpty else { throw reader.error(.noColumnNames) }
        let places = reader.places
        for i in columns.indices where places[..<i].contains(places[i]) {
            throw reader.error(.columnAskedTwice, column: columns[i].name)
        }
        // With the exact room set aside, the arrays never grow by copying, which would take twice the memory.
        var table = NumericTable(file: path, columns: columns, values: columns.map { _ in [] })
        for i in columns.indices { table.values[i].reserveCapacity(lineCount ?? 0) }
        var marks = NumberMarks()
        while try reader.nextRow() {
            var read = 0
            for i in columns.indices {
                var hasPoint = false
                // Nearly every cell is a plain number, and goes this way.
                let plain = reader.row.withCell(places[i]) { decimalNumber(trimmed($0), hasPoint: &hasPoint) }
                var value = plain
                if plain == nil || hasPoint && !marks.hasPoint {
                    let text = reader.row.withCell(places[i]) { excerpt(trimmed($0)) }
                    let place = NumberMarks.Place(
                        column: i, row: table.lines.rowCount, line: reader.row.rowLine, text: text)
                    if plain != nil {
                        marks.notePoint(place)
                    } else {
                        do throws(DatasetError.Problem) {
                            value = try marks.value(
                                of: CellText(text), place, drops: missing == .drop, &reader.assumptions)
                        } catch {
                            throw reader.error(error, line: reader.row.rowLine, column: columns[i].name)
                        }
                    }
                }
                guard let value else { break }  // a missing value: the row is left out
                table.values[i].append(value)
                read += 1
                if case .number = columns[i].rule, value.isFinite { continue }
                // What has two readings is checked when it is known which of them is meant.
                if marks.isPending(column: i, row: table.lines.rowCount) { continue }
                do throws(DatasetError.Problem) {
                    try columns[i].rule.check(value) { reader.row.withCell(places[i]) { excerpt(trimmed($0)) } }
                } catch {
                    throw reader.error(error, line: reader.row.rowLine, column: columns[i].name)
                }
            }
            if read < columns.count {
                marks.forget(row: table.lines.rowCount)
                for i in 0..<read { table.values[i].removeLast() }
                reader.assumptions.droppedRows.append(reader.row.rowLine)
            } else {
                table.lines.append(reader.row.rowLine)
            }
        }
        do throws(NumberMarks.Conflict) {
            try marks.resolve(columns, &table.values, &reader.assumptions)
        } catch {
            throw reader.error(error.problem, line: error.place.line, column: columns[error.place.column].name)
        }
        guard table.rowCount > 0 else {
            throw reader.error(reader.assumptions.droppedRows.count > 0 ? .onlyMissing : .noRows)
        }
        table.assumptions = reader.assumptions
        table.names = reader.header.names
        table.places = places.map { $0 - (reader.assumptions.hasRowNames ? 1 : 0) }
        return table
    }

    private init(file: String, columns: [Column], values: [[Double]]) {
        self.file = file
        self.columns = columns
        self.values = values
    }
}
