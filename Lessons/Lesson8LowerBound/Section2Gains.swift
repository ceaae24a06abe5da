import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 2: what raises the bound raises the log-likelihood at least as much; and the steps of EM, frame by frame.
struct Gains {
    private let bound: Bound
    private let start: Double

    init(_ bound: Bound) throws {
        self.bound = bound
        start = try bound.logLikelihood(bound.guess)
    }

    /// How much bound and log-likelihood rise from the guess to a value.
    private func gains(_ bent: Double) throws -> [Double] {
        [try bound.bound(bent) - start, try bound.logLikelihood(bent) - start]
    }

    /// How much both rise in EM's first step.
    func firstStep() throws -> (bound: Double, curve: Double) {
        let values = try gains(bound.path[1])
        return (values[0], values[1])
    }

    /// EM's next value, a value a little less far, and the best of all.
    private var places: [Double] {
        [(bound.guess + bound.path[1]) / 2, bound.path[1], bound.top]
    }

    func explain(in report: inout Report) throws {
        report.section("The log-likelihood gains at least as much")
        report.prose(
            #"""
            Now the conclusion, which the slides put in one line: “any $\printed{\theta}$ that increases $\printed{l(\theta \mid \theta^{(t)})}$
            also increases $\printed{\ell(\theta)}$”. Read it as: any $\params$ at which the bound is **above its touching value**. There the log-likelihood, which
            is nowhere below the bound, is above that value, too. And it has risen at least as much as the bound; what it has risen more is the gap.
            """#)
        let atTop = try gains(bound.top)[0]
        report.predict(
            "Is the best value of all a place where the bound, too, is above its touching value?",
            answer: #"""
                \#(atTop < 0 ? "No" : "Yes, here"). At \#(bound.top, .fixed(3)) the bound made at the guess is
                \#(abs(atTop), .fixed(2)) \#(atTop < 0 ? "below" : "above") its touching value.
                """#)
        try equation(in: &report)
        try scan(in: &report)
        try frames(in: &report)
    }

    private func equation(in report: inout Report) throws {
        let values = try places.map(gains)
        let plain = bound.coin.plain
        let q = plain.posterior(BentCoin.coins(bound.guess))
        let again = places.map { place in
            let rise = plain.logLikelihood(BentCoin.coins(place)) - plain.logLikelihood(BentCoin.coins(bound.guess))
            return [rise - plain.divergences(of: q, from: BentCoin.coins(place)).reduce(0, +), rise]
        }
        let (step, best) = (values[1], values[2])
        report.equation(
            "stat215a.increase",
            formula: #"""
                \loglik{\params} - \loglik{\paramsat{t}} = F_{t}(\params) - F_{t}(\paramsat{t})
                + \mathrm{KL}(q, \params) \ge F_{t}(\params) - F_{t}(\paramsat{t})
                """#,
            printed: #"""
                \ell(\theta) - \ell(\theta^{(t)}) = l(\theta \mid \theta^{(t)}) - l(\theta^{(t)} \mid \theta^{(t)})
                + \mathrm{KL}(q, \theta) \ge l(\theta \mid \theta^{(t)}) - l(\theta^{(t)} \mid \theta^{(t)})
                """#,
            numbers: #"""
                \text{at EM's next value, } \#(places[1], .fixed(3)) \colon \quad
                \#(step[1], .fixed(3)) \#(RoundedSum.sign(step[1], [step[0], step[1] - step[0]], decimals: 3)) \#(step[0], .fixed(3)) + \#(step[1] - step[0], .fixed(3))
                """#,
            value: .matrix(values),
            again: .exact(
                .matrix(again),
                """
                plain multiplication of probabilities, which gives the rise of the log-likelihood and, less the \
                Kullback-Leibler divergence, that of the bound
                """, tolerance: .rounding(scale: 1000)),
            telling: .entry(1, 1, #"rise of $\loglik{\params}$ in one step"#),
            note: #"""
                The converse does not hold. At \#(places[2], .fixed(3)), the highest point of all, the log-likelihood is
                \#(best[1], .fixed(2)) above its value at the guess, and the bound is
                \#(best[0] < 0 ? "\(NumberFormat.fixed(2).string(-best[0])) *below*" : "\(NumberFormat.fixed(2).string(best[0])) above")
                it. \#(best[0] < 0 ? "So the bound would have advised against the best value there is:" : "The bound promises less than there is:") it is a promise, and
                not a forecast. That is why EM takes small steps, and several of them.
                """#)
    }

    /// The claim at every value, and the values that raise ℓ although the bound advises against them.
    private func scan(in report: inout Report) throws {
        let values = stride(from: 0.001, through: 0.999, by: 0.001).map { $0 }
        let all = try values.map(gains)
        let promised = zip(values, all).filter { $0.1[0] > 0 }.map(\.0)
        let risen = zip(values, all).filter { $0.1[1] > 0 }.map(\.0)
        let worst = all.map { $0[0] - $0[1] }.max() ?? .nan
        report.prose(
            #"""
            Of 999 values from 0.001 to 0.999, the bound is above its touching value at \#(promised.count), from
            \#(promised.first ?? .nan, .fixed(3)) to \#(promised.last ?? .nan, .fixed(3)), and at every one of these
            the log-likelihood has risen at least as much. The log-likelihood itself is higher than at the guess at \#(risen.count) values, up
            to \#(risen.last ?? .nan, .fixed(3)).
            """#)
        report.check(
            "gains-everywhere", value: .number(Double(promised.count)),
            again: .property(
                "nowhere does the bound rise more than the log-likelihood", by: "comparing both rises at 999 values",
                the: "largest excess of the bound", is: worst, tolerance: .rounding(scale: start)))
    }

    // MARK: Frames

    private func frames(in report: inout Report) throws {
        let shown = shownSteps
        let undecided = try bound.coin.posterior(BentCoin.coins(bound.top)).column(0).count { (0.1...0.9).contains($0) }
        report.prose(
            #"""
            [fig:frames] repeats the picture, step by step. In every frame the E-step draws a new dashed curve, which touches the log-likelihood where we
            stand, and the M-step moves to the top of it. **The curve moves up**, because it touches a curve that has risen. At first it soon falls away to the right, and
            promises little: there the E-step will soon change its mind about most sets. Near the end one step hardly changes the responsibilities\#(undecided == 0 ? "" : ", although \(undecided) of the \(bound.coin.sets.count) sets have one between 0.1 and 0.9 even there"), and the dashed
            curve has its top almost where the log-likelihood has it.
            """#)
        report.figure(
            try framesFigure(report, shown),
            caption: #"""
                From \#(bound.guess, .significant(2)) to \#(bound.top, .fixed(3)): the bounds that EM makes at its
                \#(shown.count == 6 ? "steps" : "first steps") \#(shown.map { "\($0)" }.joined(separator: ", ")). Black: where the bound touches. Triangle: its top, and the next step's
                place.
                """#)
    }

    /// Six steps: the first four, and two that lie farther on.
    private var shownSteps: [Int] {
        let gap = abs(bound.top - bound.guess)
        let near = bound.path.firstIndex { abs($0 - bound.top) < 0.02 * gap } ?? bound.path.count - 2
        let steps = Set([0, 1, 2, 3, (3 + near) / 2, near].filter { $0 >= 0 && $0 + 1 < bound.path.count })
        return steps.sorted()
    }

    private func framesFigure(_ report: Report, _ shown: [Int]) throws -> Figure {
        let xs = stride(from: 0.06, through: 0.96, by: 0.01).map { $0 }
        let curve = try xs.map { Point($0, try bound.logLikelihood($0)) }
        let (low, high) = (try bound.logLikelihood(0.12), try bound.logLikelihood(bound.top))
        let room = high - low
        let floor = low - 0.15 * room
        let panels = try shown.map { t in
            let (here, next) = (bound.path[t], bound.path[t + 1])
            let q = try bound.coin.posterior(BentCoin.coins(here))
            func tangent(_ x: Double) throws -> Double { try bound.coin.potential(BentCoin.coins(x), q) }
            let below = try xs.map { Point($0, try tangent($0)) }
            let way = try bound.path[...t].map { Point($0, try bound.logLikelihood($0)) }
            let touch = way[t]
            return Panel(
                title: t == 0 ? "start" : "after step \(t)",
                x: Axis(try report.label(#"$\headprob{1}$"#), range: 0...1, ticks: .at([0, 0.5, 1])),
                y: Axis(nil, range: floor...(high + 0.1 * room), ticks: .wanted(3)),
                layers: [
                    .line(curve, style: LineStyle(.blue, width: 2)),
                    .line(below, style: LineStyle(.vermillion, width: 1.8, dash: .dashed)),
                    .scatter(Array(way.dropLast()), style: MarkerStyle(.grey, .circle, size: 5)),
                    .scatter([touch], style: MarkerStyle(.ink, .circle, size: 7)),
                    .scatter([Point(next, try tangent(next))], style: MarkerStyle(.vermillion, .triangle, size: 8)),
                ], legend: .none)
        }
        return Figure(
            id: "frames", title: "The tangent curve moves up",
            subtitle:
                "Solid: the log-likelihood. Dashed: the bound that touches where EM stands; triangle: its top, the next place",
            alt: report.words(
                #"""
                \#(shown.count) panels with the same log-likelihood. In each a dashed bound touches it at the current value and peaks farther to the side of
                the maximum. The values are \#(shown.map { bound.path[$0] }, .fixed(3)), and the heights
                \#(try shown.map { try bound.logLikelihood(bound.path[$0]) }, .fixed(1)): each bound stands higher than the one before.
                """#),
            panels: panels, columns: 3, sharedX: true, sharedY: true, size: Size(width: 860, height: 520))
    }
}
