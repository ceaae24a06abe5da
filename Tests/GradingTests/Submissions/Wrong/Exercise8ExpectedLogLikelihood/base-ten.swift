// Wrong: uses logarithms to base 10 throughout.
// Scores: 0
// Fails: enumeration, entropy, certain-labels, bound, far-points
// Told: you returned log base 10
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
                let logDensity = -log10(2 * .pi) / 2 - log10(variances[k]) / 2 - d * d / (2 * variances[k]) * log10(exp(1))
                q += responsibilities[n][k] * (log10(weights[k]) + logDensity)
            }
        }
        return q
    }

    public static func entropy(responsibilities: [[Double]]) -> Double {
        var h = 0.0
        for row in responsibilities {
            for r in row where r > 0 { h -= r * log10(r) }
        }
        return h
    }
}
