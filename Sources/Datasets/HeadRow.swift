/// A row of the file's first lines, in full, for finding out how the file is laid out.
struct HeadRow {
    /// The line on which it begins, counted from 1.
    let line: Int
    /// Its cells, without the blanks around them.
    let cells: [String]
    /// Whether it holds nothing but separators and blanks.
    let isHollow: Bool
    /// Whether it begins with an unquoted `#`.
    let beginsWithHash: Bool
    /// Whether its first cell is in quotation marks.
    let beginsWithQuote: Bool

    /// How many cells are not empty.
    var filled: Int { cells.count { !$0.isEmpty } }

    /// How many rows are looked at.
    static let most = 60

    /// The first rows of a text, as far as they can be read with this separator.
    ///
    /// - Parameters:
    ///   - bytes: the text's beginning.
    ///   - line: the line number of the first byte.
    ///   - isAll: whether the text ends with the bytes. Otherwise the last row may be cut, and is left out if there are others.
    static func rows(_ bytes: ArraySlice<UInt8>, line: Int, isAll: Bool, separator: Separator) -> [HeadRow] {
        var rows: [HeadRow] = []
        do throws(DatasetError) {
            var reader = CSVReader(head: Array(bytes), line: line)
            reader.separator = separator
            while rows.count <= most, try reader.nextRow() {
                rows.append(
                    HeadRow(
                        line: reader.rowLine,
                        cells: (0..<reader.cellCount).map { i in
                            reader.withCell(i) { String(decoding: trimmed($0), as: UTF8.self) }
                        },
                        isHollow: reader.isHollow, beginsWithHash: reader.beginsWithHash,
                        beginsWithQuote: reader.beginsWithQuote))
            }
        } catch {
            // What is wrong with the row is said when it is read: here it only ends the search.
        }
        let isCut = rows.count > most || !isAll
        return isCut && rows.count > 1 ? rows.dropLast() : rows
    }
}
