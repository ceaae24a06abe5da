import Figures
import Verification

/// Writes a report as Markdown that GitHub, an editor's preview and pandoc all render.
struct MarkdownRenderer {
    let report: Report
    /// The file that stands in the Markdown for a figure: its path relative to the report, and whether it is an image.
    let figureFile: (Figure) -> (path: String, isImage: Bool)

    /// The whole report.
    ///
    /// - Throws: ``TeXError`` for a mistake in a formula, ``ReportError`` for a mistake in the report.
    func render() throws -> String {
        var blocks = ["# \(report.title)", try text(report.overview), contents()]
        for (position, cell) in report.cells.enumerated() { blocks += try render(cell, at: position) }
        blocks += try closingTable()
        blocks += try next()
        blocks += try references()
        return blocks.joined(separator: "\n\n") + "\n"
    }

    /// - Parameter isPrinted: whether the text quotes a source, whose letters are not ours to choose.
    func text(_ prose: Prose, isPrinted: Bool = false) throws -> String {
        let expanded = try report.notation.expand(prose)
        try TeXLint.checkProse(expanded)
        if !isPrinted { try TeXLint.checkLetters(prose.source, in: report.notation) }
        if expanded.contains("NaN") { throw ReportError.notANumber(in: expanded) }
        return keptFromEmphasis(expanded)
    }

    /// The text with a space after each underscore that Markdown could take for the beginning of emphasis: GitHub reads
    /// `\mathbf{x}_{1} = \mathbf{y}_{1}` as a word in italics. TeX ignores the space. After a letter or a digit, as in
    /// `\mu_{1}`, no emphasis begins.
    private func keptFromEmphasis(_ text: String) -> String {
        var result = ""
        var isMathematics = false
        for character in text {
            if character == "$" { isMathematics.toggle() }
            let follows = result.last
            if isMathematics, follows == "_", character != " ", let before = result.dropLast().last,
                !before.isLetter, !before.isNumber
            {
                result.append(" ")
            }
            result.append(character)
        }
        return result
    }

    /// Lines in a block quote.
    private func quoted(_ text: String) -> String {
        "> " + text.replacing("\n", with: "\n> ").replacing("> \n", with: ">\n")
    }

    /// Prose that has to stay on one line, in a table or a list: in Markdown a single line break is a space.
    private func line(_ prose: Prose) throws -> String { try text(prose).replacing("\n", with: " ") }

    private func render(_ cell: Cell, at position: Int) throws -> [String] {
        switch cell {
        case .section(let title):
            return [
                anchor("section-\(sectionNumber(at: position))") + "\n\n## \(sectionNumber(at: position)). \(title)"
            ]
        case .prose(let prose): return [try text(prose)]
        case .formula(let formula): return [try display(formula, in: report.notation)]
        case .equation(let equation): return try render(equation)
        case .check(let further): return [try verdict(on: further.check, value: further.value)]
        case .code(let code): return [try text(code.caption), "```swift\n\(code.lines)\n```"]
        case .table(let table): return try render(table)
        case .figure(let figure): return [try image(figure)]
        case .erratum(let erratum): return try render(erratum)
        case .published(let figures): return try render(figures)
        case .exercise(let question, let answer):
            return [
                quoted("**Try it yourself.** " + (try text(question))),
                "<details><summary>Answer</summary>\n\n\(try text(answer))\n\n</details>",
            ]
        }
    }

    // MARK: Equations

    private func render(_ equation: EquationCell) throws -> [String] {
        let entry = equation.entry
        let source = Ledger.sourceName(entry.source)
        var blocks = [anchor(entry.anchor) + "\n\n### \(entry.title)\n\n*\(source), \(entry.place)* · `\(entry.id)`"]
        let isInLettersOfSource = report.notation.id == entry.source
        let formula =
            if let printed = equation.printed, isInLettersOfSource {
                try display(printed, in: report.notation, isPrinted: true)
            } else { try display(equation.formula, in: report.notation) }
        blocks.append(formula)
        if let theirs = Notation.named(entry.source, for: report.model), theirs.id != report.notation.id {
            let printed = try display(
                equation.printed ?? equation.formula, in: theirs, isPrinted: equation.printed != nil)
            if printed != formula { blocks.append("In the letters of \(source):\n\n\(printed)") }
        }
        if let numbers = equation.numbers {
            blocks.append("With numbers:\n\n" + (try display(numbers, in: report.notation)))
        }
        blocks.append(try verdict(on: equation.check, value: equation.value))
        if let note = equation.note { blocks.append(try text(note)) }
        return blocks
    }

    /// - Parameter isPrinted: whether this is a source's own wording, whose letters are not ours to choose.
    private func display(_ formula: TeX, in notation: Notation, isPrinted: Bool = false) throws -> String {
        let tex = try notation.expand(formula).split(separator: "\n").joined(separator: " ")
        try TeXLint.check(tex)
        if !isPrinted { try TeXLint.checkIndices(formula.source) }
        if tex.contains("NaN") { throw ReportError.notANumber(in: tex) }
        // Two dollars open and close mathematics at once for ``keptFromEmphasis``: it sees the formula between single ones.
        return "$" + keptFromEmphasis("$\n\(tex)\n$") + "$"
    }

    /// What the second route gave, and by how much it differs: of a property, which has no second value, how far it is violated.
    private func verdict(on check: Check, value: CheckedValue) throws -> String {
        let verdict = (check.passed ? "✅ **Check**" : "❌ **This check failed**") + " by \(try line(Prose(check.how)))"
        let tolerance = NumberFormat.significant(2).string(check.tolerance)
        let difference = NumberFormat.boundText(check.difference, within: check.tolerance)
        if check.isProperty, check.problem == nil {
            let words = difference.replacing("< ", with: "less than ").replacing("≤ ", with: "at most ")
            return "\(verdict): \(words), allowed \(tolerance)."
        }
        let which = check.hasTolerancePerEntry ? ", for the number that comes closest to its own allowance" : ""
        return "\(verdict): \(compared(value, check)); "
            + (check.problem.map { "\($0)." } ?? "difference \(difference), allowed \(tolerance)\(which).")
    }

    /// Both values, or one if they print alike. A second route that gave something of another shape (the sums of a table) is
    /// shown alone.
    private func compared(_ value: CheckedValue, _ check: Check) -> String {
        let (here, second) = (ValueText.short(value, check), ValueText.short(check.value, check))
        guard value.hasShape(of: check.value) else { return second }
        return here == second ? "both ways \(here)" : "computed \(here), second route \(second)"
    }

    // MARK: Tables, figures, errata

    private func render(_ table: TableCell) throws -> [String] {
        var lines = [try row(table.header.map(line)), "|" + String(repeating: "---|", count: table.header.count)]
        for cells in table.rows {
            guard cells.count == table.header.count else {
                throw ReportError.raggedTable(header: table.header.first?.source ?? "")
            }
            lines.append(try row(cells.map(line)))
        }
        let caption = try table.caption.map { ["<sub>" + (try line($0)) + "</sub>"] } ?? []
        return [lines.joined(separator: "\n")] + caption
    }

    private func row(_ cells: [String]) throws -> String {
        if let broken = cells.first(where: { $0.contains("|") }) {
            throw ReportError.unprintableCell(broken)
        }
        return "| " + cells.joined(separator: " | ") + " |"
    }

    private func image(_ figure: Figure) throws -> String {
        let file = figureFile(figure)
        if figure.alt.contains("NaN") { throw ReportError.notANumber(in: figure.alt) }
        let alt = figure.alt.replacing("\n", with: " ").replacing("[", with: "(").replacing("]", with: ")")
        return (file.isImage ? "!" : "") + "[\(alt)](\(file.path))"
    }

    private func render(_ erratum: ErratumCell) throws -> [String] {
        let entry = erratum.entry
        let heading = "**Erratum · \(Ledger.sourceName(entry.source)), \(entry.place): \(entry.title)** `\(entry.id)`"
        let rows = [
            ("Printed", erratum.printed), ("Better", erratum.corrected), ("The number that shows it", erratum.shown),
        ]
        let lines = try rows.map { "- *\($0.0):* " + (try text($0.1, isPrinted: true)).replacing("\n", with: "\n  ") }
        return [anchor(entry.anchor) + "\n\n" + quoted(([heading, ""] + lines).joined(separator: "\n"))]
    }

    private func render(_ figures: [PublishedFigure]) throws -> [String] {
        var lines = ["| quantity | \(PublishedFigure.heading(of: figures)) | ours | agrees |", "|---|---|---|---|"]
        for figure in figures {
            let shown = figure.shown
            lines.append(
                try row([line(figure.quantity), shown.published, shown.ours, figure.agrees ? "yes" : "**no**"]))
        }
        return [lines.joined(separator: "\n")]
    }

    // MARK: Beginning and end

    private func contents() -> String {
        var lines = ["**In this report**\n"]
        for case (let position, .section(let title)) in report.cells.enumerated().map({ ($0.offset, $0.element) }) {
            lines.append("\(sectionNumber(at: position)). [\(title)](#section-\(sectionNumber(at: position)))")
        }
        lines.append("- [All equations of this report](#all-equations)")
        if !report.next.isEmpty { lines.append("- [What to try next](#what-to-try-next)") }
        return lines.joined(separator: "\n")
    }

    private func sectionNumber(at position: Int) -> Int {
        report.cells[...position].count { if case .section = $0 { true } else { false } }
    }

    private func closingTable() throws -> [String] {
        let passed = report.equations.count { $0.check.passed }
        let furtherPassed = report.furtherChecks.count { $0.check.passed }
        let further =
            report.furtherChecks.isEmpty
            ? "" : ", and \(furtherPassed) of \(report.furtherChecks.count) further checks in the text"
        var lines = ["| equation | what it says | value | check | difference |", "|---|---|---|---|---|"]
        for equation in report.equations {
            let (entry, check) = (equation.entry, equation.check)
            lines.append(
                try row([
                    "[`\(entry.id)`](#\(entry.anchor))", entry.title, ValueText.short(equation.value, check),
                    (check.passed ? "✅ " : "❌ ") + line(Prose(check.how)),
                    NumberFormat.boundText(check.difference, within: check.tolerance),
                ]))
        }
        let caption = """
            <sub>Where several numbers are compared with simulated ones, each is allowed five standard errors of its own. The \
            difference is that of the number that comes closest to its allowance; another may differ by more.</sub>
            """
        return [
            "## All equations", "\(passed) of \(report.equations.count) checks passed\(further).",
            lines.joined(separator: "\n"),
        ] + (report.equations.contains { $0.check.hasTolerancePerEntry } ? [caption] : [])
    }

    private func next() throws -> [String] {
        guard !report.next.isEmpty else { return [] }
        return try ["## What to try next"]
            + report.next.map { "\(try text($0.shows))\n\n```sh\n\($0.command)\n```" }
    }

    private func references() throws -> [String] {
        guard !report.references.isEmpty else { return [] }
        return try ["## References", report.references.map { "- " + (try line($0.citation)) }.joined(separator: "\n")]
    }

    private func anchor(_ name: String) -> String { "<a id=\"\(name)\"></a>" }
}

/// A mistake in a lesson that is found when its report is rendered.
public enum ReportError: Error, Equatable, CustomStringConvertible {
    /// A number that is not a number got into the text.
    case notANumber(in: String)
    /// A row with more or fewer cells than the header.
    case raggedTable(header: String)
    /// A table cell with a bar.
    case unprintableCell(String)
    /// An equation or erratum with an id that the ledger does not have.
    case unknownID(String)
    /// The same id explained twice.
    case explainedTwice(String)
    /// Two figures with one file name.
    case sameFigureTwice(String)

    /// The mistake in words.
    public var description: String {
        switch self {
        case .notANumber(let text): "a number that is not a number, in: \(text)"
        case .raggedTable(let header): "the table that starts with “\(header)” has a row of another length"
        case .unprintableCell(let text): "a table cell cannot hold a bar: \(text)"
        case .unknownID(let id): "the ledger has no “\(id)”"
        case .explainedTwice(let id): "“\(id)” is explained twice"
        case .sameFigureTwice(let id): "two figures are called “\(id)”"
        }
    }
}
