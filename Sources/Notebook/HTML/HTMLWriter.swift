import Figures

extension ReportFormat {
    /// One HTML file that needs no other file and no network: formulas are MathML, figures stand in the page, and a style for the
    /// screen and one for paper are in it.
    ///
    /// - Parameters:
    ///   - figures: The figures that the document shows.
    ///   - options: What the page holds.
    public static func html(_ figures: [Figure], _ options: HandoutOptions = HandoutOptions()) -> ReportFormat {
        ReportFormat(name: "html", file: "index.html") { document in
            let writer = HTMLWriter(document: document, sheet: try FigureSheet(figures), options: options)
            return Array(try writer.page(PageParts()).utf8)
        }
    }
}

/// Writes blocks as HTML. It chooses no words but those for readers who move by keyboard.
struct HTMLWriter {
    let document: Document
    let sheet: FigureSheet
    let options: HandoutOptions

    /// The whole page.
    func page(_ parts: PageParts) throws -> String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width,initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>\(HTMLText.escaped(document.title))</title>
        <style>
        \(parts.style)\(options.paper.map { "@page { size: \($0.rawValue) }\n" } ?? "")\(sheetStyles)</style>
        </head>
        <body\(options.extent == .summary ? " class=\"summary\"" : "")>
        <a class="skip" href="#text">Skip to the text</a>
        \(sheet.shared)
        <main id="text">
        \(try html(document.blocks))
        </main>
        <script>
        \(parts.script)</script>
        </body>
        </html>

        """
    }

    func html(_ blocks: [Block]) throws -> String {
        try blocks.map(html).filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private func html(_ block: Block) throws -> String {
        switch block {
        case .heading(let level, let words, let anchor):
            return "<h\(level)\(id(anchor))>\(try html(words))</h\(level)>"
        case .paragraph(let words): return "<p>\(try html(words))</p>"
        case .formula(let tex): return try HTMLFormula.display(tex)
        case .code(let lines, let language):
            // A command, or a function of a few lines, stays on one sheet of paper.
            let isShort = lines.split(separator: "\n", omittingEmptySubsequences: false).count <= 14
            return "<pre class=\"\(language)\(isShort ? " few" : "")\"><code>\(HTMLText.escaped(lines))</code></pre>"
        case .table(let table): return try html(table)
        case .figure(let figure):
            let pictures = figure.pictures.map { picture in
                sheet[picture.id].map { "<div class=\"scroll\">\($0)</div>" }
                    ?? "<p>\(HTMLText.escaped(picture.alt))</p>"
            }
            return
                "<figure id=\"\(figure.anchor)\">\(pictures.joined())<figcaption>\(try html(figure.caption))</figcaption></figure>"
        case .quote(let blocks, let anchor): return "<div class=\"quote\"\(id(anchor))>\n\(try html(blocks))\n</div>"
        case .list(let items, let first):
            let tag = first == nil ? "ul" : "ol"
            let start = first.flatMap { $0 == 1 ? nil : " start=\"\($0)\"" } ?? ""
            let items = try items.filter { !leadsNowhere($0) }.map { "<li>\(try item($0))</li>" }
            return items.isEmpty ? "" : "<\(tag)\(start)>\n\(items.joined(separator: "\n"))\n</\(tag)>"
        case .folded(let summary, let role, let blocks): return try folded(summary, role, blocks)
        case .box(let title, let blocks):
            return "<div class=\"box\"><p class=\"title\">\(try html(title))</p>\n\(try html(blocks))\n</div>"
        case .sheet(let owner, let blocks): return try sheet(of: owner, blocks)
        case .room(let lines, let label): return room(lines, label)
        case .together(let blocks): return "<div style=\"break-inside:avoid\">\n\(try html(blocks))\n</div>"
        case .navigation(let title, let blocks):
            let label = HTMLText.escaped(title)
            return
                "<nav aria-labelledby=\"contents\"><p class=\"title\" id=\"contents\">\(label)</p>\n\(try html(blocks))\n</nav>"
        }
    }

    private func id(_ anchor: String?) -> String { anchor.map { " id=\"\(HTMLText.escaped($0))\"" } ?? "" }

    /// An entry of a list; one paragraph needs no frame.
    private func item(_ blocks: [Block]) throws -> String {
        guard case .paragraph(let words)? = blocks.first else { return try html(blocks) }
        return try html(words) + (blocks.count > 1 ? "\n" + html(Array(blocks.dropFirst())) : "")
    }

    /// An entry that is nothing but a link to a page that is not there.
    private func leadsNowhere(_ item: [Block]) -> Bool {
        guard item.count == 1, case .paragraph(let words) = item[0], words.count == 1,
            case .link(_, let target) = words[0]
        else { return false }
        return options.address(of: target, in: document) == nil
    }

    private func room(_ lines: Int, _ label: String) -> String {
        let frame =
            "height:\(Double(max(1, lines)) * 1.75)em;border:1px solid var(--line);border-radius:4px;display:flex;align-items:flex-end;"
            + "justify-content:flex-end;padding:.35em .6em"
        let line = "width:8em;margin-left:.5em;border-bottom:1px solid var(--soft)"
        return
            "<div style=\"\(frame)\"><small style=\"color:var(--soft)\">\(HTMLText.escaped(label))</small><span style=\"\(line)\"></span></div>"
    }

    private func folded(_ summary: String, _ role: Block.FoldRole, _ blocks: [Block]) throws -> String {
        let label = HTMLText.escaped(summary)
        switch (role, options.answers) {
        case (.answer, .none): return ""
        case (.answer, .shown):
            return "<div class=\"answer\"><p class=\"title\">\(label)</p>\n\(try html(blocks))\n</div>"
        case (.answer, .folded), (.details, _):
            let kind = role == .answer ? "answer" : "more"
            return "<details class=\"\(kind)\"><summary>\(label)</summary>\n\(try html(blocks))\n</details>"
        }
    }

    /// A table in a frame of its own, which scrolls if the screen is narrower.
    private func html(_ table: Block.Table) throws -> String {
        let head = try table.header.map { "<th scope=\"col\">\(try html($0))</th>" }.joined()
        let rows = try table.rows.map { "<tr>" + (try $0.map { "<td>\(try cell($0))</td>" }.joined()) + "</tr>" }
        let caption = try table.caption.map { "<figcaption>\(try html($0))</figcaption>" } ?? ""
        return "<figure class=\"table\"><div class=\"scroll\"><table><thead><tr>\(head)</tr></thead>\n<tbody>\n"
            + "\(rows.joined(separator: "\n"))\n</tbody></table></div>\(caption)</figure>"
    }
}
