import Testing

@testable import Notebook

/// A macro call with the letters that lessons use for its arguments.
private func call(_ name: String) -> TeX {
    let template = Notation.house.template(for: name) ?? ""
    let letters = ["#1": "n", "#2": "k", "#3": "2"]
    return TeX("\\" + name + letters.keys.sorted().filter(template.contains).map { "{\(letters[$0] ?? "")}" }.joined())
}

private let allNotations: [(String, Notation.Model)] = Notation.ids.map { ($0, .coins) } + [("cs181", .gaussians)]
private let allMacros = Notation.house.macros.keys.sorted()

struct NotationTests {
    @Test("Every macro expands in every notation to TeX that passes the lint", arguments: allNotations)
    func complete(id: String, model: Notation.Model) throws {
        let notation = try #require(Notation.named(id, for: model))
        for name in allMacros {
            let tex = try notation.expand(call(name))
            #expect(!tex.contains("#"))
            #expect(throws: Never.self, "\(name) in \(id)") { try TeXLint.check(tex) }
        }
    }

    @Test("A source's table only overrides macros that the house has, with the same arguments", arguments: allNotations)
    func overrides(id: String, model: Notation.Model) throws {
        let notation = try #require(Notation.named(id, for: model))
        for (name, template) in notation.macros {
            let house = try #require(Notation.house.macros[name], "\(name) is not in the house's table")
            for place in ["#1", "#2", "#3"] {
                #expect(template.contains(place) == house.contains(place), "\(name) in \(id): \(place)")
            }
        }
    }

    @Test("A symbol of every notation is the source's own")
    func ledgerTable() throws {
        let rows: [(macro: String, symbols: [String])] = [
            // house, CS 181 (coins), PRML, CS229, STAT 215A, ORIE 4742
            (#"\weight{k}"#, [#"\pi_{k}"#, #"\theta_{k}"#, #"\pi_{k}"#, #"\pi_{k}"#, #"\pi_{j}"#, #"\pi_{k}"#]),
            (
                #"\resp{n}{k}"#,
                [
                    #"\gamma_{nk}"#, "q_{n,k}", #"\gamma(z_{nk})"#, "r_{ik}", "Z_{ij}^{(t)}", #"\gamma_{X_{n}}^{k}"#,
                ]
            ),
            (#"\headprob{k}"#, [#"\mu_{k}"#, #"\pi_{k 1}"#, #"\mu_{k}"#, #"\mu_{k}"#, #"\mu_{j}"#, #"\mu_{k}"#]),
            (
                #"\isclass{n}{k}"#,
                ["z_{nk}=1", #"\mathbf{z}_{n}=C_{k}"#, "z_{nk}=1", "z^{i}=k", "Z_{i}=j", "z_{n,k}=1"]
            ),
            (#"\obs{n}"#, ["x_{n}", #"\mathbf{x}_{n}"#, "x_{n}", "x^{i}", "X_{i}", "X_{n}"]),
            (#"\obscount"#, ["N", "N", "N", "N", "n", "N"]),
            (
                #"\params"#,
                [#"\boldsymbol{\theta}"#, #"\mathbf{w}"#, #"\boldsymbol{\theta}"#, #"\theta"#, #"\theta"#, #"\theta"#]
            ),
            (
                #"\loglik{a}"#,
                [
                    #"\ell(a)"#, #"\log p(\mathbf{X}; a)"#, #"\ln p(\mathbf{X} \mid a)"#, "L_{x}(a)", #"\ell(a)"#,
                    #"\log p(\mathbf{X} \mid a)"#,
                ]
            ),
            (
                #"\completeloglik{a}"#,
                [
                    #"\ln p(\mathbf{X}, \mathbf{Z} \mid a)"#, #"\log p(\mathbf{X}, \mathbf{Z}; a)"#,
                    #"\ln p(\mathbf{X}, \mathbf{Z} \mid a)"#, "L_{x,z}(a)", #"\ell(a; X, Z)"#,
                    #"\log p(\mathbf{X}, \mathbf{Z} \mid a)"#,
                ]
            ),
            (
                #"\Q{a}{b}"#,
                ["Q(a; b)", #"\mathcal{L}_{c}(a; b)"#, #"\mathcal{Q}(a, b)"#, "Q(a; b)", #"Q(a \mid b)"#, "Q(a; b)"]
            ),
        ]
        for (macro, symbols) in rows {
            for (id, symbol) in zip(Notation.ids, symbols) {
                let notation = try #require(Notation.named(id, for: .coins))
                #expect(try notation.expand(TeX(macro)) == symbol, "\(macro) in \(id)")
            }
        }
    }

    @Test("A symbol that a source does not have is nobody's own, and what it does have is as formulas have it")
    func missing() throws {
        let coins = Notation.ids.compactMap { Notation.named($0, for: .coins) }
        #expect(
            try coins.map { try $0.ownSymbol(#"\headprob{k}"#) } == [
                #"\mu_{k}"#, #"\pi_{k 1}"#, #"\mu_{k}"#, nil, nil, nil,
            ])
        #expect(try coins.filter { try $0.ownSymbol(#"\Qname"#) == nil }.map(\.id) == ["cs229", "orie4742"])
        #expect(try coins.allSatisfy { try $0.ownSymbol(#"\weight{k}"#) == $0.expand(#"\weight{k}"# as TeX) })
        for (id, model) in allNotations {
            let notation = try #require(Notation.named(id, for: model))
            // It is missing in its table, too, where it would be a symbol after all.
            #expect(notation.missing.allSatisfy { notation.macros[$0] == nil && Notation.house.macros[$0] != nil })
        }
    }

    @Test("CS 181's π is the weight of a Gaussian, but the head probability of a coin")
    func clash() throws {
        let gaussians = try #require(Notation.named("cs181", for: .gaussians))
        let coins = try #require(Notation.named("cs181", for: .coins))
        #expect(try gaussians.expand(TeX(#"\weight{1}"#)) == #"\pi_{1}"#)
        #expect(try coins.expand(TeX(#"\weight{1}"#)) == #"\theta_{1}"#)
        #expect(try coins.expand(TeX(#"\headprob{1}, \tailprob{1}"#)) == #"\pi_{1 1}, \pi_{1 2}"#)
    }

    @Test("Within one notation a letter means one thing", arguments: allNotations)
    func letters(id: String, model: Notation.Model) throws {
        let notation = try #require(Notation.named(id, for: model))
        let things = [
            "observation": ["obs", "data", "heads"],
            "class of an observation": ["latent", "latentvec", "latents", "isclass"],
            "responsibility": ["resp", "respvec", "resps"], "weight": ["weight", "weights"],
            "head probability": ["headprob", "headprobs"], "parameters": ["params", "paramsat"],
            "number of observations": ["obscount"], "number of classes": ["classcount"], "number of flips": ["flips"],
            "index of observations": ["obsindex"], "index of classes": ["classindex"], "Q": ["Q", "Qname"],
            "entropy": ["entropy"],
        ]
        var meanings: [String: Set<String>] = [:]
        for (thing, macros) in things {
            for macro in macros { meanings[letter(try notation.expand(call(macro))), default: []].insert(thing) }
        }
        let clashes = meanings.filter { $0.value.count > 1 }
        // STAT 215A itself writes Z for both: Z_i is the class, Z_ij^(t) its expectation. The superscript tells them apart.
        let known = id == "stat215a" ? ["Z": ["class of an observation", "responsibility"] as Set] : [:]
        #expect(clashes == known)
    }

    /// The letter that a reader sees first: `\boldsymbol{\theta}^{(t)}` gives `\theta`.
    private func letter(_ tex: String) -> String {
        var scanner = TeXScanner(tex)
        while let token = scanner.next() {
            if case .command(let name) = token, ["mathbf", "boldsymbol", "mathcal", "hat"].contains(name) { continue }
            if token.text != "{" { return token.text }
        }
        return ""
    }

    @Test("An unknown notation has no table")
    func unknown() {
        #expect(Notation.named("bishop", for: .coins) == nil)
        #expect(Notation.named("", for: .gaussians) == nil)
    }
}
