import Datasets
import Files
import Foundation
import Testing

@testable import Worksheets

@Suite("Marking")
struct MarkingTests {
    @Test(
        "Numbers are read as students write them",
        arguments: [
            ("0.65", 0.65), (" 0,65 ", 0.65), (".65", 0.65), (",65", 0.65), ("65%", 0.65), ("65 %", 0.65),
            ("13/20", 0.65),
            ("-13 / 20", -0.65), ("−0,65", -0.65), ("–0.65", -0.65), ("- 0.65", -0.65), ("+0.65", 0.65),
            ("6.5e-1", 0.65),
            ("6,5·10^-1", 0.65), ("6.5 x 10^(-1)", 0.65), ("γ = 0.65", 0.65), ("≈0.65", 0.65), ("1/2 = 0.5", 0.5),
            ("0.65 kg", 0.65), ("0.65.", 0.65), ("(0.65)", 0.65), ("0.65 (approx.)", 0.65), ("1,234.5", 1234.5),
            ("1.234,5", 1234.5), ("12", 12), ("12.", 12), ("-4", -4), ("0.65\u{A0}", 0.65), ("13⁄20", 0.65),
            ("13/20 kg", 0.65),
        ])
    func numbers(text: String, expected: Double) throws {
        let found = try #require(AnswerNumber.read(text))
        #expect(abs(found - expected) < 1e-12)
    }

    @Test(
        "Of anything else nothing is guessed",
        arguments: [
            "", "-", "?", "abc", "0.6 or 0.7", "0.65 ± 0.01", "between 0.6 and 0.7", "1/0", "0/0", "1/2/3", "1.2.3",
            "1,2,3",
            "0.65, 0.35", "nan", "inf", "1e999", "e5", "--1", "ln 2", "0x1F", "1 2", "=", "12,34.5", "five",
            String(repeating: "9", count: 400),
        ])
    func notNumbers(text: String) { #expect(AnswerNumber.read(text) == nil) }

    private static func sheets(_ worksheet: Worksheet = .coinFlips, students: Int = 3) throws -> ClassSheets {
        try ClassSheets(worksheet, roster: Roster(variants: students), seeds: Seeds(seed: 5))
    }

    private static func marking(_ csv: String, _ key: KeyTable) throws -> Marking {
        let table = try TextTable.read(text: Array(csv.utf8), name: "answers.csv", columns: ["student"])
        return Marking(try AnswerFile(table, parts: key.parts), key: key)
    }

    @Test(
        "The right answers, rounded as asked, are right, and each mistake, rounded so, is recognised",
        arguments: Worksheet.all.map(\.name))
    func everyValue(name: String) throws {
        let sheets = try ClassSheets(Worksheet.named(name), roster: Roster(variants: 4), seeds: Seeds(seed: 5))
        let key = try KeyTable(sheets)
        var rows = ["student,part,answer"]
        var expected: [(Marking.Verdict, String)] = []
        for sheet in sheets.sheets {
            for question in sheet.questions {
                switch question.kind {
                case .numeric(let numeric):
                    rows.append("\(sheet.student),\(question.id),\(numeric.printed)")
                    expected.append((.right, ""))
                case .choice(let choice):
                    rows.append("\(sheet.student),\(question.id),\(Choice.letter(choice.right).lowercased()))")
                    expected.append((.right, ""))
                case .drawing: expected.append((.byHand, ""))
                }
            }
        }
        let marking = try Self.marking(rows.joined(separator: "\n"), key)
        #expect(marking.complaints.isEmpty)
        #expect(marking.marks.map(\.verdict) == expected.map(\.0))
        #expect(marking.marks.filter { $0.verdict == .right }.allSatisfy { $0.points == $0.most && $0.points > 0 })

        for sheet in sheets.sheets {
            for case (let question, .numeric(let numeric)) in sheet.questions.map({ ($0, $0.kind) }) {
                for slip in numeric.slips {
                    let text =
                        numeric.rounding == .whole ? decimal(slip.value) : numeric.rounding.format.string(slip.value)
                    let marking = try Self.marking(
                        "student,\(question.id)\n\(sheet.student),\"\(text.replacing(".", with: ","))\"\n", key)
                    let mark = try #require(
                        marking.marks.first { $0.student == sheet.student && $0.part == question.id })
                    #expect(mark.verdict == .mistake && mark.points == 0)
                    let says = try sheets.builder.line(slip.feedback).plainText
                    #expect(mark.says == says, "\(sheet.student) \(question.id): \(text)")
                }
            }
        }
    }

    @Test("A key is read back as it was written")
    func roundTrip() throws {
        for worksheet in Worksheet.all {
            let key = try KeyTable(Self.sheets(worksheet))
            let table = try TextTable.read(text: Array(key.csv.utf8), name: "key.csv", columns: ["student"])
            let read = try KeyTable(table)
            #expect(read.csv == key.csv && read.students == key.students && read.parts == key.parts)
        }
    }

    @Test("Both forms of a file of answers say the same")
    func forms() throws {
        let key = try KeyTable(Self.sheets())
        let wide = try Self.marking("student,name,(a),B,c.\nvariant-1,Ada,\"0,5\",0.25,\nvariant-3,Cleo,,1,0.5\n", key)
        let long = try Self.marking(
            "student;part;answer\nvariant-1;a;0,5\nvariant-1;b;0.25\nvariant-3;B;1\nvariant-3;c;0.5\nvariant-1;c;\n",
            key)
        #expect(wide.marks == long.marks)
        #expect(wide.complaints.isEmpty && long.complaints.isEmpty)
        #expect(wide.marks.count == key.students.count * key.parts.count)
    }

    @Test("Nothing is lost: strays, second answers and unread ones keep their rows, and are named with their lines")
    func nothingIsLost() throws {
        let key = try KeyTable(Self.sheets())
        let marking = try Self.marking(
            """
            student,part,answer
            variant-1,a,0.5
            nobody,a,0.25
            variant-1,z,0.75
            variant-1,a,0.6
            variant-2,a,two or three
            variant-2,d,Z
            ,b,1
            """, key)
        let texts = marking.marks.map(\.answer).filter { !$0.isEmpty }
        #expect(texts.sorted() == ["0.25", "0.5", "0.6", "0.75", "1", "Z", "two or three"])
        #expect(marking.marks.count { $0.verdict == .stray } == 4)
        #expect(marking.marks.count { $0.verdict == .unread } == 2)
        #expect(
            marking.complaints == [
                "answers.csv, line 3, column \"student\": the key has no student “nobody”",
                "answers.csv, line 8, column \"student\": the cell is empty",
                "answers.csv, line 4, column \"part\": the sheet has no part “z”; it has a, b, c, d",
                "answers.csv, line 5, column \"student\": “variant-1” has answered part a before, and otherwise; the first answer was marked",
            ])
        #expect(marking.csv.split(separator: "\n").count == 1 + key.students.count * key.parts.count + 4)
    }

    @Test("The column of ids may be called id, or what is said")
    func columnOfIds() throws {
        let key = try KeyTable(Self.sheets())
        let text = "Kennung,a\nvariant-2,0.25\n"
        let table = try TextTable.read(text: Array(text.utf8), name: "answers.csv", columns: ["Kennung"])
        let file = try AnswerFile(table, parts: key.parts, ids: "Kennung")
        #expect(file.answers == [.init(student: "variant-2", part: "a", text: "0.25", line: 2)])
        let folder = FileManager.default.temporaryDirectory.appending(path: "answers-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try makeFolder(of: folder + "/answers.csv")
        try writeAtomically("id,a\nvariant-2,0.25\n", to: folder + "/answers.csv")
        #expect(try AnswerFile(path: folder + "/answers.csv", parts: key.parts).answers == file.answers)
        try writeAtomically("name,a\nvariant-2,0.25\n", to: folder + "/answers.csv")
        #expect {
            try AnswerFile(path: folder + "/answers.csv", parts: key.parts)
        } throws: { "\($0)".contains("column \"student\": there is no such column") }
    }

    @Test("An answer that a spreadsheet would compute is kept as text; a negative number stays one")
    func formulas() throws {
        let marking = try Self.marking(
            "student,part,answer\nvariant-1,a,=1+1\nvariant-1,b,-0.5\nvariant-1,c,+SUM(1)\n", KeyTable(Self.sheets()))
        #expect(marking.csv.contains("variant-1,a,'=1+1,"))
        #expect(marking.csv.contains("variant-1,b,-0.5,-0.5,"))
        #expect(marking.csv.contains("variant-1,c,'+SUM(1),"))
    }

    @Test("The same answer twice is one answer")
    func twice() throws {
        let key = try KeyTable(Self.sheets())
        let marking = try Self.marking("student,part,answer\nvariant-1,a,0.5\nvariant-1,a,0.5\n", key)
        #expect(marking.complaints.isEmpty && marking.marks.allSatisfy { $0.verdict != .stray })
    }

    @Test("A file without columns of answers is refused")
    func noColumns() throws {
        #expect {
            try Self.marking("student,name\nvariant-1,Ada\n", KeyTable(Self.sheets()))
        } throws: { "\($0)".contains("there is no column with answers") }
    }

    @Test(
        "A broken key is refused with its place",
        arguments: [
            ("coin-flips,ada,a,guess,1,0.1,2,", "\"kind\""), ("coin-flips,ada,a,answer,one,0.1,2,", "\"value\""),
            ("coin-flips,ada,a,answer,1,-1,2,", "\"tolerance\""), ("coin-flips,ada,a,answer,1,0.1,many,", "\"points\""),
            ("coin-flips,,a,answer,1,0.1,2,", "\"student\""), ("coin-flips,ada,a,answer,nan,0.1,2,", "\"value\""),
        ])
    func brokenKey(row: String, column: String) throws {
        let text = "worksheet,student,part,kind,value,tolerance,points,says\n\(row)\n"
        #expect {
            try KeyTable(TextTable.read(text: Array(text.utf8), name: "key.csv", columns: ["kind"]))
        } throws: { "\($0)".contains("key.csv, line 2, column \(column)") }
    }

    @Test("The totals add up the points that a machine can give")
    func totals() throws {
        let sheets = try Self.sheets(.kMeansRound, students: 2)
        let key = try KeyTable(sheets)
        var row = "variant-1"
        for question in sheets.sheets[0].questions.prefix(4) {
            switch question.kind {
            case .numeric(let numeric): row += ",\(numeric.printed)"
            case .choice(let choice): row += ",\(Choice.letter(choice.right))"
            case .drawing: row += ","
            }
        }
        let marking = try Self.marking("student,a,b,c,d\n\(row)\n", key)
        #expect(
            marking.totals == """
                student,points,of,a,b,c,d,e,to look at
                variant-1,7,7,2,1,2,2,,1
                variant-2,0,7,0,0,0,0,,1

                """)
    }
}
