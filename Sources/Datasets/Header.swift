/// The line of a file that holds the columns' names.
struct Header {
    /// The names, without the blanks around them.
    let names: [String]

    private let file: String
    private let layout: Layout
    /// Where each name stands; nil if it stands there more than once.
    private let places: [String: Int?]

    /// Takes the reader's current row as the line of names.
    ///
    /// - Throws: ``DatasetError`` if the names are not UTF-8.
    init(_ reader: borrowing CSVReader, _ layout: Layout) throws(DatasetError) {
        var names: [String] = []
        for i in 0..<reader.cellCount {
            names.append(reader.withCell(i) { String(decoding: trimmed($0), as: UTF8.self) })
        }
        self.names = names
        self.layout = layout
        file = reader.path
        places = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { _, _ in nil })
        // Decoding puts U+FFFD where bytes are no UTF-8.
        if names.contains(where: { $0.unicodeScalars.contains("\u{FFFD}") }) {
            throw error(.notText(found: "not in UTF-8: a column's name has foreign bytes"), line: reader.rowLine)
        }
    }

    /// Which column has that name, or that number (`#2`, counted from 1); the first is 0, cells without a name do not count.
    ///
    /// - Throws: ``DatasetError`` if there is none, or more than one; or if the line may be a row of data, which would be lost.
    func place(of name: String) throws(DatasetError) -> Int {
        let place = try find(name)
        if !layout.headerIsCertain, CellText(names[place]).looksLikeData {
            throw error(.noHeader(firstLine: firstLine), line: layout.headerLine)
        }
        return place
    }

    private func find(_ name: String) throws(DatasetError) -> Int {
        if let place = places[name] {
            guard let place else { throw error(.duplicateColumn, line: layout.headerLine, column: name) }
            return place
        }
        if layout.headerIsComment, let first = names.first, name.hasPrefix("#"), trimmedName(name.dropFirst()) == first
        {
            return 0
        }
        if let place = ColumnNames.place(name), names.indices.contains(place) { return place }
        if names.allSatisfy({ CellText($0).looksLikeData })
            || !layout.headerIsCertain && names.contains(where: { CellText($0).looksLikeData })
        {
            throw error(.noHeader(firstLine: firstLine), line: layout.headerLine)
        }
        throw error(.noSuchColumn(present: names), column: name)
    }

    private func trimmedName(_ name: Substring) -> String { String(name.drop { $0 == " " }) }

    /// The beginning of the line, enough for a message.
    private var firstLine: String {
        names.prefix(50).joined(separator: String(UnicodeScalar(layout.separator.byte)))
    }

    private func error(_ problem: DatasetError.Problem, line: Int? = nil, column: String? = nil) -> DatasetError {
        DatasetError(file: file, line: line, column: column, separator: layout.separator, problem: problem)
    }
}

extension CellText {
    /// Whether a name reads as a number, in whatever spelling.
    var looksLikeData: Bool { reading != .wrong && reading != .missing }
}
