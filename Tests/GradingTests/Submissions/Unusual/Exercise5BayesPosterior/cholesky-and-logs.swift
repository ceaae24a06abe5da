// Unusual: solves with a Cholesky factor and stays in logarithms to the end.
// Scores: 6

import Foundation

/// Exercise 5: Bayes' rule in the plane.
public enum Exercise5 {
    /// The density of a point whose class is known, p(x | z = k): a Gaussian in the plane.
    public static func conditionalDensity(of point: [Double], mean: [Double], covariance: [[Double]]) -> Double {
        let l11 = covariance[0][0].squareRoot()
        let l21 = covariance[1][0] / l11
        let l22 = (covariance[1][1] - l21 * l21).squareRoot()
        let u = (point[0] - mean[0]) / l11
        let v = (point[1] - mean[1] - l21 * u) / l22
        return exp(-0.5 * (u * u + v * v) - log(2 * Double.pi) - log(l11) - log(l22))
    }

    /// The density of a point whose class is not known, p(x).
    public static func marginalDensity(
        of point: [Double], weights: [Double], means: [[Double]], covariances: [[[Double]]]
    ) -> Double {
        weights.indices.reduce(0) { sum, k in
            sum + weights[k] * conditionalDensity(of: point, mean: means[k], covariance: covariances[k])
        }
    }

    /// The posterior probabilities of the classes, r_ik = p(z = k | x^i): the responsibilities (γ_nk in our lessons).
    public static func responsibilities(
        points: [[Double]], weights: [Double], means: [[Double]], covariances: [[[Double]]]
    ) -> [[Double]] {
        points.map { point in
            let p = marginalDensity(of: point, weights: weights, means: means, covariances: covariances)
            return weights.indices.map { k in
                exp(
                    log(weights[k]) + log(conditionalDensity(of: point, mean: means[k], covariance: covariances[k]))
                        - log(p))
            }
        }
    }

    /// The best guess of each point's class, and the share of these guesses that will be wrong, as far as the responsibilities
    public static func decisions(responsibilities: [[Double]]) -> (classes: [Int], expectedErrors: Double) {
        let best = responsibilities.map { row in
            row.enumerated().max { $0.element < $1.element } ?? (offset: 0, element: 0)
        }
        let right = best.map(\.element).reduce(0, +)
        return (best.map(\.offset), (Double(best.count) - right) / Double(best.count))
    }
}
