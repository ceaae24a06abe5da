/// # Exercise 15: EM with priors (6 points)
///
/// A coin that was hardly ever flipped gets a wild estimate: one set with no heads, and its probability is 0 for ever. A prior
/// prevents that. The parameters that are most probable after the data, with the prior taken into account, are called the maximum
/// a posteriori (MAP) estimate: the **mode** of the posterior, not its mean. EM finds it with one change: the M-step maximises
///
///     Q' = Q + ln p(θ)
///
/// where p(θ) is the density of the prior. The E-step stays as it is.
///
/// The data are those of Exercise 4: N sets of M flips, of each of which we know the number of heads x_n, and the responsibility r_nk of
/// each of the K coins for it. The priors:
/// - each probability of heads μ_k has a Beta(a, b) prior of its own: p(μ_k) is proportional to μ_k^(a - 1) (1 - μ_k)^(b - 1);
/// - the weights have a Dirichlet prior: p(π) is proportional to π_1^(α_1 - 1) ... π_K^(α_K - 1).
///
/// So Q', but for terms without parameters, is
///
///     sum over n and k of r_nk [ ln π_k + x_n ln μ_k + (M - x_n) ln(1 - μ_k) ]
///     + sum over k of [ (a - 1) ln μ_k + (b - 1) ln(1 - μ_k) ]
///     + sum over k of (α_k - 1) ln π_k
///
/// Compare the lines: what does the prior look like? Then only few things are left to do.
///
/// Read first: lesson 8, section 8 (`Output/Lesson8LowerBound/README.md`, equation `prml.9.33`), where EM is used for MAP. Lesson 4,
/// section 3 (equation `cs181.ex4.3`) has the updates without priors; the last "Try it yourself" of lesson 6 is about the weights.
///
/// a, b and all α_k are at least 1. With 1 everywhere the priors are flat, and the updates are those without priors. Some data or a prior
/// which is not flat are always there, so that nothing is 0 divided by 0.
public enum Exercise15 {
    /// The most probable probabilities of heads.
    ///
    /// - Parameters:
    ///   - heads: N numbers of heads, each from 0 to M; N may be 0.
    ///   - flips: M, the number of flips in each set.
    ///   - responsibilities: N rows of K numbers, each row with sum 1.
    ///   - components: K, the number of coins.
    ///   - a: the first parameter of the Beta prior, at least 1.
    ///   - b: the second parameter of the Beta prior, at least 1.
    /// - Returns: the K probabilities which maximise Q'.
    ///
    /// Example: 9 and 2 heads of 10 with the rows (1, 0) and (0.5, 0.5), a = 3 and b = 2 give 12/18 = 0.666667 and 3/8 = 0.375.
    public static func probabilities(
        heads: [Int], flips: Int, responsibilities: [[Double]], components: Int, a: Double, b: Double
    ) -> [Double] {
        // BEGIN SOLUTION
        (0..<components).map { k in
            var headCount = a - 1
            var tailCount = b - 1
            for (count, row) in zip(heads, responsibilities) {
                headCount += row[k] * Double(count)
                tailCount += row[k] * Double(flips - count)
            }
            return headCount / (headCount + tailCount)
        }
        // END SOLUTION
    }

    /// The most probable weights.
    ///
    /// - Parameters:
    ///   - responsibilities: N rows of K numbers, each row with sum 1; N may be 0.
    ///   - alpha: the K parameters of the Dirichlet prior, each at least 1.
    /// - Returns: the K weights which maximise Q', with sum 1.
    ///
    /// Example: the rows (1, 0) and (0.5, 0.5) with α = (2, 3) give 2.5/5 = 0.5 and 2.5/5 = 0.5; with α = (1, 3) they give 0.375 and
    /// 0.625.
    public static func weights(responsibilities: [[Double]], alpha: [Double]) -> [Double] {
        // BEGIN SOLUTION
        let counts = alpha.indices.map { k in responsibilities.reduce(alpha[k] - 1) { $0 + $1[k] } }
        let total = counts.reduce(0, +)
        return counts.map { $0 / total }
        // END SOLUTION
    }
}
