import Foundation

extension HTMLWriter {
    /// Running text. A formula and the mark after it stay in one line.
    func html(_ inlines: [Inline]) throws -> String {
        var result = ""
        var pieces = inlines[...]
        while let piece = pieces.popFirst() {
            guard case .math(let tex) = piece, case .text(let text)? = pieces.first else {
                result += try html(piece)
                continue
            }
            let marks = text.prefix { ",.;:!?)”’%".contains($0) }
            result += try HTMLFormula.inline(tex, followedBy: String(marks))
            pieces[pieces.startIndex] = .text(String(text.dropFirst(marks.count)))
        }
        return result
    }

    /// A cell of a table: a few numbers stay in one line, and an id may be broken at its dot.
    func cell(_ inlines: [Inline]) throws -> String {
        let isShort = inlines.allSatisfy { if case .text(let text) = $0 { Self.areNumbers(text) } else { false } }
        let cell = isShort ? inlines.map(Self.inOneLine) : inlines
        return try html(cell).replacing(/<code>[^<]*/) { $0.output.replacing(/\.(?=\w)/, with: ".<wbr>") }
    }

    /// “(0.45, 0.4, 0.7)”, “1.57 kg”, “0.06 to 0.44”: short, with a digit, and without a word of four letters.
    private static func areNumbers(_ text: String) -> Bool {
        text.count <= 24 && text.contains(where: \.isNumber) && !text.contains(/[[:alpha:]]{4}/)
    }

    private static func inOneLine(_ inline: Inline) -> Inline {
        if case .text(let text) = inline { .text(text.replacing(" ", with: "\u{A0}")) } else { inline }
    }

    private func html(_ inline: Inline) throws -> String {
        switch inline {
        case .text(let text): return HTMLText.escaped(HTMLText.set(text.replacing("\n", with: " ")))
        case .math(let tex): return try HTMLFormula.inline(tex)
        case .emphasis(let inner): return "<em>\(try html(inner))</em>"
        case .strong(let inner): return "<strong>\(try html(inner))</strong>"
        case .code(let code): return "<code>\(HTMLText.escaped(code))</code>"
        case .link(let words, let target):
            let words = try html(words)
            guard let address = options.address(of: target, in: document) else { return words }
            return "<a href=\"\(HTMLText.escaped(address))\">\(words)</a>"
        }
    }
}
