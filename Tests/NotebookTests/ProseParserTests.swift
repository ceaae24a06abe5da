import Testing

@testable import Notebook

/// Prose is parsed once; what comes out has no markup left.
struct ProseParserTests {
    @Test(
        "Every kind of markup is read, alone and in others",
        arguments: [
            ("plain, 2 * 3, a_b", [.text("plain, 2 * 3, a_b")]),
            ("an *old* one", [.text("an "), .emphasis([.text("old")]), .text(" one")]),
            ("**a $x_{1}$ b**.", [.strong([.text("a "), .math("x_{1}"), .text(" b")]), .text(".")]),
            ("**a *b* c**", [.strong([.text("a "), .emphasis([.text("b")]), .text(" c")])]),
            ("*a **b***", [.emphasis([.text("a "), .strong([.text("b")])])]),
            ("`*a*` $*$", [.code("*a*"), .text(" "), .math("*")]),
            ("[a *b*](#c)", [.link([.text("a "), .emphasis([.text("b")])], to: .anchor("c"))]),
            ("[a](https://b.c/d)", [.link([.text("a")], to: .web("https://b.c/d"))]),
            ("[(1, 2), (3, 4)]", [.text("[(1, 2), (3, 4)]")]),
            (#"\*a\* \[b](c) \ d"#, [.text(#"*a* [b](c) \ d"#)]),
            ("a\nb", [.text("a\nb")]), ("", []),
        ] as [(String, [Inline])])
    func inlines(source: String, expected: [Inline]) throws {
        #expect(try ProseParser.inlines(source, References()) == expected)
    }

    @Test("Blank lines separate paragraphs, and lists have their marks and indentation taken off")
    func blocks() throws {
        func paragraph(_ text: String) -> Block { .paragraph([.text(text)]) }
        let blocks = try ProseParser.blocks(
            "a\nb\n \n\nc:\n- d\n  e\n- f\n\n1. g\n2. h\n   i\n\nAbout\n1. No.\n\n9. j\n10. k\n\n1977. Then.",
            References())
        #expect(
            blocks == [
                paragraph("a\nb"), paragraph("c:"),
                .list([[paragraph("d\ne")], [paragraph("f")]], numberedFrom: nil),
                .list([[paragraph("g")], [paragraph("h\ni")]], numberedFrom: 1),
                paragraph("About\n1. No."),
                .list([[paragraph("j")], [paragraph("k")]], numberedFrom: 9), paragraph("1977. Then."),
            ])
    }

    /// Text, with emphasis at most where something else stands between.
    private static func random(_ generator: inout SystemRandomNumberGenerator, depth: Int = 0) -> [Inline] {
        let words = ["a", "Q", "3 < 4", "it is", "*", "`", "\\", "<b>", "[x]", "50 %", "é", "](", "a_b", "|"]
        return (0..<Int.random(in: 1...4, using: &generator)).flatMap { _ -> [Inline] in
            let text = words.randomElement(using: &generator) ?? ""
            let piece: Inline
            switch Int.random(in: 0..<(depth < 2 ? 5 : 2), using: &generator) {
            case 0: piece = .math("x_{1}")
            case 1: piece = .code("f(x)")
            case 2: piece = .emphasis([.text("a ")] + random(&generator, depth: 2) + [.text(" z")])
            case 3: piece = .strong([.text("a ")] + random(&generator, depth: depth + 1) + [.text(" z")])
            default: piece = .link([.text("here")], to: .anchor("there"))
            }
            return [.text("\(text) "), piece, .text(" and")]
        }
    }

    @Test("What the Markdown writer writes is read back as it was, whatever characters it holds")
    func roundTrip() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 1...300 {
            let text = Self.random(&generator)
            let document = Document(title: "", place: .course, blocks: [.paragraph(text)])
            let written = String(decoding: try ReportFormat.markdown.write(document), as: UTF8.self).dropFirst(4)
            let read = try ProseParser.inlines(String(written.dropLast()), References())
            #expect(joined(read) == joined(text), "\(written)")
        }
    }

    /// Neighbouring pieces of text as one.
    private func joined(_ inlines: [Inline]) -> [Inline] {
        inlines.reduce(into: []) { result, piece in
            let piece: Inline =
                switch piece {
                case .emphasis(let inner): .emphasis(joined(inner))
                case .strong(let inner): .strong(joined(inner))
                default: piece
                }
            if case .text(let more) = piece, case .text(let text)? = result.last {
                result[result.count - 1] = .text(text + more)
            } else {
                result.append(piece)
            }
        }
    }
}
