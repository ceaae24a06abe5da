extension DocumentBuilder {
    /// A question set apart, and its folded answer.
    func asked(_ question: Prose, answer: Prose) throws -> [Block] {
        [.quote(try text(question), anchor: nil), .folded(summary: "Answer", role: .answer, try text(answer))]
    }

    /// The title of a fold: plain characters.
    ///
    /// - Throws: ``ReportError/mathematicsInTitle(_:)``.
    func plain(_ title: Prose) throws -> String {
        guard let plain = try line(title).plain else { throw ReportError.mathematicsInTitle(title.source) }
        return plain
    }

    /// The questions at the end.
    func recap() throws -> [Block] {
        guard !report.recap.isEmpty else { return [] }
        let items = try report.recap.map { question, answer in
            try text(question) + [.folded(summary: "Answer", role: .answer, try text(answer))]
        }
        return [
            .heading(level: 2, [.text("Check yourself")], anchor: "check-yourself"), .list(items, numberedFrom: 1),
        ]
    }

    /// The words that the report defines, each with the number and the title of its section; before the first section, nil.
    var glossaryRows: [(word: Definition, section: (number: Int, title: String)?)] {
        var section: (number: Int, title: String)?
        var rows: [(word: Definition, section: (number: Int, title: String)?)] = []
        for cell in report.allCells {
            if case .section(let title) = cell { section = ((section?.number ?? 0) + 1, title) }
            if case .definition(let word) = cell { rows.append((word, section)) }
        }
        return rows
    }

    /// The glossary: a table behind a heading. It is for looking up, so it is folded.
    func glossary() throws -> [Block] {
        let rows = glossaryRows
        guard !rows.isEmpty else { return [] }
        var seen: Set<String> = []
        let cells = try rows.map { word, section -> [[Inline]] in
            guard seen.insert(word.name.source).inserted else { throw ReportError.definedTwice(word.name.source) }
            return [
                try word.symbol.map { try line(Prose("$\($0.source)$")) } ?? [], try line(word.name),
                try line(word.meaning),
                section.map { number, title in
                    [.link([.text("\(number). \(title)")], to: .anchor("section-\(number)"))]
                } ?? [],
            ]
        }
        let header = ["symbol", "name", "meaning", "section"].map { [Inline.text($0)] }
        // Where no word has a symbol, there is no column for symbols.
        let first = rows.contains { $0.word.symbol != nil } ? 0 : 1
        let count = rows.count == 1 ? "1 word" : "\(rows.count) words"
        return [
            .heading(level: 2, [.text("Glossary")], anchor: "glossary"),
            .folded(
                summary: "\(count) of this lesson", role: .details,
                [
                    .table(
                        try Block.Table(
                            Array(header.dropFirst(first)), rows: cells.map { Array($0.dropFirst(first)) }))
                ]),
        ]
    }
}
