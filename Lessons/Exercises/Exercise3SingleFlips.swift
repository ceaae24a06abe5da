import Foundation

/// # Exercise 3: EM for single flips (8 points)
///
/// Somebody picks one of K coins, flips it once, writes down heads or tails, puts the coin back, and does it again, N times. Coin k is
/// picked with probability `weights[k]` (π_k in our lessons, θ_k in CS 181) and shows heads with probability `probabilities[k]`
/// (μ_k in our lessons, π_k1 in CS 181). You see the flips, and never the coins.
///
/// Write one step of EM: first how far each coin is responsible for each flip (the E-step), then the weights and head probabilities
/// that those responsibilities call for (the M-step). CS 181 asks for the second in its Exercise 3.
///
/// Read first: lesson 4, section 2 (`Output/Lesson4CoinFlips/README.md`), equations `cs181.13` and `cs181.ex3`.
public enum Exercise3 {
    /// The E-step: how far each coin is responsible for each flip.
    ///
    /// A coin may have probability 0 or 1 of heads; every flip is possible under at least one coin.
    ///
    /// - Parameters:
    ///   - flips: N flips; `true` is heads.
    ///   - weights: K weights, which sum to 1.
    ///   - probabilities: K probabilities of heads.
    /// - Returns: N rows of K numbers; row n is the posterior of the coin, given flip n.
    ///
    /// Example: with weights 0.5 and 0.5 and probabilities 0.2 and 0.6, heads gives the row 0.25, 0.75, and tails gives 2/3, 1/3.
    public static func responsibilities(
        flips: [Bool], weights: [Double], probabilities: [Double]
    ) -> [[Double]] {
        // BEGIN SOLUTION
        flips.map { heads in
            let joint = zip(weights, probabilities).map { weight, probability in
                weight * (heads ? probability : 1 - probability)
            }
            let total = joint.reduce(0, +)
            return joint.map { $0 / total }
        }
        // END SOLUTION
    }

    /// The M-step: the parameters which maximise the expected complete-data log-likelihood.
    ///
    /// Every coin is responsible for something: no column of responsibilities sums to 0.
    ///
    /// - Parameters:
    ///   - flips: N flips; `true` is heads.
    ///   - responsibilities: N rows of K numbers, as the E-step returns them.
    /// - Returns: K new weights and K new probabilities of heads.
    ///
    /// Example: flips heads, tails with the rows (1, 0) and (0.5, 0.5) give the weights 0.75, 0.25 and the probabilities 2/3, 0.
    public static func update(
        flips: [Bool], responsibilities: [[Double]]
    ) -> (weights: [Double], probabilities: [Double]) {
        // BEGIN SOLUTION
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
        // END SOLUTION
    }
}
