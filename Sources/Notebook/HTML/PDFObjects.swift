import Foundation

/// The objects of a PDF with one plain table of their places at its end, as Chromium writes it.
struct PDFObjects {
    /// One more than the highest number of an object.
    let size: Int
    /// The objects' numbers, in the order in which they stand.
    let numbers: [Int]
    /// What the end of the file says of its root and its title.
    let trailer: String
    private let bytes: [UInt8]
    private let bodies: [Int: Range<Int>]

    /// Finds the objects; nil for a file of another build.
    init?(_ bytes: [UInt8]) {
        guard bytes.starts(with: Array("%PDF-1.".utf8)),
            let end = Self.text(bytes.suffix(64)).firstMatch(of: /startxref\s+(\d+)\s+%%EOF\s*$/),
            let start = Int(end.1),
            start < bytes.count, let table = Self.table(Self.text(bytes[start...])),
            let trailer = Self.trailer(Self.text(bytes[start...]))
        else { return nil }
        let used = table.enumerated().compactMap { number, offset in offset.map { (number, $0) } }
            .sorted { $0.1 < $1.1 }
        var bodies: [Int: Range<Int>] = [:]
        for (place, (number, offset)) in used.enumerated() {
            let next = place + 1 < used.count ? used[place + 1].1 : start
            let (head, tail) = (Array("\(number) 0 obj\n".utf8), Array("\nendobj\n".utf8))
            guard offset + head.count + tail.count <= next, next <= bytes.count,
                bytes[offset...].starts(with: head), bytes[..<next].suffix(tail.count).elementsEqual(tail)
            else { return nil }
            bodies[number] = (offset + head.count)..<(next - tail.count)
        }
        // A file without its root is none.
        guard bodies.keys.contains(where: { trailer.contains("/Root \($0) 0 R") }) else { return nil }
        (self.bytes, self.bodies, self.trailer) = (bytes, bodies, trailer)
        (size, numbers) = (table.count, used.map(\.0))
    }

    /// What stands between `obj` and `endobj`.
    subscript(_ number: Int) -> ArraySlice<UInt8> { bodies[number].map { bytes[$0] } ?? [] }

    /// Whether an object may stand in a stream with others: it is no stream itself, and nothing that simple programs look for.
    func isSmall(_ number: Int) -> Bool {
        let body = self[number]
        if body.suffix(9).elementsEqual("endstream".utf8) || trailer.contains("/Info \(number) 0 R") { return false }
        let text = Self.text(body.prefix(40))
        return !text.contains("/Type /Page") && !text.contains("/Type /Catalog")
    }

    /// Where the objects are: by their numbers, nil for those which are not in use. The table has one section, from 0.
    private static func table(_ text: String) -> [Int?]? {
        guard let head = text.prefixMatch(of: /xref\n0 (\d+)\n/), let count = Int(head.1), count > 0 else { return nil }
        let rows = text[head.range.upperBound...].utf8
        guard rows.count > 20 * count else { return nil }
        var row = rows.startIndex
        return (0..<count).map { _ -> Int? in
            let end = rows.index(row, offsetBy: 20)
            defer { row = end }
            let fields = text[row..<end].split(separator: " ")
            return fields.count > 2 && fields[2] == "n" ? Int(fields[0]) : nil
        }
    }

    private static func trailer(_ text: String) -> String? {
        guard let match = text.firstMatch(of: /trailer\s*<<([^>]*)>>/), !match.1.contains("/Prev"),
            !match.1.contains("/Encrypt")
        else { return nil }
        let entries = match.1.matches(of: /\/(?:Root|Info) \d+ 0 R/).map { String($0.0) }
        return entries.contains { $0.hasPrefix("/Root") } ? entries.joined(separator: " ") : nil
    }

    /// A character for each byte, so that places in the text are places in the file.
    private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: Unicode.ASCII.self) }
}
