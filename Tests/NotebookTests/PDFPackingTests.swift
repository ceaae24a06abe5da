import CZlib
import Foundation
import Testing

@testable import Notebook

struct PDFPackingTests {
    /// A file as Chromium builds it: objects, streams among them, and one plain table.
    private static func file(_ objects: [String]) -> [UInt8] {
        var text = "%PDF-1.4\n%ÓëéÁ\n"
        var table = "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
        for (place, object) in objects.enumerated() {
            let offset = String(text.utf8.count)
            table += String(repeating: "0", count: 10 - offset.count) + offset + " 00000 n \n"
            text += "\(place + 1) 0 obj\n\(object)\nendobj\n"
        }
        let start = text.utf8.count
        return Array(
            (text + table
                + "trailer\n<</Size \(objects.count + 1)\n/Root 2 0 R\n/Info 1 0 R>>\nstartxref\n\(start)\n%%EOF\n")
                .utf8)
    }

    private static let objects: [String] =
        [
            "<</Title (A lesson)>>", "<</Type /Catalog\n/Pages 3 0 R\n/StructTreeRoot 6 0 R>>",
            "<</Type /Pages\n/Kids [4 0 R]\n/Count 1>>",
            "<</Type /Page\n/Parent 3 0 R\n/MediaBox [0 0 612 792]\n/Contents 5 0 R>>",
            "<</Length 19>> stream\nBT (endobj 1 0 obj)\nendstream", "<</Type /StructTreeRoot\n/K 7 0 R>>",
        ]
        + (7..<700).map { "<</Type /StructElem\n/S /NonStruct\n/P \($0 - 1) 0 R\n/K \($0 + 1) 0 R>>" }

    @Test("Every object of a packed file is where its table says, and what it was")
    func packed() throws {
        let whole = Self.file(Self.objects)
        let packed = PDFPacking.packed(whole)
        #expect(packed.count * 4 < whole.count)
        let reader = try #require(Reader(packed))
        for (place, object) in Self.objects.enumerated() {
            #expect(try reader.object(place + 1) == object)
        }
        // What simple programs look for is not packed.
        let plain = String(decoding: packed, as: UTF8.self)
        for part in ["/Title (A lesson)", "/StructTreeRoot", "/MediaBox [0 0 612 792]"] {
            #expect(plain.contains(part))
        }
        #expect(PDFPacking.packed(whole) == packed)
    }

    @Test(
        "A file of another build stays as it is",
        arguments: ["", "%PDF-1.4\nstartxref\n999\n%%EOF\n", "%PDF-1.4\nxref\n0 9\nstartxref\n9\n%%EOF\n"])
    func others(text: String) { #expect(PDFPacking.packed(Array(text.utf8)) == Array(text.utf8)) }

    @Test("A damaged file stays as it is, or is one that can be read")
    func damaged() throws {
        let whole = Self.file(Self.objects)
        for place in stride(from: 0, to: whole.count, by: 4999) {
            let cut = Array(whole[..<place])
            #expect(PDFPacking.packed(cut) == cut)
            var changed = whole
            changed[place] = UInt8(ascii: "7")
            let packed = PDFPacking.packed(changed)
            if packed != changed { #expect(Reader(packed) != nil) }
        }
        #expect(PDFPacking.packed(PDFPacking.packed(whole)) == PDFPacking.packed(whole))
    }

    /// Reads what it needs of a packed file, by the standard's words (ISO 32000-1, 7.5.7 and 7.5.8) and not by the writer's.
    private struct Reader {
        let bytes: [UInt8]
        var rows: [[Int]] = []

        init?(_ bytes: [UInt8]) {
            self.bytes = bytes
            let end = String(decoding: bytes.suffix(40), as: UTF8.self)
            guard let start = end.firstMatch(of: /startxref\n(\d+)\n%%EOF/).flatMap({ Int($0.1) }),
                let table = Self.unpacked(bytes[start...]), table.dictionary.contains("/Type /XRef /Size"),
                table.dictionary.contains("/Root 2 0 R"), table.content.count % 7 == 0
            else { return nil }
            rows = stride(from: 0, to: table.content.count, by: 7).map { row in
                let fields = table.content[row..<(row + 7)].map(Int.init)
                return [fields[0], fields[1...4].reduce(0) { 256 * $0 + $1 }, 256 * fields[5] + fields[6]]
            }
        }

        /// An object's text.
        func object(_ number: Int) throws -> String {
            let row = rows[number]
            if row[0] == 1 {
                let text = String(decoding: bytes[row[1]...], as: Unicode.ASCII.self)
                let match = try #require(text.prefixMatch(of: /(\d+) 0 obj\n/))
                #expect(Int(match.1) == number)
                let body = text[match.range.upperBound...]
                return String(body[..<(try #require(body.firstRange(of: "\nendobj\n")).lowerBound)])
            }
            let stream = try #require(Self.unpacked(bytes[rows[row[1]][1]...]))
            let first = try #require(stream.dictionary.firstMatch(of: /\/First (\d+)/).flatMap { Int($0.1) })
            let head = String(decoding: stream.content[..<first], as: UTF8.self).split(separator: " ").compactMap {
                Int($0)
            }
            #expect(head[2 * row[2]] == number)
            let (from, next) = (head[2 * row[2] + 1], 2 * row[2] + 3)
            let to = next < head.count ? head[next] : stream.content.count - first
            return String(decoding: stream.content[(first + from)..<(first + to)], as: UTF8.self).trimmingCharacters(
                in: .newlines)
        }

        /// The stream that begins here.
        private static func unpacked(_ bytes: ArraySlice<UInt8>) -> (dictionary: String, content: [UInt8])? {
            let text = String(decoding: bytes.prefix(300), as: Unicode.ASCII.self)
            guard let match = text.prefixMatch(of: /\d+ 0 obj\n(<<[^>]*>>)\nstream\n/),
                let length = match.1.firstMatch(of: /\/Length (\d+)/).flatMap({ Int($0.1) })
            else { return nil }
            let packed = Array(bytes.dropFirst(match.0.utf8.count).prefix(length))
            var content = [UInt8](repeating: 0, count: 1 << 20)
            var count = uLong(content.count)
            guard uncompress(&content, &count, packed, uLong(packed.count)) == Z_OK else { return nil }
            return (String(match.1), Array(content.prefix(Int(count))))
        }
    }
}
