// Wrong: divides by N, not by N_k.
// Scores: 3
// Fails: update-probabilities, gradient, whole-step
// Told: you divided by N, not by N_k

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
            let heads = zip(flips, responsibilities).reduce(0) { $0 + ($1.0 ? $1.1[k] : 0) }
            weights.append(count / Double(flips.count))
            probabilities.append(heads / Double(flips.count))
        }
        return (weights, probabilities)
    }
}
