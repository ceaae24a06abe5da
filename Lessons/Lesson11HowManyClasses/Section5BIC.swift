import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 5: BIC, and the evidence that it approximates, for a mixture with one free parameter.
struct Evidence {
    /// One sample: the ratio p_1(x) / p_2(x) of its rows, and what is worked out from them.
    struct Sample {
        let count: Int
        let densities: [(Double, Double)]
        /// The weight with the highest likelihood.
        let best: Double
        /// ℓ there.
        let height: Double
        /// -ℓ'' there: how sharp the peak is.
        let sharpness: Double

        init(_ densities: [(Double, Double)]) throws {
            self.densities = densities
            count = densities.count
            let f = { (w: Double) in densities.reduce(0) { $0 + log(w * $1.0 + (1 - w) * $1.1) } }
            // EM with one free number, the weight.
            var weight = 0.5
            for _ in 0..<5000 {
                let next =
                    densities.reduce(0) { $0 + weight * $1.0 / (weight * $1.0 + (1 - weight) * $1.1) }
                    / Double(densities.count)
                let isAtRest = abs(next - weight) < 1e-13
                weight = next
                if isAtRest { break }
            }
            best = weight
            height = f(weight)
            sharpness = densities.reduce(0) { sum, p in
                let slope = (p.0 - p.1) / (weight * p.0 + (1 - weight) * p.1)
                return sum + slope * slope
            }
        }

        func logLikelihood(_ w: Double) -> Double { densities.reduce(0) { $0 + log(w * $1.0 + (1 - w) * $1.1) } }

        /// ln ∫ L(π) dπ, by quadrature around the peak.
        func byQuadrature() throws -> Double {
            let width = 1 / sharpness.squareRoot()
            let (low, high) = (max(0, best - 12 * width), min(1, best + 12 * width))
            return height
                + log(
                    try AdaptiveSimpson.integral(of: { exp(logLikelihood($0) - height) }, over: low...high, panels: 24))
        }

        /// The same as a sum over all labellings of the rows, those with equally many rows in the first class taken together:
        /// ∫ π^j (1 - π)^(N - j) dπ = 1 / ((N + 1) C(N, j)), so that the average over each group has the same weight.
        var byLabellings: Double {
            var (averages, scale) = ([1.0], 0.0)
            for (place, p) in densities.enumerated() {
                let n = Double(place + 1)
                var next = [Double](repeating: 0, count: averages.count + 1)
                for (j, value) in averages.enumerated() {
                    next[j] += (n - Double(j)) / n * p.1 * value
                    next[j + 1] += Double(j + 1) / n * p.0 * value
                }
                let largest = next.max() ?? 1
                averages = next.map { $0 / largest }
                scale += log(largest)
            }
            return scale + log(averages.reduce(0, +) / Double(count + 1))
        }

        /// -BIC/2 for one parameter.
        var byBIC: Double { height - 0.5 * log(Double(count)) }
        /// The peak replaced by a Gaussian.
        var byLaplace: Double { height + 0.5 * log(2 * Double.pi / sharpness) }
    }

    let samples: [Sample]
    private static let sizes = [25, 100, 400]

    init(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed).stream(3)
        var rows: [(Double, Double)] = []
        for _ in 0..<400 {
            let x = generator.standardNormal() + (generator.bernoulli(0.4) ? 2 : 0)
            let density = { (mean: Double) in exp(-(x - mean) * (x - mean) / 2) / (2 * Double.pi).squareRoot() }
            rows.append((density(2), density(0)))
        }
        samples = try Self.sizes.map { try Sample(Array(rows.prefix($0))) }
    }

    func explain(in report: inout Report) throws {
        report.section("BIC: the evidence")
        report.prose(
            #"""
            BIC answers another question: how probable does the *model* make the data, before its parameters are known? One integrates the likelihood over all parameters, with a prior. That integral is called the *evidence*. (How probable the data make the model is the reverse. By Bayes' rule two models' odds, given the data, are the ratio of their evidences only if they were equally probable before.) A model with many parameters has to
            share its prior among many possibilities, most of which are wrong, and so pays for them without anybody having set a price.

            The integral is seldom within reach. Here is a mixture for which it is: two Gaussians with variance 1 and known means 0 and 2, where only the weight $\weight{1}$ is unknown, with a uniform prior. The likelihood is a peak over the interval from 0 to 1; its area is the evidence. For a sharp peak, the area is height times width, and
            the width shrinks like $1 / \sqrt{\obscount}$. In logarithms that is $\loglik{\hat{\params}} - \frac{1}{2} \nlog \obscount$ plus something that does not grow. With $\nu$ parameters there is such a factor for each. BIC keeps what grows and drops the rest (Schwarz 1978).
            """#)
        report.figure(
            try figure(report),
            caption: #"""
                The likelihood of the weight, each divided by its maximum, for the first \#(Self.sizes[0]), \#(Self.sizes[1]) and \#(Self.sizes[2]) rows of one sample; dashed, the Gaussian of the same sharpness (Laplace's approximation). The area under a curve is the evidence divided by the height. Four times the rows, about half the width.
                """#)
        report.equation(
            "beyond.bic",
            formula: #"""
                \nlog \int p(\data \mid \params) \thinspace p(\params) \thinspace \text{d} \params = \loglik{\hat{\params}} - \tfrac{\nu}{2} \nlog \obscount + \text{what stays bounded},
                \qquad \text{BIC} = -2 \loglik{\hat{\params}} + \nu \nlog \obscount
                """#,
            numbers: #"""
                \obscount = \#(Self.sizes[2]): \quad \text{evidence } \#(samples[2].byLabellings, .fixed(3)), \qquad -\tfrac{1}{2} \text{BIC} = \#(samples[2].height, .fixed(3)) - \tfrac{1}{2} \nlog \#(Self.sizes[2]) = \#(samples[2].byBIC, .fixed(3))
                """#,
            value: .vector(samples.map(\.byLabellings)),
            again: .exact(
                .vector(try samples.map { try $0.byQuadrature() }),
                "the integral over the weight, by adaptive quadrature",
                tolerance: .quadrature),
            telling: .last("logarithm of the evidence, \(Self.sizes[2]) rows"),
            note: #"""
                The values are the logarithms of the evidence for \#(Self.sizes.map(String.init).joined(separator: ", ")) rows.
                """#,
            details: #"""
                The values come from a sum over all labellings of the rows: $2^{\#(Self.sizes[2])}$ of them for the last, which is possible because only the *number* of rows in the first class matters for the integral over the weight. For a labelling with $a$ rows in the first class, the integral of $\weight{1}^{a} (1 - \weight{1})^{\obscount - a}$ is $a! \thinspace (\obscount - a)! / (\obscount + 1)!$. So the evidence is the mean, over $a = 0, 1, \ldots, \obscount$, of the average of $p(\data \mid \latents)$ over all labellings with that $a$; and these averages follow from each other row by row.
                """#)
        report.table(
            ["rows", "evidence (log)", #"$-\frac{1}{2}$ BIC"#, "error", "Laplace", "error"],
            rows: samples.map { s in
                [
                    "\(s.count)", "\(s.byLabellings, .fixed(3))", "\(s.byBIC, .fixed(3))",
                    "\(s.byBIC - s.byLabellings, .fixed(3))", "\(s.byLaplace, .fixed(3))",
                    "\(s.byLaplace - s.byLabellings, .fixed(4))",
                ]
            },
            caption: """
                BIC's error does not go to 0; it stays about where it is, while the logarithm itself grows in proportion to the rows. Laplace's approximation measures the width, and its error shrinks.
                """)
        report.prose(
            #"""
            What BIC drops, about \#(abs(samples[2].byBIC - samples[2].byLabellings), .fixed(2)) here, depends on the prior and on how sharp the peak is for each row. A difference of BIC estimates twice the logarithm of a *Bayes factor*, the ratio of two evidences. Kass and Raftery (1995) grade such numbers: below 2 they are “not worth more than a bare mention”. What BIC drops, twice \#(abs(samples[2].byBIC - samples[2].byLabellings), .fixed(2)) here, is an error on top of that. For mixtures there is a second doubt. With a class too many the peak is no peak but a ridge ([lesson:5]), wider
            than $\nu$ parameters would make it, and BIC's price is too high. It errs on the side of few classes, and yet, under conditions that keep the classes from collapsing, it finds the true number as the rows grow in number (Keribin 2000).
            """#)
        report.define(
            nil, "evidence", "the probability of the data under a model, all parameters weighed by their prior")
        report.define(
            nil, "BIC",
            #"$-2 \loglik{\hat{\params}} + \nu \nlog \obscount$: minus twice the logarithm of the evidence, as far as it grows"#
        )
    }

    private func figure(_ report: Report) throws -> Figure {
        let layers = samples.enumerated().flatMap { place, s -> [Layer] in
            [
                .function(
                    over: 0.001...0.999, count: 300, style: LineStyle(Palette.series(place), width: 2),
                    label: Label("\(s.count) rows")
                ) { exp(s.logLikelihood($0) - s.height) },
                .function(
                    over: 0.001...0.999, count: 300, style: LineStyle(Palette.series(place), width: 1.2, dash: .dashed)
                ) {
                    exp(-s.sharpness * ($0 - s.best) * ($0 - s.best) / 2)
                },
            ]
        }
        return Figure(
            id: "evidence", title: "The more rows, the sharper the peak of the likelihood",
            subtitle: "Solid: the likelihood of the weight, divided by its maximum; dashed: a Gaussian as sharp",
            alt: report.words(
                #"""
                Three curves over the weight, for \#(Self.sizes.map(String.init).joined(separator: ", ")) rows, each with height 1, ever narrower, with maxima at \#(samples.map(\.best), .fixed(3)).
                """#),
            panels: [
                Panel(
                    x: Axis(try report.label(#"weight $\weight{1}$"#), range: 0...1),
                    y: Axis("likelihood, over its maximum", range: 0...1.05),
                    layers: layers, legend: .above)
            ], size: Size(width: 720, height: 380))
    }
}
