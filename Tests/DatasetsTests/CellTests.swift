import Datasets
import Testing

/// Cells that are numbers, written in other ways than with digits and a point, and those that are none.
@Suite("Cells as people write them")
struct CellTests {
    private func outcome(
        _ text: String, _ columns: [NumericTable.Column] = [.init("x")], missing: NumericTable.MissingRule = .refuse
    ) -> String {
        do throws(DatasetError) {
            let table = try NumericTable.read(text: Array(text.utf8), name: "file", columns: columns, missing: missing)
            return columns.indices.map { "\(table.numbers(at: $0))" }.joined(separator: " ")
        } catch { return error.description }
    }

    @Test(
        "A comma in a number is read where the file tells what it means, and refused with both readings where it does not",
        arguments: [
            ("x,y\n\"1,284\",1.5\n\"1,310\",2.5\n", "[1284.0, 1310.0]"),
            ("x\n\"1,284.5\"\n\"1,310\"\n", "[1284.5, 1310.0]"),
            ("x\n\"1,284,000\"\n\"1,310\"\n7\n", "[1284000.0, 1310.0, 7.0]"),
            ("x\n\"1,284\"\n\"1,3\"\n", "[1.284, 1.3]"), ("x\n\"-0,284\"\n\"1,310\"\n", "[-0.284, 1.31]"),
            ("x;y\n1.284,5;1\n12.310,25;2\n", "[1284.5, 12310.25]"),
            ("x;y\n1.284.000;1\n3,5;2\n", "[1284000.0, 3.5]"), ("x;y\n1,5e3;1\n2,5E-1;2\n", "[1500.0, 0.25]"),
            (
                "x\n\"1,284\"\n\"1,310\"\n",
                "file, line 2, column \"x\": \"1,284\" has two readings: 1284, with a comma between thousands, or 1.284, with a"
                    + " decimal comma. Write whichever is meant, with no comma, in all rows."
            ),
            (
                "x;y\n5;1\n-1,284;2\n",
                "file, line 3, column \"x\" (columns separated by semicolons): \"-1,284\" has two readings: -1284, with a comma"
                    + " between thousands, or -1.284, with a decimal comma. Write whichever is meant, with no comma, in all rows."
            ),
            (
                "x;y\n1,8;1\n2.1;2\n",
                "file, line 3, column \"x\" (columns separated by semicolons): \"2.1\" does not go together with \"1,8\" in line 2:"
                    + " either the comma or the point can be the decimal mark of a file. Write all numbers one way."
            ),
            (
                "x;y\n1.284;1\n3,5;2\n",
                "file, line 3, column \"x\" (columns separated by semicolons): \"3,5\" does not go together with \"1.284\" in line 2:"
                    + " either the comma or the point can be the decimal mark of a file. Write all numbers one way."
            ),
        ])
    func commas(text: String, expected: String) {
        let two = text.hasPrefix("x,y")
        let result = outcome(text, two ? [.init("x"), .init("y")] : [.init("x")])
        #expect(two ? result.hasPrefix(expected) : result == expected)
    }

    @Test("In a column of counts a comma can only separate thousands, unless the file has decimal commas")
    func counts() {
        let count = [NumericTable.Column("x", .count)]
        #expect(outcome("x\n\"1,284\"\n12\n", count) == "[1284.0, 12.0]")
        #expect(outcome("x;y\n1,284;1\n\"2,000\";1\n", count) == "[1284.0, 2000.0]")
        #expect(
            outcome("x;y\n1,284;1,5\n", [.init("x", .count), .init("y")]).contains("has two readings: 1284"))
        #expect(
            outcome("x\n\"1,284\"\n", [.init("x", .wholeNumber(in: 0...1000))])
                == "file, line 2, column \"x\": \"1,284\" is more than 1000, the largest number allowed.")
    }

    static let missing = [
        "", "NA", "N/A", "n/a", "#N/A", "NaN", "nan", "NULL", "None", "?", ".", "-", "--", "—", "*", "<NA>", "\\N",
    ]

    @Test("A missing value is refused with the remedy, or left out with its line", arguments: missing)
    func missingCode(code: String) throws {
        let text = "x,y\n1,5\n\(code),6\n3,7\n\"\(code)\",\n5,9\n"
        let told = outcome(text)
        #expect(told.hasPrefix("file, line 3, column \"x\": "))
        #expect(told.hasSuffix(" If the value is missing: --missing drop leaves such rows out."))
        let columns = [NumericTable.Column("y"), .init("x")]
        let table = try NumericTable.read(text: Array(text.utf8), name: "file", columns: columns, missing: .drop)
        #expect(table.numbers(at: 0) == [5, 7, 9] && table.numbers(at: 1) == [1, 3, 5])
        #expect((0..<3).map(table.line(ofRow:)) == [2, 4, 6])
        #expect(table.assumptions.droppedRows.first == [3, 5])
        #expect(table.assumptions.sentences == ["2 rows (lines 3 and 5) with a missing value were left out."])
    }

    @Test("Empty lines and rows amid others are missing values, too")
    func hollowRows() throws {
        #expect(outcome("x\n1\n\n3\n", missing: .drop) == "[1.0, 3.0]")
        #expect(
            outcome("x,y\n1,2\n,\n3,4\n")
                == "file, line 3: the row holds separators only. Only the end of the file may have such rows.")
        let table = try NumericTable.read(
            text: Array("x,y\n1,2\n,\n\n3,4\n,\n\n".utf8), name: "file", columns: [.init("x")], missing: .drop)
        #expect(table.numbers(at: 0) == [1, 3])
        #expect(
            table.assumptions.sentences == [
                "One row (line 6) at the end holds separators only and did not count.",
                "2 rows (lines 3 and 4) with a missing value were left out.",
            ])
        #expect(outcome("x\nNA\n?\n", missing: .drop) == "file: every row has a missing value, so that none is left.")
    }

    @Test("Dropping does not hide a cell that is wrong, and missing cells of other columns do not matter")
    func otherCells() {
        #expect(outcome("x,y\n1,NA\n2,\n", missing: .drop) == "[1.0, 2.0]")
        #expect(
            outcome("x,y\n1,NA\nseven,3\n", missing: .drop) == "file, line 3, column \"x\": \"seven\" is not a number.")
    }

    @Test(
        "What is no number is told its likely cause",
        arguments: [
            ("$1,284.50", "Leave the sign of the currency out: 1284.50."),
            ("12 €", "Leave the sign of the currency out: 12."),
            ("12,5%", "Leave the percent sign out, in all rows: 12.5."),
            ("(7)", "If brackets mean a negative number, write -7."),
            ("7-", "Write the sign in front: -7."),
            ("<0.5", "It is a bound, not a value: decide on a number, or leave the row out."),
            ("1'284", "It has an apostrophe between its digits: write 1284."),
            ("1\u{A0}284", "There is a no-break space (U+00A0) in it: take it out."),
            ("1\u{2009}284", "There is an invisible character (U+2009) in it: take it out."),
            ("1\u{200B}2", "There is an invisible character (U+200B) in it: take it out."),
            ("2024-01-31", "It looks like a date: give the days, or the years, since a fixed day as a number."),
            ("31/1/2024", "It looks like a date: give the days, or the years, since a fixed day as a number."),
            ("12:30", "It looks like a time: write it as a number of minutes or seconds."),
            ("TRUE", "Write 1 and 0 for true and false."), ("H", "Write 1 for heads and 0 for tails."),
            ("Inf", "Infinite values have no place in a fit: the row must be left out."),
            ("#DIV/0!", "This is a spreadsheet's error: mend the formula, or leave the row out."),
            ("1/2", "It is a fraction, not one number."), ("5-10", "It is a range, not one number."),
            ("1.5±0.2", "It is a value with its error, not one number."),
            ("1.5x10^3", "Write powers of ten with an e: 1.5e3."),
            (
                "1.8 min",
                "A cell holds the number alone: write 1.8, and put what follows it into the column's name or a column of its own."
            ),
            (
                "1.8*",
                "A cell holds the number alone: write 1.8, and put what follows it into the column's name or a column of its own."
            ),
        ])
    func causes(text: String, cause: String) {
        #expect(
            outcome("y,x\n1,2\n1,\"\(text)\"\n")
                == "file, line 3, column \"x\": \(Self.shown(text)) is not a number. \(cause)")
    }

    /// Invisible characters are shown by their numbers.
    private static func shown(_ text: String) -> String {
        let visible = text.unicodeScalars.map { scalar in
            ["\u{A0}", "\u{2009}", "\u{200B}"].contains(scalar) ? scalar.escaped(asASCII: true) : String(scalar)
        }
        return "\"\(visible.joined())\""
    }

    @Test(
        "A file that is no table in UTF-8 is called what it is",
        arguments: [
            ("<!DOCTYPE html>\n<p>", "an HTML page, as a browser saves when the link is not to the file itself"),
            ("\n <html>", "an HTML page, as a browser saves when the link is not to the file itself"),
            ("\u{FEFF}<?xml version='1.0'?>", "an XML document"), ("{\"a\": 1}", "JSON"), ("[[1, 2]]", "JSON"),
            ("%PDF-1.4", "a PDF document"), ("h\0e\0a\0d\0s\0", "UTF-16 text"), ("\0h\0e\0a\0d\0s", "UTF-16 text"),
            ("h\0\0\0e\0\0\0", "UTF-32 text"), ("PK\u{3}\u{4}", "a zip archive, such as an .xlsx spreadsheet"),
            ("SQLite format 3\0", "an SQLite database"),
        ])
    func foreign(text: String, kind: String) {
        #expect(outcome(text) == "file: the file is \(kind). Save it as CSV text in UTF-8.")
    }

    @Test("Compressed files and old spreadsheets are called what they are")
    func binary() throws {
        for (start, kind) in [
            ([0x1F, 0x8B, 8], "compressed with gzip"),
            ([0xD0, 0xCF, 0x11, 0xE0], "an old Office file, such as an .xls spreadsheet"),
            ([0xFF, 0xFE, 0x68, 0], "UTF-16 text"), ([0xFE, 0xFF, 0, 0x68], "UTF-16 text"),
        ] as [([UInt8], String)] {
            #expect(
                try TemporaryFile.message(start + [7, 0, 0, 9], columns: [.init("x")])
                    == "file.csv: the file is \(kind). Save it as CSV text in UTF-8.")
        }
        // Names may begin like a format's mark.
        #expect(outcome("PAR1,BZh\n1,2\n", [.init("PAR1"), .init("BZh")]) == "[1.0] [2.0]")
    }
}
