import ArgumentParser
import Testing

@testable import Notebook

/// What the tests need to know of a lesson on Gaussian mixtures; each lesson's tests add the conformance.
protocol LessonCommand: ParsableCommand {
    var options: LessonOptions { get }
    func explain(in report: inout Report, progress: RunProgress) throws
}

extension LessonCommand {
    /// The report of a command line; nothing is drawn yet.
    static func report(_ arguments: String...) throws -> Report {
        let lesson = try parse(arguments)
        let notation = try #require(Notation.named(lesson.options.notation.id, for: .gaussians))
        var report = Report(
            lesson: "\(Self.self)", title: "A lesson", seed: lesson.options.seed, notation: notation, model: .gaussians)
        try lesson.explain(in: &report, progress: RunProgress())
        return report
    }

    /// What a user who typed these arguments is told; nil if they are fine.
    static func complaint(_ arguments: String...) -> String? {
        do {
            _ = try parse(arguments)
            return nil
        } catch {
            return message(for: error)
        }
    }
}

/// What every report has to be.
enum LessonExpectations {
    /// Every row of the ledger that belongs to the lesson is explained exactly once, and every check passed.
    static func isComplete(_ report: Report, lesson: Int) {
        #expect(report.explainedIDs.sorted() == Ledger.entries(ofLesson: lesson).map(\.id).sorted())
        #expect(report.failures.isEmpty)
    }

    /// The same report, made twice, has the same bytes.
    static func isReproducible(_ first: Report, _ second: Report) throws {
        let files = try [first, second].map { try RenderedReport($0, formats: [.svg]).files }
        #expect(files[0].map(\.path) == files[1].map(\.path))
        for (one, other) in zip(files[0], files[1]) { #expect(one.bytes == other.bytes, "\(one.path)") }
    }

    /// Text and labels can be set in the report's symbols, and no number is none. Drawing looks at all labels.
    static func canBeRendered(_ report: Report) throws {
        let text = try RenderedReport(report, formats: [.svg]).text(of: "README.md")
        #expect(text.firstMatch(of: LessonRun.notANumber) == nil)
        for macro in [#"\weight"#, #"\resp"#, #"\latent"#, #"\params"#, #"\meanvec"#, #"\normal"#, #"\obsvec"#] {
            #expect(!text.contains(macro + "{") && !text.contains(macro + " "), "\(macro) was not expanded")
        }
    }
}
