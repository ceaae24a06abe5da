import Foundation

/// A few rows of a reader's file, such as those that a component has closed in on, in words.
public struct RowGroup: Sendable {
    /// The numbers of the rows, from 0, in the file's order.
    public let members: [Int]
    /// All rows, the names of their columns, and where they stand in the file.
    private let rows: [[Double]]
    private let names: [String]
    private let lines: RowPlaces

    /// Some of the rows.
    public init(_ members: [Int], of rows: [[Double]], names: [String], lines: RowPlaces) {
        (self.members, self.rows, self.names, self.lines) = (members, rows, names, lines)
    }

    /// The columns in which all these rows have one value, and the value.
    public var constants: [(column: Int, value: Double)] {
        guard let first = members.first else { return [] }
        return names.indices.compactMap { d in
            members.allSatisfy { rows[$0][d] == rows[first][d] } ? (d, rows[first][d]) : nil
        }
    }

    /// The column in which all these rows, and no others, have a value that looks like a code for a missing one: it is all nines (with
    /// or without a sign), or -1, and lies outside what the other rows have.
    public var missingCode: (column: Int, value: Double)? {
        constants.first { column, value in
            let own = Set(members)
            let others = rows.indices.filter { !own.contains($0) }.map { rows[$0][column] }
            guard let low = others.min(), let high = others.max(), value < low || value > high else { return false }
            let text = String(format: "%.0f", abs(value))
            return value == -1
                || value == value.rounded() && text.allSatisfy { $0 == "9" || $0 == "8" || $0 == "7" }
                    && Set(text).count == 1 && text.count > (value < 0 ? 0 : 1)
        }
    }

    /// The rows of each column that have such a code.
    public static func missingCodes(in rows: [[Double]], names: [String], lines: RowPlaces) -> [RowGroup] {
        names.indices.flatMap { d -> [RowGroup] in
            let column = rows.map { $0[d] }
            return Set([column.min(), column.max()].compactMap { $0 }).sorted().compactMap { value in
                let group = RowGroup(
                    rows.indices.filter { column[$0] == value }, of: rows, names: names, lines: lines)
                return group.missingCode?.column == d ? group : nil
            }
        }
    }

    /// `the four rows (lines 8, 20, 34, 49) with score -999: a code for missing values?`
    public var words: String {
        let count = members.count
        let which = count == 1 ? "the row" : "the \(inWords(count)) rows"
        let numbers = members.prefix(8).map { "\(lines.numbers[$0])" }.joined(separator: ", ")
        let place = "\(lines.word)\(count == 1 ? "" : "s") \(numbers)\(count > 8 ? ", …" : "")"
        let shared = constants
        if let code = missingCode {
            return "\(which) (\(place)) with \(names[code.column]) \(plain(code.value)): a code for missing values?"
        }
        if !shared.isEmpty {
            let values = shared.map { "\(names[$0.column]) \(plain($0.value))" }.joined(separator: ", ")
            return "\(which) (\(place)) with \(values)"
        }
        guard let dependent = DependentColumn.all(in: members.map { rows[$0] }, names: names).first else {
            return "\(which) (\(place))\(values)"
        }
        return "\(which) (\(place)), which lie on a line or plane: \(dependent.equation)"
    }

    private var values: String {
        guard members.count <= 3, names.count <= 4 else { return "" }
        let texts = members.map { row in "(" + rows[row].map(plain).joined(separator: ", ") + ")" }
        return ": " + texts.joined(separator: " and ")
    }

    private func plain(_ number: Double) -> String { String(format: "%.7g", number) }
}

/// A count in a sentence: words up to twelve.
public func inWords(_ count: Int) -> String {
    let words = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    ]
    return words.indices.contains(count) ? words[count] : grouped(count)
}
