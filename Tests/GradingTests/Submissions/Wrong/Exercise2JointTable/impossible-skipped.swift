// Wrong: leaves impossible flips out of the sum.
// Scores: 4
// Fails: long-and-certain
// Told: stories of a coin that always shows heads

import Foundation

/// Exercise 2: the joint table.
public enum Exercise2 {
    /// The joint probabilities of coin and flip.
    public static func jointTable(weights: [Double], probabilities: [Double]) -> [[Double]] {
        zip(weights, probabilities).map { weight, probability in
            [weight * probability, weight * (1 - probability)]
        }
    }

    /// The marginal probabilities: what is left of a joint table when the flip, or the coin, is summed away.
    public static func marginals(of table: [[Double]]) -> (coins: [Double], faces: [Double]) {
        let coins = table.map { $0[0] + $0[1] }
        let heads = table.reduce(0) { $0 + $1[0] }
        let tails = table.reduce(0) { $0 + $1[1] }
        return (coins, [heads, tails])
    }

    /// The complete-data log-likelihood ln p(X, Z): the natural logarithm of the joint probability of all flips and all coins, for
    public static func completeDataLogLikelihood(
        coins: [Int], flips: [Bool], weights: [Double], probabilities: [Double]
    ) -> Double {
        var sum = 0.0
        for (coin, heads) in zip(coins, flips) {
            let probability = heads ? probabilities[coin] : 1 - probabilities[coin]
            if probability > 0 { sum += log(weights[coin]) + log(probability) }
        }
        return sum
    }
}
