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
            in [fig:frames], close to the top: the more pointed the dashed curve is in comparison with the solid one, the shorter the steps.
            """#)
        report.define(nil, "rate of convergence", "the share of the error that is left after a round of EM")
        try overlap(in: &report)
    }

    private func measured(in report: inout Report) throws {
        let shares = try map.missingShares(at: end)
        let distances = path.map { EMMap.distance($0, end) }
        // Late enough that the smaller eigenvalue has died out, early enough that rounding has no say.
        let at = distances.lastIndex { $0 > 1e-6 } ?? 0
        func step(_ t: Int) -> [Double] { zip(path[t + 1], path[t]).map { $0 - $1 } }
        let size = EMMap.distance(path[at + 1], path[at])
        let observed = EMMap.distance(path[at + 2], path[at + 1]) / size
        let jacobian = try CentralDifference.jacobian(of: { try map($0) }, at: end)
        let predicted = jacobian.map { row in zip(row, step(at)).reduce(0) { $0 + $1.0 * $1.1 } / size }
        report.table(
            ["round", #"$\headprob{1}, \headprob{2}$"#, "distance from the end", "divided by the one before"],
            rows: [1, 2, 3, 4, 6, 8, 10].filter { $0 < at }.map { t in
                [
                    "\(t)", "\(path[t], .fixed(5))", "\(distances[t], .significant(3))",
                    "\(distances[t] / distances[t - 1], .fixed(3))",
                ]
            }, caption: "EM on both coins, from (0.6, 0.4): the share of the error that a round leaves settles down.")
        report.prose(
            #"""
            By central differences, the eigenvalues at the end, \#(end, .fixed(3)), are \#(rate, .fixed(4)); by the second derivatives of log-likelihood and
            $\Qname$, the shares of missing information are \#(shares, .fixed(4)). And the steps of the run shrink, late in it, by the factor
            \#(observed, .fixed(4)) per round, which tends to the larger eigenvalue as the other part of the error dies out. One more correct decimal takes \#(log(10) / -log(rate[1]), .fixed(1)) rounds.
            """#)
        report.check(
            "missing-information", value: .vector(rate),
            again: .difference(
                .vector(shares),
                "the shares of missing information, from second differences of the log-likelihood and of Q",
                tolerance: .hessian))
        report.check(
            "step-after-step", value: .vector(predicted),
            again: .search(
                .vector(step(at + 1).map { $0 / size }),
                "the run itself: its last step but one, multiplied by the matrix of derivatives, has to be its last step",
                tolerance: .linearRate))
    }

    // MARK: Overlap

    private static let gaps = [0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8]

    /// For two coins that differ by this, one as much below 1/2 as the other is above: what is left of an error in their
    /// difference, and in their mean. By symmetry these are the two eigenvalues.
    private func rates(_ gap: Double) throws -> (difference: Double, mean: Double) {
        let heads = [0.5 - gap / 2, 0.5 + gap / 2]
        let map = try EMMap(expectedFrom: heads, sets: 1000)
        let j = try CentralDifference.jacobian(of: { try map($0) }, at: heads)
        return ((j[0][0] - j[0][1] - j[1][0] + j[1][1]) / 2, (j[0][0] + j[0][1] + j[1][0] + j[1][1]) / 2)
    }

    private func overlap(in report: inout Report) throws {
        let rates = try Self.gaps.map(rates)
        let worst = rates.map { max($0.difference, $0.mean) }
        let digits = worst.map { log(10) / -log($0) }
        report.figure(
            figure(report, rates, digits),
            caption: #"""
                Left: what is left, after a round, of an error in the difference of the coins and of one in their mean. Right: how many rounds one more correct
                decimal takes: \#(digits[0], .fixed(0)) for coins that differ by \#(Self.gaps[0], .significant(2)), and
                \#(digits[digits.count - 1], .fixed(1)) for coins that differ by \#(Self.gaps[Self.gaps.count - 1], .significant(2)).
                """#)
        report.prose(
            #"""
            [fig:overlap] shows the rates for pairs of coins from nearly alike to very different, with head counts in exactly the shares that the coins
            produce. Coins that look alike hide which one was flipped. Their *mean* is seen all the same, but nearly all the information about their *difference* is missing, and
            EM creeps towards it. **That EM has almost stopped moving does not mean that it has arrived**: at a rate of \#(worst[0], .fixed(3)), after a
            step of size 0.001 there are still \#(0.001 * worst[0] / (1 - worst[0]), .fixed(3)) to go.
            """#)
    }

    private func figure(
        _ report: Report, _ rates: [(difference: Double, mean: Double)], _ digits: [Double]
    ) -> Figure {
        let x = Axis("difference of the head probabilities", range: 0...0.9, ticks: .at([0, 0.2, 0.4, 0.6, 0.8]))
        func points(_ values: [Double]) -> [Point] { zip(Self.gaps, values).map { Point($0, $1) } }
        let left = Panel(
            title: "Share of an error that is left after a round", x: x, y: Axis(nil, range: 0...1.08),
            layers: [
                .rule(y: 1),
                .line(points(rates.map(\.difference)), style: LineStyle(.blue, width: 2.2), marker: .circle),
                .line(
                    points(rates.map(\.mean)), style: LineStyle(.vermillion, width: 2.2, dash: .dashed),
                    marker: .triangle),
                .annotation(
                    "error in the difference", at: Point(Self.gaps[1], rates[1].difference), anchor: .left, color: .blue
                ),
                .annotation(
                    "error in the mean", at: Point(Self.gaps[5], rates[5].mean), anchor: .bottomLeft,
                    color: .vermillion),
            ], legend: .none)
        let right = Panel(
            title: "Rounds for one more correct decimal", x: x,
            y: Axis(
                nil, range: 0.5...20,
                ticks: .labelled([(0.5, "0.5"), (1, "1"), (2, "2"), (5, "5"), (10, "10"), (20, "20")]),
                scale: .logarithmic),
            layers: [
                .line(points(digits), style: LineStyle(.ink, width: 2.2), marker: .circle),
                .annotation(
                    Label("\(NumberFormat.fixed(0).string(digits[0])) rounds"), at: Point(Self.gaps[0], digits[0]),
                    anchor: .left),
            ], legend: .none)
        return Figure(
            id: "overlap", title: "EM creeps where the coins look alike",
            subtitle: "One coin as far below 1/2 as the other is above; sets of ten flips, half of them of each coin",
            alt: report.words(
                #"""
                Left: for coins that differ by \#(Self.gaps, .significant(2)), the share of an error in the difference that is left after a round is
                \#(rates.map(\.difference), .fixed(2)), and in the mean \#(rates.map(\.mean), .fixed(2)). Right: rounds for one more decimal,
                \#(digits, .fixed(1)).
                """#),
            panels: [left, right], columns: 2, size: Size(width: 900, height: 380))
    }
}
