import Figures
import Testing
import Verification

@testable import Notebook

struct MarkdownTests {
    @Test("A report with one cell of every kind is the Markdown that is expected")
    func everything() throws {
        let rendered = try RenderedReport(SmallReport.report(), formats: [.svg, .png])
        #expect(rendered.text("README.md") == Self.expected)
        #expect(rendered.files.map(\.path) == ["figures/path.svg", "figures/path.png", "README.md", "results.json"])
    }

    private static let expected = #"""
        # A small report

        Two coins, with $\pi_{1} = 0.4$.

        **In this report**

        1. [One flip](#section-1)
        2. [Errata and figures](#section-2)
        - [All equations of this report](#all-equations)
        - [What to try next](#what-to-try-next)

        <a id="section-1"></a>

        ## 1. One flip

        Responsibilities $\boldsymbol{\gamma}_ {1}$ and $\boldsymbol{\gamma}_ {2}$ of 12,000 flips.

        <a id="cs181-13"></a>

        ### The posterior by powers of the parameters

        *CS 181, equation 13* · `cs181.13`

        $$
        \gamma_{n1} = \frac{\pi_{1} \mu_{1}^{x_{n}}}{p(x_{n})}
        $$

        With numbers:

        $$
        \gamma_{11} = 0.2
        $$

        <details><summary>✅ checked by a second route · in the letters of CS 181</summary>

        In the letters of CS 181:

        $$
        q_{n,1} = \frac{\theta_{1} \pi_{1 1}^{x_{n,1}}}{p(\mathbf{x}_ {n})}
        $$

        Checked by counting in $M$ words: both ways (0.3, 0); difference < 1e-13, allowed 1e-12.

        </details>

        Nothing else.

        | coin | $\mu_{k}$ |
        |---|---|
        | first | 0.3 |
        | second | 0.8 |

        <sub>The coins.</sub>

        <a id="section-2"></a>

        ## 2. Errata and figures

        <a id="errata-cs181-pi22"></a>

        <details><summary>Erratum · CS 181, section 2.4: Which parameters are solved for</summary>

        > `errata.cs181.pi22`
        >
        > - *Printed:* $\pi_{22}$
        > - *Better:* $\pi_{21}$
        > - *The number that shows it:* Their sum is 1.

        </details>

        | quantity | published | ours | agrees |
        |---|---|---|---|
        | first coin, one step | 0.71 | 0.713012 | yes |

        <a id="figure-1"></a>

        ![A line from (0, 0) up to (1, 1).](figures/path.svg)

        **Figure 1.** The path, with $\pi_{1}$.

        > **Try it yourself.** What does coin 2 show?
        >
        > And coin 1?

        <details><summary>Answer</summary>

        Heads with $\mu_{2}$.

        </details>

        ## All equations

        1 of 1 checks passed.

        <details><summary>Every equation with its value and its check</summary>

        | equation | what it says | value | check | difference |
        |---|---|---|---|---|
        | [`cs181.13`](#cs181-13) | The posterior by powers of the parameters | $\gamma_{11}$: 0.3 | ✅ counting in $M$ words | < 1e-13 |

        <sub>Of several numbers the table shows one, by its name; `results.json` has all of them.</sub>

        </details>

        ## What to try next

        The same with other data.

        ```sh
        swift run Small --seed 7
        ```

        ## References

        <details><summary>1 work</summary>

        - Do and Batzoglou, 2008.

        </details>

        """#

    @Test("The same report is the same bytes again, in every file", arguments: Notation.ids)
    func deterministic(id: String) throws {
        let first = try RenderedReport(SmallReport.report(in: id), formats: [.svg, .png, .pdf])
        let second = try RenderedReport(SmallReport.report(in: id), formats: [.svg, .png, .pdf])
        #expect(first.files.count == 5)
        for (one, other) in zip(first.files, second.files) { #expect(one.bytes == other.bytes, "\(one.path)") }
    }

    @Test("In a source's notation its own form is not repeated")
    func ownNotation() throws {
        let text = try markdown(SmallReport.report(in: "cs181"))
        #expect(!text.contains("In the letters of CS 181"))
        #expect(text.contains(#"q_{n,1} = \frac{\theta_{1} \pi_{1 1}^{x_{n,1}}}{p(\mathbf{x}_ {n})}"#))
    }

    @Test("CS 181's own form is that of the report's model")
    func modelDecides() throws {
        var report = Report(lesson: "Small", title: "Small", seed: 1, notation: .house, model: .gaussians)
        report.equation(
            "cs181.3", formula: #"\weight{k}, \resp{n}{k}"#, numbers: nil, value: 1,
            again: .exact(1, "counting"))
        #expect(try markdown(report).contains(#"\pi_{k}, q_{n,k}"#))
    }

    @Test("The Markdown shows the first of SVG and PNG, and links to a lone PDF")
    func formats() throws {
        let report = SmallReport.report()
        #expect(try markdown(report, [.png]).contains("![A line from (0, 0) up to (1, 1).](figures/path.png)"))
        #expect(try markdown(report, [.pdf, .png]).contains("](figures/path.png)"))
        #expect(try markdown(report, [.pdf]).contains("\n[A line from (0, 0) up to (1, 1).](figures/path.pdf)"))
    }

    @Test("Underscores that GitHub would read as emphasis are followed by a space; others are not")
    func emphasis() throws {
        var report = SmallReport.empty()
        report.prose(#"$\mathbf{x}_{1} + \mu_1 + (a)_2 + x_{m}$, a_b, _{c}"#)
        #expect(try markdown(report).contains(#"$\mathbf{x}_ {1} + \mu_1 + (a)_ 2 + x_{m}$, a_b, _{c}"#))
    }

    @Test("A line break in a table or a caption becomes a space, and an erratum keeps its quotation")
    func lineBreaks() throws {
        var report = SmallReport.empty()
        report.table(["a\nb"], rows: [["c\nd"]], caption: "e\nf")
        report.erratum("errata.cs181.ex4", printed: "g\nh", corrected: "i", shown: "j")
        report.references = [("k", "l\nm")]
        let text = try markdown(report)
        for words in ["| a b |", "| c d |", "<sub>e f</sub>", "> - *Printed:* g\n>   h\n", "- l m\n"] {
            #expect(text.contains(words))
        }
    }

    @Test("A formula without an id stands alone, in the report's letters")
    func formula() throws {
        var report = SmallReport.empty(in: "stat215a")
        report.formula(#"\loglik{\params} = \sumobs \nlog\obs{n}"#)
        #expect(try markdown(report).contains("\n$$\n\\ell(\\theta) = \\sum_{i=1}^{n} \\log X_{i}\n$$\n"))
    }

    @Test("A figure's label is in the report's letters, and its alternative text is in one line")
    func labels() throws {
        let report = SmallReport.empty(in: "cs181")
        #expect(try report.label(#"weight $\weight{1}$"#) == Label(#"weight $\theta_{1}$"#))
        #expect(throws: TeXError.self) { try report.label("weight $x") }
        #expect(report.words("a\n\(0.5, .fixed(1)) b") == "a 0.5 b")
    }

    @Test("A report without a next step has no link to one")
    func noNextStep() throws {
        #expect(try !markdown(SmallReport.empty()).contains("what-to-try-next"))
    }

    private func markdown(_ report: Report, _ formats: [FigureFormat] = [.svg]) throws -> String {
        try #require(RenderedReport(report, formats: formats).text("README.md"))
    }
}
