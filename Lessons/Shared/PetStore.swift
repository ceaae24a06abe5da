import MixtureModels

/// The pet store of CS 181's example: three species, their weights in kilograms, and their lengths in centimetres.
public struct PetStore: Sendable {
    /// The species, in the order of the classes.
    public let species = ["bird", "cat", "dog"]
    /// The share of each species.
    public let weights = [0.25, 0.45, 0.3]
    /// The mean weight of each species, in kg.
    public let means = [1.2, 4.2, 9.0]
    /// The standard deviation of each species' weight, in kg.
    public let deviations = [0.3, 0.8, 2.5]
    /// The mean length of each species, in cm.
    public let lengths = [38.0, 46, 62]
    /// The standard deviation of each species' length, in cm.
    public let lengthDeviations = [5.0, 4, 9]
    /// The correlation of weight and length within each species.
    public let correlations = [0.6, 0.5, 0.8]

    /// The store.
    public init() {}

    /// The weight of an animal, whatever it is.
    public func weightMixture() throws -> Mixture<Normal> {
        try Mixture(
            weights: weights,
            components: zip(means, deviations).map { try Normal(mean: $0, variance: $1 * $1) })
    }

    /// Weight and length of an animal together.
    public func planeMixture() throws -> Mixture<MultivariateNormal> {
        try Mixture(
            weights: weights,
            components: weights.indices.map { k in
                try MultivariateNormal(mean: [means[k], lengths[k]], covariance: Matrix(covariance(k)))
            })
    }

    /// The covariance of weight and length of species k.
    public func covariance(_ k: Int) -> [[Double]] {
        let mixed = correlations[k] * deviations[k] * lengthDeviations[k]
        return [[deviations[k] * deviations[k], mixed], [mixed, lengthDeviations[k] * lengthDeviations[k]]]
    }

    /// The share of all animals that the model puts below a weight, Σ_k π_k P(weight < x given k).
    public func share(below x: Double) -> Double {
        weights.indices.reduce(0) { sum, k in
            sum + weights[k] * normalProbability(below: x, mean: means[k], deviation: deviations[k])
        }
    }
}
