// Wrong: divides the logarithms by their sum.
// Scores: 4
// Fails: responsibilities, impossible, collars
// Told: the logarithms themselves are normalised

import Foundation

/// Exercise 6: responsibilities that do not underflow.
public enum Exercise6 {
    /// The logarithm of a sum, from the logarithms of its terms: ln Σ_k exp(a_k).
    public static func logSumExp(_ terms: [Double]) -> Double {
        guard let largest = terms.max(), largest > -Double.infinity else { return -Double.infinity }
        return largest + log(terms.reduce(0) { $0 + exp($1 - largest) })
    }

    /// The logarithms of the joint densities of one observation with each class: ln π_k + ln N(x | μ_k, σ_k²).
    public static func logJoint(
        of x: Double, weights: [Double], means: [Double], standardDeviations: [Double]
    ) -> [Double] {
        weights.indices.map { k in
            let z = (x - means[k]) / standardDeviations[k]
            return log(weights[k]) - log(2 * Double.pi) / 2 - log(standardDeviations[k]) - z * z / 2
        }
    }

    /// The responsibilities for one observation, from the logarithms of its joint densities.
    public static func responsibilities(logJoint: [Double]) -> [Double] {
        let total = logJoint.reduce(0, +)
        return logJoint.map { $0 / total }
    }
}
