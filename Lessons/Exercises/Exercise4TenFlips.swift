import Foundation

/// # Exercise 4: EM for sets of ten flips (10 points)
///
/// The remedy for what went wrong with single flips: each coin that is picked is now flipped M times (10 in CS 181's Exercise 4) before
/// it is put back. There are N such sets; `heads[n]` says how many of the M flips of set n were heads. Coin k is picked with
/// probability `weights[k]` (π_k in our lessons, θ_k in CS 181) and shows heads with probability `probabilities[k]` (μ_k in our
/// lessons, π_k1 in CS 181). You see the counts, and never the coins.
///
/// The handout asks three things, and you write a function for each: the posterior of the coins (4.1), the expected complete-data
/// log-likelihood (4.2), and the updates (4.3). The number M is an argument called `flips`; it is not always 10, but never
/// above 100. A coin may show heads always or never: a probability may be exactly 1 or 0.
///
/// Read first: lesson 4, section 3 (`Output/Lesson4CoinFlips/README.md`), equations `cs181.ex4.1`, `cs181.ex4.2` and `cs181.ex4.3`.
public enum Exercise4 {
    /// Exercise 4.1, the E-step: how far each coin is responsible for each set of flips.
    ///
    /// - Parameters:
    ///   - heads: N head counts, each from 0 to `flips`.
    ///   - flips: M, the number of flips in every set.
    ///   - weights: K weights, which sum to 1; each is above 0.
    ///   - probabilities: K probabilities of heads. Every set is possible under at least one coin.
    /// - Returns: N rows of K numbers; row n is the posterior of the coin, given the heads in set n.
    ///
    /// Example: 2 heads in 3 flips, with weights 0.5 and 0.5 and probabilities 0.2 and 0.6, give the row 2/11, 9/11.
    public static func posterior(
        heads: [Int], flips: Int, weights: [Double], probabilities: [Double]
    ) -> [[Double]] {
        // BEGIN SOLUTION
        heads.map { count in
            let joint = zip(weights, probabilities).map { weight, probability in
                weight * pow(probability, Double(count)) * pow(1 - probability, Double(flips - count))
            }
            let total = joint.reduce(0, +)
            return joint.map { $0 / total }
        }
        // END SOLUTION
    }

    /// Exercise 4.2: the expected complete-data log-likelihood Q of the parameters, under given responsibilities.
    ///
    /// Use natural logarithms. You may count in the binomial coefficient of each set or leave it out: both are right, as long as you do the
    /// same for all sets. A story that the responsibilities rule out (a responsibility of 0) adds nothing, even if the coin could
    /// never have shown those flips.
    ///
    /// - Parameters:
    ///   - heads: N head counts, each from 0 to `flips`.
    ///   - flips: M, the number of flips in every set.
    ///   - responsibilities: N rows of K numbers, each row with sum 1. They need not be the posterior under the parameters here.
    ///   - weights: K weights, which sum to 1; each is above 0.
    ///   - probabilities: K probabilities of heads.
    /// - Returns: Q, one number. The data here never make it infinite.
    ///
    /// Example: one set of 3 flips with 2 heads, responsibilities (0.25, 0.75), weights 0.5 and 0.5 and probabilities 0.2 and 0.6 give
    /// Q = 0.25 × ln 0.016 + 0.75 × ln 0.072 = -3.007109 without the coefficient. With it, ln 3 is added: -1.908496.
    public static func expectedCompleteDataLogLikelihood(
        heads: [Int], flips: Int, responsibilities: [[Double]], weights: [Double], probabilities: [Double]
    ) -> Double {
        // BEGIN SOLUTION
        var sum = 0.0
        for (count, row) in zip(heads, responsibilities) {
            for k in row.indices where row[k] > 0 {
                var logJoint = log(weights[k])
                if count > 0 { logJoint += Double(count) * log(probabilities[k]) }
                if count < flips { logJoint += Double(flips - count) * log(1 - probabilities[k]) }
                sum += row[k] * logJoint
            }
        }
        return sum
        // END SOLUTION
    }

    /// Exercise 4.3, the M-step: the parameters which maximise Q.
    ///
    /// Every coin is responsible for something: no column of responsibilities sums to 0.
    ///
    /// - Parameters:
    ///   - heads: N head counts, each from 0 to `flips`.
    ///   - flips: M, the number of flips in every set.
    ///   - responsibilities: N rows of K numbers, each row with sum 1.
    /// - Returns: K new weights and K new probabilities of heads.
    ///
    /// Example: two sets of 3 flips with 2 heads and 0 heads and the rows (1, 0) and (0.5, 0.5) give the weights 0.75, 0.25 and the
    /// probabilities 4/9, 0.
    public static func update(
        heads: [Int], flips: Int, responsibilities: [[Double]]
    ) -> (weights: [Double], probabilities: [Double]) {
        // BEGIN SOLUTION
        let components = responsibilities.first?.count ?? 0
        var weights: [Double] = []
        var probabilities: [Double] = []
        for k in 0..<components {
            let sets = responsibilities.reduce(0) { $0 + $1[k] }
            let expectedHeads = zip(heads, responsibilities).reduce(0) { $0 + Double($1.0) * $1.1[k] }
            weights.append(sets / Double(heads.count))
            probabilities.append(expectedHeads / (sets * Double(flips)))
        }
        return (weights, probabilities)
        // END SOLUTION
    }
}
