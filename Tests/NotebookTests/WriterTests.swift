import Figures
import Testing

@testable import Notebook

extension ReportFormat {
    /// A second writer: plain text, as for a terminal. It is here to show that a format needs nothing from a report but blocks.
    static let plain = ReportFormat(name: "plain", file: "report.txt") { document in
        func text(_ inline: Inline) -> String {
            switch inline {
            case .text(let text), .math(let text), .code(let text): text
            case .emphasis(let inner), .strong(let inner): inner.map(text).joined()
            case .link(let inner, let target):
                inner.map(text).joined() + " (\(document.address(of: target, file: "report.txt")))"
            }
        }
        func line(_ inlines: [Inline]) -> String { inlines.map(text).joined().replacing("\n", with: " ") }
        func text(_ block: Block) -> String {
            switch block {
            case .heading(_, let words, _): line(words).uppercased()
            case .paragraph(let words): line(words)
            case .formula(let tex): "    " + tex
            case .code(let lines, _): lines
            case .table(let table):
                ([table.header] + table.rows).map { $0.map(line).joined(separator: "\t") }.joined(separator: "\n")
                    + (table.caption.map { "\n" + line($0) } ?? "")
            case .figure(let figure):
                figure.pictures.map { "[\($0.alt)]" }.joined(separator: "\n") + "\n" + line(figure.caption)
            case .quote(let blocks, _): blocks.map(text).joined(separator: "\n")
            case .list(let items, _): items.map { "- " + $0.map(text).joined(separator: "\n") }.joined(separator: "\n")
            case .folded(let summary, _, let blocks), .navigation(let summary, let blocks):
                ([summary] + blocks.map(text)).joined(separator: "\n")
            case .room(let lines, let label): String(repeating: "\n", count: lines) + label
            case .together(let blocks), .sheet(_, let blocks): blocks.map(text).joined(separator: "\n")
            case .box(let title, let blocks): ([line(title)] + blocks.map(text)).joined(separator: "\n")
            }
        }
        return Array((document.blocks.map(text).joined(separator: "\n\n") + "\n").utf8)
    }
}

struct WriterTests {
    private static let formats: [ReportFormat] = [.markdown, .plain]

    /// A document with every kind of block and of running text; each holds words of its own.
    private static let everything: (blocks: [Block], words: [String]) = {
        var words: [String] = []
        func word(_ name: String) -> String {
            words.append("W\(words.count)\(name)")
            return words.last ?? ""
        }
        func inlines(_ name: String) -> [Inline] { [.text(word(name))] }
        func paragraph(_ name: String) -> Block { .paragraph(inlines(name)) }
        let picture = Block.Picture(id: "p", alt: word("alt"), formats: [.svg])
        let blocks: [Block] = [
            .heading(level: 2, inlines("HEADING"), anchor: "a"),
            .paragraph([
                .text(word("text")), .math(word("math")), .emphasis(inlines("emphasis")), .strong(inlines("strong")),
                .code(word("code")), .link(inlines("anchor"), to: .anchor("a")),
                .link(inlines("lesson"), to: .lesson("Lesson1X", anchor: "b")),
                .link(inlines("web"), to: .web("https://example.org")),
            ]),
            .formula(word("formula")), .code(word("lines"), language: "swift"),
            .figure(Block.FigureBlock(number: 1, pictures: [picture, picture], caption: inlines("figure"))),
            .quote([paragraph("quote")], anchor: "q"),
            .list([[paragraph("item")], [paragraph("item")]], numberedFrom: nil),
            .list([[paragraph("numbered")]], numberedFrom: 1),
            .folded(summary: word("summary"), role: .details, [paragraph("folded")]),
            .box(title: inlines("title"), [paragraph("box")]),
            .navigation(title: word("navigation"), [paragraph("contents")]),
            .room(lines: 2, label: word("room")), .together([paragraph("together")]),
            .sheet(of: "somebody", [paragraph("sheet")]),
        ]
        let table = try? Block.Table([inlines("column")], rows: [[inlines("cell")]], caption: inlines("caption"))
        return (blocks + (table.map { [.table($0)] } ?? []), words)
    }()

    private func written(_ blocks: [Block], as format: ReportFormat = .markdown, in place: Document.Place = .course)
        throws -> String
    {
        String(decoding: try format.write(Document(title: "T", place: place, blocks: blocks)), as: UTF8.self)
    }

    @Test("Every kind of block and of running text is written by every writer, once and in order")
    func everyKind() throws {
        #expect(Self.everything.words.count == 29)
        for format in Self.formats + [.html([])] {
            var text = try written(Self.everything.blocks, as: format)[...]
            // The picture's words were chosen before the blocks'.
            #expect(text.contains(Self.everything.words[0]))
            for word in Self.everything.words.dropFirst() {
                let place = try #require(text.range(of: word), "\(word) as \(format.name)")
                text = text[place.upperBound...]
                #expect(!text.contains(word), "\(word) as \(format.name)")
            }
        }
    }

    @Test("A report in two formats has a file of each")
    func twoFormats() throws {
        let rendered = try RenderedReport(SmallReport.report(), formats: [.svg], as: Self.formats)
        #expect(rendered.files.map(\.path) == ["figures/path.svg", "README.md", "report.txt", "results.json"])
        let text = try #require(rendered.text("report.txt"))
        #expect(text.contains("Try it yourself. What does coin 2 show?") && !text.contains("**"))
        #expect(text.contains("cs181.13 (#cs181-13)\t"))
    }

    @Test("Blocks inside blocks keep their frame in Markdown")
    func nested() throws {
        let inner: [Block] = [.paragraph([.text("a\nb")]), .list([[.paragraph([.text("c")])]], numberedFrom: nil)]
        #expect(
            try written([.box(title: [.text("t")], inner)])
                == "# T\n\n<table><tr><td>\n\n**t**\n\na\nb\n\n- c\n\n</td></tr></table>\n")
        #expect(try written([.list([inner, inner], numberedFrom: 1)]).hasSuffix("2. a\n   b\n\n   - c\n"))
        #expect(
            try written([.folded(summary: "s", role: .answer, inner)])
                == "# T\n\n<details><summary>s</summary>\n\na\nb\n\n- c\n\n</details>\n")
    }

    @Test("A bar in a cell does not end the cell, whatever holds it")
    func bars() throws {
        let table = try Block.Table([[.text("a | b")]], rows: [[[.code("c | d"), .strong([.text("|")])]]])
        #expect(try written([.table(table)]).hasSuffix("| a \\| b |\n|---|\n| `c \\| d`**\\|** |\n"))
    }

    @Test(
        "A line of text cannot begin a list, a heading or a quotation", arguments: ["- a", "1. a", "# a", "> a", "+ a"])
    func lineStarts(line: String) throws {
        #expect(try written([.paragraph([.text("x\n\(line)\ny")])]) == "# T\n\nx \(line)\ny\n")
    }

    @Test("An anchor is written only where the heading has no such anchor of its own")
    func anchors() throws {
        let heading = [Inline.text("All equations")]
        #expect(try written([.heading(level: 2, heading, anchor: "all-equations")]) == "# T\n\n## All equations\n")
        #expect(
            try written([.heading(level: 2, heading, anchor: "x")])
                == "# T\n\n<a id=\"x\"></a>\n\n## All equations\n")
    }

    @Test("A link to a lesson leads there from the course, from another lesson, and from the lesson itself")
    func addresses() {
        let course = Document(title: "", place: .course, blocks: [])
        let lesson = Document(title: "", place: .lesson("Lesson4X"), blocks: [])
        for (file, anchor) in [("README.md", nil), ("index.html", "a")] as [(String, String?)] {
            let end = anchor.map { "#\($0)" } ?? ""
            let (here, there) = (
                Inline.Target.lesson("Lesson4X", anchor: anchor), Inline.Target.lesson("Lesson5Y", anchor: anchor)
            )
            #expect(course.address(of: here, file: file) == "Lesson4X/\(file)\(end)")
            #expect(lesson.address(of: there, file: file) == "../Lesson5Y/\(file)\(end)")
            #expect(lesson.address(of: here, file: file) == (anchor == nil ? file : end))
        }
    }
}
