// BEGIN HIDDEN TESTS
import Figures
import Grading
import Notebook

/// A class's results in words, tables and a figure.
struct StatisticsReport {
    let statistics: GradingStatistics

    init(_ statistics: GradingStatistics) { self.statistics = statistics }

    /// So many mistakes are named at the beginning.
    private static let mostMistakes = 10
    /// An exercise that hardly goes with the others tells something else than they do, or nothing.
    private static let lowDiscrimination = 0.2
    /// With fewer submissions a correlation is too uncertain for a remark: its standard error is 1/√N.
    private static let fewestForRemarks = 30

    /// The report.
    ///
    /// - Throws: `ReportError`.
    func document() throws -> Document {
        var blocks = [paragraph(summary), .figure(distribution)]
        blocks += [heading("What to talk about"), paragraph(mistakesIntroduction)]
        if !statistics.mistakes.isEmpty {
            blocks.append(try table(["submissions", "exercise", "what is told", "first by the check"], mistakes))
        }
        blocks += [
            heading("Exercises"), paragraph(itemsIntroduction),
            try table(
                ["exercise", "points", "begun", "difficulty", "discrimination", "remark"], statistics.items.map(row)),
            heading("Checks"),
            paragraph("Among those who have begun the exercise; the commonest answer to those who did not pass."),
            try table(["exercise", "check", "passed", "not passed", "most were told"], checks),
        ]
        blocks += [heading("Submissions that are the same"), paragraph(pairsIntroduction)]
        if !statistics.pairs.isEmpty {
            blocks.append(
                try table(
                    ["submissions", "files", "of", "which"],
                    statistics.pairs.map {
                        [
                            $0.names.joined(separator: ", "), "\($0.exercises.count)", "\($0.inCommon)",
                            $0.exercises.joined(separator: ", "),
                        ]
                    }))
        }
        return Document(title: "What the class handed in", place: .course, blocks: blocks)
    }

    // MARK: Words

    private var summary: String {
        let (count, maximum) = (statistics.totals.count, statistics.maximum)
        let idle =
            statistics.idle == 0
            ? "" : " \(statistics.idle) of \(count) have begun no exercise, and count with 0 points."
        if count == 1 { return "1 submission; it has \(statistics.totals[0]) of \(maximum) points." + idle }
        let mean = Double(statistics.totals.reduce(0, +)) / Double(count)
        return """
            \(count) submissions; of \(maximum) points they have \(tenths(mean)) on average. Half of them have \
            \(statistics.quantile(0.5)) or less, a quarter \(statistics.quantile(0.25)) or less, and a quarter \
            \(statistics.quantile(0.75)) or more.
            """ + idle
    }

    private var mistakesIntroduction: String {
        if statistics.idle == statistics.totals.count { return "Nobody has begun an exercise." }
        return statistics.mistakes.isEmpty
            ? "Nobody was told anything: in what was begun, all checks passed."
            : "What most were told, in the grader's words. One submission may count in several lines."
    }

    private var itemsIntroduction: String {
        let count = statistics.totals.count
        let few =
            count < Self.fewestForRemarks
            ? " With \(count) submission\(count == 1 ? "" : "s") it is too uncertain to be remarked on." : ""
        return Self.itemsMeaning + few
    }

    private static let itemsMeaning = """
        Difficulty is the mean share of the points, among all (1: everybody has them all). Discrimination is the correlation of an \
        exercise's points with all other points: low or negative where those who are good at the rest are no better here, which \
        may be the exercise's fault.
        """

    private var pairsIntroduction: String {
        let rule =
            "Files count as the same if names, comments and layout apart they are, token by token. That is a reason to look, and no proof."
        return statistics.pairs.isEmpty ? "None. " + rule : rule
    }

    // MARK: Rows

    private var mistakes: [[String]] {
        statistics.mistakes.prefix(Self.mostMistakes).map { ["\($0.count)", "\($0.exercise)", $0.message, $0.check] }
    }

    private func row(_ item: GradingStatistics.Item) -> [String] {
        let remark =
            switch item.discrimination {
            case nil where statistics.totals.count == 1: ""
            case nil: item.isSameForAll ? "all have the same" : "all have the same in the rest"
            case .some where statistics.totals.count < Self.fewestForRemarks: ""
            case .some(..<(-2 / Double(statistics.totals.count).squareRoot())):
                "those who are good at the rest are worse here: look at it"
            case .some(..<Self.lowDiscrimination): "hardly goes with the rest"
            default: ""
            }
        return [
            "\(item.number), \(item.title)", "\(item.points)", "\(item.attempts)", hundredths(item.difficulty),
            item.discrimination.map(hundredths) ?? "", remark,
        ]
    }

    private var checks: [[String]] {
        statistics.items.flatMap { item in
            item.checks.map {
                ["\(item.number)", $0.title, "\($0.passed)", "\($0.failed)", $0.told.first?.message ?? ""]
            }
        }
    }

    // MARK: Figure

    /// The figure's file.
    var picture: Block.Picture { Block.Picture(id: figure.id, alt: figure.alt, formats: [.svg]) }

    private var distribution: Block.FigureBlock {
        Block.FigureBlock(
            number: 1, pictures: [picture],
            caption: [.strong([.text("Figure 1.")]), .text(" The points of the class.")])
    }

    /// The distribution of the totals.
    var figure: Figure {
        let width = max(1, Double(statistics.maximum) / 20)
        let edges = (0...20).map { Double($0) * width }
        return Figure(
            id: "points", title: Label("Points of \(statistics.totals.count) submissions"),
            alt: """
                A histogram of the points of \(statistics.totals.count) submissions, from \(statistics.totals.min() ?? 0) to \
                \(statistics.totals.max() ?? 0) of \(statistics.maximum); half of them have \(statistics.quantile(0.5)) or less.
                """,
            panels: [
                Panel(
                    x: Axis("points"), y: Axis("submissions", ticks: .integers, includesZero: true),
                    layers: [.histogram(statistics.totals.map(Double.init), bins: .edges(edges), scale: .count)],
                    legend: .none)
            ])
    }

    // MARK: Blocks

    private func heading(_ text: String) -> Block { .heading(level: 2, [.text(text)], anchor: nil) }
    private func paragraph(_ text: String) -> Block { .paragraph([.text(text)]) }

    private func table(_ header: [String], _ rows: [[String]]) throws -> Block {
        .table(try Block.Table(header.map { [.text($0)] }, rows: rows.map { $0.map { [.text($0)] } }))
    }

    private func tenths(_ x: Double) -> String { NumberFormat.fixed(1).string(x) }
    private func hundredths(_ x: Double) -> String { NumberFormat.fixed(2).string(x) }
}
// END HIDDEN TESTS
