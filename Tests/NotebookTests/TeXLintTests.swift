import Testing

@testable import Notebook

struct TeXLintTests {
    @Test(
        "Ordinary formulas pass",
        arguments: [
            #"\frac{\pi_{1} \mu_{1}^{x_{n}} (1-\mu_{1})^{1-x_{n}}}{\sum_{j=1}^{K} \pi_{j}}"#,
            #"\left( \frac{1}{2} \right)^{2} \lt 1, \quad \ell \ge 0"#,
            #"\begin{bmatrix} 1 & 0 \cr 0 & 1 \end{bmatrix}"#,
            #"\text{heads} \mid \mathbf{z}_{n}"#,
            #"\sum_{n=1}^{N} x_{n}^{2} + {x^{a}}^{b}"#,
            "-0.5 + x",
        ])
    func clean(tex: String) throws {
        try TeXLint.check(tex)
    }

    @Test(
        "What does not balance is an error",
        arguments: [
            "{x", "x}", "}{", #"\left( x"#, #"x \right)"#, #"\begin{bmatrix} x"#, #"\end{bmatrix}"#,
            #"\begin{bmatrix} x \end{cases}"#,
        ])
    func unbalanced(tex: String) {
        #expect {
            try TeXLint.check(tex)
        } throws: { error in
            if case TeXError.unbalanced(_, let place) = error { place == tex } else { false }
        }
    }

    @Test(
        "A command that not every renderer knows is an error",
        arguments: ["weigth", "coloneqq", "DeclareMathOperator", "begin{tikzpicture}"])
    func unknownCommand(name: String) {
        #expect(throws: TeXError.unknownCommand(name, in: "\\" + name)) { try TeXLint.check("\\" + name) }
    }

    @Test(
        "What Markdown eats is an error that says what to write instead",
        arguments: [
            ("|x|", "|"), ("a<b", "<"), ("a>b", ">"), ("a*b", "*"), ("5%", "%"), (#"\{x\}"#, #"\{"#),
            (#"a\\b"#, #"\\"#),
            (#"a\,b"#, #"\,"#), (#"a\;b"#, #"\;"#), (#"a\!b"#, #"\!"#), (#"a\_b"#, #"\_"#),
            (#"\operatorname{x}"#, #"\operatorname"#),
            ("x_{#1}", "#"), ("~", "~"), ("[a](b)", "]("), ("- x", "- "), ("+ x", "+ "),
        ])
    func eaten(tex: String, sequence: String) {
        #expect {
            try TeXLint.check(tex)
        } throws: { error in
            guard case TeXError.eatenByMarkdown(sequence, let instead, tex) = error else { return false }
            return "\(error)".contains("write \(instead)")
        }
    }

    @Test(
        "Two exponents or two indices on one symbol are an error",
        arguments: [
            ("x^{i}^{2}", "^"), ("Z_{ij}^{(t)}^{2}", "^"), ("x_{a}_{b}", "_"), ("x^{a} ^{b}", "^"), ("y_{x^a^b}", "^"),
            (#"\frac{x^2^3}{2}"#, "^"),
        ])
    func doubleScript(tex: String, script: String) {
        #expect {
            try TeXLint.check(tex)
        } throws: { error in
            if case TeXError.doubleScript(script, _) = error { true } else { false }
        }
    }

    @Test(
        "In prose a dollar touches its mathematics, stands free outside, and meets its partner on the same line",
        arguments: ["a$x$", "$x$s", "2$x$", "$ x$", "$x $", "$$", "$a +\nb$"])
    func dollars(text: String) {
        #expect {
            try TeXLint.checkProse(text)
        } throws: { error in
            if case TeXError.eatenByMarkdown = error { true } else { false }
        }
    }

    @Test("A command outside the dollars is an error, except in code")
    func outside() throws {
        #expect(throws: TeXError.outsideMathematics("weight", in: #"the \weight{k}, and $x$"#)) {
            try TeXLint.checkProse(#"the \weight{k}, and $x$"#)
        }
        try TeXLint.checkProse(#"`\weight{k}` is $\pi_{k}$, and `\n` a line break"#)
    }

    @Test("Every error says in words what to do, and where")
    func descriptions() {
        let errors: [TeXError] = [
            .missingArgument(of: "resp", in: "here"), .macroRecursion(in: "here"), .oddDollars(in: "here"),
            .unbalanced("braces", in: "here"), .unknownCommand("x", in: "here"), .doubleScript("^", in: "here"),
            .outsideMathematics("x", in: "here"), .eatenByMarkdown("|", writeInstead: #"\mid"#, in: "here"),
        ]
        for error in errors { #expect("\(error)".hasSuffix(", in: here")) }
        #expect(Set(errors.map(\.description)).count == errors.count)
    }
}
