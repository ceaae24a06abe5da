import CFiles

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Makes a folder and those above it, so far as they are not there. A symbolic link is followed, to a folder that is made if it is
/// not there.
///
/// - Returns: the folders that were made, from the outermost on.
/// - Throws: `FileError`, which names the part of the path where something else lies. No folder is left of those that were made.
@discardableResult
public func makeFolder(_ path: String) throws(FileError) -> [String] {
    var made: [String] = []
    do throws(FileError) {
        for part in parts(of: path) where try makeOneFolder(part) { made.append(part) }
    } catch {
        removeEmpty(made)
        throw error
    }
    return made
}

/// The folders on a path, from the outermost to the path itself.
private func parts(of path: String) -> [String] {
    let ends = path.indices.filter {
        path[$0] == "/" && $0 != path.startIndex && path[path.index(before: $0)] != "/"
    }
    return ends.map { String(path[..<$0]) } + (path.hasSuffix("/") ? [] : [path])
}

/// Removes folders that were made for nothing, from the innermost on, as far as nobody has put anything there.
func removeEmpty(_ made: [String]) {
    for folder in made.reversed() { rmdir(folder) }
}

/// Makes a folder in one that is there; false if there is nothing to do.
private func makeOneFolder(_ path: String, links: Int = 0) throws(FileError) -> Bool {
    if FileKind(of: path) == .folder { return false }
    // Not while a signal ends the program: what is cleared away then must not come back.
    files_hold()
    let isMade = mkdir(path, 0o777) == 0
    let code = errno
    files_release()
    if isMade { return true }
    guard code == EEXIST else { throw FileError(.makeFolder, path, code: code) }
    switch FileKind(of: path) {
    case .folder: return false  // another run was faster
    case .link:
        guard links < 40, let target = Destination.target(ofLink: path) else {
            throw FileError(.makeFolder, path, code: ELOOP)
        }
        return try makeOneFolder(Paths.join(Paths.folder(of: path), target), links: links + 1)
    case let kind:
        throw FileError(.makeFolder, path, code: code, reason: "it is \((kind ?? .other).rawValue)")
    }
}

/// Finds out, before the work that comes first, whether files can be written into a folder: whether what lies on its path so far is
/// folders, and the last of them is open to this user. Nothing is made.
///
/// - Throws: `FileError`, which names the part of the path where something else lies.
public func checkFolder(_ path: String) throws(FileError) {
    var last: String?
    for part in parts(of: path) {
        guard try isFolderSoFar(part) else {
            try checkOpen(last ?? (path.hasPrefix("/") ? "/" : "."), as: part)
            return
        }
        last = part
    }
    try checkOpen(path, as: path)
}

/// Refuses a folder in which this user can make nothing.
private func checkOpen(_ folder: String, as name: String) throws(FileError) {
    guard faccessat(AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) != 0 else { return }
    throw FileError(name == folder ? .write : .makeFolder, name, code: errno)
}

/// Whether there is a folder; false if there is nothing yet, or a link to nothing.
private func isFolderSoFar(_ path: String) throws(FileError) -> Bool {
    var status = stat()
    if stat(path, &status) == 0 {
        let kind = FileKind(mode: status.st_mode)
        if kind == .folder { return true }
        throw FileError(.makeFolder, path, code: EEXIST, reason: "it is \(kind.rawValue)")
    }
    guard errno == ENOENT else { throw FileError(.makeFolder, path, code: errno) }
    return false
}

/// Makes the folder in which a file will lie, if it is not there.
///
/// - Returns: the folders that were made.
/// - Throws: `FileError`.
@discardableResult
public func makeFolder(of file: String) throws(FileError) -> [String] {
    let folder = Paths.folder(of: file)
    return folder.isEmpty ? [] : try makeFolder(folder)
}

/// The most bytes that are taken from what is no regular file: some devices and pipes never end.
private let mostFromPipe = 1 << 26

/// The content of a file that this program may have written before; nil if there is none. What is no regular file is not opened: a pipe
/// would wait for somebody to write into it.
public func readOwnFile(_ path: String) -> [UInt8]? {
    FileKind(of: path) == .file ? try? readFile(path) : nil
}

/// The whole content of a file.
///
/// - Throws: `FileError`, which names the file; also if it is a device or a pipe that does not end.
public func readFile(_ path: String) throws(FileError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { throw FileError(.read, path, code: errno) }
    defer { close(descriptor) }
    var status = stat()
    let isKnown = fstat(descriptor, &status) == 0
    let isRegular = isKnown && FileKind(mode: status.st_mode) == .file
    // What says how long it is, is read at once; then there is nothing left.
    var next = isKnown ? max(1 << 12, min(Int(status.st_size) + 1, 1 << 24)) : 1 << 16
    var bytes: [UInt8] = []
    while true {
        var code: Int32 = 0
        let part = [UInt8](unsafeUninitializedCapacity: next) { buffer, count in
            let got = read(descriptor, buffer.baseAddress, buffer.count)
            if got < 0 { code = errno }
            count = max(0, got)
        }
        if code == EINTR { continue }
        guard code == 0 else { throw FileError(.read, path, code: code) }
        if part.isEmpty { return bytes }
        if bytes.isEmpty { bytes = part } else { bytes += part }
        next = 1 << 16
        guard isRegular || bytes.count <= mostFromPipe else {
            let kind = FileKind(mode: status.st_mode).rawValue
            throw FileError(.read, path, code: EFBIG, reason: "it is \(kind) that has not ended after 64 MB")
        }
    }
}

/// The whole content of a text file.
///
/// - Throws: `FileError`, if it cannot be read or is not UTF-8.
public func readText(_ path: String) throws(FileError) -> String {
    guard let text = String(validating: try readFile(path), as: UTF8.self) else {
        throw FileError(.read, path, code: EILSEQ, reason: "it is no text in UTF-8")
    }
    return text
}

/// The names in a folder, except `.` and `..`, in alphabetical order.
///
/// - Throws: `FileError`, which names the folder.
public func names(inFolder path: String) throws(FileError) -> [String] {
    guard let names = Paths.names(in: path) else { throw FileError(.list, path, code: errno) }
    return names.sorted()
}

/// A lock on a folder, held as long as this value lives; the system drops it when the program ends, however it ends.
///
/// It is no file, so nothing is left lying about. On file systems that know no locks on folders (some network disks) there is
/// none, and two runs into one folder are then the user's own care.
final class FolderLock {
    private let descriptor: Int32
    /// The folder's identity, the same for each path that leads to it, and wherever it is moved on its disk.
    let identity: String

    /// Waits until nobody else holds the folder.
    init(_ folder: String) throws(FileError) {
        descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        var status = stat()
        guard descriptor >= 0, fstat(descriptor, &status) == 0 else {
            throw FileError(.write, folder, code: errno)
        }
        identity = "\(String(UInt64(status.st_ino), radix: 16))-"
        if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
            say("waiting for another run, which is writing into \(shown(folder))")
            while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
        }
    }

    deinit { close(descriptor) }

    /// Waits until what was renamed in the folder is on the disk.
    func synchronize() { fsync(descriptor) }
}
