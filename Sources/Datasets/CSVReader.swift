/// The rows of a CSV file, one after another (RFC 4180, and what spreadsheets make of it).
///
/// - Cells are separated by commas; a cell in quotation marks may hold commas, line breaks and doubled quotation marks.
/// - Lines end in LF, CR LF or CR. A UTF-8 byte-order mark is skipped. Blanks around a quoted cell are ignored.
/// - Empty lines are allowed at the end of the file only: elsewhere, in a file with one column, they would be missing values.
///
/// Only one row is in memory at a time.
///
/// Why not a library: SwiftCSV 0.10.0 was measured on ten million rows of two columns (185 MB). Its row-by-row interface took
/// 34 s and 370 MB, since it holds the whole text; this reader's time and memory stand in the README's table. SwiftCSV also fills
/// short rows up with empty cells, reads on to the end of the file after an unclosed quotation mark, and knows no line
/// numbers, so that an error could not name the row.
struct CSVReader: ~Copyable {
    /// The line, counted from 1, at which the current row begins.
    private(set) var rowLine = 1
    /// The cells of the current row, without quotation marks, one after another.
    private(set) var bytes: [UInt8] = []
    /// For each cell of the current row, where it ends in ``bytes``.
    private(set) var ends: [Int] = []

    private var source: ByteSource
    private var position = 0
    private var line = 1
    /// Where the latest quoted cell begins, and whether the current row has one.
    private var quoteLine = 1
    private var hasQuotes = false
    private let progress: (_ bytesRead: Int, _ totalBytes: Int?) -> Void

    /// The most bytes in a row.
    static let rowLimit = 1 << 24

    /// Starts at the beginning of a file.
    ///
    /// - Parameters:
    ///   - source: nothing of it has been read yet.
    ///   - progress: called now and then with the bytes read and the file's size.
    /// - Throws: ``DatasetError`` if the first bytes show that this is not UTF-8 text.
    init(_ source: consuming ByteSource, progress: @escaping (Int, Int?) -> Void) throws(DatasetError) {
        self.source = source
        self.progress = progress
        try refill()
        switch self.source.buffer[..<min(4, self.source.count)] {
        case let start where start.starts(with: [0xEF, 0xBB, 0xBF]): position = 3
        case let start where start.starts(with: [0xFE, 0xFF]) || start.starts(with: [0xFF, 0xFE]):
            throw error(.notText(found: "UTF-16 text"))
        case let start where start.starts(with: [0x50, 0x4B, 0x03, 0x04]):
            throw error(.notText(found: "a zip archive, such as an .xlsx spreadsheet"))
        default: break
        }
    }

    /// The path of the file.
    var path: String { source.path }

    /// The number of cells in the current row.
    var cellCount: Int { ends.count }

    /// Does something with the bytes of one cell of the current row.
    ///
    /// The bytes lie where they are: for twenty million cells, a slice with a reference of its own would cost more than the
    /// conversion of the numbers.
    func withCell<Result, Failure>(
        _ index: Int, _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try bytes.withUnsafeBufferPointer { bytes throws(Failure) in
            try body(UnsafeBufferPointer(rebasing: bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]))
        }
    }

    /// Moves to the next row.
    ///
    /// - Returns: whether there is one.
    /// - Throws: ``DatasetError`` for an empty line amid others, a quotation mark that is out of place, a NUL byte, a row
    ///   beyond ``rowLimit``, and where the file cannot be read.
    mutating func nextRow() throws(DatasetError) -> Bool {
        var blankLine: Int?
        while try readRow() {
            if !isBlankRow {
                if let blankLine { throw error(.blankLine, line: blankLine) }
                return true
            }
            blankLine = blankLine ?? rowLine
        }
        return false
    }

    /// Whether the current row is one cell of blanks.
    private var isBlankRow: Bool { ends.count == 1 && !hasQuotes && bytes.allSatisfy(isBlank) }

    private enum State { case plain, quoted, quoteInQuoted, closed }

    /// Reads up to the next end of a line outside quotation marks.
    ///
    /// - Returns: false at the end of the file.
    private mutating func readRow() throws(DatasetError) -> Bool {
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        hasQuotes = false
        rowLine = line
        var state = State.plain
        var cellStart = 0
        while true {
            if state == .plain {  // many bytes at a time
                position = source.appendText(from: position, to: &bytes)
            }
            guard let byte = try nextByte() else { break }
            switch (byte, state) {
            case (UInt8(ascii: "\""), .quoted):
                state = .quoteInQuoted  // the end of the cell, or the first half of a doubled quotation mark
            case (UInt8(ascii: "\""), .quoteInQuoted):
                state = .quoted
                bytes.append(byte)
            case (UInt8(ascii: "\""), .plain) where bytes[cellStart...].allSatisfy(isBlank):
                bytes.removeSubrange(cellStart...)
                state = .quoted
                hasQuotes = true
                quoteLine = line
            case (UInt8(ascii: "\n"), .quoted), (UInt8(ascii: "\r"), .quoted):
                bytes.append(UInt8(ascii: "\n"))
                try finishLine(byte)
            case (0, _):
                throw error(.notText(found: "no plain text: it has a NUL byte"), line: line)
            case (_, .quoted):
                bytes.append(byte)
            case (UInt8(ascii: ","), _):
                ends.append(bytes.count)
                cellStart = bytes.count
                state = .plain
            case (UInt8(ascii: "\n"), _), (UInt8(ascii: "\r"), _):
                ends.append(bytes.count)
                try finishLine(byte)
                return true
            case (_, .plain):
                bytes.append(byte)
            default:  // after a closing quotation mark
                guard isBlank(byte) else { throw error(.textAfterQuote, line: line) }
                state = .closed
            }
        }
        if state == .quoted { throw error(.unclosedQuote, line: quoteLine) }
        if bytes.isEmpty && ends.isEmpty && !hasQuotes { return false }
        ends.append(bytes.count)
        return true
    }

    /// Counts a line and, if it ended in CR, skips the LF that may follow.
    private mutating func finishLine(_ byte: UInt8) throws(DatasetError) {
        line += 1
        if byte == UInt8(ascii: "\r"), let next = try nextByte(), next != UInt8(ascii: "\n") { position -= 1 }
    }

    private mutating func nextByte() throws(DatasetError) -> UInt8? {
        if position == source.count { try refill() }
        guard position < source.count else { return nil }
        defer { position += 1 }
        return source.buffer[position]
    }

    private mutating func refill() throws(DatasetError) {
        guard bytes.count + ends.count <= Self.rowLimit else {
            throw error(.rowTooLong(limit: Self.rowLimit), line: rowLine)
        }
        try source.readNext()
        position = 0
        progress(source.bytesRead, source.totalBytes)
    }

    private func error(_ problem: DatasetError.Problem, line: Int? = nil) -> DatasetError {
        DatasetError(file: source.path, line: line, problem: problem)
    }
}
