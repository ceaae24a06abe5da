import Notebook

/// The sheets of a class, in one notation.
public struct ClassSheets: Sendable {
    /// What the sheets are exercises in.
    public let worksheet: Worksheet
    /// A sheet for each student, in the order of the roster.
    public let sheets: [Sheet]
    /// The students' names, by id; none where there are none.
    public let names: [String: String]
    let builder: BlockBuilder

    /// Makes all sheets.
    ///
    /// - Parameter progress: called before each sheet, with its place.
    /// - Throws: ``WorksheetError``.
    public init(
        _ worksheet: Worksheet, roster: Roster, seeds: Seeds, notation: Notation.Source = .house,
        progress: (Int) -> Void = { _ in }
    ) throws {
        self.worksheet = worksheet
        var sheets: [Sheet] = []
        for student in roster.students {
            progress(sheets.count)
            sheets.append(try worksheet.sheet(of: student.id, seeds: seeds))
        }
        self.sheets = sheets
        names = Dictionary(
            roster.students.filter { !$0.name.isEmpty }.map { ($0.id, $0.name) },
            uniquingKeysWith: { first, _ in first })
        builder = BlockBuilder(notation: notation.notation(for: worksheet.model), model: worksheet.model)
    }

    /// The numerical answers that were checked by a second route; sheets are made of no others.
    public var checks: Int {
        sheets.reduce(0) { sum, sheet in
            sum + sheet.questions.count { if case .drawing = $0.kind { false } else { true } }
        }
    }

    func blocks(_ story: [Passage]) throws -> [Block] {
        try story.flatMap { passage -> [Block] in
            switch passage {
            case .prose(let prose): try builder.text(prose)
            case .formula(let formula): [try builder.formula(formula)]
            case .table(let header, let rows): [try builder.table(header, rows: rows)]
            }
        }
    }
}
