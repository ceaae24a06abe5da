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
        blocks += try verdict(on: equation.check, value: equation.value)
        if let note = equation.note { blocks += try text(note) }
        return blocks
    }

    private static func words(_ text: String) -> Block { .paragraph([.text(text)]) }

    /// What the second route gave, and by how much it differs.
    func verdict(on check: Check, value: CheckedValue) throws -> [Block] {
        [.paragraph(try line(Prose(verdictText(on: check, value: value))))]
    }

    /// Of a property, which has no second value, it says how far it is violated.
    private func verdictText(on check: Check, value: CheckedValue) -> String {
        let verdict = (check.passed ? "✅ **Check**" : "❌ **This check failed**") + " by \(check.how)"
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

    /// Every equation in one table, at the end of the report.
    func closingTable() throws -> [Block] {
        let passed = report.equations.count { $0.check.passed }
        let furtherPassed = report.furtherChecks.count { $0.check.passed }
        let further =
            report.furtherChecks.isEmpty
            ? "" : ", and \(furtherPassed) of \(report.furtherChecks.count) further checks in the text"
        let rows = try report.equations.map { equation -> [[Inline]] in
            let (entry, check) = (try Ledger.known(equation.id), equation.check)
            return [
                [.link([.code(entry.id)], to: .anchor(entry.anchor))], [.text(entry.title)],
                [.text(ValueText.short(equation.value, check))],
                [.text(check.passed ? "✅ " : "❌ ")] + (try line(Prose(check.how))),
                [.text(NumberFormat.boundText(check.difference, within: check.tolerance))],
            ]
        }
        let caption = """
            Where several numbers are compared with simulated ones, each is allowed five standard errors of its own. The \
            difference is that of the number that comes closest to its allowance; another may differ by more.
            """
        let isSimulated = report.equations.contains { $0.check.hasTolerancePerEntry }
        return [
            .heading(level: 2, [.text("All equations")], anchor: "all-equations"),
            Self.words("\(passed) of \(report.equations.count) checks passed\(further)."),
            .table(
                try Block.Table(
                    ["equation", "what it says", "value", "check", "difference"].map { [.text($0)] }, rows: rows,
                    caption: isSimulated ? [.text(caption)] : nil)),
        ]
    }
}
