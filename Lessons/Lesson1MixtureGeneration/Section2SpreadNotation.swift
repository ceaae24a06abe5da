import Figures
import Foundation
import LessonKit
import MixtureModels
import Notebook
import Verification

/// Section 2: what N(0, σ) hides.
struct SpreadNotation {
    private let store: PetStore
    /// CS 181's example: σ = 2.
    private let sigma = 2.0

    init(_ store: PetStore) { self.store = store }

    func explain(in report: inout Report) throws {
        report.section("What N(0, σ) hides")
        report.prose(
            #"""
            A Gaussian needs a centre and a spread, and there are two ways to give the spread: the standard deviation σ, in
            kilograms, or the variance σ², in square kilograms. Section 1.1 of CS 181 introduces its notation with the statement
            that $\printed{x \sim N(0, \sigma)}$, and that $\sigma = 2$. A reader who knows the textbooks takes the second place of
            $\printed{N(\cdot, \cdot)}$ for the variance; a reader who knows the letter takes σ for the standard deviation. How much does
            it matter?
            """#)
        try report.folded("The two probabilities between -2 and 2") { try notation(in: &$0) }
        report.prose(
            #"""
            Between -2 and 2 lie \#(inside(deviation: sigma), .percent(1)) of all draws or
            \#(inside(deviation: sigma.squareRoot()), .percent(1)): nobody would take the one distribution for the other. From here on
            this course writes the **variance** in the second place, as $\gauss{\mean{k}}{\variance{k}}$ does, and for vectors the
            covariance. In code there is no second place: `Normal(mean:variance:)` asks for its parameters by name.
            """#)
        report.figure(
            try figure(report),
            caption: #"""
                One formula, N(0, 2), read in two ways. Between -2 and 2 lie \#(inside(deviation: sigma), .percent(1)) of all draws if the
                2 is a standard deviation, and \#(inside(deviation: sigma.squareRoot()), .percent(1)) if it is a variance.
                """#)
        erratum(in: &report)
    }

    private func notation(in report: inout Report) throws {
        let (asDeviation, asVariance) = (inside(deviation: sigma), inside(deviation: sigma.squareRoot()))
        let quadrature = try [sigma * sigma, sigma].map { variance in
            let normal = try Normal(mean: 0, variance: variance)
            return try AdaptiveSimpson.integral(of: { exp(normal.logDensity(at: $0)) }, over: -sigma...sigma)
        }
        report.equation(
            "cs181.notation",
            formula: #"""
                P(-2 \lt x \lt 2) = \int_{-2}^{2} p(x) \thinspace \mathrm{d}x
                = \Phi\left( \frac{2}{\text{standard deviation}} \right)
                - \Phi\left( \frac{-2}{\text{standard deviation}} \right)
                """#,
            numbers: #"""
                \text{standard deviation } 2: \quad \Phi(1) - \Phi(-1) = \#(asDeviation, .fixed(4)), \qquad
                \text{variance } 2: \quad \Phi(\sqrt{2}) - \Phi(-\sqrt{2}) = \#(asVariance, .fixed(4))
                """#,
            value: .vector([asDeviation, asVariance]),
            again: .exact(
                .vector(quadrature),
                "quadrature of the two densities from -2 to 2; the values are from the error function",
                tolerance: .quadrature),
            telling: .entry(0, "P(-2 < x < 2) with standard deviation 2"))
    }

    /// P(-σ < x < σ) for mean 0.
    private func inside(deviation: Double) -> Double { erf(sigma / (deviation * 2.0.squareRoot())) }

    private func erratum(in report: inout Report) {
        let dogs = 2
        let heavy = 12.0
        let (mean, deviation) = (store.means[dogs], store.deviations[dogs])
        let right = 1 - normalProbability(below: heavy, mean: mean, deviation: deviation)
        let wrong = 1 - normalProbability(below: heavy, mean: mean, deviation: deviation.squareRoot())
        report.erratum(
            "errata.cs181.sigma",
            printed: #"""
                $N(0, \sigma)$ and $N(\mu_{k}, \sigma_{k})$ for numbers, beside
                $\mathcal{N}(\boldsymbol{\mu}_{k}, \boldsymbol{\Sigma}_{k})$ for vectors, where the second place is a covariance
                """#,
            corrected: #"""
                $N(0, \sigma^{2})$ and $N(\mu_{k}, \sigma_{k}^{2})$; or a sentence that says which is meant. Either convention
                is fine
                """#,
            shown: #"""
                with $\sigma = 2$ the interval from -2 to 2 holds \#(inside(deviation: sigma), .percent(1)) or
                \#(inside(deviation: sigma.squareRoot()), .percent(1)); and of our dogs, with
                $\sd{3} = \#(deviation, .significant(3))$, \#(right, .percent(1)) or \#(wrong, .percent(1)) weigh more than
                \#(heavy, .significant(3)) kg
                """#)
        report.erratum(
            "errata.cs181.section",
            printed: "“See Section 2.4 for more about Gaussian mixture models”",
            corrected: "Section 2.3; section 2.4 is about coins",
            shown: "none needed")
    }

    private func figure(_ report: Report) throws -> Figure {
        func panel(_ title: String, deviation: Double) throws -> Panel {
            let inner = stride(from: -sigma, through: sigma, by: sigma / 60).map { $0 }
            let heights = inner.map { normalDensity($0, mean: 0, deviation: deviation) }
            return Panel(
                title: Label(title),
                x: Axis(try report.label("$x$"), range: -7...7, ticks: .at([-6, -4, -2, 0, 2, 4, 6])),
                y: Axis("density", includesZero: true),
                layers: [
                    .band(x: inner, low: inner.map { _ in 0 }, high: heights, color: .blue.opacity(0.25)),
                    .function(over: -7...7) { normalDensity($0, mean: 0, deviation: deviation) },
                    .annotation(
                        Label(NumberFormat.percent(1).string(inside(deviation: deviation))),
                        at: Point(3.1, 0.55 * (heights.max() ?? 0)), anchor: .left,
                        pointingAt: Point(0.7, 0.45 * (heights.max() ?? 0))),
                ], legend: .none)
        }
        return Figure(
            id: "spread", title: "One formula, two distributions",
            subtitle: "N(0, 2), with the share of draws between -2 and 2",
            alt: report.words(
                #"""
                Two bell curves. Read as a standard deviation of 2, N(0, 2) has \#(inside(deviation: sigma), .percent(1)) of its
                draws between -2 and 2; read as a variance of 2 it is narrower and higher, and has
                \#(inside(deviation: sigma.squareRoot()), .percent(1)) there.
                """#),
            panels: [
                try panel("2 is the standard deviation", deviation: sigma),
                try panel("2 is the variance", deviation: sigma.squareRoot()),
            ], columns: 2, sharedX: true, sharedY: true, size: Size(width: 760, height: 330))
    }
}
