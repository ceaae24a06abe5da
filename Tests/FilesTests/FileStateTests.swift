import Testing

@testable import Files

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite struct FileStateTests {
    @Test("A file that nobody touches keeps its state; one that is written or replaced does not, nor is it given back")
    func states() throws {
        let folder = try makeFolder()
        defer { removeFolder(folder) }
        let path = folder + "/array.npy"
        #expect(FileState(of: path) == nil && FileState(-1) == nil)
        try put("numbers", path)
        let descriptor = open(path, O_RDONLY)
        defer { close(descriptor) }
        let first = try #require(FileState(of: path))
        #expect(first.size == 7 && FileState(of: path) == first && FileState(descriptor) == first)

        // Another name, or other permissions: something about it has changed, but not its bytes.
        try #require(rename(path, path + ".old") == 0)
        usleep(20_000)
        try #require(chmod(path + ".old", 0o400) == 0)
        let renamed = try #require(FileState(descriptor))
        #expect(renamed != first && renamed.hasTheBytes(of: first))

        // The same bytes in another file, and other bytes of the same number with the time of the old ones.
        try put("numbers", path)
        let other = try #require(FileState(of: path))
        #expect(other != first && !other.hasTheBytes(of: first))
        var times = stat()
        try #require(stat(path, &times) == 0)
        usleep(20_000)
        try put("changed", path)
        #expect(try !#require(FileState(of: path)).hasTheBytes(of: other))
        #if canImport(Glibc)
            try #require(utimensat(AT_FDCWD, path, [times.st_atim, times.st_mtim], 0) == 0)
        #else
            try #require(utimensat(AT_FDCWD, path, [times.st_atimespec, times.st_mtimespec], 0) == 0)
        #endif
        #expect(FileState(of: path) != other)
    }

    @Test("A link has its own state, whatever it leads to")
    func links() throws {
        let folder = try makeFolder()
        defer { removeFolder(folder) }
        try put("program", folder + "/program")
        try #require(symlink("program", folder + "/link") == 0)
        let state = try #require(FileState(of: folder + "/link"))
        #expect(FileState(of: folder + "/program") != state)
        usleep(20_000)
        try put("another", folder + "/program")
        #expect(FileState(of: folder + "/link") == state)
    }
}
