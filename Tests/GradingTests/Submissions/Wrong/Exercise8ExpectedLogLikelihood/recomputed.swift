// Wrong: computes the responsibilities anew, from the new parameters.
// Scores: 1
// Fails: enumeration, certain-labels, bound, far-points
// Told: computed anew from the new parameters
// swift-format-ignore-file
import Foundation

public enum Exercise8 {
    public static func expectedLogLikelihood(
        data: [Double], responsibilities: [[Double]], weights: [Double], means: [Double], variances: [Double]
    ) -> Double {
        var q = 0.0
        for x in data {
            let logJoint = weights.indices.map { k in
                log(weights[k]) - log(2 * .pi * variances[k]) / 2 - (x - means[k]) * (x - means[k]) / (2 * variances[k])
            }
            let total = logJoint.reduce(0) { $0 + exp($1) }
            for value in logJoint { q += exp(value) / total * value }
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
