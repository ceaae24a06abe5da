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
        map = try EMMap(coin.sets)
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
            eigenvalues, and the larger one, the **rate**, is the share of the error that survives a round. So a *large* rate means that EM is slow.
            """#)
        report.predict(
            "What decides whether EM is fast or slow: the number of sets, or how well the coins can be told apart?",
            answer: #"""
                Not the number of sets: with twice as many of the same kind, log-likelihood and bound are both twice as curved, and only the quotient of the two counts.
                What counts is how much it would help to see which coin was flipped. It helps most where the coins are hard to tell apart.
                """#)
        settling(in: &report)
        report.prose(
            #"""
            **Why does a fixed share survive, and which?** It is a matter of curvature. The **information** about an unknown is minus the second derivative of the log-likelihood at its
            top: the more sharply the curve bends there, the more sharply the data point to one value. Two curves meet here. The curvature of the log-likelihood is the *observed* information, that in
            what is really seen. The curvature of the bound is that of $\Qname$, and this is the *complete* information, which one would have on average if the coins were seen, too. The bound is the log-likelihood less
            the divergence, so it is curved more strongly, by the curvature of the divergence. That difference is the information that is *missing*.

            Now stand close to the top, with one unknown. Where we stand, both curves have the same slope $g$ (section 1). A curve of slope $g$ and curvature $c$ (minus the second derivative) has its top
            about $g / c$ away, since that is how far one has to go until the slope is used up. So the two tops are at the distances
            """#)
        report.formula(
            #"""
            \text{top of the bound: } \frac{g}{\text{complete information}}, \qquad
            \text{top of the log-likelihood: } \frac{g}{\text{observed information}}
            """#)
        report.prose(
            #"""
            EM goes to the first, and wants to be at the second. It has covered the share (observed / complete) of the way, and what is left over is the *rate of convergence*:
            """#)
        report.formula(
            #"""
            \text{rate} = 1 - \frac{\text{observed information}}{\text{complete information}}
            = \text{share of the information that is missing}
            """#)
        report.prose(
            #"""
            (Dempster, Laird and Rubin 1977). With several unknowns the informations are matrices, and the same holds along the eigenvectors of
            $\text{complete}^{-1} \times \text{missing}$, each with its own rate: its eigenvalue. This is the same picture as
            in [fig:frames], close to the top: the more pointed the dashed curve is in comparison with the solid one, the shorter the steps.
            """#)
        report.define(
            nil, "information",
            "minus the second derivative of a log-likelihood at its top: *observed* in what is seen, *complete* if the latent variables were seen, too; the difference is *missing*"
        )
        try measured(in: &report)
        report.define(nil, "rate of convergence", "the share of the error that is left after a round of EM")
        try overlap(in: &report)
    }

    private var distances: [Double] { path.map { EMMap.distance($0, end) } }

    /// A round late enough that the smaller eigenvalue has died out, and early enough that rounding has no say.
    private var late: Int { distances.lastIndex { $0 > 1e-6 } ?? 0 }

    /// The error, round by round.
    private func settling(in report: inout Report) {
        let distances = distances
        report.table(
            [
                "round", #"$\headprob{1}, \headprob{2}$"#, "distance from the end",
                "divided by that of the round before",
            ],
            rows: [1, 2, 3, 4, 6, 8, 10].filter { $0 < late }.map { t in
                [
                    "\(t)", "\(path[t], .fixed(5))", "\(distances[t], .significant(3))",
                    "\(distances[t] / distances[t - 1], .fixed(3))",
                ]
            }, caption: "EM on both coins, from (0.6, 0.4): the share of the error that a round leaves settles down.")
    }

    private func measured(in report: inout Report) throws {
        let shares = try map.missingShares(at: end)
        let at = late
        func step(_ t: Int) -> [Double] { zip(path[t + 1], path[t]).map { $0 - $1 } }
        let size = EMMap.distance(path[at + 1], path[at])
        let observed = EMMap.distance(path[at + 2], path[at + 1]) / size
        let jacobian = try CentralDifference.jacobian(of: { try map($0) }, at: end)
        let predicted = jacobian.map { row in zip(row, step(at)).reduce(0) { $0 + $1.0 * $1.1 } / size }
        report.prose(
            #"""
            **The two beside each other.** By central differences of EM's own map, its eigenvalues at the end, \#(end, .fixed(3)), are \#(rate, .fixed(4)); by the second derivatives of log-likelihood and
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
                "the run itself: a late step, multiplied by the matrix of derivatives, has to be the next one (both in units of the late step's size)",
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
        // Where the number of rounds rises again, although the coins differ more.
        let bump = digits.indices.dropFirst().first { digits[$0] > digits[$0 - 1] }
        let detour = bump.map { place -> String in
            let gaps = [place - 1, place].map { NumberFormat.significant(2).string(Self.gaps[$0]) }
            let rounds = [place - 1, place].map { NumberFormat.fixed(1).string(digits[$0]) }
            return """
                 That is why the rounds do not simply become fewer: from a difference of \(gaps[0]) to one of \(gaps[1]) they rise \
                from \(rounds[0]) to \(rounds[1]).
                """
        }
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
            produce. Coins that look alike hide which one was flipped. Their *mean* is seen all the same, but at a difference of \#(Self.gaps[0], .significant(2)) the share \#(rates[0].difference, .fixed(2)) of the information about their *difference* is missing, and
            EM creeps towards it. For the mean it is otherwise. While the coins are alike, all heads count together, whosever they are. When the coins are very different, the head count itself
            tells the coin. In between it matters which coin it was, and it is in doubt.\#(detour ?? "")

            **That EM has almost stopped moving does not mean that it has arrived**: at a rate of \#(worst[0], .fixed(3)), after a
            step of size 0.001 there are still \#(0.001 * worst[0] / (1 - worst[0]), .fixed(3)) to go.
            """#)
    }

    private func figure(
        _ report: Report, _ rates: [(difference: Double, mean: Double)], _ digits: [Double]
    ) -> Figure {
        let x = Axis("difference of the head probabilities", range: 0...0.9, ticks: .at([0, 0.2, 0.4, 0.6, 0.8]))
        func points(_ values: [Double]) -> [Point] { zip(Self.gaps, values).map { Point($0, $1) } }
        let left = Panel(
            title: "Share of an error that is left after a round", x: x,
            y: Axis(nil, range: 0...1.2, ticks: .at([0, 0.5, 1])),
            layers: [
                .rule(y: 1, label: "1: no progress at all"),
                .line(points(rates.map(\.difference)), style: LineStyle(.blue, width: 2.2), marker: .circle),
                .line(
                    points(rates.map(\.mean)), style: LineStyle(.vermillion, width: 2.2, dash: .dashed),
                    marker: .triangle),
                .annotation(
                    "error in the difference", at: Point(Self.gaps[0], rates[0].difference), anchor: .bottomLeft,
                    color: .blue),
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
                    anchor: .bottomLeft),
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
