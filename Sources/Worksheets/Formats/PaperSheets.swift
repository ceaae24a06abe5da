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
            var own = try head(of: sheet)
            own += try self.blocks(sheet.story)
            for question in sheet.questions {
                own.append(
                    try paper(question, of: sheet.student, number, room: Self.room(on: sheet), &figures))
            }
            blocks.append(.sheet(of: "\(owner(of: sheet)) · \(worksheet.title)", own))
        }
        return (Document(title: "Worksheets: \(worksheet.title)", place: .course, blocks: blocks), figures)
    }

    /// Whose a sheet is: name and id.
    func owner(of sheet: Sheet) -> String {
        [names[sheet.student], sheet.student].compactMap { $0 }.joined(separator: " · ")
    }

    /// How many lines there are to work out an answer: so many that a sheet stays a page of A4.
    private static func room(on sheet: Sheet) -> Int {
        let numeric = sheet.questions.count { if case .numeric = $0.kind { true } else { false } }
        let isDrawn = sheet.questions.contains { if case .drawing = $0.kind { true } else { false } }
        return isDrawn ? 2 : max(2, 13 / max(1, numeric))
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

    private func paper(
        _ question: Question, of student: String, _ number: Int, room: Int, _ figures: inout [Figure]
    ) throws -> Block {
        let points = question.points == 1 ? "1 point" : "\(question.points) points"
        func task(_ remark: String) throws -> Block {
            .paragraph(
                [.strong([.text("(\(question.id)) ")])] + (try builder.line(question.task))
                    + [.text(" "), .emphasis([.text(remark)])])
        }
        switch question.kind {
        case .numeric: return .together([try task(points), .room(lines: room, label: "answer")])
        case .choice(let choice): return .together([try task("\(points); circle one letter")] + (try options(choice)))
        case .drawing(let drawing):
            let figure = drawing.paper.named("paper-\(number)-\(question.id)")
            figures.append(figure)
            // On small paper a drawing comes to a sheet of its own: whose it is stands beside it.
            return .together([
                try task("\(points); sheet of \(student)"), try builder.figure(figure, number: figures.count),
            ])
        }
    }

    /// The options: in one line if they are short, or else each in its own.
    private func options(_ choice: Choice) throws -> [Block] {
        let options = try choice.options.enumerated().map { place, option -> [Inline] in
            [.strong([.text(Choice.letter(place))]), .text("\u{A0}\u{A0}")] + (try builder.line(option.words))
        }
        guard options.allSatisfy({ $0.plainText.count <= 20 }) else { return options.map { .paragraph($0) } }
        return [.paragraph(Array(options.joined(separator: [.text("\u{2003}\u{2003} ")])))]
    }
}
