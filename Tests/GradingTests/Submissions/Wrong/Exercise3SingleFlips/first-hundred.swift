// Wrong: has room for a hundred flips.
// Scores: 5
// Fails: gradient, whole-step
// Told: Q still rises
// swift-format-ignore-file
import Foundation

public enum Exercise3 {
    public static func responsibilities(
        flips: [Bool], weights: [Double], probabilities: [Double]
    ) -> [[Double]] {
        flips.prefix(100).map { heads in
            let joint = zip(weights, probabilities).map { weight, probability in
                weight * (heads ? probability : 1 - probability)
            }
            let total = joint.reduce(0, +)
            return joint.map { $0 / total }
        }
    }

    public static func update(
        flips: [Bool], responsibilities: [[Double]]
    ) -> (weights: [Double], probabilities: [Double]) {
        let components = responsibilities.first?.count ?? 0
        var weights: [Double] = []
        var probabilities: [Double] = []
        for k in 0..<components {
            let count = responsibilities.reduce(0) { $0 + $1[k] }
            let heads = zip(flips, responsibilities).prefix(100).reduce(0) { $0 + ($1.0 ? $1.1[k] : 0) }
            weights.append(count / Double(flips.count))
            probabilities.append(heads / count)
        }
        return (weights, probabilities)
    }
}
