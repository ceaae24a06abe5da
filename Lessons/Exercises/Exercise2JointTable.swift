import Foundation

/// # Exercise 2: the joint table (5 points)
///
/// Somebody picks one of K coins and flips it once; then again, N times in all. Coin k is picked with probability `weights[k]` (π_k in
/// our lessons, θ_k in CS 181) and shows heads with probability `probabilities[k]` (μ_k in our lessons, π_k1 in CS 181). CS 181's
/// Exercise 2 asks for a reasonable latent variable: it is *which coin was picked*. Once that is settled, everything can be
/// read off one table, that of hidden coin and visible flip together.
///
/// Write that table, its sums, and the logarithm of the joint probability of coins and flips. Coins are counted from 0.
///
/// Read first: lesson 4, section 1 for the table, and section 2 for the logarithm (`Output/Lesson4CoinFlips/README.md`),
/// equations `cs181.ex2`, `cs181.16` and `cs181.17`.
public enum Exercise2 {
    /// The joint probabilities of coin and flip.
    ///
    /// - Parameters:
    ///   - weights: K weights, which sum to 1.
    ///   - probabilities: K probabilities of heads.
    /// - Returns: K rows of 2 numbers. Row k is coin k: first its joint probability with heads, then that with tails.
    ///
    /// Example: weights 0.5 and 0.5 and probabilities 0.2 and 0.6 give the rows (0.1, 0.4) and (0.3, 0.2).
    public static func jointTable(weights: [Double], probabilities: [Double]) -> [[Double]] {
        // BEGIN SOLUTION
        zip(weights, probabilities).map { weight, probability in
            [weight * probability, weight * (1 - probability)]
        }
        // END SOLUTION
    }

    /// The marginal probabilities: what is left of a joint table when the flip, or the coin, is summed away.
    ///
    /// - Parameter table: K rows of 2 numbers, as `jointTable` returns them.
    /// - Returns: the probabilities of the K coins, and the probabilities of the 2 faces, heads first.
    ///
    /// Example: the rows (0.1, 0.4) and (0.3, 0.2) give coins (0.5, 0.5) and faces (0.4, 0.6).
    public static func marginals(of table: [[Double]]) -> (coins: [Double], faces: [Double]) {
        // BEGIN SOLUTION
        let coins = table.map { $0[0] + $0[1] }
        let heads = table.reduce(0) { $0 + $1[0] }
        let tails = table.reduce(0) { $0 + $1[1] }
        return (coins, [heads, tails])
        // END SOLUTION
    }

    /// The complete-data log-likelihood ln p(X, Z): the natural logarithm of the joint probability of all flips and all coins, for
    /// the case that somebody told us the coins.
    ///
    /// There may be thousands of flips, and a coin may have probability 0 or 1 of heads. A story that cannot happen (a coin that
    /// never shows heads has shown heads) has probability 0, so its logarithm is minus infinity, `-Double.infinity`. A story
    /// that can happen has a finite logarithm.
    ///
    /// - Parameters:
    ///   - coins: N coins, each from 0 to K - 1.
    ///   - flips: N flips, of these coins; `true` is heads.
    ///   - weights: K weights, which sum to 1; each is above 0.
    ///   - probabilities: K probabilities of heads.
    /// - Returns: ln p(X, Z).
    ///
    /// Example: coins 0, 1 with flips heads, tails, under weights 0.5 and 0.5 and probabilities 0.2 and 0.6, give
    /// ln 0.1 + ln 0.2 = -3.912023.
    public static func completeDataLogLikelihood(
        coins: [Int], flips: [Bool], weights: [Double], probabilities: [Double]
    ) -> Double {
        // BEGIN SOLUTION
        var sum = 0.0
        for (coin, heads) in zip(coins, flips) {
            let probability = heads ? probabilities[coin] : 1 - probabilities[coin]
            sum += log(weights[coin]) + log(probability)
        }
        return sum
        // END SOLUTION
    }
}
