import Foundation
import Testing

/// `Course merge`, `statistics` and `grade --resume`: what is written is whole, and what was there stays if it cannot be.
struct ClassTableTests {
    /// A record of a submission with one exercise, as `grade` writes it beside its table.
    private static func record(_ name: String) -> String {
        let exercise =
            #"{"hiddenPoints":0,"name":"Exercise1PetStore","number":1,"outcomes":[],"title":"The pet store"}"#
        return
            #"{"digests":{},"fingerprints":{},"submission":{"exercises":[\#(exercise)],"name":"\#(name)","notes":[]}}"#
            + "\n"
    }

    private func course(_ arguments: [String]) throws -> (code: Int32, errors: String) {
        let run = try Executable.run(arguments, program: "Course")
        #expect(!run.wasKilled)
        return (run.exitCode, run.errors)
    }

    @Test("A merged table and its records become visible together, or neither does")
    func merge() throws {
        try TemporaryFolder.with { folder in
            for (part, name) in [("1", "bob"), ("2", "ada")] {
                _ = try folder.write(Self.record(name), to: "\(part).records.jsonl")
            }
            let parts = [folder.path("1.csv"), folder.path("2.csv")]
            let made = try course(["merge"] + parts + ["--output", folder.path("all.csv")])
            #expect(made.code == 0 && made.errors == "")
            let table = try String(contentsOfFile: folder.path("all.csv"), encoding: .utf8)
            #expect(table.split(separator: "\n").dropFirst().map { $0.prefix(3) } == ["ada", "bob"])
            let records = try String(contentsOfFile: folder.path("all.records.jsonl"), encoding: .utf8)
            #expect(records == Self.record("ada") + Self.record("bob"))
            // Nothing to merge: the folder is not made for nothing.
            #expect(try course(["merge", folder.path("3.csv"), "--output", folder.path("new/r.csv")]).code == 1)
            #expect(!FileManager.default.fileExists(atPath: folder.path("new")))
            for taken in ["r.csv", "r.records.jsonl"] {
                try FileManager.default.createDirectory(atPath: folder.path(taken), withIntermediateDirectories: false)
                let before = try folder.contents()
                let (code, errors) = try course(["merge"] + parts + ["--output", folder.path("r.csv")])
                #expect(code != 0 && errors.contains(taken) && errors.contains("a folder"), "\(errors)")
                #expect(try folder.contents() == before)
                try FileManager.default.removeItem(atPath: folder.path(taken))
            }
        }
    }

    @Test("A report on a class is whole, or is not there")
    func statistics() throws {
        try TemporaryFolder.with { folder in
            _ = try folder.write(Self.record("ada"), to: "1.records.jsonl")
            let place = folder.path("out")
            try FileManager.default.createDirectory(atPath: place + "/README.md", withIntermediateDirectories: true)
            let before = try folder.contents()
            let (code, errors) = try course(["statistics", folder.path("1.csv"), "--output", place])
            #expect(code == 1 && errors.contains("README.md"), "\(errors)")
            #expect(try folder.contents() == before)
            #expect(!FileManager.default.fileExists(atPath: place + "/figures"))
        }
    }

    @Test("To go on with a table from a folder that has nothing to grade leaves the table as it is")
    func resume() throws {
        try TemporaryFolder.with { folder in
            let table = try folder.write("student,score\nada,65\n", to: "results.csv")
            try FileManager.default.createDirectory(atPath: folder.path("empty"), withIntermediateDirectories: false)
            let before = try folder.contents()
            let (code, errors) = try course([
                "grade", folder.path("empty"), "--format", "csv", "--output", table, "--resume",
            ])
            #expect(code == 1 && errors.contains("contains no exercise file"), "\(errors)")
            #expect(try folder.contents() == before)
        }
    }
}
