// Unusual: subtracts the first point from all, and then the square of the mean from the mean of squares.
// Scores: 9

import Foundation

/// Exercise 7: the M-step of a Gaussian mixture.
public enum Exercise7 {
    /// The M-step in D dimensions, with full covariances.
    public static func update(
        points: [[Double]], responsibilities: [[Double]], means: [[Double]]
    ) -> (weights: [Double], means: [[Double]], covariances: [[[Double]]]) {
        let origin = points[0]
        let moved = points.map { point in zip(point, origin).map { $0 - $1 } }
        let gammas = means.indices.map { k in responsibilities.map { $0[k] } }
        let counts = gammas.map { $0.reduce(0, +) }
        func average(_ k: Int, _ f: ([Double]) -> Double) -> Double {
            zip(gammas[k], moved).reduce(0) { $0 + $1.0 * f($1.1) } / counts[k]
        }
        let centres = means.indices.map { k in origin.indices.map { d in average(k) { $0[d] } } }
        let covariances = means.indices.map { k in
            origin.indices.map { i in
                origin.indices.map { j in average(k) { $0[i] * $0[j] } - centres[k][i] * centres[k][j] }
            }
        }
        return (
            counts.map { $0 / Double(points.count) }, centres.map { zip($0, origin).map { $0 + $1 } }, covariances
        )
    }

    /// The M-step for two Gaussians in one dimension, as on STAT 215A's slides: both means and both variances.
    public static func updateInOneDimension(
        values: [Double], responsibilities: [[Double]]
    ) -> (means: [Double], variances: [Double]) {
        let counts = [0, 1].map { k in responsibilities.map { $0[k] }.reduce(0, +) }
        let means = [0, 1].map { k in
            values[0] + zip(values, responsibilities).reduce(0) { $0 + $1.1[k] * ($1.0 - values[0]) } / counts[k]
        }
        // Half the mean squared distance of all pairs.
        let variances = [0, 1].map { k in
            var sum = 0.0
            for (a, p) in zip(values, responsibilities) {
                for (b, q) in zip(values, responsibilities) { sum += p[k] * q[k] * (a - b) * (a - b) }
            }
            return sum / (2 * counts[k] * counts[k])
        }
        return (means, variances)
    }
}
