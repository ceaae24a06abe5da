import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 3: bound and Q differ by the entropy, so they have the same top; and the same picture with two unknowns.
struct QFunction {
    private let bound: Bound
    private var coin: BentCoin { bound.coin }

    init(_ bound: Bound) { self.bound = bound }

    func explain(in report: inout Report) throws {
        report.section("The bound is Q, moved up by the entropy")
        report.prose(
            #"""
            The slides go on: “It turns out that maximizing $\printed{l(\theta \mid \theta^{(t)})}$ is equivalent\* to maximizing the expectation
            $\printed{Q(\theta \mid \theta^{(t)})}$”, with a footnote in the place of a derivation. It takes one line. Write the logarithm of the fraction in $F$ as a
            difference:
            """#)
        report.formula(
            #"""
            F(q, \params) = \sum_{\latents} q(\latents) \thinspace \nlog p(\data, \latents \pgiven \params)
            - \sum_{\latents} q(\latents) \thinspace \nlog q(\latents)
            """#)
        report.prose(
            #"""
            The first sum is $\Q{\params}{\paramsat{t}}$, the expected complete-data log-likelihood. The second, with its minus, is the *entropy*
            of $q$: how undecided the assignments are. **There is no $\params$ in it.** The bound is the curve of $\Qname$, moved up
            by a constant, and so its highest point is in the same place.
            """#)
        report.define(
            #"\entropy{q}"#, "entropy of the assignments",
            #"$-\sum_{\latents} q(\latents) \nlog q(\latents)$: 0 if every set is assigned with certainty"#)
        try equation(in: &report)
        try sameTop(in: &report)
        report.folded("What the constant is good for") { inner in
            inner.prose(
                #"""
                For the M-step the constant does not matter. For *watching* EM it does: $\Qname$ alone, from one step to the next, may fall, because each step has its
                own $q$ and its own entropy ([lesson:4] shows it). The bound $\Qname + H$ never does, and after each
                E-step it is the log-likelihood.
                """#)
        }
        try plane(in: &report)
    }

    private func equation(in report: inout Report) throws {
        let values = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
        let entropy = entropy(ofResponsibilities: bound.q)
        let plain = coin.plain
        let q = plain.posterior(BentCoin.coins(bound.guess))
        let differences = values.map {
            plain.potential(BentCoin.coins($0), q) - plain.expected(BentCoin.coins($0), q)
        }
        let shown = [0.3, 0.8]
        let pairs = try shown.map { bent in
            (try bound.bound(bent), try coin.expected(BentCoin.coins(bent), bound.q))
        }
        report.equation(
            "stat215a.q-function",
            formula: #"""
                F_{t}(\params) = \Q{\params}{\paramsat{t}} + \entropy{q}, \qquad
                \arg \max_{\params} F_{t}(\params) = \arg \max_{\params} \Q{\params}{\paramsat{t}}
                """#,
            printed: #"""
                l(\theta \mid \theta^{(t)}) = Q(\theta \mid \theta^{(t)}) + H(q), \qquad
                \arg \max_{\theta} l(\theta \mid \theta^{(t)}) = \arg \max_{\theta} Q(\theta \mid \theta^{(t)})
                """#,
            numbers: #"""
                \begin{aligned}
                \text{at } \#(shown[0], .significant(2)) \colon & \quad
                \#(pairs[0].0, .fixed(3)) \#(RoundedSum.sign(pairs[0].0, [pairs[0].1, entropy], decimals: 3)) \#(pairs[0].1, .fixed(3)) + \#(entropy, .fixed(3)) \cr
                \text{at } \#(shown[1], .significant(2)) \colon & \quad
                \#(pairs[1].0, .fixed(3)) \#(RoundedSum.sign(pairs[1].0, [pairs[1].1, entropy], decimals: 3)) \#(pairs[1].1, .fixed(3)) + \#(entropy, .fixed(3))
                \end{aligned}
                """#,
            value: .vector(values.map { _ in entropy }),
            again: .exact(
                .vector(differences),
                """
                the log-likelihood less the Kullback-Leibler divergence less Q, by plain multiplication of probabilities, at \
                nine values of the unknown: nine times the same number
                """, tolerance: .rounding(scale: 1000)),
            telling: .entry(0, "entropy"),
            note: #"""
                The entropy is at most $\obscount \nlog 2 = \#(Double(coin.sets.count) * log(2), .fixed(2))$, for assignments that are all
                undecided; here it is \#(entropy, .fixed(2)).
                """#)
    }

    private func sameTop(in report: inout Report) throws {
        let found = try GoldenSection.maximum(
            of: { coin.plain.potential(BentCoin.coins($0), coin.plain.posterior(BentCoin.coins(bound.guess))) },
            in: 0.01...0.99)
        report.prose(
            #"""
            The M-step's formula, expected heads over expected flips, gives \#(bound.path[1], .fixed(4)). A search for the top of the *bound*,
            which knows no formula, finds \#(found.argument, .fixed(4)).
            """#)
        report.check(
            "same-top", value: .number(bound.path[1]),
            again: .search(.number(found.argument), "golden-section search for the top of the bound"))
    }

    // MARK: Two unknowns

    /// Where the picture in the plane stands: not on its summit, and with a step that can be seen.
    private let corner = [0.55, 0.3]

    private func plane(in report: inout Report) throws {
        let next = try coin.next(corner)
        let q = try coin.posterior(corner)
        let level = try coin.logLikelihood(corner)
        let gain = [try coin.potential(next, q), try coin.logLikelihood(next)].map { $0 - level }
        report.prose(
            #"""
            **In two dimensions.** Nothing of this depends on there being one unknown. Forget that the second coin is fair, and let both
            $\headprob{1}$ and $\headprob{2}$ be unknown: log-likelihood and bound are now two mountains over a square, and the lower touches the
            higher in one point. Cut both at the height of that point. What rises above the cut of the bound lies **inside** what
            rises above the cut of the log-likelihood, and the two outlines touch at the guess. EM goes to the summit of the inner one: from
            \#(corner, .significant(2)) to \#(next, .fixed(3)), where the bound is \#(gain[0], .fixed(2)) higher and the log-likelihood
            \#(gain[1], .fixed(2)).
            """#)
        report.figure(
            try planeFigure(report, q: q, next: next, level: level),
            caption: #"""
                The log-likelihood of two unknown coins (left) and the bound that touches it at \#(corner, .significant(2)) (right), in the same colours. All that is
                higher than the guess: outlined in white for the log-likelihood, in orange for the bound. The orange region lies inside the white one; the triangle is
                its summit, \#(next, .fixed(3)). What is lower than the scale has its darkest colour.
                """#)
    }

    private func planeFigure(_ report: Report, q: Matrix, next: [Double], level: Double) throws -> Figure {
        // From edge to edge, but not upon it: a coin that never shows heads makes the data impossible.
        let positions = (0...72).map { 0.002 + 0.996 * Double($0) / 72 }
        func grid(_ f: ([Double]) throws -> Double) rethrows -> Grid {
            let values = try positions.flatMap { y in try positions.map { x in try f([x, y]) } }
            return Grid(x: positions, y: positions, values: values)
        }
        let curve = try grid(coin.logLikelihood)
        let below = try grid { try coin.potential($0, q) }
        let top = curve.values.max() ?? 0
        let range = (top - 90)...top
        let (here, there) = (Point(corner[0], corner[1]), Point(next[0], next[1]))
        // The arrow ends before the triangle, so that its head is seen.
        let length = hypot(there.x - here.x, there.y - here.y)
        let share = length > 0.08 ? 1 - 0.035 / length : 1
        let before = Point(here.x + share * (there.x - here.x), here.y + share * (there.y - here.y))
        func panel(_ title: Label, _ map: Grid) throws -> Panel {
            Panel(
                title: title,
                x: Axis(try report.label(#"$\headprob{1}$"#), range: 0...1, ticks: .at([0, 0.25, 0.5, 0.75, 1])),
                y: Axis(try report.label(#"$\headprob{2}$"#), range: 0...1, ticks: .at([0, 0.25, 0.5, 0.75, 1])),
                layers: [
                    .heatMap(map, range: range, title: "log units", isSmooth: true),
                    .contour(curve, levels: [level], style: LineStyle(.white, width: 2)),
                    .contour(below, levels: [level], style: LineStyle(.orange, width: 2.4)),
                    .arrows([Arrow(from: here, to: before)], style: LineStyle(.ink, width: 1.6)),
                    .scatter([here], style: MarkerStyle(.ink, .circle, size: 9)),
                    .scatter([there], style: MarkerStyle(.vermillion, .triangle, size: 10)),
                ], legend: .none, aspect: .equal)
        }
        return Figure(
            id: "plane", title: "Two unknown coins: the bound is a smaller mountain inside",
            subtitle:
                "Black: the guess. Outlines: all that is higher than the guess, of the log-likelihood (white) and of the bound (orange)",
            alt: report.words(
                #"""
                Two colour maps over pairs of head probabilities. The log-likelihood has two equal summits, mirror images of each other. The bound
                made at \#(corner, .significant(2)) has one. The region where the bound is above its value at the guess lies inside the
                region where the log-likelihood is, and both outlines pass through the guess. EM's next point, \#(next, .fixed(3)), is the summit of the bound.
                """#),
            panels: [
                try panel("log-likelihood", curve), try panel("the bound made at the black point", below),
            ], columns: 2, size: Size(width: 900, height: 450))
    }
}
