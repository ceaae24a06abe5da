/// The first line of a CSV file: the columns' names.
struct Header {
    /// The names, without the blanks around them.
    let names: [String]

    private let file: String
    private let line: Int

    /// Takes the reader's current row as the line of names.
    ///
    /// - Throws: ``DatasetError`` if the names are not UTF-8.
    init(_ reader: borrowing CSVReader) throws(DatasetError) {
        var names: [String] = []
        for i in 0..<reader.cellCount {
            names.append(reader.withCell(i) { String(decoding: trimmed($0), as: UTF8.self) })
        }
        self.names = names
        file = reader.path
        line = reader.rowLine
        // Decoding puts U+FFFD where bytes are no UTF-8.
        if names.contains(where: { $0.unicodeScalars.contains("\u{FFFD}") }) {
            throw DatasetError(
                file: file, line: line, problem: .notText(found: "not in UTF-8: a column's name has foreign bytes"))
        }
    }

    /// Which cell of each row belongs to the column of that name.
    ///
    /// - Throws: ``DatasetError`` if there is none, or more than one; the hint depends on what the line looks like.
    func place(of name: String) throws(DatasetError) -> Int {
        let places = names.indices.filter { names[$0] == name }
        if places.count > 1 { throw DatasetError(file: file, line: line, column: name, problem: .duplicateColumn) }
        if let place = places.first { return place }

        if names.count == 1 {
            for (separator, word) in [(";", "semicolons"), ("\t", "tabs")] where names[0].contains(separator) {
                throw DatasetError(file: file, line: line, problem: .wrongSeparator(word))
            }
        }
        if names.allSatisfy({ Array($0.utf8).withUnsafeBufferPointer(decimalNumber) != nil }) {
            throw DatasetError(file: file, line: line, problem: .noHeader(firstLine: names.joined(separator: ",")))
        }
        throw DatasetError(file: file, column: name, problem: .noSuchColumn(present: names))
    }
}
