import BrowserSupport
import Foundation
import TestScheduling
import Testing

@testable import Notebook

/// Handouts in a real browser, as a reader has them: on a phone, on a desk, on paper.
@Suite(.serialized, .onBrowserThread, .enabled(if: Browser.isThere, Comment(rawValue: Browser.whereToGetIt)))
struct BrowserTests {
    /// What measure.js found at one width.
    struct Measured: Decodable {
        let formulas: Int
        /// Formulas without a box.
        let empty: [String]
        let pageWidth: Int
        /// What reaches beyond the page.
        let outside: [String]
        /// What scrolls in its own box, and so would lose something on paper.
        let scrolling: [String]
        /// What scrolls and does not show it.
        let unmarked: [String]
        /// Boxes of code that are wider than the column of the text.
        let beyondColumn: [String]
        /// Formulas that begin left of their frame, which cuts them off.
        let cut: [String]
        /// Formulas in several lines though they have room in one.
        let broken: [String]
        /// Brackets of a formula in a line of text that stand in two lines, though this is no phone.
        let parted: [String]
        let errors: [String]
        /// Links and drawings that lead nowhere.
        let missing: [String]
        /// Ids that stand twice.
        let twice: [String]
        let hasFont: Bool
    }

    /// A handout of a lesson, or its summary.
    struct Page: CustomTestStringConvertible {
        let lesson: String
        let arguments: [String]
        var testDescription: String { ([lesson] + arguments).joined(separator: " ") }
    }

    /// One page of each kind, the largest report among them; with COURSE_ALL_PAGES those of all lessons.
    static let measured: [Page] = {
        let isWhole = ProcessInfo.processInfo.environment["COURSE_ALL_PAGES"] != nil
        let summary = ["--short", "--notation", "cs181"]
        return (isWhole ? Ledger.lessons : ["Lesson3GaussianEM"]).map { Page(lesson: $0, arguments: []) }
            + (isWhole ? Ledger.lessons : ["Lesson4CoinFlips"]).map { Page(lesson: $0, arguments: summary) }
    }()

    /// The width of a phone, of a desk, and of A4 without its margins.
    private static let widths = [(390, "screen"), (1280, "screen"), (658, "print")]

    @Test("A page shows every formula, overflows nowhere, and needs nothing from outside", arguments: measured)
    func pages(page: Page) throws {
        try TemporaryFolder.with { folder in
            let file = folder.path("page.html")
            let run = try Executable.run(["--handout", file] + page.arguments, program: page.lesson)
            try #require(run.exitCode == 0, "\(run.errors)")
            let html = try String(contentsOfFile: file, encoding: .utf8)
            #expect(html.utf8.count < 600_000, "larger than a handout should be")
            let script = try String(contentsOf: Browser.script("measure.js"), encoding: .utf8)
            try Browser.lent { browser in
                try browser.open(URL(filePath: file))
                for (width, medium) in Self.widths {
                    try browser.resize(width, 1000)
                    try browser.show(as: medium)
                    let measured = try JSONDecoder().decode(Measured.self, from: Data(browser.text(script).utf8))
                    #expect(measured.formulas == html.matches(of: /<math/).count && measured.formulas > 0)
                    #expect(measured.empty == [] && measured.errors == [])
                    #expect(measured.broken == [] && measured.cut == [], "at \(width)")
                    #expect(measured.parted == [], "at \(width)")
                    #expect(measured.missing == [] && measured.twice == [] && measured.hasFont)
                    #expect(measured.pageWidth <= width && measured.outside == [], "at \(width)")
                    #expect(measured.beyondColumn == [], "at \(width)")
                    // On paper nothing can scroll.
                    if medium == "print" { #expect(measured.scrolling == []) } else { #expect(measured.unmarked == []) }
                }
                // Neither the console nor the network heard of it.
                #expect(browser.complaints == [])
            }
        }
    }

    @Test("A PDF has pages, bookmarks, tags and text")
    func pdf() throws {
        try TemporaryFolder.with { folder in
            let file = folder.path("page.pdf")
            let run = try Executable.run(
                ["--handout", file, "--short", "--paper", "letter"], program: "Lesson4CoinFlips")
            try #require(run.exitCode == 0, "\(run.errors)")
            let pdf = String(decoding: try Data(contentsOf: URL(filePath: file)), as: UTF8.self)
            #expect(pdf.hasPrefix("%PDF") && pdf.contains("/MediaBox [0 0 612 792]"))
            #expect(pdf.contains("/StructTreeRoot") && pdf.contains("/Title"))
        }
    }
}
