/// The rows of a table in a text file, one after another (RFC 4180, and what spreadsheets make of it).
///
/// - Cells are separated by one kind of ``Separator``; a cell in quotation marks may hold separators, line breaks and doubled
///   quotation marks.
/// - Lines end in LF, CR LF or CR. A UTF-8 byte-order mark is skipped. Blanks around a quoted cell are ignored.
/// - What a row means, and which rows count, is not decided here.
///
/// Only one row is in memory at a time, and every byte is looked at a bounded number of times.
///
/// Why not a library: SwiftCSV 0.10.0 was measured on ten million rows of two columns (185 MB). Its row-by-row interface took
/// 34 s and 370 MB, since it holds the whole text; this reader's time and memory stand in the README's table. SwiftCSV also fills
/// short rows up with empty cells, reads on to the end of the file after an unclosed quotation mark, and knows no line
/// numbers, so that an error could not name the row.
struct CSVReader: ~Copyable {
    /// What separates the cells from the current position on.
    var separator = Separator.comma {
        didSet { marks = (separator.byte, separator == .blanks ? UInt8(ascii: "\t") : separator.byte) }
    }
    /// Whether lines that begin with `#` are passed over; they are counted in ``comments``.
    var skipsComments = false
    /// The lines that were passed over for beginning with `#`.
    private(set) var comments = LineList()

    /// The line, counted from 1, at which the current row begins.
    private(set) var rowLine = 1
    /// The cells of the current row, without quotation marks, one after another.
    private(set) var bytes: [UInt8] = []
    /// For each cell of the current row, where it ends in ``bytes``.
    private(set) var ends: [Int] = []
    /// How many times a byte has been looked at, up to a constant factor: what a test compares between two sizes.
    private(set) var work = 0

    private var source: ByteSource
    private var position = 0
    private var line = 1
    private var marks = (UInt8(ascii: ","), UInt8(ascii: ","))
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
    /// - Throws: ``DatasetError`` if the first bytes show that this is not a table in UTF-8.
    init(_ source: consuming ByteSource, progress: @escaping (Int, Int?) -> Void) throws(DatasetError) {
        self.source = source
        self.progress = progress
        try refill()
        // Some programs put a mark before a text that has one already.
        while position + 3 <= self.source.count, self.source.buffer[position..<position + 3] == [0xEF, 0xBB, 0xBF] {
            position += 3
        }
        if let found = FileKind.foreign(self.source.buffer[position..<self.source.count]) {
            throw error(.notText(found: found))
        }
    }

    /// Reads the beginning of a text that has passed the checks already.
    init(head bytes: [UInt8], line: Int) {
        source = ByteSource(bytes: bytes, name: "")
        progress = { _, _ in }
        self.line = line
    }

    /// The path of the file.
    var path: String { source.path }

    /// The bytes from the current position to the end of the buffer, and whether the file ends there.
    var lookahead: (bytes: [UInt8], isAll: Bool) {
        let end = min(source.count, position + (1 << 18))
        return (Array(source.buffer[position..<end]), end == source.count && source.bytesRead == source.totalBytes)
    }

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

    /// Whether the current row holds nothing but separators and blanks.
    var isHollow: Bool { !hasQuotes && bytes.allSatisfy(isBlank) }

    /// Whether the current row begins with an unquoted `#` that is not part of a spreadsheet's error.
    var beginsWithHash: Bool {
        !beginsWithQuote && bytes.first == UInt8(ascii: "#") && !SpreadsheetError.isOne(bytes[..<(ends.first ?? 0)])
    }

    /// Whether the first cell of the current row is in quotation marks.
    private(set) var beginsWithQuote = false

    private enum State { case plain, quoted, quoteInQuoted, closed }

    /// Moves to the next row, which ends at the next end of a line outside quotation marks.
    ///
    /// - Returns: false at the end of the file.
    /// - Throws: ``DatasetError`` for a quotation mark that is out of place, a NUL byte, a row beyond ``rowLimit``, and where
    ///   the file cannot be read.
    mutating func nextRow() throws(DatasetError) -> Bool {
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        (hasQuotes, beginsWithQuote) = (false, false)
        if skipsComments { try passComments() }
        rowLine = line
        let (mark, otherMark) = marks
        let joinsBlanks = separator == .blanks
        var state = State.plain
        var cellStart = 0
        var blankUpTo = 0  // up to here the cell is known to be blank, so that no quotation mark has to look back again
        while true {
            if state == .plain {  // many bytes at a time
                let start = position
                position = source.appendText(from: position, to: &bytes, separators: marks)
                work += position - start
            }
            guard let byte = try nextByte() else { break }
            switch (byte, state) {
            case (UInt8(ascii: "\""), .quoted):
                state = .quoteInQuoted  // the end of the cell, or the first half of a doubled quotation mark
            case (UInt8(ascii: "\""), .quoteInQuoted):
                state = .quoted
                bytes.append(byte)
            case (UInt8(ascii: "\""), .plain) where isBlankCell(from: max(cellStart, blankUpTo), &blankUpTo):
                bytes.removeSubrange(cellStart...)
                state = .quoted
                hasQuotes = true
                if ends.isEmpty { beginsWithQuote = true }
                quoteLine = line
            case (UInt8(ascii: "\n"), .quoted), (UInt8(ascii: "\r"), .quoted):
                bytes.append(UInt8(ascii: "\n"))
                try finishLine(byte)
            case (0, _):
                throw error(.notText(found: "no plain text: it has a NUL byte"), line: line)
            case (_, .quoted):
                bytes.append(byte)
            case (mark, _), (otherMark, _):
                if joinsBlanks && state == .plain && bytes.count == cellStart { continue }
                ends.append(bytes.count)
                cellStart = bytes.count
                state = .plain
            case (UInt8(ascii: "\n"), _), (UInt8(ascii: "\r"), _):
                finishRow(isOpen: !joinsBlanks || state != .plain || bytes.count > cellStart)
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
        finishRow(isOpen: !joinsBlanks || state != .plain || bytes.count > cellStart)
        return true
    }

    /// Ends the last cell. After blanks that end a line there is none.
    private mutating func finishRow(isOpen: Bool) {
        if isOpen || ends.isEmpty { ends.append(bytes.count) }
    }

    /// Whether the current cell is blank so far; what is known to be blank moves on with `known`.
    private mutating func isBlankCell(from start: Int, _ known: inout Int) -> Bool {
        known = start
        while known < bytes.count, isBlank(bytes[known]) { known += 1 }
        work += known - start + 1
        return known == bytes.count
    }

    /// Passes over lines, whatever they hold.
    mutating func skipLines(_ count: Int) throws(DatasetError) {
        for _ in 0..<count { try passLine() }
    }

    /// Passes over the `#` at the beginning of a line.
    mutating func skipHash() {
        if position < source.count, source.buffer[position] == UInt8(ascii: "#") { position += 1 }
    }

    /// Passes over comments. Where the line begins with a spreadsheet's error, such as #N/A, that stands in ``bytes`` afterwards.
    private mutating func passComments() throws(DatasetError) {
        while try peek() == UInt8(ascii: "#") {
            while let byte = try peek(), bytes.count <= SpreadsheetError.longest, byte > 32, byte != marks.0,
                byte != 0x22
            {
                bytes.append(byte)
                position += 1
            }
            if SpreadsheetError.isOne(bytes) { return }
            bytes.removeAll(keepingCapacity: true)
            comments.append(line)
            try passLine()
        }
    }

    private mutating func passLine() throws(DatasetError) {
        while let byte = try nextByte() {
            if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
                try finishLine(byte)
                return
            }
        }
    }

    /// Counts a line and, if it ended in CR, skips the LF that may follow.
    private mutating func finishLine(_ byte: UInt8) throws(DatasetError) {
        line += 1
        if byte == UInt8(ascii: "\r"), try peek() == UInt8(ascii: "\n") { position += 1 }
    }

    private mutating func peek() throws(DatasetError) -> UInt8? {
        if position == source.count { try refill() }
        return position < source.count ? source.buffer[position] : nil
    }

    private mutating func nextByte() throws(DatasetError) -> UInt8? {
        guard let byte = try peek() else { return nil }
        position += 1
        work += 1
        return byte
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
        DatasetError(file: source.path, line: line, separator: separator, problem: problem)
    }
}
