// Wrong: counts each flip for its likeliest coin in the M-step.
// Scores: 3
// Fails: update-weights, update-probabilities, gradient
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
        var counts = Array(repeating: 0.0, count: components)
        var heads = counts
        for (flip, row) in zip(flips, responsibilities) {
            let best = row.indices.max { row[$0] < row[$1] } ?? 0
            counts[best] += 1
            if flip { heads[best] += 1 }
        }
        return (counts.map { $0 / Double(flips.count) }, zip(heads, counts).map { $0 / $1 })
    }
}
