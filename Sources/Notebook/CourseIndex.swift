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
        self.lessons = try lessons.map { lesson in
            let path = "\(folder)/\(lesson)/results.json"
            guard let data = FileManager.default.contents(atPath: path) else { throw CourseIndexError.missing(path) }
            do {
                return try Results(json: data)
            } catch {
                throw CourseIndexError.unreadable(path)
            }
        }
    }

    /// Ids of the ledger that no lesson of the course explains, for the lessons that are there.
    public var unexplained: [String] {
        let explained = Set(lessons.flatMap { $0.equations.map(\.id) + $0.errata.map(\.id) })
        let numbers = Set(lessons.compactMap { Self.number(of: $0.lesson) })
        return Ledger.entries.filter { numbers.contains($0.lesson) && !explained.contains($0.id) }.map(\.id)
    }

    /// The Markdown of the index.
    ///
    /// - Throws: ``TeXError``, if a symbol of the notations cannot be written.
    public func markdown() throws -> String {
        let passed = lessons.flatMap(\.equations).count { $0.check.passed }
        let count = lessons.reduce(0) { $0 + $1.equations.count }
        var blocks = [
            "# The course",
            """
            \(lessons.count) lessons explain \(count) equations, exercises and figures of five university handouts, each with its own
            numbers and a check by a second route; \(passed) of \(count) checks passed. Every file in this folder was written by
            `swift run Course`.
            """,
            "## Lessons", table(["lesson", "equations", "errata", "figures"], lessons.map(row)),
            "## Index of equations",
            "Of several numbers the index shows one, by its name; the lesson's `results.json` has all of them.",
        ]
        for source in ["cs181", "prml", "cs229", "stat215a", "orie4742"] {
            let rows = equations(of: source)
            guard !rows.isEmpty else { continue }
            blocks += [
                "### \(Ledger.sourceName(source))", table(["id", "what it says", "lesson", "value", "check"], rows),
            ]
        }
        blocks += [
            "## Errata", errataIntroduction, table(["id", "printed", "better", "the number that shows it"], errata),
        ]
        if !published.isEmpty {
            blocks += [
                "## Published figures, and ours",
                table(["quantity", "published, or by another program", "ours", "agrees", "lesson"], published),
            ]
        }
        blocks += ["## One thing, written in six ways", try notations()]
        return blocks.joined(separator: "\n\n") + "\n"
    }

    // MARK: Rows

    private func row(_ lesson: Results) -> [String] {
        [
            "[\(Self.number(of: lesson.lesson) ?? 0). \(lesson.title)](\(lesson.lesson)/README.md)",
            "\(lesson.equations.count)", "\(lesson.errata.count)", "\(lesson.figures.count)",
        ]
    }

    /// In the order of the ledger.
    private func equations(of source: String) -> [[String]] {
        let explained = Dictionary(
            lessons.flatMap { lesson in lesson.equations.map { ($0.id, (lesson, $0)) } },
            uniquingKeysWith: { first, _ in first })
        return Ledger.entries.filter { $0.source == source && !$0.isErratum }.compactMap { entry in
            guard let (lesson, equation) = explained[entry.id] else { return nil }
            let (check, telling) = (equation.check, equation.telling)
            return [
                "[`\(entry.id)`](\(lesson.lesson)/README.md#\(entry.anchor))", entry.title, number(lesson),
                CheckWords.telling(
                    telling?.name, telling.map { .number($0.value) } ?? equation.value.value,
                    noise: ValueText.noise(within: check.tolerance, of: check.kind)),
                "\(check.passed ? "✅" : "❌") \(CheckWords.route(how: check.how, claim: check.claim))",
            ]
        }
    }

    private var errata: [[String]] {
        lessons.flatMap { lesson in
            lesson.errata.map { erratum in
                let anchor = Ledger.entry(erratum.id)?.anchor ?? ""
                return [
                    "[`\(erratum.id)`](\(lesson.lesson)/README.md#\(anchor))", erratum.printed, erratum.corrected,
                    erratum.shown,
                ]
            }
        }
    }

    private var errataIntroduction: String {
        """
        Where the sources print something wrong or loose, what it should be, and the number that shows it. No text is free of such
        things, and finding them is part of reading.
        """
    }

    private var published: [[String]] {
        lessons.flatMap { lesson in
            lesson.published.map {
                let shown = PublishedFigure.shown(published: $0.published, decimals: $0.decimals, ours: $0.ours)
                return [$0.quantity, shown.published, shown.ours, $0.agrees ? "yes" : "**no**", number(lesson)]
            }
        }
    }

    private func notations() throws -> String {
        let things: [(String, TeX)] = [
            ("mixing weight", #"\weight{k}"#), ("responsibility", #"\resp{n}{k}"#),
            ("head probability of a coin", #"\headprob{k}"#), ("latent class", #"\latentvec{n}"#),
            ("observation", #"\obs{n}"#), ("number of observations", #"\obscount"#), ("all parameters", #"\params"#),
            ("log-likelihood", #"\loglik{\params}"#), ("complete-data log-likelihood", #"\completeloglik{\params}"#),
            ("its expectation", #"\Qname"#),
        ]
        var columns = Notation.ids.compactMap { id in Notation.named(id, for: .gaussians).map { ($0.name, $0) } }
        if let coins = Notation.named("cs181", for: .coins),
            let place = columns.firstIndex(where: { $0.0 == coins.name })
        {
            columns[place].0 = "\(coins.name), Gaussians"
            columns.insert(("\(coins.name), coins", coins), at: place + 1)
        }
        return table(
            [""] + columns.map(\.0),
            try things.map { name, symbol in [name] + (try columns.map { "$\(try $0.1.expand(symbol))$" }) })
    }

    // MARK: Markdown

    private func table(_ header: [String], _ rows: [[String]]) -> String {
        let lines = [header, header.map { _ in "---" }] + rows
        return lines.map { cells in
            "| " + cells.map { $0.replacing("\n", with: " ").replacing("|", with: "\\|") }.joined(separator: " | ")
                + " |"
        }.joined(separator: "\n")
    }

    private func number(_ lesson: Results) -> String {
        Self.number(of: lesson.lesson).map { "[\($0)](\(lesson.lesson)/README.md)" } ?? lesson.lesson
    }

    /// 4 for `Lesson4CoinFlips`.
    private static func number(of lesson: String) -> Int? {
        Int(lesson.dropFirst("Lesson".count).prefix { $0.isNumber })
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
        case .missing(let path): "\(path): there is no such file; has the lesson been run?"
        case .unreadable(let path): "\(path): this is not what a lesson writes; run the lesson again"
        }
    }
}
