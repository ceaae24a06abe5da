import Files
import Foundation

/// A temporary file without a name: only who holds its descriptor can reach it.
final class UnnamedFile: Sendable {
    /// For reading and writing.
    let descriptor: Int32

    /// Makes an empty file.
    init() throws {
        let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var name = Array("\(folder)/MixtureCourse-XXXXXX".utf8CString)
        descriptor = mkstemp(&name)
        guard descriptor >= 0 else { throw GradingError.noTemporaryFile(String(cString: strerror(errno))) }
        unlink(name)
    }

    deinit { close(descriptor) }

    /// Writes, and goes back to the beginning, for somebody to read.
    func fill(with bytes: [UInt8]) throws {
        try writeAll(bytes, to: descriptor, name: "a temporary file")
        lseek(descriptor, 0, SEEK_SET)
    }

    /// The first bytes of what stands in it; none if it cannot be read.
    func contents(limit: Int) -> [UInt8] {
        let size = min(max(0, Int(lseek(descriptor, 0, SEEK_END))), limit)
        return Array(unsafeUninitializedCapacity: size) { buffer, count in
            while count < size {
                let part = pread(descriptor, buffer.baseAddress.map { $0 + count }, size - count, off_t(count))
                if part < 0, errno == EINTR { continue }
                guard part > 0 else { break }
                count += part
            }
        }
    }
}
