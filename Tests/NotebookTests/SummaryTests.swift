import Foundation
import Testing
import Verification

@testable import Notebook

/// The one-sheet summary, `summary.md` beside the report.
struct SummaryTests {
    private func report(
        box: Prose = "The rule", updates: [String] = ["cs181.13"], figure: String = "path"
    ) -> Report {
        var report = SmallReport.report()
        report.box("Another") { $0.prose("Not this one.") }
        report.folded("Steps") {
            $0.box("The rule") {
                $0.prose(#"Take $\weight{k}$, see [fig:path] and [eq:cs181.13]."#)
                $0.folded("Why") { $0.prose("A page has no folds.") }
            }
        }
        report.summary(
            goal: "To explain $x$.", box: box, updates: updates,
            numbers: ["One is \(1.0, .fixed(1)).", "Two.", "Three."], figure: figure)
        return report
    }

    @Test("The summary has goal, frame, updates, numbers and figure, and its links lead to the report")
    func everything() throws {
        let rendered = try RenderedReport(report(), formats: [.svg])
        #expect(rendered.files.map(\.path) == ["figures/path.svg", "README.md", "summary.md", "results.json"])
        #expect(
            rendered.text("summary.md") == #"""
                # A small report

                On one sheet. Everything is explained in [the whole report](README.md).

                **The goal.** To explain $x$.

                <table><tr><td>

                **The rule**

                Take $\pi_{k}$, see [Figure 1](README.md#figure-1) and [CS 181, equation 13](README.md#cs181-13).

                </td></tr></table>

                [The posterior by powers of the parameters](README.md#cs181-13) (CS 181, equation 13)

                $$
                \gamma_{n1} = \frac{\pi_{1} \mu_{1}^{x_{n}}}{p(x_{n})}
                $$

                **In numbers.**

                - One is 1.0.
                - Two.
                - Three.

                <a id="figure-1"></a>

                ![A line from (0, 0) up to (1, 1).](figures/path.svg)

                **Figure 1 of the report.** The path, with $\pi_{1}$.

                """#)
        let results = try Results(json: .init(try #require(rendered.files.last).bytes))
        #expect(results.files.contains("summary.md"))
    }

    @Test("Without a summary there is no such file, and no link to one")
    func none() throws {
        let without = try RenderedReport(SmallReport.report(), formats: [.svg])
        #expect(without.text("summary.md") == nil)
        #expect(try !#require(without.text("README.md")).contains("summary.md"))
        let with = try #require(RenderedReport(report(), formats: [.svg]).text("README.md"))
        #expect(with.contains("- [This lesson on one sheet](summary.md)"))
    }

    @Test("Links to a summary lead there from the course, from another lesson, and from the report")
    func address() {
        for (place, address) in [
            (Document.Place.course, "LessonX/summary.md"), (.lesson("LessonX"), "summary.md"),
            (.lesson("LessonY"), "../LessonX/summary.md"), (.summary(of: "LessonX"), "summary.md"),
        ] {
            let document = Document(title: "T", place: place, blocks: [])
            #expect(document.address(of: .summary(of: "LessonX"), file: "README.md") == address)
        }
    }

    @Test("A summary of what the report does not have is refused")
    func notInReport() {
        for (report, what) in [
            (report(box: "No such box"), "No such box"), (report(updates: ["cs181.13", "cs181.11"]), "cs181.11"),
            (report(figure: "none"), "none"),
        ] {
            #expect(throws: ReportError.notInReport(what)) { try RenderedReport(report, formats: [.svg]) }
        }
    }

    @Test("An earlier summary goes when the report has none any more, and nothing else does")
    func rewritten() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "summary-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.path(percentEncoded: false)
        func files() throws -> Set<String> {
            Set(try FileManager.default.contentsOfDirectory(atPath: path).filter { !$0.hasPrefix(".") })
        }
        try RenderedReport(report(), formats: [.svg]).write(to: path)
        #expect(try files() == ["README.md", "summary.md", "results.json", "figures"])
        try Data("mine".utf8).write(to: folder.appending(path: "notes.md"))
        try RenderedReport(SmallReport.report(), formats: [.svg]).write(to: path)
        #expect(try files() == ["README.md", "notes.md", "results.json", "figures"])
    }
}
