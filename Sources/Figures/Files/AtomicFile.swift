#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Why a file could not be written. Files that existed before are as they were.
public struct FileWriteError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file that should have been written.
    public let path: String
    /// The system's reason, for example "No space left on device".
    public let reason: String
    /// The system's number of the reason (`errno`).
    public let code: Int32

    init(path: String, code: Int32) {
        self.path = path
        self.code = code
        reason = strerror(code).map { String(cString: $0) } ?? "error \(code)"
    }

    /// The path and the reason.
    public var description: String { "cannot write \(path): \(reason)" }
}

/// Writes a file completely or not at all: into a temporary file in the same folder, which takes the old one's place once
/// everything has reached the disk. On failure (a full disk, a folder that is read-only) the old file is whole.
///
/// - Throws: `FileWriteError`.
public func writeAtomically(_ bytes: [UInt8], to path: String) throws(FileWriteError) {
    try writeAtomically([(path: path, bytes: bytes)])
}

/// Writes several files so that all are complete on the disk before the first old one is replaced: a full disk leaves them all
/// as they were. (Between the renames themselves a crash can still leave some old and some new files.)
///
/// - Throws: `FileWriteError`.
public func writeAtomically(_ files: [(path: String, bytes: [UInt8])]) throws(FileWriteError) {
    var staged: [(temporary: String, path: String)] = []
    var finished = 0
    defer { for file in staged.dropFirst(finished) { unlink(file.temporary) } }
    for file in files {
        let temporary = try createTemporary(for: file.path) { (descriptor) throws(FileWriteError) in
            try write(file.bytes, to: descriptor, path: file.path)
        }
        staged.append((temporary, file.path))
    }
    // A folder cannot be replaced by a file: better found now than after half of the renames.
    for file in staged where isFolder(file.path) { throw FileWriteError(path: file.path, code: EISDIR) }
    for file in staged {
        guard rename(file.temporary, file.path) == 0 else { throw FileWriteError(path: file.path, code: errno) }
        finished += 1
    }
}

private func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}

/// Creates a new file beside `path`, has it filled, and closes it; removes it again if that fails.
private func createTemporary(
    for path: String, fill: (Int32) throws(FileWriteError) -> Void
) throws(FileWriteError) -> String {
    let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    var attempt = 0
    while true {
        let temporary = "\(path[..<slash]).\(path[slash...]).\(getpid())-\(attempt).tmp"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        if descriptor < 0 {
            guard errno == EEXIST, attempt < 1000 else { throw FileWriteError(path: path, code: errno) }
            attempt += 1
            continue
        }
        do throws(FileWriteError) {
            try fill(descriptor)
        } catch {
            close(descriptor)
            unlink(temporary)
            throw error
        }
        // Some file systems report a full disk only here.
        guard close(descriptor) == 0 else {
            let code = errno
            unlink(temporary)
            throw FileWriteError(path: path, code: code)
        }
        return temporary
    }
}

/// Writes all bytes and waits until they are on the disk.
private func write(_ bytes: [UInt8], to descriptor: Int32, path: String) throws(FileWriteError) {
    var rest = bytes[...]
    while !rest.isEmpty {
        let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        if count < 0 {
            if errno == EINTR { continue }
            throw FileWriteError(path: path, code: errno)
        }
        rest = rest.dropFirst(count)
    }
    guard fsync(descriptor) == 0 else { throw FileWriteError(path: path, code: errno) }
}
