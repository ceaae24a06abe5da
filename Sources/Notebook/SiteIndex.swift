import Files

/// The first page of a static site of the course, and what the site needs to know of the reports.
public struct SiteIndex {
    private let lessons: [Results]

    /// Reads `results.json` of each lesson's folder.
    ///
    /// - Parameters:
    ///   - folder: The folder that holds the lessons' folders.
    ///   - lessons: The lessons' names, in the order of the course.
    /// - Throws: an error that names the file, if one cannot be read.
    public init(folder: String, lessons: [String]) throws {
        self.lessons = try Results.all(in: folder, of: lessons)
    }

    /// The seed of a lesson's report: what is handed out beside its numbers has to be made from the same.
    public func seed(of lesson: String) -> UInt64? { lessons.first { $0.lesson == lesson }?.seed }

    /// Whether a lesson has a summary.
    public func hasSummary(_ lesson: String) -> Bool {
        lessons.first { $0.lesson == lesson }?.files.contains(ReportFormat.markdown.summaryFile) ?? false
    }

    /// The page, with links to those of the files that are there.
    ///
    /// - Parameters:
    ///   - files: The site's files.
    ///   - equations: Where the index of all equations stands.
    /// - Throws: ``ReportError``; `FileError` if a part of the page is not in the package.
    public func page(linkingTo files: Set<String>, equations: String) throws -> [UInt8] {
        func link(_ words: String, _ file: String) -> [Inline] {
            files.contains(file) ? [.link([.text(words)], to: .web(file))] : []
        }
        let rows = lessons.map { results -> [[Inline]] in
            let name = results.lesson
            let number = Ledger.lessonNumber(of: name).map { "\($0). " } ?? ""
            let papers = [link("report", "\(name).pdf"), link("one\u{A0}sheet", "\(name)-summary.pdf")].filter {
                !$0.isEmpty
            }
            return [
                link(number + results.title, "\(name).html"), link("one\u{A0}sheet", "\(name)-summary.html"),
                link("steps", "\(name)-steps.html"),
                Array(papers.joined(separator: [.text(", ")])), link("JSON", "\(name).json"),
            ]
        }
        // A column that would be empty is left out: without Chromium there is no paper.
        let header = ["lesson", "summary", "follow EM", "paper", "numbers"]
        let columns = header.indices.filter { column in rows.contains { !$0[column].isEmpty } }
        let table = try Block.Table(
            columns.map { [.text(header[$0])] }, rows: rows.map { row in columns.map { row[$0] } }, name: "lesson")
        let blocks: [Block] = [
            .paragraph([.text(Self.introduction)]), .table(table),
            .paragraph([
                .text("All equations, errata and published figures, and who writes what in which letters: "),
                .link([.text("the index")], to: .web(equations)), .text("."),
            ]),
        ]
        let document = Document(title: Self.title, place: .course, blocks: blocks)
        return try ReportFormat.html([]).write(document)
    }

    private static let title = "Mixture models and EM"
    private static let introduction = """
        A course that computes itself: every lesson takes the equations of five university handouts one by one, puts numbers in, and checks \
        the result by a second route. Each page is one file, which needs no other and no network. On the pages to follow EM, the algorithm \
        is gone through half a step at a time, and can be started from elsewhere.
        """
}
