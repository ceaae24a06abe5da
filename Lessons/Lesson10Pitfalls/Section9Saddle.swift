import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 9: a saddle, where EM stays for ever, or until rounding kicks it off.
struct Saddle {
    private let even = EqualCoins(weights: [0.5, 0.5])
    private let uneven = EqualCoins(weights: [0.3, 0.7])
    private let path: [(weights: [Double], coins: [Double])]
    private static let steps = 140
    /// Differences at the start, for comparison.
    private static let smallGaps = [1e-3, 1e-6, 1e-10]

    init() throws {
        path = uneven.path(from: [EqualCoins.start, EqualCoins.start], steps: 400)
    }

    private var share: Double { EqualCoins.share }
    private var gaps: [Double] { path.map { abs($0.coins[0] - $0.coins[1]) } }
    /// The first round after which the coins differ by more than this.
    private func round(beyond gap: Double) -> Int? { gaps.firstIndex { $0 > gap } }
    /// What the one-page summary says.
    var growth: Double { EqualCoins.growth }

    func explain(in report: inout Report) throws {
        report.section("A saddle: where EM stays")
        let stay = try even.em(from: [EqualCoins.start, EqualCoins.start], steps: 500).fit()
        let values = stay.trace.map(\.logLikelihood)
        let gain = try best() - values[values.count - 1]
        let meanCount = share * Double(EqualCoins.flips)
        report.prose(
            #"""
            No summit, no collapse, and EM stands still all the same. Take the five sets of ten flips of Do and Batzoglou's example ([lesson:4]), with
            \#(EqualCoins.heads.map { "\($0)" }.joined(separator: ", ")) heads, and start with **two equal coins**, both with \#(EqualCoins.start, .significant(2)), and the weights 1/2. No set can tell equal coins apart, so every responsibility is 1/2, and both coins get the same
            new value: all heads over all flips, \#(share, .fixed(2)). Then everything repeats. After \#(stay.iterations) rounds the coins are
            \#(stay.mixture.components.map(\.probability), .fixed(2)) and the log-likelihood is \#(values[values.count - 1], .fixed(3)), the same as after round 1; from two different coins, 0.6 and 0.5, EM gets to
            \#(try best(), .fixed(3)). (Without the binomial coefficients, as in section 6 of [lesson:4], both are \#(EqualCoins.logCoefficients, .fixed(3)) lower.)
            """#)
        report.predict(
            "Is that point a maximum, a minimum, or neither?",
            answer: #"""
                Neither. Along one direction the log-likelihood falls on both sides, along one it is flat, and along one it *rises* on both sides: a saddle. EM stands on the pass, and does not see the rise, since at the pass itself the slope is 0.
                """#)
        report.prose(
            #"""
            **What decides is how much the counts scatter.** Two numbers are compared. $S$ is the sum of the squared deviations of the head counts from their mean, and $V$ is what such a sum would be on average about the
            *true* mean of a single coin, five times the variance of one count:
            """#)
        report.formula(
            #"""
            \begin{aligned}
            S & = \#(EqualCoins.heads.map { "(\($0) - \(NumberFormat.fixed(1).tex(meanCount)))^{2}" }.joined(separator: " + ")) = \#(EqualCoins.scatter, .fixed(2)) \cr
            V & = \#(EqualCoins.heads.count) \cdot \#(EqualCoins.flips) \cdot \#(share, .fixed(2)) \cdot \#(1 - share, .fixed(2)) = \#(EqualCoins.expectedScatter, .fixed(2))
            \end{aligned}
            """#)
        report.prose(
            #"""
            If $S \gt V$, the log-likelihood rises where one coin goes up and the other down. (In logits, with weights 1/2, its curvature there is $(S - V) / 2 = \#(closed[2], .fixed(3))$. Where both go up together it is $-V / 2 = \#(closed[0], .fixed(3))$,
            and for the weight 0: the weights of equal coins do not matter.) So the rise comes of counts that **scatter more than those of one coin** (*overdispersion*), and that is just what speaks for two.

            How loudly? $S$ is measured about the mean of the sample, about which one coin would give \#(EqualCoins.expectedAboutSampleMean, .fixed(2)) on average; as much as \#(EqualCoins.scatter, .fixed(2)) or more comes of one coin with a probability of about
            \#(EqualCoins.chance, .fixed(2)) (chi-squared, \#(EqualCoins.heads.count - 1) degrees of freedom). And two coins gain \#(gain, .fixed(2)) in the log-likelihood, for two parameters more. \#(EqualCoins.chance < 0.01 ? "The data say loudly that there are two" : EqualCoins.chance < 0.05 ? "The data speak for two" : "The data lean towards two, no more"); and EM, started with equal ones, does not hear it.
            """#)
        try curvatures(in: &report)
        report.erratum(
            "errata.cs229.bounded",
            printed:
                "EM is coordinate ascent; for a bounded potential function, “convergence to a local optimum” is “guaranteed”.",
            corrected: #"""
                What is guaranteed is that the log-likelihood never falls, and so converges if it is bounded. Under mild conditions the limits of the iterates are *stationary* points (Wu 1983), and these may be saddles. And for Gaussians with free covariances the
                function is not even bounded.
                """#,
            shown: #"""
                The log-likelihood of five sets of flips is bounded by 0. From two equal coins with weights 1/2 EM converges to
                \#(share, .fixed(2)), where the curvatures are \#(closed, .fixed(3)): the largest is positive, so it is no local maximum. And [fig:singularity] shows a log-likelihood
                that grows by 1 for each \#(1.0 / 2, .significant(1)) by which $\nlog \sd{1}$ falls, without end.
                """#)
        try stays(values, in: &report)
        try rounding(in: &report)
    }

    private func best() throws -> Double {
        try even.em(from: [0.6, 0.5], steps: 300).fit().last.logLikelihood
    }

    private var closed: [Double] {
        let (s, v) = (EqualCoins.scatter, EqualCoins.expectedScatter)
        return [-v / 2, 0, (s - v) / 2].sorted()
    }

    private func curvatures(in report: inout Report) throws {
        func logistic(_ u: Double) -> Double { 1 / (1 + exp(-u)) }
        let at = log(share / (1 - share))
        let hessian = try CentralDifference.hessian(
            of: { u in
                let weight = logistic(u[0])
                return try Mixture(
                    weights: [weight, 1 - weight],
                    components: [u[1], u[2]].map { try Binomial(trials: EqualCoins.flips, probability: logistic($0)) }
                ).logLikelihood(of: EqualCoins.sets)
            }, at: [0, at, at])
        report.folded("Where the curvatures and the growth come from") { Self.derivation(in: &$0) }
        report.check(
            "saddle-curvatures", value: .vector(closed),
            again: .difference(
                .vector(try symmetricEigenvalues(of: hessian)),
                "the eigenvalues of the second differences of the package's log-likelihood", tolerance: .hessian))
    }

    private func stays(_ values: [Double], in report: inout Report) throws {
        let after = values.dropFirst()
        report.check(
            "stands-still", value: .number(after.last ?? .nan),
            again: .property(
                "from equal coins with weights 1/2 the log-likelihood never changes after the first round",
                by: "500 rounds of the package's EM", the: "largest change",
                is: (after.max() ?? .nan) - (after.min() ?? .nan), tolerance: .rounding(scale: 100)))
    }

    // MARK: Rounding

    private func rounding(in report: inout Report) throws {
        let growth = EqualCoins.growth
        report.prose(
            #"""
            **The pass is slippery.** What does a round of EM make of two coins that differ by a little, $\delta$? To first order the difference is multiplied by the quotient of these two numbers, whatever the weights:
            """#)
        report.formula(
            #"""
            \delta \mapsto \frac{S}{V} \thinspace \delta = \frac{\#(EqualCoins.scatter, .fixed(2))}{\#(EqualCoins.expectedScatter, .fixed(2))} \thinspace \delta = \#(growth, .fixed(4)) \thinspace \delta
            """#)
        try rate(in: &report)
        let small = round(beyond: 0.01) ?? path.count
        let end = path[path.count - 1]
        // Each coin with its weight, the better one first.
        let sorted = zip(end.coins, end.weights).map { (coin: $0, weight: $1) }.sorted { $0.coin > $1.coin }
        report.prose(
            #"""
            That is an eigenvalue of EM's map which is larger than 1: small differences *grow*, by a factor of ten in \#(log(10) / log(growth), .fixed(1)) rounds. On paper equal coins have the difference 0 and stay equal for ever. In a computer they need not. With the weights
            0.3 and 0.7 in the place of 1/2, the sums of the two coins are rounded differently, and after the first round they differ in the last bit, by about $10^{-16}$. Nobody sees that. But it grows:
            """#)
        let shown = [1, 10, 40, 80, 100]
        report.table(
            [
                "round", "difference of the coins",
                #"predicted from the one 10 rounds earlier, $\delta \thinspace (S / V)^{10}$"#,
            ],
            rows: shown.map { t in
                [
                    "\(t)", "\(gaps[t], .significant(2))",
                    t <= 10 ? "" : "\(gaps[t - 10] * pow(growth, 10), .significant(2))",
                ]
            },
            caption: """
                Two coins that start exactly equal, weights 0.3 and 0.7, computed with sums, products and quotients only, which every machine rounds
                alike. From some hundredths on the straight prediction is too large: there is a summit.
                """)
        report.figure(
            try figure(report),
            caption: #"""
                Left: the log-likelihood over the two head probabilities, weights 1/2; the cross is the saddle on the dashed line of equal coins, the diamonds are the summits of this picture, in which the weights are held at 1/2. Right: the difference of two coins that start equal, with weights that start at 0.3 and 0.7 and are free (blue), and starts with a small
                difference (grey); dashed: the growth by \#(growth, .fixed(3)) per round that the eigenvalue predicts.
                """#)
        report.prose(
            #"""
            For dozens of rounds nothing happens that anybody could see, and every usual stopping rule would have stopped. Then, from round \#(small) on, when the difference is above 0.01, the coins part quickly, and end at
            \#(sorted[0].coin, .fixed(3)) and \#(sorted[1].coin, .fixed(3)) (weights \#(sorted[0].weight, .fixed(2)) and \#(sorted[1].weight, .fixed(2))), with a log-likelihood of \#(try height(end), .fixed(3)): the maximum. \#(try package())

            **Do not rely on it.** Which coin becomes the better one was decided by a rounding error; whether anything happens at all depends on the weights, on the order of the sums, and, where there are logarithms, on the
            machine. With the weights 0.4 and 0.6 \#(parts([0.4, 0.6])); with 1/4 and 3/4 \#(parts([0.25, 0.75])). The remedy is simple: **never start with equal components.** And in a large
            model, look whether two components of the *end* are equal: the run may have stopped on such a pass.
            """#)
        report.define(
            nil, "saddle", "a point where the slope is 0, and the function rises in one direction and falls in another")
        report.define(
            nil, "overdispersion", "counts that scatter more than those of one single coin")
    }

    private func height(_ end: (weights: [Double], coins: [Double])) throws -> Double {
        try EqualCoins(weights: end.weights).mixture(end.coins).logLikelihood(of: EqualCoins.sets)
    }

    private func parts(_ weights: [Double]) -> String {
        let path = EqualCoins(weights: weights).path(from: [EqualCoins.start, EqualCoins.start], steps: 400)
        let gap = abs(path[400].coins[0] - path[400].coins[1])
        if gap > 0.01 { return "the coins part as well" }
        guard gap > 0 else { return "they stay equal for 400 rounds" }
        return path.suffix(300).allSatisfy { abs($0.coins[0] - $0.coins[1]) == gap }
            ? "they differ by the last bit for ever: the growth to \(NumberFormat.fixed(2).string(EqualCoins.growth)) such bits is rounded back in every round"
            : "they differ in the last bits only, where rounding undoes the growth"
    }

    /// The package's EM works in logarithms, whose last bits differ from machine to machine: only what holds on all is said.
    private func package() throws -> Prose {
        let fit = try uneven.em(from: [EqualCoins.start, EqualCoins.start], steps: 400).fit()
        let apart = fit.trace.firstIndex {
            abs($0.mixture.components[0].probability - $0.mixture.components[1].probability) > 0.01
        }
        return apart == nil
            ? "(The package's own EM, which works in logarithms and rounds differently, has them equal after 400 rounds, to two decimals.)"
            : "(The package's own EM works in logarithms and rounds differently; there, too, the coins part within 400 rounds.)"
    }

    /// The growth: closed form, eigenvalue of the package's map, and the run itself.
    private func rate(in report: inout Report) throws {
        func logistic(_ u: Double) -> Double { 1 / (1 + exp(-u)) }
        func logit(_ p: Double) -> Double { log(p / (1 - p)) }
        let at = logit(share)
        let jacobian = try CentralDifference.jacobian(
            of: { u in
                let em = try uneven.em(from: u.map(logistic), steps: 1)
                return try em.mStep(em.eStep(em.start)).components.map { logit($0.probability) }
            }, at: [at, at])
        // Its eigenvalues are 0 (both coins moved alike: the next round undoes it) and the trace.
        let trace = jacobian[0][0] + jacobian[1][1]
        let (from, to) = (round(beyond: 1e-12) ?? 0, round(beyond: 1e-6) ?? 1)
        let measured = pow(gaps[to] / gaps[from], 1 / Double(to - from))
        report.check(
            "growth-per-round", value: .vector([EqualCoins.growth, EqualCoins.growth]),
            again: .search(
                .vector([trace, measured]),
                "the larger eigenvalue of the derivatives of the package's round of EM, and the growth of the rounded run from 1e-12 to 1e-6",
                tolerance: .linearRate))
    }

    // MARK: Figure

    private func figure(_ report: Report) throws -> Figure {
        let grid = Grid(x: 0.2...0.98, y: 0.2...0.98, columns: 61, rows: 61) { a, b in
            (try? even.mixture([a, b]).logLikelihood(of: EqualCoins.sets)) ?? .nan
        }
        let pass = try even.mixture([share, share]).logLikelihood(of: EqualCoins.sets)
        let ends = try even.em(from: [0.6, 0.5], steps: 300).fit().mixture
        let top = try EqualCoins(weights: [0.5, 0.5]).mixture(ends.components.map(\.probability)).logLikelihood(
            of: EqualCoins.sets)
        let summit = try NelderMead.maximum(
            of: { try even.mixture($0).logLikelihood(of: EqualCoins.sets) }, from: [0.8, 0.5]
        ).argument
        let rise = top - pass
        let plane = Panel(
            title: "The pass between two summits",
            x: Axis("head probability of the first coin", range: 0.2...0.98, ticks: .at([0.2, 0.4, 0.6, 0.8])),
            y: Axis("head probability of the second coin", range: 0.2...0.98, ticks: .at([0.2, 0.4, 0.6, 0.8])),
            layers: [
                .heatMap(grid, range: (pass - 8)...top, title: "log-likelihood"),
                .contour(
                    grid,
                    levels: [
                        pass - 6, pass - 3, pass - 1, pass - 0.3, pass, pass + 0.3 * rise, pass + 0.6 * rise,
                        pass + 0.9 * rise,
                    ],
                    style: LineStyle(.white.opacity(0.6), width: 1)),
                .line([Point(0.2, 0.2), Point(0.98, 0.98)], style: LineStyle(.white, width: 1.4, dash: .dashed)),
                .scatter([Point(share, share)], style: MarkerStyle(.vermillion, .cross, size: 14)),
                .scatter(
                    [Point(summit[0], summit[1]), Point(summit[1], summit[0])],
                    style: MarkerStyle(.ink, .diamond, size: 11)),
            ], legend: .none, aspect: .equal)
        let starts = Self.smallGaps.map { gap in
            uneven.path(from: [share + 0.5 * gap, share - 0.5 * gap], steps: Self.steps).map {
                abs($0.coins[0] - $0.coins[1])
            }
        }
        let shown = gaps.prefix(Self.steps + 1).enumerated().map { Point(Double($0), $1) }.filter { $0.y > 0 }
        let anchor = round(beyond: 1e-12) ?? 10
        let predicted = stride(from: 0, through: 90, by: 1).map {
            Point(Double($0), gaps[anchor] * pow(EqualCoins.growth, Double($0 - anchor)))
        }
        let growth = Panel(
            title: "The difference of the two coins",
            x: Axis("round", range: 0...Double(Self.steps)),
            y: Axis(
                nil, range: 3e-17...3,
                ticks: .labelled(
                    [-16, -12, -8, -4, 0].map { (pow(10, Double($0)), Label($0 == 0 ? "1" : "$10^{\($0)}$")) }),
                scale: .logarithmic),
            layers: starts.map { gaps in
                .line(gaps.enumerated().map { Point(Double($0), $1) }, style: LineStyle(.grey, width: 1.4))
            } + [
                .line(shown, style: LineStyle(.blue, width: 3.2)),
                .line(predicted, style: LineStyle(.ink, width: 1.4, dash: .dashed)),
                .annotation("equal, but for rounding", at: Point(52, 3e-9), anchor: .left, color: .blue),
                .annotation(
                    Label("the last bit"), at: Point(14, 2.2e-16), anchor: .left),
            ], legend: .none)
        return Figure(
            id: "saddle", title: "A rounding error in the last bit decides, dozens of rounds later",
            subtitle: Label(
                report.words("Grey, on the right: coins that differ by \(Self.smallGaps, .significant(1)) at the start")
            ),
            alt: report.words(
                #"""
                Left: the log-likelihood over two head probabilities, with a saddle at \#([share, share], .fixed(2)) and two summits at \#(summit, .fixed(2)) and mirrored. Right: on a logarithmic scale the difference of two equal
                coins grows along a straight line, by \#(EqualCoins.growth, .fixed(3)) per round, from \#(gaps[10], .significant(1)) at round 10 to \#(gaps[80], .significant(1)) at round 80, and levels off at \#(gaps[Self.steps], .fixed(2)).
                """#),
            panels: [plane, growth], columns: 2, size: Size(width: 880, height: 450))
    }
}
