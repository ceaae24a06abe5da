import Foundation

/// A finite mixture: p(x) = Σ_k π_k p_k(x), with weights π_k and components p_k of one kind. Source: prml.9.12.
///
/// A mixture is a value; EM makes a new one at every step. Classes are counted from 0 in code.
public struct Mixture<C: Component>: Sendable, Equatable {
    /// The weights π_k: non-negative, with sum 1.
    public let weights: [Double]
    /// The components p_k, as many as weights.
    public let components: [C]

    /// How far the sum of the weights may be from 1.
    public static var weightSumTolerance: Double { 1e-9 }

    /// A mixture of components with the given weights.
    ///
    /// - Throws: `MixtureError` if there are no components or not as many as weights; if a weight is negative or not finite,
    ///   or their sum differs from 1 by more than `weightSumTolerance`; or if the components differ in dimension.
    public init(weights: [Double], components: [C]) throws {
        guard let first = components.first else {
            throw MixtureError(.parameter, "a mixture needs at least one component")
        }
        guard weights.count == components.count else {
            throw MixtureError(
                .parameter, "there must be one weight per component, not \(weights.count) for \(components.count)")
        }
        for (index, weight) in weights.enumerated() where !(weight >= 0 && weight.isFinite) {
            throw MixtureError(.parameter, "weight \(index + 1) must be non-negative and finite, not \(weight)")
        }
        let sum = weights.reduce(0, +)
        guard (sum - 1).magnitude <= Self.weightSumTolerance else {
            throw MixtureError(.parameter, "the weights must sum to 1, not \(sum)")
        }
        for (index, component) in components.enumerated() where component.dimension != first.dimension {
            throw MixtureError(
                .parameter,
                "component \(index + 1) is for \(component.dimension) values per row, component 1 for \(first.dimension)"
            )
        }
        self.weights = weights
        self.components = components
    }

    /// ln π_k + ln p_k(x), for each component: the logarithm of the joint density of class and observation.
    ///
    /// Source: stat215a.joint, cs229.joint.
    @_specialize(where C == Bernoulli)
    @_specialize(where C == BernoulliVector)
    @_specialize(where C == Binomial)
    @_specialize(where C == Normal)
    @_specialize(where C == MultivariateNormal)
    public func logJoint(at x: C.Observation) -> [Double] {
        weights.indices.map { k in log(weights[k]) + components[k].logDensity(at: x) }
    }

    /// ln p(x) = ln Σ_k π_k p_k(x); minus infinity where p(x) is 0.
    public func logDensity(at x: C.Observation) -> Double {
        logSumExp(logJoint(at: x))
    }

    /// p(x) = Σ_k π_k p_k(x). Source: prml.9.12.
    public func density(at x: C.Observation) -> Double {
        exp(logDensity(at: x))
    }

    /// The posterior probability of each class, γ_k = π_k p_k(x) / Σ_j π_j p_j(x).
    ///
    /// The largest factor is cancelled before leaving logarithms, so that it is right where every density underflows. Source: cs181.3, cs181.13.
    ///
    /// - Throws: `MixtureError` of kind `impossibleObservation` if p(x) is 0.
    public func responsibilities(at x: C.Observation) throws -> [Double] {
        try MixtureModels.responsibilities(ofLogJoint: logJoint(at: x))
    }

    /// Draws a class from the weights, then an observation from its component. Source: cs181.generative.
    public func sample(using generator: inout SeededGenerator) -> (latent: Int, observation: C.Observation) {
        let latent = generator.categorical(weights)
        return (latent, components[latent].sample(using: &generator))
    }

    /// Draws `count` classes and observations; none if the count is not positive.
    public func sample(
        count: Int, using generator: inout SeededGenerator
    ) -> [(latent: Int, observation: C.Observation)] {
        (0..<max(0, count)).map { _ in sample(using: &generator) }
    }

    /// Mean μ = Σ π_k μ_k and covariance Σ π_k (Σ_k + (μ_k - μ)(μ_k - μ)ᵀ), by the laws of total mean and covariance.
    ///
    /// Source: prml.9.49, prml.9.50.
    public var moments: Moments {
        // Components of weight 0 take no part: what overflows there must not become 0 · ∞.
        let parts = zip(weights, components).filter { $0.0 > 0 }.map { (weight: $0.0, moments: $0.1.moments) }
        let columns = 0..<components[0].dimension
        let mean = columns.map { i in parts.reduce(0.0) { $0 + $1.weight * $1.moments.mean[i] } }
        // Powers of two as units, so that squares overflow only if the result does. They change no digit.
        let units = columns.map { i in
            let sizes = parts.flatMap { part in
                [part.moments.covariance[i, i].squareRoot(), 2 * (part.moments.mean[i] / 2 - mean[i] / 2).magnitude]
            }
            return powerOfTwo(below: min(sizes.max() ?? 1, .greatestFiniteMagnitude))
        }
        var covariance = Matrix(rows: columns.count, columns: columns.count)
        for (weight, part) in parts {
            // Half of the distance, since a distance may overflow, and twice the halves below.
            let deviation = columns.map { 2 * ((part.mean[$0] / 2 - mean[$0] / 2) / units[$0]) }
            for i in columns {
                for j in columns { covariance[i, j] += weight * (part.covariance[i, j] / units[i] / units[j]) }
            }
            covariance.addOuterProduct(of: deviation, scaledBy: weight)
        }
        for i in columns {
            for j in columns { covariance[i, j] = covariance[i, j] * units[i] * units[j] }
        }
        return Moments(mean: mean, covariance: covariance)
    }

    /// The same mixture with its classes renamed: new class k is the old class `permutation[k]`.
    ///
    /// - Throws: `MixtureError` unless every class appears once.
    public func relabelled(_ permutation: [Int]) throws -> Mixture {
        guard permutation.sorted() == Array(components.indices) else {
            throw MixtureError(.option, "\(permutation) does not name each of the \(components.count) classes once")
        }
        return try Mixture(weights: permutation.map { weights[$0] }, components: permutation.map { components[$0] })
    }
}

/// The largest power of two that is no larger than a positive number; 1 for 0.
private func powerOfTwo(below number: Double) -> Double {
    number > 0 ? Double(sign: .plus, exponent: number.exponent, significand: 1) : 1
}
