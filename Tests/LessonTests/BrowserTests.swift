import Files
import Foundation
import Testing

@testable import Notebook

/// Handouts in a real browser, as a reader has them: on a phone, on a desk, on paper.
@Suite(.serialized, .enabled(if: Chromium.installed() != nil, "no Chromium here: apt-get install chromium brings it"))
struct BrowserTests {
    /// What measure.js found at one width.
    struct Measured: Decodable {
        let width: Int
        let formulas: Int
        /// Formulas without a box.
        let empty: [String]
        let pageWidth: Int
        /// What reaches beyond the page.
        let outside: [String]
        /// What scrolls in its own box, and so would lose something on paper.
        let scrolling: [String]
        let errors: [String]
        /// Links and drawings that lead nowhere.
        let missing: [String]
        /// Ids that stand twice.
        let twice: [String]
        let hasFont: Bool
        /// What is not in the file.
        let network: [String]
    }

    @Test("Each lesson's page shows every formula, overflows nowhere, and needs nothing from outside", arguments: Ledger.lessons)
    func pages(lesson: String) throws {
        try TemporaryFolder.with { folder in
            let (file, summary) = (folder.path("page.html"), folder.path("summary.html"))
            for arguments in [["--handout", file], ["--handout", summary, "--short", "--notation", "cs181"]] {
                let run = try Executable.run(arguments, program: lesson)
                try #require(run.exitCode == 0, "\(run.errors)")
            }
            for path in [file, summary] {
                let html = try String(contentsOfFile: path, encoding: .utf8)
                #expect(html.utf8.count < 600_000, "\(lesson) is larger than a handout should be")
                let measured = try measure(html, in: folder)
                #expect(measured.map(\.width) == [390, 1280, 658])
                for page in measured {
                    #expect(page.formulas == html.matches(of: /<math/).count && page.formulas > 0)
                    #expect(page.empty == [] && page.errors == [] && page.missing == [] && page.twice == [])
                    #expect(page.pageWidth <= page.width && page.outside == [], "\(lesson) at \(page.width)")
                    #expect(page.hasFont && page.network == [])
                    // On paper nothing can scroll; code wraps there, and is measured on a screen here.
                    if page.width == 658 { #expect(page.scrolling.filter { !$0.contains("pre.") } == []) }
                }
            }
        }
    }

    /// A copy of the page measures itself in the browser.
    private func measure(_ html: String, in folder: TemporaryFolder) throws -> [Measured] {
        let path = Executable.packageRoot.appending(path: "Tests/LessonTests/Browser/measure.js")
        let script = try String(contentsOf: path, encoding: .utf8)
        let copy = try folder.write(
            html.replacing("</body>", with: "<script>\(script)</script></body>"), to: "measured.html")
        let chromium = try #require(Chromium.installed())
        let scratch = try ScratchFolder()
        let run = try chromium.run(
            [
                "--enable-logging=stderr", "--hide-scrollbars", "--window-size=1400,1000", "--virtual-time-budget=60000",
                "--dump-dom",
            ], on: copy, in: scratch)
        let complaints = run.errors.split(separator: "\n").filter { $0.contains("CONSOLE") }
        #expect(complaints == [])
        let match = try #require(run.output.firstMatch(of: /<pre id="measured">([\s\S]*?)<\/pre>/), "nothing was measured")
        let json = match.1.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
        return try JSONDecoder().decode([Measured].self, from: Data(json.utf8))
    }

    @Test("A PDF has pages, bookmarks, tags and text")
    func pdf() throws {
        try TemporaryFolder.with { folder in
            let file = folder.path("page.pdf")
            let run = try Executable.run(["--handout", file, "--short", "--paper", "letter"], program: "Lesson4CoinFlips")
            try #require(run.exitCode == 0, "\(run.errors)")
            let pdf = String(decoding: try Data(contentsOf: URL(filePath: file)), as: UTF8.self)
            #expect(pdf.hasPrefix("%PDF") && pdf.contains("/MediaBox [0 0 612 792]"))
            #expect(pdf.contains("/StructTreeRoot") && pdf.contains("/Title"))
        }
    }
}
