import Datasets
import Testing

@testable import Worksheets

@Suite("Class lists")
struct RosterTests {
    private func roster(_ text: String, column: String = "id") throws -> Roster {
        try Roster(TextTable.read(text: Array(text.utf8), name: "roster.csv", columns: [column]), column: column)
    }

    @Test("Ids are text: leading zeros, letters and spaces stay")
    func text() throws {
        let found = try roster("name,id\n\"Lovelace, Ada\",007\nBob, s 1 \n")
        #expect(found.students == [.init(id: "007", name: "Lovelace, Ada"), .init(id: "s 1", name: "Bob")])
    }

    @Test("Other separators, a byte-order mark, quotation marks, and a column of another name")
    func dialects() throws {
        let expected = [Roster.Student(id: "1,5"), Roster.Student(id: "é")]
        #expect(try roster("\u{FEFF}\"ID number\";x\r\n1,5;2\r\né;3\r\n", column: "ID number").students == expected)
        #expect(try roster("x\tid\n1\t1,5\n2\té\n").students == expected)
        #expect(try roster("x,id\n1,\"1,5\"\n2,é\n", column: "#2").students == expected)
    }

    @Test(
        "As a spreadsheet saves it: a byte-order mark, semicolons, names in two columns, quotation marks, empty lines")
    func spreadsheet() throws {
        let text =
            "\u{FEFF}Matrikelnummer;Nachname;Vorname;Gruppe\r\n0712;Müller;Jörg;A\r\n\r\n0713;\"O\"\"Neill; jr.\";;B\r\n;;;\r\n"
        let table = try TextTable.read(text: Array(text.utf8), name: "roster.csv", columns: ["Matrikelnummer"])
        let found = try Roster(table, column: "Matrikelnummer", nameColumns: ["Vorname", "Nachname"])
        #expect(found.students == [.init(id: "0712", name: "Jörg Müller"), .init(id: "0713", name: "O\"Neill; jr.")])
    }

    @Test("A list that is not in UTF-8 is refused, and the error says what to do")
    func otherEncoding() {
        // “ü” as Windows writes it.
        let text = Array("id;name\r\n1;M".utf8) + [0xFC] + Array("ller\r\n".utf8)
        #expect {
            try TextTable.read(text: text, name: "roster.csv", columns: ["id"])
        } throws: {
            "\($0)".contains("roster.csv") && "\($0)".contains("UTF-8")
        }
    }

    @Test(
        "What cannot be a class is refused with its place",
        arguments: [
            (
                "id\na\nb\na\n",
                "roster.csv, line 4, column \"id\": the id “a” stands in line 2, too; each student needs one of their own."
            ),
            ("id,x\na,1\n,2\n", "roster.csv, line 3, column \"id\": the cell is empty, where a student's id is due."),
            (
                "id,x\n\"a\nb\",1\n",
                "roster.csv, line 2, column \"id\": the id has a line break or another control character in it."
            ),
            ("id,x\na,1\nid,x\nb,2\n", "roster.csv, line 3: the line repeats the columns' names: take it out."),
            ("id\n", "roster.csv: there are no rows below the line of column names."),
            ("ID\na\n", "roster.csv, column \"id\": there is no such column. The file has only the column \"ID\"."),
        ])
    func refused(text: String, message: String) {
        #expect { try roster(text) } throws: { "\($0)".hasPrefix(message.dropLast().description) }
    }

    @Test("A row that begins with # is not lost")
    func hash() throws {
        #expect { try roster("id,x\na,1\n#b,2\n") } throws: { "\($0)".contains("line 3: the line begins with #") }
        #expect(try roster("id,x\na,1\n\"#b\",2\n").students.map(\.id) == ["a", "#b"])
    }
}
