/// A mistake in a lesson that is found when its report is rendered.
public enum ReportError: Error, Equatable, CustomStringConvertible {
    /// A number that is not a number got into the text.
    case notANumber(in: String)
    /// A row with more or fewer cells than the header.
    case raggedTable(header: String)
    /// Something that prose opens and never closes: an asterisk, a backtick.
    case openMarkup(String, in: String)
    /// An equation or erratum with an id that the ledger does not have.
    case unknownID(String)
    /// The same id explained twice.
    case explainedTwice(String)
    /// An equation with several numbers that does not say which of them stands in the tables.
    case noTellingNumber(String)
    /// A reference to a figure, a lesson or an equation that there is not.
    case unknownReference(String)
    /// Two figures with one file name.
    case sameFigureTwice(String)
    /// A section inside a frame or a fold.
    case nestedSection(String)
    /// Mathematics in the title of a fold, where Markdown reads none.
    case mathematicsInTitle(String)
    /// Two meanings of one word in the glossary.
    case definedTwice(String)
    /// A summary of something that the report does not have.
    case notInReport(String)
    /// The one-sheet summary was asked for, and the report has none.
    case noSummary(of: String)

    /// The mistake in words.
    public var description: String {
        switch self {
        case .notANumber(let text): "a number that is not a number, in: \(text)"
        case .raggedTable(let header): "the table that starts with “\(header)” has a row of another length"
        case .openMarkup(let mark, let text): "“\(mark)” opens and never closes, in: \(text)"
        case .unknownID(let id): "the ledger has no “\(id)”"
        case .explainedTwice(let id): "“\(id)” is explained twice"
        case .noTellingNumber(let id): "“\(id)” has several numbers, and does not say which one the tables show"
        case .unknownReference(let text): "there is nothing that [\(text)] could refer to"
        case .sameFigureTwice(let id): "two figures are called “\(id)”"
        case .nestedSection(let title): "the section “\(title)” begins inside a frame or a fold"
        case .mathematicsInTitle(let title): "the title of a fold cannot have mathematics: \(title)"
        case .definedTwice(let name): "“\(name)” is defined twice"
        case .notInReport(let what): "the summary shows “\(what)”, which the report does not have"
        case .noSummary(let lesson): "\(lesson) has no one-sheet summary of this; leave out --short"
        }
    }
}
