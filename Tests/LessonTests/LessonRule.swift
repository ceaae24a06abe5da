import ArgumentParser
import Testing

@testable import Notebook

/// What holds for every lesson. The tests of each say so in two lines:
///
/// ```swift
/// @Test("What holds for every lesson", arguments: LessonRule.all)
/// func rules(_ rule: LessonRule) throws { try rule.check(Lesson5Identifiability.self) }
/// ```
enum LessonRule: Sendable, CustomTestStringConvertible {
    /// Every row of the ledger that belongs to the lesson is explained, once, and every check passes.
    case complete
    /// The same with another seed, and every number in the text is one.
    case seed(UInt64)
    /// The report can be written in the letters of a source, with its figures.
    case notation(String)
    /// The same seed gives the same bytes in every file.
    case sameBytes
    /// Another seed gives another report.
    case otherReport
    /// What the options cannot mean is refused with a message that says so.
    case mistake([String], names: String)

    static let seeds = [0, 1, UInt64.max].map { LessonRule.seed($0) }
    /// What a lesson can keep before all its rows of the ledger are explained.
    static let independentOfLedger: [LessonRule] =
        [.sameBytes, .otherReport] + Notation.ids.map { .notation($0) }
        + [
            .mistake(["--seed", "-1"], names: "seed"), .mistake(["--seed", "x"], names: "seed"),
            .mistake(["--notation", "bishop"], names: "stat215a"), .mistake(["--formats", "gif"], names: "formats"),
            .mistake(["--sed", "1"], names: "--sed"),
        ]
    static let allButSeeds = [.complete] + independentOfLedger
    static let all = allButSeeds + seeds
    /// For a lesson that takes seconds: one other seed, and the letters of every source. (That the same seed gives the same bytes is
    /// seen where `Output/` is made again.)
    static let allOfSlowLesson =
        [.complete] + seeds.prefix(1)
        + independentOfLedger.filter {
            switch $0 {
            case .notation, .mistake: true
            default: false
            }
        }

    var testDescription: String {
        switch self {
        case .complete: "its rows of the ledger are explained, once each"
        case .seed(let seed): "seed \(seed)"
        case .notation(let id): "the letters of \(id)"
        case .sameBytes: "the same seed, the same bytes"
        case .otherReport: "another seed, another report"
        case .mistake(let arguments, _): arguments.joined(separator: " ")
        }
    }

    /// Expects a lesson to keep the rule, when it is run with these options.
    func check<L: Lesson>(_ lesson: L.Type, _ options: String...) throws {
        switch self {
        case .complete:
            try Self.expectComplete(lesson, lesson.report(options))
        case .seed(let seed):
            let report = try lesson.report(options + ["--seed", "\(seed)"])
            try Self.expectComplete(lesson, report)
            _ = try Self.text(of: report)
        case .notation(let id):
            let report = try lesson.report(options + ["--notation", id])
            #expect(report.failures == [])
            let text = try Self.text(of: report)
            for macro in Self.macros {
                #expect(!text.contains(macro + "{") && !text.contains(macro + " "), "\(macro) was not expanded")
            }
        case .sameBytes:
            let files = try (0..<2).map { _ in try RenderedReport(lesson.report(options), formats: [.svg]).files }
            #expect(files[0].map(\.path) == files[1].map(\.path))
            for (one, other) in zip(files[0], files[1]) { #expect(one.bytes == other.bytes, "\(one.path)") }
        case .otherReport:
            let texts = try ["1", "2"].map { try Self.text(of: lesson.report(options + ["--seed", $0])) }
            #expect(texts[0] != texts[1])
        case .mistake(let arguments, let names):
            let complaint = try #require(lesson.complaint(options + arguments))
            #expect(complaint.contains(names))
        }
    }

    static func expectComplete<L: Lesson>(_ lesson: L.Type, _ report: Report) throws {
        let number = try #require(lesson.number)
        #expect(report.explainedIDs.sorted() == Ledger.entries(ofLesson: number).map(\.id).sorted())
        #expect(report.failures == [])
        #expect(report.lesson == lesson.name && report.title == lesson.title)
    }

    /// The report's text, in which every number has to be one. Rendering looks at all TeX, and drawing at all labels.
    static func text(of report: Report) throws -> String {
        let rendered = try RenderedReport(report, formats: [.svg])
        let text = try rendered.text(of: "README.md")
        #expect(text.firstMatch(of: notANumber)?.output == nil)
        #expect(rendered.files.count { $0.path.hasSuffix(".svg") } == report.figures.count)
        return text
    }

    /// Some of the semantic macros, of which none may be left in a report.
    private static let macros = [
        #"\weight"#, #"\resp"#, #"\latent"#, #"\params"#, #"\meanvec"#, #"\normal"#, #"\obsvec"#, #"\headprob"#,
        #"\Qname"#,
    ]
}

/// Nothing that a reader sees may hold a number that is none.
var notANumber: Regex<Substring> { /\b(?:nan|inf)\b|NaN|∞|\\infty/ }
