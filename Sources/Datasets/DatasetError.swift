import Files

/// What is wrong with a data file, and where: the file, the line as an editor counts it, and the column.
///
/// ``description`` is one plain sentence for the person who made the file, with a hint where one helps:
///
///     heads.csv, line 4, column "heads": "seven" is not a number.
public struct DatasetError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The file's path as the user gave it.
    public let file: String
    /// The line, counted from 1 as an editor does, on which the row begins (a quoted cell may hold line breaks) or on which
    /// the misplaced quotation mark or NUL byte stands; nil if the whole file is meant.
    public let line: Int?
    /// The column's name in the header; nil if the whole row is meant.
    public let column: String?
    /// What was taken to separate the columns.
    public let separator: Separator
    /// The rule that is broken.
    public let problem: Problem

    /// An error at a place in a file.
    public init(file: String, line: Int? = nil, column: String? = nil, separator: Separator = .comma, problem: Problem)
    {
        self.separator = separator
        self.file = file
        self.line = line
        self.column = column
        self.problem = problem
    }

    /// The rules that a data file can break.
    public enum Problem: Error, Equatable, Sendable {
        // The file as a whole.
        /// There is no such file.
        case missing
        /// The path leads into a circle of symbolic links.
        case linkLoop
        /// The path names a folder.
        case isDirectory
        /// The system forbids reading the file.
        case noPermission
        /// The system could not read the file for another reason, in its own words.
        case unreadable(String)
        /// The file holds something else than UTF-8 text: `found` says what.
        case notText(found: String)
        /// The file has no bytes, or blank lines only.
        case empty
        /// There is a header and no row below it.
        case noRows
        /// Every row has a missing value.
        case onlyMissing

        // The columns.
        /// No column was asked for.
        case noColumnNames
        /// One column was asked for twice.
        case columnAskedTwice
        /// The header has no column of that name; `present` lists those it has.
        case noSuchColumn(present: [String])
        /// The header has that name more than once.
        case duplicateColumn
        /// The first line holds numbers, where the columns' names are due.
        case noHeader(firstLine: String)

        // The rows.
        /// A line without any content, with other lines after it.
        case blankLine
        /// A row with separators and nothing between them, with other rows after it.
        case hollowRow
        /// The row has another number of cells than the header.
        case wrongCellCount(found: Int, expected: Int)
        /// A quotation mark that opens a cell on this line is never closed.
        case unclosedQuote
        /// Something other than a separator follows the closing quotation mark of a cell.
        case textAfterQuote
        /// The row is longer than any row of numbers would be.
        case rowTooLong(limit: Int)

        // The cells.
        /// The cell has no content.
        case emptyCell
        /// The cell is no decimal number.
        case notANumber(String)
        /// The comma in the number may be a decimal mark or separate thousands, and nothing in the file tells which.
        case twoReadings(String, decimal: Double, grouped: Double)
        /// The number is written with another decimal mark than one further up.
        case mixedMarks(String, other: String, otherLine: Int)
        /// The cell is a number beyond the range of doubles.
        case beyondDoubles(String)
        /// The cell is a number, but not a whole one.
        case notWhole(String)
        /// The cell is a whole number below the smallest that the column allows.
        case tooSmall(String, smallest: Int)
        /// The cell is a whole number above the largest that the column allows.
        case tooBig(String, largest: Int)

        /// A rule of the caller's own, as a sentence without its full stop.
        case rule(String)
    }

    /// The error as one plain sentence, with its place in front and perhaps a hint behind.
    public var description: String {
        var place = file.isEmpty ? "The data file" : shown(file)
        if let line { place += ", line \(line)" }
        if let column { place += ", column \(quoted(column))" }
        if separator != .comma { place += " (columns separated by \(separator.words))" }
        return "\(place): \(problem.sentence(column: column, separator: separator))"
    }
}

/// A text from the file as it appears in a message: in quotation marks, on one line, and not longer than 40 Unicode scalars,
/// since a single character may have a million of them.
func quoted(_ text: String) -> String {
    let scalars = text.unicodeScalars.prefix(41)
    return "\"\(visible(scalars.prefix(40)))\(scalars.count > 40 ? "…" : "")\""
}
