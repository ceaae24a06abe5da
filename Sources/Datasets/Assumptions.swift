/// What a reader took for granted about a file, and what it left out: nothing of it was said by the user, so all of it is to
/// be told to the user.
///
/// ``sentences`` says it in words. They quote nothing from the file, so they can stand in any report.
public struct Assumptions: Sendable, Equatable {
    /// What separates the cells.
    public internal(set) var separator = Separator.comma
    /// Whether the separator is named by the file's first line, Excel's `sep=;`.
    public internal(set) var hasSeparatorMark = false
    /// Whether numbers with a decimal comma were read.
    public internal(set) var hasDecimalCommas = false
    /// Whether commas between digits were read as separators of thousands (1,284), or points where the comma is decimal.
    public internal(set) var hasThousands = false
    /// The line that holds the columns' names.
    public internal(set) var headerLine = 1
    /// Whether that line begins with `#`, as a comment does.
    public internal(set) var headerIsComment = false
    /// Whether the first cell of each row has no name, and was taken for the row's own name.
    public internal(set) var hasRowNames = false
    /// Lines above the names that were taken for titles.
    public internal(set) var titles = LineList()
    /// Lines that begin with `#`.
    public internal(set) var comments = LineList()
    /// Empty lines above the names.
    public internal(set) var blankLinesAbove = LineList()
    /// Lines below the names with units.
    public internal(set) var units = LineList()
    /// Lines below the names that are drawn (`---`).
    public internal(set) var rulers = LineList()
    /// Rows at the end that hold nothing but separators.
    public internal(set) var emptyRowsAtEnd = LineList()
    /// Rows with empty cells beyond the last column's.
    public internal(set) var longRows = LineList()
    /// Rows that were left out for a missing value, because the caller asked for that; empty lines and rows among them.
    public internal(set) var droppedRows = LineList()
    /// Rows that say nothing and were left out: they occur 0 times, or hold 0 trials.
    public internal(set) var zeroCounts = LineList()
    /// Lines with a minus sign or dash beyond ASCII, such as U+2212.
    public internal(set) var minusSigns = LineList()
    /// Lines with Fortran's exponent, 1.8D+00.
    public internal(set) var fortranExponents = LineList()
    /// Lines with invisible characters around the number, such as a no-break space.
    public internal(set) var invisible = LineList()

    init() {}

    init(_ layout: Layout) {
        separator = layout.separator
        hasSeparatorMark = layout.hasSeparatorMark
        headerLine = layout.headerLine
        headerIsComment = layout.headerIsComment
        hasRowNames = layout.unnamedCells > 0
        (titles, comments, blankLinesAbove) = (layout.titles, layout.comments, layout.blankLines)
        for line in layout.units { units.append(line) }
        for line in layout.rulers { rulers.append(line) }
    }

    /// Everything in words, a sentence for each; nothing for a plain file with commas and its names in the first line.
    public var sentences: [String] {
        var said: [String] = []
        if hasSeparatorMark {
            let mark = if case .other = separator { "a character of its own" } else { separator.words }
            said.append("Line 1 says that the columns are separated by \(mark).")
        } else if separator != .comma {
            said.append("The columns seemed to be separated by \(separator.words).")
        }
        if headerIsComment {
            said.append("The columns' names were taken from line \(headerLine), which begins with #.")
        }
        func add(_ lines: LineList, _ one: String, _ several: String) {
            guard lines.count > 0 else { return }
            let text = lines.words
            said.append("\(text.prefix(1).uppercased())\(text.dropFirst()) \(lines.count == 1 ? one : several).")
        }
        add(titles, "was taken for a title", "were taken for titles")
        add(comments, "begins with # and was passed over", "begin with # and were passed over")
        add(blankLinesAbove, "above the columns' names is empty", "above the columns' names are empty")
        add(units, "was taken for a line of units", "were taken for lines of units")
        add(rulers, "was taken for a drawn line", "were taken for drawn lines")
        if hasRowNames {
            said.append("Each row has one cell more than there are names: the first was taken for the row's own name.")
        }
        if hasDecimalCommas { said.append("Commas within numbers were read as decimal marks.") }
        if hasThousands {
            said.append(
                "\(hasDecimalCommas ? "Points" : "Commas") between groups of three digits were read as separators of thousands."
            )
        }
        func addRows(_ lines: LineList, _ one: String, _ several: String, _ rest: String) {
            guard lines.count > 0 else { return }
            said.append("\(lines.count == 1 ? one : "\(lines.count) \(several)") (\(lines.words)) \(rest).")
        }
        func addNumbers(_ lines: LineList, _ what: String, _ rest: String) {
            if lines.count > 0 { said.append("Numbers \(what) (\(lines.words)) were read\(rest).") }
        }
        addNumbers(minusSigns, "with a dash that is no plain minus sign, such as U+2212,", " as negative")
        addNumbers(fortranExponents, "with Fortran's exponent, D for e,", "")
        addNumbers(invisible, "with invisible characters around, such as no-break spaces,", " without them")
        addRows(
            longRows, "One row", "rows", "\(longRows.count == 1 ? "ends" : "end") in empty cells beyond the last column"
        )
        addRows(
            emptyRowsAtEnd, "One row", "rows",
            "at the end \(emptyRowsAtEnd.count == 1 ? "holds" : "hold") separators only and did not count")
        addRows(
            droppedRows, "One row", "rows",
            "with a missing value \(droppedRows.count == 1 ? "was" : "were") left out")
        addRows(
            zeroCounts, "One row", "rows",
            "with a count of 0 \(zeroCounts.count == 1 ? "says" : "say") nothing and \(zeroCounts.count == 1 ? "was" : "were") left out"
        )
        return said
    }
}
