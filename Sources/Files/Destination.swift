#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How a path is written: the rule for every write of this package.
///
/// - A regular file, and a file that is not there yet, is replaced as a whole by a rename.
/// - A symbolic link is followed, and it stays: its target is replaced, or made if it is not there.
/// - Through a named pipe or a device bytes are written; it is never replaced.
/// - Anything else is refused, with its kind: a folder, a socket, links that lead in a circle.
enum Destination: Equatable {
    /// A file to be replaced or made, at the end of all links; with the permissions of the file that is there.
    case file(path: String, mode: mode_t?)
    /// A pipe or a device, to be written through.
    case stream(path: String)

    /// Finds out how a path is to be written.
    ///
    /// - Throws: `FileError` with the path as it was given.
    init(_ given: String) throws(FileError) {
        var path = given
        var links: Set<[UInt64]> = []
        while true {
            var status = stat()
            guard lstat(path, &status) == 0 else {
                guard errno == ENOENT, !path.hasSuffix("/"), !path.isEmpty else {
                    throw FileError(.write, given, code: errno)
                }
                self = .file(path: path, mode: nil)
                return
            }
            let kind = FileKind(mode: status.st_mode)
            switch kind {
            case .file:
                self = .file(path: path, mode: status.st_mode & 0o777)
                return
            case .pipe, .device:
                self = .stream(path: path)
                return
            case .link:
                guard links.insert([UInt64(status.st_dev), UInt64(status.st_ino)]).inserted else {
                    throw FileError(.write, given, code: ELOOP)
                }
                guard let target = Self.target(ofLink: path) else { throw FileError(.write, given, code: errno) }
                // /dev/stdout and its kind: the link's text is no path, but the system knows what is open there.
                if path.hasPrefix("/proc/") || path.hasPrefix("/dev/fd/") {
                    switch FileKind(of: path) {
                    case .file, .pipe, .device:
                        self = .stream(path: path)
                        return
                    case let other:
                        throw FileError(
                            .write, given, code: EINVAL, reason: "it is \((other ?? .other).rawValue)")
                    }
                }
                path = Paths.join(Paths.folder(of: path), target)
            case .folder: throw FileError(.write, given, code: EISDIR)
            case .socket, .other, .circle:
                throw FileError(.write, given, code: EINVAL, reason: "it is \(kind.rawValue)")
            }
        }
    }

    /// The text of a symbolic link.
    static func target(ofLink path: String) -> String? {
        var text = [CChar](repeating: 0, count: 4096)
        let count = readlink(path, &text, text.count)
        return count < 0 ? nil : String(decoding: text[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
