import Foundation
import Testing

@testable import Datasets

/// NumPy's files, which these tests write by NumPy's own description of them.
@Suite struct NumPyArrayTests {
    static func file(
        _ numbers: [UInt8], type: String = "<f8", order: String = "False", shape: String, version: UInt8 = 1
    ) -> [UInt8] {
        var head = "{'descr': '\(type)', 'fortran_order': \(order), 'shape': \(shape), }"
        let fixed = version == 1 ? 10 : 12
        head += String(repeating: " ", count: 63 - (head.utf8.count + fixed) % 64) + "\n"
        let size = UInt32(head.utf8.count)
        let length = (0..<(version == 1 ? 2 : 4)).map { UInt8(truncatingIfNeeded: size >> UInt32(8 * $0)) }
        return [0x93] + Array("NUMPY".utf8) + [version, 0] + length + Array(head.utf8) + numbers
    }

    static func bytes<Number>(_ numbers: [Number]) -> [UInt8] { numbers.withUnsafeBytes { Array($0) } }

    private func read(_ bytes: [UInt8], columns: [Int], rows: Range<Int>? = nil) throws -> [Double] {
        try TemporaryFile.with(bytes) { path in
            let array = try #require(try NumPyArray(path: path))
            let rows = rows ?? 0..<array.rowCount
            var found = [Double](repeating: -1, count: rows.count * columns.count)
            array.copy(rows, columns: columns, block: rows.count, to: &found)
            try array.check()
            return found
        }
    }

    /// Whether a file is something else than a NumPy array.
    private func isNone(_ path: String) throws -> Bool { try NumPyArray(path: path).map(\.rowCount) == nil }

    @Test func `both orders, every type and every version give the same columns`() throws {
        // Three rows of two columns.
        let byRows: [Int8] = [1, 10, 2, 20, 3, 30]
        let byColumns: [Int8] = [1, 2, 3, 10, 20, 30]
        for version in [UInt8](1...3) {
            for (order, numbers) in [("False", byRows), ("True", byColumns)] {
                let kinds: [(String, [UInt8])] = [
                    ("<f8", Self.bytes(numbers.map(Double.init))), ("<f4", Self.bytes(numbers.map(Float.init))),
                    ("<i8", Self.bytes(numbers.map(Int64.init))), ("<i4", Self.bytes(numbers.map(Int32.init))),
                    ("|u1", Self.bytes(numbers.map(UInt8.init))),
                ]
                for (type, bytes) in kinds {
                    let file = Self.file(bytes, type: type, order: order, shape: "(3, 2)", version: version)
                    #expect(try read(file, columns: [0, 1]) == [1, 2, 3, 10, 20, 30], "\(type), order \(order)")
                    #expect(try read(file, columns: [1]) == [10, 20, 30])
                    #expect(try read(file, columns: [1, 0], rows: 1..<3) == [20, 30, 2, 3])
                }
            }
        }
        let single = Self.file(Self.bytes([0.5, -2]), shape: "(2,)")
        #expect(try read(single, columns: [0]) == [0.5, -2])
        #expect(try read(Self.file([0, 1], type: "|b1", shape: "(2,)"), columns: [0]) == [0, 1])
    }

    @Test func `rows come in blocks`() throws {
        let file = Self.file(Self.bytes((0..<10).map(Double.init)), shape: "(5, 2)")
        try TemporaryFile.with(file) { path in
            let array = try #require(try NumPyArray(path: path))
            var found = [Double](repeating: -1, count: 12)
            array.copy(0..<5, columns: [0, 1], block: 2, to: &found)
            #expect(found == [0, 2, 1, 3, 4, 6, 5, 7, 8, -1, 9, -1])
        }
    }

    @Test(arguments: [
        ("(3, 3)", "<f8", "cut short"), ("(9223372036854775807, 2)", "<f8", "cut short"),
        ("(4611686018427387904, 1)", "<f8", "cut short"), ("(0, 2)", "<f8", "no rows"), ("(1, 2, 1)", "<f8", "shape"),
        ("()", "<f8", "shape"), ("(-1, 2)", "<f8", "no rows"), ("(99999999999999999999, 2)", "<f8", "shape"),
        ("(x, 2)", "<f8", "shape"), ("2", "<f8", "broken"), ("(1, 2)", ">f8", "astype"), ("(1, 2)", "<c16", "astype"),
        ("(1, 2)", "|O", "astype"),
    ])
    func `what is no table of numbers is refused with the rule`(shape: String, type: String, rule: String) throws {
        try TemporaryFile.with(Self.file(Self.bytes([1.0, 2]), type: type, shape: shape)) { path in
            let error = #expect(throws: DatasetError.self) { try NumPyArray(path: path) }
            let message = "\(try #require(error))"
            #expect(message.contains(rule), "\(message)")
        }
    }

    @Test func `a file that is damaged anywhere is read or refused`() throws {
        let whole = Self.file(Self.bytes((0..<6).map(Double.init)), shape: "(3, 2)")
        for length in 0..<whole.count where length < 140 || length % 7 == 0 {
            try TemporaryFile.with(Array(whole[..<length])) { path in
                if length < 6 {
                    let isOther = try isNone(path)
                    #expect(isOther)
                } else {
                    #expect(throws: DatasetError.self, "\(length) bytes") { try NumPyArray(path: path) }
                }
            }
        }
    }

    @Test func `what is something else is left to others`() throws {
        let isOther = try TemporaryFile.with(Array("a,b\n1,2\n".utf8)) { try isNone($0) }
        #expect(isOther)
        #expect(try isNone("/no/such/file"))
        #expect(try isNone("/"))
    }

    @Test func `a file that is cut short or changed later gives no numbers, and says so`() throws {
        let file = Self.file(Self.bytes((0..<6).map(Double.init)), shape: "(3, 2)")
        try TemporaryFile.with(file) { path in
            let array = try #require(try NumPyArray(path: path))
            try array.check()
            let handle = try FileHandle(forWritingTo: URL(filePath: path))
            try handle.truncate(atOffset: UInt64(file.count - 8))
            try handle.close()
            var found = [Double](repeating: -1, count: 6)
            array.copy(0..<3, columns: [0, 1], block: 3, to: &found)
            #expect(Array(found.prefix(5)) == [0, 2, 4, 1, 3] && found[5].isNaN)
            let error = #expect(throws: DatasetError.self) { try array.check() }
            let message = "\(try #require(error))"
            #expect(message.contains("read"))
        }
    }
}
