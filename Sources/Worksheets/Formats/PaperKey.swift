import Figures
import Notebook

extension ClassSheets {
    /// The key, as one document.
    ///
    /// - Returns: the document, and the figures in it.
    /// - Throws: `TeXError`, `ReportError`.
    public func key() throws -> (document: Document, figures: [Figure]) {
        var figures: [Figure] = []
        var blocks = try builder.text(
            """
            For the instructor. An answer is right if it is not farther from the value than the tolerance: one unit of the last decimal asked
            for, half of it for rounding the answer, and half for rounding on the way. Every value was found by a second route, too. Each
            known mistake leads to another number, five tolerances away or more.
            """)
        blocks.append(try overview)
        for (number, sheet) in sheets.enumerated() {
            let owner = owner(of: sheet)
            var own: [Block] = [.heading(level: 2, [.text(owner)], anchor: nil), try answers(sheet)]
            own.append(.list(try mistakes(sheet), numberedFrom: nil))
            for case (let question, .drawing(let drawing)) in sheet.questions.map({ ($0, $0.kind) }) {
                let figure = drawing.answer.named("key-\(number)-\(question.id)")
                figures.append(figure)
                let caption: Prose = "(\(question.id)) \(drawing.lookFor)"
                own.append(try builder.figure(figure, number: figures.count, caption: caption))
            }
            blocks.append(.sheet(of: "\(owner) · key: \(worksheet.title)", own))
        }
        return (Document(title: "Key: \(worksheet.title)", place: .course, blocks: blocks), figures)
    }

    /// All answers of the class at a glance: a row for each student.
    private var overview: Block {
        get throws {
            let parts = sheets.first?.questions.filter { if case .drawing = $0.kind { false } else { true } } ?? []
            let rows = sheets.map { sheet -> [[Inline]] in
                let student = [sheet.student, names[sheet.student] ?? ""].filter { !$0.isEmpty }.joined(
                    separator: " · ")
                let answers = sheet.questions.compactMap { question -> [Inline]? in
                    switch question.kind {
                    case .numeric(let numeric): [.text(numeric.printed)]
                    case .choice(let choice): [.text(Choice.letter(choice.right))]
                    case .drawing: nil
                    }
                }
                return [[.text(student)]] + answers
            }
            let header = [[Inline.text("student")]] + parts.map { [Inline.text("(\($0.id))")] }
            return try builder.table(header, cells: rows, name: "answers")
        }
    }

    private func answers(_ sheet: Sheet) throws -> Block {
        let rows = sheet.questions.compactMap { question -> [Prose]? in
            switch question.kind {
            case .numeric(let numeric):
                [
                    "(\(question.id))", "**\(numeric.printed)**",
                    "± \(NumberFormat.significant(1).string(numeric.tolerance))",
                    "$\(workings(numeric))$", "\(numeric.check.how)",
                ]
            case .choice(let choice):
                ["(\(question.id))", "**\(Choice.letter(choice.right))**", "", choice.reason, "a second route"]
            case .drawing: nil
            }
        }
        return try builder.table(["part", "answer", "tolerance", "how", "again by"], rows: rows)
    }

    /// On one line, with fractions as large as elsewhere.
    private func workings(_ numeric: Numeric) -> String {
        numeric.working.source.replacing("\n", with: " ").replacing(#"\frac"#, with: #"\dfrac"#)
    }

    private func mistakes(_ sheet: Sheet) throws -> [[Block]] {
        try sheet.questions.flatMap { question -> [[Block]] in
            let values: [(value: String, feedback: Prose)] =
                switch question.kind {
                case .numeric(let numeric):
                    numeric.slips.map { slip in
                        let format =
                            numeric.rounding == .whole ? NumberFormat.significant(4) : numeric.rounding.format
                        return (format.string(slip.value), slip.feedback)
                    }
                case .choice(let choice):
                    choice.options.enumerated().filter { $0.offset != choice.right }.map {
                        (Choice.letter($0.offset), $0.element.feedback)
                    }
                case .drawing: []
                }
            var said: [(values: [String], feedback: Prose)] = []
            for (value, feedback) in values {
                if let place = said.firstIndex(where: { $0.feedback == feedback }) {
                    said[place].values.append(value)
                } else {
                    said.append(([value], feedback))
                }
            }
            return try said.map {
                [
                    .paragraph(
                        try builder.line("(\(question.id)) \($0.values.joined(separator: ", ")): \($0.feedback)"))
                ]
            }
        }
    }
}
