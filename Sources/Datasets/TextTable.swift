/// A table of texts: a class list, or a class's answers. Nothing in it is taken for a number, so that `007` stays what it is.
public struct TextTable: Sendable, Equatable {
    /// The file's path as the user gave it.
    public let file: String
    /// The columns' names.
    public let columns: [String]
    /// The rows; each has as many cells as there are columns. Blanks around a text do not count.
    public let rows: [[String]]
    private let lines: [Int]
    private let separator: Separator

    /// Reads all columns of a file.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - columns: the columns that it must have.
    /// - Throws: ``DatasetError`` for the first thing that is wrong.
    public static func read(path: String, columns: [String]) throws(DatasetError) -> TextTable {
        try read(ByteSource(path: path), columns)
    }

    /// Reads all columns of a text in memory.
    ///
    /// - Parameters:
    ///   - text: the bytes of a file.
    ///   - name: what errors call it.
    ///   - columns: the columns that it must have.
    /// - Throws: ``DatasetError``.
    public static func read(text: [UInt8], name: String, columns: [String]) throws(DatasetError) -> TextTable {
        try read(ByteSource(bytes: text, name: name), columns)
    }

    private static func read(_ source: consuming ByteSource, _ columns: [String]) throws(DatasetError) -> TextTable {
        var reader = try TableReader(
            source, names: columns, areNumbers: false, dropsEmptyRows: true, progress: { _, _ in })
        let names = reader.header.names
        for (place, name) in names.enumerated() where !name.isEmpty && names[..<place].contains(name) {
            throw reader.error(.duplicateColumn, column: name)
        }
        let skipped = reader.assumptions.hasRowNames ? 1 : 0
        var (rows, lines): ([[String]], [Int]) = ([], [])
        while try reader.nextRow() {
            var row: [String] = []
            for place in names.indices {
                let cell = place + skipped
                let text =
                    cell < reader.row.cellCount
                    ? reader.row.withCell(cell) { String(decoding: trimmed($0), as: UTF8.self) } : ""
                if text.unicodeScalars.contains("\u{FFFD}") {
                    throw reader.error(
                        .notText(found: "not in UTF-8: the cell has foreign bytes"), line: reader.row.rowLine,
                        column: names[place])
                }
                row.append(text)
            }
            // Files that were put together from several, each with its own first line. A student called “id” has no other name, either.
            if row == names {
                throw reader.error(
                    .rule("the line repeats the columns' names: take it out"), line: reader.row.rowLine)
            }
            rows.append(row)
            lines.append(reader.row.rowLine)
        }
        if let line = reader.row.comments.first.first {
            throw reader.error(
                .rule(
                    "the line begins with #, as a comment does. If it is a row, put its first cell in quotation marks; if not, take it out"
                ),
                line: line)
        }
        guard !rows.isEmpty else { throw reader.error(.noRows) }
        return TextTable(
            file: reader.row.path, columns: names, rows: rows, lines: lines, separator: reader.assumptions.separator)
    }

    /// The place of a column among ``columns``, by its name or, where none has that name, by its number: `#2` is the second. Nil if there
    /// is none.
    public func place(of column: String) -> Int? {
        if let place = columns.firstIndex(of: column) { return place }
        guard column.hasPrefix("#"), let number = Int(column.dropFirst()), columns.indices.contains(number - 1) else {
            return nil
        }
        return number - 1
    }

    /// The line of the file on which a row begins, counted from 1 as an editor does.
    public func line(ofRow row: Int) -> Int { lines[row] }

    /// The error to throw when a row breaks a rule that only the caller knows.
    ///
    /// - Parameter sentence: the rule, without a full stop.
    public func error(inRow row: Int, column: String?, _ sentence: String) -> DatasetError {
        DatasetError(
            file: file, line: lines[row], column: column, separator: separator, problem: .rule(sentence))
    }
}
