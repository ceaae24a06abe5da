import Testing

@testable import Figures

@Suite struct LabelTests {
    private func runs(_ label: Label, size: Double = 10) throws -> [(run: TextRun, origin: Point, color: Color)] {
        let canvas = RecordingCanvas()
        try TextBlock(label, size: size).draw(at: Point(0, 0), .topLeft, color: .ink, on: canvas)
        return canvas.texts
    }

    @Test("Plain text is one upright run per word, at the right place")
    func plain() throws {
        let texts = try runs("two words")
        #expect(texts.map(\.run.string) == ["two", "words"])
        #expect(texts.allSatisfy { !$0.run.font.isSlanted && $0.run.size == 10 })
        #expect(texts[1].origin.x > texts[0].origin.x)
    }

    @Test("Variables are slanted; digits, parentheses and functions are upright")
    func fonts() throws {
        let slanted = try runs("$p(x) = 12 \\log \\pi$").map { ($0.run.string, $0.run.font.isSlanted) }
        #expect(slanted.map(\.0) == ["p", "(", "x", ")", "=", "12", "log", "π"])
        #expect(slanted.map(\.1) == [true, false, true, false, false, false, false, true])
    }

    @Test("Subscripts are lower and smaller, superscripts higher, and both start at the same place")
    func scripts() throws {
        let texts = try runs("$x_{n}^{2}$")
        #expect(texts.map(\.run.string) == ["x", "n", "2"])
        let (base, lower, upper) = (texts[0], texts[1], texts[2])
        #expect(lower.origin.y > base.origin.y && upper.origin.y < base.origin.y)
        #expect(lower.run.size == 7 && upper.run.size == 7)
        // The slanted x leans over the superscript, which is moved right by less than a tenth of the size.
        #expect(abs(lower.origin.x - upper.origin.x) < 1)
        #expect(lower.origin.y - upper.origin.y > 4)
    }

    @Test("Scripts nest, getting smaller down to half the size")
    func nestedScripts() throws {
        let texts = try runs("$\\gamma(z_{n_{k_{j}}})$")
        #expect(texts.map(\.run.string) == ["γ", "(", "z", "n", "k", "j", ")"])
        #expect(texts.map(\.run.size) == [10, 10, 10, 7, 5, 5, 10])
        #expect(texts[4].origin.y > texts[3].origin.y)
    }

    @Test("Relations have space around them, signs have none")
    func spaces() throws {
        let relation = try TextBlock("$a=b$", size: 18).width
        let bare = try TextBlock("$a{=}b$", size: 18).width
        #expect(abs(relation - bare - 10) < Tolerance.pixel, "two thick spaces are 10/18 of the size")
        let signed = try TextBlock("$-b$", size: 18).width
        let unspaced = try TextBlock("${-}b$", size: 18).width
        #expect(abs(signed - unspaced) < Tolerance.pixel)
    }

    @Test("A hat stands over the middle of its letter, higher over capitals")
    func hats() throws {
        let small = try runs("$\\hat{x}$"), capital = try runs("$\\hat X$")
        #expect(small.map(\.run.string) == ["x", "ˆ"])
        #expect(capital[1].origin.y < small[1].origin.y)
    }

    @Test(
        "Labels become plain text for titles",
        arguments: [
            ("plain & <simple>", "plain & <simple>"),
            ("$\\theta_1\\mu_1$", "θ_1μ_1"),
            ("$\\log p(\\mathbf{X} \\mid \\boldsymbol{\\theta})$", "logp(X | θ)"),
            ("costs \\$5", "costs $5"),
            ("$x \\ge 0, y\\le 1$", "x ≥ 0,y ≤ 1"),
            ("$\\left( \\frac{1}{2} \\right)$", "(1/2)"),
            ("$\\frac{a+b}{2}$", "(a+b)/2"),
            ("$\\operatorname{tr}(\\Sigma^{-1})$", "tr(Σ^−1)"),
            ("$\\text{if } n' < 3$", "if n^′ < 3"),
            ("$\\mathbb{E}[Z] \\to \\infty$", "E[Z] → ∞"),
            ("two\nlines", "two lines"),
        ])
    func plainText(source: String, expected: String) throws {
        let expected = expected.replacing("E[Z]", with: "𝔼[Z]")
        #expect(try Label(source).plainText() == expected)
    }

    @Test("Text from elsewhere may contain dollars and backslashes", arguments: ["$x", "a\\$b$$", "\\", "plain", ""])
    func foreign(text: String) throws {
        #expect(try Label.plain(text).plainText() == text)
    }

    @Test("The commands that the course needs are known, and their glyphs are in the font")
    func commands() throws {
        let source = """
            $\\pi\\theta\\mu\\gamma\\sigma\\Sigma\\lambda\\eta\\ell\\alpha\\beta\\phi\\varphi\\epsilon\\varepsilon\\Omega
            \\log\\ln\\exp\\max\\min\\Pr\\ge\\le\\ne\\approx\\times\\cdot\\infty\\to\\sum\\propto\\hat{a}\\bar b\\tilde c
            \\mathcal{N}\\mathrm{d}\\in\\sim\\pm\\|x\\|\\top\\ldots\\prod\\int\\partial\\nabla\\quad\\,\\;\\:\\!\\ \\{\\}
            \\mathbf{x}\\bm{\\mu}\\mathbb{R}\\sqrt{2}\\operatorname*{arg\\,max}\\lfloor x\\rfloor\\langle\\rangle$
            """
        #expect(try TextBlock(Label(source), size: 12).width > 100)
    }

    @Test("An unknown command is an error that names it")
    func unknownCommand() {
        #expect(throws: FigureError.unknownCommand("\\wibble", label: "$\\wibble_1$")) {
            try TextBlock("$\\wibble_1$", size: 12)
        }
    }

    @Test(
        "Dollars and braces that do not pair up are errors",
        arguments: [
            "$x", "$x_{1$", "$x}$", "$x_$", "$\\frac{1}$", "$\\text x$", "$\\text{x$", "$\\hat$", "$^{}_", "$\\",
        ])
    func malformed(source: String) {
        #expect(throws: FigureError.self) { try Label(source).plainText() }
    }

    @Test("Thousands of nested groups or accents are an error, not a crash", arguments: ["{", "\\hat", "_{", "^"])
    func deep(piece: String) {
        #expect(throws: FigureError.self) {
            try Label("$x" + String(repeating: piece, count: 50_000) + "$").plainText()
        }
    }

    @Test(
        "A character without a glyph is an error that names it",
        arguments: [("a 🦊", Unicode.Scalar(0x1F98A)), ("漢", Unicode.Scalar(0x6F22)), ("a\tb", Unicode.Scalar(9))]
            as [(String, Unicode.Scalar?)])
    func missingGlyph(text: String, scalar: Unicode.Scalar?) throws {
        let scalar = try #require(scalar)
        #expect(throws: FigureError.missingGlyph(scalar, family: "DejaVu Sans")) {
            try TextBlock(Label(text), size: 12)
        }
    }

    @Test("Long labels are broken at spaces and never wider than asked, formulas are not broken")
    func breaking() throws {
        let whole = try TextBlock("one two three $a + b = c$ four", size: 12)
        let broken = try TextBlock("one two three $a + b = c$ four", size: 12, maxWidth: 80)
        #expect(broken.width <= 80)
        #expect(broken.height > 2 * whole.height)
        let formula = try TextBlock("$a + b = c$", size: 12, maxWidth: 5)
        #expect(formula.height == whole.height)
    }

    @Test("Without any font, and with another font in its place, there is an error that names the family")
    func missingFont() async {
        await #expect(processExitsWith: .success) {
            try withFontConfiguration("") {
                #expect(throws: FigureError.missingFont(family: "DejaVu Sans")) { try figure([]).render(.png) }
            }
        }
        await #expect(processExitsWith: .success) {
            let otherFont = """
                <dir>/usr/share/fonts</dir>
                <match target="pattern"><edit name="family" mode="assign_replace">
                <string>DejaVu Sans Mono</string></edit></match>
                """
            try withFontConfiguration(otherFont) {
                #expect(throws: FigureError.missingFont(family: "DejaVu Sans")) { try figure([]).render(.svg) }
            }
        }
    }
}
