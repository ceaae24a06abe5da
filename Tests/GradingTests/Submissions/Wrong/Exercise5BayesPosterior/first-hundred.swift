// Wrong: has room for a hundred points.
// Scores: 4
// Fails: decisions, volume
// Told: were expected
// swift-format-ignore-file
import Foundation

public enum Exercise5 {
    public static func conditionalDensity(of point: [Double], mean: [Double], covariance: [[Double]]) -> Double {
        let a = covariance[0][0]
        let b = covariance[0][1]
        let c = covariance[1][1]
        let determinant = a * c - b * b
        let x = point[0] - mean[0]
        let y = point[1] - mean[1]
        let squaredDistance = (c * x * x - 2 * b * x * y + a * y * y) / determinant
        return exp(-squaredDistance / 2) / (2 * Double.pi * determinant.squareRoot())
    }

    public static func marginalDensity(
        of point: [Double], weights: [Double], means: [[Double]], covariances: [[[Double]]]
    ) -> Double {
        weights.indices.reduce(0) { sum, k in
            sum + weights[k] * conditionalDensity(of: point, mean: means[k], covariance: covariances[k])
        }
    }

    public static func responsibilities(
        points: [[Double]], weights: [Double], means: [[Double]], covariances: [[[Double]]]
    ) -> [[Double]] {
        points.prefix(100).map { point in
            let joint = weights.indices.map { k in
                weights[k] * conditionalDensity(of: point, mean: means[k], covariance: covariances[k])
            }
            let total = joint.reduce(0, +)
            return joint.map { $0 / total }
        }
    }

    public static func decisions(responsibilities: [[Double]]) -> (classes: [Int], expectedErrors: Double) {
        var classes: [Int] = []
        var errors = 0.0
        for row in responsibilities.prefix(100) {
            var best = 0
            for k in row.indices where row[k] > row[best] { best = k }
            classes.append(best)
            errors += 1 - row[best]
        }
        return (classes, errors / Double(responsibilities.count))
    }
}
