// Unusual: computes one row for heads and one for tails in logarithms, and updates by running means.
// Scores: 8

import Foundation

/// Exercise 3: EM for single flips.
public enum Exercise3 {
    /// The E-step: how far each coin is responsible for each flip.
    public static func responsibilities(
        flips: [Bool], weights: [Double], probabilities: [Double]
    ) -> [[Double]] {
        func row(_ chances: [Double]) -> [Double] {
            let logs = zip(weights, chances).map { log($0) + log($1) }
            let largest = logs.max() ?? 0
            let sum = largest + log(logs.map { exp($0 - largest) }.reduce(0, +))
            return logs.map { exp($0 - sum) }
        }
        // A face that no coin shows has no row; nobody asks for it.
        let heads = row(probabilities)
        let tails = row(probabilities.map { 1 - $0 })
        return flips.map { $0 ? heads : tails }
    }

    /// The M-step: the parameters which maximise the expected complete-data log-likelihood.
    public static func update(
        flips: [Bool], responsibilities: [[Double]]
    ) -> (weights: [Double], probabilities: [Double]) {
        let components = responsibilities.first?.count ?? 0
        var mass = Array(repeating: 0.0, count: components)
        var probabilities = mass
        for n in flips.indices {
            for k in 0..<components {
                mass[k] += responsibilities[n][k]
                guard mass[k] > 0 else { continue }
                probabilities[k] += responsibilities[n][k] / mass[k] * ((flips[n] ? 1 : 0) - probabilities[k])
            }
        }
        let all = mass.reduce(0, +)
        return (mass.map { $0 / all }, probabilities)
    }
}
