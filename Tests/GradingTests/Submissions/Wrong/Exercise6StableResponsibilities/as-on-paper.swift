// Wrong: exponentiates everything, as on paper.
// Scores: 1
// Fails: log-sum-exp-far, log-joint, responsibilities, impossible, collars
// Told: underflows for far points

import Foundation

/// Exercise 6: responsibilities that do not underflow.
public enum Exercise6 {
    /// The logarithm of a sum, from the logarithms of its terms: ln Σ_k exp(a_k).
    public static func logSumExp(_ terms: [Double]) -> Double {
        log(terms.reduce(0) { $0 + exp($1) })
    }

    /// The logarithms of the joint densities of one observation with each class: ln π_k + ln N(x | μ_k, σ_k²).
    public static func logJoint(
        of x: Double, weights: [Double], means: [Double], standardDeviations: [Double]
    ) -> [Double] {
        weights.indices.map { k in
            let z = (x - means[k]) / standardDeviations[k]
            return log(weights[k] * exp(-z * z / 2) / (standardDeviations[k] * (2 * Double.pi).squareRoot()))
        }
    }

    /// The responsibilities for one observation, from the logarithms of its joint densities.
    public static func responsibilities(logJoint: [Double]) -> [Double] {
        let joint = logJoint.map { exp($0) }
        return joint.map { $0 / joint.reduce(0, +) }
    }
}
