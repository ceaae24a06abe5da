/// What a handout holds, and what lies beside it.
public struct HandoutOptions: Sendable, Equatable {
    /// What becomes of the answers to the questions.
    public enum Answers: String, CaseIterable, Sendable {
        /// Closed until the reader opens them; on paper they are printed.
        case folded
        /// Left out: for a class that shall think first.
        case none
        /// Open.
        case shown
    }

    /// Whether this is the report or its one-sheet summary.
    public enum Extent: Sendable {
        /// All of it.
        case report
        /// The page to hand out.
        case summary
    }

    /// The sheets that a PDF is for.
    public enum Paper: String, CaseIterable, Sendable {
        /// 210 × 297 mm.
        case a4
        /// 8.5 × 11 inches.
        case letter
    }

    /// What becomes of the answers.
    public var answers: Answers
    /// Which of the two.
    public var extent: Extent
    /// The lessons whose handouts of the same extent lie in the same folder: links lead to no others.
    public var beside: [String]
    /// The sheet; nil leaves it to whoever prints.
    public var paper: Paper?
    /// Whether both reports and summaries lie in the folder, as on a site, and link to each other.
    public var besideBoth = false

    /// Options; unless told otherwise, the report with its answers folded, alone in its folder.
    public init(answers: Answers = .folded, extent: Extent = .report, beside: [String] = [], paper: Paper? = nil) {
        self.answers = answers
        self.extent = extent
        self.beside = beside
        self.paper = paper
    }

    /// The name of a lesson's handout, without the ending.
    public func name(of lesson: String) -> String { Self.name(of: lesson, extent) }

    private static func name(of lesson: String, _ extent: Extent) -> String {
        lesson + (extent == .summary ? "-summary" : "")
    }

    /// The files in which handouts come.
    public enum FileType: String, CaseIterable, Sendable {
        /// A page for a browser, whole in one file.
        case html
        /// Sheets of paper, printed by Chromium.
        case pdf
    }

    /// Where a link leads in a document, or nil if what it leads to is not there.
    func address(of target: Inline.Target, in document: Document) -> String? {
        func page(_ lesson: String, _ anchor: String?, _ wanted: Extent) -> String? {
            guard wanted == extent || besideBoth, beside.contains(lesson) else { return nil }
            return "\(Self.name(of: lesson, wanted)).\(paper == nil ? FileType.html : .pdf)"
                + (anchor.map { "#\($0)" } ?? "")
        }
        switch target {
        case .web(let address): return address
        case .anchor(let anchor):
            if case .summary(of: let lesson) = document.place { return page(lesson, anchor, .report) }
            return extent == .report ? "#\(anchor)" : nil
        case .summary(let lesson): return page(lesson, nil, .summary)
        case .lesson(let lesson, let anchor):
            if case .lesson(lesson) = document.place { return anchor.map { "#\($0)" } }
            return page(lesson, anchor, .report)
        }
    }
}
