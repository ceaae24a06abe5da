import Testing

@testable import Files

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite struct SweepTests {
    @Test("What an earlier run left goes; what others have, or a run still holds, stays")
    func sweeping() throws {
        let folder = try makeFolder()
        defer { removeFolder(folder) }
        let number = "8123456789abcdef"
        let old = ".MixtureCourse-\(number).tmp"
        let kept = [
            ".MixtureCourse-\(number)", ".MixtureCourse-8123456789ABCDEF.tmp", ".MixtureCourse-123.tmp",
            ".README.md.12-0.tmp",
            "MixtureCourse-\(number).tmp", ".MixtureCourse-\(number)0.tmp", ".MixtureCourse-77-\(number).tmp",
            ".MixtureCourse-.tmp", ".MixtureCourse-8123456789abcde-.tmp", ".tmp", "a.tmp",
        ]
        for name in kept + [old] { try put("x", "\(folder)/\(name)") }
        let link = ".MixtureCourse-9123456789abcdef.tmp", inner = ".MixtureCourse-a123456789abcdef.tmp"
        symlink("a.tmp", "\(folder)/\(link)")
        mkdir("\(folder)/\(inner)", 0o755)
        let busy = try Temporary(for: "\(folder)/b", mode: nil, name: "b", bytes: [])
        try writeAtomically([1], to: "\(folder)/c")
        #expect(try names(in: folder) == (kept + [link, inner, Paths.name(of: busy.path), "c"]).sorted())
        sweep(folder + "/", owner: "77-")
        #expect(try !names(in: folder).contains(".MixtureCourse-77-\(number).tmp"))
        withExtendedLifetime(busy) {}
    }

    @Test("A name is never made twice, and never longer than a file system takes")
    func longNames() throws {
        let folder = try makeFolder()
        defer { removeFolder(folder) }
        let name = String(repeating: "n", count: 255)
        try writeAtomically([1], to: "\(folder)/\(name)")
        #expect(try names(in: folder) == [name])
    }

    @Test("Temporary folders of an earlier run go with all in them, links in them lead nowhere")
    func folders() throws {
        let folder = try makeFolder()
        defer { removeFolder(folder) }
        let (old, other) = ("MixtureCourse-8123456789abcdef.folder", "MixtureCourse-123.folder")
        for name in [old, other, "far", "\(old)/in"] { mkdir("\(folder)/\(name)", 0o755) }
        try put("x", "\(folder)/far/precious")
        symlink("../far", "\(folder)/\(old)/link")
        try put("x", "\(folder)/\(old)/in/file")
        sweepTrees(in: folder + "/")
        #expect(try names(in: folder) == [other, "far"].sorted())
        #expect(try text(of: "\(folder)/far/precious") == "x")
    }

    @Test("Folders that are made while others sweep stay until their owner is done")
    func madeWhileOthersSweep() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<100 {
                        // Making a folder sweeps first; the other tasks' folders are at every stage of their making.
                        let scratch = try ScratchFolder()
                        try put("x", "\(scratch.path)/file")
                        #expect(try text(of: "\(scratch.path)/file") == "x")
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test("A folder takes an earlier one's place as a whole, over a link, and a failure leaves the earlier one")
    func trees() throws {
        let folder = try makeFolder()
        defer { removeFolder(folder) }
        try FolderTree(["a/b": [1], "run": [2]], executables: ["run"]).replace("\(folder)/one/tree/")
        #expect(access("\(folder)/one/tree/run", X_OK) == 0)
        symlink("one/tree", "\(folder)/link")
        try FolderTree(["c": [3]]).replace("\(folder)/link", last: "c")
        #expect(kind("\(folder)/link") == .link)
        #expect(try names(in: "\(folder)/one/tree") == ["c"] && names(in: "\(folder)/one") == ["tree"])
        let long = String(repeating: "n", count: 300)
        #expect(throws: FileError.self) { try FolderTree(["d": [1], long: [1]]).replace("\(folder)/one/tree") }
        #expect(try names(in: "\(folder)/one/tree") == ["c"] && names(in: "\(folder)/one") == ["tree"])
        try put("x", "\(folder)/file")
        let error = #expect(throws: FileError.self) { try FolderTree(["d": [1]]).replace("\(folder)/file") }
        #expect(error?.description == "cannot replace \(folder)/file: it is a file, and no folder")
    }
}

@Suite struct SeedTests {
    @Test("Every number of 64 bits is a seed")
    func seeds() throws {
        for _ in 0..<1000 {
            let number = UInt64.random(in: 0...(.max)) >> UInt64.random(in: 0..<64)
            #expect(try UInt64(seed: String(number)) == number)
            #expect(try UInt64(seed: "000\(number)") == number)
        }
    }

    @Test(
        "A seed that is none is told what is wrong with it",
        arguments: [
            ("-1", "negative"), ("-99999999999999999999", "negative"), ("18446744073709551616", "too large"),
            ("99999999999999999999999", "too large"), ("", "empty"), (" \t", "empty"), ("1e3", "digits only"),
            ("+5", "digits only"), ("0x10", "digits only"), ("1.5", "digits only"), ("7 ", "digits only"),
            ("-", "digits only"), ("--output", "digits only"), ("٣", "digits only"), ("1_000", "digits only"),
        ])
    func noSeeds(text: String, word: String) {
        let error = #expect(throws: SeedError.self) { try UInt64(seed: text) }
        #expect(error?.description.contains(word) == true && error?.description.contains("\(UInt64.max)") == true)
    }
}
