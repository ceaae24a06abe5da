import Figures
import Foundation
import Testing

@testable import Notebook

struct HandoutTests {
    private func page(_ options: HandoutOptions = HandoutOptions()) throws -> String {
        String(decoding: try SmallReport.report().handout(options), as: UTF8.self)
    }

    @Test("A page is whole: language, title, landmarks, font, style, and no address that a browser would fetch")
    func whole() throws {
        let page = try page()
        #expect(page.hasPrefix("<!doctype html>\n<html lang=\"en\">") && page.hasSuffix("</html>\n"))
        #expect(page.contains("<title>A small report</title>") && page.contains("<h1>A small report</h1>"))
        for part in [
            "<main id=\"text\">", "href=\"#text\"", "<nav aria-labelledby", "@font-face", "@page",
            "prefers-color-scheme",
        ] {
            #expect(page.contains(part), "\(part)")
        }
        #expect(page.firstMatch(of: /src="(?!data:)|<link|@import|url\((?!data:)/) == nil)
        #expect(try self.page() == page)
    }

    @Test(
        "Numbers in running text are set: a minus sign before a number, and powers of ten; hyphens, names and ranges stay",
        arguments: [
            ("-26.457, and (-3, -.5)", "−26.457, and (−3, −.5)"), ("at -∞", "at −∞"),
            ("difference < 1e-12, allowed 1.6e-10.", "difference\u{A0}<\u{A0}10⁻¹², allowed 1.6\u{A0}×\u{A0}10⁻¹⁰."),
            ("-1.2e-7", "−1.2\u{A0}×\u{A0}10⁻⁷"), ("2e10", "2\u{A0}×\u{A0}10¹⁰"),
            ("half-step 3-5, cs181-13, x1e-12, 1e-12x, 2026-11-30, K - 1, -log", nil),
        ] as [(String, String?)])
    func numbers(plain: String, set: String?) {
        #expect(HTMLText.set(plain) == set ?? plain)
    }

    @Test("Headings go down one level at a time")
    func headings() throws {
        var last = 0
        for match in try page().matches(of: /<h([1-6])/) {
            let level = try #require(Int(match.1))
            #expect(level <= last + 1)
            last = level
        }
        #expect(last > 0)
    }

    @Test("Each figure is drawn in the page, with its words for those who do not see it")
    func figures() throws {
        let page = try page()
        #expect(page.contains("aria-label=\"A line from [0, 0] up to (1, 1).\""))
        #expect(page.matches(of: /<figure id="figure-1"><div class="scroll"><svg/).count == 1)
        // Whatever is used is there, once.
        let ids = page.matches(of: /\sid="([^"]*)"/).map { String($0.1) }
        #expect(Set(ids).count == ids.count)
        for match in page.matches(of: /<use href="#([^"]*)"/) { #expect(ids.contains(String(match.1))) }
    }

    @Test("Answers are folded, left out, or open; the questions stay")
    func answers() throws {
        let (folded, none, shown) = (
            try page(), try page(HandoutOptions(answers: .none)), try page(HandoutOptions(answers: .shown))
        )
        for page in [folded, none, shown] { #expect(page.contains("What does coin 2 show?")) }
        #expect(folded.contains("<details class=\"answer\"><summary>Answer</summary>"))
        #expect(!none.contains(">Answer<") && !none.contains("class=\"answer\""))
        #expect(
            shown.contains("<div class=\"answer\"><p class=\"title\">Answer</p>")
                && !shown.contains("<details class=\"answer\""))
        // What is there for completeness stays in all of them.
        for page in [folded, none, shown] { #expect(page.contains("<details class=\"more\">")) }
    }

    @Test("Marks are characters of every font")
    func marks() throws {
        let page = try page()
        #expect(page.contains("✓") && !page.contains("✅") && !page.contains("❌"))
    }

    @Test("Links to other lessons lead to pages that lie beside this one, and to no others")
    func links() throws {
        let document = Document(title: "T", place: .lesson("Lesson4X"), blocks: [])
        let alone = HandoutOptions()
        let together = HandoutOptions(beside: ["Lesson4X", "Lesson5Y"])
        #expect(alone.address(of: .lesson("Lesson5Y", anchor: "a"), in: document) == nil)
        #expect(alone.address(of: .lesson("Lesson4X", anchor: "a"), in: document) == "#a")
        #expect(alone.address(of: .web("https://example.org"), in: document) == "https://example.org")
        #expect(together.address(of: .lesson("Lesson5Y", anchor: "a"), in: document) == "Lesson5Y.html#a")
        #expect(together.address(of: .summary(of: "Lesson5Y"), in: document) == nil)
        let summaries = HandoutOptions(extent: .summary, beside: ["Lesson5Y"])
        #expect(summaries.address(of: .summary(of: "Lesson5Y"), in: document) == "Lesson5Y-summary.html")
        #expect(summaries.address(of: .anchor("a"), in: document) == nil)
    }

    @Test("A report without a summary has no page of it")
    func noSummary() throws {
        #expect(throws: ReportError.noSummary(of: "Small")) { try page(HandoutOptions(extent: .summary)) }
    }

    @Test("Text cannot become markup")
    func escaping() throws {
        let blocks: [Block] = [.paragraph([.text("<b> & \"q\""), .code("<i>"), .math(#"a \lt b"#)])]
        let bytes = try ReportFormat.html([]).write(Document(title: "<T>", place: .course, blocks: blocks))
        let page = String(decoding: bytes, as: UTF8.self)
        #expect(page.contains("<p>&lt;b&gt; &amp; &quot;q&quot;<code>&lt;i&gt;</code><math alttext=\"a \\lt b\">"))
        #expect(page.contains("<mo>&lt;</mo>") && page.contains("<title>&lt;T&gt;</title>"))
    }

    @Test("In a table a few numbers stay in one line, sentences do not, and an id is broken at its dot")
    func cells() throws {
        let row: [[Inline]] = [[.text("(0.45, 0.4)")], [.text("after 3 steps")], [.code("cs181.ex4")]]
        let table = try Block.Table([[], [], []], rows: [row])
        let bytes = try ReportFormat.html([]).write(Document(title: "T", place: .course, blocks: [.table(table)]))
        let page = String(decoding: bytes, as: UTF8.self)
        #expect(
            page.contains("<td>(0.45,\u{A0}0.4)</td><td>after 3 steps</td><td><code>cs181.<wbr>ex4</code></td>"))
    }

    @Test("A list goes on with its numbers after a heading, in each format")
    func goesOn() throws {
        let blocks: [Block] = [.list([[.paragraph([.text("a")])]], numberedFrom: 4)]
        let document = Document(title: "T", place: .course, blocks: blocks)
        let page = String(decoding: try ReportFormat.html([]).write(document), as: UTF8.self)
        #expect(page.contains("<ol start=\"4\">\n<li>a</li>"))
        #expect(String(decoding: try ReportFormat.markdown.write(document), as: UTF8.self).contains("4. a"))
    }

    @Test("A missing tool is named with the line that installs it")
    func missingTool() {
        #expect("\(ChromiumError.missing)".contains("apt-get install -y chromium"))
    }
}
