import Foundation

/// One flip of a coin: p(x) = p^x (1 - p)^(1 - x), with x true for heads.
///
/// Source: cs181.13.
public struct Bernoulli: Component {
    /// The probability p of heads (true).
    public var probability: Double { sides.heads }
    /// p and 1 - p.
    let sides: TwoSides

    /// A coin that shows heads with the given probability.
    ///
    /// - Throws: `MixtureError` if the probability is outside [0, 1].
    public init(probability: Double) throws {
        sides = try TwoSides(probability: probability)
    }

    init(_ sides: TwoSides) { self.sides = sides }

    /// ln p for heads, ln (1 - p) for tails.
    public func logDensity(at x: Bool) -> Double {
        x ? sides.logHeads : sides.logTails
    }

    /// One flip.
    public func sample(using generator: inout SeededGenerator) -> Bool {
        generator.bernoulli(probability)
    }

    /// Mean p and variance p (1 - p), with heads counted as 1.
    public var moments: Moments {
        Moments(mean: probability, variance: sides.heads * sides.tails)
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
        let total = statistics.totalWeight
        return Bernoulli(TwoSides(heads: statistics.heads / total, tails: statistics.tails / total))
    }
}
