import Figures
import Foundation
import LessonKit
import MixtureModels
import Notebook
import Verification

/// Section 3: STAT 215A's two Gaussians, by substitution; a sign and a pair of brackets.
struct TwoGaussians {
    let numbers: [Double]
    let guess: Mixture<Normal>
    /// Z_i1: the responsibilities of the first Gaussian.
    let first: [Double]
    let new: Mixture<Normal>

    init(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed).stream(2)
        let truth = try Mixture(
            weights: [0.3, 0.7], components: [Normal(mean: -1, variance: 1), Normal(mean: 3, variance: 2.25)])
        numbers = truth.sample(count: 12, using: &generator).map(\.observation)
        guess = try Mixture(
            weights: [0.4, 0.6], components: [Normal(mean: 0, variance: 2), Normal(mean: 2, variance: 2)])
        let em = try EM(data: numbers, start: guess)
        let q = try em.eStep(guess)
        first = (0..<q.rows).map { q[$0, 0] }
        new = try em.mStep(q)
    }

    var count: Double { Double(numbers.count) }
    var firstTotal: Double { first.reduce(0, +) }
    var secondTotal: Double { count - firstTotal }

    func explain(in report: inout Report) throws {
        report.section("Two Gaussians: a sign, and a pair of brackets")
        report.prose(
            #"""
            The slides of STAT 215A treat two Gaussians on the line and substitute $\weight{2} = 1 - \weight{1}$. Twelve
            numbers are enough to follow them, and few enough to check them by brute force: twelve numbers can be shared out between two Gaussians in
            \#(1 << numbers.count) ways. Here they are, in the order in which they were drawn:

            \#(numbers.map(NumberFormat.fixed(4).string).joined(separator: ", ")).

            EM's guess has the weights \#(guess.weights, .significant(2)), the means
            \#(guess.components.map(\.mean), .significant(2)) and the variances
            \#(guess.components.map(\.variance), .significant(2)). All responsibilities below are those of this guess.

            **Q, written out.** The expected complete-data log-likelihood is a sum over the observations, in which each Gaussian's whole log joint density is
            multiplied by its responsibility. Whoever forgets the brackets around it weights one term only.
            """#)
        try report.folded("Q in full, and what becomes of it without brackets") {
            try written(in: &$0)
            try brackets(in: &$0)
        }
        report.prose(
            #"""
            **The derivative with respect to the weight.** Only the two terms with a logarithm of a weight depend on $\weight{1}$. The second of them
            is $\nlog(1 - \weight{1})$, which *falls* as $\weight{1}$ grows:
            """#)
        try derivative(in: &report)
        try sign(in: &report)
        report.figure(
            try figure(report),
            caption: #"""
                Left: the derivative is 0 at \#(new.weights[0], .fixed(3)); with the printed sign (dashed) it has no root. Right: $\Qname$ is largest
                there, too; without the brackets (dashed) it is largest at 0.5, whatever the data.
                """#)
        report.prose(
            #"""
            A reader who takes only the final updates from the slides is not misled: they are right. But whoever programs the printed $\Qname$ gets
            weights of one half for ever, and whoever programs the printed derivative searches for a root that does not exist.
            """#)
    }

    // MARK: Q written out

    /// Q as a function of the weight, with the guess's Gaussians.
    func expected(_ weight: Double) -> Double {
        zip(numbers, first).reduce(0) { sum, pair in
            let (x, z) = pair
            return sum + z * (log(weight) + log(normalDensity(x, mean: 0, variance: 2)))
                + (1 - z) * (log(1 - weight) + log(normalDensity(x, mean: 2, variance: 2)))
        }
    }

    private func written(in report: inout Report) throws {
        let em = try EM(data: numbers, start: guess)
        let q = guess.expectedCompleteLogLikelihood(of: numbers, responsibilities: try em.eStep(guess))
        func logJoint(_ story: [Int]) -> Double {
            zip(numbers, story).reduce(0) { sum, pair in
                sum
                    + log(
                        pair.1 == 0
                            ? 0.4 * normalDensity(pair.0, mean: 0, variance: 2)
                            : 0.6 * normalDensity(pair.0, mean: 2, variance: 2))
            }
        }
        let enumerated = try Assignments(items: numbers.count, classes: 2).expectation(of: logJoint, logJoint: logJoint)
        report.equation(
            "stat215a.q-expanded",
            formula: #"""
                \Q{\params}{\paramsat{t}} = \sumobs \left\lbrace
                \resp{n}{1} \left[ \nlog \weight{1} - \frac{1}{2} \nlog 2 \pi - \nlog \sd{1}
                - \frac{(\obs{n} - \mean{1})^{2}}{2 \variance{1}} \right]
                + \resp{n}{2} \left[ \nlog \weight{2} - \frac{1}{2} \nlog 2 \pi - \nlog \sd{2}
                - \frac{(\obs{n} - \mean{2})^{2}}{2 \variance{2}} \right] \right\rbrace
                """#,
            numbers: #"""
                \text{first number:} \quad \#(first[0], .fixed(4)) \times (\#(term(0, 0), .fixed(4)))
                + \#(1 - first[0], .fixed(4)) \times (\#(term(0, 1), .fixed(4))), \qquad \Q{\paramsat{0}}{\paramsat{0}} = \#(q, .fixed(4))
                """#,
            value: .number(q),
            again: .exact(
                .number(enumerated),
                "enumeration of all \(1 << numbers.count) ways to share out the \(numbers.count) numbers",
                tolerance: .enumeration))
    }

    /// What stands in the brackets for observation n and Gaussian k.
    private func term(_ n: Int, _ k: Int) -> Double { guess.logJoint(at: numbers[n])[k] }

    // MARK: The brackets

    /// Q as printed: the responsibility multiplies the last term only. With the guess's means.
    private func printed(weight: Double, sd: Double) -> Double {
        zip(numbers, first).reduce(0) { sum, pair in
            let (x, z) = pair
            return sum + log(weight) - log(sd) - x * x / (2 * sd * sd) * z
                + log(1 - weight) - (x - 2) * (x - 2) / 4 * (1 - z)
        }
    }

    private func brackets(in report: inout Report) throws {
        let weight = try GoldenSection.maximum(of: { printed(weight: $0, sd: 1) }, in: 0.001...0.999).argument
        let sd = try GoldenSection.maximum(of: { printed(weight: 0.5, sd: $0) }, in: 0.001...20).argument
        let squares = zip(numbers, first).reduce(0) { $0 + $1.1 * $1.0 * $1.0 }
        report.erratum(
            "errata.stat215a.brackets",
            printed: #"""
                (in our letters) no brackets, so that the responsibility multiplies the last term only:
                $\nlog \weight{1} - \frac{1}{2} \nlog 2 \pi - \nlog \sd{1} - \frac{(\obs{n} - \mean{1})^{2}}{2 \variance{1}} \resp{n}{1} + \ldots$
                """#,
            corrected: "the responsibility multiplies the whole log joint density, as above",
            shown: #"""
                the printed $\Qname$ is largest at $\weight{1} = \#(weight, .fixed(4))$, whatever the data, where the right one is at
                \#(new.weights[0], .fixed(4)). And with the mean at 0 it gives the first Gaussian the variance
                \#(sd * sd, .fixed(4)), which is the weighted sum of squares \#(squares, .fixed(4)) divided by
                $\obscount = \#(numbers.count)$, instead of \#(squares / firstTotal, .fixed(4)), which is the same sum divided by
                $\sumobs \resp{n}{1} = \#(firstTotal, .fixed(4))$
                """#)
    }

    // MARK: The derivative

    private func derivative(in report: inout Report) throws {
        func slope(_ weight: Double) -> Double { firstTotal / weight - secondTotal / (1 - weight) }
        let (old, best) = (guess.weights[0], new.weights[0])
        let value = [slope(old), slope(best), best]
        let searched = try GoldenSection.maximum(of: expected, in: 1e-6...(1 - 1e-6)).argument
        let second = try [
            CentralDifference.derivative(of: expected, at: old), CentralDifference.derivative(of: expected, at: best),
            searched,
        ]
        report.equation(
            "stat215a.m-pi",
            formula: #"""
                \frac{\partial \Qname}{\partial \weight{1}} = \sumobs \frac{\resp{n}{1}}{\weight{1}}
                - \sumobs \frac{\resp{n}{2}}{1 - \weight{1}} = 0 \quad \Rightarrow \quad
                \weight{1} = \frac{1}{\obscount} \sumobs \resp{n}{1}
                """#,
            numbers: #"""
                \text{at } \weight{1} = \#(old, .significant(2)): \quad
                \frac{\#(firstTotal, .fixed(5))}{\#(old, .significant(2))}
                - \frac{\#(secondTotal, .fixed(5))}{\#(1 - old, .significant(2))} = \#(value[0], .fixed(3)), \qquad
                \text{at } \weight{1} = \frac{\#(firstTotal, .fixed(4))}{\#(numbers.count)} = \#(best, .fixed(4)): \quad
                \text{size } \#(value[1], .bound)
                """#,
            value: .vector(value),
            again: .search(
                .vector(second),
                "central differences of Q at the old and the new weight, and a golden-section search for the new one",
                tolerance: .goldenSection),
            telling: .last(#"$\weight{1}$"#),
            note: #"""
                The two sums are what a little more of either weight is worth. The derivative is their difference, and it vanishes
                where they are equal, at $\#(firstTotal / best, .significant(6)) = \obscount$ each: the price of the first
                section.
                """#)
    }

    private func sign(in report: inout Report) throws {
        func printedSlope(_ weight: Double) -> Double { firstTotal / weight + secondTotal / (1 - weight) }
        let lowest = try GoldenSection.maximum(of: { -printedSlope($0) }, in: 1e-6...(1 - 1e-6))
        guard lowest.value < 0 else { throw LessonError.unexpected("the printed derivative has a root") }
        report.erratum(
            "errata.stat215a.sign",
            printed:
                #"(in our letters) $\partial \Qname / \partial \weight{1} = \sumobs \resp{n}{1} / \weight{1} + \sumobs \resp{n}{2} / (1 - \weight{1})$, on three slides"#,
            corrected: "a minus between the two sums; the update that follows on the slides is the right one",
            shown: #"""
                the printed form is positive everywhere between 0 and 1: its smallest value, at
                $\weight{1} = \#(lowest.argument, .fixed(4))$, is \#(-lowest.value, .fixed(4)), so it has no root. At the new weight it
                is \#(printedSlope(new.weights[0]), .fixed(4)), where the derivative is 0
                """#)
    }

    // MARK: Figure

    private func figure(_ report: Report) throws -> Figure {
        let best = new.weights[0]
        let (a, b) = (firstTotal, secondTotal)
        let slopes = Panel(
            title: "The derivative with respect to the weight",
            x: Axis(try report.label(#"$\weight{1}$"#), range: 0...1, ticks: .at([0, 0.25, 0.5, 0.75, 1])),
            y: Axis(nil, range: -60...90),
            layers: [
                .rule(y: 0, style: LineStyle(.grey, width: 1)),
                .function(over: 0.01...0.99, style: LineStyle(.blue)) { a / $0 - b / (1 - $0) },
                .function(over: 0.01...0.99, style: LineStyle(.vermillion, dash: .dashed)) { a / $0 + b / (1 - $0) },
                .scatter([Point(best, 0)], style: MarkerStyle(.blue, .circle, size: 8)),
                .annotation("as printed: no root", at: Point(0.5, 60), anchor: .center, color: .vermillion),
                .annotation(
                    Label("correct: 0 at " + NumberFormat.fixed(3).string(best)), at: Point(0.4, -36), anchor: .center,
                    color: .blue),
            ], legend: .none)
        let top = expected(best)
        let printedTop = count * 2 * log(0.5)
        let n = count
        let heights = Panel(
            title: try report.label(#"$\Qname$, each minus its own maximum"#),
            x: Axis(try report.label(#"$\weight{1}$"#), range: 0...1, ticks: .at([0, 0.25, 0.5, 0.75, 1])),
            y: Axis(nil, range: -16...2),
            layers: [
                .function(over: 0.002...0.998, style: LineStyle(.blue)) { expected($0) - top },
                .function(over: 0.002...0.998, style: LineStyle(.vermillion, dash: .dashed)) {
                    n * (log($0) + log(1 - $0)) - printedTop
                },
                .scatter([Point(best, 0)], style: MarkerStyle(.blue, .circle, size: 8)),
                .scatter([Point(0.5, 0)], style: MarkerStyle(.vermillion, .circle, size: 8)),
                .annotation("without brackets: always 0.5", at: Point(0.5, -13), anchor: .center, color: .vermillion),
                .annotation(
                    Label("correct: " + NumberFormat.fixed(3).string(best)), at: Point(best, 0.2), anchor: .bottom,
                    color: .blue),
            ], legend: .none)
        return Figure(
            id: "two-slips", title: "What a sign and a pair of brackets do",
            subtitle: "Twelve numbers, two Gaussians; blue: correct; dashed orange: as printed",
            alt: report.words(
                #"""
                Left: the right derivative of Q falls through 0 at weight \#(best, .fixed(3)); the printed one is a valley that
                stays above \#((a.squareRoot() + b.squareRoot()) * (a.squareRoot() + b.squareRoot()), .fixed(1)). Right: Q is largest at
                \#(best, .fixed(3)); without the brackets it is largest at 0.5.
                """#),
            panels: [slopes, heights], columns: 2, size: Size(width: 860, height: 400))
    }
}
