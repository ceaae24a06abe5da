import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

// The text of the round by hand, its picture, and the same as an exercise.

extension RoundByHand {
    func explain(in report: inout Report) throws {
        let q = start.heads
        report.prose(
            #"""
            **One round by hand.** Five sets of three flips are heard: \#(list). They are few, and the guess is chosen
            so that every number is a small fraction: both coins equally probable, $\headprob{1} = \#(q[0], .fixed(4))$ and
            $\headprob{2} = \#(q[1], .fixed(4))$, that is, one third and two thirds. Take a pencil, and check each line.
            """#)
        for line in lines() {
            report.prose(line.words)
            report.formula(line.formula)
        }
        report.check(
            "round-by-hand", value: .vector(after.weights + after.heads),
            again: .exact(
                .vector(try updateByEnumeration()),
                "whole counts, averaged over all \(1 << sets.count) ways to name the coins of the five sets",
                tolerance: .enumeration))
        report.prose(
            #"""
            The step has moved the coins apart, and the log-likelihood from \#(logLikelihood(start), .fixed(3)) to
            \#(logLikelihood(after), .fixed(3)) ([fig:round-by-hand] shows the mixture before and after). That is the log-likelihood of the flips in the order in
            which they were heard, without the binomial coefficients. The next round begins with the new numbers, and is
            no harder, except that the fractions are no longer small.
            """#)
        report.figure(
            try figure(report),
            caption: #"""
                Bars: the shares of the five sets with \#(NumberFormat.fixed(0).string(0)) to \#(flips) heads. Curves: what each coin expects, scaled by its weight, and their sum, the
                mixture. Before the step the log-likelihood is \#(logLikelihood(start), .fixed(3)), after it \#(logLikelihood(after), .fixed(3)).
                """#)
    }

    private var list: String { sets.dropLast().joined(separator: ", ") + " and " + sets[sets.count - 1] }

    /// The round as a task on other numbers; its answer has the same lines.
    func exercise(in report: inout Report) throws {
        let q = start.heads
        report.exercise(
            #"""
            Do the same for five sets of two flips, \#(list), from equal weights, $\headprob{1} = \#(q[0], .fixed(2))$
            and $\headprob{2} = \#(q[1], .fixed(2))$. All responsibilities are tenths.
            """#,
            answer: #"""
                The weights become \#(after.weights, .fixed(2)), the head probabilities \#(after.heads, .fixed(4)). The lines follow. (As an exercise two flips
                will do. To find two coins and a weight they will not, however many rounds and sets: section 3 says why.)
                """#)
        report.folded("The exercise, line by line") { inner in
            for line in lines() {
                inner.prose(line.words)
                inner.formula(line.formula)
            }
        }
        report.check(
            "round-as-exercise", value: .vector(after.weights + after.heads),
            again: .exact(
                .vector(try updateByEnumeration()),
                "whole counts, averaged over all \(1 << sets.count) ways to name the coins of the five sets",
                tolerance: .enumeration))
    }

    private func figure(_ report: Report) throws -> Figure {
        let counts = Array(0...flips)
        let bars = counts.map { count in
            Point(Double(count), Double(data.count { $0.heads == count }) / Double(data.count))
        }
        func panel(_ title: Label, _ mixture: Mixture<Binomial>) -> Panel {
            let parts = mixture.components.indices.map { k in
                counts.map { count in
                    let x = HeadCount(heads: count, flips: flips)
                    return Point(Double(count), mixture.weights[k] * exp(mixture.components[k].logDensity(at: x)))
                }
            }
            let whole = counts.indices.map { i in Point(Double(i), parts.reduce(0) { $0 + $1[i].y }) }
            return Panel(
                title: title, x: Axis(Label("heads in \(flips) flips"), ticks: .integers),
                y: Axis("share of the sets", range: 0...0.46),
                layers: [.bars(bars, width: 0.8, label: "data")]
                    + parts.enumerated().flatMap { k, points -> [Layer] in
                        let style = MarkerStyle(Palette.series(k), [.square, .triangle][k], size: 7)
                        return [
                            .line(points, style: .series(k, width: 1.6)),
                            .scatter(points, style: style, label: Label("coin \(k + 1)")),
                        ]
                    } + [
                        .line(whole, style: LineStyle(.ink)),
                        .scatter(whole, style: MarkerStyle(.ink, .circle, size: 7), label: "mixture"),
                    ])
        }
        return Figure(
            id: "round-by-hand",
            title: try report.label(
                #"One round by hand: the log-likelihood goes from $\#(logLikelihood(start), .fixed(2))$ to $\#(logLikelihood(after), .fixed(2))$"#
            ),
            subtitle: try report.label(
                #"Before: $\headprob{1}$ = \#(start.heads[0], .fixed(3)), $\headprob{2}$ = \#(start.heads[1], .fixed(3)); after: \#(after.heads[0], .fixed(3)), \#(after.heads[1], .fixed(3))"#
            ),
            alt: report.words(
                #"""
                Two panels with bars for the shares of five sets by their number of heads, \#(bars.map(\.y), .fixed(1)). Before the step the mixture
                expects \#(expected(start), .fixed(2)), after it \#(expected(after), .fixed(2)).
                """#),
            panels: [panel("Before", start), panel("After one step", after)], columns: 2, sharedY: true)
    }

    private func expected(_ mixture: Mixture<Binomial>) -> [Double] {
        (0...flips).map { mixture.density(at: HeadCount(heads: $0, flips: flips)) }
    }
}
