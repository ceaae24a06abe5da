import ArgumentParser
import Foundation
import Testing

@testable import Notebook

/// What holds for every lesson. The tests of each say so in two lines:
///
/// ```swift
/// @Test("What holds for every lesson", arguments: LessonRule.all(ofLesson: 5))
/// func rules(_ rule: LessonRule) throws { try rule.check(Lesson5Identifiability.self) }
/// ```
///
/// (That the same seed gives the same bytes, and that the lesson without options is complete, is seen where `Output/` is made again.)
enum LessonRule: Sendable, CustomTestStringConvertible {
    /// The lesson without options: every row of the ledger that belongs to it is explained, once, and every check passes.
    case complete
    /// The same with another seed, in the letters of a source; every number in the text is one, and no macro is left. In the house's
    /// letters, in which `Output/` is written, the text is another than there.
    case other(seed: UInt64, notation: String)
    /// What the options cannot mean is refused with a message that says so.
    case mistake([String], names: String)

    /// Another seed with each source's letters.
    static let others = zip([4, 0, 1, 2, 3, UInt64.max], Notation.ids).map {
        LessonRule.other(seed: $0, notation: $1)
    }

    /// Two of these for each lesson, other ones for its neighbours, so that every source's letters are tried on three lessons or four;
    /// with COURSE_ALL_SEEDS all six. And mistakes.
    static func all(ofLesson number: Int) -> [LessonRule] {
        let isWhole = ProcessInfo.processInfo.environment["COURSE_ALL_SEEDS"] != nil
        let chosen = others.indices.filter { isWhole || $0 % 3 == number % 3 }.map { others[$0] }
        return chosen + [
            .mistake(["--seed", "-1"], names: "seed"), .mistake(["--seed", "x"], names: "seed"),
            .mistake(["--notation", "bishop"], names: "stat215a"), .mistake(["--formats", "gif"], names: "formats"),
            .mistake(["--sed", "1"], names: "--sed"),
        ]
    }

    var testDescription: String {
        switch self {
        case .complete: "its rows of the ledger are explained, once each"
        case .other(let seed, let notation): "seed \(seed) in the letters of \(notation)"
        case .mistake(let arguments, _): arguments.joined(separator: " ")
        }
    }

    /// Expects a lesson to keep the rule, when it is run with these options.
    func check<L: Lesson>(_ lesson: L.Type, _ options: String...) throws {
        switch self {
        case .complete:
            try Self.expectComplete(lesson, lesson.report(options))
        case .other(let seed, let notation):
            let letters = notation == "house" ? [] : ["--notation", notation]
            let report = try lesson.report(options + ["--seed", "\(seed)"] + letters)
            try Self.expectComplete(lesson, report)
            let text = try Self.text(of: report)
            Self.expectWordsUsed(report, text)
            for macro in Self.macros {
                #expect(!text.contains(macro + "{") && !text.contains(macro + " "), "\(macro) was not expanded")
            }
            if notation == "house" {
                let committed = Executable.packageRoot.appending(path: "Output/\(lesson.name)/README.md")
                let other = try String(contentsOf: committed, encoding: .utf8)
                func withoutSeed(_ text: String) -> String { text.replacing(/(?i)seed.{0,3}?\d+/, with: "") }
                #expect(withoutSeed(text) != withoutSeed(other))
            }
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

    /// A word of the glossary is one that a student meets in the report, and would look for elsewhere.
    private static func expectWordsUsed(_ report: Report, _ text: String) {
        let end = text.range(of: "## Glossary")?.lowerBound ?? text.endIndex
        let read = text[..<end].replacing("*", with: "").split(whereSeparator: \.isWhitespace).joined(separator: " ")
        for case .definition(let definition) in report.allCells where definition.symbol == nil {
            #expect(
                read.localizedCaseInsensitiveContains(definition.name.source),
                "only in the glossary: \(definition.name.source)")
        }
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
