import Testing

@testable import Notebook

struct MacroExpansionTests {
    @Test(
        "A macro is expanded wherever it stands",
        arguments: [
            (#"\weight{k}"#, #"\pi_{k}"#),
            (#"\weight {k}"#, #"\pi_{k}"#),
            (#"\frac{\weight{1}}{\weight{2}}"#, #"\frac{\pi_{1}}{\pi_{2}}"#),
            (#"\headprob{1}^{\heads{n}}"#, #"\mu_{1}^{x_{n}}"#),
            (#"\resp{\obsindex}{\classindex}"#, #"\gamma_{nk}"#),
            (#"\Q{\params}{\paramsat{0}}"#, #"Q(\boldsymbol{\theta}; \boldsymbol{\theta}^{(0)})"#),
            (#"\sumobs \nlog \obs{n}"#, #"\sum_{n=1}^{N} \ln x_{n}"#),
            (#"\alpha + \beta_2"#, #"\alpha + \beta_2"#),
            (#"\meanvec{}, \cov{}"#, #"\boldsymbol{\mu}, \boldsymbol{\Sigma}"#),
            (#"\loglik{\hat{\params}}"#, #"\ell(\hat{\boldsymbol{\theta}})"#),
            ("", ""),
        ])
    func inTheHouse(source: String, expanded: String) throws {
        #expect(try Notation.house.expand(TeX(source)) == expanded)
    }

    @Test(
        "A command stays apart from a letter that an expansion puts behind it",
        arguments: [
            (#"\cdot\obs{n}"#, #"\cdot x_{n}"#), (#"\nlog\obscount"#, #"\ln N"#), (#"\nlog\weight{k}"#, #"\ln\pi_{k}"#),
            (#"\nlog 2"#, #"\ln 2"#), (#"\nlog(x)"#, #"\ln(x)"#), (#"\resp{\ell}{k}"#, #"\gamma_{\ell k}"#),
            (#"\resp{k}{\ell}"#, #"\gamma_{k\ell}"#), (#"\paramsat{\tau}"#, #"\boldsymbol{\theta}^{(\tau)}"#),
            (#"\weight{1}p"#, #"\pi_{1}p"#),
        ])
    func apart(source: String, expanded: String) throws {
        #expect(try Notation.house.expand(TeX(source)) == expanded)
    }

    @Test("The house's index letters become the source's, alone or in words of their own, and other indices stay")
    func indexLetters() throws {
        let stat215a = try #require(Notation.named("stat215a", for: .coins))
        #expect(
            try stat215a.expand(TeX(#"\weight{k} + \weight{1} + \weight{\classindex}"#))
                == #"\pi_{j} + \pi_{1} + \pi_{j}"#)
        #expect(try stat215a.expand(TeX(#"\sumobs\obs{n}"#)) == #"\sum_{i=1}^{n}X_{i}"#)
        #expect(try stat215a.expand(TeX(#"\obscount"#)) == "n", "a count, not an index: it must not become i")
    }

    @Test("In prose only the mathematics is expanded")
    func prose() throws {
        let prose: Prose = #"The weight $\weight{1}$ of `\weight{1}`, and $\headprob{2}$."#
        #expect(try Notation.house.expand(prose) == #"The weight $\pi_{1}$ of `\weight{1}`, and $\mu_{2}$."#)
    }

    @Test(
        "A macro without its arguments is an error that names it",
        arguments: [#"\resp{n}"#, #"\resp{n} k"#, #"\weight"#, #"\weight{k"#])
    func missingArgument(source: String) {
        #expect {
            try Notation.house.expand(TeX(source))
        } throws: { error in
            guard case TeXError.missingArgument(let name, let place) = error else { return false }
            return source.contains("\\" + name) && place == source && "\(error)".contains("\\\(name) lacks an argument")
        }
    }

    @Test("A dollar without its partner is an error")
    func oddDollars() {
        #expect(throws: TeXError.oddDollars(in: "costs $x")) { try Notation.house.expand(Prose("costs $x")) }
    }

    @Test("Macros that expand into each other end in an error, and not in a hang")
    func recursion() {
        let endless = Notation(source: .house, macros: ["a": #"\b"#, "b": #"\a"#], indices: [:])
        #expect {
            try endless.expand(TeX(#"\a"#))
        } throws: { error in
            if case TeXError.macroRecursion = error { true } else { false }
        }
    }
}
