// Wrong: multiplies infinite logarithms by 0.
// Scores: 8
// Fails: certain-coins, enumeration
// Told: 0 times the logarithm of 0

import Foundation

/// Exercise 4: EM for sets of ten flips.
public enum Exercise4 {
    /// Exercise 4.1, the E-step: how far each coin is responsible for each set of flips.
    public static func posterior(
        heads: [Int], flips: Int, weights: [Double], probabilities: [Double]
    ) -> [[Double]] {
        heads.map { count in
            let logs = zip(weights, probabilities).map {
                log($0) + Double(count) * log($1) + Double(flips - count) * log(1 - $1)
            }
            let largest = logs.max() ?? 0
            let joint = logs.map { exp($0 - largest) }
            return joint.map { $0 / joint.reduce(0, +) }
        }
    }

    /// Exercise 4.2: the expected complete-data log-likelihood Q of the parameters, under given responsibilities.
    public static func expectedCompleteDataLogLikelihood(
        heads: [Int], flips: Int, responsibilities: [[Double]], weights: [Double], probabilities: [Double]
    ) -> Double {
        var sum = 0.0
        for (count, row) in zip(heads, responsibilities) {
            for k in row.indices {
                let tails = Double(flips - count)
                sum +=
                    row[k]
                    * (log(weights[k]) + Double(count) * log(probabilities[k]) + tails * log(1 - probabilities[k]))
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
