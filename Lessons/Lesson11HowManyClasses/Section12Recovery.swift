import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 12: three kinds of data with three classes: how often does each rule say three?
struct Recovery {
    enum Kind: String, CaseIterable {
        case apart = "apart"
        case close = "overlapping"
        case skewed = "skewed"
    }

    /// What each rule chose for each data set, by kind.
    private let choices: [[[Int]]]
    /// How often each number of classes was chosen, by kind, by rule, by number of classes from 1.
    private let chosen: [[[Int]]]
    private let again: [[[Int]]]
    private static let most = 5
    private static let truth = 3
    private static let rows = 120
    private static let sets = 30
    private static let more = 20
    private static let parts = 5
    /// How far overlapping groups are apart, in standard deviations.
    private static let close = 3.0

    init(seed: UInt64) throws {
        let all = Kind.allCases.enumerated().map { place, kind in
            onAllCores(Self.sets + Self.more) { number -> [Int]? in
                var generator = SeededGenerator(seed: seed &+ 10_000_000 &+ 1000 &* UInt64(number + 1)).stream(
                    7 + place)
                return Self.choices(Self.draw(kind, using: &generator), using: &generator)
            }
        }
        func counts(_ choices: [[Int]]) -> [[Int]] {
            Rule.allCases.indices.map { rule in (1...Self.most).map { k in choices.count { $0[rule] == k } } }
        }
        choices = all.map { $0.prefix(Self.sets).compactMap { $0 } }
        chosen = choices.map(counts)
        again = all.map { counts($0.dropFirst(Self.sets).compactMap { $0 }) }
    }

    private static func draw(_ kind: Kind, using generator: inout SeededGenerator) -> [[Double]] {
        let side = kind == .close ? close : kind == .apart ? 5 : 6
        let middles = [[0, 0], [side, 0], [side / 2, side * 0.75.squareRoot()]]
        return (0..<rows).map { _ in
            let middle = middles[generator.integer(below: 3)]
            // Skewed: the sum of two exponential waiting times, in place of a normal number, in the first column.
            let first =
                kind == .skewed
                ? -log((1 - generator.uniform()) * (1 - generator.uniform())) : generator.standardNormal()
            return [middle[0] + first, middle[1] + generator.standardNormal()]
        }
    }

    /// The number of classes that each rule chooses; nil if a fit failed.
    private static func choices(_ rows: [[Double]], using generator: inout SeededGenerator) -> [Int]? {
        let data = TiedEM(rows)
        let parts = (0..<parts).map { part in
            (
                rest: TiedEM(rows.indices.filter { $0 % Self.parts != part }.map { rows[$0] }),
                out: TiedEM(rows.indices.filter { $0 % Self.parts == part }.map { rows[$0] })
            )
        }
        var values: [[Double]] = []
        var smaller: TiedEM.Fit?
        for classes in 1...most {
            guard let fit = data.best(classes, starts: 2, after: smaller, using: &generator) else { return nil }
            smaller = fit
            let criteria = Criteria(
                logLikelihood: fit.logLikelihood,
                parameters: GaussianShape.EEE.parameters(classes: classes, dimension: 2),
                rows: rows.count, withLabels: fit.withLabels)
            var heldOut = 0.0
            for (rest, out) in parts {
                guard let own = rest.run(rest.moved(fit, from: data.middle), steps: 80),
                    let value = out.logLikelihood(of: own, origin: rest.middle)
                else { return nil }
                heldOut += value
            }
            values.append([criteria.aic, criteria.bic, criteria.icl, -2 * heldOut])
        }
        return Rule.allCases.indices.map { rule in (Rule.least(values.map { $0[rule] }) ?? 0) + 1 }
    }

    private func right(_ counts: [[[Int]]], _ kind: Int, _ rule: Int) -> SimulationEstimate {
        SimulationEstimate(hits: counts[kind][rule][Self.truth - 1], trials: max(1, counts[kind][rule].reduce(0, +)))
    }

    func explain(in report: inout Report) throws {
        let shares = Kind.allCases.indices.map { kind in Rule.allCases.indices.map { right(chosen, kind, $0) } }
        let others = Kind.allCases.indices.map { kind in
            Rule.allCases.indices.map { rule -> SimulationEstimate in
                SimulationEstimate(
                    hits: again[kind][rule][Self.truth - 1], of: again[kind][rule].reduce(0, +),
                    against: chosen[kind][rule][Self.truth - 1], of: chosen[kind][rule].reduce(0, +))
            }
        }
        report.section("Where the truth is known")
        report.prose(
            #"""
            Which rule is right? Only drawn data can tell. \#(Self.rows) rows in two columns come from three groups of equal weight, at the corners of a triangle. In the first kind the groups are Gaussian and far *apart*, five standard deviations; in the second they *overlap*, at three; in the third they are
            far apart again but not Gaussian: *skewed* in one direction, with a long tail (the sum of two exponential waiting times). Mixtures with one covariance for all classes (EEE), one class to \#(Self.most), are fitted to \#(Self.sets) data sets of each kind.
            """#)
        report.predict(
            "Three groups that are plain to see, but skewed. Which rules will say three?",
            answer: #"""
                ICL in \#(shares[2][2].mean, .percent(0)) of the data sets, BIC in \#(shares[2][1].mean, .percent(0)), AIC in \#(shares[2][0].mean, .percent(0)), cross-validation in \#(shares[2][3].mean, .percent(0)). A second Gaussian for the tail of a skewed group makes the density better, which is what AIC and cross-validation estimate, and the data more probable, which is what BIC asks about. None of these three was asked for groups.
                """#)
        report.equation(
            "beyond.recovery",
            formula: #"""
                \text{share right} = \frac{\text{number of data sets with } \hat{\classcount} = \#(Self.truth)}{\text{number of data sets}}
                """#,
            numbers: #"""
                \text{AIC, BIC, ICL, cross-validation; rows: apart, overlapping, skewed:} \quad \#(matrix: shares.map { $0.map(\.mean) }, .fixed(2))
                """#,
            value: .matrix(shares.map { $0.map(\.mean) }),
            again: .simulation(
                others, "drawing \(Self.more) other data sets of each kind (with the standard error of the difference)"),
            telling: .entry(0, 1, "BIC, groups apart"))
        report.figure(
            try figure(report),
            caption:
                #"How often each rule chose each number of classes, in \#(Self.sets) data sets of each kind. Dashed: three, the truth."#
        )
        report.table(
            ["groups", "rule", "too few", "right", "too many", "standard error of “right”"],
            rows: Kind.allCases.enumerated().flatMap { kind, name in
                Rule.allCases.enumerated().map { place, rule in
                    let counts = chosen[kind][place]
                    let total = Double(max(1, counts.reduce(0, +)))
                    let few = Double(counts.prefix(Self.truth - 1).reduce(0, +)) / total
                    let many = Double(counts.dropFirst(Self.truth).reduce(0, +)) / total
                    return [
                        Prose(name.rawValue), Prose(rule.rawValue), "\(few, .percent(0))",
                        "\(shares[kind][place].mean, .percent(0))",
                        "\(many, .percent(0))", "\(shares[kind][place].standardError, .percent(0))",
                    ]
                }
            },
            caption:
                #"\#(Self.sets) data sets of \#(Self.rows) rows for each kind. The standard errors are worked out with one success and one failure added, so that a share of 100 % does not claim to be certain."#
        )
        let rate = { (kind: Int, rule: Int, numbers: ClosedRange<Int>) -> Double in
            Double(numbers.reduce(0) { $0 + chosen[kind][rule][$1 - 1] }) / Double(max(1, choices[kind].count))
        }
        let (few, many) = (1...(Self.truth - 1), (Self.truth + 1)...Self.most)
        let usual = chosen[1][2].indices.max { chosen[1][2][$0] < chosen[1][2][$1] } ?? 0
        report.prose(
            #"""
            What to take from this. With clear Gaussian groups BIC is right in \#(shares[0][1].mean, .percent(0)) of the data sets, and AIC takes too many classes in \#(rate(0, 0, many), .percent(0)). Where groups overlap, ICL takes too few in \#(rate(1, 2, few), .percent(0)). It is severe: of two such groups, three standard deviations apart, even a rule that knows them puts only \#(0.5 * erfc(Self.close / 2 / 2.0.squareRoot()), .percent(1)) of the rows into the wrong one, and yet ICL says \#(usual + 1) in \#(chosen[1][2][usual]) of \#(choices[1].count).

            \#(comparison) ICL takes too many there in \#(rate(2, 2, many), .percent(0))\#(rate(2, 2, many) > 0.1 ? ", so it does not simply find groups, either" : ""). Where no Gaussian is true, “the number
            of components” has no right answer at all: more rows will support more components, for ever. Ask for groups, or for a density, and choose the rule by that.
            """#)
    }

    /// ICL against BIC on the skewed groups: the same data sets, so the difference is paired.
    private var comparison: Prose {
        let differences = choices[2].map { Double(($0[2] == Self.truth ? 1 : 0) - ($0[1] == Self.truth ? 1 : 0)) }
        let count = Double(max(2, differences.count))
        let mean = differences.reduce(0, +) / count
        let error = (differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1) / count).squareRoot()
        let isClear = abs(mean) > 2 * error
        return #"""
            With skewed groups ICL is right \#(mean == 0 ? "as often as BIC" : "\(mean > 0 ? "more" : "less") often than BIC, by \(NumberFormat.percent(0).string(abs(mean))) of the data sets") (standard error \#(error, .percent(0)), the data sets being the same)\#(isClear ? "." : ": so few cannot tell the two apart.")
            """#
    }

    /// A sentence for the summary.
    var oneNumber: Prose {
        let place = { (kind: Int, rule: Int) in right(chosen, kind, rule).mean }
        return """
            Three groups, \(Self.sets) data sets each: BIC says three in \(place(0, 1), .percent(0)) (apart), \(place(1, 1), .percent(0)) (overlapping), \(place(2, 1), .percent(0)) (skewed); ICL in \
            \(place(0, 2), .percent(0)), \(place(1, 2), .percent(0)), \(place(2, 2), .percent(0)).
            """
    }

    private func figure(_ report: Report) throws -> Figure {
        let share = { (kind: Int) in NumberFormat.percent(0).string(right(chosen, kind, 1).mean) }
        let panels = Kind.allCases.enumerated().map { kind, name in
            Panel(
                title: Label(name.rawValue), x: Axis("classes chosen", ticks: .integers),
                y: Axis("data sets", range: 0...(1.1 * Double(Self.sets)), ticks: .wanted(4)),
                layers: [.rule(x: Double(Self.truth))]
                    + Layer.groupedBars(
                        x: (1...Self.most).map(Double.init),
                        groups: Rule.allCases.enumerated().map { place, rule in
                            BarGroup(
                                Label(rule.rawValue), heights: chosen[kind][place].map(Double.init),
                                color: Palette.series(place))
                        }))
        }
        return Figure(
            id: "recovery",
            title:
                "BIC finds three groups in \(share(0)) if they are apart, \(share(1)) if they overlap, \(share(2)) if skewed",
            subtitle: "How many classes each rule chooses; dashed: the truth, three",
            alt: report.words(
                #"""
                Bars of how often one to \#(Self.most) classes were chosen. Share of three: \#(Kind.allCases.enumerated().map { kind, name in "\(name.rawValue): " + Rule.allCases.enumerated().map { "\($1.rawValue) \(NumberFormat.percent(0).string(right(chosen, kind, $0).mean))" }.joined(separator: ", ") }.joined(separator: "; ")).
                """#),
            panels: panels, columns: 3, sharedX: true, sharedY: true, size: Size(width: 960, height: 360))
    }
}
