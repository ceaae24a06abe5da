import Notebook

/// A worksheet: an exercise of a lesson, with other numbers for every student.
public struct Worksheet: Sendable {
    /// The name on the command line: `coin-flips`.
    public let name: String
    /// The lesson to read first.
    public let lesson: Int
    /// The title on the sheet.
    public let title: String
    /// The model: it decides what CS 181's letters mean.
    public let model: Notation.Model
    /// Makes the words and the answers from drawn numbers; nil for numbers that will not do.
    let compose: @Sendable (inout Draw) throws -> Draft?

    /// What is on a sheet, before anybody has looked whether its numbers are kind.
    struct Draft: Sendable {
        var story: [Passage]
        var questions: [Question]
    }

    /// Every worksheet, in the order of the lessons.
    public static let all: [Worksheet] = [
        jointTable, logResponsibilities, gaussianRound, coinFlips, twoStories, lagrange, kMeansRound, lowerBound,
    ]

    /// The worksheet of a name.
    ///
    /// - Throws: ``WorksheetError/unknownWorksheet(_:)``.
    public static func named(_ name: String) throws(WorksheetError) -> Worksheet {
        let wanted = name.lowercased()
        guard let found = all.first(where: { $0.name == wanted }) else { throw .unknownWorksheet(name) }
        return found
    }

    /// The most draws before giving up. That no student comes near it is tested.
    static let mostDraws = 20_000

    /// A student's sheet: the same for the same seeds and id, on every machine.
    ///
    /// - Throws: ``WorksheetError/noKindNumbers(worksheet:student:last:)``.
    public func sheet(of student: String, seeds: Seeds) throws -> Sheet {
        var draw = Draw(seed: seeds.seed(worksheet: name, student: student))
        var complaint = "they will not do"
        for count in 1...Self.mostDraws {
            guard let draft = try compose(&draw) else { continue }
            if let found = draft.questions.lazy.compactMap(Kindness.complaint).first {
                complaint = found
                continue
            }
            return Sheet(
                worksheet: self, student: student, story: draft.story, questions: draft.questions, draws: count)
        }
        throw WorksheetError.noKindNumbers(worksheet: name, student: student, last: complaint)
    }
}

/// A piece of a sheet above its questions.
public enum Passage: Sendable {
    /// Paragraphs and lists.
    case prose(Prose)
    /// A formula on a line of its own.
    case formula(TeX)
    /// A table.
    case table([Prose], [[Prose]])

    /// The source of all words.
    var source: String {
        switch self {
        case .prose(let prose): prose.source
        case .formula(let formula): formula.source
        case .table(let header, let rows): ([header] + rows).joined().map(\.source).joined(separator: " | ")
        }
    }
}

/// One student's worksheet.
public struct Sheet: Sendable {
    /// What it is an exercise in.
    public let worksheet: Worksheet
    /// Whose it is.
    public let student: String
    /// What is above the questions: what happened, and the numbers.
    public let story: [Passage]
    /// The questions, in their order.
    public let questions: [Question]
    /// How many draws it took until the numbers were kind.
    public let draws: Int

    /// All that is asked: two students with the same wording have the same sheet.
    var wording: String {
        (story.map(\.source) + questions.map(\.task.source)).joined(separator: "\n")
    }
}

extension [Sheet] {
    /// The students who have the same sheet, in groups of two or more.
    public var collisions: [[String]] {
        var groups: [String: [String]] = [:]
        var order: [String] = []
        for sheet in self {
            if groups[sheet.wording] == nil { order.append(sheet.wording) }
            groups[sheet.wording, default: []].append(sheet.student)
        }
        return order.compactMap { groups[$0] }.filter { $0.count > 1 }
    }
}
