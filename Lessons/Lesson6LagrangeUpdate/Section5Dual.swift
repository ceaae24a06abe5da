import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 5: ORIE 4742's formulation, a minimum over λ of a maximum over the weights.
struct DualProblem {
    private let likelihood: WeightLikelihood
    private var table: DensityTable { likelihood.table }
    private var total: Double { likelihood.total }

    init(_ likelihood: WeightLikelihood) { self.likelihood = likelihood }

    /// L(π, λ) = ℓ(π) + λ(Σ π_k - 1), for any positive weights.
    private func lagrangian(_ weights: [Double], _ lambda: Double) -> Double {
        table.logLikelihood(weights) + lambda * (weights.reduce(0, +) - 1)
    }

    /// g(λ), the maximum of L over all positive weights, by Nelder and Mead's search over their logarithms.
    private func dual(_ lambda: Double) throws -> (weights: [Double], value: Double) {
        let start = [0.4, 0.3, 0.3].map { log($0 * -total / lambda) }
        let best = try NelderMead.maximum(of: { lagrangian($0.map { exp($0) }, lambda) }, from: start)
        return (best.argument.map { exp($0) }, best.value)
    }

    /// The same in closed form: weights of any sum are a sum times weights that sum to 1.
    private func closedForm(_ lambda: Double) -> Double {
        table.logLikelihood(likelihood.weights) + total * log(-total / lambda) - total - lambda
    }

    func explain(in report: inout Report) throws {
        report.section("The problem turned round: a minimum over prices")
        report.prose(
            #"""
            ORIE 4742 writes the same problem as $\min_{\lambda} \max_{\weights}$ of the log-likelihood plus
            $\lambda (\sumclasses \weight{k} - 1)$. Read it as a game. The second player chooses weights, any positive weights, of
            any sum. The first player names the price beforehand, and wants the second to gain as little as possible. Too low a
            price, and the second buys a lot of weight; too high, and it pays to sell (the first unit was free). In between, at
            $\lambda = -\obscount$, nothing is better than to keep a sum of exactly 1.

            The inner maximum as a function of the price is called the **dual function** $g(\lambda)$. Weights of the sum
            $c$ are $c$ times weights of the sum 1, and their log-likelihood is larger by $\obscount \nlog c$. So the best sum is where
            $\obscount \nlog c + \lambda (c - 1)$ is largest, at $c = \obscount / (-\lambda)$, and $g$ can be written down for $\lambda \lt 0$
            (for $\lambda \ge 0$, when weight costs nothing or less, it is infinite). Here $\loglik{\weights}$ is the log-likelihood
            $\loglik{\params}$ as a function of the weights alone, all else being held fixed:
            """#)
        report.formula(
            #"""
            g(\lambda) = \max_{\weights} \left[ \loglik{\weights} + \lambda \left( \sumclasses \weight{k} - 1 \right) \right]
            = \max_{\text{sum } 1} \loglik{\weights} + \obscount \nlog \frac{\obscount}{-\lambda} - \obscount - \lambda
            """#)
        try saddle(in: &report)
        report.figure(
            try figure(report),
            caption: #"""
                Left: the dual function, in closed form (line) and by search (rings), is least at the price \#(total, .significant(4)), where it
                equals the maximum of the log-likelihood. Right: at that price the second player gains most with weights that sum to 1; at half the
                price with a sum of 2, at twice the price with 0.5.
                """#)
        report.prose(
            #"""
            Every value of $g$ is an upper bound for the log-likelihood of *every* choice of weights that sum to 1: whoever may
            buy any amount at that price, the first unit given, does at least as well as somebody who has to keep the sum. The lowest
            bound touches. That is what makes multipliers useful
            far beyond mixtures: a price proves how good a solution can possibly be (Boyd and Vandenberghe 2004, chapter 5).
            """#)
        let ours = table.logLikelihood(likelihood.weights)
        let bound = try dual(-0.9 * total).value
        report.exercise(
            #"""
            Somebody claims to have found weights with a log-likelihood
            \#((bound - ours) * 1.2, .fixed(2)) above ours, \#(ours, .fixed(2)). You do not trust our weights either. Refute the claim with a single
            price, $\lambda = -0.9 \thinspace \obscount$, and any program that finds maxima without constraints.
            """#,
            answer: #"""
                Search for the maximum of $L$ at that price, over all positive weights of any sum. $L$ is concave, so the search finds it:
                $g(-0.9 \obscount) = \#(bound, .fixed(2))$. For weights that sum to 1 the price has no say, and $L$ is their log-likelihood, which
                therefore is at most $g$. That is \#(bound - ours, .fixed(2)) above ours, and less than was claimed. The best price,
                $\lambda = -\obscount$, would leave nothing to claim at all; but any price near it bounds what anybody can reach.
                """#)
    }

    private func saddle(in report: inout Report) throws {
        let value = [-total] + likelihood.weights
        // The least value of the dual, searched among prices; the weights are those bought at that price.
        let lambda = try GoldenSection.maximum(of: { -(try dual($0).value) }, in: (-2 * total)...(-0.5 * total))
            .argument
        let bought = try dual(lambda).weights
        var random = SplitMix64(seed: report.seed)
        let top = lagrangian(likelihood.weights, -total)
        let trials = (0..<1000).map { _ in
            lagrangian(likelihood.weights.map { $0 * exp(random.uniform() - 0.5) }, -total) < top
        }
        let lower = trials.count { $0 }
        // The largest factor by which a weight was changed.
        let factor = exp(0.5)
        report.equation(
            "orie4742.pi",
            formula: #"""
                \min_{\lambda} \max_{\weights} \left[ \loglik{\params} + \lambda \left( \sumclasses \weight{k} - 1 \right) \right]
                \quad \Rightarrow \quad \sumobs \frac{\resp{n}{k}}{\weight{k}} + \lambda = 0, \qquad
                \weight{k} = \frac{\effcount{k}}{\sum_{\otherindex} \effcount{\otherindex}}
                """#,
            numbers: #"""
                \lambda = \#(-total, .significant(6)), \qquad \weights = \#(likelihood.weights, .fixed(4)), \qquad
                g(\lambda) = \loglik{\params} = \#(top, .fixed(4))
                """#,
            value: .vector(value),
            again: .search(
                .vector([lambda] + bought),
                """
                a golden-section search for the price with the least dual value, in which every dual value is a search \
                by Nelder and Mead over all positive weights
                """, relative: true),
            telling: .entry(0, #"$\lambda$"#),
            details: #"""
                At $\lambda = -\obscount$ the maximum over the weights needs no constraint: in \#(lower) of \#(trials.count) random
                changes of the weights, each weight by a factor of up to \#(factor, .fixed(2)) either way and with whatever sum comes
                out, $L$ is lower. In $\lambda$, on the other hand, $L$ is a straight line with the slope $\sumclasses \weight{k} - 1$, and flat where the
                weights sum to 1: for them no price is better than another. That is why the minimum over prices is taken of $g$, and not of
                $L$.
                """#)
    }

    // MARK: Figure

    private func figure(_ report: Report) throws -> Figure {
        let n = total
        let best = table.logLikelihood(likelihood.weights)
        let range = (0.4 * n)...(2.2 * n)
        let found = try stride(from: 0.5, through: 2.1, by: 0.2).map { share in
            Point(share * n, try dual(-share * n).value - best)
        }
        let bound = Panel(
            title: "The dual function, minus the largest log-likelihood",
            x: Axis(try report.label(#"price $-\lambda$"#), range: range),
            y: Axis(nil, range: (-0.1 * n)...(0.4 * n)),
            layers: [
                .function(over: range, style: LineStyle(.blue)) { closedForm(-$0) - best },
                .scatter(found, style: MarkerStyle(.blue, .ring, size: 8)),
                .rule(y: 0),
                .annotation("the log-likelihood's maximum", at: Point(1.3 * n, -0.01 * n), anchor: .topLeft),
                .scatter([Point(n, 0)], style: MarkerStyle(.vermillion, .circle, size: 8)),
                .annotation(
                    try report.label(#"least at $\lambda = -\obscount$"#), at: Point(1.02 * n, 0.13 * n),
                    anchor: .bottom,
                    pointingAt: Point(n, 0), color: .vermillion),
            ], legend: .none)
        let scaled = [0.5, 1, 2].enumerated().map { index, factor in
            Layer.function(over: 0.02...3, style: .series(index)) { sum in
                lagrangian(likelihood.weights.map { $0 * sum }, -factor * n) - best
            }
        }
        let places = [("half the price", 2.0), ("the right price", 2.0), ("twice the price", 1.9)]
        let names = places.enumerated().map { index, name in
            let y = lagrangian(likelihood.weights.map { $0 * name.1 }, -[0.5, 1, 2][index] * n) - best
            return Layer.annotation(
                Label(name.0), at: Point(name.1, y), anchor: .bottomLeft, color: Palette.series(index))
        }
        let sums = Panel(
            title: "The second player's gain, minus the same",
            x: Axis("sum of the weights taken", range: 0...3),
            y: Axis(nil, range: (-1.6 * n)...(0.5 * n)),
            layers: [.rule(x: 1)] + scaled + names, legend: .none)
        return Figure(
            id: "dual", title: "The right price is the one at which nothing can be gained",
            subtitle:
                "Left: line in closed form, rings by search. Right: the weights' proportions kept, their sum changed",
            alt: report.words(
                #"""
                Left: the dual function is a valley over the price, least at \#(n, .significant(4)), where it equals the
                maximum of the log-likelihood; at half the price it is \#(closedForm(-n / 2) - best, .fixed(1)) higher, at twice
                \#(closedForm(-2 * n) - best, .fixed(1)). Right: the gain against the sum of the weights has its maximum at sum 2 for half
                the price, 1 for the right price, and 0.5 for twice the price.
                """#),
            panels: [bound, sums], columns: 2, size: Size(width: 880, height: 400))
    }
}
