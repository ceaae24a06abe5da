// Wrong: computes the mean of squares minus the square of the mean.
// Scores: 8
// Fails: far-from-zero
// Told: most digits are lost

import Foundation

/// Exercise 7: the M-step of a Gaussian mixture.
public enum Exercise7 {
    /// The M-step in D dimensions, with full covariances.
    public static func update(
        points: [[Double]], responsibilities: [[Double]], means: [[Double]]
    ) -> (weights: [Double], means: [[Double]], covariances: [[[Double]]]) {
        let dimensions = points.first?.count ?? 0
        var result: (weights: [Double], means: [[Double]], covariances: [[[Double]]]) = ([], [], [])
        for k in means.indices {
            let count = responsibilities.reduce(0) { $0 + $1[k] }
            func average(_ f: ([Double]) -> Double) -> Double {
                zip(points, responsibilities).reduce(0) { $0 + $1.1[k] * f($1.0) } / count
            }
            let mean = (0..<dimensions).map { d in average { $0[d] } }
            let covariance = (0..<dimensions).map { i in
                (0..<dimensions).map { j in average { $0[i] * $0[j] } - mean[i] * mean[j] }
            }
            result.weights.append(count / Double(points.count))
            result.means.append(mean)
            result.covariances.append(covariance)
        }
        return result
    }

    /// The M-step for two Gaussians in one dimension, as on STAT 215A's slides: both means and both variances.
    public static func updateInOneDimension(
        values: [Double], responsibilities: [[Double]]
    ) -> (means: [Double], variances: [Double]) {
        var means: [Double] = []
        var variances: [Double] = []
        for k in 0..<2 {
            let count = responsibilities.reduce(0) { $0 + $1[k] }
            let mean = zip(values, responsibilities).reduce(0) { $0 + $1.1[k] * $1.0 } / count
            let scatter = zip(values, responsibilities).reduce(0) { $0 + $1.1[k] * ($1.0 - mean) * ($1.0 - mean) }
            means.append(mean)
            variances.append(scatter / count)
        }
        return (means, variances)
    }
}
