import Foundation
import Testing

@Suite("Worksheets from the command line")
struct WorksheetCommandTests {
    private func course(_ arguments: [String]) throws -> Executable { try Executable.run(arguments, program: "Course") }

    @Test("A class: sheets, key, a secret outside; the same again; then marked")
    func wholeWay() throws {
        try TemporaryFolder.with { folder in
            let roster = try folder.write("id,name\n007,Ada\n8,Ben\n", to: "roster.csv")
            let (secret, out) = (folder.path("secret.txt"), folder.path("ws"))
            let arguments = [
                "worksheet", "coin-flips", "--students", roster, "--output", out, "--secret-file", secret,
            ]
            let first = try course(arguments)
            #expect(first.exitCode == 0, "\(first.errors)")
            #expect(first.errors.contains("is new: it holds the course's secret"))
            let files = try folder.contents()
            #expect(Set(files.keys) == ["roster.csv", "secret.txt", "ws/sheets.html", "ws/key.html", "ws/key.csv"])
            let words = String(decoding: files["secret.txt"] ?? Data(), as: UTF8.self).trimmingCharacters(in: .newlines)
            for (name, bytes) in files where name != "secret.txt" {
                #expect(!String(decoding: bytes, as: UTF8.self).contains(words), "the secret is in \(name)")
            }
            let second = try course(arguments)
            #expect(second.exitCode == 0 && second.errors.isEmpty)
            #expect(try folder.contents() == files)

            // The key's first answer, rounded, and a comma in it.
            let key = String(decoding: files["ws/key.csv"] ?? Data(), as: UTF8.self).split(separator: "\n")
            let row = try #require(key.first { $0.hasPrefix("coin-flips,007,a,answer,") }).split(separator: ",")
            let value = try #require(Double(row[4]))
            let given = String(format: "%.3f", value).replacing(".", with: ",")
            let answers = try folder.write("student,a,b\n007,\"\(given)\",9\n8,?,\n", to: "answers.csv")
            let marked = try course(["mark", out, answers])
            #expect(marked.exitCode == 0, "\(marked.errors)")
            let marks = String(decoding: try folder.contents()["ws/marks.csv"] ?? Data(), as: UTF8.self)
            #expect(marks.contains("007,a,\"\(given)\","))
            #expect(marks.contains("8,a,?,,not read,0,2"))
            #expect(marked.output.contains("(a) 1 right, 1 not read"))

            let strays = try folder.write("student,a\n7,\"0,5\"\n", to: "strays.csv")
            let refused = try course(["mark", out, strays])
            #expect(refused.exitCode == 1)
            #expect(refused.errors.contains("strays.csv, line 2, column \"student\": the key has no student “7”"))
        }
    }

    @Test("Question banks from a seed, whatever else lies in the folder", arguments: ["moodle", "canvas", "csv"])
    func banks(format: String) throws {
        try TemporaryFolder.with { folder in
            _ = try folder.write("mine", to: "notes.txt")
            let run = try course([
                "worksheet", "gaussian-round", "--seed", "7", "--variants", "3", "--format", format, "--output",
                folder.path(""),
            ])
            #expect(run.exitCode == 0, "\(run.errors)")
            let ending =
                ["moodle": ["gaussian-round.moodle.xml"], "canvas": ["gaussian-round.canvas.zip"]][format] ?? []
            #expect(Set(try folder.contents().keys) == Set(["notes.txt", "key.csv"] + ending))
        }
    }

    @Test(
        "What cannot be done is refused in clear words, and nothing is written",
        arguments: [
            (["worksheet", "coins", "--seed", "7"], "there is no worksheet “coins”; there are joint-table, "),
            (["worksheet", "coin-flips"], "give either a class"),
            (["worksheet", "coin-flips", "--seed", "7", "--students", "x.csv"], "give either a class"),
            (["worksheet", "coin-flips", "--seed", "-7"], "it is negative"),
            (["worksheet", "coin-flips", "--seed", "7", "--variants", "0"], "--variants is a number from 1 to 10000"),
            (["worksheet", "coin-flips", "--students", "nobody-has-this.csv"], "there is no such file"),
            (["mark", "no-such-folder", "answers.csv"], "there is no such file"),
        ])
    func refused(arguments: [String], words: String) throws {
        try TemporaryFolder.with { folder in
            let target =
                arguments[0] == "mark" ? [] : ["--output", folder.path("ws"), "--secret-file", folder.path("s.txt")]
            let run = try course(arguments + target)
            #expect(run.exitCode != 0 && !run.wasKilled)
            #expect(run.errors.contains(words), "\(run.errors)")
            #expect(try folder.contents().isEmpty)
        }
    }

    @Test("The secret never lies among the sheets")
    func secretAmongSheets() throws {
        try TemporaryFolder.with { folder in
            let roster = try folder.write("id\na\n", to: "roster.csv")
            let run = try course([
                "worksheet", "lagrange", "--students", roster, "--output", folder.path("ws"), "--secret-file",
                folder.path("ws/secret.txt"),
            ])
            #expect(run.exitCode != 0 && run.errors.contains("would lie among the sheets"))
            #expect(Set(try folder.contents().keys) == ["roster.csv"])
            let short = try folder.write("2026\n", to: "short.txt")
            let weak = try course([
                "worksheet", "lagrange", "--students", roster, "--output", folder.path("ws"), "--secret-file", short,
            ])
            #expect(weak.exitCode != 0 && weak.errors.contains("less than 16 characters"))
        }
    }

    @Test("Without a name, the worksheets are listed")
    func list() throws {
        let run = try course(["worksheet"])
        #expect(run.exitCode == 0)
        #expect(run.output.split(separator: "\n").count >= 8)
        for lesson in 1...8 { #expect(run.output.contains("lesson \(lesson):")) }
    }
}
