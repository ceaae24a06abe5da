import Testing
import Verification

@testable import Notebook

/// Letters and words that are right in one notation and wrong in another.
struct TeXLintLettersTests {
    @Test(
        "An index that is typed in, where a macro stands for it, is an error that names the letter",
        arguments: [
            (#"\sum_{k=1}^{3} \weight{k}"#, "k"), (#"\sum_{j} \weight{j}"#, "j"), (#"x_{n}"#, "n"), (#"x^i"#, "i"),
            (#"\frac{1}{N} \sumobs \obs{n}"#, "N"), (#"\loglik{\sum_{k} \params}"#, "k"),
            (#"\sqrt{\frac{\weight{k}}{K}}"#, "K"),
        ])
    func hardCoded(tex: String, letter: String) {
        #expect {
            try TeXLint.checkIndices(tex)
        } throws: { error in
            if case TeXError.hardCodedIndex(letter, _) = error { true } else { false }
        }
    }

    @Test(
        "Indices in a macro's arguments, words, numbers and quotations pass",
        arguments: [
            #"\sumclasses \weight{k} \normal{\obsvec{n}}{\meanvec{k}}{\cov{k}}"#, #"\sum_{\otherindex} \weight{j}"#,
            #"\sum_{\text{all kinds in k}} \effcount{k}"#, #"\mathrm{Bernoulli}(\pi_{1})"#,
            #"\ell(\theta) \in \mathbb{R}^{3}"#, #"\begin{aligned} m \end{aligned}"#,
            #"\printed{Z_{i} \sim N(0, \sigma)}"#, #"\isclass{\ast}{k}"#,
        ])
    func translated(tex: String) throws { try TeXLint.checkIndices(tex) }

    @Test("A hard-coded index stops a report in prose, formula, numbers and table, and an erratum may quote its source")
    func report() throws {
        let wrong = #"\sum_{k=1}^{3} \weight{k}"#
        let places: [(inout Report) -> Void] = [
            { $0.prose(Prose("So $\(wrong)$.")) }, { $0.formula(TeX(wrong)) },
            { $0.table(["a"], rows: [[Prose("$\(wrong)$")]]) },
            { $0.exercise(Prose("Why $\(wrong)$?"), answer: "So.") },
            { Self.equation(formula: TeX(wrong), numbers: nil, in: &$0) },
            { Self.equation(formula: #"\weights"#, numbers: TeX(wrong), in: &$0) },
        ]
        for place in places {
            var report = SmallReport.empty()
            place(&report)
            #expect(throws: TeXError.self) { try RenderedReport(report, formats: [.svg]) }
        }
        var report = SmallReport.empty()
        report.erratum("errata.cs181.pi22", printed: "$x_{n}$", corrected: "$x_{n}$", shown: "$x_{n}$ is 1")
        #expect(throws: Never.self) { try RenderedReport(report, formats: [.svg]) }
    }

    @Test("A number is not called a vector, and a vector may be", arguments: Notation.ids)
    func vectors(id: String) throws {
        let notation = try #require(Notation.named(id, for: .gaussians))
        let isNumber = ["cs229", "stat215a"].contains(id)
        #expect(notation.latentIsNumber == isNumber)
        for text in [#"The one-hot vector $\latentvec{n}$ is long"#, #"First. A vector $\latentvec{n}$, then"#] {
            let lint = { try TeXLint.checkLetters(text, in: notation) }
            if isNumber {
                #expect(throws: TeXError.self) { try lint() }
            } else {
                #expect(throws: Never.self) { try lint() }
            }
        }
        let inOrder = #"$\latentvec{n}$ is the class. As a one-hot vector it has entries $\latent{n}{k}$"#
        try TeXLint.checkLetters(inOrder, in: notation)
    }

    @Test("A formula as its source prints it stands in the source's letters, and only there", arguments: Notation.ids)
    func printed(id: String) throws {
        var report = SmallReport.empty(in: id)
        report.equation(
            "cs181.15", formula: #"\prodclasses \weight{k}"#, printed: #"\prod_{k=1}^{2} \theta_{k}"#, numbers: nil,
            value: 1, again: .exact(1, "counting"))
        let text = try #require(try RenderedReport(report, formats: [.svg]).text("README.md"))
        #expect(text.components(separatedBy: #"\prod_{k=1}^{2} \theta_{k}"#).count == 2)
        #expect(text.contains("In the letters of CS 181") == (id != "cs181"))
        let ours = try report.notation.expand(#"\prodclasses \weight{k}"# as TeX)
        #expect(text.contains(ours) == (id != "cs181"))
    }

    @Test("The column of other people's numbers says whose they are")
    func published() {
        func figure(_ isByAnotherProgram: Bool) -> PublishedFigure {
            PublishedFigure(
                id: "a", quantity: "p", published: 1, decimals: 0, ours: 1, isByAnotherProgram: isByAnotherProgram)
        }
        #expect(PublishedFigure.heading(of: [figure(false)]) == "published")
        #expect(PublishedFigure.heading(of: [figure(true), figure(true)]) == "by another program")
        #expect(PublishedFigure.heading(of: [figure(true), figure(false)]) == "published, or by another program")
    }

    private static func equation(formula: TeX, numbers: TeX?, in report: inout Report) {
        report.equation(
            "cs181.15", formula: formula, numbers: numbers, value: 1,
            again: .exact(1, "counting"))
    }
}
