// Wrong: returns a row for each coin.
// Scores: 5
// Fails: responsibilities, whole-step
// Told: rows and columns are swapped

import Foundation

/// Exercise 3: EM for single flips.
public enum Exercise3 {
    /// The E-step: how far each coin is responsible for each flip.
    public static func responsibilities(
        flips: [Bool], weights: [Double], probabilities: [Double]
    ) -> [[Double]] {
        weights.indices.map { k in
            flips.map { heads in
                var total = 0.0
                for j in weights.indices { total += weights[j] * (heads ? probabilities[j] : 1 - probabilities[j]) }
                return weights[k] * (heads ? probabilities[k] : 1 - probabilities[k]) / total
            }
        }
    }

    /// The M-step: the parameters which maximise the expected complete-data log-likelihood.
    public static func update(
        flips: [Bool], responsibilities: [[Double]]
    ) -> (weights: [Double], probabilities: [Double]) {
        let components = responsibilities.first?.count ?? 0
        var weights: [Double] = []
        var probabilities: [Double] = []
        for k in 0..<components {
            let count = responsibilities.reduce(0) { $0 + $1[k] }
            let heads = zip(flips, responsibilities).reduce(0) { $0 + ($1.0 ? $1.1[k] : 0) }
            weights.append(count / Double(flips.count))
            probabilities.append(heads / count)
        }
        return (weights, probabilities)
    }
}
