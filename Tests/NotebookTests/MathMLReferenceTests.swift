import Files
import Foundation
import Testing

@testable import Notebook

/// Our MathML against MathJax's, on the formulas of all reports: `Reference/make-mathml.js` says where it comes from.
struct MathMLReferenceTests {
    private struct Row {
        let isDisplay: Bool
        let tex: String
        let skeleton: String
    }

    private static let rows: [Row] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Reference/mathml.txt")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").map { line in
            let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            return Row(isDisplay: parts[0] == "display", tex: parts[1], skeleton: parts[2])
        }
    }()

    @Test("Every formula has the structure and the characters that MathJax gives it")
    func structure() throws {
        #expect(Self.rows.count > 800)
        for row in Self.rows {
            let ours = Self.skeleton(try MathML.write(row.tex))
            #expect(ours == row.skeleton, "\(row.tex)")
        }
    }

    @Test("The pieces of a formula have, together, the characters of the whole")
    func pieces() throws {
        for row in Self.rows where row.isDisplay {
            let whole = Self.skeleton(try MathML.write(row.tex)).replacing(/<mtable>|<mtr>|<mtd>/, with: "")
            let pieces = Self.skeleton(try HTMLFormula.display(row.tex)).replacing(/<mtable>|<mtr>|<mtd>/, with: "")
            #expect(pieces == whole, "\(row.tex)")
        }
    }

    @Test("A formula in a line of text has the characters of the whole, and is broken after its signs only")
    func textPieces() throws {
        for row in Self.rows where !row.isDisplay {
            let whole = Self.skeleton(try MathML.write(row.tex))
            #expect(Self.skeleton(try HTMLFormula.inline(row.tex)) == whole, "\(row.tex)")
            for piece in TeXBreaks.pieces(ofTextFormula: row.tex).dropFirst() where piece.gap == 0 {
                #expect(piece.parts[0].prefixMatch(of: /[=+]|\\(lt|gt|le|ge|times|approx)\b/) == nil, "\(row.tex)")
            }
        }
    }

    @Test("The table has every kind of command that the rules tell apart")
    func coverage() {
        let text = Self.rows.map(\.tex).joined(separator: " ")
        let used = TeXCommand.allCases.filter { text.contains("\\" + $0.rawValue) }
        #expect(used.count > TeXCommand.allCases.count / 2)
        #expect(
            TeXEnvironment.allCases.filter { text.contains("{\($0.rawValue)}") }.count > TeXEnvironment.allCases.count
                / 2)
    }

    @Test("The font has every character of these formulas, and all that rules can bring in")
    func font() throws {
        let characters = Set(
            try String(contentsOfFile: PackageFiles.path("Sources/Notebook/Fonts/characters.txt"), encoding: .utf8))
        for row in Self.rows {
            let markup = try MathML.write(row.tex).replacing(/<[^>]*>/, with: "")
            let text = markup.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
            for character in text { #expect(characters.contains(character), "\(character) in \(row.tex)") }
        }
    }

    private static let names = ["munder": "msub", "mover": "msup", "munderover": "msubsup"]
    private static let structural: Set<String> = [
        "mfrac", "msqrt", "msub", "msup", "msubsup", "munder", "mover", "munderover", "mtable", "mtr", "mtd",
    ]
    private static let folded: [Character: Character] = [
        "∣": "|", "∥": "‖", "―": "¯", "ˉ": "¯", "˜": "~", "∼": "~", "⋅": "·", "*": "∗", "-": "−", "’": "′",
    ]

    /// What `make-mathml.js` calls the skeleton.
    private static func skeleton(_ markup: String) -> String {
        var result = ""
        for match in markup.matches(of: /<(\/?)(\w+)[^>]*?>|([^<]+)/) {
            if let tag = match.2.map(String.init) {
                if match.1 == "", structural.contains(tag) { result += "<\(names[tag] ?? tag)>" }
            } else if let text = match.3 {
                let plain = text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
                let characters = String(plain.map { folded[$0] ?? $0 }).precomposedStringWithCompatibilityMapping
                // Scalar by scalar: an accent without its letter is a blank with an accent, of which the accent has to stay.
                for scalar in String(characters.map { folded[$0] ?? $0 }).unicodeScalars
                where !scalar.properties.isWhitespace && !("\u{2061}"..."\u{2064}").contains(scalar) {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result
    }
}
