import Foundation
import Testing

/// The lesson as a program of its own: exit codes, what it prints where, and what it leaves behind.
struct CommandTests {
    @Test("A run writes the report, prints its table, and says nothing on stderr")
    func success() throws {
        try TemporaryFolder.with { folder in
            let data = try folder.write(Lesson4DataMistakeTests.published, to: "heads.csv")
            let run = try Executable.run(
                ["--data", data, "--output", folder.path("deep/er"), "--formats", "svg"]
                    + words(Lesson4DataMistakeTests.tenFlips))
            #expect(run.exitCode == 0 && run.errors == "")
            #expect(run.output.contains("25 of 25 checks passed"))
            #expect(run.output.contains("report: \(folder.path("deep/er"))/README.md"))
            let files = try folder.contents().keys.filter { $0.hasPrefix("deep/er/") && !$0.contains("/figures/") }
            #expect(files.sorted() == ["deep/er/README.md", "deep/er/results.json", "deep/er/summary.md"])
        }
    }

    @Test("A run that fails says why on stderr, and leaves an earlier report as it was")
    func failure() throws {
        try TemporaryFolder.with { folder in
            _ = try folder.write("heads\n5\n11\n", to: "heads.csv")
            try FileManager.default.createDirectory(
                at: folder.url.appending(path: "out"), withIntermediateDirectories: true)
            _ = try folder.write("an earlier report", to: "out/README.md")
            let before = try folder.contents()
            let start = ["--data", folder.path("heads.csv"), "--output", folder.path("out")]

            let badRow = try Executable.run(start + words(Lesson4DataMistakeTests.tenFlips))
            #expect(badRow.exitCode == 1 && !badRow.wasKilled && badRow.output == "")
            #expect(
                badRow.errors
                    == "Error: \(folder.path("heads.csv")), line 3, column \"heads\": 11 heads in 10 flips:"
                    + " there cannot be more heads than flips.\n")
            let badOption = try Executable.run(start + words("--columns heads --flips 0"))
            #expect(badOption.exitCode == 64 && badOption.output == "")
            #expect(
                badOption.errors.hasPrefix(
                    "Error: --flips must be a whole number from 1 to 1000000, or the name of a column, not 0\nUsage: "))
            #expect(try folder.contents() == before)
        }
    }

    @Test("An output folder that cannot be made is an error, and no report is half written")
    func output() throws {
        try TemporaryFolder.with { folder in
            let file = try folder.write("a file", to: "taken")
            let run = try Executable.run(["--output", file, "--formats", "svg"])
            #expect(run.exitCode == 1 && !run.wasKilled && run.errors.hasPrefix("Error: "))
            #expect(try folder.contents().keys.sorted() == ["taken"])
            // The course says so before it runs a lesson.
            for command in ["lessons", "handout"] {
                let course = try Executable.run([command, "--output", file], program: "Course")
                #expect(course.exitCode == 1 && course.output == "")
                #expect(course.errors == "Error: cannot make the folder \(file): it is a file\n")
            }
        }
    }

    @Test(
        "The name of nothing is no name: not of the current folder",
        arguments: [
            ["grade", ""], ["grade", "somewhere", "--output", " "], ["assign", "", "--force"],
            ["steppers", "--output", ""],
            ["steppers", "--from", ""],
        ])
    func emptyNames(arguments: [String]) throws {
        let run = try Executable.run(arguments, program: "Course")
        #expect(run.exitCode == 64 && run.output == "" && run.errors.contains(" needs a name, which is empty"))
    }

    @Test(
        "A folder that is closed to this user is told before the work",
        arguments: [("Lesson8LowerBound", ["--output"]), ("Course", ["lessons", "--output"])])
    func closedFolder(program: String, arguments: [String]) throws {
        try TemporaryFolder.with { folder in
            let closed = folder.path("closed")
            try FileManager.default.createDirectory(atPath: closed, withIntermediateDirectories: false)
            try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: closed)
            for (place, words) in [(closed, "write"), (closed + "/new", "make the folder")] {
                // To the superuser no folder is closed.
                let nobody =
                    geteuid() == 0 ? ["/usr/bin/setpriv", "--reuid=65534", "--clear-groups"] : ["/usr/bin/env"]
                let run = try Executable.run(
                    at: URL(filePath: nobody[0]),
                    nobody.dropFirst() + [Executable.url(of: program).path(percentEncoded: false)] + arguments + [place]
                )
                #expect(run.exitCode == 1 && run.output == "")
                #expect(run.errors == "Error: cannot \(words) \(place): Permission denied\n")
            }
        }
    }

    @Test(
        "A name in a message is on one line, and orders nothing",
        arguments: [
            ("Lesson4CoinFlips", ["--columns", "heads", "--flips", "10", "--data"]), ("Lesson8LowerBound", []),
            ("Lesson3GaussianEM", ["--seed"]),
            ("Lesson9BernoulliMixtures", ["--columns", "a", "--data", "x", "--counts"]),
            ("Course", ["mark"]), ("Course", ["worksheet", "--seed", "1"]), ("Course", ["steppers", "--from"]),
            ("Course", ["grade"]), ("Course", ["check"]), ("Course", ["grade", "x", "--exercise"]),
        ])
    func hostileNames(program: String, arguments: [String]) throws {
        let name = "no\u{1B}[31m\nsuch,\u{202E}"
        let rest = arguments == ["mark"] ? ["answers.csv"] : []
        let run = try Executable.run(arguments + [name] + rest, program: program)
        #expect(run.exitCode != 0 && !run.wasKilled && run.output == "")
        let first = try #require(run.errors.split(separator: "\n").first)
        #expect(first.hasPrefix("Error: ") && first.contains(#"no\u{1B}[31m\nsuch,\u{202E}"#), "\(run.errors)")
        #expect(!run.errors.contains("\u{1B}"))
    }

    @Test(
        "No file, whatever its bytes, ends the program with a signal",
        arguments: [
            [0xFF, 0xFE, 0x68, 0x00], [0x50, 0x4B, 0x03, 0x04, 0x00], Array("heads\n\0\n".utf8),
            Array("heads\n\"5\n".utf8), Array("heads\n\"5\"5\n".utf8), Array("heads\n5,5\n".utf8),
            Array("heads\n9223372036854775808\n".utf8), Array("heads\n1e400\n".utf8), Array("heads;n\n5;10\n".utf8),
            Array("5\n9\n".utf8), Array("heads\n5\n\n9\n".utf8), Array(repeating: 0x22, count: 1000),
            Array("heads,heads\n5,5\n".utf8), [0x68, 0xC3, 0x28, 0x0A, 0x35],
        ] as [[UInt8]])
    func oddBytes(bytes: [UInt8]) throws {
        try TemporaryFolder.with { folder in
            try Data(bytes).write(to: folder.url.appending(path: "heads.csv"))
            let run = try Executable.run(
                ["--data", folder.path("heads.csv"), "--output", folder.path("out")]
                    + words(Lesson4DataMistakeTests.tenFlips))
            #expect(run.exitCode == 1 && !run.wasKilled)
            #expect(run.errors.hasPrefix("Error: ") && run.errors.contains("heads.csv"))
        }
    }
}
