// Unusual: adds two terms at a time, and computes each responsibility from differences.
// Scores: 7

import Foundation

/// Exercise 6: responsibilities that do not underflow.
public enum Exercise6 {
    /// The logarithm of a sum, from the logarithms of its terms: ln Σ_k exp(a_k).
    public static func logSumExp(_ terms: [Double]) -> Double {
        terms.dropFirst().reduce(terms[0]) { a, b in
            let (high, low) = a > b ? (a, b) : (b, a)
            return low == -Double.infinity ? high : high + log1p(exp(low - high))
        }
    }

    /// The logarithms of the joint densities of one observation with each class: ln π_k + ln N(x | μ_k, σ_k²).
    public static func logJoint(
        of x: Double, weights: [Double], means: [Double], standardDeviations: [Double]
    ) -> [Double] {
        zip(weights, zip(means, standardDeviations)).map { weight, parameters in
            let variance = parameters.1 * parameters.1
            let constant = -0.5 * log(2 * Double.pi * variance)
            return (weight == 0 ? -Double.infinity : log(weight)) + constant - 0.5 * (x - parameters.0)
                * (x - parameters.0) / variance
        }
    }

    /// The responsibilities for one observation, from the logarithms of its joint densities.
    public static func responsibilities(logJoint: [Double]) -> [Double] {
        logJoint.map { mine in
            mine == -Double.infinity ? 0 : 1 / logJoint.reduce(0) { $0 + exp($1 - mine) }
        }
    }
}
