import Foundation
import Verification

/// A second route to a posterior probability: with the weights taken as free numbers, γ_k = π_k ∂ ln(Σ_j π_j f_j) / ∂π_k.
///
/// - Parameter densities: f_j(x) for each class.
func posteriorByDerivative(weights: [Double], densities: [Double]) throws -> [Double] {
    let gradient = try CentralDifference.gradient(
        of: { free in log(zip(free, densities).reduce(0) { $0 + $1.0 * $1.1 }) }, at: weights)
    return zip(weights, gradient).map { $0 * $1 }
}
