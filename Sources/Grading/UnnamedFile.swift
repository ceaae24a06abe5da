import Files
import Foundation

/// A temporary file without a name: only who holds its descriptor can reach it.
final class UnnamedFile: Sendable {
    /// For reading and writing.
    let descriptor: Int32

    /// Makes an empty file.
    init() throws {
        var name = Array(
            FileManager.default.temporaryDirectory.appending(path: "MixtureCourse-XXXXXX").filePath.utf8CString)
        descriptor = mkstemp(&name)
        guard descriptor >= 0 else { throw GradingError.noTemporaryFile(String(cString: strerror(errno))) }
        unlink(name)
    }

    deinit { close(descriptor) }

    /// Writes, and goes back to the beginning, for somebody to read.
    func fill(with data: Data) throws {
        try writeAll(Array(data), to: descriptor, name: "a temporary file")
        lseek(descriptor, 0, SEEK_SET)
    }

    /// The first bytes of what stands in it; none if it cannot be read.
    func contents(limit: Int) -> Data {
        lseek(descriptor, 0, SEEK_SET)
        return (try? FileHandle(fileDescriptor: descriptor).read(upToCount: limit)) ?? Data()
    }
}
