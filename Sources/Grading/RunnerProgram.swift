import Foundation
import Synchronization

/// The compiled program that holds a student's functions, put back if their code has removed or changed it.
public final class RunnerProgram: Sendable {
    private let url: URL
    private let bytes: Data
    private let seal: Mutex<Seal>

    /// Takes the program at a path into care.
    ///
    /// - Throws: if it cannot be read.
    public init(at url: URL) throws {
        self.url = url
        bytes = try Data(contentsOf: url)
        seal = Mutex(Seal(of: url))
    }

    /// The path of the program, as it was built.
    func intact() throws -> String {
        try seal.withLock { seal in
            guard seal != Seal(of: url) || seal == Seal() else { return url.filePath }
            try? FileManager.default.removeItem(at: url)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try bytes.write(to: url)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: url.filePath)
            seal = Seal(of: url)
            return url.filePath
        }
    }

    /// What a file cannot keep when it is replaced or written to: the system sets the time of change, and no program can.
    private struct Seal: Equatable {
        var file: UInt64 = 0
        var size: Int64 = 0
        var seconds = 0
        var nanoseconds = 0

        init() {}

        init(of url: URL) {
            var status = stat()
            guard lstat(url.filePath, &status) == 0 else { return }
            file = UInt64(status.st_ino)
            size = Int64(status.st_size)
            #if canImport(Glibc)
                (seconds, nanoseconds) = (status.st_ctim.tv_sec, status.st_ctim.tv_nsec)
            #else
                (seconds, nanoseconds) = (status.st_ctimespec.tv_sec, status.st_ctimespec.tv_nsec)
            #endif
        }
    }
}
