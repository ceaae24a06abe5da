#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Clears away the temporaries that an earlier run of this program left in a folder, because it was killed or the power failed.
///
/// Only a file with a name of ours goes, that belongs to this user, and whose owner does not hold its lock any more; so runs that
/// are at work keep theirs, and so does everybody else. What cannot be cleared away stays: that is no reason to write nothing.
///
/// - Parameters:
///   - folder: the folder, with a slash at its end or empty.
///   - owner: of a report, the name that it gives its temporaries. Those of another report may still be needed to complete it.
func sweep(_ folder: String, owner: String = "") {
    for name in Paths.names(in: folder) ?? [] where isTemporary(name, owner: owner) {
        let path = Paths.join(folder, name)
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid() else {
            continue
        }
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { continue }
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { unlink(path) }
        close(descriptor)
    }
}

/// Whether a name is one that `Temporary` makes: without an owner, or for this one.
func isTemporary(_ name: String, owner: String = "") -> Bool {
    guard name.hasPrefix(Temporary.prefix), name.hasSuffix(Temporary.suffix) else { return false }
    let middle = name.dropFirst(Temporary.prefix.count).dropLast(Temporary.suffix.count)
    let number = middle.hasPrefix(owner) ? middle.dropFirst(owner.count) : middle
    return number.utf8.count == 16 && number.allSatisfy { "0123456789abcdef".contains($0) }
}
