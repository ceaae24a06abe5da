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
    /// What μ has beyond the digits of `mean`, for an estimate that is large against its deviations; nil if nothing.
    let remainder: [Double]?

    /// A multivariate normal distribution.
    ///
    /// - Throws: `MixtureError` unless the mean is finite, the covariance fits it, and the covariance is symmetric positive
    ///   definite, as `CholeskyFactor` defines it.
    public init(mean: [Double], covariance: Matrix) throws {
        try self.init(mean: mean, remainder: nil, covariance: covariance, resolution: nil)
    }

    /// - Parameter resolution: The standard deviation that each column must exceed whatever the other columns say.
    init(mean: [Double], remainder: [Double]?, covariance: Matrix, resolution: [Double]?) throws {
        guard mean.allSatisfy(\.isFinite) else {
            throw MixtureError(.parameter, "a mean must have finite elements, not \(mean)")
        }
        guard covariance.rows == mean.count else {
            throw MixtureError(
                .parameter, "the covariance of \(mean.count) variables must have as many rows, not \(covariance.rows)")
        }
        self.mean = mean
        self.remainder = remainder
        self.covariance = covariance
        factor = try CholeskyFactor(covariance, resolution: resolution)
        logNormaliser = -0.5 * (Double(mean.count) * log(2 * Double.pi) + factor.logDeterminant)
    }

    /// -½ (D ln 2π + ln |Σ| + (x - μ)ᵀ Σ⁻¹ (x - μ))
    public func logDensity(at x: [Double]) -> Double {
        precondition(x.count == mean.count, "the observation must have as many elements as the component")
        let squaredDistance = factor.mahalanobisSquared(deviation(from: x))
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

    /// How far the means are apart, in standard deviations of this one, or the covariances, in products of two of them.
    public func distance(from other: MultivariateNormal) -> Double {
        let moves = mean.indices.map { i in
            (mean[i] - other.mean[i]) + ((remainder?[i] ?? 0) - (other.remainder?[i] ?? 0))
        }
        return momentDistance(moments, other.moments, moves)
    }

    /// x - μ
    public func deviation(from x: [Double]) -> [Double] {
        let deviation = difference(x, mean)
        return remainder.map { difference(deviation, $0) } ?? deviation
    }

    /// Weighted count, mean and scatter, as `Normal.Statistics` keeps them.
    public struct Statistics: SufficientStatistics {
        /// Where the vectors are measured from; nil for 0.
        let origin: [Double]?
        /// The totals about the origin.
        private(set) var totals: Totals

        /// Σ γ_n
        public var totalWeight: Double { totals.totalWeight }
        /// Σ γ_n x_n / Σ γ_n, of length D
        public var mean: [Double] { origin.map { zip($0, totals.mean).map(+) } ?? totals.mean }
        /// Σ γ_n (x_n - mean)(x_n - mean)ᵀ, D × D
        public var scatter: Matrix { totals.scatter }

        /// No vectors yet.
        public init(like x: [Double]) {
            self.init(origin: nil, totals: Totals(dimension: x.count))
        }

        /// Totals from the fast pass, or none yet, about an origin.
        init(origin: [Double]?, totals: Totals) {
            self.origin = origin
            self.totals = totals
            self.totals.isRecentred = origin != nil
        }

        /// Counts a vector `weight` times.
        public mutating func add(_ x: [Double], weight: Double) {
            totals.add(origin.map { difference(x, $0) } ?? x, weight: weight)
        }

        /// Adds the statistics of other vectors, about the same origin.
        public mutating func merge(_ other: Statistics) {
            precondition(origin == other.origin, "statistics must have one origin")
            totals.merge(other.totals)
        }

        /// Nothing yet, about the mean, if the vectors are so far from 0 that digits are lost.
        public func recentred() -> Statistics? {
            let isFar = mean.indices.contains {
                isFarOut(totals.mean[$0], totals.reach[$0], variance: scatter[$0, $0] / totalWeight)
            }
            return origin == nil && isFar
                ? Statistics(origin: mean, totals: Totals(dimension: totals.mean.count)) : nil
        }
    }

    /// The weighted mean, and the weighted mean of (x - μ)(x - μ)ᵀ. Source: cs181.9, cs181.10.
    public static func estimate(from statistics: Statistics) throws -> MultivariateNormal {
        try fitted(statistics, covariance: (1 / statistics.totalWeight) * statistics.scatter, isFree: true)
    }

    /// The estimate with another covariance than the weighted mean of the outer products. A free one, that nothing keeps from
    /// being singular, must be more than the rounding of the numbers from which it comes.
    static func fitted(
        _ statistics: Statistics, covariance: Matrix, isFree: Bool
    ) throws -> MultivariateNormal {
        guard statistics.totalWeight > 0 else { throw MixtureError.noData }
        let reach = statistics.totals.reach
        for (variance, reach) in zip(covariance.diagonal, reach) {
            try checkSpread(variance, reach: isFree ? reach : 0, weight: statistics.totalWeight)
        }
        let noise = zip(statistics.mean, reach).map { resolution(mean: $0, reach: $1) }
        let sums = zip(statistics.origin ?? reach.map { _ in 0 }, statistics.totals.mean).map(exactSum)
        let remainder = sums.contains { $0.remainder != 0 } ? sums.map(\.remainder) : nil
        do {
            return try MultivariateNormal(
                mean: sums.map(\.sum), remainder: remainder, covariance: covariance,
                resolution: isFree ? noise : nil)
        } catch let error as MixtureError where error.kind == .collapse {
            throw MixtureError.collapsedCovariance(dimension: covariance.rows)
        }
    }
}

/// Totals over weighted vectors.
struct Totals: Sendable {
    /// Σ γ_n
    var totalWeight = 0.0
    /// Σ γ_n x_n / Σ γ_n
    var mean: [Double]
    /// Σ γ_n (x_n - mean)(x_n - mean)ᵀ
    var scatter: Matrix
    /// The farthest value that counts, in each column.
    var reach: [Double]
    /// Whether they are about a better origin than 0, because digits are short.
    var isRecentred = false

    init(dimension: Int) {
        mean = Array(repeating: 0, count: dimension)
        scatter = Matrix(rows: dimension, columns: dimension)
        reach = mean
    }

    mutating func add(_ x: [Double], weight: Double) {
        guard weight > 0 else { return }
        for index in reach.indices { reach[index] = max(reach[index], x[index].magnitude) }
        join(mean: x, weight: weight)
    }

    mutating func merge(_ other: Totals) {
        scatter = scatter + other.scatter
        for index in reach.indices { reach[index] = max(reach[index], other.reach[index]) }
        join(mean: other.mean, weight: other.totalWeight)
    }

    /// Where digits are short, includes the lighter side into the heavier one: otherwise a far row of weight 1e-30 would leave
    /// its rounding.
    private mutating func join(mean other: [Double], weight: Double) {
        guard isRecentred && weight > totalWeight else { return include(mean: other, weight: weight) }
        let (lightMean, lightWeight) = (mean, totalWeight)
        (mean, totalWeight) = (other, weight)
        include(mean: lightMean, weight: lightWeight)
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

/// u - v
func difference(_ u: [Double], _ v: [Double]) -> [Double] {
    zip(u, v).map(-)
}
