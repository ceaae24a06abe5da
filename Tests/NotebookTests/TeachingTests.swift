import Figures
import Testing
import Verification

@testable import Notebook

/// What a report says to a student besides its argument: frames, folds, questions, the glossary.
struct TeachingTests {
    private static let other = Figure(
        id: "other", title: "Another", alt: "A line.", panels: [Panel(layers: [.line([Point(0, 0), Point(1, 1)])])])

    /// Something of every kind that counts, in the report given.
    private static func fill(_ report: inout Report) {
        report.prose("Inside.")
        report.equation(
            "cs181.11", formula: #"\weight{k}"#, numbers: nil, value: 1, again: .exact(1, "counting"))
        report.check("further", value: 2, again: .exact(2, "counting"))
        report.figure(other, caption: "The other.")
        report.erratum("errata.cs181.ex4", printed: "a", corrected: "b", shown: "c")
    }

    private func markdown(_ report: Report) throws -> String {
        try #require(RenderedReport(report, formats: [.svg]).text("README.md"))
    }

    /// Ways to put things into a report, from directly to a fold in a frame in a fold.
    private static let nestings: [@Sendable (inout Report) -> Void] = [
        { fill(&$0) },
        { $0.folded("Steps") { fill(&$0) } },
        { $0.box("A box") { fill(&$0) } },
        { $0.folded("Steps") { $0.box("A box") { $0.folded("More") { fill(&$0) } } } },
    ]

    @Test("What stands in frames and folds counts like everything else", arguments: nestings.indices)
    func nestedCounts(nesting: Int) throws {
        var (flat, nested) = (SmallReport.report(), SmallReport.report())
        Self.fill(&flat)
        Self.nestings[nesting](&nested)
        #expect(nested.explainedIDs == flat.explainedIDs && nested.explainedIDs.contains("errata.cs181.ex4"))
        #expect(nested.figures.map(\.id) == ["path", "other"])
        let (one, other) = try (RenderedReport(flat, formats: [.svg]), RenderedReport(nested, formats: [.svg]))
        #expect(one.files.map(\.path) == other.files.map(\.path))
        #expect(one.text("results.json") == other.text("results.json"))
    }

    @Test("Every anchor stands outside the folds, once, and links lead to nothing else", arguments: nestings.indices)
    func anchors(nesting: Int) throws {
        var report = SmallReport.report()
        report.prose("[fig:path], [fig:other], [eq:cs181.13], [eq:cs181.11], [eq:errata.cs181.ex4]")
        Self.nestings[nesting](&report)
        let text = try markdown(report)
        var anchors: [String: Int] = [:]
        var depth = 0
        for line in text.split(separator: "\n") {
            depth += line.hasPrefix("<details>") ? 1 : line.hasPrefix("</details>") ? -1 : 0
            guard let match = line.firstMatch(of: /<a id="([^"]*)">/) else { continue }
            #expect(depth == 0, "\(line)")
            anchors[String(match.1), default: 0] += 1
        }
        #expect(depth == 0 && anchors.values.allSatisfy { $0 == 1 })
        let targets = Set(text.matches(of: /\]\(#([^)]*)\)/).map { String($0.1) })
        // These are the anchors that GitHub makes of the headings.
        #expect(targets.subtracting(anchors.keys) == ["all-equations", "what-to-try-next"])
        for target in ["figure-2", "cs181-11", "errata-cs181-ex4"] { #expect(targets.contains(target)) }
    }

    @Test("Markdown in a fold or a frame stands between blank lines, so that it is read as Markdown")
    func blankLines() throws {
        for nesting in Self.nestings.dropFirst() {
            var report = SmallReport.report()
            nesting(&report)
            let lines = try markdown(report).split(separator: "\n", omittingEmptySubsequences: false)
            for (n, line) in lines.enumerated() {
                if line.hasPrefix("<details>") || line.hasPrefix("<table>") { #expect(lines[n + 1].isEmpty) }
                if line.hasPrefix("</") { #expect(lines[n - 1].isEmpty && lines[n + 1].isEmpty) }
            }
        }
    }

    @Test("A check that fails is not folded, wherever its letters are")
    func failure() throws {
        var report = SmallReport.empty()
        report.equation(
            "cs181.11", formula: #"\weight{k}"#, numbers: nil, value: 1, again: .exact(2, "counting"),
            details: "What is compared.")
        let text = try markdown(report)
        #expect(text.contains("allowed 1e-12.\n\nWhat is compared.\n\n<details><summary>In the letters"))
        let before = try #require(text.range(of: "❌ **This check failed** by counting: computed 1, second route 2"))
        #expect(!text[..<before.lowerBound].contains("<details>"))
        #expect(text.contains("<details><summary>In the letters of CS 181</summary>"))
    }

    @Test(
        "The route stands in the verdict if it fits in a line, and inside if it does not", arguments: [10, 60, 61, 200])
    func verdict(length: Int) throws {
        let how = String(repeating: "a", count: length)
        let text = try markdown(SmallReport.report(value: [1], again: .exact([1], how)))
        #expect(text.contains("<summary>✅ checked by \(how)</summary>") == (length <= 60))
        #expect(text.contains("Checked by \(how): both ways") == (length > 60))
    }

    @Test("What a check compares is folded with it")
    func details() throws {
        var report = SmallReport.empty()
        report.equation(
            "cs181.11", formula: "x", numbers: nil, value: 1, again: .exact(1, "counting"), note: "Outside.",
            details: "Inside, with $x$.")
        let text = try markdown(report)
        #expect(text.contains("allowed 1e-12.\n\nInside, with $x$.\n\n</details>\n\nOutside."))
    }

    @Test("A section cannot begin in a frame or a fold")
    func nestedSection() {
        for isFold in [true, false] {
            var report = SmallReport.empty()
            if isFold {
                report.folded("Title") { $0.section("One") }
            } else {
                report.box("Title") { $0.section("One") }
            }
            #expect(throws: ReportError.nestedSection("One")) { try markdown(report) }
        }
    }

    @Test("The title of a fold is plain characters, safe in HTML; mathematics is refused")
    func titles() throws {
        var report = SmallReport.empty()
        report.folded("If *a* < b & `c` > d") { $0.prose("x") }
        #expect(
            try markdown(report).contains("<details><summary>If a &lt; b &amp; c &gt; d</summary>\n\nx\n\n</details>"))
        report.folded("Of $x$") { $0.prose("x") }
        #expect(throws: ReportError.mathematicsInTitle("Of $x$")) { try markdown(report) }
    }

    @Test("A closure that throws leaves the report as it was")
    func throwing() {
        struct Failure: Error {}
        var report = SmallReport.report()
        let count = report.cells.count
        #expect(throws: Failure.self) {
            try report.folded("x") {
                $0.prose("y")
                throw Failure()
            }
        }
        #expect(report.cells.count == count)
    }

    @Test("Questions have folded answers; those at the end have a heading, and a link in the contents")
    func questions() throws {
        var report = SmallReport.empty()
        #expect(try !markdown(report).contains("Check yourself"))
        report.predict("Rises or falls?", answer: #"It rises, with $\weight{1}$."#)
        report.recap([("Why?", "Because."), (#"What is $\weight{k}$?"#, "A weight.\n\nOf class 1.")])
        let text = try markdown(report)
        #expect(
            text.contains(
                "> **Predict before you see.** Rises or falls?\n\n<details><summary>Answer</summary>\n\nIt rises, with $\\pi_{1}$."
            ))
        #expect(text.contains("- [Check yourself](#check-yourself)\n- [All equations"))
        #expect(
            text.contains(
                """
                ## Check yourself

                1. Why?

                   <details><summary>Answer</summary>

                   Because.

                   </details>
                2. What is $\\pi_{k}$?

                   <details><summary>Answer</summary>

                   A weight.

                   Of class 1.

                   </details>

                ## All equations
                """))
    }

    @Test("The glossary has each word with its section, in the report's letters", arguments: Notation.ids)
    func glossary(id: String) throws {
        var report = SmallReport.empty(in: id)
        report.define(nil, "*mixture*", "several classes")
        report.section("Weights")
        report.box("Box") { $0.define(#"\weight{k}"#, "weight", #"share of class $\classindex$"#) }
        report.section("More")
        report.define(#"\resp{n}{k}"#, "responsibility", "share of an observation")
        let text = try markdown(report)
        let notation = try #require(Notation.named(id, for: .coins))
        func tex(_ macro: TeX) throws -> String {
            try notation.expand(macro).replacing("}_{", with: "}_ {").replacing(")_{", with: ")_ {")
        }
        let (weight, share, k) = try (tex(#"\weight{k}"#), tex(#"\resp{n}{k}"#), tex(#"\classindex"#))
        #expect(text.contains("- [Glossary](#glossary)"))
        #expect(
            text.contains("<details><summary>3 words of this lesson</summary>\n\n| symbol | name | meaning | section |")
        )
        #expect(text.contains("|  | *mixture* | several classes |  |"))
        #expect(text.contains("| $\(weight)$ | weight | share of class $\(k)$ | [1. Weights](#section-1) |"))
        #expect(text.contains("| $\(share)$ | responsibility | share of an observation | [2. More](#section-2) |"))
    }

    @Test("A word has one meaning in a report")
    func definedTwice() {
        var report = SmallReport.empty()
        report.define(nil, "weight", "a")
        report.folded("x") { $0.define(#"\weight{k}"#, "weight", "b") }
        #expect(throws: ReportError.definedTwice("weight")) { try markdown(report) }
    }
}
