import Files
import Foundation
import Verification

/// The table of contents of the course, made from the lessons' own results: every equation with the lesson that explains it, its
/// value and its check; the errata; the published figures beside ours; the notations.
public struct CourseIndex {
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

    /// Ids of the ledger that no lesson of the course explains, for the lessons that are there.
    public var unexplained: [String] {
        let explained = Set(lessons.flatMap { $0.equations.map(\.id) + $0.errata.map(\.id) })
        let numbers = Set(lessons.compactMap { Ledger.lessonNumber(of: $0.lesson) })
        return Ledger.entries.filter { numbers.contains($0.lesson) && !explained.contains($0.id) }.map(\.id)
    }

    /// The index in a format.
    ///
    /// - Throws: ``TeXError``, if a symbol of the notations cannot be written; ``ReportError`` for a mistake in the results.
    public func written(as format: ReportFormat) throws -> [UInt8] { try format.write(document()) }

    /// The index as blocks.
    func document() throws -> Document {
        let equations = lessons.flatMap(\.equations)
        let passed = equations.count { $0.check.passed == true }
        let beyond = equations.count { Ledger.entry($0.id)?.isBeyondSources == true }
        let all = Ledger.entries.count { !$0.isErratum && !$0.isBeyondSources }
        let introduction = """
            \(lessons.count) lessons explain \(equations.count - beyond) of \(all) rows of the sources, which are equations, exercises and figures of
            five university handouts\(beyond == 0 ? "" : ", and \(beyond) more that no source has"), each with its own numbers and a check by a
            second route; \(passed) of \(equations.count) checks passed. Every file in this folder was written by `swift run Course`.
            """
        var blocks = try ProseParser.blocks(introduction, References())
        blocks += try section("Lessons", ["lesson", "equations", "errata", "figures", "summary"], lessons.map(row))
        blocks.append(heading(2, "Index of equations"))
        blocks += try ProseParser.blocks(
            """
            Of several numbers the index shows one, by its name; the lesson's `results.json` has all of them. How each was checked is said in the \
            lesson's words: what is “above” is above in that lesson.
            """, References())
        for (source, rows) in try rowsBySource() where !rows.isEmpty {
            blocks += [
                heading(3, source), try table(["id", "what it says", "lesson", "value", "check"], rows),
            ]
        }
        blocks += [heading(2, "Errata")] + (try ProseParser.blocks(Self.errataIntroduction, References()))
        blocks.append(try table(["id", "printed", "better", "the number that shows it"], errata()))
        if !lessons.flatMap(\.published).isEmpty {
            blocks += try section(
                "Published figures, and ours",
                ["quantity", "published, or by another program", "ours", "agrees", "lesson"], published())
        }
        blocks += [heading(2, "One thing, written in six ways")] + (try notations())
        return Document(title: "The course", place: .course, blocks: blocks)
    }

    private static let errataIntroduction = """
        Where the sources print something wrong or loose, what it should be, and the number that shows it. No text is free of such
        things, and finding them is part of reading. The words are the lessons' own: what is “above” is above in the lesson that the id leads to.
        (Those of `prml` are slips in Yue Yu's notes on chapter 9 of Bishop's book, and not in the book.)
        """

    // MARK: Rows

    private func row(_ lesson: Results) -> [[Inline]] {
        let title = "\(Ledger.lessonNumber(of: lesson.lesson) ?? 0). \(lesson.title)"
        let counts = [lesson.equations.count, lesson.errata.count, lesson.figures.count]
        let hasSummary = lesson.files.contains(ReportFormat.markdown.summaryFile)
        let summary: [Inline] = hasSummary ? [.link([.text("one sheet")], to: .summary(of: lesson.lesson))] : []
        return [[.link([.text(title)], to: .lesson(lesson.lesson, anchor: nil))]]
            + counts.map { [.text("\($0)")] } + [summary]
    }

    /// The explained equations of each source, in the order of the ledger, and those that no source has.
    private func rowsBySource() throws -> [(source: String, rows: [[[Inline]]])] {
        let explained = Dictionary(
            lessons.flatMap { lesson in lesson.equations.map { ($0.id, (lesson, $0)) } },
            uniquingKeysWith: { first, _ in first })
        let groups =
            Notation.Source.handouts.map { source in
                (source.name, Ledger.entries.filter { $0.source == source.rawValue && !$0.isErratum })
            } + [(LedgerEntry.beyondSources, Ledger.entries.filter(\.isBeyondSources))]
        return try groups.map { name, entries in
            (
                name,
                try entries.compactMap { entry in
                    try explained[entry.id].map { try row(entry, of: $0.0, equation: $0.1) }
                }
            )
        }
    }

    private func row(_ entry: LedgerEntry, of lesson: Results, equation: Results.Equation) throws -> [[Inline]] {
        let (check, telling) = (equation.check, equation.telling)
        let value = CheckWords.telling(
            telling?.name, telling.map { .number($0.value) } ?? equation.value,
            noise: ValueText.noise(within: check.tolerance ?? 0, of: check.kind))
        let verdict = "\(CheckWords.mark(passed: check.passed)) \(CheckWords.route(how: check.how, claim: check.claim))"
        return [
            link(entry, in: lesson), [.text(entry.title)], number(lesson), try ProseParser.inlines(value, References()),
            try ProseParser.inlines(verdict, References()),
        ]
    }

    private func errata() throws -> [[[Inline]]] {
        try lessons.flatMap { lesson in
            try lesson.errata.map { erratum in
                [link(try Ledger.known(erratum.id), in: lesson, without: "errata.")]
                    + (try [erratum.printed, erratum.corrected, erratum.shown].map {
                        try ProseParser.inlines($0, References())
                    })
            }
        }
    }

    private func published() throws -> [[[Inline]]] {
        try lessons.flatMap { lesson in
            try lesson.published.map {
                let shown = PublishedFigure.shown(published: $0.published, decimals: $0.decimals, ours: $0.ours)
                return [
                    try ProseParser.inlines($0.quantity, References()), [.text(shown.published)], [.text(shown.ours)],
                    PublishedFigure.verdict($0.agrees), number(lesson),
                ]
            }
        }
    }

    /// In two tables: one would be wider than a page. A source that has no symbol for a thing has a dash.
    private func notations() throws -> [Block] {
        let things: [(String, TeX)] = [
            ("mixing weight", #"\weight{k}"#), ("responsibility", #"\resp{n}{k}"#),
            ("head probability of a coin", #"\headprob{k}"#), ("latent class", #"\latentvec{n}"#),
            ("observation", #"\obs{n}"#), ("number of observations", #"\obscount"#), ("all parameters", #"\params"#),
            ("log-likelihood", #"\loglik{\params}"#), ("complete-data log-likelihood", #"\completeloglik{\params}"#),
            ("its expectation", #"\Qname"#),
        ]
        let columns = Notation.Source.allCases.flatMap(\.tables)
        return try [columns.prefix(4), columns.dropFirst(4)].map { columns in
            try table(
                [""] + columns.map(\.name),
                things.map { name, symbol in
                    [[.text(name)]]
                        + (try columns.map { [try $0.notation.ownSymbol(symbol).map { .math($0) } ?? .text("-")] })
                })
        }
    }

    // MARK: Blocks

    private func heading(_ level: Int, _ title: String) -> Block { .heading(level: level, [.text(title)], anchor: nil) }

    private func table(_ header: [String], _ rows: [[[Inline]]]) throws -> Block {
        .table(try Block.Table(header.map { [.text($0)] }, rows: rows, name: header.first ?? ""))
    }

    private func section(_ title: String, _ header: [String], _ rows: [[[Inline]]]) throws -> [Block] {
        [heading(2, title), try table(header, rows)]
    }

    /// A link to an entry, in the words of its id; without what all ids of a table begin with, since the column would be wider than GitHub's.
    private func link(_ entry: LedgerEntry, in lesson: Results, without prefix: String = "") -> [Inline] {
        let words = entry.id.hasPrefix(prefix) ? String(entry.id.dropFirst(prefix.count)) : entry.id
        return [.link([.code(words)], to: .lesson(lesson.lesson, anchor: entry.anchor))]
    }

    private func number(_ lesson: Results) -> [Inline] {
        guard let number = Ledger.lessonNumber(of: lesson.lesson) else { return [.text(lesson.lesson)] }
        return [.link([.text("\(number)")], to: .lesson(lesson.lesson, anchor: nil))]
    }
}

extension Results {
    /// The results of several lessons.
    ///
    /// - Throws: ``CourseIndexError``; `FileError`.
    static func all(in folder: String, of lessons: [String]) throws -> [Results] {
        try lessons.map { lesson in
            let path = "\(folder)/\(lesson)/results.json"
            ReportFolder("\(folder)/\(lesson)").finishInterrupted()
            if FileKind(of: path) == nil { throw CourseIndexError.missing(path) }
            let bytes = try readFile(path)
            do {
                return try Results(json: Data(bytes))
            } catch {
                throw CourseIndexError.unreadable(path)
            }
        }
    }
}

/// Why the index could not be made.
public enum CourseIndexError: Error, Equatable, CustomStringConvertible {
    /// A lesson has written no results.
    case missing(String)
    /// A file is not what a lesson writes.
    case unreadable(String)

    /// The reason in words.
    public var description: String {
        switch self {
        case .missing(let path): "\(shown(path)): there is no such file; has the lesson been run?"
        case .unreadable(let path): "\(shown(path)): this is not what a lesson writes; run the lesson again"
        }
    }
}
