import Foundation

/// The normal distribution of one variable: p(x) = (2π σ²)^(-1/2) exp(-(x - μ)² / 2σ²).
///
/// Source: cs181.5.
public struct Normal: Component {
    /// The mean μ, in the unit of the data.
    public let mean: Double
    /// The variance σ², in the unit of the data squared.
    public let variance: Double

    /// A normal distribution. Mind that the second parameter is the variance, not the standard deviation.
    ///
    /// - Throws: `MixtureError` unless the mean is finite and the variance positive and finite.
    public init(mean: Double, variance: Double) throws {
        guard mean.isFinite else { throw MixtureError(.parameter, "a mean must be finite, not \(mean)") }
        guard variance > 0, variance.isFinite else {
            throw MixtureError(.parameter, "a variance must be positive and finite, not \(variance)")
        }
        self.mean = mean
        self.variance = variance
    }

    /// The standard deviation σ.
    public var standardDeviation: Double { variance.squareRoot() }

    /// -½ (ln 2π + ln σ² + (x - μ)² / σ²)
    public func logDensity(at x: Double) -> Double {
        guard x.isFinite else { return -.infinity }
        let deviation = x - mean
        return -0.5 * (log(2 * Double.pi) + log(variance) + deviation * (deviation / variance))
    }

    /// μ + σ times a standard normal number.
    public func sample(using generator: inout SeededGenerator) -> Double {
        mean + standardDeviation * generator.standardNormal()
    }

    /// Mean μ and variance σ².
    public var moments: Moments {
        Moments(mean: mean, variance: variance)
    }

    /// Weighted count, mean and scatter.
    ///
    /// The sums Σγx and Σγx² would do, but σ² as their difference loses all digits when the mean is large against σ. So the
    /// mean is moved along with every observation, and the scatter is taken about it.
    public struct Statistics: SufficientStatistics {
        /// Σ γ_n
        public private(set) var totalWeight = 0.0
        /// Σ γ_n x_n / Σ γ_n
        public private(set) var mean = 0.0
        /// Σ γ_n (x_n - mean)²
        public private(set) var scatter = 0.0

        /// No numbers yet.
        public init(like x: Double) {}

        /// Totals from the fast pass.
        init(totalWeight: Double, mean: Double, scatter: Double) {
            self.totalWeight = totalWeight
            self.mean = mean
            self.scatter = scatter
        }

        /// Counts a number `weight` times.
        public mutating func add(_ x: Double, weight: Double) {
            include(mean: x, weight: weight)
        }

        /// Adds the statistics of other numbers.
        public mutating func merge(_ other: Statistics) {
            scatter += other.scatter
            include(mean: other.mean, weight: other.totalWeight)
        }

        /// Moves the mean, and adds the scatter between the old mean and that of the newcomers (Chan, Golub, LeVeque 1983).
        private mutating func include(mean other: Double, weight: Double) {
            guard weight > 0 else { return }
            let share = weight / (totalWeight + weight)
            let deviation = other - mean
            scatter += totalWeight * share * (deviation * deviation)
            mean += share * deviation
            totalWeight += weight
        }
    }

    /// The weighted mean, and the weighted mean of the squared deviations from it. Source: stat215a.m-mu, stat215a.m-sigma.
    public static func estimate(from statistics: Statistics) throws -> Normal {
        try fitted(statistics, variance: statistics.scatter / statistics.totalWeight)
    }

    /// The estimate with another variance than the weighted mean of squared deviations.
    static func fitted(_ statistics: Statistics, variance: Double) throws -> Normal {
        guard statistics.totalWeight > 0 else { throw MixtureError.noData }
        guard variance != 0 else { throw MixtureError.collapsedVariance }
        return try Normal(mean: statistics.mean, variance: variance)
    }
}

extension MixtureError {
    /// A variance is 0: the likelihood grows without bound as a component closes in on a single value.
    static var collapsedVariance: MixtureError {
        MixtureError(
            .collapse,
            "the variance has collapsed to 0 around a single value", remedy: "a variance floor or a prior prevents that"
        )
    }
}
