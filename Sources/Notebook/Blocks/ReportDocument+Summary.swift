import Figures

extension Report {
    /// The one-sheet summary as blocks, or nil if the report has none.
    ///
    /// - Throws: ``ReportError/notInReport(_:)`` for a frame, an equation or a figure that the report does not have; the errors of
    ///   ``document(figures:lessons:)``.
    func summaryDocument(figures formats: [FigureFormat], lessons: [String] = Ledger.lessons) throws -> Document? {
        guard let summary else { return nil }
        let references = References(of: self, lessons: lessons)
        let builder = DocumentBuilder(report: self, formats: formats, references: references)
        return Document(title: title, place: .summary(of: lesson), blocks: try builder.blocks(summary))
    }
}

extension DocumentBuilder {
    /// The summary: goal, frame, updates, numbers, figure, and the way to the report.
    fileprivate func blocks(_ summary: Summary) throws -> [Block] {
        let lesson = Ledger.lessonNumber(of: report.lesson).map { "Lesson \($0) on one sheet." } ?? "On one sheet."
        let whole = Inline.link([.text("the whole report")], to: .lesson(report.lesson, anchor: nil))
        var blocks: [Block] = [.paragraph([.text("\(lesson) Everything is explained in "), whole, .text(".")])]
        blocks += try text("**The goal.** \(summary.goal)")
        blocks.append(try frame(summary.box))
        blocks += try summary.updates.flatMap(update)
        blocks += [.paragraph([.strong([.text("In numbers.")])])]
        blocks.append(.list(try summary.numbers.map { [.paragraph(try line($0))] }, numberedFrom: nil))
        return try blocks + [figure(summary.figure)]
    }

    /// A frame of the report, without what is folded in it: a page has no folds.
    private func frame(_ title: Prose) throws -> Block {
        for case .box(title, let inner) in report.allCells {
            let blocks = try inner.flatMap(blocks).filter { if case .folded = $0 { false } else { true } }
            return .box(title: try line(title), blocks)
        }
        throw ReportError.notInReport(title.source)
    }

    /// An equation: its title, with a link, and its formula.
    private func update(_ id: String) throws -> [Block] {
        guard let equation = report.equations.first(where: { $0.id == id }) else { throw ReportError.notInReport(id) }
        let entry = try Ledger.known(id)
        let title = Inline.link([.text(entry.title)], to: .anchor(entry.anchor))
        return [
            .paragraph([title, .text(" (\(entry.sourceName), \(entry.place))")]),
            try display(equation.formula, in: report.notation),
        ]
    }

    private func figure(_ id: String) throws -> Block {
        for case .figure(let cell) in report.allCells where cell.figure.id == id {
            return try block(cell, whose: " of the report")
        }
        throw ReportError.notInReport(id)
    }
}
