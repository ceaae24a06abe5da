// Wrong: computes the responsibilities anew from the parameters.
// Scores: 7
// Fails: expectation, enumeration
// Told: those given are to be used

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
        for (count, row) in zip(
            heads, posterior(heads: heads, flips: flips, weights: weights, probabilities: probabilities))
        {
            for k in row.indices where row[k] > 0 {
                let chance = pow(probabilities[k], Double(count)) * pow(1 - probabilities[k], Double(flips - count))
                sum += row[k] * log(weights[k] * chance)
            }
        }
        return sum
    }

    /// Exercise 4.3, the M-step: the parameters which maximise Q.
    public static func update(
        heads: [Int], flips: Int, responsibilities: [[Double]]
    ) -> (weights: [Double], probabilities: [Double]) {
        let components = responsibilities.first?.count ?? 0
        var weights: [Double] = []
        var probabilities: [Double] = []
        for k in 0..<components {
            let sets = responsibilities.reduce(0) { $0 + $1[k] }
            let expectedHeads = zip(heads, responsibilities).reduce(0) { $0 + Double($1.0) * $1.1[k] }
            weights.append(sets / Double(heads.count))
            probabilities.append(expectedHeads / (sets * Double(flips)))
        }
        return (weights, probabilities)
    }
}
