/// Which mark is the decimal one: the point or the comma. A file has one of them, and some of its numbers tell which.
///
/// `1,284` alone may be 1284 or 1.284, and `1.284` may be 1284 where the comma is decimal. So a number with two readings waits until
/// the whole file has been read; and a file in which both marks are decimal is refused.
struct NumberMarks {
    /// A cell, for messages.
    struct Place {
        let column: Int
        let row: Int
        let line: Int
        let text: String
    }

    /// What is wrong, and where.
    struct Conflict: Error {
        let place: Place
        let problem: DatasetError.Problem
    }

    private struct Waiting {
        let column: Int
        let row: Int
        let line: Int
        let decimal: Double
        let grouped: Double

        /// How it is written, up to its sign and exponent: one to three digits, a comma, three digits.
        var place: Place {
            let size = String(Int(abs(grouped)))
            return Place(
                column: column, row: row, line: line,
                text: "\(grouped < 0 ? "-" : "")\(size.dropLast(3)),\(size.suffix(3))")
        }
    }

    /// The first cell with a decimal point, with a decimal comma, and with commas that separate thousands.
    private var point: Place?
    private var comma: Place?
    private var grouping: Place?
    /// The cells with two readings.
    private var waiting: [Waiting] = []

    /// Whether a cell with a decimal point has been met.
    var hasPoint: Bool { point != nil }

    mutating func notePoint(_ place: Place) { point = point ?? place }

    /// The number in a cell that is not plain; nil for a missing value that may be left out.
    ///
    /// - Throws: the rule that the cell breaks.
    mutating func value(
        of cell: CellText, _ place: Place, drops: Bool, _ assumptions: inout Assumptions
    ) throws(DatasetError.Problem) -> Double? {
        let value: Double
        switch cell.reading {
        case .number(let number):
            value = number
            if cell.plain.utf8.contains(UInt8(ascii: ".")) { notePoint(place) }
        case .decimalComma(let number):
            value = number
            comma = comma ?? place
            if cell.plain.utf8.contains(UInt8(ascii: ".")) { assumptions.hasThousands = true }
        case .grouped(let number):
            value = number
            grouping = grouping ?? place
        case .either(let decimal, let grouped):
            value = decimal
            waiting.append(
                Waiting(column: place.column, row: place.row, line: place.line, decimal: decimal, grouped: grouped))
        case .missing:
            if drops { return nil }
            throw cell.original.isEmpty ? .emptyCell : .notANumber(cell.original)
        case .wrong:
            throw cell.original.isEmpty ? .emptyCell : .notANumber(cell.original)
        }
        if cell.conversions.contains(.minus) { assumptions.minusSigns.append(place.line) }
        if cell.conversions.contains(.fortranExponent) { assumptions.fortranExponents.append(place.line) }
        if cell.conversions.contains(.invisible) { assumptions.invisible.append(place.line) }
        return value
    }

    /// Whether that cell waits for the end of the file.
    func isPending(column: Int, row: Int) -> Bool {
        guard let last = waiting.last else { return false }
        return last.row == row && last.column == column
    }

    /// Forgets the cells of a row that is left out.
    mutating func forget(row: Int) {
        while let last = waiting.last, last.row == row { waiting.removeLast() }
    }

    /// Decides between the readings, now that everything has been seen.
    ///
    /// - Throws: the first cell that does not go together with the others, or that still has two readings.
    func resolve(
        _ columns: [NumericTable.Column], _ values: inout [[Double]], _ assumptions: inout Assumptions
    ) throws(Conflict) {
        if let comma, let other = point ?? grouping {
            let (first, second) = comma.line <= other.line ? (comma, other) : (other, comma)
            throw Conflict(
                place: second, problem: .mixedMarks(second.text, other: first.text, otherLine: first.line))
        }
        if comma != nil { assumptions.hasDecimalCommas = true }
        if grouping != nil { assumptions.hasThousands = true }
        for cell in waiting {
            let rule = columns[cell.column].rule
            let isCount = rule != .number
            // A whole number has no decimals to write: 1,284 is 1284, unless other numbers of the file have decimal commas.
            let isGrouped = comma == nil && (isCount || point != nil || grouping != nil)
            guard isGrouped || comma != nil && !isCount else {
                let place = cell.place
                throw Conflict(
                    place: place,
                    problem: .twoReadings(place.text, decimal: cell.decimal, grouped: cell.grouped))
            }
            let value = isGrouped ? cell.grouped : cell.decimal
            do throws(DatasetError.Problem) {
                try rule.check(value) { cell.place.text }
            } catch {
                throw Conflict(place: cell.place, problem: error)
            }
            values[cell.column][cell.row] = value
            if isGrouped { assumptions.hasThousands = true } else { assumptions.hasDecimalCommas = true }
        }
    }
}
