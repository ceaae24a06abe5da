import CFiles

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A folder of its own below the system's folder for temporary files, with whatever is put into it. It goes away with this value,
/// when a signal ends the program, or, after SIGKILL, when the next one is made.
public final class ScratchFolder: Sendable {
    /// Where it is.
    public let path: String
    private let lock: Int32

    /// Makes an empty folder that nobody else can list.
    ///
    /// - Parameter owner: whose it is, if not this user's.
    /// - Throws: `FileError`.
    public init(for owner: uid_t? = nil) throws(FileError) {
        var place = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        if let real = realpath(place, nil) {
            place = String(cString: real)
            free(real)
        }
        sweepTrees(in: place + "/")
        (path, lock) = try makeLockedTree(in: place + "/", hidden: false, mode: 0o711, kind: Int32(files_tree))
        chmod(path, 0o711)
        if let owner { chown(path, owner, owner) }
    }

    deinit {
        files_hold()
        removeTree(path)
        files_forget(path)
        files_release()
        if lock >= 0 { close(lock) }
    }
}

/// Makes a temporary folder that is remembered for signals, and locks it, so that nobody sweeps it away while it is at work.
///
/// Whoever sweeps may see the folder between its making and its locking. Then it is gone, or will be, and another is made.
///
/// - Parameters:
///   - folder: where, with a slash at its end or empty.
///   - hidden: whether its name begins with a dot.
///   - mode: its permissions.
///   - kind: what a signal removes: `files_tree` or `files_folder`.
///   - name: the folder as the user knows it, for errors; nil for its own path.
/// - Throws: `FileError`; nothing is left behind.
func makeLockedTree(
    in folder: String, hidden: Bool = true, mode: mode_t, kind: Int32, name: String? = nil
) throws(FileError) -> (path: String, lock: Int32) {
    while true {
        let path = temporaryTree(in: folder, hidden: hidden)
        files_hold()
        let isMade = mkdir(path, mode) == 0
        let code = errno
        let isNoted = isMade && files_remember(path, kind) == 0
        files_release()
        guard isMade else {
            if code == EEXIST { continue }
            throw FileError(.makeFolder, name ?? path, code: code)
        }
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        let isSwept = descriptor < 0 ? errno == ENOENT : !holds(path, descriptor)
        let reason = errno
        if descriptor >= 0, isNoted, !isSwept { return (path, descriptor) }
        files_hold()
        removeTree(path)
        files_forget(path)
        files_release()
        if descriptor >= 0 { close(descriptor) }
        if !isSwept { throw FileError(.makeFolder, name ?? path, code: isNoted ? reason : ENOMEM) }
    }
}

/// Takes the lock on a folder that is open, and tells whether the folder is still there. A file system without locks has no sweeping
/// either.
private func holds(_ path: String, _ descriptor: Int32) -> Bool {
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK { return false }
    var (opened, named) = (stat(), stat())
    return fstat(descriptor, &opened) == 0 && lstat(path, &named) == 0 && opened.st_dev == named.st_dev
        && opened.st_ino == named.st_ino
}

/// The name of a temporary folder.
func temporaryTree(in folder: String, hidden: Bool = true) -> String {
    let number = String(UInt64.random(in: .min ... .max) | 1 << 63, radix: 16)
    return "\(folder)\(Temporary.prefix.dropFirst(hidden ? 0 : 1))\(number)\(treeSuffix)"
}

private let treeSuffix = ".folder"

/// Clears away the temporary folders that an earlier run left behind, by the same rules as `sweep`.
func sweepTrees(in folder: String) {
    for name in Paths.names(in: folder) ?? [] where name.hasSuffix(treeSuffix) {
        let dotted = name.hasPrefix(".") ? name : "." + name
        guard isTemporary(dotted.dropLast(treeSuffix.count) + Temporary.suffix) else { continue }
        let path = Paths.join(folder, name)
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR,
            [geteuid(), scratchUser].contains(status.st_uid)
        else { continue }
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { continue }
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { removeTree(path) }
        close(descriptor)
    }
}

/// Submissions run as this user (nobody), and own their folders, if the superuser grades.
private let scratchUser: uid_t = geteuid() == 0 ? 65_534 : geteuid()

/// Removes a folder with all that is in it, or a file. Links are removed and never followed, even if somebody puts them there while
/// this is at work.
///
/// - Parameters:
///   - name: a path, or a name in a folder that is open.
///   - parent: that folder's descriptor.
public func removeTree(_ name: String, in parent: Int32 = AT_FDCWD) {
    if unlinkat(parent, name, 0) == 0 || errno == ENOENT { return }
    let descriptor = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    // Nothing can be taken out of a folder that its owner has closed to writing.
    if descriptor >= 0 { fchmod(descriptor, 0o700) }
    if descriptor >= 0, let stream = fdopendir(descriptor) {
        var names: [String] = []
        while let entry = readdir(stream) {
            withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 1024) { names.append(String(cString: $0)) }
            }
        }
        for name in names where name != "." && name != ".." { removeTree(name, in: descriptor) }
        closedir(stream)
    } else if descriptor >= 0 {
        close(descriptor)
    }
    unlinkat(parent, name, AT_REMOVEDIR)
}
