import Datasets
import Testing

/// The same table as programs, spreadsheets and people write it.
@Suite("Files as people have them")
struct DialectTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let text: String
        var columns = ["duration", "wait"]
        /// What the report says about it.
        let said: [String]

        init(_ name: String, _ text: String, _ columns: [String] = ["duration", "wait"], said: [String] = []) {
            (testDescription, self.text, self.columns, self.said) = (name, text, columns, said)
        }
    }

    /// Texts that all mean durations 1.8, 2.1, 1.9 and waits 54.2, 51.7, 49.3.
    static let cases = [
        Case("plain", "duration,wait\n1.8,54.2\n2.1,51.7\n1.9,49.3\n"),
        Case(
            "R's write.csv2: semicolons, decimal commas, row names in quotation marks",
            "\"\";\"duration\";\"wait\"\n\"1\";1,8;54,2\n\"2\";2,1;51,7\n\"3\";1,9;49,3\n",
            said: [
                "The columns seemed to be separated by semicolons.",
                "Commas within numbers were read as decimal marks.",
            ]),
        Case(
            "semicolons with points", "duration;wait\n1.8;54.2\n2.1;51.7\n1.9;49.3",
            said: ["The columns seemed to be separated by semicolons."]),
        Case(
            "semicolons and empty last cells", "duration;wait;\r\n1,8;54,2;\r\n2,1;51,7;\r\n1,9;49,3;\r\n",
            said: [
                "The columns seemed to be separated by semicolons.",
                "Commas within numbers were read as decimal marks.",
            ]),
        Case(
            "decimal commas in quotation marks",
            "duration,wait\n\"1,8\",\"54,2\"\n\"2,1\",\"51,7\"\n\"1,9\",\"49,3\"\n",
            said: ["Commas within numbers were read as decimal marks."]),
        Case(
            "tabs", "duration\twait\n1.8\t54.2\n2.1\t51.7\n1.9\t49.3\n",
            said: ["The columns seemed to be separated by tabs."]),
        Case(
            "tabs, decimal commas and CR", "duration\twait\r1,8\t54,2\r2,1\t51,7\r1,9\t49,3\r",
            said: ["The columns seemed to be separated by tabs.", "Commas within numbers were read as decimal marks."]),
        Case(
            "tabs and a text column with commas and blanks",
            "note\tduration\twait\na, b c\t1.8\t54.2\n\t2.1\t51.7\nd e\t1.9\t49.3\n",
            said: ["The columns seemed to be separated by tabs."]),
        Case(
            "vertical bars", "duration | wait\n1.8 | 54.2\n2.1 | 51.7\n1.9 | 49.3\n",
            said: ["The columns seemed to be separated by vertical bars."]),
        Case(
            "a table in Markdown", "| duration | wait |\n|---|---:|\n| 1.8 | 54.2 |\n| 2.1 | 51.7 |\n| 1.9 | 49.3 |\n",
            said: ["The columns seemed to be separated by vertical bars.", "Line 2 was taken for a drawn line."]),
        Case(
            "blanks", "duration wait\n1.8 54.2\n2.1 51.7\n1.9 49.3\n",
            said: ["The columns seemed to be separated by blanks."]),
        Case(
            "aligned with blanks and tabs", "  duration    wait  \n  1.8\t 54.2\n  2.1    51.7 \n 1.9    49.3\t\n\n",
            said: ["The columns seemed to be separated by blanks."]),
        Case(
            "R's print: blanks and row names", "  duration wait\n1      1.8 54.2\n2      2.1 51.7\n3      1.9 49.3\n",
            said: [
                "The columns seemed to be separated by blanks.",
                "Each row has one cell more than there are names: the first was taken for the row's own name.",
            ]),
        Case(
            "R's write.table: blanks, quotation marks and row names",
            "\"duration\" \"wait\"\n\"1\" 1.8 54.2\n\"2\" 2.1 51.7\n\"3\" 1.9 49.3\n",
            said: [
                "The columns seemed to be separated by blanks.",
                "Each row has one cell more than there are names: the first was taken for the row's own name.",
            ]),
        Case(
            "R's write.table with commas", "\"duration\",\"wait\"\n\"1\",1.8,54.2\n\"2\",2.1,51.7\n\"7\",1.9,49.3\n",
            said: ["Each row has one cell more than there are names: the first was taken for the row's own name."]),
        Case(
            "row names that are names, without quotation marks",
            "duration,wait\nfirst,1.8,54.2\nsecond,2.1,51.7\nthird,1.9,49.3\n",
            said: ["Each row has one cell more than there are names: the first was taken for the row's own name."]),
        Case(
            "row numbers without a name", "duration,wait\n1,1.8,54.2\n2,2.1,51.7\n3,1.9,49.3\n",
            said: ["Each row has one cell more than there are names: the first was taken for the row's own name."]),
        Case("pandas' index column", ",duration,wait\n0,1.8,54.2\n1,2.1,51.7\n2,1.9,49.3\n"),
        Case("a comma at the end of every line", "duration,wait,\n1.8,54.2,\n2.1,51.7,\n1.9,49.3,\n"),
        Case("a comma at the end of the names only", "duration,wait,\n1.8,54.2\n2.1,51.7\n1.9,49.3\n"),
        Case(
            "a comma at the end of every row, not of the names", "duration,wait\n1.8,54.2,\n2.1,51.7,\n1.9,49.3,\n",
            said: ["3 rows (lines 2, 3 and 4) end in empty cells beyond the last column."]),
        Case(
            "rows of commas at the end", "duration,wait\n1.8,54.2\n2.1,51.7\n1.9,49.3\n,\n,\n,\n",
            said: ["3 rows (lines 5, 6 and 7) at the end hold separators only and did not count."]),
        Case(
            "rows of commas at the end, as many as the widest sheet has",
            "duration,wait\n1.8,54.2\n2.1,51.7\n1.9,49.3\n,,,,\n , ,\t,,\n",
            said: ["2 rows (lines 5 and 6) at the end hold separators only and did not count."]),
        Case(
            "Excel's mark", "sep=,\nduration,wait\n1.8,54.2\n2.1,51.7\n1.9,49.3\n",
            said: ["Line 1 says that the columns are separated by commas."]),
        Case(
            "Excel's mark with semicolons", "\u{FEFF}sep=;\r\nduration;wait\r\n1,8;54,2\r\n2,1;51,7\r\n1,9;49,3\r\n",
            said: [
                "Line 1 says that the columns are separated by semicolons.",
                "Commas within numbers were read as decimal marks.",
            ]),
        Case(
            "Excel's mark with another character", "sep=!\nduration!wait\n1.8!54.2\n2.1!51.7\n1.9!49.3\n",
            said: ["Line 1 says that the columns are separated by a character of its own."]),
        Case(
            "comments", "# made on Monday, \"by hand\nduration,wait\n1.8,54.2\n# 2.0,\n2.1,51.7\n#\n1.9,49.3\n# end\n",
            said: ["Lines 1, 4, 6 and 8 begin with # and were passed over."]),
        Case(
            "NumPy's savetxt: names in a comment", "# duration wait\n1.8 54.2\n2.1 51.7\n1.9 49.3\n",
            said: [
                "The columns seemed to be separated by blanks.",
                "The columns' names were taken from line 1, which begins with #.",
            ]),
        Case(
            "names in a comment", "# Old Faithful\n#duration,wait\n1.8,54.2\n2.1,51.7\n1.9,49.3\n",
            said: [
                "The columns' names were taken from line 2, which begins with #.",
                "Line 1 begins with # and was passed over.",
            ]),
        Case(
            "a column called #", "#,duration,wait\n1,1.8,54.2\n2,2.1,51.7\n3,1.9,49.3\n",
            said: [
                "The columns' names were taken from line 1, which begins with #."
            ]),
        Case("row labels that begin with #", "id,duration,wait\n#1,1.8,54.2\n#2,2.1,51.7\n#3,1.9,49.3\n"),
        Case(
            "a title", "Old Faithful\nduration,wait\n1.8,54.2\n2.1,51.7\n1.9,49.3\n",
            said: ["Line 1 was taken for a title."]),
        Case(
            "a title from a spreadsheet, and an empty line",
            "Old Faithful,\n,\nduration,wait\n1.8,54.2\n2.1,51.7\n1.9,49.3\n",
            said: ["Line 1 was taken for a title.", "Line 2 above the columns' names is empty."]),
        Case(
            "an empty line above", "\n\nduration,wait\n1.8,54.2\n2.1,51.7\n1.9,49.3\n",
            said: ["Lines 1 and 2 above the columns' names are empty."]),
        Case(
            "units in brackets", "duration,wait\n(min),[min]\n1.8,54.2\n2.1,51.7\n1.9,49.3\n",
            said: ["Line 2 was taken for a line of units."]),
        Case(
            "units", "id,duration,wait\n,min,s\na,1.8,54.2\nb,2.1,51.7\nc,1.9,49.3\n",
            said: ["Line 2 was taken for a line of units."]),
        Case(
            "Fortran's exponents", "duration,wait\n1.8000D+00,5.4200D+01\n2.1D0,51.7d0\n+1.9D+00,4.93D+01\n",
            said: ["Numbers with Fortran's exponent, D for e, (lines 2, 3 and 4) were read."]),
        Case(
            "no-break spaces around numbers", "duration,wait\n1.8\u{A0},54.2\n2.1,\u{202F}51.7\n1.9,49.3\n",
            said: [
                "Numbers with invisible characters around, such as no-break spaces, (lines 2 and 3) were read without them."
            ]),
        Case(
            "a name with a comma", "\"wait, minutes\",duration\n54.2,1.8\n51.7,2.1\n49.3,1.9\n",
            ["duration", "wait, minutes"]),
        Case("columns by number", "duration,\"\",wait\n1.8,a,54.2\n2.1,b,51.7\n1.9,c,49.3\n", ["#1", "#3"]),
        Case(
            "columns by number below a title, with semicolons",
            "Old Faithful;\nduration;wait\n1,8;54,2\n2,1;51,7\n1,9;49,3\n",
            ["#1", "#2"],
            said: [
                "The columns seemed to be separated by semicolons.", "Line 1 was taken for a title.",
                "Commas within numbers were read as decimal marks.",
            ]),
        Case("a mark twice", "\u{FEFF}\u{FEFF}duration,wait\n1.8,54.2\n2.1,51.7\n1.9,49.3\n"),
        Case("years as names", "id,1990,1991\n1,1.8,54.2\n2,2.1,51.7\n3,1.9,49.3\n", ["1990", "1991"]),
    ]

    @Test("The same numbers come out, and the report says what was taken for granted", arguments: cases)
    func reads(_ given: Case) throws {
        let table = try NumericTable.read(
            text: Array(given.text.utf8), name: "file.csv", columns: given.columns.map { .init($0) })
        #expect(table.numbers(at: 0) == [1.8, 2.1, 1.9])
        #expect(table.numbers(at: 1) == [54.2, 51.7, 49.3])
        #expect(table.assumptions.sentences == given.said)
    }

    @Test("A file is read alike from the disk, in pieces, and from memory", arguments: cases)
    func fromDisk(_ given: Case) throws {
        let table = try TemporaryFile.table(given.text.utf8, columns: given.columns.map { .init($0) })
        #expect(table.numbers(at: 0) == [1.8, 2.1, 1.9])
        #expect(table.assumptions.sentences == given.said)
    }
}
