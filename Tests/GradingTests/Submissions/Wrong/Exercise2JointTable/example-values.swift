// Wrong: returns the values of the examples.
// Scores: 0
// Fails: table, marginals, complete-data, long-and-certain
// Told: 3 rows of 2 numbers were expected

import Foundation

/// Exercise 2: the joint table.
public enum Exercise2 {
    /// The joint probabilities of coin and flip.
    public static func jointTable(weights: [Double], probabilities: [Double]) -> [[Double]] {
        [[0.1, 0.4], [0.3, 0.2]]
    }

    /// The marginal probabilities: what is left of a joint table when the flip, or the coin, is summed away.
    public static func marginals(of table: [[Double]]) -> (coins: [Double], faces: [Double]) {
        ([0.5, 0.5], [0.4, 0.6])
    }

    /// The complete-data log-likelihood ln p(X, Z): the natural logarithm of the joint probability of all flips and all coins, for
    public static func completeDataLogLikelihood(
        coins: [Int], flips: [Bool], weights: [Double], probabilities: [Double]
    ) -> Double {
        -3.912023
    }
}
