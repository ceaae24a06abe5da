import Foundation

// Each estimator below keeps the weighted means, and differs in the variances.

extension Estimator where C == Normal {
    /// One variance for all components: σ² = Σ_k scatter_k / Σ_k N_k.
    public static var equalVariances: Estimator {
        Estimator { (all: [Normal.Statistics]) in
            let scatter = all.reduce(0) { $0 + $1.scatter }
            let weight = all.reduce(0) { $0 + $1.totalWeight }
            return try all.enumerated().map { index, statistics in
                try locating(.component, index + 1) {
                    try Normal.fitted(statistics, variance: scatter / weight, isFree: true)
                }
            }
        }.maximising
    }

    /// Maximum likelihood under the constraint σ² ≥ `floor`: a smaller variance is replaced by the floor.
    ///
    /// That is the exact maximum under the constraint, so the log-likelihood never falls once the parameters obey it. If the
    /// start has a smaller variance, the first step may lower it.
    ///
    /// - Throws: `MixtureError` unless the floor is positive and finite.
    public static func varianceFloor(_ floor: Double) throws -> Estimator {
        try checkFloor(floor)
        return Estimator(each: {
            try Normal.fitted($0, variance: max(floor, $0.scatter / $0.totalWeight), isFree: false)
        }).maximising
    }

    /// The most probable variance under an inverse gamma prior, density ∝ (σ²)^(-shape - 1) exp(-scale / σ²), with a flat
    /// prior on the mean: σ² = (scatter + 2 scale) / (N_k + 2 shape + 2).
    ///
    /// - Throws: `MixtureError` unless shape and scale are positive and finite.
    public static func inverseGammaPrior(shape: Double, scale: Double) throws -> Estimator {
        guard shape > 0, scale > 0, shape.isFinite, scale.isFinite else {
            throw MixtureError(
                .parameter,
                "shape and scale of an inverse gamma prior must be positive and finite, not \(shape) and \(scale)")
        }
        let normaliser = shape * log(scale) - logGamma(shape)
        return Estimator(
            logPrior: { normaliser - (shape + 1) * log($0.variance) - scale / $0.variance },
            each: {
                let variance = ($0.scatter + 2 * scale) / ($0.totalWeight + 2 * shape + 2)
                return try Normal.fitted($0, variance: variance, isFree: false)
            }
        ).maximising
    }
}

/// Throws unless the floor of a variance is a positive number.
func checkFloor(_ floor: Double) throws {
    guard floor > 0, floor.isFinite else {
        throw MixtureError(.parameter, "a variance floor must be positive and finite, not \(floor)")
    }
}
