extension DatasetError.Problem {
    /// The rule that is broken and how to mend it, in plain words.
    func sentence(column: String?, separator: Separator = .comma) -> String {
        switch self {
        case .missing: "there is no such file."
        case .linkLoop: "the path leads into a circle of symbolic links."
        case .isDirectory: "this is a folder, where a CSV file is due."
        case .noPermission: "this user may not read the file."
        case .unreadable(let reason): "the file cannot be read (\(reason))."
        case .notText(let found): "the file is \(found). Save it as CSV text in UTF-8."
        case .empty: "the file is empty."
        case .noRows: "there are no rows below the line of column names."
        case .onlyMissing: "every row has a missing value, so that none is left."

        case .noColumnNames: "no column was asked for."
        case .columnAskedTwice: "the column is asked for twice."
        case .noSuchColumn(let present):
            "there is no such column. The file has \(Self.list(present)).\(Self.suggestion(for: column ?? "", among: present))"
        case .duplicateColumn: "the file has more than one column of this name. Rename all but one."
        case .noHeader(let firstLine):
            "the first line, \(quoted(firstLine)), holds numbers, where the columns' names are due. Put a line of names above it."
        case .blankLine: "the line is empty. Only the end of the file may have empty lines."
        case .hollowRow:
            "the row holds separators only. Only the end of the file may have such rows."
        case .wrongCellCount(let found, let expected): Self.cellCount(found, expected, separator)
        case .unclosedQuote: "a quotation mark opens a cell here and is never closed."
        case .textAfterQuote:
            "text follows a cell's closing quotation mark. A quotation mark within a quoted cell is written twice."
        case .rowTooLong(let limit):
            "the row is longer than \(limit) bytes. Is this a CSV file, with one row on each line?"

        case .emptyCell: "the cell is empty, where a number is due.\(CellText.missingHint)"
        case .notANumber(let text): "\(quoted(text)) is not a number.\(CellText(text).cause)"
        case .twoReadings(let text, let decimal, let grouped):
            "\(quoted(text)) has two readings: \(Self.plain(grouped)), with a comma between thousands, or \(Self.plain(decimal)),"
                + " with a decimal comma. Write whichever is meant, with no comma, in all rows."
        case .mixedMarks(let text, let other, let line):
            "\(quoted(text)) does not go together with \(quoted(other)) in line \(line): either the comma or the point can be"
                + " the decimal mark of a file. Write all numbers one way."
        case .beyondDoubles(let text): "\(quoted(text)) is too large for a double-precision number."
        case .notWhole(let text): "\(quoted(text)) is not a whole number."
        case .tooSmall(let text, 0): "\(quoted(text)) is negative, where a number of at least 0 is due."
        case .tooSmall(let text, let smallest): "\(quoted(text)) is less than \(smallest), the smallest number allowed."
        case .tooBig(let text, let largest): "\(quoted(text)) is more than \(largest), the largest number allowed."
        case .rule(let sentence): "\(sentence)."
        }
    }

    /// `"a", "b" and 7 more columns`: enough names to find one's way, and no more.
    private static func list(_ names: [String]) -> String {
        let shown = names.prefix(12).map(quoted).joined(separator: ", ")
        let rest = names.count - 12
        return (names.count == 1 ? "only the column " : "the columns ") + shown + (rest > 0 ? " and \(rest) more" : "")
    }

    /// A name that was probably meant: equal but for case and blanks, or one or two slips away.
    private static func suggestion(for wanted: String, among names: [String]) -> String {
        // Long names would make the comparison slow, and nobody mistypes them by hand.
        let candidates = names.prefix(1000).filter { $0.count <= 100 && wanted.count <= 100 }
        let distances = candidates.map { ($0, editDistance(Array(wanted.lowercased()), Array($0.lowercased()))) }
        let allowed = min(2, wanted.count / 2)
        guard let nearest = distances.min(by: { $0.1 < $1.1 }), nearest.1 <= allowed else { return "" }
        return " Did you mean \(quoted(nearest.0))?"
    }

    /// Levenshtein's distance: the fewest characters to insert, delete or replace.
    private static func editDistance(_ first: [Character], _ second: [Character]) -> Int {
        var row = Array(0...second.count)
        for (i, a) in first.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, b) in second.enumerated() {
                let replaced = diagonal + (a == b ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
            }
        }
        return row[second.count]
    }

    /// What is wrong with the number of cells, and the usual reasons.
    private static func cellCount(_ found: Int, _ expected: Int, _ separator: Separator) -> String {
        let place = separator == .comma ? "in the first line" : "in the line of names"
        let counts =
            "there \(found == 1 ? "is 1 cell" : "are \(found) cells"), but \(expected)"
            + " \(expected == 1 ? "column name" : "column names") \(place)."
        guard found > expected else { return counts }
        guard separator == .comma else {
            return counts + " Put text that holds \(separator.words) in quotation marks."
        }
        return counts + " Write decimals with a point (3.14), and put text that holds a comma in quotation marks."
            + (found == expected + 1 ? " If the first cell is the row's own name, give that column a name, too." : "")
    }

    /// A number in a message: whole numbers without a point.
    private static func plain(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(number)
    }
}
