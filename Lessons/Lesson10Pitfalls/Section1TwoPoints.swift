import Figures
import Foundation
import LessonKit
import MixtureModels
import Notebook
import Verification

/// Section 1: two points, two Gaussians, and a likelihood without a limit, by hand.
struct TwoPoints {
    private static let points = [0.0, 2]
    /// The other Gaussian, which stays as it is in the first table.
    private static let broad = (mean: 1.0, deviation: 1.0)
    private static let widths = [1, 0.1, 0.01, 0.001]
    /// Where EM starts in the round by hand.
    private static let first = 0.5

    private static func mixture(_ deviation: Double) throws -> Mixture<Normal> {
        try Mixture(
            weights: [0.5, 0.5],
            components: [
                Normal(mean: points[0], variance: deviation * deviation),
                Normal(mean: broad.mean, variance: broad.deviation * broad.deviation),
            ])
    }

    private static func logLikelihood(_ deviation: Double) throws -> Double {
        try mixture(deviation).logLikelihood(of: points)
    }

    /// The density of the mixture on the blackboard.
    private static func density(_ x: Double, _ deviation: Double) -> Double {
        0.5 * normalDensity(x, mean: points[0], deviation: deviation)
            + 0.5 * normalDensity(x, mean: broad.mean, deviation: broad.deviation)
    }

    func explain(in report: inout Report) throws {
        report.section("By hand: two points and an infinite likelihood")
        report.prose(
            #"""
            Here is the worst trap of all, in its smallest form. There are two observations, $\obs{1} = 0$ and $\obs{2} = 2$, and two Gaussians with weights
            $\weight{1} = \weight{2} = 1/2$. The second is broad: mean 1, standard deviation 1. The first sits **exactly on the first point**,
            $\mean{1} = \obs{1}$, and has a standard deviation $\sd{1}$ that we may choose. Which $\sd{1}$ makes the data most probable?

            At the first point the exponent of the first Gaussian is 0, whatever its width, so its density there is
            $1 / (\sqrt{2 \pi} \thinspace \sd{1}) = \#(1 / (2 * Double.pi).squareRoot(), .fixed(4)) / \sd{1}$. The second has the density
            \#(normalDensity(0, mean: 1, deviation: 1), .fixed(4)) at both points. So
            """#)
        report.formula(
            #"""
            \loglik{\sd{1}} = \nlog \frac{1}{2} \left( \frac{\#(1 / (2 * Double.pi).squareRoot(), .fixed(4))}{\sd{1}} + \#(normalDensity(0, mean: 1, deviation: 1), .fixed(4)) \right)
            + \nlog \frac{1}{2} \left( \text{next to nothing} + \#(normalDensity(0, mean: 1, deviation: 1), .fixed(4)) \right)
            """#)
        report.predict(
            #"The first Gaussian gives up the second point completely when $\sd{1}$ is small. What does that cost, and what does it gain?"#,
            answer: #"""
                It costs little, and only once: the density at the second point falls from \#(Self.density(2, 1), .fixed(4)) to \#(0.5 * normalDensity(2, mean: 1, deviation: 1), .fixed(4)), which is
                \#(Self.cost, .fixed(2)) in the logarithm. The broad Gaussian keeps it there, however narrow the first becomes. And it gains, in the end, \#(log(10), .fixed(3)), the logarithm of ten, for every
                factor of ten in $\sd{1}$, without any limit.
                """#)
        let values = try Self.widths.map(Self.logLikelihood)
        report.table(
            [#"$\sd{1}$"#, "density at 0", "density at 2", #"$\loglik{\sd{1}}$"#, "gained"],
            rows: Self.widths.indices.map { row in
                let width = Self.widths[row]
                return [
                    "\(width, .significant(2))", "\(Self.density(0, width), .significant(5))",
                    "\(Self.density(2, width), .fixed(4))", "\(values[row], .fixed(3))",
                    row == 0 ? "" : "\(values[row] - values[row - 1], .fixed(3))",
                ]
            },
            caption: #"""
                The mixture's density at both points, and the sum of the two logarithms. Take a pocket calculator and add a row.
                """#)
        report.check(
            "two-points", value: .vector(values),
            again: .exact(
                .vector(Self.widths.map { width in log(Self.density(0, width) * Self.density(2, width)) }),
                "the logarithm of the product of two densities, as they stand on the blackboard"))
        report.prose(
            #"""
            So there is **no best value**. The log-likelihood has no maximum at all, and “the maximum-likelihood estimate” of a Gaussian mixture with free variances
            does not exist. What one wants, and what EM usually finds, is a good *local* maximum. [fig:spike] shows what happens: a needle, which
            claims one point and explains nothing.
            """#)
        report.figure(
            try figure(report, values),
            caption: #"""
                Left: the mixture for three widths of the first Gaussian; the two points below the axis. Right: the log-likelihood against the width. To the left
                it rises for ever, in the end by \#(log(10), .fixed(2)) per factor of ten.
                """#)
        try round(in: &report)
        report.exercise(
            "Why can a *single* Gaussian not do that? Let its mean lie on the first point, and its standard deviation go to 0.",
            answer: #"""
                Nobody else looks after the second point. The logarithm of its density is $-\nlog(\sqrt{2 \pi} \thinspace \sd{}) - (\obs{2} - \obs{1})^{2} / (2 \sd{}^{2})$,
                and the last term, a square, falls much faster than the logarithm of the first point rises: at $\sd{} = 0.1$ it is
                \#(-4 / (2 * 0.01), .significant(4)) against a gain of \#(log(10), .fixed(2)). It takes a second component to pay for the rest. (Unless *all* points are equal: then one Gaussian is enough.)
                """#)
    }

    // MARK: A round of EM

    private func round(in report: inout Report) throws {
        let start = try Self.mixture(Self.first)
        let em = try EM(data: Self.points, start: start)
        let q = try em.eStep(start)
        let next = try em.mStep(q)
        let narrow = next.components[0]
        let (a, b) = (q[0, 0], q[1, 0])
        var failure = ""
        for step in em {
            if case .failed(let error) = step.ending { failure = error.withoutRemedy }
        }
        report.prose(
            #"""
            **Does EM fall in?** Start with $\sd{1} = \#(Self.first, .significant(2))$, and do one round with pencil and paper. E-step: the first Gaussian's share of the first
            point is $\resp{1}{1} = \#(a, .fixed(4))$, and of the second point $\resp{2}{1} = \#(b, .fixed(4))$. M-step: it has
            \#(a + b, .fixed(4)) points, their mean is \#(narrow.mean, .fixed(4)), and their variance
            """#)
        report.formula(
            #"""
            \variance{1} = \frac{\#(a, .fixed(4)) (0 - \#(narrow.mean, .fixed(4)))^{2} + \#(b, .fixed(4)) (2 - \#(narrow.mean, .fixed(4)))^{2}}{\#(a + b, .fixed(4))}
            = \#(narrow.variance, .significant(3)), \qquad \sd{1} = \#(narrow.standardDeviation, .significant(3))
            """#)
        report.prose(
            #"""
            **In one round the width has fallen from \#(Self.first, .significant(2)) to \#(narrow.standardDeviation, .significant(2)).** It is the same mechanism that makes EM good: the narrower the Gaussian, the less
            it has of the other point; the less it has of it, the narrower. In the next round its share of the second point is
            \#(try secondShare(next) < 1e-100 ? "less than $10^{-100}$" : "next to nothing"), and its variance is of that order: it vanishes beside the spread of the data. There the package gives up, with the message
            “\#(failure)”. \#(try isZeroAfter(next) ? "A program that does not look has a variance of exactly 0 one round later, and divides by it." : "A program that does not look soon divides by a variance of 0.")
            """#)
        let plain = byHand()
        report.check(
            "round-by-hand", value: .vector([a, b, narrow.mean, narrow.variance]),
            again: .exact(
                .vector(plain),
                "the densities of the blackboard, shares, and the weighted mean of squares less the square of the mean")
        )
    }

    private func secondShare(_ mixture: Mixture<Normal>) throws -> Double {
        try mixture.responsibilities(at: Self.points[1])[0]
    }

    /// Whether rounds in plain arithmetic, two after this mixture, have rounded the variance of the first Gaussian to 0.
    private func isZeroAfter(_ mixture: Mixture<Normal>) throws -> Bool {
        var (mean, variance) = (mixture.components[0].mean, mixture.components[0].variance)
        for _ in 0..<2 {
            let shares = Self.points.map { x -> Double in
                let own = exp(-(x - mean) * (x - mean) / (2 * variance)) / variance.squareRoot()
                let other = exp(-(x - Self.broad.mean) * (x - Self.broad.mean) / 2)
                return own / (own + other)
            }
            let total = shares[0] + shares[1]
            mean = zip(shares, Self.points).reduce(0) { $0 + $1.0 * $1.1 } / total
            variance = zip(shares, Self.points).reduce(0) { $0 + $1.0 * ($1.1 - mean) * ($1.1 - mean) } / total
        }
        return variance == 0
    }

    /// What giving up the second point costs, from the widest needle of the table on.
    private static var cost: Double {
        log(density(2, widths[0]) / (0.5 * normalDensity(2, mean: broad.mean, deviation: broad.deviation)))
    }

    private func byHand() -> [Double] {
        let shares = Self.points.map { x in
            0.5 * normalDensity(x, mean: 0, deviation: Self.first) / Self.density(x, Self.first)
        }
        let total = shares[0] + shares[1]
        let mean = 2 * shares[1] / total
        return [shares[0], shares[1], mean, 4 * shares[1] / total - mean * mean]
    }

    // MARK: Figure

    private func figure(_ report: Report, _ values: [Double]) throws -> Figure {
        let shown = [(1.0, Color.green), (0.3, .orange), (0.1, .vermillion)]
        let curves = shown.map { width, color in
            Layer.function(over: -2...4, count: 601, style: LineStyle(color, width: 2.2)) { Self.density($0, width) }
        }
        // Each label where its curve is alone: beside the peak, on its left flank, on the left slope.
        let labels = zip(shown, [-1.0, -0.28, 0.03]).map { curve, x in
            Layer.annotation(
                Label(NumberFormat.significant(1).string(curve.0)), at: Point(x, Self.density(x, curve.0)),
                anchor: x > 0 ? .left : .bottomRight, color: curve.1)
        }
        let density = Panel(
            title: "The mixture, for three widths of the needle", x: Axis("value", range: -2...4),
            y: Axis("density", range: -0.12...2.4, ticks: .at([0, 0.5, 1, 1.5, 2])),
            layers: curves + [
                .rule(y: 0),
                .scatter(Self.points.map { Point($0, -0.05) }, style: MarkerStyle(.ink, .circle, size: 9)),
            ] + labels, legend: .none)
        let widths = stride(from: -4.0, through: 0.5, by: 0.05).map { pow(10, $0) }
        let line = try widths.map { Point($0, try Self.logLikelihood($0)) }
        let growth = Panel(
            title: "The log-likelihood", x: Axis(try report.label(#"$\sd{1}$"#), scale: .logarithmic), y: Axis(nil),
            layers: [
                .line(line, style: LineStyle(.blue, width: 2.4)),
                .scatter(
                    zip(Self.widths, values).map { Point($0, $1) }, style: MarkerStyle(.ink, .circle, size: 8)),
                .annotation("and on, without limit", at: line[8], anchor: .bottomLeft, color: .blue),
            ], legend: .none)
        return Figure(
            id: "spike", title: "A needle on one point costs little and gains without limit",
            alt: report.words(
                #"""
                Left: a mixture of two Gaussians on two points, 0 and 2; the first, on the point 0, gets narrower and its peak higher. Right: the log-likelihood goes
                up by \#(log(10), .fixed(2)) for every factor of ten in the width: \#(values, .fixed(2)) at the widths \#(Self.widths, .significant(2)).
                """#),
            panels: [density, growth], columns: 2, size: Size(width: 900, height: 380))
    }
}
