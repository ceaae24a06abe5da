// Unusual: counts how often each coin showed each face, and sums the counts times the logs of the table.
// Scores: 5

import Foundation

/// Exercise 2: the joint table.
public enum Exercise2 {
    /// The joint probabilities of coin and flip.
    public static func jointTable(weights: [Double], probabilities: [Double]) -> [[Double]] {
        var table: [[Double]] = []
        for k in 0..<weights.count {
            let heads = weights[k] * probabilities[k]
            table.append([heads, weights[k] - heads])
        }
        return table
    }

    /// The marginal probabilities: what is left of a joint table when the flip, or the coin, is summed away.
    public static func marginals(of table: [[Double]]) -> (coins: [Double], faces: [Double]) {
        var (coins, faces) = (Array(repeating: 0.0, count: table.count), [0.0, 0.0])
        for (k, row) in table.enumerated() {
            for (face, probability) in row.enumerated() {
                coins[k] += probability
                faces[face] += probability
            }
        }
        return (coins, faces)
    }

    /// The complete-data log-likelihood ln p(X, Z): the natural logarithm of the joint probability of all flips and all coins, for
    public static func completeDataLogLikelihood(
        coins: [Int], flips: [Bool], weights: [Double], probabilities: [Double]
    ) -> Double {
        let table = jointTable(weights: weights, probabilities: probabilities)
        var counts = Array(repeating: [0, 0], count: weights.count)
        for n in flips.indices { counts[coins[n]][flips[n] ? 0 : 1] += 1 }
        var sum = 0.0
        for k in weights.indices {
            for face in 0...1 where counts[k][face] > 0 { sum += Double(counts[k][face]) * log(table[k][face]) }
        }
        return sum
    }
}
