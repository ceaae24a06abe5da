// Wrong: normalises each column instead of each row.
// Scores: 5
// Fails: responsibilities, whole-step
// Told: over the data

import Foundation

/// Exercise 3: EM for single flips.
public enum Exercise3 {
    /// The E-step: how far each coin is responsible for each flip.
    public static func responsibilities(
        flips: [Bool], weights: [Double], probabilities: [Double]
    ) -> [[Double]] {
        let joint = flips.map { heads in
            zip(weights, probabilities).map { $0 * (heads ? $1 : 1 - $1) }
        }
        return joint.map { row in
            row.indices.map { k in row[k] / joint.reduce(0) { $0 + $1[k] } }
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
