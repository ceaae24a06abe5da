import Figures
import Verification

extension Report {
    /// The finished report as blocks. All words that no lesson writes itself are here: the headings of equations, “with
    /// numbers”, the verdicts of checks, the closing table.
    ///
    /// - Parameters:
    ///   - formats: The formats in which the figures are drawn.
    ///   - lessons: The names of the lessons that there are: links lead to no others.
    /// - Throws: ``TeXError`` for a mistake in a formula, ``ReportError`` for a mistake in the report.
    public func document(figures formats: [FigureFormat], lessons: [String] = Ledger.lessons) throws -> Document {
        let references = References(of: self, lessons: lessons)
        let builder = DocumentBuilder(report: self, formats: formats, references: references)
        return Document(title: title, place: .lesson(lesson), blocks: try builder.blocks())
    }
}

/// Turns the cells of a report into blocks.
struct DocumentBuilder {
    let report: Report
    let formats: [FigureFormat]
    let references: References

    func blocks() throws -> [Block] {
        var blocks = try text(report.overview) + contents()
        var section = 0
        for cell in report.cells {
            if case .section(let title) = cell {
                section += 1
                blocks.append(.heading(level: 2, [.text("\(section). \(title)")], anchor: "section-\(section)"))
            } else {
                blocks += try self.blocks(cell)
            }
        }
        return try blocks + recap() + closingTable() + glossary() + next() + literature()
    }

    func blocks(_ cell: Cell) throws -> [Block] {
        switch cell {
        case .section(let title): throw ReportError.nestedSection(title)
        case .prose(let prose): try text(prose)
        case .formula(let formula): [try display(formula, in: report.notation)]
        case .equation(let equation): try blocks(equation)
        case .check(let further): try verdict(on: further.check)
        case .code(let code): try text(code.caption) + [.code(code.lines, language: "swift")]
        case .table(let table): [try block(table)]
        case .figure(let cell): [try block(cell)]
        case .erratum(let erratum): [try block(erratum)]
        case .published(let figures): [try block(figures)]
        case .exercise(let question, let answer): try asked("**Try it yourself.** \(question)", answer: answer)
        case .prediction(let question, let answer):
            try asked("**Predict before you see.** \(question)", answer: answer)
        case .definition: []
        case .box(let title, let inner): [.box(title: try line(title), try inner.flatMap(blocks))]
        case .folded(let title, let inner):
            [.folded(summary: try plain(title), role: .details, try inner.flatMap(blocks))]
        }
    }

    // MARK: Text

    /// Paragraphs and lists, in the report's notation.
    ///
    /// - Parameter isPrinted: Whether the text quotes a source, whose letters are not ours to choose.
    func text(_ prose: Prose, isPrinted: Bool = false) throws -> [Block] {
        try ProseParser.blocks(expanded(prose, isPrinted: isPrinted), references)
    }

    /// Prose that has to stay in one line, in a table or a list.
    func line(_ prose: Prose) throws -> [Inline] { try ProseParser.inlines(expanded(prose), references).inOneLine }

    private func expanded(_ prose: Prose, isPrinted: Bool = false) throws -> String {
        let expanded = try report.notation.expand(prose)
        try TeXLint.checkProse(expanded)
        if !isPrinted { try TeXLint.checkLetters(prose.source, in: report.notation) }
        if expanded.contains("NaN") { throw ReportError.notANumber(in: expanded) }
        return expanded
    }

    /// A formula on a line of its own.
    ///
    /// - Parameter isPrinted: Whether this is a source's own wording, whose letters are not ours to choose.
    func display(_ formula: TeX, in notation: Notation, isPrinted: Bool = false) throws -> Block {
        let tex = try notation.expand(formula).split(separator: "\n").joined(separator: " ")
        try TeXLint.check(tex)
        if !isPrinted { try TeXLint.checkIndices(formula.source) }
        if tex.contains("NaN") { throw ReportError.notANumber(in: tex) }
        return .formula(tex)
    }

    // MARK: Tables, figures, errata

    private func block(_ table: TableCell) throws -> Block {
        .table(
            try Block.Table(
                table.header.map(line), rows: table.rows.map { try $0.map(line) }, caption: table.caption.map(line),
                name: table.header.first?.source ?? ""))
    }

    /// - Parameter whose: What the number counts, where it does not go without saying: ` of the report`.
    func block(_ cell: FigureCell, whose: String = "") throws -> Block {
        let figure = cell.figure
        if figure.alt.contains("NaN") { throw ReportError.notANumber(in: figure.alt) }
        let alt = figure.alt.replacing("\n", with: " ")
        let number = references.figures[figure.id] ?? 0
        return .figure(
            Block.FigureBlock(
                number: number, pictures: [Block.Picture(id: figure.id, alt: alt, formats: formats)],
                caption: [.strong([.text("Figure \(number)\(whose).")]), .text(" ")] + (try line(cell.caption))))
    }

    /// An erratum: what it is about, in a line; what is printed, what is better, and the number, folded.
    private func block(_ erratum: ErratumCell) throws -> Block {
        let entry = try Ledger.known(erratum.id)
        let title = "Erratum · \(entry.sourceName), \(entry.place): \(entry.title)"
        let rows: [(String, Prose)] = [
            ("Printed", erratum.printed), ("Better", erratum.corrected), ("The number that shows it", erratum.shown),
        ]
        let list = Block.list(try rows.map { try text("*\($0.0):* \($0.1)", isPrinted: true) }, numberedFrom: nil)
        return .folded(
            summary: title, role: .details, [.quote([.paragraph([.code(entry.id)]), list], anchor: entry.anchor)])
    }

    private func block(_ figures: [PublishedFigure]) throws -> Block {
        let rows = try figures.map { figure -> [[Inline]] in
            let shown = figure.shown
            return [try line(figure.quantity), [.text(shown.published)], [.text(shown.ours)], figure.verdict]
        }
        return .table(
            try Block.Table(
                ["quantity", PublishedFigure.heading(of: figures), "ours", "agrees"].map { [.text($0)] }, rows: rows))
    }

    // MARK: Beginning and end

    private func contents() -> [Block] {
        let titles = report.cells.compactMap { if case .section(let title) = $0 { title } else { nil } }
        func link(_ words: String, _ target: Inline.Target) -> [Block] {
            [.paragraph([.link([.text(words)], to: target)])]
        }
        func item(_ words: String, _ anchor: String) -> [Block] { link(words, .anchor(anchor)) }
        let sections = titles.enumerated().map { item($0.element, "section-\($0.offset + 1)") }
        var end = [item("All equations of this report", "all-equations")]
        if !report.recap.isEmpty { end.insert(item("Check yourself", "check-yourself"), at: 0) }
        if !glossaryRows.isEmpty { end.append(item("Glossary", "glossary")) }
        if !report.next.isEmpty { end.append(item("What to try next", "what-to-try-next")) }
        if report.summary != nil { end.append(link("This lesson on one sheet", .summary(of: report.lesson))) }
        let lists = (sections.isEmpty ? [] : [Block.list(sections, numberedFrom: 1)]) + [.list(end, numberedFrom: nil)]
        return [.navigation(title: "In this report", lists)]
    }

    private func next() throws -> [Block] {
        guard !report.next.isEmpty else { return [] }
        return try [.heading(level: 2, [.text("What to try next")], anchor: "what-to-try-next")]
            + report.next.flatMap { try text($0.shows) + [.code($0.command, language: "sh")] }
    }

    private func literature() throws -> [Block] {
        guard !report.references.isEmpty else { return [] }
        return [
            .heading(level: 2, [.text("References")], anchor: "references"),
            .folded(
                summary: report.references.count == 1 ? "1 work" : "\(report.references.count) works", role: .details,
                [.list(try report.references.map { [.paragraph(try line($0.citation))] }, numberedFrom: nil)]),
        ]
    }
}

extension PublishedFigure {
    /// Whether ours agrees, as tables say it.
    var verdict: [Inline] { Self.verdict(agrees) }

    static func verdict(_ agrees: Bool) -> [Inline] { agrees ? [.text("yes")] : [.strong([.text("no")])] }
}
