import Testing

@testable import Datasets

@Suite("Random tables in random dialects")
struct DialectPropertyTests {
    /// A way to write tables.
    private struct Dialect {
        var separator = ","
        var decimal = "."
        var end = "\n"
        var quotesNames = false
        var quotesNumbers = false
        var rowNames: String?
        var mark = false
        var title = false
        var comments = false
        var units = false
        var trailing = false
        var emptyRows = 0

        init(_ random: inout SmallGenerator) {
            separator = [",", ";", "\t", "|", " ", "   "][random.below(6)]
            decimal = separator == "," && random.below(2) == 0 ? "." : [".", ","][random.below(2)]
            end = ["\n", "\r\n", "\r"][random.below(3)]
            quotesNames = random.below(2) == 0
            quotesNumbers = separator == "," && decimal == "," || random.below(4) == 0
            rowNames = random.below(3) == 0 ? ["\"%\"", "row%"][random.below(2)] : nil
            mark = separator.utf8.count == 1 && separator != " " && random.below(4) == 0
            title = !mark && random.below(4) == 0 && separator.first != " "
            comments = random.below(4) == 0
            units = rowNames == nil && random.below(4) == 0
            trailing = rowNames == nil && separator.first != " " && random.below(4) == 0
            emptyRows = separator.first == " " ? 0 : random.below(3)
        }

        func text(_ rows: [[Int]]) -> (text: String, lines: [Int]) {
            var out: [String] = []
            var places: [Int] = []
            if mark { out.append("sep=\(separator)") }
            if title { out.append("Measurements") }
            if comments { out.append("# on a Monday") }
            let names = ["id", "x", "y"].map { quotesNames ? "\"\($0)\"" : $0 }
            let end = trailing ? separator : ""
            out.append(names.joined(separator: separator) + end)
            if units { out.append(["[1]", "(cm)", "(kg)"].joined(separator: separator) + end) }
            for (n, row) in rows.enumerated() {
                if comments, n == 2 { out.append("#") }
                places.append(out.count + 1)
                var cells = row.map { number in
                    let digits = String(abs(number) / 100)
                    let decimals = String(String(abs(number) % 100 + 100).dropFirst())
                    let text = (number < 0 ? "-" : "") + digits + decimal + decimals
                    return quotesNumbers ? "\"\(text)\"" : text
                }
                if let rowNames { cells.insert(rowNames.replacing("%", with: "\(n + 1)"), at: 0) }
                out.append(cells.joined(separator: separator) + end)
            }
            out += Array(repeating: Array(repeating: separator, count: 3).joined(), count: emptyRows)
            return (out.map { $0 + self.end }.joined(), places)
        }
    }

    @Test(
        "What was written is read back, with its lines and with what was taken for granted",
        arguments: 0..<300 as Range<UInt64>)
    func roundTrip(_ seed: UInt64) throws {
        var random = SmallGenerator(seed: seed)
        let dialect = Dialect(&random)
        let rows = (0..<(3 + random.below(20))).map { _ in (0..<3).map { _ in random.below(200_001) - 100_000 } }
        let (text, lines) = dialect.text(rows)
        let table = try NumericTable.read(text: Array(text.utf8), name: "file", columns: [.init("y"), .init("x")])
        #expect(table.numbers(at: 0) == rows.map { Double($0[2]) / 100 }, "\(text)")
        #expect(table.numbers(at: 1) == rows.map { Double($0[1]) / 100 })
        #expect((0..<rows.count).map(table.line(ofRow:)) == lines)
        let assumed = table.assumptions
        #expect(assumed.hasDecimalCommas == (dialect.decimal == ","))
        #expect(assumed.hasRowNames == (dialect.rowNames != nil))
        #expect(assumed.hasSeparatorMark == dialect.mark && assumed.titles.count == (dialect.title ? 1 : 0))
        #expect(assumed.units.count == (dialect.units ? 1 : 0) && assumed.comments.count == (dialect.comments ? 2 : 0))
        #expect(assumed.emptyRowsAtEnd.count == dialect.emptyRows && !assumed.hasThousands)
        #expect(assumed.separator.byte == dialect.separator.utf8.first)
    }
}
