import Foundation

/// What the covariance matrices of a mixture of multivariate normals may look like.
public enum CovarianceShape: String, Sendable, CaseIterable {
    /// Each component has any covariance matrix of its own.
    case full
    /// Each component has a diagonal covariance matrix of its own.
    case diagonal
    /// Each component has a multiple of the identity of its own.
    case spherical
    /// All components share one covariance matrix.
    case tied
}

extension Estimator where C == MultivariateNormal {
    /// Maximum likelihood among covariances of the given shape, with no eigenvalue below `floor`.
    ///
    /// With a floor, smaller eigenvalues are replaced by it. That is the exact maximum under the constraint, so the
    /// log-likelihood never falls once the parameters obey it; adding a constant to the diagonal, as some programs do, gives
    /// no such guarantee. If the start has other
    /// covariances than these, the first step may lower the log-likelihood.
    ///
    /// - Parameter shared: Whether all components share one covariance of the shape, as they do anyway if it is `tied`. It is the
    ///   shape of the pooled covariance then, since the scatters of all components add up in Q.
    /// - Throws: `MixtureError` if there is a floor, and it is not positive and finite.
    public static func covariance(
        _ shape: CovarianceShape, shared: Bool = false, floor: Double? = nil
    ) throws -> Estimator {
        if let floor { try checkFloor(floor) }
        let isShared = shared || shape == .tied
        var estimator = Estimator { (all: [MultivariateNormal.Statistics]) in
            let pooled = all.dropFirst().reduce(all[0].scatter) { $0 + $1.scatter }
            let pooledWeight = all.reduce(0) { $0 + $1.totalWeight }
            return try all.enumerated().map { index, statistics in
                try locating(.component, index + 1) {
                    guard statistics.totalWeight > 0 else { throw MixtureError.noData }
                    let own =
                        isShared ? (1 / pooledWeight) * pooled : (1 / statistics.totalWeight) * statistics.scatter
                    var covariance =
                        switch shape {
                        case .full, .tied: own
                        case .diagonal: Matrix(diagonal: own.diagonal)
                        case .spherical: (own.diagonal.reduce(0, +) / Double(own.rows)) * Matrix.identity(own.rows)
                        }
                    if let floor { covariance = covariance.withEigenvalues(atLeast: floor) }
                    return try MultivariateNormal.fitted(statistics, covariance: covariance, isFree: floor == nil)
                }
            }
        }
        estimator.usesOnlyVariances = shape == .diagonal || shape == .spherical
        return estimator.maximising
    }

    /// Maximum likelihood of the means alone: every component keeps the covariance that is given.
    ///
    /// With a multiple of the identity, equal and fixed weights, and `.hard` assignment, EM is K-means (Lloyd's algorithm), and its
    /// objective is a constant less the distortion over 2σ². Source: cs229.kmeans-limit, orie4742.kmeans.
    public static func means(covariance: Matrix) -> Estimator {
        Estimator(each: { try MultivariateNormal.fitted($0, covariance: covariance, isFree: false) })
    }

    /// The most probable covariance under an inverse Wishart prior with ν degrees of freedom and scale matrix Ψ, density
    /// ∝ |Σ|^(-(ν + D + 1)/2) exp(-½ tr Ψ Σ⁻¹), with a flat prior on the mean:
    /// Σ = (scatter + Ψ) / (N_k + ν + D + 1). Source: prml.9.33.
    ///
    /// - Throws: `MixtureError` unless Ψ is symmetric positive definite and ν > D - 1. EM refuses
    ///   components of another dimension than Ψ's.
    public static func inverseWishartPrior(degreesOfFreedom ν: Double, scale Ψ: Matrix) throws -> Estimator {
        let dimension = Double(Ψ.rows)
        let factor = try CholeskyFactor(Ψ)
        guard ν > dimension - 1, ν.isFinite else {
            throw MixtureError(
                .parameter, "an inverse Wishart prior needs more than \(Ψ.rows - 1) degrees of freedom, not \(ν)")
        }
        // ln of the multivariate gamma function of ν/2.
        let logMultivariateGamma = (0..<Ψ.rows).reduce(dimension * (dimension - 1) / 4 * log(Double.pi)) {
            $0 + logGamma((ν - Double($1)) / 2)
        }
        let normaliser = ν / 2 * (factor.logDeterminant - dimension * log(2)) - logMultivariateGamma
        @Sendable func checkDimension(_ count: Int) throws {
            guard count == Ψ.rows else {
                throw MixtureError(.parameter, "the prior is for \(Ψ.rows) variables, but the component has \(count)")
            }
        }
        return Estimator(
            logPrior: { component in
                try checkDimension(component.mean.count)
                // tr Ψ Σ⁻¹, column by column.
                let trace = (0..<Ψ.rows).reduce(0) { $0 + component.factor.solve(Ψ.column($1))[$1] }
                return normaliser - (ν + dimension + 1) / 2 * component.factor.logDeterminant - trace / 2
            },
            each: { statistics in
                try checkDimension(statistics.mean.count)
                let weight = statistics.totalWeight + ν + dimension + 1
                return try MultivariateNormal.fitted(
                    statistics, covariance: (1 / weight) * (statistics.scatter + Ψ), isFree: false)
            }
        ).maximising
    }
}
