extension Layout {
    /// The first lines of a file as one separator splits them.
    struct Candidate {
        let separator: Separator
        /// The row of names; nil if there are no rows.
        private(set) var header: HeadRow?
        /// The rows above it.
        private(set) var above: [HeadRow] = []
        /// The rows below it that are neither comments nor hollow.
        private(set) var body: [HeadRow] = []
        private(set) var skipsComments = true
        private(set) var hasRowNames = false
        /// Whether the row of names is a comment.
        var isComment = false
        /// The better, the higher; negative if the separator is out of the question.
        private(set) var score = -1

        init(_ separator: Separator, _ rows: [HeadRow], names: [String]) {
            self.separator = separator
            guard let place = Self.headerPlace(rows, names: names) else { return }
            let header = rows[place]
            self.header = header
            above = Array(rows[..<place])
            let below = rows[(place + 1)...].filter { !$0.isHollow }
            // Where every row begins with #, it is part of the cells: #1, #2, …
            skipsComments = below.isEmpty || !below.allSatisfy(\.beginsWithHash)
            body = skipsComments ? below.filter { !$0.beginsWithHash } : below
            hasRowNames = findsRowNames()

            let count = header.cells.count
            let fitting = body.count { fits($0, count) }
            if separator != .comma && (count < 2 || 2 * fitting < body.count) { return }
            score = Self.has(names, in: header) ? 4 : 0
            score += fitting == body.count ? 2 : 2 * fitting >= body.count ? 1 : 0
            score += count >= 2 ? 1 : 0
            let numbers = header.cells.count { CellText($0).looksLikeData }
            if 2 * numbers > header.filled { score = max(0, score - 2) }
        }

        /// The better of two; the first if they are equally good.
        static func better(_ first: Candidate?, _ second: Candidate) -> Candidate {
            guard let first, first.header != nil else { return second }
            return second.header != nil && second.score > first.score ? second : first
        }

        /// Which row holds the names: the first that has all those asked for below nothing but titles, which have fewer cells
        /// with content; otherwise the first that is no title itself.
        private static func headerPlace(_ rows: [HeadRow], names: [String]) -> Int? {
            var most = 0  // the most cells with content of any row above
            // A column's number fits every line: it does not tell which one holds the names.
            let rowsToSearch = names.contains { ColumnNames.place($0) != nil } ? 0 : 30
            for (place, row) in rows.prefix(rowsToSearch).enumerated() where !row.isHollow {
                if row.filled > most, has(names, in: row) { return place }
                if !row.beginsWithHash || place == 0 { most = max(most, row.filled) }
            }
            let filled = rows.filter { !$0.isHollow && !$0.beginsWithHash }.map(\.filled).sorted()
            guard let usual = filled.isEmpty ? nil : filled[filled.count / 2] else {
                return rows.firstIndex { !$0.isHollow }
            }
            return rows.firstIndex { !$0.isHollow && !$0.beginsWithHash && ($0.filled > 1 || usual == 1) }
                ?? rows.firstIndex { !$0.isHollow }
        }

        private static func has(_ names: [String], in row: HeadRow) -> Bool {
            !names.isEmpty
                && names.allSatisfy { name in
                    row.cells.contains(name) || ColumnNames.place(name).map { $0 < row.cells.count } ?? false
                }
        }

        /// Whether a row has as many cells as there are names, apart from empty ones at the end and row names.
        private func fits(_ row: HeadRow, _ count: Int) -> Bool {
            let expected = count + (hasRowNames ? 1 : 0)
            let (found, names) = (row.cells.count, header?.cells ?? [])
            return found == expected || found > expected && row.cells[expected...].allSatisfy(\.isEmpty)
                || found < expected && found > 0 && !hasRowNames && names[found...].allSatisfy(\.isEmpty)
        }

        /// Whether every row has one cell more than there are names, and the first of them can only be the row's own name.
        ///
        /// A column of numbers in front could also come from decimal commas (1,8 is two cells), so numbers must be in quotation
        /// marks, or count upwards.
        private func findsRowNames() -> Bool {
            guard let header, !body.isEmpty, body.allSatisfy({ $0.cells.count == header.cells.count + 1 }),
                !body.allSatisfy({ $0.cells.last == "" })
            else { return false }
            let names = body.map { $0.cells[0] }
            guard Set(names).count == names.count else { return false }
            if body.allSatisfy(\.beginsWithQuote) { return true }
            let numbers = names.map(CellText.init).compactMap(\.plainNumber)
            if numbers.isEmpty { return !names.contains("") }
            guard numbers.count == names.count, header.cells.count >= 2 || separator != .comma else { return false }
            let isCounting = zip(numbers, numbers.dropFirst()).allSatisfy { $1 > $0 }
            return isCounting && numbers.allSatisfy { $0 == $0.rounded() }
                && (numbers.count >= 3 || numbers[0] == 1 || numbers[0] == 0)
        }

        /// Whether all cells of a column are numbers, in whatever spelling, or missing, with one number at least.
        func isNumeric(column: Int) -> Bool {
            let cells = body.filter { $0.cells.count > column }.map { CellText($0.cells[column]).reading }
            return cells.contains { $0 != .missing } && !cells.contains(.wrong)
        }

        /// The lines right below the names that hold no data: drawn lines, and a line of units.
        func linesBelowNames(_ names: [String]) -> (rulers: [Int], units: [Int]) {
            guard let header else { return ([], []) }
            var rows = body[...]
            var rulers: [Int] = []
            if let first = rows.first, first.cells.contains(where: { $0.contains("--") || $0.contains("==") }),
                first.cells.allSatisfy({ $0.unicodeScalars.allSatisfy("-=:+| ".unicodeScalars.contains) })
            {
                rulers.append(first.line)
                rows = rows.dropFirst()
            }
            let places = names.compactMap { name in
                (header.cells.firstIndex(of: name) ?? ColumnNames.place(name)).map { $0 + (hasRowNames ? 1 : 0) }
            }
            func cells(_ row: HeadRow) -> [String] { places.map { $0 < row.cells.count ? row.cells[$0] : "" } }
            guard places.count == names.count, !names.isEmpty, rows.count >= 2 else { return (rulers, []) }
            let (first, second) = (cells(rows[rows.startIndex]), cells(rows[rows.startIndex + 1]))
            let isUnits = first.allSatisfy { $0.isEmpty || CellText.isUnit($0) } && first.contains { !$0.isEmpty }
            return (rulers, isUnits && !second.contains(where: CellText.isUnit) ? [rows[rows.startIndex].line] : [])
        }
    }
}
