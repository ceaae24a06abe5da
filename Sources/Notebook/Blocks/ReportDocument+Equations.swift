import Verification

extension DocumentBuilder {
    /// An equation: its title, the formula in the report's letters and in its source's, with numbers, and its check.
    func blocks(_ equation: EquationCell) throws -> [Block] {
        let entry = try Ledger.known(equation.id)
        var blocks: [Block] = [
            .heading(level: 3, [.text(entry.title)], anchor: entry.anchor),
            .paragraph([.emphasis([.text("\(entry.sourceName), \(entry.place)")]), .text(" · "), .code(entry.id)]),
        ]
        let isInLettersOfSource = report.notation.id == entry.source
        let formula =
            if let printed = equation.printed, isInLettersOfSource {
                try display(printed, in: report.notation, isPrinted: true)
            } else { try display(equation.formula, in: report.notation) }
        blocks.append(formula)
        if let theirs = Notation.named(entry.source, for: report.model), theirs.id != report.notation.id {
            let printed = try display(
                equation.printed ?? equation.formula, in: theirs, isPrinted: equation.printed != nil)
            if printed != formula { blocks += [Self.words("In the letters of \(entry.sourceName):"), printed] }
        }
        if let numbers = equation.numbers {
            blocks += [Self.words("With numbers:"), try display(numbers, in: report.notation)]
        }
        blocks += try verdict(on: equation.check)
        if let note = equation.note { blocks += try text(note) }
        return blocks
    }

    private static func words(_ text: String) -> Block { .paragraph([.text(text)]) }

    /// What the second route gave, and by how much it differs.
    func verdict(on check: Check) throws -> [Block] { [.paragraph(try line(CheckWords.line(check)))] }

    /// Every equation in one table, at the end of the report.
    func closingTable() throws -> [Block] {
        let passed = report.equations.count { $0.check.passed }
        let furtherPassed = report.furtherChecks.count { $0.check.passed }
        let further =
            report.furtherChecks.isEmpty
            ? "" : ", and \(furtherPassed) of \(report.furtherChecks.count) further checks in the text"
        let unchecked = CheckWords.unchecked(report.unchecked.equations + report.unchecked.further)
        let rows = try report.equations.map { equation -> [[Inline]] in
            let (entry, check) = (try Ledger.known(equation.id), equation.check)
            let telling = try CheckWords.telling(equation)
            let value = CheckWords.telling(
                telling?.name.source, telling.map { .number($0.value) } ?? check.ours,
                noise: ValueText.noise(within: check.tolerance, of: check.kind))
            return [
                [.link([.code(entry.id)], to: .anchor(entry.anchor))], [.text(entry.title)], try line(Prose(value)),
                [.text(CheckWords.mark(passed: check.wasMade ? check.passed : nil) + " ")] + (try line(CheckWords.route(check))),
                [.text(CheckWords.difference(check))],
            ]
        }
        let isShortened = report.equations.contains { $0.telling != nil }
        return [
            .heading(level: 2, [.text("All equations")], anchor: "all-equations"),
            Self.words("\(passed) of \(report.equations.count) checks passed\(further)\(unchecked)."),
            .table(
                try Block.Table(
                    ["equation", "what it says", "value", "check", "difference"].map { [.text($0)] }, rows: rows,
                    caption: isShortened ? try line(CheckWords.oneOfSeveral) : nil)),
        ]
    }
}
