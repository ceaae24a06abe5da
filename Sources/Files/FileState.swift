#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What the system knows of a file: which one it is, how long, when it was written last, and when anything about it was changed.
///
/// Two that are equal are of a file that nobody has touched in between: any program can set the time of writing, but the time of
/// change is the system's.
public struct FileState: Sendable, Equatable {
    /// The size in bytes.
    public let size: Int
    private let device: UInt64
    private let number: UInt64
    private let written: [Int]
    private let changed: [Int]

    /// The state of an open file; nil if the descriptor is none.
    public init?(_ descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        self.init(status)
    }

    /// The state of what lies at a path, a link not followed; nil if there is nothing.
    public init?(of path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    private init(_ status: stat) {
        size = Int(status.st_size)
        (device, number) = (UInt64(status.st_dev), UInt64(status.st_ino))
        #if canImport(Glibc)
            written = [status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
            changed = [status.st_ctim.tv_sec, status.st_ctim.tv_nsec]
        #else
            written = [status.st_mtimespec.tv_sec, status.st_mtimespec.tv_nsec]
            changed = [status.st_ctimespec.tv_sec, status.st_ctimespec.tv_nsec]
        #endif
    }

    /// Whether it is the same file, and nothing has been written into it. Its name and its permissions may have changed.
    public func hasTheBytes(of earlier: FileState) -> Bool {
        device == earlier.device && number == earlier.number && size == earlier.size && written == earlier.written
    }
}
