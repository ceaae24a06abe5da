import Foundation

/// # Exercise 16: the lower bound at a point (5 points)
///
/// The logarithm of a sum is what makes the log-likelihood ℓ of a mixture hard to maximise. EM climbs another function instead, which
/// is nowhere above ℓ. It depends on the parameters θ and on a guess q about the hidden classes: row n of q holds K probabilities,
/// how much of observation n is given to each class. With the log joint densities
///
///     a_nk = ln p(x_n, z_n = k | θ)
///
/// the function is
///
///     F(q, θ) = sum over n and k of q_nk (a_nk - ln q_nk)
///
/// For each q it is a lower bound of ℓ(θ), and it touches ℓ where q is the posterior under θ, which the E-step computes. (Test your
/// own: no q may bring F above ℓ.) All that F needs to know of data, model and parameters stands in the log joint densities, so this
/// is the bound of any mixture.
///
/// Read first: lesson 8, sections 1 and 3 (`Output/Lesson8LowerBound/README.md`), equations `stat215a.lower-bound` and
/// `stat215a.q-function`.
///
/// All logarithms are natural ones. Two things need care:
/// - Where q_nk is 0, its term counts as 0: 0 ln 0 is 0 here, and a log joint density of minus infinity does not matter where q is 0.
/// - Where q_nk is *not* 0 although class k cannot have made observation n (its log joint density is `-Double.infinity`), F is minus
///   infinity.
public enum Exercise16 {
    /// The lower bound F(q, θ) of the log-likelihood.
    ///
    /// - Parameters:
    ///   - responsibilities: q, N rows of K numbers, each row with sum 1. They need not be the posterior.
    ///   - logJoint: N rows of K log joint densities a_nk. They may be -3000 or so, or `-Double.infinity`.
    /// - Returns: F.
    ///
    /// Example: the responsibilities (0.5, 0.5) and (1, 0) with the log joint densities (-1, -2) and (-3, -4) give
    /// F = -1.5 + 0.693147 - 3 = -3.806853.
    public static func lowerBound(responsibilities: [[Double]], logJoint: [[Double]]) -> Double {
        // BEGIN SOLUTION
        var bound = 0.0
        for (row, logs) in zip(responsibilities, logJoint) {
            for (q, a) in zip(row, logs) where q > 0 { bound += q * (a - log(q)) }
        }
        return bound
        // END SOLUTION
    }
}
