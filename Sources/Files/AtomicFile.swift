import CFiles

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Writes a file completely or not at all: into a temporary file in the same folder, which takes the old one's place once
/// everything has reached the disk. On failure (a full disk, a folder that is read-only) the old file is whole.
///
/// Links are followed, pipes and devices are written through, and anything else that is no regular file is refused. A pipe has to
/// be read by somebody: until then this waits, as any program does. A file that is replaced keeps its permissions.
///
/// - Throws: `FileError`.
public func writeAtomically(_ bytes: [UInt8], to path: String) throws(FileError) {
    switch try Destination(path) {
    case .stream(let stream): try writeThrough(bytes, to: stream, name: path)
    case .file(let final, let mode):
        sweep(Paths.folder(of: final))
        let temporary = try Temporary(for: final, mode: mode, name: path, bytes: bytes)
        files_hold()
        defer { files_release() }
        try temporary.takePlace(name: path)
    }
}

/// Finds out, before the work that comes first, whether a path is one that can be written to by `writeAtomically`, once its folder is
/// made.
///
/// - Throws: `FileError`, if something lies there that is never replaced, or if its folder is none, or closed to this user.
public func checkWritable(_ path: String) throws(FileError) {
    let folder = Paths.folder(of: path)
    let destination: Destination
    do {
        destination = try Destination(path)
    } catch {
        // Where a folder is due and something else lies, that is the better reason.
        if error.code == ENOTDIR { try checkFolder(folder) }
        throw error
    }
    guard case .file(let final, _) = destination else { return }
    do {
        let folder = Paths.folder(of: final)
        try checkFolder(folder.isEmpty ? "." : folder)
    } catch  where error.action == .write {
        throw FileError(.write, path, code: error.code)
    }
}

/// Writes text completely or not at all, in UTF-8.
///
/// - Throws: `FileError`.
public func writeAtomically(_ text: String, to path: String) throws(FileError) {
    try writeAtomically(Array(text.utf8), to: path)
}

/// Writes to a pipe or a device, which stays what it is.
func writeThrough(_ bytes: [UInt8], to path: String, name: String) throws(FileError) {
    // What is a file only through /dev/stdout and the like may hold what was printed before.
    let descriptor = open(path, O_WRONLY | O_NOCTTY | O_APPEND | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(.write, name, code: errno) }
    defer { close(descriptor) }
    try writeAll(bytes, to: descriptor, name: name)
}
