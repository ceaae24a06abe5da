import Foundation
import LessonKit
import MixtureModels
import Notebook
import Verification

/// Section 3: cats and dogs only, in the form in which STAT 215A writes them; and which estimates the E-step uses.
struct TwoClasses {
    private let weight: Double
    private let means: [Double]
    private let deviations: [Double]
    private let mixture: Mixture<Normal>
    private let named = [4.2, 6, 9]
    private let seed: UInt64

    init(_ store: PetStore, seed: UInt64) throws {
        self.seed = seed
        weight = store.weights[1] / (store.weights[1] + store.weights[2])
        means = Array(store.means.dropFirst())
        deviations = Array(store.deviations.dropFirst())
        mixture = try Mixture(
            weights: [weight, 1 - weight],
            components: zip(means, deviations).map { try Normal(mean: $0, variance: $1 * $1) })
    }

    private var weights: [Double] { [weight, 1 - weight] }

    func explain(in report: inout Report) throws {
        report.section("Two classes by hand")
        report.prose(
            #"""
            With two classes everything can be written out by cases, as STAT 215A does. Leave the birds aside: of the remaining animals
            a share of $\weight{1} = \#(weight, .significant(3))$ are cats, and $\weight{2} = \#(1 - weight, .significant(3))$
            are dogs.
            """#)
        try report.folded("Both cases, and the E-step, in the form of STAT 215A") {
            try joint(in: &$0)
            try eStep(in: &$0)
        }
        try superscripts(in: &report)
    }

    private func joint(in report: inout Report) throws {
        let ours = named.map { mixture.logJoint(at: $0) }
        let table = named.map { x in
            [0, 1].map { log(weights[$0] * normalDensity(x, mean: means[$0], deviation: deviations[$0])) }
        }
        let x = named[1]
        report.equation(
            "stat215a.joint",
            formula: #"""
                \nlog p(\obs{n}, \latentvec{n}) = \begin{cases}
                -\frac{1}{2} \nlog 2\pi - \nlog \sd{1} - \frac{(\obs{n} - \mean{1})^{2}}{2 \variance{1}} + \nlog \weight{1}
                & \text{if } \isclass{n}{1} \cr
                -\frac{1}{2} \nlog 2\pi - \nlog \sd{2} - \frac{(\obs{n} - \mean{2})^{2}}{2 \variance{2}} + \nlog \weight{2}
                & \text{if } \isclass{n}{2} \end{cases}
                """#,
            numbers: #"""
                \begin{aligned}
                \text{\#(x, .significant(2)) kg, cat:} & \quad \#(-0.5 * log(2 * Double.pi), .fixed(4))
                \#(signed(-log(deviations[0]))) \#(signed(-square((x - means[0]) / deviations[0]) / 2)) \#(signed(log(weight)))
                = \#(ours[1][0], .fixed(4)) \cr
                \text{\#(x, .significant(2)) kg, dog:} & \quad \#(-0.5 * log(2 * Double.pi), .fixed(4))
                \#(signed(-log(deviations[1]))) \#(signed(-square((x - means[1]) / deviations[1]) / 2))
                \#(signed(log(1 - weight))) = \#(ours[1][1], .fixed(4))
                \end{aligned}
                """#,
            value: .matrix(ours),
            again: .exact(
                .matrix(table),
                """
                the logarithm of the joint table: share times density, multiplied out first; rows: \
                \(named.map { NumberFormat.significant(2).string($0) }.joined(separator: ", ")) kg
                """),
            telling: .entry(1, 1, "log joint density of a dog of \(x, .significant(2)) kg"),
            note: #"""
                Four terms for each case: a constant, the width of the class, the distance in standard deviations, the prior. The
                larger of the two decides, and the exponential of their difference, \#(exp(ours[1][1] - ours[1][0]), .fixed(4)), is
                the odds of dog against cat.
                """#)
    }

    private func eStep(in report: inout Report) throws {
        let z = named.map { posterior(at: $0, means: means, deviations: deviations) }
        let derived = try named.map { x in
            try posteriorByDerivative(
                weights: weights, densities: mixture.components.map { exp($0.logDensity(at: x)) })
        }
        let x = named[1]
        let scores = [0, 1].map { (x - means[$0]) / deviations[$0] }
        report.equation(
            "stat215a.e-step",
            formula: #"""
                \resp{n}{k} = p(\isclass{n}{k} \mid \obs{n} \cgiven \paramsat{t})
                = \frac{\weight{k}^{(t)} \thinspace
                \phi\left( \frac{\obs{n} - \mean{k}^{(t)}}{\sd{k}^{(t)}} \right) / \sd{k}^{(t)}}
                {\sum_{\otherindex=1}^{2} \weight{j}^{(t)} \thinspace
                \phi\left( \frac{\obs{n} - \mean{j}^{(t)}}{\sd{j}^{(t)}} \right) / \sd{j}^{(t)}}
                """#,
            numbers: #"""
                \text{\#(x, .significant(2)) kg, dog:} \quad
                \frac{\#(1 - weight, .significant(3)) \times \phi(\#(scores[1], .significant(4))) / \#(deviations[1], .significant(3))}
                {\#(weight, .significant(3)) \times \phi(\#(scores[0], .significant(4))) / \#(deviations[0], .significant(3))
                + \#(1 - weight, .significant(3)) \times \phi(\#(scores[1], .significant(4))) / \#(deviations[1], .significant(3))}
                = \#(z[1][1], .fixed(4))
                """#,
            value: .matrix(z),
            again: .difference(
                .matrix(derived),
                "differentiating the log density with respect to the weights, with the package's densities; rows as above"
            ),
            telling: .entry(1, 1, "P(dog) at \(x, .significant(2)) kg"),
            note: #"""
                $\phi$ is the density of the *standard* normal. Do not forget to divide it by $\sd{k}$: without
                that, the wide class would be favoured \#(deviations[1] / deviations[0], .significant(4)) times too much, and
                the dog would get \#(withoutWidth(at: x), .fixed(4)). The superscripts say that *all* parameters are those of
                $\paramsat{t}$; here they are the true ones.
                """#)
    }

    /// π_j φ((x - μ_j)/σ_j)/σ_j, normalised: written as on the slide.
    private func posterior(at x: Double, means: [Double], deviations: [Double], weights: [Double]? = nil) -> [Double] {
        let weights = weights ?? self.weights
        let terms = weights.indices.map { j in
            weights[j] * exp(-square((x - means[j]) / deviations[j]) / 2) / (2 * Double.pi).squareRoot() / deviations[j]
        }
        return terms.map { $0 / terms.reduce(0, +) }
    }

    private func withoutWidth(at x: Double) -> Double {
        let terms = [0, 1].map { weights[$0] * exp(-square((x - means[$0]) / deviations[$0]) / 2) }
        return terms[1] / (terms[0] + terms[1])
    }

    // MARK: Old or new estimates

    private func superscripts(in report: inout Report) throws {
        var generator = SeededGenerator(seed: seed).stream(0)
        let data = mixture.sample(count: 60, using: &generator).map(\.observation)
        let guess = try Mixture(
            weights: [0.5, 0.5], components: [Normal(mean: 3, variance: 4), Normal(mean: 8, variance: 4)])
        let fit = try EM(data: data, start: guess, stop: .maximumSteps(1)).fit()
        let (x, new) = (named[1], fit.mixture.components)
        let old = posterior(
            at: x, means: guess.components.map(\.mean), deviations: guess.components.map(\.standardDeviation),
            weights: guess.weights)
        let mixed = posterior(
            at: x, means: new.map(\.mean), deviations: new.map(\.standardDeviation), weights: guess.weights)
        report.prose(
            #"""
            **Which parameters?** Here we know the true ones. In EM there are only estimates, $\paramsat{t}$, and an M-step will turn
            them into better ones, $\paramsat{t+1}$. The E-step takes *all* its parameters from $\paramsat{t}$. For a
            try we draw \#(data.count) cats and dogs, guess means of \#(guess.components[0].mean, .significant(2)) and
            \#(guess.components[1].mean, .significant(2)) kg, equal shares, and a standard deviation of
            \#(guess.components[0].standardDeviation, .significant(2)) kg for both; one round of EM moves the means to
            \#(new.map(\.mean), .fixed(2)) and the standard deviations to \#(new.map(\.standardDeviation), .fixed(2)).
            """#)
        report.erratum(
            "errata.stat215a.superscripts",
            printed: #"""
                $Z_{i,j}^{(t)}$ with $\pi_{j}^{(t)}$, but with $\mu_{j}$ and $\sigma_{j}$ without a superscript
                """#,
            corrected: #"""
                $\mu_{j}^{(t)}$ and $\sigma_{j}^{(t)}$: the current estimates, like the weights. (Without it one may read the unknown
                that the M-step is about to solve for)
                """#,
            shown: #"""
                for \#(x, .significant(2)) kg and the guess above, $Z_{i,2}^{(0)} = \#(old[1], .fixed(4))$. With the old weights and
                the *new* means and standard deviations it would be \#(mixed[1], .fixed(4))
                """#)
    }

    private func square(_ x: Double) -> Double { x * x }

    /// A term of a sum, with its sign.
    private func signed(_ x: Double) -> TeX { x < 0 ? "- \(-x, .fixed(4))" : "+ \(x, .fixed(4))" }
}
