import Testing

@testable import Notebook

struct TeXTreeTests {
    @Test("Numbers, indices and braces come apart as TeX takes them")
    func tree() throws {
        let x = TeXNode.identifier("x", isUpright: false)
        #expect(try TeXParser.parse("1{,}234.5") == [.number("1,234.5")])
        #expect(
            try TeXParser.parse("12, 5.") == [
                .number("12"), .sign(",", .punctuation), .number("5"), .sign(".", .ordinary),
            ])
        #expect(
            try TeXParser.parse("x_1^{2}") == [
                .scripts(x, below: [.number("1")], above: [.number("2")], hasLimits: false)
            ])
        #expect(try TeXParser.parse(#"\text{a $ b}"#) == [.words("a $ b")])
        #expect(try TeXParser.parse(#"\bigl( x"#) == [.fence("(", .opening, em: 1.2), x])
        #expect(try TeXParser.parse(#"\displaystyle x"#) == [.style(isDisplay: true, [x])])
        #expect(
            try TeXParser.parse(#"\begin{cases} x & 1 \cr x & 2 \end{cases}"#)
                == [.table(.cases, [[[x], [.number("1")]], [[x], [.number("2")]]])])
    }

    @Test(
        "What the lint refuses, the parser refuses",
        arguments: [
            "{x", "x}", "x^{1}^{2}", #"\left( x"#, #"\unknown"#, #"\frac{1}"#, #"\begin{bmatrix} 1"#, "x_", #"\limits"#,
        ])
    func refused(tex: String) { #expect(throws: TeXError.self) { try TeXParser.parse(tex) } }

    @Test("Every command has MathML, with what it needs around it", arguments: TeXCommand.allCases)
    func everyCommand(command: TeXCommand) throws {
        let name = "\\" + command.rawValue
        let tex: String
        switch command.rule {
        case .fraction: tex = name + "{x}{y}"
        case .alphabet, .words, .accent, .underbrace, .root: tex = name + "{X}"
        case .sized: tex = name + "("
        case .limits: tex = #"\max"# + name + "_x y"
        case .style: tex = name + " x"
        case .row: tex = #"\begin{aligned} x \cr y \end{aligned}"#
        case .identifier, .sign, .fence, .largeOperator, .function, .space: tex = "x \(name) y"
        }
        try TeXLint.check(tex)
        let markup = try MathML.write(tex)
        let body = try #require(markup.firstRange(of: "\">").map { markup[$0.upperBound...] })
        #expect(!body.contains("\\") && !body.contains(command.rawValue + "{"))
        // What opens closes.
        let opened = body.matches(of: /<m[a-z]*(?: [^>]*[^\/>])?>/).count
        #expect(opened == body.matches(of: /<\/m[a-z]*>/).count - 1)
    }

    @Test("A minus is a sign at the start, after a relation and after a bracket, and else a difference")
    func signs() throws {
        let sign = #"<mo form="prefix">−</mo>"#
        for tex in [
            "-x", "x = -y", "(-x)", #"x \quad -y"#, #"a, -y"#, #"\ln -y"#, "x^{-1}", #"\text{at } -2"#,
            #"m \colon \quad -1"#,
        ] {
            #expect(try MathML.write(tex).contains(sign), "\(tex)")
        }
        for tex in ["x - y", "x_{1} - y", "(x) - y", #"\frac{1}{2} - y"#, #"\text{BIC} - 2"#, #"x \thinspace - y"#] {
            #expect(try MathML.write(tex).contains("<mo>−</mo>"), "\(tex)")
        }
        // Between nothing but words, a sign keeps its space.
        #expect(
            try MathML.write(#"\frac{\text{both} - \text{chance}}{2}"#).contains(
                "<mrow><mi>both</mi><mo>−</mo><mi>chance</mi></mrow>"))
        #expect(try MathML.write("- y", continues: true).contains(#"<mo form="infix">−</mo>"#))
    }

    @Test("A function stands apart from what follows it, and not from a bracket")
    func functions() throws {
        let space = #"<mspace width=".17em"/>"#
        #expect(try MathML.write(#"\ln x"#).contains("<mi>ln</mi>" + space + "<mi>x</mi>"))
        #expect(try MathML.write(#"\ln (x)"#).contains(space) == false)
        #expect(try MathML.write(#"2 \ln x"#).contains("<mn>2</mn>" + space + "<mi>ln</mi>"))
    }

    @Test("A long formula is cut before relations, between statements and before plus and minus, never inside")
    func breaks() throws {
        typealias Clause = TeXBreaks.Clause
        #expect(
            TeXBreaks.clauses(of: #"p(x = 1) = a + b - (c + d), \quad q \le -2"#) == [
                Clause(pieces: ["p(x = 1)"], gap: 0), Clause(pieces: ["= a", "+ b", "- (c + d),"], gap: 0),
                Clause(pieces: ["q"], gap: 1), Clause(pieces: [#"\le -2"#], gap: 0),
            ])
        // Words that end in a blank go before their value; without one, they are a thing.
        #expect(
            TeXBreaks.clauses(of: #"\text{at } -2 - \text{loss} - 1, \text{size } \lt 3"#).map(\.pieces) == [
                [#"\text{at } -2"#, #"- \text{loss}"#, #"- 1, \text{size }"#], [#"\lt 3"#],
            ])
        #expect(TeXBreaks.clauses(of: "x^-1 + y") == [Clause(pieces: ["x^-1", "+ y"], gap: 0)])
        #expect(
            TeXBreaks.rows(of: #"\begin{aligned} a &= b \cr c & = \begin{bmatrix} 1 & 2 \end{bmatrix} \end{aligned}"#)
                == [["a", "= b"], ["c", #"= \begin{bmatrix} 1 & 2 \end{bmatrix}"#]])
        #expect(TeXBreaks.rows(of: #"x + \begin{aligned} a \end{aligned}"#) == nil)
    }

    @Test("In a line of text a long formula is broken after its signs, outside of brackets, and a short one not at all")
    func textFormulas() {
        typealias Piece = TeXBreaks.TextPiece
        func pieces(_ tex: String) -> [Piece] { TeXBreaks.pieces(ofTextFormula: tex) }
        #expect(pieces("a = b - 2") == [Piece(parts: ["a = b - 2"], gap: 0)])
        let fraction = #"(\text{expected } + a - 1) / (c + a + b - 2)"#
        #expect(pieces(fraction).count == 1)
        #expect(
            pieces(#"\pi_{k} = (N_{k} + \alpha_{k} - 1) / N = -0.25, \quad y = 3"#) == [
                Piece(parts: [#"\pi_{k} ="#], gap: 0), Piece(parts: [#"(N_{k} + \alpha_{k} - 1) / N ="#], gap: 0),
                Piece(parts: ["-0.25,"], gap: 0), Piece(parts: ["y ="], gap: 1), Piece(parts: ["3"], gap: 0),
            ])
        // What stands between two relations is broken after a plus or a minus only if it is long itself.
        #expect(
            pieces("a = b_1 + c_1 + d_1 - (e_1 + f_1) + g_1").map(\.parts) == [
                ["a ="], ["b_1 +"], ["c_1 +"], ["d_1 -"], ["(e_1 + f_1) +"], ["g_1"],
            ])
        // A phone is narrower than some brackets.
        let wide = "x (\((1...9).map { "a_\($0)" }.joined(separator: " + ")))"
        #expect(pieces(wide).count == 1 && pieces(wide)[0].parts.count == 9)
    }

    @Test("A part that is wider than paper is cut inside its brackets, which then have a fixed size")
    func inside() {
        let sum = (0..<90).map { "x_{\($0)} y" }.joined(separator: " + ")
        let pieces = TeXBreaks.clauses(of: #"a = \left[ \#(sum) \right]"#).flatMap(\.pieces)
        #expect(pieces.contains(#"= \Bigl[ x_{0} y"#) && pieces.last == #"+ x_{89} y \Bigr]"#, "\(pieces)")
        // What fits stays as it is, and so does what is no sum.
        #expect(TeXBreaks.clauses(of: #"\left[ a + b \right]"#).map(\.pieces) == [[#"\left[ a + b \right]"#]])
        let fraction = #"\frac{\#(sum)}{2}"#
        #expect(TeXBreaks.clauses(of: fraction).map(\.pieces) == [[fraction]])
    }

    @Test("A phrase that is wider than a phone is cut between its words, and keeps all of them")
    func words() throws {
        let phrase = "has several local maxima, and is neither convex nor concave, "
        let pieces = TeXBreaks.cutForPhone(#"\text{\#(phrase)} x"#, keepsTall: true)
        #expect(pieces.count > 2 && pieces.allSatisfy { TeXWidth.ems($0).map { $0 < 12 } ?? false }, "\(pieces)")
        #expect(pieces.joined().replacing(/\\text|[{}]/, with: "") == phrase + " x")
        let values = #"= -46.9612, \text{ curvatures } -15.9512 \text{ and } -7.0712"#
        #expect(
            TeXBreaks.cutForPhone(values, keepsTall: true) == [
                "= -46.9612,", #"\text{ curvatures } -15.9512"#, #"\text{ and } -7.0712"#,
            ])
        // What fits stays as it is, and so does what stands in a fraction.
        for whole in [#"\text{of size } x"#, #"\frac{\text{\#(phrase)}}{2}"#] {
            #expect(TeXBreaks.cutForPhone(whole, keepsTall: true) == [whole])
        }
    }

    @Test("A display that is wider than GitHub's column stands in lines that are not, and has the same symbols")
    func lines() throws {
        let wide = #"p = \#((0..<40).map { "x_{\($0)}" }.joined(separator: " + ")), \qquad q = 1"#
        let lines = TeXBreaks.inLines(wide, column: 30)
        try TeXLint.check(lines)
        let rows = try #require(TeXBreaks.rows(of: lines))
        #expect(rows.count > 1 && rows.allSatisfy { TeXWidth.ems($0[1]).map { $0 <= 30 } ?? false })
        func symbols(_ tex: String) throws -> String { try MathML.write(tex).replacing(/<[^>]*>/, with: "") }
        #expect(try symbols(lines) == symbols(wide))
        #expect(TeXBreaks.inLines("x = y", column: 30) == "x = y")
    }

    @Test("Bold letters are those of Unicode's alphabets")
    func alphabets() throws {
        for (tex, letter) in [
            (#"\mathbf{x}"#, "𝐱"), (#"\boldsymbol{\theta}"#, "𝜽"), (#"\boldsymbol{\Sigma}"#, "𝚺"),
            (#"\mathcal{N}"#, "𝒩"),
            (#"\mathcal{L}"#, "ℒ"), (#"\mathbb{E}"#, "𝔼"), (#"\mathbb{R}"#, "ℝ"), (#"\mathrm{KL}"#, "KL"),
        ] {
            // A letter outside of the alphabets' block has to be told not to lean.
            #expect(
                try MathML.write(tex).replacing(" mathvariant=\"normal\"", with: "").contains("<mi>\(letter)</mi>"),
                "\(tex)")
        }
    }
}
