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

        In the letters of CS 181:

        $$
        q_{n,1} = \frac{\theta_{1} \pi_{1 1}^{x_{n,1}}}{p(\mathbf{x}_ {n})}
        $$

        With numbers:

        $$
        \gamma_{11} = 0.2
        $$

        ✅ **Check** by counting in $M$ words: both ways (0.3, 0); difference < 1e-13, allowed 1e-12.

        Nothing else.

        | coin | $\mu_{k}$ |
        |---|---|
        | first | 0.3 |
        | second | 0.8 |

        <sub>The coins.</sub>

        <a id="section-2"></a>

        ## 2. Errata and figures

        <a id="errata-cs181-pi22"></a>

        > **Erratum · CS 181, section 2.4: Which parameters are solved for** `errata.cs181.pi22`
        >
        > - *Printed:* $\pi_{22}$
        > - *Better:* $\pi_{21}$
        > - *The number that shows it:* Their sum is 1.

        | quantity | published | ours | agrees |
        |---|---|---|---|
        | first coin, one step | 0.71 | 0.713012 | yes |

        ![A line from (0, 0) up to (1, 1).](figures/path.svg)

        > **Try it yourself.** What does coin 2 show?
        >
        > And coin 1?

        <details><summary>Answer</summary>

        Heads with $\mu_{2}$.

        </details>

        ## All equations

        1 of 1 checks passed.

        | equation | what it says | value | check | difference |
        |---|---|---|---|---|
        | [`cs181.13`](#cs181-13) | The posterior by powers of the parameters | $\gamma_{11}$: 0.3 | ✅ counting in $M$ words | < 1e-13 |

        <sub>Of several numbers the table shows one, by its name; `results.json` has all of them.</sub>

        ## What to try next

        The same with other data.

        ```sh
        swift run Small --seed 7
        ```

        ## References

        - Do and Batzoglou, 2008.

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

    @Test("A failed check shows as failed, at its equation and in the closing table")
    func failedCheck() throws {
        let check = SecondRoute.exact(0.3000021, "counting")
        let report = SmallReport.report(value: 0.3, again: check)
        let text = try markdown(report)
        #expect(
            text.contains(
                "❌ **This check failed** by counting: computed 0.3, second route 0.300002; difference < 1e-3, allowed 1e-12."
            ))
        #expect(text.contains("| 0.3 | ❌ counting | < 1e-3 |"))
        #expect(text.contains("0 of 1 checks passed."))
    }

    @Test(
        "Of a property the report says what has to be true, and how far it is from that: no second value, and no rounding noise"
    )
    func property() throws {
        func text(_ violation: Double, _ tolerance: Tolerance) throws -> String {
            let route = SecondRoute.property(
                "it never falls", by: "comparing rows", the: "largest fall", is: violation, tolerance: tolerance)
            return try markdown(SmallReport.report(value: [0.3, 0.7], again: route))
        }
        for violation in [0, -3, 2e-16] {
            let text = try text(violation, .rounding())
            #expect(
                text.contains(
                    "✅ **Check** that it never falls, by comparing rows: the largest fall is less than 1e-13, allowed 1e-12."
                ))
            #expect(text.contains("| ✅ that it never falls, by comparing rows | < 1e-13 |"))
        }
        #expect(try text(7e-11, .enumeration).contains("the largest fall is at most 1e-10, allowed 1e-10."))
        #expect(
            try text(0.25, .rounding()).contains(
                "❌ **This check failed**, that it never falls, by comparing rows: the largest fall is 0.25, allowed 1e-12."
            ))
        #expect(
            try markdown(
                SmallReport.report(value: 1, again: .nonDecreasing([1], "it never falls", by: "comparing rows"))
            ).contains("by comparing rows: there are fewer than two values, so no step to judge."))
    }

    @Test(
        "A number that must not be too small is printed with its limit",
        arguments: [(0.62, "✅ **Check**"), (1e-7, "❌")])
    func least(_ measured: Double, _ lead: String) throws {
        let route = SecondRoute.property("all is well", by: "counting", the: "p-value", is: measured, atLeast: 1e-6)
        let text = try markdown(SmallReport.report(value: [0.3, 0.7], again: route))
        let number = NumberFormat.significant(2).string(measured)
        #expect(text.contains(lead))
        #expect(text.contains("that all is well, by counting: the p-value is \(number), and must not be below 1e-6."))
        #expect(text.contains("| p-value \(number) |"))
    }

    @Test("Simulated numbers are compared in standard errors: all of them are within what is printed")
    func simulatedNumbers() throws {
        let estimates = [
            SimulationEstimate(mean: 10, standardError: 0.8, count: 100),
            SimulationEstimate(mean: 0.5, standardError: 0.0625, count: 100),
        ]
        func text(_ value: CheckedValue, _ route: SecondRoute) throws -> String {
            try markdown(SmallReport.report(value: value, again: route))
        }
        let several = SecondRoute.simulation(estimates, "counting")
        let passed = try text([11, 0.75], several)
        #expect(
            passed.contains("computed (11, 0.75), simulated (10, 0.5); each within 4 standard errors, allowed 5."))
        #expect(passed.contains("| within 4 standard errors |"))
        #expect(try text([11, 1], several).contains("; up to 8 standard errors apart, allowed 5."))
        let single = SecondRoute.simulation(estimates[0], "counting")
        #expect(
            try text(11, single).contains("computed 11, simulated 10; within 1.3 standard errors, allowed 5."))
        #expect(try text(10, single).contains("both ways 10; within 0.1 standard errors, allowed 5."))
        // Every draw gave the same: there is no standard error, and only rounding may separate the two.
        let constant = SecondRoute.simulation(SimulationEstimate(mean: 3, standardError: 0, count: 9), "counting")
        #expect(try text(3, constant).contains("both ways 3; difference < 1e-12, allowed 3e-12."))
    }

    @Test("Beyond 5 standard errors is printed exactly if the check failed", arguments: 0..<200)
    func standardErrors(_ step: Int) throws {
        let estimate = SimulationEstimate(mean: 0, standardError: 1, count: 100)
        let check = Check(of: .number(4.9 + 0.001 * Double(step)), again: .simulation(estimate, "counting"))
        let printed = try #require(
            Double(CheckWords.difference(check).split(separator: " ").first { Double($0) != nil } ?? ""))
        #expect((printed > 5) == !check.passed)
        #expect(CheckWords.difference(check).hasPrefix("within ") == check.passed)
    }

    @Test("A published figure and ours are printed with its decimals")
    func published() throws {
        func text(_ value: Double) throws -> String {
            try markdown(
                SmallReport.report(value: .number(value), again: .published(21.3, decimals: 1, "another program")))
        }
        #expect(
            try text(21.34).contains("✅ **Check** by another program: here 21.3, there 21.3; they agree to 1 decimal."))
        #expect(try text(21.36).contains("here 21.4, there 21.3; they do not agree to 1 decimal."))
    }

    @Test("The tables show one number by its name, and refuse to choose it themselves")
    func tellingNumber() throws {
        var report = SmallReport.empty()
        report.equation(
            "cs181.11", formula: "x", numbers: nil, value: .matrix([[1, 2], [3, 4]]),
            again: .exact(.matrix([[1, 2], [3, 4]]), "counting"), telling: .entry(1, 0, #"$\weight{2}$"#))
        let text = try markdown(report)
        #expect(text.contains(#"| $\pi_{2}$: 3 | ✅ counting |"#))
        #expect(text.contains(CheckWords.oneOfSeveral))
        for telling in [nil, TellingNumber.entry(2, "x"), .entry(0, 0, "x"), .entry(-1, "x")] {
            var report = SmallReport.empty()
            report.equation(
                "cs181.11", formula: "x", numbers: nil, value: [1, 2], again: .exact([1, 2], "counting"),
                telling: telling)
            #expect(throws: ReportError.noTellingNumber("cs181.11")) { try RenderedReport(report, formats: [.svg]) }
        }
    }

    @Test("A further check is a line of its own, is counted, and fails the report if it fails")
    func furtherCheck() throws {
        var report = SmallReport.report()
        let passing = SecondRoute.exact(1, "counting twice")
        report.check("twice", value: 1, again: passing)
        let text = try markdown(report)
        #expect(text.contains("✅ **Check** by counting twice: both ways 1;"))
        #expect(text.contains("1 of 1 checks passed, and 1 of 1 further checks in the text."))
        #expect(report.failures.isEmpty)
        report.check("wrong", value: 1, again: .exact(2, "counting"))
        #expect(report.failures == ["wrong"])
        report.check("twice", value: 1, again: passing)
        #expect(throws: ReportError.explainedTwice("twice")) { try RenderedReport(report, formats: [.svg]) }
    }

    @Test("Values that cannot be compared fail with the reason")
    func incomparable() throws {
        let check = SecondRoute.exact([0.3, 0.7], "counting")
        let text = try markdown(SmallReport.report(value: [0.3], again: check))
        #expect(
            text.contains(
                "by counting: computed (0.3), second route (0.3, 0.7); a vector of 1 here, but a vector of 2 by the second route."
            ))
    }

    @Test("Rounding noise prints as 0, but a small number beside a simulation does not")
    func noise() throws {
        let derivative = SecondRoute.difference(-2e-9, "central differences")
        #expect(
            try markdown(SmallReport.report(value: 3e-17, again: derivative)).contains(
                "both ways 0; difference"))
        let simulation = SecondRoute.simulation(
            SimulationEstimate(mean: 0.0148, standardError: 0.004, count: 100), "simulation")
        #expect(
            try markdown(SmallReport.report(value: 0.015, again: simulation)).contains(
                "computed 0.015, simulated 0.0148;"))
    }

    @Test("Large values are summarised")
    func largeValues() {
        let vector = (1...20).map(Double.init)
        #expect(ValueText.short(.vector(vector)) == "20 numbers, 1 to 20")
        #expect(ValueText.short(.matrix([vector, vector])) == "2×20 numbers, 1 to 20")
        #expect(ValueText.short(.matrix([[1, 0.5], [0.5, 2]])) == "[(1, 0.5), (0.5, 2)]")
        #expect(ValueText.short(.vector([])) == "()")
    }

    private func markdown(_ report: Report, _ formats: [FigureFormat] = [.svg]) throws -> String {
        try #require(RenderedReport(report, formats: formats).text("README.md"))
    }
}
