// Wrong: squares the variances, as if they were standard deviations.
// Scores: 1
// Fails: enumeration, certain-labels, bound, far-points
// Told: as if it were a standard deviation
// swift-format-ignore-file
import Foundation

public enum Exercise8 {
    public static func expectedLogLikelihood(
        data: [Double], responsibilities: [[Double]], weights: [Double], means: [Double], variances: [Double]
    ) -> Double {
        var q = 0.0
        for n in data.indices {
            for k in weights.indices where responsibilities[n][k] > 0 {
                let d = data[n] - means[k]
                let logDensity = -log(2 * .pi) / 2 - log(variances[k]) - d * d / (2 * variances[k] * variances[k])
                q += responsibilities[n][k] * (log(weights[k]) + logDensity)
            }
        }
        return q
    }

    public static func entropy(responsibilities: [[Double]]) -> Double {
        var h = 0.0
        for row in responsibilities {
            for r in row where r > 0 { h -= r * log(r) }
        }
        return h
    }
}
