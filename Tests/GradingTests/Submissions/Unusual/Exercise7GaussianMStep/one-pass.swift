// Unusual: moves mean and scatter along, point by point, and never stores the points.
// Scores: 9

import Foundation

/// Exercise 7: the M-step of a Gaussian mixture.
public enum Exercise7 {
    /// The M-step in D dimensions, with full covariances.
    public static func update(
        points: [[Double]], responsibilities: [[Double]], means: [[Double]]
    ) -> (weights: [Double], means: [[Double]], covariances: [[[Double]]]) {
        let (K, D) = (means.count, means[0].count)
        var mass = [Double](repeating: 0, count: K)
        var mean = [[Double]](repeating: [Double](repeating: 0, count: D), count: K)
        var scatter = [[[Double]]](
            repeating: [[Double]](repeating: [Double](repeating: 0, count: D), count: D), count: K)
        for (x, gamma) in zip(points, responsibilities) {
            for k in 0..<K where gamma[k] > 0 {
                let before = mass[k]
                mass[k] += gamma[k]
                let deviation = zip(x, mean[k]).map { $0 - $1 }
                for i in 0..<D {
                    for j in 0..<D { scatter[k][i][j] += deviation[i] * deviation[j] * before * gamma[k] / mass[k] }
                    mean[k][i] += gamma[k] / mass[k] * deviation[i]
                }
            }
        }
        let weights = mass.map { $0 / mass.reduce(0, +) }
        let covariances = (0..<K).map { k in scatter[k].map { row in row.map { $0 / mass[k] } } }
        return (weights, mean, covariances)
    }

    /// The M-step for two Gaussians in one dimension, as on STAT 215A's slides: both means and both variances.
    public static func updateInOneDimension(
        values: [Double], responsibilities: [[Double]]
    ) -> (means: [Double], variances: [Double]) {
        let (_, means, covariances) = update(
            points: values.map { [$0] }, responsibilities: responsibilities, means: [[0], [0]])
        return (means.map { $0[0] }, covariances.map { $0[0][0] })
    }
}
