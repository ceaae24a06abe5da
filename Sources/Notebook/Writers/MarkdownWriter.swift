import Figures

extension ReportFormat {
    /// Markdown as GitHub and editors with KaTeX render it. Pandoc refuses some of its formulas (`\thinspace` and `\cr` are not in
    /// its TeX), and LaTeX with the usual fonts drops Greek letters that stand in the text: for paper, there are handouts.
    public static let markdown = ReportFormat(name: "markdown", file: "README.md") { document in
        Array(MarkdownWriter(document: document).text().utf8)
    }
}

/// Writes blocks as Markdown. It chooses no words.
private struct MarkdownWriter {
    let document: Document
    /// Whether anchors are written where they stand. Those in a fold stand before it, since no link opens a fold.
    var keepsAnchors = true

    func text() -> String { text(document.blocks) + "\n" }

    private func text(_ blocks: [Block]) -> String {
        var result = ""
        var previous: Block?
        for block in blocks {
            // Two lists of different kinds follow each other without a blank line.
            if case .list? = previous, case .list = block {
                result += "\n"
            } else if previous != nil {
                result += "\n\n"
            }
            result += text(block)
            previous = block
        }
        return result
    }

    private func text(_ block: Block) -> String {
        switch block {
        case .heading(let level, let words, let name):
            let words = text(words)
            let mark = name.map { $0 == Self.ownAnchor(words) ? "" : anchor($0) } ?? ""
            return mark + String(repeating: "#", count: level) + " " + words
        case .paragraph(let words): return text(words)
        case .formula(let tex):
            let lines = TeXBreaks.inLines(tex, column: Self.column)
            return "$$\n" + Self.keptFromEmphasis(lines, after: "\n") + "\n$$"
        case .code(let lines, let language): return "```\(language)\n\(lines)\n```"
        case .table(let table): return text(table)
        case .figure(let figure):
            return anchor(figure.anchor)
                + (figure.pictures.map(text) + [text(figure.caption)]).joined(separator: "\n\n")
        case .quote(let blocks, let name): return (name.map(anchor) ?? "") + quoted(text(blocks))
        case .list(let items, let first):
            return items.enumerated().map { position, blocks in
                let mark = first.map { "\($0 + position). " } ?? "- "
                return mark + indented(text(blocks), by: mark.count)
            }.joined(separator: "\n")
        case .folded(let summary, _, let blocks):
            let inside = MarkdownWriter(document: document, keepsAnchors: false).text(blocks)
            return blocks.flatMap(\.anchors).map(anchor).joined()
                + "<details><summary>\(Self.asHTML(summary))</summary>\n\n\(inside)\n\n</details>"
        case .sheet(_, let blocks): return "---\n\n" + text(blocks)
        case .room(let lines, let label): return String(repeating: "<br>\n", count: max(1, lines)) + label + " ……………"
        case .together(let blocks): return text(blocks)
        case .navigation(let title, let blocks): return text([.paragraph([.strong([.text(title)])])] + blocks)
        case .box(let title, let blocks):
            // A table of one cell is the only frame that Markdown's readers agree on; the blank lines make it Markdown again.
            return "<table><tr><td>\n\n\(text([.paragraph([.strong(title)])] + blocks))\n\n</td></tr></table>"
        }
    }

    private func anchor(_ name: String) -> String { !keepsAnchors ? "" : "<a id=\"\(name)\"></a>\n\n" }

    /// How wide a line of a formula may be, in ems: GitHub's column has 830 pixels of 19.1, and the alignment in which the lines stand
    /// takes up to three.
    private static let column = 40.4

    /// The anchor that GitHub makes of a heading: lower case, with hyphens for blanks.
    private static func ownAnchor(_ words: String) -> String {
        words.lowercased().replacing(" ", with: "-").filter { $0.isLetter || $0.isNumber || $0 == "-" }
    }

    /// Plain characters where nothing but HTML is read.
    private static func asHTML(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    private func quoted(_ text: String) -> String {
        "> " + text.replacing("\n", with: "\n> ").replacing("> \n", with: ">\n")
    }

    private func indented(_ text: String, by width: Int) -> String {
        let margin = "\n" + String(repeating: " ", count: width)
        return text.replacing("\n", with: margin).replacing(margin + "\n", with: "\n\n")
    }

    private func text(_ table: Block.Table) -> String {
        let widest = max(Self.leastCell, Self.tableFormulas / Double(table.header.count))
        func line(_ cells: [[Inline]]) -> String {
            "| "
                + cells.map { text(Self.cut($0, ifWiderThan: widest)).replacing("|", with: #"\|"#) }.joined(
                    separator: " | ") + " |"
        }
        let rule = "|" + String(repeating: "---|", count: table.header.count)
        let lines = [line(table.header), rule] + table.rows.map(line)
        return lines.joined(separator: "\n") + (table.caption.map { "\n\n<sub>\(text($0))</sub>" } ?? "")
    }

    /// What the formulas of a table's row may take together, in ems: MathJax breaks no formula, and the table would scroll.
    private static let tableFormulas = 30.0
    private static let leastCell = 7.0

    /// The same text, with wide formulas in pieces between which a line can end.
    private static func cut(_ inlines: [Inline], ifWiderThan limit: Double) -> [Inline] {
        inlines.flatMap { inline -> [Inline] in
            guard case .math(let tex) = inline, (TeXWidth.ems(tex) ?? 0) > limit else { return [inline] }
            let pieces = TeXBreaks.clauses(of: tex).flatMap { clause -> [String] in
                let whole = clause.pieces.joined(separator: " ")
                if (TeXWidth.ems(whole) ?? 0) <= limit { return [whole] }
                return clause.pieces.flatMap { TeXBreaks.cutInside($0, ifWiderThan: limit) }
            }
            return Array(pieces.map { [Inline.math($0)] }.joined(separator: [.text(" ")]))
        }
    }

    /// The first of SVG and PNG is shown; a PDF can only be linked to.
    private func text(_ picture: Block.Picture) -> String {
        let alt = picture.alt.replacing("[", with: "(").replacing("]", with: ")")
        let image = picture.path(as: .svg) ?? picture.path(as: .png)
        if let image { return "![\(alt)](\(image))" }
        return "[\(alt)](\(Block.Picture.path(of: picture.id, as: .pdf)))"
    }

    // MARK: Running text

    private func text(_ inlines: [Inline]) -> String { inlines.map(text).joined() }

    private func text(_ inline: Inline) -> String {
        switch inline {
        case .text(let text): Self.escaped(text)
        case .math(let tex): "$" + Self.keptFromEmphasis(tex, after: "$") + "$"
        case .emphasis(let inner): "*" + text(inner) + "*"
        case .strong(let inner): "**" + text(inner) + "**"
        case .code(let code): "`\(code)`"
        case .link(let words, let target):
            "[\(text(words))](\(document.address(of: target, file: ReportFormat.markdown.file)))"
        }
    }

    /// Plain characters, with a backslash before those that would begin markup. Line breaks stay where the source has them,
    /// unless the next line would begin a list, a heading or a quotation.
    private static func escaped(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let character = rest.popFirst() {
            switch character {
            case "*" where !(rest.first?.isWhitespace ?? false) || !(result.last?.isWhitespace ?? false), "`", "\\":
                result += "\\" + String(character)
            case "<" where rest.first.map { $0.isLetter || $0 == "/" || $0 == "!" } ?? false: result += "\\<"
            case "\n" where beginsBlock(rest): result += " "
            default: result.append(character)
            }
        }
        return result.replacing("](", with: #"]\("#)
    }

    private static func beginsBlock(_ line: Substring) -> Bool {
        ["- ", "+ ", "* ", "# ", "## ", "### ", ">", "1. ", "1) "].contains { line.hasPrefix($0) }
    }

    /// Mathematics with a space after each underscore that Markdown could take for the beginning of emphasis: GitHub reads
    /// `\mathbf{x}_{1} = \mathbf{y}_{1}` as a word in italics. TeX ignores the space. After a letter or a digit, as in
    /// `\mu_{1}`, no emphasis begins.
    private static func keptFromEmphasis(_ tex: String, after opening: Character) -> String {
        var result = ""
        var before = opening
        var rest = tex[...]
        while let character = rest.popFirst() {
            result.append(character)
            let isRisk = character == "_" && !before.isLetter && !before.isNumber
            if isRisk, let next = rest.first, next != " " { result.append(" ") }
            before = character
        }
        return result
    }
}
