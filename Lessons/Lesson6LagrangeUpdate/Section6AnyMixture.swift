import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 6: the same multiplier for every kind of component.
struct AnyMixture {
    private let survey: Survey
    private let likelihood: WeightLikelihood
    private let sets: [HeadCount]
    private let coins: Mixture<Binomial>

    init(_ survey: Survey, _ likelihood: WeightLikelihood, seed: UInt64) throws {
        self.survey = survey
        self.likelihood = likelihood
        func mixture(_ weights: [Double], _ heads: [Double]) throws -> Mixture<Binomial> {
            try Mixture(weights: weights, components: heads.map { try Binomial(trials: 10, probability: $0) })
        }
        var generator = SeededGenerator(seed: seed).stream(4)
        sets = try mixture([0.4, 0.6], [0.3, 0.8]).sample(count: 150, using: &generator).map(\.observation)
        coins = try mixture([0.5, 0.5], [0.4, 0.6])
    }

    func explain(in report: inout Report) throws {
        let rows: [(name: Prose, counts: [Double], measured: Double)] = [
            (
                "three Gaussians", try effectiveCounts(likelihood.fit.mixture, data: likelihood.numbers),
                try measured(likelihood.table, likelihood.fit.mixture.weights)
            ),
            (
                "two coins, 150 sets of ten flips", try effectiveCounts(coins, data: sets),
                try measured(coinDensities(), coins.weights)
            ),
            (
                "three Bernoulli vectors", try effectiveCounts(survey.guess, data: survey.answers),
                try measured(survey.densities(), survey.guess.weights)
            ),
        ]
        report.section("One multiplier for every mixture")
        report.prose(
            #"""
            Nothing in the argument looked at the components. They come in through the responsibilities, and of these only the sums
            $\effcount{k}$ are left, which add up to the number of observations because the shares of each observation add up to 1. So the
            price of weight is the same for Gaussians, for coins and for questionnaires: **one unit of log-likelihood per
            observation**. Here it is measured three times, without using that sum: as the rate at which the maximum of $\Qname$ rises with
            the sum that the weights may have.
            """#)
        report.box("The weights of any mixture") { box in
            box.prose(#"Maximise over the weights, whose sum has to be 1; the responsibilities are fixed:"#)
            box.formula(
                #"""
                \sumclasses \effcount{k} \nlog \weight{k} + \lambda \left( \sumclasses \weight{k} - 1 \right), \qquad
                \effcount{k} = \sumobs \resp{n}{k}
                """#)
            box.prose("Set the derivative to zero, multiply by the weight, and add up over all classes:")
            box.formula(
                #"""
                \frac{\effcount{k}}{\weight{k}} + \lambda = 0 \quad \Rightarrow \quad
                \lambda = -\sumclasses \effcount{k} = -\obscount, \qquad \weight{k} = \frac{\effcount{k}}{\obscount}
                """#)
            box.prose(
                """
                The sum of logarithms is concave, so this is the maximum. The components do not matter: for Gaussians, coins and questionnaires
                alike the multiplier is minus the number of observations.
                """)
        }
        report.table(
            ["mixture", #"$\effcount{k}$"#, "their sum", #"$-\lambda$, measured"#],
            rows: rows.map { row in
                [
                    row.name, "\(row.counts, .fixed(2))", "\(row.counts.reduce(0, +), .significant(6))",
                    "\(-row.measured, .fixed(3))",
                ]
            }, caption: "The multiplier of the weights in one M-step of three kinds of mixtures.")
        try report.folded("The function that counted all three") {
            try $0.code(
                "func effectiveCounts<C: Component>", in: "Lessons/Lesson6LagrangeUpdate/ConstrainedMaximum.swift",
                caption: "`C` is a normal distribution, a coin, or a vector of answers:")
        }
        report.exercise(
            #"""
            Where do the means and variances have *their* multipliers?
            """#,
            answer: #"""
                They have none, since they have no constraint that is felt: a mean may be any number, and the best variance is
                positive by itself. The probabilities of heads and tails of one coin have one, as section 2 shows. One needs a multiplier
                wherever several numbers have to share a fixed amount.
                """#)
        report.exercise(
            #"""
            With a Dirichlet prior on the weights, $\sumclasses (\alpha_{\classindex} - 1) \nlog \weight{k}$ is added to $\Qname$.
            What are the multiplier and the weights?
            """#,
            answer: #"""
                The $\alpha_{\classindex}$ are the parameters of the prior, here at least 1. Each kind seems to have $\alpha_{\classindex} - 1$ more observations: $\weight{k}$ is proportional to
                $\effcount{k} + \alpha_{\classindex} - 1$, and
                $-\lambda = \obscount + \sumclasses (\alpha_{\classindex} - 1)$. The price is again the number of observations,
                with the imagined ones counted.
                """#)
    }

    /// λ by how fast the maximum of Q rises with the sum of the weights.
    private func measured(_ table: DensityTable, _ weights: [Double]) throws -> Double {
        try constrainedMaximum(of: { table.expectedLogLikelihood($0, posteriorsUnder: weights) }, from: weights)
            .multiplier
    }

    /// p_k(x) of every set but for the binomial coefficient, which is common to both coins.
    private func coinDensities() throws -> DensityTable {
        try DensityTable(
            sets.map { set in
                coins.components.map { coin in
                    (0..<set.flips).reduce(1) { $0 * ($1 < set.heads ? coin.probability : 1 - coin.probability) }
                }
            })
    }
}
