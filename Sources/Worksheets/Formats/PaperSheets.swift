import Figures
import Notebook

extension ClassSheets {
    /// All sheets as one document to print: each student begins on a new page.
    ///
    /// - Returns: the document, and the figures in it.
    /// - Throws: `TeXError`, `ReportError`.
    public func paper() throws -> (document: Document, figures: [Figure]) {
        var figures: [Figure] = []
        var blocks = try cover
        for (number, sheet) in sheets.enumerated() {
            blocks.append(.pageBreak)
            blocks += try head(of: sheet)
            blocks += try self.blocks(sheet.story)
            for question in sheet.questions { blocks += try paper(question, number, &figures) }
        }
        return (Document(title: "Worksheets: \(worksheet.title)", place: .course, blocks: blocks), figures)
    }

    /// The first page, which stays with the instructor.
    private var cover: [Block] {
        get throws {
            let count = sheets.count
            return try builder.text(
                """
                For the instructor: \(count == 1 ? "one sheet" : "\(count) sheets") of `\(worksheet.name)`, an exercise to lesson \(worksheet.lesson). Each begins on
                a new page and has numbers of its own; the key is a file of its own. Take this page off before you hand the sheets out.
                """)
        }
    }

    private func head(of sheet: Sheet) throws -> [Block] {
        let name: [Inline] = names[sheet.student].map { [Inline.text($0 + " · ")] } ?? []
        let note = """
             · lesson \(worksheet.lesson), \(worksheet.name). The numbers on this sheet are yours alone. Keep one decimal more on the way than you are
            asked for at the end.
            """
        return [
            .heading(level: 2, [.text(worksheet.title)], anchor: nil),
            .paragraph(name + [.strong([.text(sheet.student)]), .text(note.replacing("\n", with: " "))]),
        ]
    }

    private func paper(_ question: Question, _ number: Int, _ figures: inout [Figure]) throws -> [Block] {
        let points = question.points == 1 ? "1 point" : "\(question.points) points"
        let task = try builder.line(question.task)
        let start: [Inline] =
            [.strong([.text("(\(question.id)) ")])] + task + [.text(" "), .emphasis([.text("\(points)")])]
        switch question.kind {
        case .numeric: return [.paragraph(start), .room(lines: 2)]
        case .choice(let choice):
            let options = try choice.options.enumerated().map { place, option -> [Block] in
                [.paragraph([.strong([.text("\(Choice.letter(place)) ")])] + (try builder.line(option.words)))]
            }
            return [.paragraph(start), .list(options, isNumbered: false)]
        case .drawing(let drawing):
            let figure = drawing.paper.named("paper-\(number)-\(question.id)")
            figures.append(figure)
            return [.paragraph(start), try builder.figure(figure, number: figures.count)]
        }
    }

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
        for (number, sheet) in sheets.enumerated() {
            if number > 0 { blocks.append(.pageBreak) }
            let name = names[sheet.student].map { "\($0) · " } ?? ""
            blocks.append(.heading(level: 2, [.text(name + sheet.student)], anchor: nil))
            blocks.append(try answers(sheet))
            blocks.append(.list(try mistakes(sheet), isNumbered: false))
            for case (let question, .drawing(let drawing)) in sheet.questions.map({ ($0, $0.kind) }) {
                let figure = drawing.answer.named("key-\(number)-\(question.id)")
                figures.append(figure)
                let caption: Prose = "(\(question.id)) \(drawing.lookFor)"
                blocks.append(try builder.figure(figure, number: figures.count, caption: caption))
            }
        }
        return (Document(title: "Key: \(worksheet.title)", place: .course, blocks: blocks), figures)
    }

    private func answers(_ sheet: Sheet) throws -> Block {
        let rows = sheet.questions.compactMap { question -> [Prose]? in
            switch question.kind {
            case .numeric(let numeric):
                [
                    "(\(question.id))", "**\(numeric.printed)**",
                    "± \(NumberFormat.significant(1).string(numeric.tolerance))",
                    "$\(numeric.working.source.replacing("\n", with: " "))$", "\(numeric.check.how)",
                ]
            case .choice(let choice):
                ["(\(question.id))", "**\(Choice.letter(choice.right))**", "", choice.reason, "another count"]
            case .drawing: nil
            }
        }
        return try builder.table(["part", "answer", "tolerance", "how", "again by"], rows: rows)
    }

    private func mistakes(_ sheet: Sheet) throws -> [[Block]] {
        try sheet.questions.flatMap { question -> [[Block]] in
            switch question.kind {
            case .numeric(let numeric):
                try numeric.slips.map { slip in
                    let value =
                        numeric.rounding == .whole
                        ? NumberFormat.significant(4).string(slip.value) : numeric.rounding.format.string(slip.value)
                    return [.paragraph(try builder.line("(\(question.id)) \(value): \(slip.feedback)"))]
                }
            case .choice(let choice):
                try choice.options.enumerated().filter { $0.offset != choice.right }.map { place, option in
                    [.paragraph(try builder.line("(\(question.id)) \(Choice.letter(place)): \(option.feedback)"))]
                }
            case .drawing: []
            }
        }
    }
}
