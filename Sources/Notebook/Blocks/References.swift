/// What prose may refer to: `[fig:ridge]`, a figure of the same report; `[lesson:5]`, another lesson (`[Lesson:5]` at the
/// beginning of a sentence); `[eq:cs181.13]`, an equation or an erratum, in whichever lesson explains it; `[section:the-m-step]`, the
/// section of the same report with that title.
///
/// Each stands for its usual words, “Figure 3”, “lesson 5”, “CS 181, equation 13”, “section 8”; in `[the ridge](fig:ridge)` it stands behind words
/// of the author's. A lesson that is not there yet is not linked to, and its words stay.
struct References: Sendable {
    /// The numbers of the report's figures, by id.
    var figures: [String: Int] = [:]
    /// The numbers of the report's sections, by title: see ``slug(of:)``.
    var sections: [String: Int] = [:]
    /// The names of the lessons that there are, by number.
    var lessons: [Int: String] = [:]
    /// The report's own lesson; nil for the index.
    var ownLesson: String?
    /// The equations and errata that the report itself explains.
    var explained: Set<String> = []

    /// Nothing to refer to.
    init() {}

    /// What a report can refer to.
    init(of report: Report, lessons: [String]) {
        for figure in report.figures { figures[figure.id] = figures.count + 1 }
        for case .section(let title) in report.cells { sections[Self.slug(of: title)] = sections.count + 1 }
        for name in lessons { self.lessons[Ledger.lessonNumber(of: name) ?? 0] = name }
        ownLesson = report.lesson
        explained = Set(report.explainedIDs)
    }

    /// A title as references write it: `the-m-step`.
    private static func slug(of title: String) -> String {
        title.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: "-")
    }

    /// The words of a reference and where it leads; nil for what is no reference.
    ///
    /// - Throws: ``ReportError/unknownReference(_:)`` for a reference to something that there is not.
    func find(_ text: String) throws -> (words: String, target: Inline.Target?)? {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !parts[1].contains(where: \.isWhitespace) else { return nil }
        let name = parts[1]
        switch parts[0] {
        case "fig":
            guard let number = figures[name] else { throw ReportError.unknownReference(text) }
            return ("Figure \(number)", .anchor("figure-\(number)"))
        case "section":
            guard let number = sections[name] else { throw ReportError.unknownReference(text) }
            return ("section \(number)", .anchor("section-\(number)"))
        case "lesson", "Lesson":
            guard let number = Int(name), number > 0 else { throw ReportError.unknownReference(text) }
            return ("\(parts[0]) \(number)", lessons[number].map { .lesson($0, anchor: nil) })
        case "eq":
            guard let entry = Ledger.entry(name) else { throw ReportError.unknownReference(text) }
            return ("\(entry.sourceName), \(entry.place)", target(of: entry))
        default: return nil
        }
    }

    private func target(of entry: LedgerEntry) -> Inline.Target? {
        if explained.contains(entry.id) { return .anchor(entry.anchor) }
        guard let lesson = lessons[entry.lesson], lesson != ownLesson else { return nil }
        return .lesson(lesson, anchor: entry.anchor)
    }
}

extension References {
    /// The text with its references in words, for places that have no links, such as `results.json`. These are read apart from the
    /// report, in the index of the course for one: so a figure or a section is one “of lesson 10”.
    ///
    /// - Throws: ``ReportError/unknownReference(_:)``.
    func inWords(_ text: String) throws -> String {
        var result = ""
        var rest = text[...]
        while let match = rest.firstMatch(of: /\[([^\[\]]*)\](?:\(([^()\s]*)\))?/) {
            let (inside, address) = (String(match.1), match.2.map(String.init))
            let words =
                if let address { try find(address).map { _ in inside } } else { try find(inside).map(wordsElsewhere) }
            result += rest[..<match.range.lowerBound] + (words ?? String(match.0))
            rest = rest[match.range.upperBound...]
        }
        return result + rest
    }

    private func wordsElsewhere(_ reference: (words: String, target: Inline.Target?)) -> String {
        guard case .anchor(let anchor) = reference.target,
            anchor.hasPrefix("figure-") || anchor.hasPrefix("section-"),
            let number = ownLesson.flatMap(Ledger.lessonNumber)
        else { return reference.words }
        return "\(reference.words) of lesson \(number)"
    }
}
