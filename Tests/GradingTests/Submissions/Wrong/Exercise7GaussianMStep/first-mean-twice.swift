// Wrong: uses the first mean in both variances.
// Scores: 8
// Fails: one-dimension
// Told: the second uses the mean of the first

import Foundation

/// Exercise 7: the M-step of a Gaussian mixture.
public enum Exercise7 {
    /// The M-step in D dimensions, with full covariances.
    public static func update(
        points: [[Double]], responsibilities: [[Double]], means: [[Double]]
    ) -> (weights: [Double], means: [[Double]], covariances: [[[Double]]]) {
        let dimensions = points.first?.count ?? 0
        var weights: [Double] = []
        var newMeans: [[Double]] = []
        var covariances: [[[Double]]] = []
        for k in means.indices {
            var count = 0.0
            var mean = Array(repeating: 0.0, count: dimensions)
            for (point, row) in zip(points, responsibilities) {
                count += row[k]
                for d in 0..<dimensions { mean[d] += row[k] * point[d] }
            }
            for d in 0..<dimensions { mean[d] /= count }

            var covariance = Array(repeating: Array(repeating: 0.0, count: dimensions), count: dimensions)
            for (point, row) in zip(points, responsibilities) {
                for i in 0..<dimensions {
                    for j in 0..<dimensions {
                        covariance[i][j] += row[k] * (point[i] - mean[i]) * (point[j] - mean[j]) / count
                    }
                }
            }
            weights.append(count / Double(points.count))
            newMeans.append(mean)
            covariances.append(covariance)
        }
        return (weights, newMeans, covariances)
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
            let first = means.first ?? mean
            let scatter = zip(values, responsibilities).reduce(0) { $0 + $1.1[k] * ($1.0 - first) * ($1.0 - first) }
            means.append(mean)
            variances.append(scatter / count)
        }
        return (means, variances)
    }
}
