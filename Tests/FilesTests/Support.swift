import Testing

@testable import Files

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A new empty folder, removed by the caller. Whatever these tests make or break lies in such a folder.
func makeFolder() throws -> String {
    var template = Array("/tmp/files-tests-XXXXXX".utf8CString)
    return String(cString: try #require(mkdtemp(&template)))
}

/// Removes a folder that `makeFolder` made.
func removeFolder(_ folder: String) {
    guard folder.hasPrefix("/tmp/files-tests-") else { return }
    removeTree(folder)
}

/// The bytes of a file.
func contents(of path: String) throws -> [UInt8] { try readFile(path) }

/// The text of a file.
func text(of path: String) throws -> String { String(decoding: try readFile(path), as: UTF8.self) }

/// The names in a folder, hidden ones too, sorted.
func names(in folder: String) throws -> [String] { try Files.names(inFolder: folder) }

/// Writes a file, without what is tested here.
func put(_ text: String, _ path: String) throws {
    let file = try #require(fopen(path, "w"), "\(path)")
    fputs(text, file)
    fclose(file)
}

/// What lies at a path, links not followed.
func kind(_ path: String) -> FileKind? {
    var status = stat()
    return lstat(path, &status) == 0 ? FileKind(mode: status.st_mode) : nil
}

/// The number of a file, which it loses when it is replaced.
func number(_ path: String) throws -> UInt64 {
    var status = stat()
    try #require(lstat(path, &status) == 0)
    return UInt64(status.st_ino)
}

/// A device in a folder of the test's own; nil where that is not permitted.
func makeDevice(_ minor: UInt32, at path: String) -> String? {
    #if canImport(Glibc)
        return mknod(path, S_IFCHR | 0o666, dev_t(1 << 8 | minor)) == 0
            && fopen(path, "w").map { fclose($0) } != nil
            ? path : nil
    #else
        return nil
    #endif
}

/// The devices that take everything, and nothing: /dev/null's and /dev/full's numbers.
let (nullDevice, fullDevice): (UInt32, UInt32) = (3, 7)

/// Reports that differ in every file, so that a mixture of two is seen at once.
func report(_ letter: Character, files: Int = 12, size: Int = 3000) -> [ReportFolder.File] {
    let bytes = Array(String(repeating: letter, count: size).utf8)
    return (0..<files).map { ("figures/\($0).svg", bytes) } + [("README.md", bytes), ("results.json", bytes)]
}

/// The letter of which all files of a report are made; nil if they are of several runs, or not complete.
func letter(in folder: String, files: Int = 12, size: Int = 3000) throws -> Character? {
    let texts = try report("?", files: files).map { try text(of: "\(folder)/\($0.path)") }
    let letters = Set(texts.joined())
    return letters.count == 1 && texts.allSatisfy { $0.utf8.count == size } ? letters.first : nil
}

/// The names of temporaries and journals in a report's folders.
func rubbish(in folder: String) throws -> [String] {
    try (names(in: folder) + names(in: folder + "/figures")).filter { $0.hasPrefix(".") }
}

#if canImport(Glibc)
    let fileSizeLimit = __rlimit_resource_t(UInt32(RLIMIT_FSIZE.rawValue))
#else
    let fileSizeLimit = RLIMIT_FSIZE
#endif
