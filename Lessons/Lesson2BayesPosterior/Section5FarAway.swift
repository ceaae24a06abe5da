import Foundation
import LessonKit
import MixtureModels
import Notebook

/// Section 5: 0/0. What happens to Bayes' rule in floating point, far away from all classes.
struct FarAway {
    /// Two suppliers of collars: one gram is the standard deviation of both.
    private let weights = [0.3, 0.7]
    /// How much the collar is nearer to the second supplier's mean, in grams.
    private let lean = 0.01
    /// Distances from the collar to the point halfway between the means, in standard deviations.
    private let distances: [Double] = [5, 20, 30, 38, 38.5, 40, 100, 1000]

    func explain(in report: inout Report) throws {
        report.section("Zero over zero")
        report.prose(
            #"""
            On paper we are done. In a computer there is a trap for everybody who programs Bayes' rule as it is written. Two
            suppliers make dog collars, both with a standard deviation of 1 gram; a share of
            \#(weights[0], .significant(2)) comes from the first and \#(weights[1], .significant(2)) from the second. A collar
            turns up that lies just about halfway between the two means (\#(lean, .significant(2)) g on the side of the second).
            Who made it? The commoner supplier, one would say, and a little more so because it is also the nearer one. Let us move the
            two means apart, and see what Bayes' rule makes of it.
            """#)
        report.predict(
            """
            The means are 80 standard deviations apart. What does a program print that computes the responsibility of the second supplier as
            Bayes' rule is written: share times density over the sum?
            """,
            answer: #"""
                \#(try row(distance: 40).cells[2]): both densities are too small for the computer's numbers. The exact answer is
                \#(exact(distance: 40), .fixed(4)).
                """#)
        // A standard normal density at a random place has the mean logarithm -½ ln 2π - ½.
        let perMeasurement = -0.5 * log(2 * Double.pi) - 0.5
        let measurementsToUnderflow = Int((log(Double.leastNonzeroMagnitude) / perMeasurement).rounded(.up))
        let rows = try distances.map { try row(distance: $0) }
        report.table(
            [
                "distance to each mean, in standard deviations", "the densities, as the computer sees them",
                "Bayes' rule, as on paper", "through logarithms", "exact",
            ],
            rows: rows.map(\.cells),
            caption: #"""
                The last three columns give the responsibility of the second supplier. The largest difference between the last two is
                \#(rows.map(\.difference).max() ?? .nan, .bound).
                """#)
        report.prose(
            #"""
            The smallest positive number that a computer can hold in double precision is about $5 \times 10^{-324}$. At
            38.6 standard deviations the density of a Gaussian falls below it, and is *rounded to zero*: for both suppliers. The
            rule then says 0/0. Shortly before, the densities have only a few digits left, and the result
            is merely wrong, which is worse, because nobody notices. And one need not go 40 standard deviations out to meet the
            limit. A product of many densities underflows, too, though none of them is small: of standard normal densities at
            ordinary places, about \#(measurementsToUnderflow) multiply to less than the computer can hold.

            The remedy is to stay with logarithms until the end. The log of a density is harmless at any distance
            (\#(-0.5 * 40 * 40, .significant(3)) at 40 standard deviations, up to a constant), and the posterior depends only on
            *differences* of logs. So take the largest log out first (this is called *log-sum-exp*); then the largest term is $e^{0} = 1$, the sum is at least 1, and
            a term that still underflows is one that truly does not matter:
            """#)
        report.formula(
            #"""
            \nlog \sumclasses e^{a_{\classindex}} = m + \nlog \sumclasses e^{a_{\classindex} - m}, \quad m = \max_{\classindex} \thinspace a_{\classindex},
            \qquad a_{\classindex} = \nlog \weight{k} + \nlog p(\obs{n} \mid \isclass{n}{k})
            """#)
        box(in: &report)
        try report.code(
            "public func logSumExp(_ terms: [Double])", in: "Sources/MixtureModels/SpecialFunctions.swift",
            caption: "The log density of every mixture in this course is computed by this function:")
        report.folded("How we know the last column, where nothing can be computed naively") {
            $0.prose(
                #"""
                With equal
                variances the quadratic terms of the log odds cancel on paper, and the posterior is a logistic function of the distance from
                the middle: its exponent is the log odds of the weights, plus distance between the means times
                \#(lean, .significant(2)). It never sees a small number.
                """#)
        }
        report.exercise(
            #"""
            Somebody mends the naive program by adding $10^{-300}$ to every density, “so that the denominator is never zero”.
            What does the table's row for 100 standard deviations become?
            """#,
            answer: #"""
                Both densities become $10^{-300}$, and the responsibility is that of the weights alone,
                \#(weights[1], .significant(2)): a plausible number, and wrong, since the exact one is
                \#(exact(distance: 100), .fixed(4)). At 1000 standard deviations it is \#(weights[1], .significant(2)) where nearly
                1 is due. An honest 0/0 would have been better.
                """#)
    }

    private func box(in report: inout Report) {
        report.box("Responsibilities, as a program computes them") { box in
            box.prose("For each class the log of share times density; from all of them the largest is subtracted:")
            box.formula(
                #"""
                a_{\classindex} = \nlog \weight{k} + \nlog p(\obs{n} \mid \isclass{n}{k}), \qquad m = \max_{\classindex} \thinspace a_{\classindex},
                \qquad \resp{n}{k} = \frac{e^{a_{\classindex} - m}}{\sum_{\otherindex} e^{a_{\otherindex} - m}}
                """#)
            box.prose(
                #"""
                Each observation's responsibilities sum to 1; the log density of the observation comes with them:
                $\nlog p(\obs{n}) = m + \nlog \sum_{\otherindex} e^{a_{\otherindex} - m}$.
                """#)
        }
    }

    /// The logistic function of the log odds: ln(π_2/π_1) + (μ_2 - μ_1) · lean / σ².
    private func exact(distance: Double) -> Double {
        1 / (1 + exp(-(log(weights[1] / weights[0]) + 2 * distance * lean)))
    }

    private func row(distance: Double) throws -> (cells: [Prose], difference: Double) {
        let means = [-distance, distance]
        let densities = means.map { normalDensity(lean, mean: $0, deviation: 1) }
        let sum = weights[0] * densities[0] + weights[1] * densities[1]
        let naive: Prose = sum == 0 ? "**0/0**" : "\(weights[1] * densities[1] / sum, .fixed(4))"
        let mixture = try Mixture(weights: weights, components: means.map { try Normal(mean: $0, variance: 1) })
        let ours = try mixture.responsibilities(at: lean)[1]
        let exact = exact(distance: distance)
        let cells: [Prose] = [
            "\(distance, .significant(4))",
            "\(densities[0], .significant(2)) and \(densities[1], .significant(2))", naive, "\(ours, .fixed(4))",
            "\(exact, .fixed(4))",
        ]
        return (cells, abs(ours - exact))
    }
}
