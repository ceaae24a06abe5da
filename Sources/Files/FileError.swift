#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Why a file or a folder could not be read, written or made: which one, and the system's reason. Files that existed before are
/// as they were.
public struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What should have happened to it.
    public enum Action: String, Sendable {
        /// A file was to be read.
        case read
        /// The names in a folder were to be listed.
        case list
        /// A file was to be written.
        case write
        /// A folder was to be made.
        case makeFolder = "make the folder"
        /// A file or a folder was to be replaced or removed.
        case replace
        /// A program was to be started.
        case run = "start"
    }

    /// What should have happened.
    public let action: Action
    /// The file or folder.
    public let path: String
    /// The reason: the system's, for example "No space left on device", or the rule that was broken.
    public let reason: String
    /// The system's number of the reason (`errno`).
    public let code: Int32

    /// - Parameters:
    ///   - action: what should have happened.
    ///   - path: the file or folder.
    ///   - code: the system's number.
    ///   - reason: the words, if the system's are not clear enough.
    public init(_ action: Action, _ path: String, code: Int32, reason: String? = nil) {
        self.action = action
        self.path = path
        self.code = code
        self.reason = reason ?? Self.words(code)
    }

    /// What should have happened, the path and the reason.
    public var description: String { "cannot \(action.rawValue) \(shown(path)): \(reason)" }

    private static func words(_ code: Int32) -> String {
        switch code {
        case ELOOP: "its symbolic links lead in a circle"
        case EISDIR: "it is a folder"
        default: strerror(code).map { String(cString: $0) } ?? "error \(code)"
        }
    }
}

/// What a name in the file system stands for.
public enum FileKind: String, Sendable {
    /// A file with bytes in it.
    case file = "a file"
    /// A folder.
    case folder = "a folder"
    /// A symbolic link; where links are followed, one whose target is not there.
    case link = "a symbolic link to something that is not there"
    /// Symbolic links that never arrive.
    case circle = "a symbolic link that leads in a circle"
    /// A named pipe.
    case pipe = "a named pipe"
    /// A device: a terminal, a disk.
    case device = "a device"
    /// A socket.
    case socket = "a socket"
    /// Something else.
    case other = "no regular file"

    /// What a path leads to, links followed; nil if there is nothing, or nothing that can be reached.
    ///
    /// - Parameter path: the path.
    public init?(of path: String) {
        var status = stat()
        if stat(path, &status) == 0 {
            self = Self(mode: status.st_mode)
        } else if errno == ELOOP {
            self = .circle
        } else if lstat(path, &status) == 0 {
            self = Self(mode: status.st_mode)
        } else {
            return nil
        }
    }

    init(mode: mode_t) {
        self =
            switch mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .folder
            case S_IFLNK: .link
            case S_IFIFO: .pipe
            case S_IFCHR, S_IFBLK: .device
            case S_IFSOCK: .socket
            default: .other
            }
    }
}
