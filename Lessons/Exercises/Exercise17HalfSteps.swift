import Foundation

/// # Exercise 17: two half-steps uphill (8 points)
///
/// EM is coordinate ascent on one function, the F(q, θ) of Exercise 16. The E-step moves q and leaves the parameters θ; the M-step
/// moves θ and leaves q. Write both, each with its *gain*: by how much F is higher after it than before.
///
/// - The E-half puts the posterior in the place of q. No other q makes F larger: now F is ℓ(θ). What it gains is known exactly: the
///   Kullback-Leibler divergence of the old q from the posterior,
///
///       KL = sum over n and k of q_nk ln(q_nk / p(z_n = k | x_n, θ))
///
/// - The M-half puts the parameters in the place of θ which maximise F for the q that is given. It gains what the expected
///   complete-data log-likelihood Q gains, since the entropy of q does not change.
///
/// F itself can be a million million times as large as what it gains. So do not subtract two values of F, or most digits are lost:
/// write the gain as a sum of terms of its own size.
///
/// Read first: lesson 8, sections 2 and 4 (`Output/Lesson8LowerBound/README.md`), equations `stat215a.increase` and
/// `cs229.coordinate-ascent`; for the updates of the M-half lesson 4, section 3, equation `cs181.ex4.3`.
///
/// All logarithms are natural ones. Where an old q_nk is 0, its term counts as 0.
public enum Exercise17 {
    /// The E-half: the best q for the parameters as they are, and what F gains by it.
    ///
    /// - Parameters:
    ///   - responsibilities: the old q, N rows of K numbers, each row with sum 1. It is 0 wherever the log joint density is minus
    ///     infinity.
    ///   - logJoint: N rows of K log joint densities ln p(x_n, z_n = k | θ). In each row at least one is finite; others may be
    ///     `-Double.infinity`. They may all be far below 0: -1,000,000,000, say.
    /// - Returns: the new q, N rows of K numbers; and the gain F(new q, θ) - F(old q, θ), which is never negative.
    ///
    /// Example: the row (0.5, 0.5) with the log joint densities ln 0.1 and ln 0.3 gives the row (0.25, 0.75) and the gain
    /// 0.5 ln 2 + 0.5 ln(2/3) = 0.143841.
    public static func eHalf(
        responsibilities: [[Double]], logJoint: [[Double]]
    ) -> (responsibilities: [[Double]], gain: Double) {
        // BEGIN SOLUTION
        var posterior: [[Double]] = []
        var gain = 0.0
        for (old, logs) in zip(responsibilities, logJoint) {
            let largest = logs.max() ?? 0
            let logSum = log(logs.reduce(0) { $0 + exp($1 - largest) })
            let logPosterior = logs.map { $0 - largest - logSum }
            posterior.append(logPosterior.map { exp($0) })
            for (q, logP) in zip(old, logPosterior) where q > 0 { gain += q * (log(q) - logP) }
        }
        return (posterior, gain)
        // END SOLUTION
    }

    /// The M-half for sets of flips (the data of Exercise 4): the best parameters for the q as it is, and what F gains by it.
    ///
    /// - Parameters:
    ///   - heads: N numbers of heads, each from 0 to M.
    ///   - flips: M, the number of flips in each set.
    ///   - responsibilities: q, N rows of K numbers, each row with sum 1. Each coin gets a share of some heads and of some tails.
    ///   - weights: the K old weights, all positive, with sum 1.
    ///   - probabilities: the K old probabilities of heads, all between 0 and 1 and neither of these.
    /// - Returns: the K new weights; the K new probabilities of heads; and the gain F(q, new θ) - F(q, old θ), which is never
    ///   negative.
    ///
    /// Example: 2 and 1 heads of 3 with the rows (1, 0) and (0.5, 0.5), the weights 0.5 and 0.5 and the probabilities 0.5 and 0.5
    /// give the weights 0.75 and 0.25, the probabilities 5/9 and 1/3, and the gain 0.261624 + 0.027835 + 0.084950 = 0.374409: the
    /// weights' part, and those of the two coins.
    public static func mHalf(
        heads: [Int], flips: Int, responsibilities: [[Double]], weights: [Double], probabilities: [Double]
    ) -> (weights: [Double], probabilities: [Double], gain: Double) {
        // BEGIN SOLUTION
        var newWeights: [Double] = []
        var newProbabilities: [Double] = []
        var gain = 0.0
        for k in weights.indices {
            let count = responsibilities.reduce(0) { $0 + $1[k] }
            let shown = zip(heads, responsibilities).reduce(0) { $0 + Double($1.0) * $1.1[k] }
            let hidden = Double(flips) * count - shown
            let weight = count / Double(heads.count)
            let probability = shown / (shown + hidden)
            gain += count * log(weight / weights[k])
            gain += shown * log(probability / probabilities[k])
            gain += hidden * log((1 - probability) / (1 - probabilities[k]))
            newWeights.append(weight)
            newProbabilities.append(probability)
        }
        return (newWeights, newProbabilities, gain)
        // END SOLUTION
    }
}
