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
            let formula = try HTMLFormula.inline(tex)
            if marks.isEmpty {
                result += formula
            } else {
                // The formula's last piece, if it is cut.
                let cut = formula.range(of: "<math", options: .backwards)?.lowerBound ?? formula.startIndex
                result += formula[..<cut] + "<span class=\"whole\">\(formula[cut...])\(HTMLText.escaped(String(marks)))</span>"
                pieces[pieces.startIndex] = .text(String(text.dropFirst(marks.count)))
            }
        }
        return result
    }

    private func html(_ inline: Inline) throws -> String {
        switch inline {
        case .text(let text): return HTMLText.escaped(text.replacing("\n", with: " "))
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
