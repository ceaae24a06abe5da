/// One thing that a reader of the five sources can point at, or that the course adds, and that some lesson explains with numbers.
public struct LedgerEntry: Sendable, Equatable {
    /// Stable name, in code, in `results.json`, in tests, and (with `-` for `.`) as an anchor in the reports: `cs181.13`.
    public let id: String
    /// Where it stands in its source: `equation 13`, `Exercise 2`.
    public let place: String
    /// What it says, in a few words.
    public let title: String
    /// The number of the lesson whose report explains it.
    public let lesson: Int

    /// `cs181` for `cs181.13` and for `errata.cs181.section`.
    public var source: String {
        id.split(separator: ".").dropFirst(isErratum ? 1 : 0).first.map(String.init) ?? ""
    }

    /// The source as a reader would name it: `CS 181`. Of an erratum it is the text that has the slip.
    public var sourceName: String {
        if isBeyondSources { return Self.beyondSources }
        guard let source = Notation.Source(rawValue: source) else { return source }
        return isErratum ? source.textName : source.name
    }

    /// What the five sources do not have, and the course adds.
    public var isBeyondSources: Bool { source == "beyond" }

    /// What stands in the place of a source's name, where there is none.
    static let beyondSources = "Beyond the sources"

    /// Something that the source prints wrongly, or loosely.
    public var isErratum: Bool { id.hasPrefix("errata.") }

    /// The name of the anchor in the Markdown: `cs181-13`.
    public var anchor: String { id.replacing(".", with: "-") }
}

/// The list of everything that the course has to explain. A test holds the reports against it.
public enum Ledger {
    /// All rows: the equations, exercises and figures of the five sources, then the errata, then what the course adds.
    public static let entries: [LedgerEntry] = cs181 + prml + cs229 + stat215a + orie4742 + errata + beyond

    /// The row with this id, or nil.
    public static func entry(_ id: String) -> LedgerEntry? { byID[id] }

    /// The row with this id.
    ///
    /// - Throws: ``ReportError/unknownID(_:)``.
    static func known(_ id: String) throws -> LedgerEntry {
        guard let entry = byID[id] else { throw ReportError.unknownID(id) }
        return entry
    }

    /// The rows that a lesson explains, in the order of the ledger.
    public static func entries(ofLesson number: Int) -> [LedgerEntry] { entries.filter { $0.lesson == number } }

    /// The number in a lesson's name: 4 for `Lesson4CoinFlips`.
    public static func lessonNumber(of name: String) -> Int? {
        name.hasPrefix("Lesson") ? Int(name.dropFirst("Lesson".count).prefix(while: \.isNumber)) : nil
    }

    private static let byID = Dictionary(entries.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })

    /// A row, written short: the tables below are meant to be read.
    static func row(_ id: String, _ place: String, _ lesson: Int, _ title: String) -> LedgerEntry {
        LedgerEntry(id: id, place: place, title: title, lesson: lesson)
    }
}
