import Testing

@testable import Files

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite struct ReadingTests {
    @Test("A device that never ends is given up, with its name and the reason")
    func endless() throws {
        let reason = "it is a device that has not ended after 64 MB"
        #expect(throws: FileError(.read, "/dev/zero", code: EFBIG, reason: reason)) { try readFile("/dev/zero") }
        #expect(try readFile("/dev/null") == [])
    }

    @Test("Of its own earlier files the program opens regular ones only: it does not wait for who writes into a pipe")
    func own() throws {
        let folder = try makeFolder()
        defer { removeFolder(folder) }
        mkfifo("\(folder)/results.json", 0o600)
        #expect(readOwnFile("\(folder)/results.json") == nil)
        #expect(readOwnFile("\(folder)/nothing") == nil && readOwnFile(folder) == nil)
        try put("mine", "\(folder)/file")
        #expect(readOwnFile("\(folder)/file") == Array("mine".utf8))
    }
}
