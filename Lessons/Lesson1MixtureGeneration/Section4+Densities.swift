import Figures
import LessonKit
import Foundation
import MixtureModels
import Notebook
import Verification

// The density of an animal, and its pieces.

extension TwoMeasurements {
    func components(in report: inout Report) throws {
        let rows = named.map { animal in
            let parts = mixture.logJoint(at: animal.x).map { exp($0) }
            return parts + [parts.reduce(0, +)]
        }
        let weights = named.map { $0.x[0] }
        let integrated = try weights.map { weight in
            try AdaptiveSimpson.integral(of: { mixture.density(at: [weight, $0]) }, over: -50...200, panels: 100)
        }
        let alone = try store.weightMixture()
        let last = rows[2]
        let kilograms = weights.map { NumberFormat.significant(2).string($0) }
        report.equation(
            "cs229.components",
            formula: #"""
                p(\obsvec{n} \mid \weights, \meanvec{}, \cov{}) = \sumclasses \weight{k} \thinspace
                \normal{\obsvec{n}}{\meanvec{k}}{\cov{k}}
                """#,
            numbers: #"""
                p\#(named[2].x, .significant(3)) = \#(last[0], .significant(3)) + \#(last[1], .significant(4))
                + \#(last[2], .significant(4)) = \#(last[3], .significant(4)), \qquad
                p\#(named[1].x, .significant(3)) = \#(rows[1][3], .significant(4)), \quad
                p\#(named[0].x, .significant(3)) = \#(rows[0][3], .significant(4))
                """#,
            value: .matrix(rows),
            again: .exact(
                .matrix(named.map { chained(at: $0.x) }),
                """
                the chain rule: the share of each species, times the density of the weight, times that of the length once the \
                weight is known; columns: bird, cat, dog, and their sum
                """),
            telling: .entry(2, 3, #"$p\#(named[2].x, .significant(3))$"#),
            note: #"""
                Summing a species away and
                integrating a length away are the same step, once for a discrete and once for a continuous variable: both are
                called *marginalising*, and what remains is a *marginal* density.
                """#)
        report.check(
            "marginal-of-the-weight", value: .vector(integrated),
            again: .exact(
                .vector(weights.map { alone.density(at: $0) }),
                """
                comparing what is left when the length is integrated away, by quadrature at \(kilograms[0]), \(kilograms[1]) and \
                \(kilograms[2]) kg, with the density of the weight alone, from the section before
                """, tolerance: .quadrature))
    }

    /// The joint density with each species, and their sum, by the chain rule: p(k) p(weight | k) p(length | weight, k), where the
    /// last two are densities of one variable. The covariance as a matrix does not occur.
    private func chained(at x: [Double]) -> [Double] {
        let parts = store.weights.indices.map { k in
            let (deviation, correlation) = (store.lengthDeviations[k], store.correlations[k])
            let expected = store.lengths[k] + correlation * deviation * (x[0] - store.means[k]) / store.deviations[k]
            let left = deviation * (1 - correlation * correlation).squareRoot()
            return store.weights[k] * normalDensity(x[0], mean: store.means[k], deviation: store.deviations[k])
                * normalDensity(x[1], mean: expected, deviation: left)
        }
        return parts + [parts.reduce(0, +)]
    }

    func conditional(in report: inout Report) throws {
        let other = try Mixture(weights: [0.6, 0.3, 0.1], components: mixture.components)
        func conditionals(_ mixture: Mixture<MultivariateNormal>) -> [[Double]] {
            named.map { animal in
                zip(mixture.logJoint(at: animal.x), mixture.weights).map { exp($0 - log($1)) }
            }
        }
        let values = conditionals(mixture)
        let change = zip(values.joined(), conditionals(other).joined()).map { abs($0 - $1) }.max() ?? .nan
        let masses = try store.weights.indices.map { k in
            let (spread, lengthSpread) = (9 * store.deviations[k], 9 * store.lengthDeviations[k])
            return try TrapezoidalRule.integral(
                of: { exp(mixture.components[k].logDensity(at: [$0, $1])) },
                over: (store.means[k] - spread)...(store.means[k] + spread),
                (store.lengths[k] - lengthSpread)...(store.lengths[k] + lengthSpread))
        }
        let doubtful = values[2]
        report.equation(
            "cs229.blank-conditional",
            formula: #"""
                p(\obsvec{n} \mid \isclass{n}{k} \cgiven \weights, \meanvec{}, \cov{})
                = \normal{\obsvec{n}}{\meanvec{k}}{\cov{k}}
                = \frac{\exp\left( -\frac{1}{2} (\obsvec{n} - \meanvec{k})^{\top} \cov{k}^{-1}
                (\obsvec{n} - \meanvec{k}) \right)}{(2 \pi)^{\dimension/2} \determinant{\cov{k}}^{1/2}}
                """#,
            numbers: #"""
                p(\#(named[2].x, .significant(3)) \mid \text{bird}) = \#(doubtful[0], .significant(3)), \quad
                p(\#(named[2].x, .significant(3)) \mid \text{cat}) = \#(doubtful[1], .significant(4)), \quad
                p(\#(named[2].x, .significant(3)) \mid \text{dog}) = \#(doubtful[2], .significant(4))
                """#,
            value: .matrix(values),
            again: .exact(
                .matrix(
                    named.map { animal in
                        store.weights.indices.map {
                            planeDensity(
                                animal.x, mean: [store.means[$0], store.lengths[$0]], covariance: store.covariance($0))
                        }
                    }),
                """
                the formula, with the inverse and the determinant of the 2 × 2 covariance written out; rows: a bird, a cat, and \
                one that may be a cat or a dog
                """),
            telling: .entry(2, 2, #"$p(\#(named[2].x, .significant(3)) \mid \text{dog})$"#),
            note: #"""
                The slide leaves this line blank, for the reader to fill in. The point of it is what does *not* appear on the
                right: once the species is known, its share $\weight{k}$ no longer matters.
                """#,
            details: #"""
                We computed the values as joint
                density over share, with the store's shares and again with the shares (0.6, 0.3, 0.1); the largest change is
                \#(change, .bound).
                """#)
        report.check(
            "volumes-of-conditionals", value: .vector(masses),
            again: .exact(
                [1, 1, 1],
                """
                comparing the volumes under the three conditional densities, by quadrature on a grid in the plane, with 1
                """, tolerance: .quadrature))
    }
}
