// Wrong: does not treat responsibilities of 0 apart.
// Scores: 5
// Fails: certain-labels
// Told: a term with responsibility 0 must count as 0
// swift-format-ignore-file
import Foundation

public enum Exercise8 {
    public static func expectedLogLikelihood(
        data: [Double], responsibilities: [[Double]], weights: [Double], means: [Double], variances: [Double]
    ) -> Double {
        var q = 0.0
        for n in data.indices {
            for k in weights.indices {
                let d = data[n] - means[k]
                let logDensity = -log(2 * .pi) / 2 - log(variances[k]) / 2 - d * d / (2 * variances[k])
                q += responsibilities[n][k] * (log(weights[k]) + logDensity)
            }
        }
        return q
    }

    public static func entropy(responsibilities: [[Double]]) -> Double {
        var h = 0.0
        for row in responsibilities {
            for r in row { h -= r * log(r) }
        }
        return h
    }
}
