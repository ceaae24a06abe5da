import Foundation

/// # Exercise 6: responsibilities that do not underflow (7 points)
///
/// On paper Bayes' rule divides one density by a sum of densities. In a computer a Gaussian density 40 standard deviations from its mean
/// is 0, the sum is 0, too, and the rule says 0/0. The remedy is to stay with logarithms until the end, and to take the largest one
/// out before anything is exponentiated.
///
/// Write the three pieces. All logarithms are natural. No function may return NaN, or a wrong number, because something was
/// rounded to 0 or grew to infinity on the way.
///
/// Read first: lesson 2, section 5, and `stat215a.joint` in section 3 (`Output/Lesson2BayesPosterior/README.md`).
public enum Exercise6 {
    /// The logarithm of a sum, from the logarithms of its terms: ln Σ_k exp(a_k).
    ///
    /// - Parameter terms: K logarithms a_k, K ≥ 1. They can be very large or very small (±1e300, say), and a term that is 0 has the
    ///   logarithm `-Double.infinity`. None is +infinity or NaN.
    /// - Returns: ln Σ_k exp(a_k). If all terms are `-Double.infinity`, then so is the result.
    ///
    /// Examples: ln 1 and ln 3 (0 and 1.098612) give ln 4 = 1.386294. The terms -1000 and -1000 give -1000 + ln 2 = -999.306853.
    public static func logSumExp(_ terms: [Double]) -> Double {
        // BEGIN SOLUTION
        guard let largest = terms.max(), largest > -Double.infinity else { return -Double.infinity }
        return largest + log(terms.reduce(0) { $0 + exp($1 - largest) })
        // END SOLUTION
    }

    /// The logarithms of the joint densities of one observation with each class: ln π_k + ln N(x | μ_k, σ_k²).
    ///
    /// - Parameters:
    ///   - x: an observation, one number. It can be a thousand standard deviations from every mean.
    ///   - weights: K weights, which sum to 1. A weight may be 0: its class is impossible, and the logarithm `-Double.infinity`.
    ///   - means: K means.
    ///   - standardDeviations: K standard deviations, in the unit of x.
    /// - Returns: K logarithms.
    ///
    /// Example: x = 3 with weights 0.5 and 0.5, means 1 and 5, and standard deviations 0.5 and 2 gives -8.918939, -2.805233.
    public static func logJoint(
        of x: Double, weights: [Double], means: [Double], standardDeviations: [Double]
    ) -> [Double] {
        // BEGIN SOLUTION
        weights.indices.map { k in
            let z = (x - means[k]) / standardDeviations[k]
            return log(weights[k]) - log(2 * Double.pi) / 2 - log(standardDeviations[k]) - z * z / 2
        }
        // END SOLUTION
    }

    /// The responsibilities for one observation, from the logarithms of its joint densities.
    ///
    /// - Parameter logJoint: K logarithms, as `logJoint` returns them (they can be anything that `logSumExp` takes). At least one
    ///   is not `-Double.infinity`; a class whose logarithm is `-Double.infinity` is impossible.
    /// - Returns: K responsibilities, which sum to 1.
    ///
    /// Example: the logarithms -1000 and -1000 + ln 3 = -998.901388 give 0.25 and 0.75.
    public static func responsibilities(logJoint: [Double]) -> [Double] {
        // BEGIN SOLUTION
        let largest = logJoint.max() ?? 0
        let joint = logJoint.map { exp($0 - largest) }
        let total = joint.reduce(0, +)
        return joint.map { $0 / total }
        // END SOLUTION
    }
}
