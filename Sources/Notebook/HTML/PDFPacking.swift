import CZlib
import Foundation

/// Makes a PDF of Chromium's smaller without a change to what is in it.
///
/// The tags, by which a screen reader knows a heading from a paragraph, are one object for each letter of each formula: three quarters of
/// a lesson's file, since Chromium writes them uncompressed. Since PDF 1.5 objects may stand together in compressed streams, and so may the
/// table of their places; every reader of PDF of the last twenty years knows that. Pages, fonts' and pictures' streams, the catalogue and
/// the title stay where programs without such a reader find them.
enum PDFPacking {
    /// The same file, packed; as it is, if it is not built as Chromium builds them.
    static func packed(_ bytes: [UInt8]) -> [UInt8] {
        guard let file = PDFObjects(bytes), let result = write(file), result.count < bytes.count else { return bytes }
        return result
    }

    /// So many objects in one stream: a reader unpacks all of them for one.
    private static let most = 500

    private static func write(_ file: PDFObjects) -> [UInt8]? {
        var result = Array("%PDF-1.5\n%".utf8) + [0xD3, 0xEB, 0xE9, 0xE1, 0x0A]
        var places = [PDFPlace](repeating: .free, count: file.size)
        func add(_ number: Int, _ body: some Sequence<UInt8>) {
            if number >= places.count { places += [PDFPlace](repeating: .free, count: number + 1 - places.count) }
            places[number] = .offset(result.count)
            result += Array("\(number) 0 obj\n".utf8) + body + Array("\nendobj\n".utf8)
        }
        let small = file.numbers.filter(file.isSmall)
        let packed = Set(small)
        for number in file.numbers where !packed.contains(number) { add(number, file[number]) }
        for start in stride(from: 0, to: small.count, by: most) {
            let group = small[start..<min(start + most, small.count)]
            let number = places.count
            guard let stream = objectStream(group.map { ($0, file[$0]) }) else { return nil }
            add(number, stream)
            for (index, inside) in group.enumerated() { places[inside] = .inside(stream: number, index: index) }
        }
        let start = result.count
        let number = places.count
        places.append(.offset(start))
        guard let table = table(places, trailer: file.trailer) else { return nil }
        return result + Array("\(number) 0 obj\n".utf8) + table + Array("\nendobj\nstartxref\n\(start)\n%%EOF\n".utf8)
    }

    /// Objects in one stream: their numbers and places, and then they.
    private static func objectStream(_ objects: [(Int, ArraySlice<UInt8>)]) -> [UInt8]? {
        var (head, body) = ("", [UInt8]())
        for (number, object) in objects {
            head += "\(number) \(body.count) "
            body += object + [UInt8(ascii: "\n")]
        }
        return stream("/Type /ObjStm /N \(objects.count) /First \(head.utf8.count)", Array(head.utf8) + body)
    }

    /// Where each object is, in rows of seven bytes.
    private static func table(_ places: [PDFPlace], trailer: String) -> [UInt8]? {
        stream("/Type /XRef /Size \(places.count) /W [1 4 2] \(trailer)", places.flatMap(\.row))
    }

    private static func stream(_ entries: String, _ content: [UInt8]) -> [UInt8]? {
        var length = compressBound(uLong(content.count))
        var packed = [UInt8](repeating: 0, count: Int(length))
        guard compress2(&packed, &length, content, uLong(content.count), 9) == Z_OK else { return nil }
        return Array("<<\(entries) /Length \(length) /Filter /FlateDecode>>\nstream\n".utf8)
            + packed.prefix(Int(length))
            + Array("\nendstream".utf8)
    }
}

/// Where an object of a PDF stands.
private enum PDFPlace {
    case free
    case offset(Int)
    case inside(stream: Int, index: Int)

    /// The kind in one byte, a number in four, another in two.
    var row: [UInt8] {
        func big(_ number: Int, _ bytes: Int) -> [UInt8] {
            (0..<bytes).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
        }
        return switch self {
        case .free: [0] + big(0, 4) + big(65535, 2)
        case .offset(let place): [1] + big(place, 4) + big(0, 2)
        case .inside(let stream, let index): [2] + big(stream, 4) + big(index, 2)
        }
    }
}
