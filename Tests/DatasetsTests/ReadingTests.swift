import Datasets
import Foundation
import Testing

@Suite("What can be read")
struct ReadingTests {
    /// Texts that mean the same table: a column a of 1, 2 and a column b of 10, 20.
    static let spellings: [(name: String, text: String)] = [
        ("plain", "a,b\n1,10\n2,20\n"),
        ("no line end at the end", "a,b\n1,10\n2,20"),
        ("CR LF", "a,b\r\n1,10\r\n2,20\r\n"),
        ("lone CR", "a,b\r1,10\r2,20\r"),
        ("mixed line ends", "a,b\r\n1,10\n2,20\r"),
        ("byte-order mark", "\u{FEFF}a,b\n1,10\n2,20\n"),
        ("byte-order mark and quoted name", "\u{FEFF}\"a\",b\n1,10\n2,20\n"),
        ("quoted cells", "\"a\",\"b\"\n\"1\",\"10\"\n\"2\",\"20\"\n"),
        ("blanks and tabs around cells", " a ,\tb\n 1 , 10\n2\t,20 \n"),
        ("blanks around quoted cells", " \"a\" , \"b\"\t\n1,\t\"10\" \n2,\" 20 \"\n"),
        ("empty lines at the end", "a,b\n1,10\n2,20\n\n  \n\r\n\n"),
        ("columns in another order", "b,a\n10,1\n20,2\n"),
        ("a text column between, with a comma", "a,note,b\n1,\"one, two\",10\n2,,20\n"),
        ("a text column with doubled quotation marks", "a,note,b\n1,\"say \"\"x,y\"\"\",10\n2,\"\"\"\",20\n"),
        ("a text column with a bare quotation mark", "a,note,b\n1,6\" pipe,10\n2,5\"\",20\n"),
        ("a text column with line breaks", "a,note,b\n1,\"two\r\nlines\",10\n2,\"\n\n\",20\n"),
        ("a text column with foreign letters", "a,größe,b\n1,日本,10\n2,é,20\n"),
        ("an unnamed column of row numbers", ",a,b\n1,1,10\n2,2,20\n"),
        ("a duplicate name that nobody asked for", "a,x,x,b\n1,0,0,10\n2,0,0,20\n"),
    ]

    @Test("Every usual spelling of a table gives the same numbers", arguments: spellings)
    func spelling(_ spelling: (name: String, text: String)) throws {
        let table = try TemporaryFile.table(spelling.text.utf8, columns: [.init("a"), .init("b", .count)])
        #expect(table.rowCount == 2)
        #expect(table.numbers(at: 0) == [1, 2])
        #expect(table.wholeNumbers(at: 1) == [10, 20])
    }

    @Test(
        "Numbers are read as the nearest doubles",
        arguments: [
            ("0", 0), ("-0.0", 0), ("7", 7), ("+5", 5), ("-3.25", -3.25), (".5", 0.5), ("5.", 5), ("1e3", 1000),
            ("2.5E-3", 0.0025), ("+1e+2", 100), ("007", 7), ("0.1", 0.1), ("0.30000000000000004", 0.30000000000000004),
            ("123456789012345678901234567890", 1.2345678901234568e29), ("1e-400", 0),
            ("1.7976931348623157e308", 1.7976931348623157e308),
            ("999999999999999", 999_999_999_999_999), ("0.000000000000001", 1e-15),
            ("4.9e-324", .leastNonzeroMagnitude),
        ])
    func number(_ text: String, _ expected: Double) throws {
        #expect(try TemporaryFile.table("x\n\(text)\n".utf8, columns: [.init("x")]).numbers(at: 0) == [expected])
    }

    @Test("The short way to read a number agrees with the standard library's for all lengths and decimals")
    func shortWay() throws {
        var digits = ""
        var texts: [String] = []
        for length in 1...18 {
            digits += "\((length * 7 + 2) % 10)"
            for point in 0...length {
                texts.append("-" + digits.prefix(point) + "." + digits.dropFirst(point))
            }
        }
        let table = try TemporaryFile.table("x\n\(texts.joined(separator: "\n"))\n".utf8, columns: [.init("x")])
        #expect(table.numbers(at: 0) == texts.map { Double("\($0)0") })
    }

    @Test(
        "A whole number may be written with a point or an exponent",
        arguments: [("7", 7), ("7.0", 7), ("1e3", 1000), ("-2", -2)])
    func wholeNumber(_ text: String, _ expected: Int) throws {
        let column = NumericTable.Column("n", .wholeNumber(in: -5...1000))
        #expect(try TemporaryFile.table("n\n\(text)\n".utf8, columns: [column]).wholeNumbers(at: 0) == [expected])
    }

    @Test("A cell with line breaks shifts the lines of the rows after it")
    func lines() throws {
        let text = "a,note\n1,x\n2,\"y\nz\"\n3,\"\r\n\r\"\n4,\n5,\n"
        let table = try TemporaryFile.table(text.utf8, columns: [.init("a")])
        #expect((0..<5).map(table.line(ofRow:)) == [2, 3, 5, 8, 9])
    }

    @Test("A rule of the caller's own is reported in the same words as the reader's")
    func ownRule() throws {
        try TemporaryFile.with("heads,flips\n5,10\n11,10\n".utf8) { path in
            let table = try NumericTable.read(path: path, columns: [.init("heads", .count), .init("flips", .count)])
            #expect(
                table.error(inRow: 1, column: 0, "there are 11 heads in 10 flips").description
                    == "\(path), line 3, column \"heads\": there are 11 heads in 10 flips.")
            #expect(table.error(inRow: 0, column: nil, "nothing fits").description == "\(path), line 2: nothing fits.")
        }
    }

    @Test(
        "A million rows across many buffers, with line ends of every kind at their edges",
        arguments: ["\n", "\r\n", "\r"])
    func millionRows(_ lineEnd: String) throws {
        var text = "heads\(lineEnd)"
        for i in 0..<1_000_000 { text += "\(i % 11)\(lineEnd)" }
        try TemporaryFile.with(text.utf8) { path in
            var reports: [(Int, Int?)] = []
            let table = try NumericTable.read(path: path, columns: [.init("heads", .wholeNumber(in: 0...10))]) {
                reports.append(($0, $1))
            }
            #expect(table.rowCount == 1_000_000)
            #expect(table.wholeNumbers(at: 0) == (0..<1_000_000).map { $0 % 11 })
            #expect(table.line(ofRow: 999_999) == 1_000_001)

            let bytesRead = reports.map(\.0)
            #expect(bytesRead.count > 5 && bytesRead == bytesRead.sorted())
            #expect(bytesRead.last == text.utf8.count)
            #expect(reports.allSatisfy { $0.1 == text.utf8.count })
        }
    }

    @Test("A byte-order mark, quotation marks and rows may lie across the edge of a buffer")
    func bufferEdges() throws {
        // The reader takes 256 KiB at a time: shift a row with every kind of cell across the first edge, byte by byte.
        let row = "\"a \"\"b\"\",\r\n\", 12 ,\"3\"\r\n"
        for shift in 0...row.utf8.count {
            let filler = String(repeating: "x", count: (1 << 18) - 8 - shift)
            let text = "t,n,m\r\n\(filler),1,1\r\n" + row + row
            let table = try TemporaryFile.table(text.utf8, columns: [.init("n"), .init("m", .count)])
            #expect(table.numbers(at: 0) == [1, 12, 12])
            #expect(table.wholeNumbers(at: 1) == [1, 3, 3])
            #expect((0..<3).map(table.line(ofRow:)) == [2, 3, 5])
        }
    }

    @Test("A pipe can be read, too, though its size is unknown")
    func pipe() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("datasets-\(UUID().uuidString)").path
        try #require(mkfifo(path, 0o600) == 0)
        defer { unlink(path) }
        let writer = Thread {
            guard let pipe = FileHandle(forWritingAtPath: path) else { return }
            for piece in ["x", "\n1\n", "2", "3\n"] { try? pipe.write(contentsOf: Data(piece.utf8)) }
            try? pipe.close()
        }
        writer.start()
        var sizes: [Int?] = []
        let table = try NumericTable.read(path: path, columns: [.init("x")]) { sizes.append($1) }
        #expect(table.numbers(at: 0) == [1, 23])
        #expect(!sizes.isEmpty && sizes.allSatisfy { $0 == nil })
    }
}
