// Wrong: ignores the entries off the diagonal of the covariance.
// Scores: 3
// Fails: conditional-density, volume
// Told: off the diagonal of the covariance are ignored

import Foundation

/// Exercise 5: Bayes' rule in the plane.
public enum Exercise5 {
    /// The density of a point whose class is known, p(x | z = k): a Gaussian in the plane.
    public static func conditionalDensity(of point: [Double], mean: [Double], covariance: [[Double]]) -> Double {
        let a = covariance[0][0]
        let b = 0.0
        let c = covariance[1][1]
        let determinant = a * c - b * b
        let x = point[0] - mean[0]
        let y = point[1] - mean[1]
        let squaredDistance = (c * x * x - 2 * b * x * y + a * y * y) / determinant
        return exp(-squaredDistance / 2) / (2 * Double.pi * determinant.squareRoot())
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
            let joint = weights.indices.map { k in
                weights[k] * conditionalDensity(of: point, mean: means[k], covariance: covariances[k])
            }
            let total = joint.reduce(0, +)
            return joint.map { $0 / total }
        }
    }

    /// The best guess of each point's class, and the share of these guesses that will be wrong, as far as the responsibilities
    public static func decisions(responsibilities: [[Double]]) -> (classes: [Int], expectedErrors: Double) {
        var classes: [Int] = []
        var errors = 0.0
        for row in responsibilities {
            var best = 0
            for k in row.indices where row[k] > row[best] { best = k }
            classes.append(best)
            errors += 1 - row[best]
        }
        return (classes, errors / Double(responsibilities.count))
    }
}
