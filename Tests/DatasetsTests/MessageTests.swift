import Foundation
import Testing

@testable import Datasets

@Suite("What the user is told")
struct MessageTests {
    typealias Case = (name: String, text: String, message: String)

    static let wholeFileCases: [Case] = [
        ("empty", "", "file.csv: the file is empty."),
        ("a byte-order mark only", "\u{FEFF}", "file.csv: the file is empty."),
        ("empty lines only", "\n \n\r\n", "file.csv: the file is empty."),
        ("header only", "heads,flips\n", "file.csv: there are no rows below the line of column names."),
        ("header only, without a line end", "heads", "file.csv: there are no rows below the line of column names."),
        (
            "a zip archive", "PK\u{3}\u{4}heads",
            "file.csv: the file is a zip archive, such as an .xlsx spreadsheet. Save it as CSV text in UTF-8."
        ),
        (
            "NUL bytes", "heads\n1\n\0\n",
            "file.csv, line 3: the file is no plain text: it has a NUL byte. Save it as CSV text in UTF-8."
        ),
        (
            "NUL bytes in a quoted cell", "heads\n\"1\n\0\"\n",
            "file.csv, line 3: the file is no plain text: it has a NUL byte. Save it as CSV text in UTF-8."
        ),
    ]

    static let headerCases: [Case] = [
        (
            "a wrong column", "height,weight\n1,2\n",
            "file.csv, column \"heads\": there is no such column. The file has the columns \"height\", \"weight\"."
        ),
        (
            "a slip", "flips,haeds\n1,2\n",
            "file.csv, column \"heads\": there is no such column. The file has the columns \"flips\", \"haeds\". Did you mean \"haeds\"?"
        ),
        (
            "another case", "Heads\n1\n",
            "file.csv, column \"heads\": there is no such column. The file has only the column \"Heads\". Did you mean \"Heads\"?"
        ),
        (
            "many columns", (1...15).map { "c\($0)" }.joined(separator: ",") + "\n",
            "file.csv, column \"heads\": there is no such column. The file has the columns "
                + (1...12).map { "\"c\($0)\"" }.joined(separator: ", ") + " and 3 more."
        ),
        (
            "a control character in a name", "a\tb,c\n1,2\n",
            "file.csv, column \"heads\": there is no such column. The file has the columns \"a\\tb\", \"c\"."
        ),
        (
            "a name twice", "heads,x,heads\n1,2,3\n",
            "file.csv, line 1, column \"heads\": the file has more than one column of this name. Rename all but one."
        ),
        (
            "no header", "5\n9\n8\n",
            "file.csv, line 1: the first line, \"5\", holds numbers, where the columns' names are due. Put a line of names above it."
        ),
        (
            "no header, two columns", "5, 10\n9,10\n",
            "file.csv, line 1: the first line, \"5,10\", holds numbers, where the columns' names are due. Put a line of names above it."
        ),
        (
            "semicolons and another name", "head;flips\n5;10\n",
            "file.csv, column \"heads\" (columns separated by semicolons): there is no such column. The file has the columns "
                + "\"head\", \"flips\". Did you mean \"head\"?"
        ),
        (
            "no header, with a column of text", "1.8,54.2,a\n2.1,51.7,b\n",
            "file.csv, line 1: the first line, \"1.8,54.2,a\", holds numbers, where the columns' names are due. Put a line of names above it."
        ),
    ]

    static let rowsCases: [Case] = [
        (
            "an empty line", "heads\n5\n\n9\n",
            "file.csv, line 3: the line is empty. Only the end of the file may have empty lines."
        ),
        (
            "a line of blanks after other empty lines", "heads\n5\n\n \t\n9\n",
            "file.csv, line 3: the line is empty. Only the end of the file may have empty lines."
        ),
        (
            "too few cells", "heads,flips\n5,10\n9\n",
            "file.csv, line 3: there is 1 cell, but 2 column names in the first line."
        ),
        (
            "too many cells", "heads\n5\n9,10\n",
            "file.csv, line 3: there are 2 cells, but 1 column name in the first line. "
                + "Write decimals with a point (3.14), and put text that holds a comma in quotation marks."
                + " If the first cell is the row's own name, give that column a name, too."
        ),
        (
            "an unclosed quotation mark", "heads,note\n5,x\n9,\"y\n8,z\n",
            "file.csv, line 3: a quotation mark opens a cell here and is never closed."
        ),
        (
            "an unclosed quotation mark in a header", "\"heads\n5\n",
            "file.csv, line 1: a quotation mark opens a cell here and is never closed."
        ),
        (
            "text after a quoted cell", "heads,note\n5,\"a\"b\n",
            "file.csv, line 2: text follows a cell's closing quotation mark. "
                + "A quotation mark within a quoted cell is written twice."
        ),
        (
            "two quoted texts in a cell", "heads,note\n5,\"a\" \"b\"\n",
            "file.csv, line 2: text follows a cell's closing quotation mark. "
                + "A quotation mark within a quoted cell is written twice."
        ),
        (
            "a wrong cell below a cell with a line break", "heads,note\n5,\"a\n\nb\"\nx,\n",
            "file.csv, line 5, column \"heads\": \"x\" is not a number."
        ),
    ]

    static let cellsCases: [(text: String, message: String)] = [
        ("seven", "\"seven\" is not a number."),
        (
            "\"\"",
            "the cell is empty, where a number is due. If the value is missing: --missing drop leaves such rows out."
        ),
        (
            "\" \"",
            "the cell is empty, where a number is due. If the value is missing: --missing drop leaves such rows out."
        ),
        ("0x10", "\"0x10\" is not a number. Hexadecimal numbers are not read: write it in decimal."),
        ("1_000", "\"1_000\" is not a number. It has a low line between its digits: write 1000."),
        ("1 000", "\"1 000\" is not a number. It has a blank between its digits: write 1000."),
        ("1e", "\"1e\" is not a number."),
        ("1e+", "\"1e+\" is not a number."),
        ("-", "\"-\" is not a number. If the value is missing: --missing drop leaves such rows out."),
        (".", "\".\" is not a number. If the value is missing: --missing drop leaves such rows out."),
        ("--5", "\"--5\" is not a number."),
        (
            "1.2.3",
            "\"1.2.3\" is not a number. It looks like a date: give the days, or the years, since a fixed day as a number."
        ),
        ("５", "\"５\" is not a number. It has digits of another script (U+FF15): write them as 0 to 9."),
        ("$5", "\"$5\" is not a number. Leave the sign of the currency out: 5."),
        ("50%", "\"50%\" is not a number. Leave the percent sign out, in all rows: 50."),
        ("NA", "\"NA\" is not a number. If the value is missing: --missing drop leaves such rows out."),
        ("NaN", "\"NaN\" is not a number. If the value is missing: --missing drop leaves such rows out."),
        ("-inf", "\"-inf\" is not a number. Infinite values have no place in a fit: the row must be left out."),
        ("1e999", "\"1e999\" is too large for a double-precision number."),
        ("-1e999", "\"-1e999\" is too large for a double-precision number."),
        (
            String(repeating: "9", count: 400),
            "\"\(String(repeating: "9", count: 40))…\" is too large for a double-precision number."
        ),
        (String(repeating: "a", count: 50), "\"\(String(repeating: "a", count: 40))…\" is not a number."),
        ("\"a\nb\"", "\"a\\nb\" is not a number."),
        ("\u{1B}[31m5", "\"\\u{1B}[31m5\" is not a number."),
    ]

    static let countsCases: [(text: String, message: String)] = [
        ("7.5", "\"7.5\" is not a whole number."),
        ("1e-3", "\"1e-3\" is not a whole number."),
        ("-3", "\"-3\" is negative, where a number of at least 0 is due."),
        ("1e30", "\"1e30\" is more than 9007199254740991, the largest number allowed."),
        ("9007199254740993", "\"9007199254740993\" is more than 9007199254740991, the largest number allowed."),
        ("-99999999999999999999", "\"-99999999999999999999\" is negative, where a number of at least 0 is due."),
    ]

    @Test("About the whole file", arguments: wholeFileCases)
    func wholeFile(_ given: Case) throws {
        #expect(try TemporaryFile.message(given.text.utf8, columns: [.init("heads")]) == given.message)
    }

    @Test("About the columns' names", arguments: headerCases)
    func header(_ given: Case) throws {
        #expect(try TemporaryFile.message(given.text.utf8, columns: [.init("heads")]) == given.message)
    }

    @Test("About a row", arguments: rowsCases)
    func row(_ given: Case) throws {
        #expect(try TemporaryFile.message(given.text.utf8, columns: [.init("heads")]) == given.message)
    }

    @Test("About a cell", arguments: cellsCases)
    func cell(_ given: (text: String, message: String)) throws {
        let text = "note,heads\n,5\n,\(given.text)\n"
        #expect(
            try TemporaryFile.message(text.utf8, columns: [.init("heads")])
                == "file.csv, line 3, column \"heads\": \(given.message)")
    }

    @Test("About a cell that should be a count", arguments: countsCases)
    func count(_ given: (text: String, message: String)) throws {
        #expect(
            try TemporaryFile.message("heads\n\(given.text)\n".utf8, columns: [.init("heads", .count)])
                == "file.csv, line 2, column \"heads\": \(given.message)")
    }

    @Test(
        "About a whole number outside its range",
        arguments: [
            ("0", "\"0\" is less than 1, the smallest number allowed."),
            ("11", "\"11\" is more than 10, the largest number allowed."),
            ("1", nil), ("10", nil),
        ])
    func range(_ text: String, _ message: String?) throws {
        let column = NumericTable.Column("flips", .wholeNumber(in: 1...10))
        #expect(
            try TemporaryFile.message("flips\n\(text)\n".utf8, columns: [column])
                == message.map { "file.csv, line 2, column \"flips\": \($0)" })
    }

    @Test("About the columns asked for")
    func request() throws {
        #expect(try TemporaryFile.message("a\n1\n".utf8, columns: []) == "file.csv: no column was asked for.")
        #expect(
            try TemporaryFile.message("a\n1\n".utf8, columns: [.init("a"), .init("a", .count)])
                == "file.csv, column \"a\": the column is asked for twice.")
    }

    @Test("UTF-16 and other foreign encodings are named")
    func encodings() throws {
        let text = "heads\n5\n"
        for start in [[0xFF, 0xFE], [0xFE, 0xFF]] as [[UInt8]] {
            #expect(
                try TemporaryFile.message(start + text.utf8, columns: [.init("heads")])
                    == "file.csv: the file is UTF-16 text. Save it as CSV text in UTF-8.")
        }
        let withoutMark = text.utf8.flatMap { byte -> [UInt8] in [byte, 0] }
        #expect(
            try TemporaryFile.message(withoutMark, columns: [.init("heads")])
                == "file.csv: the file is UTF-16 text. Save it as CSV text in UTF-8.")
        // "größe" in Latin-1, as a name and as a cell.
        let latin: [UInt8] = [0x67, 0x72, 0xF6, 0xDF, 0x65]
        #expect(
            try TemporaryFile.message(latin + "\n5\n".utf8, columns: [.init("heads")])
                == "file.csv, line 1: the file is not in UTF-8: a column's name has foreign bytes. Save it as CSV text in UTF-8."
        )
        #expect(
            try TemporaryFile.message("heads\n".utf8 + latin, columns: [.init("heads")])
                == "file.csv, line 2, column \"heads\": \"gr\u{FFFD}\u{FFFD}e\" is not a number."
                + " It has bytes that are not UTF-8: save the file in UTF-8.")
    }

    @Test("A missing file, a folder and a path through a file are named")
    func paths() throws {
        let folder = FileManager.default.temporaryDirectory.path
        let missing = folder + "/no-such-file-\(UUID().uuidString).csv"
        func message(_ path: String) -> String {
            do throws(DatasetError) {
                _ = try NumericTable.read(path: path, columns: [.init("x")])
                return "no error"
            } catch { return error.description }
        }
        #expect(message(missing) == "\(missing): there is no such file.")
        #expect(message(folder) == "\(folder): this is a folder, where a CSV file is due.")
        #expect(message("") == "The data file: there is no such file.")
        try TemporaryFile.with("x\n1\n".utf8) { path in
            #expect(message(path + "/x.csv") == "\(path)/x.csv: the file cannot be read (Not a directory).")
        }
    }

    @Test("A link that leads back to itself is called that")
    func linkLoop() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("loop-\(UUID().uuidString).csv").path
        try #require(symlink(path, path) == 0)
        defer { unlink(path) }
        #expect(throws: DatasetError(file: path, problem: .linkLoop)) {
            try NumericTable.read(path: path, columns: [.init("x")])
        }
        #expect(
            DatasetError(file: "a", problem: .linkLoop).description
                == "a: the path leads into a circle of symbolic links.")
    }

    // Run by root, a test could not take its own permission away: so the translation of the system's answer is tested.
    @Test("A file that may not be read is named", arguments: [EACCES, EPERM])
    func permission(_ code: Int32) {
        #expect(
            ByteSource.error(code, path: "secret.csv").description == "secret.csv: this user may not read the file.")
    }

    @Test("A line without an end is refused before it fills the memory")
    func endlessLine() throws {
        let endless = [UInt8](repeating: UInt8(ascii: "7"), count: CSVReader.rowLimit + (1 << 19))
        let tooLong = "the row is longer than 16777216 bytes. Is this a CSV file, with one row on each line?"
        #expect(try TemporaryFile.message(endless, columns: [.init("heads")]) == "file.csv, line 1: \(tooLong)")
        #expect(
            try TemporaryFile.message("heads\n5\n\"".utf8 + endless, columns: [.init("heads")])
                == "file.csv, line 3: \(tooLong)")
        let commas = [UInt8](repeating: UInt8(ascii: ","), count: CSVReader.rowLimit + (1 << 19))
        #expect(
            try TemporaryFile.message("heads\n".utf8 + commas, columns: [.init("heads")])
                == "file.csv, line 2: \(tooLong)")
    }
}
