import Foundation

/// One flip of a coin: p(x) = p^x (1 - p)^(1 - x), with x true for heads.
///
/// Source: cs181.13.
public struct Bernoulli: Component {
    /// The probability p of heads (true).
    public let probability: Double

    /// A coin that shows heads with the given probability.
    ///
    /// - Throws: `MixtureError` if the probability is outside [0, 1].
    public init(probability: Double) throws {
        try checkProbability(probability)
        self.probability = probability
    }

    /// ln p for heads, ln (1 - p) for tails.
    public func logDensity(at x: Bool) -> Double {
        x ? log(probability) : log1p(-probability)
    }

    /// One flip.
    public func sample(using generator: inout SeededGenerator) -> Bool {
        generator.bernoulli(probability)
    }

    /// Mean p and variance p (1 - p), with heads counted as 1.
    public var moments: Moments {
        Moments(mean: probability, variance: probability * (1 - probability))
    }

    /// How far the probabilities are apart.
    public func distance(from other: Bernoulli) -> Double {
        (probability - other.probability).magnitude
    }

    /// Weighted counts of flips and of heads.
    public struct Statistics: SufficientStatistics {
        /// Σ γ_n, the weight of all flips.
        public private(set) var totalWeight = 0.0
        /// Σ γ_n x_n, the weight of the heads.
        public private(set) var heads = 0.0
        /// Σ γ_n (1 - x_n), the weight of the tails.
        public private(set) var tails = 0.0

        /// No flips yet.
        public init(like x: Bool) {}

        /// Counts a flip `weight` times.
        public mutating func add(_ x: Bool, weight: Double) {
            totalWeight += weight
            if x { heads += weight } else { tails += weight }
        }

        /// Adds the counts of other flips.
        public mutating func merge(_ other: Statistics) {
            totalWeight += other.totalWeight
            heads += other.heads
            tails += other.tails
        }
    }

    /// p = Σ γ_n x_n / Σ γ_n, the weighted share of heads. Source: cs181.ex3.
    public static func estimate(from statistics: Statistics) throws -> Bernoulli {
        guard statistics.totalWeight > 0 else { throw MixtureError.noData }
        let share = statistics.heads / statistics.totalWeight
        return try Bernoulli(probability: keptInside(share, heads: statistics.heads, tails: statistics.tails))
    }
}

/// A probability that was estimated, kept from 0 if there are heads at all, and from 1 if there are tails.
///
/// Rounded, the share of 2^53 heads among 2^53 + 1 flips is 1, and under it the row of the one tail would be impossible: which
/// it is not, and whether it is so would depend on the order of the sum. Of all numbers the nearest to 1 is then the likeliest.
func keptInside(_ p: Double, heads: Double, tails: Double) -> Double {
    if p >= 1, tails > 0 { return Double(1).nextDown }
    if p <= 0, heads > 0 { return .leastNonzeroMagnitude }
    return p
}

/// Throws unless p is a probability.
func checkProbability(_ p: Double) throws {
    guard p >= 0, p <= 1 else { throw MixtureError(.parameter, "a probability must lie between 0 and 1, not \(p)") }
}
