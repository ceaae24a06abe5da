/// The last touches to an SVG from Cairo: stable ids, a title and a description.
enum SVGDocument {
    /// Renumbers the surfaces, and puts `<title>` and `<desc>` first in the document.
    static func finished(_ bytes: [UInt8], info: DocumentInfo) -> [UInt8] {
        let svg = renumberingSurfaces(bytes)
        let head = "<title>\(escaped(info.title))</title>\n<desc>\(escaped(info.description))</desc>\n"
        // The root element starts after the XML declaration, and its tag is the first that ends after `<svg`.
        guard let root = firstIndex(of: Array("<svg".utf8), in: svg, from: 0),
            let end = svg[root...].firstIndex(of: UInt8(ascii: ">"))
        else { return svg }
        let role = Array(" role=\"img\">\n".utf8)
        return Array(svg[..<end]) + role + Array(head.utf8) + svg[(end + 1)...].drop { $0 == UInt8(ascii: "\n") }
    }

    /// Text for XML: `&`, `<`, `>` and quotes escaped; characters that XML 1.0 forbids become U+FFFD.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\t", "\n", "\r": result.unicodeScalars.append(scalar)
            case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Cairo numbers surfaces through the life of the process (`surface17`), so that the second figure would differ from the
    /// first. Here they are numbered again, in order of appearance.
    static func renumberingSurfaces(_ bytes: [UInt8]) -> [UInt8] {
        let word = Array("surface".utf8)
        var numbers: [[UInt8]: Int] = [:]
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var position = 0
        while let start = firstIndex(of: word, in: bytes, from: position) {
            let digits = start + word.count
            var end = digits
            while end < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[end]) { end += 1 }
            result += bytes[position..<digits]
            if end > digits {
                let old = Array(bytes[digits..<end])
                let new = numbers[old] ?? numbers.count + 1
                numbers[old] = new
                result += Array(String(new).utf8)
            }
            position = end
        }
        return result + bytes[position...]
    }

    private static func firstIndex(of word: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        guard let first = word.first, bytes.count >= word.count else { return nil }
        var index = start
        while index <= bytes.count - word.count {
            if bytes[index] == first, bytes[index..<(index + word.count)].elementsEqual(word) { return index }
            index += 1
        }
        return nil
    }
}
