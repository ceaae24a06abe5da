import Testing

@testable import Files

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite struct AtomicFileTests {
    @Test("Files are written and replaced completely, and nothing else is left behind")
    func writes() throws {
        let folder = try makeFolder()
        defer { removeFolder(folder) }
        let path = folder + "/a.svg"
        for size in [3, 0, 1_000_000] {
            let bytes = (0..<size).map { UInt8($0 % 251) }
            try writeAtomically(bytes, to: path)
            #expect(try contents(of: path) == bytes)
        }
        #expect(try names(in: folder) == ["a.svg"])
    }

    @Test("A full disk leaves the old file whole and no rubbish")
    func fullDisk() async {
        // A process may be forbidden to write files beyond a size; like a full disk, writing then stops in the middle.
        await #expect(processExitsWith: .success) {
            let folder = try makeFolder()
            defer { removeFolder(folder) }
            let path = folder + "/a.svg", other = folder + "/b.svg"
            try writeAtomically(Array("old".utf8), to: path)
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit()
            getrlimit(fileSizeLimit, &limit)
            let before = limit
            limit.rlim_cur = 1000
            #expect(setrlimit(fileSizeLimit, &limit) == 0)
            let large = [UInt8](repeating: 65, count: 100_000)
            let alone = #expect(throws: FileError.self) { try writeAtomically(large, to: path) }
            let second = #expect(throws: FileError.self) {
                try ReportFolder(folder).replace(with: [("a.svg", [66]), ("b.svg", large)]) { [] }
            }
            limit = before
            setrlimit(fileSizeLimit, &limit)
            #expect(alone?.code == EFBIG && alone?.path == path)
            #expect(second?.path == other)
            #expect(try contents(of: path) == Array("old".utf8))
            #expect(try names(in: folder) == ["a.svg"])
        }
    }

    @Test("A folder in the place of one file leaves every old file whole")
    func folderInTheWay() throws {
        let folder = try makeFolder()
        defer { removeFolder(folder) }
        let first = folder + "/a.svg", second = folder + "/b.svg"
        try writeAtomically(Array("old".utf8), to: first)
        mkdir(second, 0o777)
        let error = #expect(throws: FileError.self) {
            try ReportFolder(folder).replace(with: [("a.svg", [66]), ("b.svg", [66])]) { [] }
        }
        #expect(error?.code == EISDIR && error?.path == second)
        #expect(try contents(of: first) == Array("old".utf8))
        #expect(try names(in: folder) == ["a.svg", "b.svg"])
        rmdir(second)
    }

    @Test("A read-only folder leaves the old file whole, and the error names the file")
    func readOnlyFolder() async {
        // Permissions do not stop root; so root becomes somebody else, in a process of its own.
        await #expect(processExitsWith: .success) {
            let folder = try makeFolder()
            let path = folder + "/a.svg"
            try writeAtomically(Array("old".utf8), to: path)
            chmod(folder, 0o555)
            let isRoot = geteuid() == 0
            if isRoot {
                #expect(setegid(65_534) == 0)
                #expect(seteuid(65_534) == 0)
            }
            let error = #expect(throws: FileError.self) { try writeAtomically(Array("new".utf8), to: path) }
            if isRoot { #expect(seteuid(0) == 0) }
            #expect(error?.code == EACCES)
            #expect(error?.description == "cannot write \(path): Permission denied")
            #expect(try contents(of: path) == Array("old".utf8))
            chmod(folder, 0o755)
            #expect(try names(in: folder) == ["a.svg"])
            removeFolder(folder)
        }
    }

    @Test("A folder in the file's place is an error, and the temporary file goes away")
    func folderInPlace() throws {
        let folder = try makeFolder()
        defer { removeFolder(folder) }
        mkdir(folder + "/a.svg", 0o755)
        #expect(throws: FileError.self) { try writeAtomically([1], to: folder + "/a.svg") }
        #expect(try names(in: folder) == ["a.svg"])
        rmdir(folder + "/a.svg")
    }
}
