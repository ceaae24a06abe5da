// Wrong: has room for a hundred numbers.
// Scores: 5
// Fails: far-points
// Told: Q with far points
// swift-format-ignore-file
import Foundation

public enum Exercise8 {
    public static func expectedLogLikelihood(
        data: [Double], responsibilities: [[Double]], weights: [Double], means: [Double], variances: [Double]
    ) -> Double {
        var sum = 0.0
        for (x, row) in zip(data, responsibilities).prefix(100) {
            for k in weights.indices where row[k] > 0 {
                let logDensity = -0.5 * (log(2 * .pi * variances[k]) + (x - means[k]) * (x - means[k]) / variances[k])
                sum += row[k] * (log(weights[k]) + logDensity)
            }
        }
        return sum
    }

    public static func entropy(responsibilities: [[Double]]) -> Double {
        var sum = 0.0
        for row in responsibilities.prefix(100) {
            for r in row where r > 0 { sum -= r * log(r) }
        }
        return sum
    }
}
