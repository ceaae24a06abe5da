import Figures
import Foundation
import LessonKit
import MixtureModels
import Notebook
import Verification

/// Section 1: what the whole lesson maximises, and why, before any algorithm.
struct Goal {
    private let study: Study
    /// The column in its standard units, which a reader's offset of 10^9 does not disturb.
    private let column: (centre: Double, unit: Double, values: [Double])
    /// Two mixtures for the same column in these units: the guess, and where some rounds of EM lead from it.
    private let guess: Mixture<Normal>
    private let better: Mixture<Normal>
    private let rounds: Int

    init(_ study: Study) throws {
        self.study = study
        let column = study.standardColumn
        self.column = column
        let start = try study.univariateStart()
        guess = try Mixture(
            weights: start.weights,
            components: start.components.map {
                try Normal(
                    mean: ($0.mean - column.centre) / column.unit, variance: $0.variance / column.unit / column.unit)
            })
        // A component may shrink onto one value; then the last mixture before that will do.
        var best = guess
        var count = 0
        for step in try EM(data: column.values, start: guess, stop: .maximumSteps(10)) where step.row.t > 0 {
            guard step.row.logLikelihood.isFinite else { break }
            (best, count) = (step.row.mixture, step.row.t)
        }
        (better, rounds) = (best, count)
    }

    /// ℓ of both, in the units of the data.
    private var heights: [Double] { [guess, better].map { $0.logLikelihood(of: column.values) - logUnits } }

    private var logUnits: Double { Double(column.values.count) * log(column.unit) }

    func explain(in report: inout Report) throws {
        report.section("What we want")
        report.prose(
            #"""
            A model with parameters $\params$ gives a density to every set of numbers that might be observed. Now the numbers *are*
            observed, and the parameters are not known. So turn the question round: **under which parameters are the numbers that
            we have most probable?** As a function of the parameters, the density of the data is called the *likelihood*. The observations are
            taken to be independent, so it is a product with one factor for each; its logarithm, the *log-likelihood*, is a sum. This is
            what everything in this lesson tries to make large:
            """#)
        report.formula(
            #"""
            \loglik{\params} = \sumobs \nlog p(\obsvec{n} \pgiven \params)
            """#)
        report.prose(
            #"""
            *Why this?* It judges a model only by the density it gives the data. *Why the
            logarithm?* It peaks at the same place, a sum is easier to differentiate than a product, and a product of hundreds of
            densities soon lies outside of what a computer's numbers can hold. *As large as possible?* For one Gaussian, yes. For several with a covariance each
            there is no largest value: a Gaussian that shrinks onto a single point makes the log-likelihood as large as one likes ([lesson:10]). What we want
            then is a high summit on which no Gaussian has collapsed. Responsibilities, E-step, M-step: whatever comes below is a means to this one end.
            """#)
        report.define(#"\params"#, "parameters", "weights, means and covariances of all classes together")
        report.define(
            #"\loglik{\params}"#, "log-likelihood", "logarithm of the density of the observed data: what EM climbs")
        let values = heights
        let gain = values[1] - values[0]
        report.figure(
            try figure(report),
            caption: #"""
                The same \#(study.values.count) values twice, with two mixtures. \#(gain > 1e-6
                    ? #"Under the one at the right their density is $10^{\#(gain / log(10), .fixed(1))}$ times as large: the log-likelihood is larger by \#(gain, .fixed(2)), and to it each value adds the logarithm of the height of the curve above it."#
                    : "Both have the same log-likelihood: the guess cannot be improved by going on from it.")
                """#)
        report.check(
            "goal", value: .vector(values),
            again: .exact(
                .vector(try [guess, better].map(multiplied)),
                "multiplying the densities of all \(study.values.count) values in numbers with an unlimited exponent, for both mixtures",
                tolerance: study.rounding(of: values[0])))
    }

    /// The logarithm of the product of all densities, with nothing of the package's own.
    private func multiplied(_ mixture: Mixture<Normal>) throws -> Double {
        var product = ExtendedNumber(1)
        for x in column.values {
            product *= zip(mixture.weights, mixture.components).reduce(ExtendedNumber(0)) { sum, part in
                var joint = ExtendedNumber.exp(
                    logNormalDensity(x, mean: part.1.mean, variance: part.1.variance))
                joint *= ExtendedNumber(part.0)
                return sum + joint
            }
        }
        return product.logarithm - logUnits
    }

    private func figure(_ report: Report) throws -> Figure {
        let values = study.values
        let (low, high) = (values.min() ?? 0, values.max() ?? 1)
        let margin = 0.1 * (high - low)
        let ways = [
            ("A guess", guess, Color.vermillion),
            ("After \(rounds) \(rounds == 1 ? "round" : "rounds") of EM", better, Color.blue),
        ]
        let panels = try zip(ways, heights).map { way, height in
            Panel(
                title: try report.label(#"\#(way.0): $\loglik{\params} = \#(height, .fixed(1))$"#),
                x: Axis(Label(study.isOldFaithful ? "waiting time, minutes" : study.columnName)),
                y: Axis("density", includesZero: true),
                layers: [
                    .histogram(values, bins: study.bins, scale: .density),
                    .function(over: (low - margin)...(high + margin), style: LineStyle(way.2, width: 2.4)) {
                        way.1.density(at: ($0 - column.centre) / column.unit) / column.unit
                    },
                ], legend: .none)
        }
        return Figure(
            id: "goal", title: "Better parameters make the data more probable",
            subtitle: "Each value counts by the logarithm of the height of the curve above it",
            alt: report.words(
                #"""
                Two panels with the same histogram of \#(values.count) values and the density of a mixture. Left, a guess, with log-likelihood
                \#(heights[0], .fixed(1)); right, after \#(rounds) of EM's rounds, with \#(heights[1], .fixed(1)).
                """#),
            panels: panels, columns: 2, sharedX: true, sharedY: true, size: Size(width: 860, height: 380))
    }
}
