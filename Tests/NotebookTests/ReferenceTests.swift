import Figures
import Testing
import Verification

@testable import Notebook

/// References to figures, lessons and equations become links where there is something to lead to, and words elsewhere.
struct ReferenceTests {
    private static let lessons = ["Lesson1MixtureGeneration", "Lesson5Identifiability"]

    private func markdown(_ text: String, in lesson: String = "Lesson1MixtureGeneration") throws -> String {
        var report = Report(lesson: lesson, title: "T", seed: 1, notation: .house, model: .coins)
        report.section("First, the recipe")
        report.figure(SmallReport.figure, caption: "First.")
        report.section("2nd")
        report.equation(
            "cs181.notation", formula: "x", numbers: nil, value: 1,
            again: .exact(1, "counting"))
        report.prose(Prose(text))
        let document = try report.document(figures: [.svg], lessons: Self.lessons)
        return String(decoding: try ReportFormat.markdown.write(document), as: UTF8.self)
    }

    @Test(
        "A reference is a link if what it names is there, and plain words if it is not there yet",
        arguments: [
            ("[fig:path] shows", "[Figure 1](#figure-1) shows"),
            ("the left of [*the* path](fig:path)", "the left of [*the* path](#figure-1)"),
            ("see [lesson:5].", "see [lesson 5](../Lesson5Identifiability/README.md)."),
            ("[Lesson:5] shows", "[Lesson 5](../Lesson5Identifiability/README.md) shows"),
            ("see [lesson:8], [eq:prml.9.33]", "see lesson 8, PRML, equation 9.33"),
            ("see [the *proof*](lesson:8)", "see the *proof*"),
            ("[eq:cs181.notation]", "[CS 181, section 1.1](#cs181-notation)"),
            (
                "[eq:cs181.footnote1]",
                "[CS 181, footnote 1](../Lesson5Identifiability/README.md#cs181-footnote1)"
            ),
            // Of this lesson, but not in this report.
            ("[eq:cs181.ex1]", "CS 181, Exercise 1"),
            ("[eq:errata.prml.9.33]", "Yue Yu's notes on PRML, equation 9.33"),
            (
                "see [section:first-the-recipe] and [section:2nd]",
                "see [section 1](#section-1) and [section 2](#section-2)"
            ),
            ("[a: b] and [1:2]", "[a: b] and [1:2]"),
        ])
    func links(text: String, expected: String) throws {
        #expect(try markdown(text).contains("\n\n\(expected)\n\n"))
    }

    @Test(
        "A reference to what there cannot be is refused",
        arguments: ["fig:ridge", "lesson:x", "lesson:0", "eq:cs181.99", "fig:", "section:1", "section:recipe"])
    func unknown(text: String) {
        for prose in ["[\(text)]", "[words](\(text))"] {
            #expect(throws: ReportError.unknownReference(text)) { try markdown(prose) }
        }
    }

    @Test("results.json has references in words")
    func results() throws {
        var report = Report(lesson: "Lesson4CoinFlips", title: "T", seed: 1, notation: .house, model: .coins)
        report.figure(SmallReport.figure, caption: "First.")
        report.erratum(
            "errata.cs181.pi22", printed: "[fig:path]", corrected: "[lesson:5] and [a](https://b.c)",
            shown: "[the path](fig:path), (1, [2])")
        let erratum = try #require(try Results(report, figureFiles: [], files: []).errata.first)
        #expect(erratum.printed == "Figure 1 of lesson 4" && erratum.corrected == "lesson 5 and [a](https://b.c)")
        #expect(erratum.shown == "the path, (1, [2])")
    }

    @Test("Figures are numbered in the order of the report")
    func numbers() throws {
        var report = SmallReport.report()
        let second = Figure(
            id: "other", title: "Another", alt: "A line.",
            panels: [Panel(layers: [.line([Point(0, 0), Point(1, 1)])])])
        report.figure(second, caption: "After [fig:path].")
        let document = try report.document(figures: [.svg], lessons: [])
        let figures = document.blocks.compactMap { if case .figure(let figure) = $0 { figure } else { nil } }
        #expect(figures.map(\.number) == [1, 2] && figures.map(\.anchor) == ["figure-1", "figure-2"])
        #expect(figures.map { $0.pictures.map(\.id) } == [["path"], ["other"]])
        #expect(
            figures[1].caption == [
                .strong([.text("Figure 2.")]), .text(" "), .text("After "),
                .link([.text("Figure 1")], to: .anchor("figure-1")), .text("."),
            ])
    }

    @Test("The lessons that there are, are those of the package's folders, in order")
    func lessons() {
        let numbers = Ledger.lessons.map { Ledger.lessonNumber(of: $0) ?? 0 }
        #expect(numbers.count >= 6 && numbers == numbers.sorted() && Set(numbers).count == numbers.count)
    }
}
