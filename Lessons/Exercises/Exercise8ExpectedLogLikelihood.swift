import Foundation

/// # Exercise 8: the expected complete-data log-likelihood (6 points)
///
/// N numbers come from a mixture of K Gaussians on the line. If the labels were given, we would maximise the log of the joint
/// probability of numbers and labels. They are not given, so EM maximises its average over all labellings, each weighed by how
/// probable it is under the old parameters:
///
///     Q = E[ ln p(X, Z) ]
///
/// There are K to the power N labellings, yet N times K terms are enough. All that is needed of the old parameters is in the
/// responsibilities. The new parameters, at which Q is asked for, stand inside the logarithm.
///
/// Write Q, and the entropy H of the responsibilities. Where old and new parameters are the same, Q + H is the log-likelihood of the
/// data. That makes a good test of your own.
///
/// Read first: lesson 3, section 7 (`Output/Lesson3GaussianEM/README.md`), equations `cs181.6`, `cs181.7` and `prml.9.40`; and
/// lesson 6, section 3, equation `stat215a.q-expanded`, for what happens if a pair of brackets is lost.
///
/// All logarithms are natural ones. Two things need care:
/// - Where a responsibility is 0, its term counts as 0, even if the weight is 0 as well and has no finite logarithm. In the entropy,
///   too, 0 ln 0 counts as 0.
/// - A number may lie so far from a component that its density is 0 in a `Double`. The logarithm of that density is still an ordinary
///   number, and Q must use it.
public enum Exercise8 {
    /// Q, the expected complete-data log-likelihood.
    ///
    /// - Parameters:
    ///   - data: N numbers.
    ///   - responsibilities: N rows of K numbers, each row with sum 1. They belong to the old parameters and are given: do not compute them.
    ///   - weights: the K new weights, which sum to 1; one of them may be 0.
    ///   - means: the K new means.
    ///   - variances: the K new variances (squares of standard deviations), all positive.
    /// - Returns: Q, the sum over all numbers and components.
    ///
    /// Example: data 0 and 2, responsibilities (0.5, 0.5) and (0.25, 0.75), weights 0.4 and 0.6, means 0 and 1, variances 1 and 4 give
    /// Q = -4.686311.
    public static func expectedLogLikelihood(
        data: [Double], responsibilities: [[Double]], weights: [Double], means: [Double], variances: [Double]
    ) -> Double {
        // BEGIN SOLUTION
        var sum = 0.0
        for (x, row) in zip(data, responsibilities) {
            for k in weights.indices where row[k] > 0 {
                let logDensity = -0.5 * (log(2 * .pi * variances[k]) + (x - means[k]) * (x - means[k]) / variances[k])
                sum += row[k] * (log(weights[k]) + logDensity)
            }
        }
        return sum
        // END SOLUTION
    }

    /// H, the entropy of the responsibilities: how uncertain the labels are, added up over the data.
    ///
    /// - Parameter responsibilities: N rows of K numbers, each row with sum 1. Entries may be 0 or 1.
    /// - Returns: H = - (sum over n and k of r ln r), where r is the responsibility of component k for number n. It is 0 if every label
    ///   is certain, and never negative.
    ///
    /// Example: the rows (0.5, 0.5) and (0.25, 0.75) give H = 1.255482; the row (1, 0) alone gives 0.
    public static func entropy(responsibilities: [[Double]]) -> Double {
        // BEGIN SOLUTION
        var sum = 0.0
        for row in responsibilities {
            for r in row where r > 0 { sum -= r * log(r) }
        }
        return sum
        // END SOLUTION
    }
}
