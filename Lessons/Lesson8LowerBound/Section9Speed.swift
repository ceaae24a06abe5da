import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 9: how fast EM is, and why: the share of the information that is missing.
struct Speed {
    private let map: EMMap
    private let path: [[Double]]
    private let rate: [Double]

    init(_ coin: BentCoin) throws {
        map = EMMap(coin.sets)
        path = try map.path(from: [0.6, 0.4])
        rate = try map.eigenvalues(at: path[path.count - 1])
    }

    private var end: [Double] { path[path.count - 1] }

    /// The larger rate.
    var slowest: Double { rate[1] }

    func explain(in report: inout Report) throws {
        report.section("How fast EM is")
        report.prose(
            #"""
            One round of EM is a map from old parameters to new ones, and where it comes to rest it leaves them as they are. Near that point it acts like its
            matrix of derivatives: a small error is multiplied by it, round by round. Both coins are unknown here, so there are two
            eigenvalues, and the larger one, the **rate**, is the share of the error that survives a round.
            """#)
        report.predict(
            "What decides whether EM is fast or slow: the number of sets, or how well the coins can be told apart?",
            answer: #"""
                How well they can be told apart. With twice as many sets of the same kind, log-likelihood and bound are both twice as curved, and the
                rate is a quotient of the two.
                """#)
        try measured(in: &report)
        report.prose(
            #"""
            **Why this number?** The bound is curved more strongly than the log-likelihood, by what the divergence takes off. The curvature of $\Qname$ is the information that
            one would have if the coins were *seen*; that of the log-likelihood is the information in what is really seen. Their difference is
            the information that is **missing**. To first order, a round of EM goes to the top of the bound and so covers the share
            (observed / complete) of the way; what is left over is
            """#)
        report.formula(
            #"""
            \text{rate} = 1 - \frac{\text{observed information}}{\text{complete information}}
            = \text{share of the information that is missing}
            """#)
        report.prose(
            #"""
            in each of the directions in which the two informations are compared (Dempster, Laird and Rubin 1977). This is the same picture as
            in [fig:frames]: where the dashed curve is much more pointed than the solid one, steps are short.
            """#)
        report.define(nil, "rate of convergence", "the share of the error that is left after a round of EM")
        try overlap(in: &report)
    }

    private func measured(in report: inout Report) throws {
        let shares = try map.missingShares(at: end)
        let distances = path.map { EMMap.distance($0, end) }
        // Late enough that the smaller eigenvalue has died out, early enough that rounding has no say.
        let at = distances.lastIndex { $0 > 1e-6 } ?? 0
        let steps = [at, at + 1].map { EMMap.distance(path[$0 + 1], path[$0]) }
        let observed = steps[1] / steps[0]
        report.table(
            ["round", #"$\headprob{1}, \headprob{2}$"#, "distance from the end", "divided by the one before"],
            rows: [1, 2, 3, 4, 6, 8, 10].filter { $0 < at }.map { t in
                [
                    "\(t)", "\(path[t], .fixed(5))", "\(distances[t], .significant(3))",
                    "\(distances[t] / distances[t - 1], .fixed(3))",
                ]
            }, caption: "EM on both coins, from (0.6, 0.4). Each round leaves nearly the same share of the error.")
        report.prose(
            #"""
            By central differences, the eigenvalues at the end, \#(end, .fixed(3)), are \#(rate, .fixed(4)); by the second derivatives of log-likelihood and
            $\Qname$, the shares of missing information are \#(shares, .fixed(4)). And the last steps of the run shrink by the factor
            \#(observed, .fixed(4)). One more correct decimal takes \#(log(10) / -log(rate[1]), .fixed(1)) rounds.
            """#)
        report.check(
            "missing-information", value: .vector(rate),
            again: .difference(
                .vector(shares), "the shares of missing information, from second differences of the log-likelihood and of Q",
                tolerance: .hessian))
        report.check(
            "rate-of-the-run", value: .number(rate[1]),
            again: .search(.number(observed), "the factor by which the last steps of the run shrink", tolerance: .linearRate))
    }

    // MARK: Overlap

    private static let gaps = [0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45]

    private func overlap(in report: inout Report) throws {
        let rates = try Self.gaps.map { gap -> Double in
            let heads = [0.5 + gap, 0.5]
            return try EMMap(expectedFrom: heads, sets: 1000).eigenvalues(at: heads)[1]
        }
        let digits = rates.map { log(10) / -log($0) }
        report.figure(
            figure(report, rates, digits),
            caption: #"""
                Left: the rate of EM when the bent coin shows heads by so much more often than the fair one. Right: how many rounds one more correct
                decimal takes: \#(digits[0], .fixed(0)) for a difference of \#(Self.gaps[0], .significant(2)), and
                \#(digits[digits.count - 1], .fixed(1)) for one of \#(Self.gaps[Self.gaps.count - 1], .significant(2)).
                """#)
        report.prose(
            #"""
            [fig:overlap] shows the rate for pairs of coins from nearly alike to very different, with head counts in exactly the shares that the coins
            produce. Coins that look alike hide which one was flipped, nearly all the information about them is missing, and EM creeps. **That EM has almost stopped
            moving does not mean that it has arrived**: at a rate of \#(rates[0], .fixed(3)), a step of size 0.001 means that
            \#(0.001 * rates[0] / (1 - rates[0]), .fixed(3)) are still to go.
            """#)
    }

    private func figure(_ report: Report, _ rates: [Double], _ digits: [Double]) -> Figure {
        let x = Axis("difference of the head probabilities", range: 0.05...0.5, ticks: .at([0.1, 0.2, 0.3, 0.4, 0.5]))
        let left = Panel(
            title: "Share of an error that survives a round", x: x, y: Axis(nil, range: 0...1.02),
            layers: [
                .rule(y: 1, label: "EM stands still"),
                .line(zip(Self.gaps, rates).map { Point($0, $1) }, style: LineStyle(.blue, width: 2.2), marker: .circle),
            ], legend: .none)
        let right = Panel(
            title: "Rounds for one more correct decimal", x: x, y: Axis(nil, scale: .logarithmic),
            layers: [
                .line(zip(Self.gaps, digits).map { Point($0, $1) }, style: LineStyle(.vermillion, width: 2.2), marker: .circle),
                .annotation(Label("\(NumberFormat.fixed(0).string(digits[0])) rounds"), at: Point(Self.gaps[0], digits[0]), anchor: .left),
                .annotation(
                    Label("\(NumberFormat.fixed(1).string(digits[digits.count - 1])) rounds"),
                    at: Point(Self.gaps[Self.gaps.count - 1], digits[digits.count - 1]), anchor: .bottom),
            ], legend: .none)
        return Figure(
            id: "overlap", title: "The more alike the coins, the slower EM",
            subtitle: "One coin is fair, the other shows heads more often; sets of ten flips, half of them of each coin",
            alt: report.words(
                #"""
                Left: for differences of \#(Self.gaps, .significant(2)) the rate is \#(rates, .fixed(3)), falling steadily. Right: rounds for one more decimal,
                \#(digits, .fixed(1)).
                """#),
            panels: [left, right], columns: 2, size: Size(width: 900, height: 380))
    }
}
