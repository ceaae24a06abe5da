import CFiles

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file that will take another one's place once it is complete: it lies beside the other, under a name by which this program's
/// temporaries are known, and goes away with this value if it was not needed, or when a signal ends the program.
///
/// While it is at work its owner holds a lock on it, which the system drops when the owner ends, however it ends: so that a later
/// run can tell what was left behind by one that was killed.
final class Temporary {
    /// The beginning of the names of this program's temporaries.
    static let prefix = ".MixtureCourse-"
    static let suffix = ".tmp"

    /// Where it lies.
    let path: String
    /// The file whose place it will take.
    let final: String
    private let descriptor: Int32
    private var isThere = true

    /// Creates the file and fills it, on the disk.
    ///
    /// - Parameters:
    ///   - final: the file whose place it will take.
    ///   - mode: its permissions; nil for those of new files.
    ///   - owner: the report that it belongs to, if to any: only that report's next run may clear it away.
    ///   - name: the file as the user knows it, for errors.
    ///   - bytes: what stands in it.
    /// - Throws: `FileError`; nothing is left behind.
    init(
        for final: String, mode: mode_t?, owner: String = "", name: String, bytes: [UInt8]
    ) throws(FileError) {
        self.final = final
        (path, descriptor) = try Self.create(in: Paths.folder(of: final), owner: owner, name: name)
        if let mode, fchmod(descriptor, mode) != 0 { throw FileError(.write, name, code: errno) }
        try writeAll(bytes, to: descriptor, name: name)
        // Some file systems report a full disk only here; some have nothing to wait for.
        guard fsync(descriptor) == 0 || [EINVAL, ENOTSUP].contains(errno) else {
            throw FileError(.write, name, code: errno)
        }
    }

    deinit {
        if isThere { Self.remove(path) }
        close(descriptor)
    }

    /// Takes the other file's place. Between `files_hold` and `files_release`.
    func takePlace(name: String) throws(FileError) {
        guard rename(path, final) == 0 else { throw FileError(.write, name, code: errno) }
        files_forget(path)
        isThere = false
    }

    private static func create(in folder: String, owner: String, name: String) throws(FileError) -> (String, Int32) {
        while true {
            let number = String(UInt64.random(in: .min ... .max) | 1 << 63, radix: 16)
            let path = "\(folder)\(prefix)\(owner)\(number)\(suffix)"
            files_hold()
            let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
            let code = errno
            let isNoted = descriptor < 0 || files_remember(path, Int32(files_file)) == 0
            files_release()
            if descriptor < 0 {
                if code == EEXIST { continue }
                throw FileError(.write, name, code: code)
            }
            // Whoever sweeps may have been faster; then this one is gone, or will be, and the next is tried.
            var status = stat()
            let isSwept =
                flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK
                || fstat(descriptor, &status) == 0 && status.st_nlink == 0
            if isNoted, !isSwept { return (path, descriptor) }
            remove(path)
            close(descriptor)
            if !isNoted { throw FileError(.write, name, code: ENOMEM) }
        }
    }

    private static func remove(_ path: String) {
        files_hold()
        unlink(path)
        files_forget(path)
        files_release()
    }
}

/// Writes all bytes to a file, a pipe or a device that is open.
///
/// - Parameters:
///   - bytes: the bytes.
///   - descriptor: where to.
///   - name: what it is, for errors.
/// - Throws: `FileError`.
public func writeAll(_ bytes: [UInt8], to descriptor: Int32, name: String) throws(FileError) {
    var written = 0
    while written < bytes.count {
        let count = bytes.withUnsafeBytes {
            files_write(descriptor, $0.baseAddress.map { $0 + written }, $0.count - written)
        }
        if count < 0 {
            if errno == EINTR { continue }
            throw FileError(.write, name, code: errno)
        }
        written += count
    }
}
