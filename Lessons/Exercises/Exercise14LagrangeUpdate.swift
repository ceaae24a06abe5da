/// # Exercise 14: the price of weight (6 points)
///
/// In every mixture the M-step chooses the weights π_k which maximise the part of Q that depends on them,
///
///     N_1 ln π_1 + N_2 ln π_2 + ... + N_K ln π_K,     where the weights must sum to 1.
///
/// N_k is the effective count of component k: the sum of its responsibilities. A Lagrange multiplier λ takes care of the constraint.
/// In this exercise, as in lesson 6, it comes with a plus sign:
///
///     L = N_1 ln π_1 + ... + N_K ln π_K + λ (π_1 + ... + π_K - 1)
///
/// (The opposite sign is as good a convention, and changes the sign of λ. Use this one.)
///
/// Read first: lesson 6, sections 1 and 3 (`Output/Lesson6LagrangeUpdate/README.md`), equations `prml.9.60` and `stat215a.m-pi`;
/// the erratum `errata.stat215a.sign` shows a slip that the slides of STAT 215A make three times.
///
/// The counts are positive. They need not be whole numbers.
public enum Exercise14 {
    /// The multiplier λ at the maximum.
    ///
    /// - Parameter counts: the K effective counts.
    /// - Returns: λ, with the sign convention above.
    ///
    /// Example: the counts 3 and 9 give λ = -12.
    public static func multiplier(counts: [Double]) -> Double {
        // BEGIN SOLUTION
        -counts.reduce(0, +)
        // END SOLUTION
    }

    /// The weights at the maximum.
    ///
    /// - Parameter counts: the K effective counts.
    /// - Returns: K weights, which sum to 1.
    ///
    /// Example: the counts 3 and 9 give 0.25 and 0.75.
    public static func weights(counts: [Double]) -> [Double] {
        // BEGIN SOLUTION
        let total = counts.reduce(0, +)
        return counts.map { $0 / total }
        // END SOLUTION
    }

    /// How far some weights and some λ are from the maximum: the derivatives of L by each of its unknowns, which are 0 there.
    ///
    /// - Parameters:
    ///   - counts: the K effective counts.
    ///   - weights: K positive weights; they need not sum to 1.
    ///   - multiplier: λ, any number.
    /// - Returns: K + 1 numbers: the derivative of L by π_1, ..., by π_K, and last the derivative by λ.
    ///
    /// Example: the counts 3 and 9, the weights 0.5 and 0.6 and λ = -12 give -6, 3 and 0.1.
    public static func residuals(counts: [Double], weights: [Double], multiplier: Double) -> [Double] {
        // BEGIN SOLUTION
        zip(counts, weights).map { $0 / $1 + multiplier } + [weights.reduce(0, +) - 1]
        // END SOLUTION
    }

    /// The shorter way, for two components: with π_2 = 1 - π_1 put in there is no constraint left, and no multiplier.
    ///
    /// - Parameters:
    ///   - counts: the two effective counts, N_1 and N_2.
    ///   - weight: π_1, between 0 and 1 and neither of these.
    /// - Returns: the derivative of N_1 ln π_1 + N_2 ln(1 - π_1) by π_1.
    ///
    /// Example: the counts 3 and 9 and the weight 0.5 give -12.
    public static func derivative(counts: [Double], weight: Double) -> Double {
        // BEGIN SOLUTION
        counts[0] / weight - counts[1] / (1 - weight)
        // END SOLUTION
    }

    /// The maximum when the last weight is known beforehand, and may not be changed: the others share what is left.
    ///
    /// - Parameters:
    ///   - counts: the K effective counts, K at least 2.
    ///   - last: the given weight of the last component, between 0 and 1 and neither of these.
    /// - Returns: all K weights, the given one last; and λ, with which the derivatives of L by the weights that are free are 0.
    ///
    /// Example: the counts 3, 9 and 5 and the last weight 0.2 give the weights 0.2, 0.6 and 0.2 and λ = -15.
    public static func update(counts: [Double], last: Double) -> (weights: [Double], multiplier: Double) {
        // BEGIN SOLUTION
        let free = counts.dropLast()
        let price = free.reduce(0, +) / (1 - last)
        return (free.map { $0 / price } + [last], -price)
        // END SOLUTION
    }
}
