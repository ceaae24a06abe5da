import Foundation
import MixtureModels
import Verification

/// The pet store of lesson 1: three species, their weights in kilograms, and their lengths in centimetres.
struct PetStore {
    /// The species, in the order of the classes.
    let species = ["bird", "cat", "dog"]
    /// The share of each species.
    let weights = [0.25, 0.45, 0.3]
    /// The mean weight of each species, in kg.
    let means = [1.2, 4.2, 9.0]
    /// The standard deviation of each species' weight, in kg.
    let deviations = [0.3, 0.8, 2.5]
    /// The mean length of each species, in cm.
    let lengths = [38.0, 46, 62]
    /// The standard deviation of each species' length, in cm.
    let lengthDeviations = [5.0, 4, 9]
    /// The correlation of weight and length within each species.
    let correlations = [0.6, 0.5, 0.8]

    /// The weight of an animal, whatever it is.
    func weightMixture() throws -> Mixture<Normal> {
        try Mixture(
            weights: weights,
            components: zip(means, deviations).map { try Normal(mean: $0, variance: $1 * $1) })
    }

    /// The share of all animals that the model puts below a weight.
    func share(below x: Double) -> Double {
        weights.indices.reduce(0) { sum, k in
            sum + weights[k] * erfc((means[k] - x) / (deviations[k] * 2.0.squareRoot())) / 2
        }
    }

    /// Weight and length of an animal together.
    func planeMixture() throws -> Mixture<MultivariateNormal> {
        try Mixture(
            weights: weights,
            components: weights.indices.map { k in
                try MultivariateNormal(mean: [means[k], lengths[k]], covariance: Matrix(covariance(k)))
            })
    }

    /// The covariance of weight and length of species k.
    func covariance(_ k: Int) -> [[Double]] {
        let mixed = correlations[k] * deviations[k] * lengthDeviations[k]
        return [[deviations[k] * deviations[k], mixed], [mixed, lengthDeviations[k] * lengthDeviations[k]]]
    }
}

// The formulas as they stand on the blackboard, for second routes: nothing here calls the package's distributions.

/// The density of the normal distribution.
func normalDensity(_ x: Double, mean: Double, deviation: Double) -> Double {
    let distance = (x - mean) / deviation
    return exp(-distance * distance / 2) / (deviation * (2 * Double.pi).squareRoot())
}

/// The density of the normal distribution in the plane, with determinant and inverse of the 2 × 2 covariance written out.
func planeDensity(_ x: [Double], mean: [Double], covariance s: [[Double]]) -> Double {
    let determinant = s[0][0] * s[1][1] - s[0][1] * s[1][0]
    let (u, v) = (x[0] - mean[0], x[1] - mean[1])
    let squaredDistance = (s[1][1] * u * u - 2 * s[0][1] * u * v + s[0][0] * v * v) / determinant
    return exp(-squaredDistance / 2) / (2 * Double.pi * determinant.squareRoot())
}

// Second routes to a posterior probability.

/// The posterior by differentiation: with the weights taken as free numbers, γ_k = π_k ∂ ln(Σ_j π_j f_j) / ∂π_k.
///
/// - Parameter densities: f_j(x) for each class.
func posteriorByDerivative(weights: [Double], densities: [Double]) throws -> [Double] {
    let gradient = try CentralDifference.gradient(
        of: { free in log(zip(free, densities).reduce(0) { $0 + $1.0 * $1.1 }) }, at: weights)
    return zip(weights, gradient).map { $0 * $1 }
}
