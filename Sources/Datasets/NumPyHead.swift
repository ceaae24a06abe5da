/// What stands at the beginning of a NumPy file: `{'descr': '<f8', 'fortran_order': False, 'shape': (272, 2), }`.
struct NumPyHead {
    /// How a number is stored.
    enum NumberType: String, CaseIterable {
        case double = "<f8"
        case float = "<f4"
        case long = "<i8"
        case int = "<i4"
        case byte = "|u1"
        case truth = "|b1"

        /// Bytes.
        var size: Int {
            switch self {
            case .double, .long: 8
            case .float, .int: 4
            case .byte, .truth: 1
            }
        }

        /// The number that begins at a byte; NaN if the bytes end before it does.
        func number(_ bytes: [UInt8], _ place: Int) -> Double {
            guard place + size <= bytes.count else { return .nan }
            return bytes.withUnsafeBytes { bytes in
                switch self {
                case .double: bytes.loadUnaligned(fromByteOffset: place, as: Double.self)
                case .float: Double(bytes.loadUnaligned(fromByteOffset: place, as: Float.self))
                case .long: Double(bytes.loadUnaligned(fromByteOffset: place, as: Int64.self))
                case .int: Double(bytes.loadUnaligned(fromByteOffset: place, as: Int32.self))
                case .byte, .truth: Double(bytes[place])
                }
            }
        }
    }

    /// The head is within so many bytes.
    static let longest = 1 << 16

    let type: NumberType
    let isColumnByColumn: Bool
    let rows: Int
    let columns: Int
    /// Where the numbers begin.
    let length: Int

    /// Reads the beginning of a file; nil if it is none of NumPy's.
    init?(_ bytes: [UInt8]) throws(DatasetError.Problem) {
        guard bytes.starts(with: [0x93] + Array("NUMPY".utf8)) else { return nil }
        let wide = bytes.count > 6 && bytes[6] >= 2
        let begin = wide ? 12 : 10
        guard bytes.count >= begin else { throw Self.broken }
        let size = bytes[8..<begin].reversed().reduce(0) { $0 << 8 | Int($1) }
        guard size <= bytes.count - begin else { throw Self.broken }
        length = begin + size
        let text = String(decoding: bytes[begin..<length], as: UTF8.self)
        guard let order = Self.value(of: "fortran_order", in: text)?.prefix(while: \.isLetter),
            let shape = Self.value(of: "shape", in: text), let end = shape.firstIndex(of: ")"), shape.first == "(",
            let description = Self.value(of: "descr", in: text)
        else { throw Self.broken }
        let quoted = description.dropFirst().prefix { $0 != "'" }
        guard description.first == "'", let type = NumberType(rawValue: String(quoted)) else {
            throw .rule(
                "the array holds something else than numbers of 8 or 4 bytes with the lowest byte first; "
                    + "array.astype('<f8') makes such numbers")
        }
        let sizes = shape[..<end].dropFirst().split(separator: ",").map { Int($0.filter { $0 != " " }) }
        guard (1...2).contains(sizes.count), let rows = sizes[0], let columns = sizes.count == 1 ? 1 : sizes[1] else {
            throw .rule(
                "the array has the shape \(String(shape[...end].prefix(40))), where N rows by D columns are due")
        }
        guard rows > 0, columns > 0 else { throw .noRows }
        (self.type, self.rows, self.columns) = (type, rows, columns)
        isColumnByColumn = order == "True"
    }

    /// - Throws: the rule that a file of this size breaks.
    func check(fileSize: Int) throws(DatasetError.Problem) {
        let (numbers, isTooMany) = rows.multipliedReportingOverflow(by: columns)
        let (bytes, isTooLarge) = numbers.multipliedReportingOverflow(by: type.size)
        guard !isTooMany, !isTooLarge, bytes <= fileSize - length else {
            throw .rule(
                "the file is cut short: its \(rows) × \(columns) numbers do not fit into its \(fileSize) bytes")
        }
    }

    private static var broken: DatasetError.Problem { .rule("the head of the NumPy array is broken") }

    /// What follows a key of the head.
    private static func value(of key: String, in text: String) -> Substring? {
        guard let range = text.firstRange(of: "'\(key)':") else { return nil }
        return text[range.upperBound...].drop { $0 == " " }
    }
}
