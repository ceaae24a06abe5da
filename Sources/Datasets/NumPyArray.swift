import Files

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A table of numbers in NumPy's own format, as `numpy.save` writes it: N × D numbers, or N of them for a single column.
///
/// Nothing but the head of the file is read when it is opened; numbers are read where they stand whenever they are wanted, so that a
/// file may be larger than memory. It is opened once, and remains the same file whatever happens to its name.
///
/// Source: NumPy, *NEP 1: a simple file format for NumPy arrays*.
public final class NumPyArray: Sendable {
    /// The file's path as the user gave it.
    public let path: String
    /// N, at least 1.
    public let rowCount: Int
    /// D, at least 1.
    public let columnCount: Int

    private let descriptor: Int32
    private let head: NumPyHead
    private let state: FileState

    /// Opens a file; nil if its first bytes are not those of a NumPy array.
    ///
    /// - Throws: ``DatasetError`` if the file cannot be read, holds something else than a table of numbers, or is cut short.
    public init?(path: String) throws(DatasetError) {
        // What is no regular file, such as a pipe, can be read once only, and is none of these.
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0, let state = FileState(descriptor) else {
            throw ByteSource.error(errno, path: path)
        }
        do {
            let start = Self.bytes(of: descriptor, at: 0, count: NumPyHead.longest)
            guard let head = try NumPyHead(start) else {
                close(descriptor)
                return nil
            }
            try head.check(fileSize: state.size)
            (self.path, self.descriptor, self.head, self.state) = (path, descriptor, head, state)
            (rowCount, columnCount) = (head.rows, head.columns)
        } catch {
            close(descriptor)
            throw DatasetError(file: path, problem: error)
        }
    }

    deinit { close(descriptor) }

    /// Copies the numbers of some rows, of the columns chosen, to `numbers`: in blocks of `block` rows, each of them column by
    /// column. What cannot be read any more is NaN, and ``check()`` says so.
    public func copy(
        _ rows: Range<Int>, columns: [Int], block: Int, to numbers: UnsafeMutablePointer<Double>
    ) {
        func place(_ row: Int, _ column: Int) -> Int {
            let distance = row - rows.lowerBound
            return (distance / block * columns.count + column) * block + distance % block
        }
        let width = head.type.size
        if head.isColumnByColumn {
            for (d, column) in columns.enumerated() {
                let start = head.length + (column * rowCount + rows.lowerBound) * width
                let bytes = Self.bytes(of: descriptor, at: start, count: rows.count * width)
                for row in rows { numbers[place(row, d)] = head.type.number(bytes, (row - rows.lowerBound) * width) }
            }
            return
        }
        let start = head.length + rows.lowerBound * columnCount * width
        let bytes = Self.bytes(of: descriptor, at: start, count: rows.count * columnCount * width)
        for row in rows {
            let first = (row - rows.lowerBound) * columnCount
            for (d, column) in columns.enumerated() {
                numbers[place(row, d)] = head.type.number(bytes, (first + column) * width)
            }
        }
    }

    /// - Throws: ``DatasetError`` if the file has changed since it was opened, or can no longer be read.
    public func check() throws(DatasetError) {
        let last = Self.bytes(of: descriptor, at: state.size - 1, count: 1)
        guard last.count == 1 else { throw DatasetError(file: path, problem: .rule("the file can no longer be read")) }
        guard FileState(descriptor)?.hasTheBytes(of: state) == true else {
            throw DatasetError(file: path, problem: .rule("the file was changed while it was read; run this again"))
        }
    }

    /// So many bytes from a place on, or fewer where the file ends or fails.
    private static func bytes(of descriptor: Int32, at start: Int, count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { room, received in
            guard let base = room.baseAddress else { return }
            while received < count {
                let result = pread(descriptor, base + received, count - received, off_t(start + received))
                if result < 0 && errno == EINTR { continue }
                guard result > 0 else { return }
                received += result
            }
        }
    }
}
