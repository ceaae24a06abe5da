import Testing

@testable import Notebook

struct TeXTreeTests {
    @Test("Numbers, indices and braces come apart as TeX takes them")
    func tree() throws {
        let x = TeXNode.identifier("x", isUpright: false)
        #expect(try TeXParser.parse("1{,}234.5") == [.number("1,234.5")])
        #expect(try TeXParser.parse("12, 5.") == [.number("12"), .sign(",", .punctuation), .number("5"), .sign(".", .ordinary)])
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
        arguments: ["{x", "x}", "x^{1}^{2}", #"\left( x"#, #"\unknown"#, #"\frac{1}"#, #"\begin{bmatrix} 1"#, "x_", #"\limits"#])
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
        let markup = try MathML.write(tex, isDisplay: true)
        let body = try #require(markup.firstRange(of: "\">").map { markup[$0.upperBound...] })
        #expect(!body.contains("\\") && !body.contains(command.rawValue + "{"))
        // What opens closes.
        let opened = body.matches(of: /<m[a-z]*(?: [^>]*[^\/>])?>/).count
        #expect(opened == body.matches(of: /<\/m[a-z]*>/).count - 1)
    }

    @Test("A minus is a sign at the start, after a relation and after a bracket, and else a difference")
    func signs() throws {
        let sign = #"<mo form="prefix">−</mo>"#
        for tex in ["-x", "x = -y", "(-x)", #"x \quad -y"#, #"a, -y"#, #"\ln -y"#, "x^{-1}"] {
            let markup = try MathML.write(tex, isDisplay: true)
            #expect(markup.contains(sign) == (tex != #"x \quad -y"#), "\(tex)")
        }
        for tex in ["x - y", "x_{1} - y", "(x) - y", #"\frac{1}{2} - y"#] {
            #expect(try MathML.write(tex, isDisplay: true).contains("<mo>−</mo>"), "\(tex)")
        }
        #expect(try MathML.write("- y", isDisplay: true, continues: true).contains(#"<mo form="infix">−</mo>"#))
    }

    @Test("A function stands apart from what follows it, and not from a bracket")
    func functions() throws {
        let space = #"<mspace width=".17em"/>"#
        #expect(try MathML.write(#"\ln x"#, isDisplay: true).contains("<mi>ln</mi>" + space + "<mi>x</mi>"))
        #expect(try MathML.write(#"\ln (x)"#, isDisplay: true).contains(space) == false)
        #expect(try MathML.write(#"2 \ln x"#, isDisplay: true).contains("<mn>2</mn>" + space + "<mi>ln</mi>"))
    }

    @Test("A long formula is cut before relations, between statements and before plus and minus, never inside")
    func breaks() throws {
        typealias Clause = TeXBreaks.Clause
        #expect(
            TeXBreaks.clauses(of: #"p(x = 1) = a + b - (c + d), \quad q \le -2"#) == [
                Clause(pieces: ["p(x = 1)"], gap: 0), Clause(pieces: ["= a", "+ b", "- (c + d),"], gap: 0),
                Clause(pieces: ["q"], gap: 1), Clause(pieces: [#"\le -2"#], gap: 0),
            ])
        #expect(TeXBreaks.clauses(of: "x^-1 + y") == [Clause(pieces: ["x^-1", "+ y"], gap: 0)])
        #expect(
            TeXBreaks.rows(of: #"\begin{aligned} a &= b \cr c & = \begin{bmatrix} 1 & 2 \end{bmatrix} \end{aligned}"#)
                == [["a", "= b"], ["c", #"= \begin{bmatrix} 1 & 2 \end{bmatrix}"#]])
        #expect(TeXBreaks.rows(of: #"x + \begin{aligned} a \end{aligned}"#) == nil)
    }
}
