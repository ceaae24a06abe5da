import Testing

@testable import Notebook

/// A lesson that fills a report, as the tests see it: what has to hold for every one of them is written here once.
struct LessonUnderTest: Sendable {
    let name: String
    let number: Int
    let model: Notation.Model
    let fill: @Sendable (inout Report, RunProgress) throws -> Void

    /// The lesson's report; nothing is drawn yet.
    func report(seed: UInt64 = 181, notation: String = "house") throws -> Report {
        let symbols = try #require(Notation.named(notation, for: model))
        var report = Report(lesson: name, title: name, seed: seed, notation: symbols, model: model)
        try fill(&report, RunProgress())
        return report
    }

    /// The report's Markdown, with its figures named but not drawn.
    func markdown(of report: Report) throws -> String {
        try MarkdownRenderer(report: report) { ("figures/\($0.id).svg", true) }.render()
    }

    /// Every row of the ledger that names the lesson is explained, once.
    func expectLedgerIsCovered() throws {
        let explained = try report().explainedIDs
        #expect(explained.sorted() == Ledger.entries(ofLesson: number).map(\.id).sorted())
    }

    /// Every check passes, and no number is missing from the text.
    func expectReportHoldsTrue(seed: UInt64) throws {
        let report = try report(seed: seed)
        #expect(report.failures.isEmpty)
        let text = try markdown(of: report)
        #expect(!text.contains("NaN"))
        #expect(!text.contains("❌"))
    }

    /// The report renders in the letters of a source, and its figures can be drawn with them.
    func expectReportRenders(notation: String) throws {
        let report = try report(notation: notation)
        let rendered = try RenderedReport(report, formats: [.svg])
        #expect(rendered.files.contains { $0.path == "README.md" })
        #expect(rendered.files.contains { $0.path == "results.json" })
        #expect(rendered.files.count { $0.path.hasSuffix(".svg") } == report.figures.count)
    }

    /// The same seed gives the same bytes in every file.
    func expectSameBytesTwice() throws {
        let (first, second) = (
            try RenderedReport(report(), formats: [.svg]), try RenderedReport(report(), formats: [.svg])
        )
        #expect(first.files.map(\.path) == second.files.map(\.path))
        for (one, other) in zip(first.files, second.files) { #expect(one.bytes == other.bytes, "\(one.path)") }
    }

    /// What is simulated depends on the seed.
    func expectSeedMatters() throws {
        #expect(try markdown(of: report(seed: 1)) != markdown(of: report(seed: 2)))
    }
}
