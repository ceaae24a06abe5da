import Foundation

/// The normal distribution of D variables: p(x) = (2π)^(-D/2) |Σ|^(-1/2) exp(-½ (x - μ)ᵀ Σ⁻¹ (x - μ)).
///
/// Source: cs181.5.
public struct MultivariateNormal: Component {
    /// The mean μ, of length D.
    public let mean: [Double]
    /// The covariance Σ, D × D.
    public let covariance: Matrix
    /// The Cholesky factor of Σ, made once, since every density needs it.
    public let factor: CholeskyFactor
    private let logNormaliser: Double

    /// A multivariate normal distribution.
    ///
    /// - Throws: `MixtureError` unless the mean is finite, the covariance fits it, and the covariance is symmetric positive
    ///   definite, as `CholeskyFactor` defines it.
    public init(mean: [Double], covariance: Matrix) throws {
        guard mean.allSatisfy(\.isFinite) else {
            throw MixtureError(.parameter, "a mean must have finite elements, not \(mean)")
        }
        guard covariance.rows == mean.count else {
            throw MixtureError(
                .parameter, "the covariance of \(mean.count) variables must have as many rows, not \(covariance.rows)")
        }
        self.mean = mean
        self.covariance = covariance
        factor = try CholeskyFactor(covariance)
        logNormaliser = -0.5 * (Double(mean.count) * log(2 * Double.pi) + factor.logDeterminant)
    }

    /// -½ (D ln 2π + ln |Σ| + (x - μ)ᵀ Σ⁻¹ (x - μ))
    public func logDensity(at x: [Double]) -> Double {
        precondition(x.count == mean.count, "the observation must have as many elements as the component")
        let squaredDistance = factor.mahalanobisSquared(difference(x, mean))
        return squaredDistance.isNaN ? -.infinity : logNormaliser - 0.5 * squaredDistance
    }

    /// μ + L z, with Σ = L Lᵀ and z independent standard normal numbers.
    public func sample(using generator: inout SeededGenerator) -> [Double] {
        let noise = mean.map { _ in generator.standardNormal() }
        return zip(mean, factor.times(noise)).map(+)
    }

    /// Mean μ and covariance Σ.
    public var moments: Moments {
        Moments(mean: mean, covariance: covariance)
    }

    /// Weighted count, mean and scatter, as `Normal.Statistics` keeps them.
    public struct Statistics: SufficientStatistics {
        /// Σ γ_n
        public private(set) var totalWeight = 0.0
        /// Σ γ_n x_n / Σ γ_n, of length D
        public private(set) var mean: [Double]
        /// Σ γ_n (x_n - mean)(x_n - mean)ᵀ, D × D
        public private(set) var scatter: Matrix

        /// No vectors yet.
        public init(like x: [Double]) {
            mean = Array(repeating: 0, count: x.count)
            scatter = Matrix(rows: x.count, columns: x.count)
        }

        /// Totals from the fast pass.
        init(totalWeight: Double, mean: [Double], scatter: Matrix) {
            self.totalWeight = totalWeight
            self.mean = mean
            self.scatter = scatter
        }

        /// Counts a vector `weight` times.
        public mutating func add(_ x: [Double], weight: Double) {
            include(mean: x, weight: weight)
        }

        /// Adds the statistics of other vectors.
        public mutating func merge(_ other: Statistics) {
            scatter = scatter + other.scatter
            include(mean: other.mean, weight: other.totalWeight)
        }

        /// Moves the mean, and adds the scatter between the old mean and that of the newcomers (Chan, Golub, LeVeque 1983).
        private mutating func include(mean other: [Double], weight: Double) {
            guard weight > 0 else { return }
            let share = weight / (totalWeight + weight)
            let deviation = difference(other, mean)
            scatter.addOuterProduct(of: deviation, scaledBy: totalWeight * share)
            for index in mean.indices { mean[index] += share * deviation[index] }
            totalWeight += weight
        }
    }

    /// The weighted mean, and the weighted mean of (x - μ)(x - μ)ᵀ. Source: cs181.9, cs181.10.
    public static func estimate(from statistics: Statistics) throws -> MultivariateNormal {
        try fitted(statistics, covariance: (1 / statistics.totalWeight) * statistics.scatter)
    }

    /// The estimate with another covariance than the weighted mean of the outer products.
    static func fitted(_ statistics: Statistics, covariance: Matrix) throws -> MultivariateNormal {
        guard statistics.totalWeight > 0 else { throw MixtureError.noData }
        do {
            return try MultivariateNormal(mean: statistics.mean, covariance: covariance)
        } catch let error as MixtureError where error.kind == .collapse {
            throw MixtureError(
                .collapse,
                "the covariance has collapsed: the data left for the component "
                    + (covariance.rows == 1 ? "are all equal" : "vary in fewer than \(covariance.rows) directions"),
                remedy: "a covariance floor or a prior prevents that")
        }
    }
}

/// u - v
func difference(_ u: [Double], _ v: [Double]) -> [Double] {
    zip(u, v).map(-)
}
