import Foundation
import Notebook

/// Writes blocks as the HTML that learning platforms take, with TeX in it, which they typeset themselves.
struct PlatformText {
    /// How mathematics is handed over.
    enum Mathematics {
        /// `\( … \)` and `\[ … \]`, which Moodle's MathJax filter finds.
        case delimiters
        /// Canvas's own equation images, as its editor writes them: an address that Canvas itself answers, and no picture.
        case canvas
    }

    let mathematics: Mathematics
    /// The letters that macros stand for.
    let builder: BlockBuilder

    /// - Throws: `TeXError`, `ReportError`.
    func html(_ prose: Prose) throws -> String { try html(builder.text(prose)) }

    /// - Throws: ``WorksheetError/notForPlatforms(_:)``.
    func html(_ blocks: [Block]) throws -> String { try blocks.map(html).joined(separator: "\n") }

    private func html(_ block: Block) throws -> String {
        switch block {
        case .paragraph(let words): return "<p>\(try html(words))</p>"
        case .formula(let tex): return "<p>\(formula(tex, isDisplay: true))</p>"
        case .table(let table):
            func row(_ cells: [[Inline]], _ tag: String) throws -> String {
                "<tr>\(try cells.map { "<\(tag)>\(try html($0))</\(tag)>" }.joined())</tr>"
            }
            let rows = try table.rows.map { try row($0, "td") }.joined(separator: "\n")
            return "<table border=\"1\" cellpadding=\"6\">\n\(try row(table.header, "th"))\n\(rows)\n</table>"
        case .list(let items, let first):
            let tag = first == nil ? "ul" : "ol"
            let start = first.flatMap { $0 == 1 ? nil : " start=\"\($0)\"" } ?? ""
            return "<\(tag)\(start)>\(try items.map { "<li>\(try html($0))</li>" }.joined())</\(tag)>"
        default: throw WorksheetError.notForPlatforms("this kind of block")
        }
    }

    /// Running text.
    ///
    /// - Throws: ``WorksheetError/notForPlatforms(_:)``.
    func html(_ words: [Inline]) throws -> String {
        try words.map { word -> String in
            switch word {
            case .text(let text): return XMLText.escaped(text)
            case .math(let tex): return formula(tex, isDisplay: false)
            case .emphasis(let inner): return "<em>\(try html(inner))</em>"
            case .strong(let inner): return "<strong>\(try html(inner))</strong>"
            case .code(let code): return "<code>\(XMLText.escaped(code))</code>"
            case .link(let inner, _): return try html(inner)
            }
        }.joined()
    }

    private func formula(_ tex: String, isDisplay: Bool) -> String {
        let text = XMLText.escaped(tex)
        switch mathematics {
        case .delimiters: return isDisplay ? #"\["# + text + #"\]"# : #"\("# + text + #"\)"#
        case .canvas:
            // Twice, since Canvas decodes the address twice.
            let once = tex.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            let address = once.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            return "<img class=\"equation_image\" title=\"\(text)\" src=\"/equation_images/\(address)\" "
                + "alt=\"LaTeX: \(text)\" data-equation-content=\"\(text)\">"
        }
    }
}

/// Characters on their way into XML and HTML.
enum XMLText {
    /// Text for an element, or for an attribute in double quotes.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            // XML 1.0 has no other control characters, not even escaped.
            case "\u{0}"..."\u{8}", "\u{B}", "\u{C}", "\u{E}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// HTML that XML leaves alone.
    static func cdata(_ html: String) -> String { "<![CDATA[\(html.replacing("]]>", with: "]]]]><![CDATA[>"))]]>" }
}

extension [Inline] {
    /// Plain characters; mathematics as its TeX.
    var plainText: String {
        map { word in
            switch word {
            case .text(let text), .code(let text), .math(let text): text.replacing("\n", with: " ")
            case .emphasis(let inner), .strong(let inner), .link(let inner, _): inner.plainText
            }
        }.joined()
    }
}

/// A number for a machine: enough digits for any tolerance here, and no exponent.
func decimal(_ x: Double) -> String {
    var text = String(format: "%.9f", x)
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text == "-0" ? "0" : text
}
