// Wrong: takes the number of components for two.
// Scores: 5
// Fails: bound
// Told: not right
// swift-format-ignore-file
import Foundation

public enum Exercise8 {
    public static func expectedLogLikelihood(
        data: [Double], responsibilities: [[Double]], weights: [Double], means: [Double], variances: [Double]
    ) -> Double {
        var sum = 0.0
        for (x, row) in zip(data, responsibilities) {
            for k in 0..<2 where row[k] > 0 {
                let logDensity = -0.5 * (log(2 * .pi * variances[k]) + (x - means[k]) * (x - means[k]) / variances[k])
                sum += row[k] * (log(weights[k]) + logDensity)
            }
        }
        return sum
    }

    public static func entropy(responsibilities: [[Double]]) -> Double {
        var sum = 0.0
        for row in responsibilities {
            for r in row.prefix(2) where r > 0 { sum -= r * log(r) }
        }
        return sum
    }
}
