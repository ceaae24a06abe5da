import Figures
import Foundation
import LessonKit
import MixtureModels
import Notebook
import Verification

/// Section 6: weight and length; soft assignments.
struct InThePlane {
    let store: PetStore
    let mixture: Mixture<MultivariateNormal>
    /// Animals with their true species.
    let animals: [(latent: Int, observation: [Double])]
    let posteriors: [[Double]]
    /// Named animals: surely a cat, doubtful, and the same weight but longer.
    let named: [[Double]] = [[4, 45], [6, 50], [6, 56]]

    init(_ store: PetStore, seed: UInt64) throws {
        self.store = store
        let mixture = try store.planeMixture()
        self.mixture = mixture
        var generator = SeededGenerator(seed: seed).stream(2)
        animals = mixture.sample(count: 20_000, using: &generator)
        posteriors = try animals.map { try mixture.responsibilities(at: $0.observation) }
    }

    /// The distribution of the length of animals of a species that weigh 6 kg: that of one coordinate of a Gaussian given the other.
    private func lengths(_ k: Int) -> (mean: Double, deviation: Double) {
        let s = store.covariance(k)
        let slope = s[0][1] / s[0][0]
        return (store.lengths[k] + slope * (6 - store.means[k]), (s[1][1] - slope * s[0][1]).squareRoot())
    }

    func densities(at x: [Double]) -> [Double] {
        store.weights.indices.map {
            planeDensity(x, mean: [store.means[$0], store.lengths[$0]], covariance: store.covariance($0))
        }
    }

    func explain(in report: inout Report) throws {
        report.section("A second measurement")
        report.prose(
            #"""
            “To do better one must measure something else.” So the store measures the length as well. An observation is now a
            vector $\obsvec{n}$ of weight and length, a class is a Gaussian in the plane with mean $\meanvec{k}$ and covariance
            $\cov{k}$, and not a letter of Bayes' rule changes. (Weight and length are *not* independent within a species, so the ratio
            of the length's densities may not simply be multiplied in: the covariance is needed.) Means and variances of the
            weights are as before, and the lengths are new:
            """#)
        report.table(
            ["", #"mean $\meanvec{k}$"#, "variance of the weight", "variance of the length", "covariance of the two"],
            rows: store.species.indices.map { k in
                let s = store.covariance(k)
                return [
                    Prose(store.species[k]), "\([store.means[k], store.lengths[k]], .significant(3))",
                    "\(s[0][0], .significant(4))", "\(s[1][1], .significant(4))", "\(s[0][1], .significant(4))",
                ]
            },
            caption: #"""
                Weights in kg, lengths in cm. The two variances are the diagonal of $\cov{k}$; the covariance stands at both other places.
                """#)
        try report.folded("The joint density of a point and its class, written out") { try joint(in: &$0) }
        try gaussian(in: &report)
        try boundary(in: &report)
        try responsibilities(in: &report)
        try softAssignments(in: &report)
    }

    // MARK: Equations

    private func joint(in report: inout Report) throws {
        let values = named.map { x in mixture.logJoint(at: x).map { exp($0) } }
        let masses = try store.weights.indices.map { k in
            let (spread, lengthSpread) = (9 * store.deviations[k], 9 * store.lengthDeviations[k])
            return try TrapezoidalRule.integral(
                of: { exp(mixture.logJoint(at: [$0, $1])[k]) },
                over: (store.means[k] - spread)...(store.means[k] + spread),
                (store.lengths[k] - lengthSpread)...(store.lengths[k] + lengthSpread))
        }
        let s = store.covariance(2)
        let determinant = s[0][0] * s[1][1] - s[0][1] * s[1][0]
        let squared = mixture.components[2].factor.mahalanobisSquared(
            [named[1][0] - store.means[2], named[1][1] - store.lengths[2]])
        report.equation(
            "cs229.joint",
            formula: #"""
                p(\isclass{n}{k}, \obsvec{n}) = \frac{1}{(2 \pi)^{\dimension/2} \determinant{\cov{k}}^{1/2}}
                \exp\left( -\frac{1}{2} (\obsvec{n} - \meanvec{k})^{\top} \cov{k}^{-1} (\obsvec{n} - \meanvec{k}) \right)
                \weight{k}
                """#,
            numbers: #"""
                p(\text{dog}, \#(named[1], .significant(3))) = \frac{1}{2 \pi \sqrt{\#(determinant, .significant(5))}}
                \thinspace e^{-\#(squared, .significant(4)) / 2} \times \#(store.weights[2], .significant(3))
                = \#(values[1][2], .significant(4)), \qquad
                p(\text{cat}, \#(named[1], .significant(3))) = \#(values[1][1], .significant(4))
                """#,
            value: .matrix(values),
            again: .exact(
                .matrix(named.map { x in zip(store.weights, densities(at: x)).map { $0 * $1 } }),
                """
                the formula, with the inverse and the determinant of the 2 × 2 covariance written out; rows: the three animals, \
                columns: bird, cat, dog
                """),
            telling: .entry(1, 2, #"$p(\text{dog}, \#(named[1], .significant(3)))$"#),
            note: #"""
                Under the root is the determinant of the dogs' covariance,
                $\#(s[0][0], .significant(4)) \times \#(s[1][1], .significant(4)) - \#(s[0][1], .significant(4))^{2} = \#(determinant, .significant(5))$.
                The exponent holds the squared distance from the mean, measured in the class's own standard deviations and along its
                own axes (the *Mahalanobis* distance): \#(squared, .significant(4)) for this animal among dogs. (The slide prints
                $(2 \pi)^{m/2}$, though its data are vectors of $d$ numbers; both letters mean the dimension.)
                """#)
        report.check(
            "shares-are-left", value: .vector(masses),
            again: .exact(
                .vector(store.weights),
                """
                comparing what is left of the joint density, when weight and length are integrated away by quadrature on a grid in \
                the plane, with the shares
                """, tolerance: .quadrature))
    }

    private func gaussian(in report: inout Report) throws {
        let q = try named.map { try mixture.responsibilities(at: $0) }
        let derived = try named.map { try posteriorByDerivative(weights: store.weights, densities: densities(at: $0)) }
        let alone = try store.weightMixture().responsibilities(at: named[1][0])
        report.equation(
            "cs181.5",
            formula: #"""
                \resp{n}{k} = p(\isclass{n}{k} \mid \obsvec{n}) \propto
                \weight{k} \thinspace \normal{\obsvec{n}}{\meanvec{k}}{\cov{k}}
                """#,
            numbers: #"""
                \begin{aligned}
                \#(named[0], .significant(3))\text{:} & \quad \#(q[0], .fixed(4)) \cr
                \#(named[1], .significant(3))\text{:} & \quad \#(q[1], .fixed(4)) \cr
                \#(named[2], .significant(3))\text{:} & \quad \#(q[2], .fixed(4))
                \end{aligned}
                """#,
            value: .matrix(q),
            again: .difference(
                .matrix(derived),
                "differentiating the log density with respect to the shares, with the 2 × 2 inverse and determinant written out"
            ),
            telling: .entry(2, 2, "P(dog) at \(named[2], .significant(3))"),
            note: #"""
                The second and the third animal both weigh 6 kg. By weight alone each was a dog with probability
                \#(alone[2], .fixed(2)). Their lengths, \#(named[1][1], .significant(2)) and \#(named[2][1], .significant(2)) cm,
                move that to \#(q[1][2], .fixed(2)) and \#(q[2][2], .fixed(2)). Cats of 6 kg are \#(lengths(1).mean, .fixed(1)) ±
                \#(lengths(1).deviation, .fixed(1)) cm long (mean and standard deviation), and dogs of 6 kg \#(lengths(2).mean, .fixed(1)) ±
                \#(lengths(2).deviation, .fixed(1)) cm: the shorter animal is as a cat should be, and the longer one fits a dog better.
                """#)
    }

    private func responsibilities(in report: inout Report) throws {
        let shown = 5
        let r = Array(posteriors[0..<shown])
        // By the logarithms of the weights this time: a gradient of log-sum-exp.
        let derived = try (0..<shown).map { n in
            let densities = densities(at: animals[n].observation)
            return try CentralDifference.gradient(
                of: { logits in log(zip(logits, densities).reduce(0) { $0 + exp($1.0) * $1.1 }) },
                at: store.weights.map { log($0) })
        }
        // The animal in most doubt, for the formula with numbers.
        let doubtful = r.indices.min { (r[$0].max() ?? 0) < (r[$1].max() ?? 0) } ?? 0
        let best = r[doubtful].indices.max { r[doubtful][$0] < r[doubtful][$1] } ?? 0
        let joint = zip(store.weights, densities(at: animals[doubtful].observation)).map { $0 * $1 }
        report.prose(
            #"""
            **A data set.** The E-step does this for every observation, and keeps the results in a table with a row for each
            animal and a column for each class. Here are the first five of \#(animals.count) animals from the store:
            """#)
        report.table(
            [#"$\obsindex$"#, "weight", "length"] + store.species.map { Prose($0) } + ["truth"],
            rows: (0..<shown).map { n in
                let x = animals[n].observation
                return ["\(n + 1)", "\(x[0], .fixed(4)) kg", "\(x[1], .fixed(3)) cm"] + r[n].map { "\($0, .fixed(4))" }
                    + [Prose(store.species[animals[n].latent])]
            })
        report.equation(
            "cs229.responsibilities",
            formula: #"""
                \resp{n}{k} = p(\isclass{n}{k} \mid \obsvec{n} \cgiven \weights, \meanvec{}, \cov{})
                = \frac{\weight{k} \thinspace \normal{\obsvec{n}}{\meanvec{k}}{\cov{k}}}
                {\sum_{\otherindex} \weight{j} \thinspace \normal{\obsvec{n}}{\meanvec{j}}{\cov{j}}}
                """#,
            numbers: #"""
                \resp{\#(doubtful + 1)}{\#(best + 1)} = \frac{\#(joint[best], .significant(4))}{\#(joint.reduce(0, +), .significant(4))}
                = \#(r[doubtful][best], .fixed(4))
                """#,
            value: .matrix(r),
            again: .difference(
                .matrix(derived),
                "the gradient of the log density with respect to the logarithms of the weights, by central differences"),
            telling: .entry(doubtful, best, #"$\resp{\#(doubtful + 1)}{\#(best + 1)}$"#),
            note: """
                The slide leaves the right-hand side blank. Each row sums to 1. The sum of a column is the number of animals that the
                class is held responsible for; that will be the first thing that the M-step asks for.
                """)
    }
}
