// Wrong: the responsibility multiplies the last term only, as printed on the slides of STAT 215A.
// Scores: 1
// Fails: enumeration, certain-labels, bound, far-points
// Told: a pair of brackets is missing
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
                q += log(weights[k]) - log(2 * .pi) / 2 - log(variances[k]) / 2 - d * d / (2 * variances[k]) * responsibilities[n][k]
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
