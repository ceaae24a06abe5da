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
        var letters: (of: String, formula: Block)?
        if let theirs = Notation.named(entry.source, for: report.model), theirs.id != report.notation.id {
            let printed = try display(
                equation.printed ?? equation.formula, in: theirs, isPrinted: equation.printed != nil)
            if printed != formula { letters = (entry.sourceName, printed) }
        }
        if let numbers = equation.numbers {
            blocks += [Self.words("With numbers:"), try display(numbers, in: report.notation)]
        }
        blocks += try verdict(on: equation.check, letters: letters, details: equation.details)
        if let note = equation.note { blocks += try text(note) }
        return blocks
    }

    private static func words(_ text: String) -> Block { .paragraph([.text(text)]) }

    /// Whether the second route agrees, in one line; what it gave, and the formula in its source's letters, stay folded.
    ///
    /// A check that failed is not folded.
    func verdict(
        on check: Check, letters: (of: String, formula: Block)? = nil, details more: Prose? = nil
    ) throws -> [Block] {
        let more = try more.map { try text($0) } ?? []
        let theirs = letters.map { [Self.words("In the letters of \($0.of):"), $0.formula] } ?? []
        guard check.wasMade, check.passed else {
            let words = check.wasMade ? CheckWords.failure(check) : CheckWords.notMade(check)
            let line = Block.paragraph(try line(words))
            return [line] + more
                + (letters.map { [.folded(summary: "In the letters of \($0.of)", role: .details, [$0.formula])] } ?? [])
        }
        let verdict = CheckWords.verdict(check, route: try line(CheckWords.route(check)).plain)
        let details = CheckWords.details(check, afterRoute: verdict.saysRoute)
        let summary = verdict.text + (letters.map { " · in the letters of \($0.of)" } ?? "")
        return [.folded(summary: summary, role: .details, theirs + [.paragraph(try line(details))] + more)]
    }

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
                [.text(CheckWords.mark(passed: check.wasMade ? check.passed : nil) + " ")]
                    + (try line(CheckWords.route(check))),
                [.text(CheckWords.difference(check))],
            ]
        }
        let isShortened = report.equations.contains { $0.telling != nil }
        return [
            .heading(level: 2, [.text("All equations")], anchor: "all-equations"),
            Self.words("\(passed) of \(report.equations.count) checks passed\(further)\(unchecked)."),
            .folded(
                summary: "Every equation with its value and its check", role: .details,
                [
                    .table(
                        try Block.Table(
                            ["equation", "what it says", "value", "check", "difference"].map { [.text($0)] },
                            rows: rows, caption: isShortened ? try line(CheckWords.oneOfSeveral) : nil))
                ]),
        ]
    }
}
