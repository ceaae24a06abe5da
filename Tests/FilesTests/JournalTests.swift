import Testing

@testable import Files

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What a killed run leaves, and what the next makes of it.
@Suite struct JournalTests {
    private static let owner = "1a2b-"

    /// A folder as it is at the moment when the journal has been written and `done` of its steps have been taken.
    private func interrupted(after done: Int, of count: Int = 5, owner: String, in folder: String) throws -> Journal {
        mkdir("\(folder)/figures", 0o755)
        let journal = Journal(
            renamings: (0..<count).map {
                .init(
                    temporary: "figures/\(Temporary.prefix)\(owner)800000000000000\($0).tmp", final: "figures/\($0).svg"
                )
            },
            removals: ["figures/gone.svg", "figures/missing.svg"])
        for (i, step) in journal.renamings.enumerated() {
            try put("old", "\(folder)/\(step.final)")
            try put("new", "\(folder)/\(i < done ? step.final : step.temporary)")
        }
        if done <= count { try put("old", "\(folder)/figures/gone.svg") }
        let file = try #require(fopen("\(folder)/\(Journal.name)", "w"))
        fwrite(journal.bytes, 1, journal.bytes.count, file)
        fclose(file)
        return journal
    }

    @Test("Wherever a run was killed, the next finishes it", arguments: 0...6)
    func finishing(done: Int) throws {
        let folder = try makeFolder()
        defer { removeFolder(folder) }
        let owner = try FolderLock(folder).identity
        let journal = try interrupted(after: done, owner: owner, in: folder)
        ReportFolder(folder).finishInterrupted()
        for step in journal.renamings { #expect(try text(of: "\(folder)/\(step.final)") == "new") }
        #expect(try names(in: folder) == ["figures"])
        #expect(try names(in: "\(folder)/figures") == (0..<5).map { "\($0).svg" })
        // Doing it again changes nothing.
        let files = try names(in: "\(folder)/figures").map { try number("\(folder)/figures/\($0)") }
        ReportFolder(folder).finishInterrupted()
        #expect(try names(in: "\(folder)/figures").map { try number("\(folder)/figures/\($0)") } == files)
    }

    @Test("A report that fails afterwards does not undo what was finished first")
    func failingNext() throws {
        let folder = try makeFolder()
        defer { removeFolder(folder) }
        let owner = try FolderLock(folder).identity
        let journal = try interrupted(after: 2, owner: owner, in: folder)
        mkdir("\(folder)/blocked", 0o755)
        #expect(throws: FileError.self) { try ReportFolder(folder).replace(with: [("blocked", [])]) { [] } }
        for step in journal.renamings { #expect(try text(of: "\(folder)/\(step.final)") == "new") }
    }

    @Test("A journal is read back as it was written, for paths of any bytes")
    func roundTrip() {
        for _ in 0..<200 {
            func path() -> String {
                String(decoding: (0..<Int.random(in: 0..<20)).map { _ in UInt8.random(in: 1...127) }, as: UTF8.self)
            }
            let journal = Journal(
                renamings: (0..<Int.random(in: 0..<5)).map { _ in .init(temporary: path(), final: path()) },
                removals: (0..<Int.random(in: 0..<5)).map { _ in path() })
            #expect(Journal(journal.bytes) == journal)
            // One that was cut off, or is none, is not obeyed in part.
            for cut in 0..<max(0, journal.bytes.count - 4) { #expect(Journal(Array(journal.bytes[..<cut])) == nil) }
        }
    }

    @Test(
        "A journal that this program cannot have written moves and removes nothing outside of its own",
        arguments: [
            ["rename", "precious", "figures/a.svg"], ["rename", "figures/a.svg", "../stolen"],
            ["rename", "\(Temporary.prefix)8000000000000000.tmp", "figures/a.svg"],
            ["rename", "\(Temporary.prefix)ffff-8000000000000000.tmp", "b"], ["remove", "../precious"],
            ["remove", "figures/../precious"], ["remove", "link/a"], ["remove", "figures"], ["remove", "/tmp"],
            ["remove", "link"], ["remove", ""], ["remove", "."],
        ])
    func hostile(words: [String]) throws {
        let folder = try makeFolder()
        defer { removeFolder(folder) }
        let inner = folder + "/out"
        for name in ["", "/figures", "/../far"] { mkdir(inner + name, 0o755) }
        for name in ["precious", "figures/a.svg", "../precious", "../far/a"] { try put(name, "\(inner)/\(name)") }
        symlink("../far", inner + "/link")
        let text = (["MixtureCourse journal 1"] + words + ["end", ""]).joined(separator: "\0")
        let file = try #require(fopen("\(inner)/\(Journal.name)", "w"))
        fwrite(text, 1, text.utf8.count, file)
        fclose(file)
        ReportFolder(inner).finishInterrupted()
        for name in ["precious", "figures/a.svg", "../precious", "../far/a"] {
            #expect(try Self.read("\(inner)/\(name)") == name)
        }
        #expect(kind(inner + "/link") == .link)
        #expect(try names(in: inner) == ["figures", "link", "precious"])
    }

    private static func read(_ path: String) throws -> String { try text(of: path) }

    @Test("Of an earlier report only what it names is removed, and only in the folder")
    func removals() throws {
        let folder = try makeFolder()
        defer { removeFolder(folder) }
        try ReportFolder(folder).replace(with: [("figures/a.svg", [1]), ("figures/b.svg", [1])]) { [] }
        try put("mine", "\(folder)/figures/c.svg")
        try put("mine", "\(folder)/outside")
        symlink("../outside", "\(folder)/figures/d.svg")
        try ReportFolder(folder).replace(with: [("figures/a.pdf", [2]), ("figures/b.svg", [2])]) {
            ["figures/a.svg", "figures/b.svg", "figures/d.svg", "../" + folder, "figures"]
        }
        #expect(try names(in: "\(folder)/figures") == ["a.pdf", "b.svg", "c.svg", "d.svg"])
        #expect(try contents(of: "\(folder)/figures/b.svg") == [2])
        #expect(try text(of: "\(folder)/outside") == "mine")
    }

    @Test("Many runs into one folder wait for each other: the report is that of one of them")
    func concurrent() async throws {
        let folder = try makeFolder()
        defer { removeFolder(folder) }
        func run(_ format: Character) throws {
            let files = report(format).map { ($0.path.replacing(".svg", with: ".\(format)"), $0.bytes) }
            try ReportFolder(folder).replace(with: files) {
                (try? names(in: folder + "/figures"))?.filter { !$0.hasPrefix(".") }.map { "figures/\($0)" } ?? []
            }
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for letter in "abcdefgh" { group.addTask { for _ in 0..<5 { try run(letter) } } }
            try await group.waitForAll()
        }
        let format = try #require(try text(of: folder + "/README.md").first)
        #expect(try names(in: folder + "/figures") == (0..<12).map { "\($0).\(format)" }.sorted())
        #expect(try names(in: folder) == ["README.md", "figures", "results.json"])
    }
}
