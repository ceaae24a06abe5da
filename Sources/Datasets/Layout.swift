/// How a file is laid out: where its names stand, and what separates its cells. Found in its first lines.
struct Layout {
    /// What separates the cells.
    var separator = Separator.comma
    /// The line, counted from 1, that holds the columns' names.
    var headerLine = 1
    /// Whether that line is a comment, `# height,weight`, as NumPy's `savetxt` writes it.
    var headerIsComment = false
    /// Whether lines below the names that begin with `#` are comments.
    var skipsComments = true
    /// How many cells at the beginning of each row have no name: 1 for R's row names.
    var unnamedCells = 0
    /// Whether the names cannot be a row of data: some column has a name that is no number and cells that are numbers.
    var headerIsCertain = false
    /// Lines right below the names that are units (`cm`, `[kg]`), or drawn lines (`---`).
    var units: [Int] = []
    var rulers: [Int] = []
    /// Lines above the names, by what they seem to be.
    var titles = LineList()
    var comments = LineList()
    var blankLines = LineList()
    /// Whether the first line is Excel's mark, `sep=;`.
    var hasSeparatorMark = false

    /// Finds the layout.
    ///
    /// Each separator is tried on the first lines. A separator is good if it splits one of them into the names that are asked
    /// for, and the rows below into as many cells as there are names; of equally good ones the comma is taken, then the others in
    /// the order of ``Separator``. So a file with commas is never taken for anything else because of what its cells hold.
    ///
    /// - Parameters:
    ///   - head: the beginning of the file.
    ///   - isAll: whether the file ends there.
    ///   - names: the columns that are asked for.
    ///   - areNumbers: whether they hold numbers, so that a line of units below the names is none of the rows.
    init(_ head: [UInt8], isAll: Bool, names: [String], areNumbers: Bool) {
        var start = RawLine.first(head)
        var forced: Separator?
        if let mark = start?.separatorMark(head) {
            forced = mark
            hasSeparatorMark = true
            start = start?.next(head)
        }
        var lastComment: RawLine?
        while let line = start, line.number < 1000 {
            if line.isComment(head) {
                lastComment = line
                comments.append(line.number)
            } else if line.isBlank(head) {
                blankLines.append(line.number)
            } else {
                break
            }
            guard let next = line.next(head) else { break }
            start = next
        }
        guard let start else { return }
        headerLine = start.number

        if let forced { separator = forced }
        var best: Candidate?
        let candidates = forced.map { [$0] } ?? [.comma, .semicolon, .tab, .bar, .blanks]
        for separator in candidates {
            let rows = HeadRow.rows(head[start.begin...], line: start.number, isAll: isAll, separator: separator)
            best = Candidate.better(best, Candidate(separator, rows, names: names))
        }
        for separator in candidates {
            // The names may stand in the last of the comments; the first rows are data then.
            guard let lastComment else { break }
            let text = [UInt8](head[(lastComment.begin + 1)...])
            let rows = HeadRow.rows(text[...], line: lastComment.number, isAll: isAll, separator: separator)
            var candidate = Candidate(separator, rows, names: names)
            guard candidate.header?.line == lastComment.number else { continue }
            candidate.isComment = true
            best = Candidate.better(best, candidate)
        }
        take(best, names: names, areNumbers: areNumbers)
    }

    private mutating func take(_ best: Candidate?, names: [String], areNumbers: Bool) {
        guard let best, let header = best.header else { return }
        separator = best.separator
        headerLine = header.line
        headerIsComment = best.isComment
        unnamedCells = best.hasRowNames ? 1 : 0
        if headerIsComment { comments = comments.without(header.line) }
        for row in best.above {
            switch row {
            case _ where row.isHollow: blankLines.append(row.line)
            case _ where row.beginsWithHash: comments.append(row.line)
            default: titles.append(row.line)
            }
        }
        skipsComments = best.skipsComments
        headerIsCertain =
            best.hasRowNames || headerIsComment
            || header.cells.indices.contains { i in
                !header.cells[i].isEmpty && CellText(header.cells[i]).reading == .wrong && best.isNumeric(column: i)
            }
        (rulers, units) = best.linesBelowNames(names)
        if !areNumbers { units = [] }
    }
}

/// A line of the file's beginning, before anything is known about its cells.
struct RawLine {
    let number: Int
    let begin: Int
    private let end: Int

    static func first(_ head: [UInt8]) -> RawLine? { head.isEmpty ? nil : RawLine(head, 1, 0) }

    private init(_ head: [UInt8], _ number: Int, _ begin: Int) {
        self.number = number
        self.begin = begin
        end = head[begin...].firstIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } ?? head.count
    }

    /// The line below; nil at the end.
    func next(_ head: [UInt8]) -> RawLine? {
        guard end < head.count else { return nil }
        let isPair = head[end] == UInt8(ascii: "\r") && end + 1 < head.count && head[end + 1] == UInt8(ascii: "\n")
        let begin = end + (isPair ? 2 : 1)
        return begin < head.count ? RawLine(head, number + 1, begin) : nil
    }

    func isBlank(_ head: [UInt8]) -> Bool { head[begin..<end].allSatisfy(Datasets.isBlank) }

    func isComment(_ head: [UInt8]) -> Bool { begin < end && head[begin] == UInt8(ascii: "#") }

    /// What Excel's mark names: `sep=;`, perhaps in quotation marks, perhaps with empty cells behind it.
    func separatorMark(_ head: [UInt8]) -> Separator? {
        let text = head[begin..<end].filter { $0 != UInt8(ascii: "\"") }
        guard String(decoding: text.prefix(4), as: UTF8.self).lowercased() == "sep=", text.count >= 5 else {
            return nil
        }
        let byte = text[4]
        // No letter, no digit, no quotation mark and nothing beyond ASCII can separate cells.
        guard byte == UInt8(ascii: "\t") || (32..<127).contains(byte), !isWordByte(byte),
            text[5...].allSatisfy({ $0 == byte })
        else { return nil }
        return Separator(byte: byte)
    }

    private func isWordByte(_ byte: UInt8) -> Bool {
        let scalar = UnicodeScalar(byte)
        return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            || ".+-_".unicodeScalars.contains(scalar)
    }
}
