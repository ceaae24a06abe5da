import Testing

@testable import Datasets

@Suite("Cost")
struct LinearTests {
    /// Files that tempt a reader to look back, or ahead, again and again. Each is a function of the size.
    static let shapes: [(name: String, text: @Sendable (Int) -> String)] = [
        (
            "blanks, a letter, quotation marks",
            { "x\n" + String(repeating: " ", count: $0) + "a" + String(repeating: "\"", count: $0) + "\n" }
        ),
        ("blanks and quotation marks in turn", { "x\n" + String(repeating: " \"", count: $0) + "\n" }),
        ("letters and quotation marks in turn", { "x\n" + String(repeating: "a\"", count: $0) + "\n" }),
        ("quotation marks", { "x\n" + String(repeating: "\"", count: 2 * $0) + "\n" }),
        ("blanks, then a quoted cell", { "x,y\n" + String(repeating: " ", count: $0) + "\"1\",2\n" }),
        ("commas", { "x\n" + String(repeating: ",", count: $0) + "\n" }),
        ("empty lines", { "x\n1\n" + String(repeating: "\n", count: $0) + "2\n" }),
        ("comments", { "# a\n" + String(repeating: "#\n", count: $0) + "x\n1\n" }),
        ("spreadsheet errors", { "y,x\n1,2\n" + String(repeating: "#N/A,1\n", count: $0) }),
        ("an unclosed quotation mark", { "x\n1\n\"" + String(repeating: "a\n", count: $0) }),
        ("missing values", { "x\n1\n" + String(repeating: "NA\n", count: $0) }),
        ("numbers with two readings", { "x\n" + String(repeating: "\"1,284\"\n", count: $0) + "0.5\n" }),
    ]

    /// How often bytes are looked at when all rows are read.
    private func work(_ text: String, _ separator: Separator) throws -> Int {
        var reader = try CSVReader(ByteSource(bytes: Array(text.utf8), name: "file")) { _, _ in }
        reader.separator = separator
        reader.skipsComments = true
        do throws(DatasetError) {
            while try reader.nextRow() {}
        } catch {
            // What is wrong does not matter here, only what it costs to find out.
        }
        return reader.work
    }

    @Test("A file twice as long takes twice the work, whatever it holds", arguments: shapes.indices)
    func linear(_ shape: Int) throws {
        for separator in [Separator.comma, .blanks] {
            let (small, large) = (Self.shapes[shape].text(20_000), Self.shapes[shape].text(40_000))
            let (less, more) = (try work(small, separator), try work(large, separator))
            #expect(more >= less && Double(more) <= 2.1 * Double(less) + 100)
            #expect(more <= 4 * large.utf8.count + 100)
        }
    }

    @Test("What the first lines are looked at for does not grow with the file", arguments: shapes.indices)
    func whole(_ shape: Int) {
        // Reading all of it comes to an end at once, with numbers or a short sentence.
        let text = Self.shapes[shape].text(300_000)
        do throws(DatasetError) {
            let table = try NumericTable.read(
                text: Array(text.utf8), name: "file", columns: [.init("x")], missing: .drop)
            #expect(table.rowCount > 0)
        } catch {
            #expect(error.description.utf8.count < 1000)
        }
    }

    @Test(
        "Messages are short, whatever is in a cell or a name",
        arguments: ["a", "1", "€", "\u{301}", "\u{0}", "\u{A0}", " ", "#", ";"])
    func shortMessages(_ piece: String) {
        let long = String(repeating: piece, count: 200_000)
        let accents = "e" + String(repeating: "\u{301}", count: 200_000) + piece
        for text in [
            "x,y\n1,2\n\"\(long)\",3\n", "x,y\n1,2\n\(accents),3\n", "\(long),y\n1,2\n", "\(accents),y\n1,2\n",
            "x,\(accents)\n\(long)\n",
            "# \(long)\nx\n\(accents)", "sep=;\n\(accents);y\n1;2",
        ] {
            do throws(DatasetError) {
                let table = try NumericTable.read(text: Array(text.utf8), name: "file", columns: [.init("x")])
                #expect(table.assumptions.sentences.allSatisfy { $0.utf8.count < 500 })
            } catch {
                #expect(error.description.utf8.count < 1500)
            }
        }
    }
}
