import Foundation

/// The normal distribution of one variable: p(x) = (2π σ²)^(-1/2) exp(-(x - μ)² / 2σ²).
///
/// Source: cs181.5.
public struct Normal: Component {
    /// The mean μ, in the unit of the data.
    public let mean: Double
    /// The variance σ², in the unit of the data squared.
    public let variance: Double
    /// What μ has beyond the digits of `mean`, for an estimate that is large against σ: the mean is the sum of both.
    let remainder: Double

    /// A normal distribution. Mind that the second parameter is the variance, not the standard deviation.
    ///
    /// - Throws: `MixtureError` unless the mean is finite and the variance positive and finite.
    public init(mean: Double, variance: Double) throws {
        try self.init(mean: mean, remainder: 0, variance: variance)
    }

    init(mean: Double, remainder: Double, variance: Double) throws {
        guard mean.isFinite else { throw MixtureError(.parameter, "a mean must be finite, not \(mean)") }
        guard variance > 0, variance.isFinite else {
            throw MixtureError(.parameter, "a variance must be positive and finite, not \(variance)")
        }
        self.mean = mean
        self.remainder = remainder
        self.variance = variance
    }

    /// The standard deviation σ.
    public var standardDeviation: Double { variance.squareRoot() }

    /// -½ (ln 2π + ln σ² + (x - μ)² / σ²)
    public func logDensity(at x: Double) -> Double {
        guard x.isFinite else { return -.infinity }
        let deviation = (x - mean) - remainder
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

    /// How far the means are apart, in standard deviations, or the variances, in variances of this one.
    public func distance(from other: Normal) -> Double {
        let moved = ((mean - other.mean) + (remainder - other.remainder)).magnitude
        return max(moved / standardDeviation, (variance - other.variance).magnitude / variance)
    }

    /// Weighted count, mean and scatter.
    ///
    /// The sums Σγx and Σγx² would do, but σ² as their difference loses all digits when the mean is large against σ. So the
    /// mean is moved along with every observation, and the scatter is taken about it. Where the mean is so large that its own
    /// rounding matters, `recentred` measures everything from a better origin.
    public struct Statistics: SufficientStatistics {
        /// Σ γ_n
        public private(set) var totalWeight = 0.0
        /// Σ γ_n (x_n - mean)²
        public private(set) var scatter = 0.0
        /// Σ γ_n x_n / Σ γ_n
        public var mean: Double { (origin ?? 0) + offset }
        /// Where the numbers are measured from; nil for 0, unless that is too far away.
        let origin: Double?
        /// The mean, from there.
        private(set) var offset = 0.0
        /// The farthest number that counts, from there.
        private(set) var reach = 0.0

        /// No numbers yet.
        public init(like x: Double) { origin = nil }

        /// Totals from the fast pass, or none yet, about an origin.
        init(origin: Double, totalWeight: Double = 0, offset: Double = 0, scatter: Double = 0) {
            self.origin = origin
            self.totalWeight = totalWeight
            self.offset = offset
            self.scatter = scatter
        }

        /// Counts a number `weight` times.
        public mutating func add(_ x: Double, weight: Double) {
            guard weight > 0 else { return }
            let deviation = x - (origin ?? 0)
            reach = max(reach, deviation.magnitude)
            include(deviation, weight)
        }

        /// Adds the statistics of other numbers, about the same origin.
        public mutating func merge(_ other: Statistics) {
            scatter += other.scatter
            reach = max(reach, other.reach)
            include(other.offset + ((other.origin ?? 0) - (origin ?? 0)), other.totalWeight)
        }

        /// Moves the mean, and adds the scatter between the old mean and that of the newcomers (Chan, Golub, LeVeque 1983). Where
        /// digits are short, the lighter side moves the heavier one: otherwise a far row of weight 1e-30 would leave its rounding.
        private mutating func include(_ mean: Double, _ weight: Double) {
            let isHeavier = totalWeight == 0 || origin != nil && weight > totalWeight
            let (light, other) = isHeavier ? (totalWeight, offset) : (weight, mean)
            if isHeavier { (totalWeight, offset) = (weight, mean) }
            guard light > 0 else { return }
            let share = light / (totalWeight + light)
            let deviation = other - offset
            scatter += totalWeight * share * (deviation * deviation)
            offset += share * deviation
            totalWeight += light
        }

        /// Nothing yet, about the mean, if the numbers are so far from 0 that digits are lost.
        public func recentred() -> Statistics? {
            origin == nil && isFarOut(offset, reach, variance: scatter / totalWeight) ? Statistics(origin: mean) : nil
        }
    }

    /// The weighted mean, and the weighted mean of the squared deviations from it. Source: stat215a.m-mu, stat215a.m-sigma.
    public static func estimate(from statistics: Statistics) throws -> Normal {
        try fitted(statistics, variance: statistics.scatter / statistics.totalWeight, isFree: true)
    }

    /// The estimate with another variance than the weighted mean of squared deviations. A free one, that nothing keeps from 0,
    /// must be more than the rounding of the numbers from which it comes.
    static func fitted(_ statistics: Statistics, variance: Double, isFree: Bool) throws -> Normal {
        guard statistics.totalWeight > 0 else { throw MixtureError.noData }
        let noise = resolution(mean: statistics.mean, reach: statistics.reach)
        try checkSpread(variance, reach: isFree ? statistics.reach : 0, weight: statistics.totalWeight)
        guard !isFree || variance > noise * noise else { throw MixtureError.collapsedVariance }
        let (mean, remainder) = exactSum(statistics.origin ?? 0, statistics.offset)
        return try Normal(mean: mean, remainder: remainder, variance: variance)
    }
}
