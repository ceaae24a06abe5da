import Datasets
import MixtureModels

/// The reader of data files: tables in every dialect, then damaged.
struct CSVTarget: FuzzTarget {
    let name = "csv"

    func tryInput(_ random: inout SeededGenerator) -> FuzzOutcome {
        let text = input(&random)
        let names = random.pick([
            ["a"], ["a"], ["a", "b"], ["b", "a"], ["b", "#1"], ["#2"], ["#1", "#2"], ["c, d", "a"], ["1"], ["n", "a"],
        ])
        let rules: [NumericTable.Rule] = [
            .number, .number, .number, .number, .number, .number, .count, .wholeNumber(in: -3...1000),
        ]
        let columns = names.map { NumericTable.Column($0, random.pick(rules)) }
        let missing: NumericTable.MissingRule = random.once(in: 2) ? .drop : .refuse
        func read() -> Result<NumericTable, DatasetError> {
            do throws(DatasetError) {
                return .success(try NumericTable.read(text: text, name: "f", columns: columns, missing: missing))
            } catch { return .failure(error) }
        }
        switch (read(), read()) {
        case (.success(let table), .success(let again)):
            return check(table, again, lines: text.count { $0 == 10 || $0 == 13 } + 1).map { broken($0, text) }
                ?? .accepted
        case (.failure(let error), .failure(let again)):
            guard error == again else { return broken("two readings differ", text) }
            let message = error.description
            guard message.hasPrefix("f"), message.hasSuffix(".") || message.hasSuffix("?"), message.utf8.count < 10_000
            else {
                return broken("the message is \(message.prefix(200))", text)
            }
            return .refused
        default: return broken("two readings differ", text)
        }
    }

    private func broken(_ what: String, _ text: [UInt8]) -> FuzzOutcome {
        .broken("\(what); the file: \(String(decoding: text.prefix(300), as: UTF8.self).debugDescription)")
    }

    /// The rules that a table keeps, whatever it was read from.
    private func check(_ table: NumericTable, _ again: NumericTable, lines: Int) -> String? {
        let count = table.rowCount
        guard count > 0 else { return "there are no rows" }
        var last = 0
        for row in 0..<count {
            let line = table.line(ofRow: row)
            guard line > last, line <= lines else {
                return "row \(row) is on line \(line) of \(lines), after line \(last)"
            }
            last = line
        }
        for (i, column) in table.columns.enumerated() {
            let numbers = table.numbers(at: i)
            guard numbers.count == count, numbers == again.numbers(at: i) else { return "the columns differ in length" }
            guard numbers.allSatisfy(\.isFinite) else { return "a number is not finite" }
            if case .wholeNumber(let range) = column.rule {
                guard numbers.allSatisfy({ $0 == $0.rounded() && $0 >= Double(range.lowerBound) }) else {
                    return "a number breaks its rule"
                }
                _ = table.wholeNumbers(at: i)
            }
            guard table.names.contains(table.name(at: i)) else { return "a column's name is not in the file" }
        }
        guard table.assumptions == again.assumptions else { return "the assumptions differ" }
        guard table.assumptions.sentences.allSatisfy({ $0.hasSuffix(".") && $0.utf8.count < 1000 }) else {
            return "a sentence has no end"
        }
        return nil
    }
}

// MARK: Inputs

extension CSVTarget {
    /// A table in some dialect, mostly with something wrong; now and then bytes without any sense.
    private func input(_ random: inout SeededGenerator) -> [UInt8] {
        if random.once(in: 20) { return (0..<random.below(60)).map { _ in UInt8(random.below(256)) } }
        var text = Array(table(&random).utf8)
        if random.once(in: 10) { text = [0xEF, 0xBB, 0xBF] + text }
        for _ in 0..<random.pick([0, 0, 0, 1, 1, 2, 5, 20]) where !text.isEmpty { Self.damage(&text, &random) }
        return text
    }

    private func table(_ random: inout SeededGenerator) -> String {
        let separator = random.pick([",", ",", ";", "\t", "|", " ", "  ", "!"])
        let end = random.pick(["\n", "\n", "\r\n", "\r"])
        let mark = random.pick([".", ".", ","])
        let width = 1 + random.pick([0, 1, 1, 2, 2, 3])
        let names = ["a", "b", "n", "\"c, d\"", "1", "", "#", "freq"]
        var lines: [String] = []
        if random.once(in: 5) { lines.append(random.pick(["sep=\(separator)", "# note, \"", "Title", "", separator])) }
        var header = Array(names.prefix(width))
        if random.once(in: 8) { header = header.map { _ in random.pick(names) } }
        lines.append((random.once(in: 10) ? "# " : "") + header.joined(separator: separator))
        if random.once(in: 8) {
            lines.append(
                Array(repeating: random.pick(["(cm)", "min", "---", ""]), count: width).joined(separator: separator))
        }
        let hasRowNames = random.once(in: 6)
        for row in 0..<random.below(8) {
            var cells = (0..<width).map { _ in cell(mark, &random) }
            if hasRowNames { cells.insert(random.pick(["\(row)", "\"\(row)\"", "r\(row)"]), at: 0) }
            if random.once(in: 20) { cells.append("") }
            if random.once(in: 30) { cells = cells.map { _ in "" } }
            lines.append((random.once(in: 40) ? "#" : "") + cells.joined(separator: separator))
        }
        return lines.joined(separator: end) + (random.once(in: 3) ? "" : end)
    }

    private func cell(_ mark: String, _ random: inout SeededGenerator) -> String {
        if random.once(in: 40) { return random.pick(Self.odd) }
        let number = "\(random.below(3000) - 500)" + (random.once(in: 2) ? "" : "\(mark)\(random.below(1000))")
        return random.once(in: 8) ? "\"\(number)\"" : number
    }

    private static let odd = [
        "NA", "?", ".", "", "-", "\u{2212}3", "1.5D+02", "\u{A0}7\u{202F}", "50%", "$5", "1,284", "1.284,5",
        "1,284,000.5", "0,125",
        "2024-01-31", "12:30", "TRUE", "H", "0x1F", "Inf", "-nan", "1e999", "1e-999", "１２", "5 kg", "<3", "(4)",
        "1 000", "1'000",
        "\"", "\"\"", "a\"b", "\u{FFFD}", "9007199254740993", "e\u{301}\u{301}\u{301}", "#N/A", "#DIV/0!", "\u{0}", "+",
        "1/2", "±",
        "1,000", "-1,234", "+1,5", ",5", "5,", "1e5,2", "--5", "1,2,3", "..", "-\u{2212}1", "1d", "D5", "1_000", "10^3",
    ]

    static func damage(_ text: inout [UInt8], _ random: inout SeededGenerator) {
        let place = random.below(text.count)
        switch random.below(6) {
        case 0: text.remove(at: place)
        case 1: text.insert(random.pick(Array("\",;\t|\n\r #.-+eE0129\u{A0}".utf8)), at: place)
        case 2: text[place] = UInt8(random.below(256))
        case 3: text.removeSubrange(place...)
        case 4:
            text.insert(
                contentsOf: text[place..<min(text.count, place + random.below(20))], at: random.below(text.count))
        default:
            text.insert(
                contentsOf: Array(repeating: random.pick(Array("\", \n1e\u{301}".utf8)), count: random.below(200)),
                at: place)
        }
    }
}
