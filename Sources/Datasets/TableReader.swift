/// The rows of data of a file, below whatever stands above them, one after another.
struct TableReader: ~Copyable {
    /// The current row.
    var row: CSVReader
    /// The columns' names.
    let header: Header
    /// For each column asked for, which cell of a row holds it.
    let places: [Int]
    /// What was taken for granted so far.
    var assumptions: Assumptions

    private let expected: Int
    private let dropsEmptyRows: Bool
    /// Lines of units and drawn lines, right below the names.
    private let unusedRows: [Int]

    /// Finds out how the file is laid out, and reads up to its names.
    ///
    /// - Parameters:
    ///   - names: the columns that will be read.
    ///   - areNumbers: whether they hold numbers.
    ///   - dropsEmptyRows: whether empty lines and rows amid others are passed over, and counted.
    init(
        _ source: consuming ByteSource, names: [String], areNumbers: Bool, dropsEmptyRows: Bool,
        progress: @escaping (Int, Int?) -> Void
    ) throws(DatasetError) {
        var row = try CSVReader(source, progress: progress)
        let (head, isAll) = row.lookahead
        let layout = Layout(head, isAll: isAll, names: names, areNumbers: areNumbers)
        row.separator = layout.separator
        try row.skipLines(layout.headerLine - 1)
        if layout.headerIsComment { row.skipHash() }
        var found = try row.nextRow()
        while found && row.isHollow { found = try row.nextRow() }
        guard found else { throw DatasetError(file: row.path, problem: .empty) }
        let header = try Header(row, layout)
        row.skipsComments = layout.skipsComments
        var places: [Int] = []
        for name in names { places.append(try header.place(of: name) + layout.unnamedCells) }
        self.places = places
        self.dropsEmptyRows = dropsEmptyRows
        expected = header.names.count + layout.unnamedCells
        unusedRows = layout.units + layout.rulers
        assumptions = Assumptions(layout)
        self.header = header
        self.row = row
    }

    /// Moves to the next row that counts.
    ///
    /// - Returns: false at the end.
    /// - Throws: ``DatasetError`` for an empty row amid others, unless they are dropped, for a row with too few or too many
    ///   cells, and for what ``CSVReader/nextRow()`` refuses.
    mutating func nextRow() throws(DatasetError) -> Bool {
        var hollow: (lines: LineList, rows: LineList) = (LineList(), LineList())
        while try row.nextRow() {
            if row.isHollow {
                hollow.lines.append(row.rowLine)
                if row.cellCount > 1 { hollow.rows.append(row.rowLine) }
                continue
            }
            if !unusedRows.isEmpty, unusedRows.contains(row.rowLine) { continue }
            if let first = hollow.lines.first.first {
                guard dropsEmptyRows else {
                    throw error(hollow.rows.first.first == first ? .hollowRow : .blankLine, line: first)
                }
                assumptions.droppedRows.append(contentsOf: hollow.lines)
            }
            if row.cellCount != expected { try checkCellCount() }
            return true
        }
        assumptions.emptyRowsAtEnd = hollow.rows
        assumptions.comments.append(contentsOf: row.comments)
        return false
    }

    /// Cells that are missing or too many are nothing to speak of if they are empty and have no name.
    private mutating func checkCellCount() throws(DatasetError) {
        let found = row.cellCount
        if found > expected, (expected..<found).allSatisfy({ row.withCell($0) { trimmed($0).isEmpty } }) {
            assumptions.longRows.append(row.rowLine)
            return
        }
        let isEnough = found > (places.max() ?? 0)
        if isEnough, found < expected, expected == header.names.count,
            header.names[found...].allSatisfy(\.isEmpty)
        {
            return
        }
        throw error(.wrongCellCount(found: found, expected: header.names.count), line: row.rowLine)
    }

    /// An error in this file.
    func error(_ problem: DatasetError.Problem, line: Int? = nil, column: String? = nil) -> DatasetError {
        DatasetError(file: row.path, line: line, column: column, separator: assumptions.separator, problem: problem)
    }
}
