import Foundation

/// The result of several flips of one coin: one row of data.
public struct HeadCount: Sendable, Hashable {
    /// How many of the flips were heads.
    public let heads: Int
    /// How many flips there were.
    public let flips: Int

    /// `heads` heads in `flips` flips. Whether that is possible is checked where the data are used.
    public init(heads: Int, flips: Int) {
        self.heads = heads
        self.flips = flips
    }
}

/// The number of heads in n flips: p(h) = n! / (h! (n - h)!) p^h (1 - p)^(n - h).
///
/// Every row of data brings its own n: the density uses the observation's number of flips. `trials` is the number used for
/// sampling and for the moments. Source: cs181.ex4.1.
public struct Binomial: Component {
    /// The number n of flips in a sampled observation.
    public let trials: Int
    /// The probability p of heads.
    public var probability: Double { sides.heads }
    /// p and 1 - p.
    let sides: TwoSides

    /// A coin with the given probability of heads, flipped `trials` times.
    ///
    /// - Throws: `MixtureError` if the number of trials is negative or the probability outside [0, 1].
    public init(trials: Int, probability: Double) throws {
        guard trials >= 0 else {
            throw MixtureError(.parameter, "the number of trials must not be negative: \(trials)")
        }
        self.init(trials: trials, try TwoSides(probability: probability))
    }

    init(trials: Int, _ sides: TwoSides) {
        self.trials = trials
        self.sides = sides
    }

    /// ln p(h), with the binomial coefficient.
    ///
    /// For many flips coefficient and kernel are large numbers whose digits cancel in the sum: then it is computed as it is left
    /// after they have (see `saddlePoint`).
    public func logDensity(at x: HeadCount) -> Double {
        guard x.heads >= 0, x.heads <= x.flips else { return -.infinity }
        return x.flips < Self.manyFlips
            ? Self.logCoefficient(of: x) + logKernel(at: x) : saddlePoint(x, sides)
    }

    /// From so many flips on, factorials are not looked up in a table.
    private static var manyFlips: Int { 256 }

    /// ln (n! / (h! (n - h)!)), the logarithm of the number of orders in which h of n flips can be heads.
    public static func logCoefficient(of x: HeadCount) -> Double {
        precondition(x.heads >= 0 && x.heads <= x.flips, "heads must lie between 0 and the number of flips")
        guard x.flips >= manyFlips, x.heads > 0, x.heads < x.flips else {
            return logFactorial(x.flips) - logFactorial(x.heads) - logFactorial(x.flips - x.heads)
        }
        // What is left of the probability of h if p = h/n, and the kernel there taken off again.
        // Heads and tails may change places, so that the logarithm of what is near 1 is precise.
        let (n, few) = (Double(x.flips), Double(min(x.heads, x.flips - x.heads)))
        return peak(n, few) - few * log(few / n) - (n - few) * log1p(-few / n)
    }

    /// h ln p + (n - h) ln (1 - p), without the binomial coefficient: the probability of one particular order of the flips.
    ///
    /// The coefficient is the same for every component, so responsibilities and updates do not depend on it.
    public func logKernel(at x: HeadCount) -> Double {
        guard x.heads >= 0, x.heads <= x.flips else { return -.infinity }
        return sides.logProbability(heads: Double(x.heads), tails: Double(x.flips - x.heads))
    }

    /// The heads in `trials` flips.
    public func sample(using generator: inout SeededGenerator) -> HeadCount {
        HeadCount(heads: generator.binomial(trials: trials, probability: probability), flips: trials)
    }

    /// Mean n p and variance n p (1 - p) of the number of heads, with n = `trials`.
    public var moments: Moments {
        let mean = Double(trials) * probability
        return Moments(mean: mean, variance: mean * sides.tails)
    }

    /// How far the probabilities are apart.
    public func distance(from other: Binomial) -> Double {
        (probability - other.probability).magnitude
    }

    /// Weighted counts of rows, of flips and of heads.
    public struct Statistics: SufficientStatistics {
        /// Σ γ_n, the weight of all rows.
        public private(set) var totalWeight = 0.0
        /// Σ γ_n h_n, the expected heads.
        public private(set) var heads = 0.0
        /// Σ γ_n (n_n - h_n), the expected tails.
        public private(set) var tails = 0.0
        /// Σ γ_n n_n, the expected flips.
        public private(set) var flips = 0.0
        /// The most flips of any row, whatever its weight.
        public private(set) var mostFlips = 0

        /// No rows yet.
        public init(like x: HeadCount) {}

        /// Counts a row `weight` times.
        public mutating func add(_ x: HeadCount, weight: Double) {
            totalWeight += weight
            heads += weight * Double(x.heads)
            tails += weight * Double(x.flips &- x.heads)
            flips += weight * Double(x.flips)
            mostFlips = max(mostFlips, x.flips)
        }

        /// Adds the counts of other rows.
        public mutating func merge(_ other: Statistics) {
            totalWeight += other.totalWeight
            heads += other.heads
            tails += other.tails
            flips += other.flips
            mostFlips = max(mostFlips, other.mostFlips)
        }
    }

    /// p = Σ γ_n h_n / Σ γ_n n_n, expected heads over expected flips; `trials` is the most flips of any row.
    ///
    /// Source: cs181.ex4.3.
    public static func estimate(from statistics: Statistics) throws -> Binomial {
        guard statistics.flips > 0 else { throw MixtureError.noData }
        let flips = statistics.flips
        return Binomial(
            trials: statistics.mostFlips,
            TwoSides(heads: statistics.heads / flips, tails: statistics.tails / flips))
    }

    /// Heads must lie between 0 and the number of flips.
    public static func check(_ x: HeadCount) throws {
        guard x.heads >= 0, x.heads <= x.flips else {
            throw MixtureError(.data, "heads must lie between 0 and the number of flips, not \(x.heads) of \(x.flips)")
        }
    }
}
