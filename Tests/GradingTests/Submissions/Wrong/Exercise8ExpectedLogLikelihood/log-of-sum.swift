// Wrong: takes the log of the sum over the components.
// Scores: 1
// Fails: enumeration, certain-labels, bound, far-points
// Told: a log of sums over the components
// swift-format-ignore-file
import Foundation

public enum Exercise8 {
    public static func expectedLogLikelihood(
        data: [Double], responsibilities: [[Double]], weights: [Double], means: [Double], variances: [Double]
    ) -> Double {
        var result = 0.0
        for x in data {
            var density = 0.0
            for k in weights.indices {
                let d = x - means[k]
                density += weights[k] * exp(-d * d / (2 * variances[k])) / sqrt(2 * .pi * variances[k])
            }
            result += log(density)
        }
        return result
    }

    public static func entropy(responsibilities: [[Double]]) -> Double {
        var h = 0.0
        for row in responsibilities {
            for r in row where r > 0 { h -= r * log(r) }
        }
        return h
    }
}
