#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The bytes of a file, one buffer after another: memory use does not depend on the file's size.
struct ByteSource: ~Copyable {
    /// The path as the user gave it.
    let path: String
    /// The file's size, or nil for a pipe, whose size nobody knows.
    let totalBytes: Int?
    /// How many bytes have been read so far.
    private(set) var bytesRead = 0
    /// The latest bytes are the first ``count`` of these.
    private(set) var buffer = [UInt8](repeating: 0, count: 1 << 18)
    /// How many bytes the latest read brought; 0 at the end of the file.
    private(set) var count = 0

    private let descriptor: Int32
    /// Bytes in memory that take the place of a file's; nil once they have been handed over.
    private var given: [UInt8]?

    /// Opens the file.
    ///
    /// - Throws: ``DatasetError`` if there is no such file, it is a folder, or it may not be read.
    init(path: String) throws(DatasetError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ByteSource.error(errno, path: path) }
        var status = stat()
        let known = fstat(descriptor, &status) == 0
        guard !known || status.st_mode & S_IFMT != S_IFDIR else {
            close(descriptor)
            throw ByteSource.error(EISDIR, path: path)
        }
        self.path = path
        self.descriptor = descriptor
        given = nil
        totalBytes = known && status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
    }

    /// Bytes that are in memory already, under the name that errors give them.
    init(bytes: [UInt8], name: String) {
        path = name
        descriptor = -1
        given = bytes
        totalBytes = bytes.count
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Replaces the buffer's content by the bytes that follow.
    mutating func readNext() throws(DatasetError) {
        if descriptor < 0 {
            buffer = given ?? []
            given = nil
            count = buffer.count
            bytesRead += count
            return
        }
        let (received, failure) = buffer.withUnsafeMutableBytes { [descriptor] bytes in
            var received = 0
            // A pipe hands over its bytes in pieces; what is recognised by its first bytes needs them together.
            while received < bytes.count {
                let result = read(descriptor, bytes.baseAddress.map { $0 + received }, bytes.count - received)
                if result < 0 && errno == EINTR { continue }
                if result < 0 { return (received, errno) }
                if result == 0 { break }
                received += result
            }
            return (received, 0)
        }
        if failure != 0 { throw ByteSource.error(failure, path: path) }
        count = received
        bytesRead += received
    }

    /// Appends what stands from `position` on, up to the next byte that can mean something in CSV: a separator, a quotation
    /// mark, an end of a line or a NUL.
    ///
    /// - Returns: where that byte is; ``count`` if there is none.
    func appendText(from position: Int, to text: inout [UInt8], separators: (UInt8, UInt8)) -> Int {
        buffer.withUnsafeBufferPointer { bytes in
            var place = position
            if separators.0 == UInt8(ascii: ",") {
                search: while place < count {
                    switch bytes[place] {
                    case 45...255: place += 1  // digits and letters: with one comparison they are past
                    case 0, UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\""), UInt8(ascii: ","): break search
                    default: place += 1
                    }
                }
            } else {
                search: while place < count {
                    switch bytes[place] {
                    case separators.0, separators.1: break search
                    case 0, UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\""): break search
                    default: place += 1
                    }
                }
            }
            text.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[position..<place]))
            return place
        }
    }

    /// How many lines of the file have content; nil for a pipe. Reading starts at the beginning again.
    mutating func countLines() throws(DatasetError) -> Int? {
        guard totalBytes != nil, descriptor >= 0 else { return nil }
        func endsLine(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }
        var lines = 0
        var last = UInt8(ascii: "\n")
        repeat {
            try readNext()
            guard count > 0 else { break }
            if endsLine(last) && !endsLine(buffer[0]) { lines += 1 }
            last = buffer[count - 1]
            lines += buffer.withUnsafeBufferPointer { [count] bytes in
                var begun = 0
                for place in 1..<max(1, count) where endsLine(bytes[place - 1]) && !endsLine(bytes[place]) {
                    begun += 1
                }
                return begun
            }
        } while true
        guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw ByteSource.error(errno, path: path) }
        bytesRead = 0
        return lines
    }

    /// A system error in plain words.
    static func error(_ code: Int32, path: String) -> DatasetError {
        switch code {
        case ENOENT: DatasetError(file: path, problem: .missing)
        case EISDIR: DatasetError(file: path, problem: .isDirectory)
        case ELOOP: DatasetError(file: path, problem: .linkLoop)
        case EACCES, EPERM: DatasetError(file: path, problem: .noPermission)
        default: DatasetError(file: path, problem: .unreadable(String(cString: strerror(code))))
        }
    }
}
