// Wrong: has room for a hundred points.
// Scores: 6
// Fails: one-dimension, level-means, level-covariances
// Told: Q still rises
// swift-format-ignore-file
import Foundation

public enum Exercise7 {
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
            for (point, row) in zip(points, responsibilities).prefix(100) {
                count += row[k]
                for d in 0..<dimensions { mean[d] += row[k] * point[d] }
            }
            for d in 0..<dimensions { mean[d] /= count }

            var covariance = Array(repeating: Array(repeating: 0.0, count: dimensions), count: dimensions)
            for (point, row) in zip(points, responsibilities).prefix(100) {
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

    public static func updateInOneDimension(
        values: [Double], responsibilities: [[Double]]
    ) -> (means: [Double], variances: [Double]) {
        var means: [Double] = []
        var variances: [Double] = []
        for k in 0..<2 {
            let count = responsibilities.reduce(0) { $0 + $1[k] }
            let mean = zip(values, responsibilities).prefix(100).reduce(0) { $0 + $1.1[k] * $1.0 } / count
            let scatter = zip(values, responsibilities).prefix(100).reduce(0) { $0 + $1.1[k] * ($1.0 - mean) * ($1.0 - mean) }
            means.append(mean)
            variances.append(scatter / count)
        }
        return (means, variances)
    }
}
