// Wrong: divides 0 by 0: it never adds anything up.
// Scores: 6
// Fails: update-weights, update-probabilities, maximum
// Told: is NaN

import Foundation

/// Exercise 4: EM for sets of ten flips.
public enum Exercise4 {
    /// Exercise 4.1, the E-step: how far each coin is responsible for each set of flips.
    public static func posterior(
        heads: [Int], flips: Int, weights: [Double], probabilities: [Double]
    ) -> [[Double]] {
        heads.map { count in
            let joint = zip(weights, probabilities).map { weight, probability in
                weight * pow(probability, Double(count)) * pow(1 - probability, Double(flips - count))
            }
            let total = joint.reduce(0, +)
            return joint.map { $0 / total }
        }
    }

    /// Exercise 4.2: the expected complete-data log-likelihood Q of the parameters, under given responsibilities.
    public static func expectedCompleteDataLogLikelihood(
        heads: [Int], flips: Int, responsibilities: [[Double]], weights: [Double], probabilities: [Double]
    ) -> Double {
        var sum = 0.0
        for (count, row) in zip(heads, responsibilities) {
            for k in row.indices where row[k] > 0 {
                var logJoint = log(weights[k])
                if count > 0 { logJoint += Double(count) * log(probabilities[k]) }
                if count < flips { logJoint += Double(flips - count) * log(1 - probabilities[k]) }
                sum += row[k] * logJoint
            }
        }
        return sum
    }

    /// Exercise 4.3, the M-step: the parameters which maximise Q.
    public static func update(
        heads: [Int], flips: Int, responsibilities: [[Double]]
    ) -> (weights: [Double], probabilities: [Double]) {
        let zeros = (responsibilities.first ?? []).map { _ in 0.0 }
        let total = zeros.reduce(0, +)
        return (zeros.map { $0 / total }, zeros.map { $0 / total })
    }
}
