// Wrong: counts each flip for its likeliest coin when it comes to the weights.
// Scores: 5
// Fails: update-weights, gradient
// Told: hard assignments

import Foundation

/// Exercise 3: EM for single flips.
public enum Exercise3 {
    /// The E-step: how far each coin is responsible for each flip.
    public static func responsibilities(
        flips: [Bool], weights: [Double], probabilities: [Double]
    ) -> [[Double]] {
        flips.map { heads in
            let joint = zip(weights, probabilities).map { weight, probability in
                weight * (heads ? probability : 1 - probability)
            }
            let total = joint.reduce(0, +)
            return joint.map { $0 / total }
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
            let mine = responsibilities.filter { $0[k] == $0.max() }
            let heads = zip(flips, responsibilities).reduce(0) { $0 + ($1.0 ? $1.1[k] : 0) }
            weights.append(Double(mine.count) / Double(flips.count))
            probabilities.append(heads / count)
        }
        return (weights, probabilities)
    }
}
