/// D independent flips of D different coins: p(x) = Π_i p_i^{x_i} (1 - p_i)^{1 - x_i}, a binary image for instance.
///
/// Source: prml.9.47.
public struct BernoulliVector: Component {
    /// The probability p_i of a true element i, for each of the D elements.
    public let probabilities: [Double]
    /// p_i and 1 - p_i.
    let sides: [TwoSides]
    /// ln (1 - p_i) and ln p_i, in turn: made once, since every density needs them.
    private let logarithms: [Double]

    /// A vector of independent Bernoulli variables.
    ///
    /// - Throws: `MixtureError` if there are none, or a probability is outside [0, 1].
    public init(probabilities: [Double]) throws {
        guard !probabilities.isEmpty else {
            throw MixtureError(.parameter, "a vector of Bernoullis needs at least one probability")
        }
        self.init(try probabilities.map(TwoSides.init(probability:)))
    }

    init(_ sides: [TwoSides]) {
        self.sides = sides
        probabilities = sides.map(\.heads)
        logarithms = sides.flatMap { [$0.logTails, $0.logHeads] }
    }

    /// Σ_i (x_i ln p_i + (1 - x_i) ln (1 - p_i))
    public func logDensity(at x: [Bool]) -> Double {
        precondition(x.count == probabilities.count, "the observation must have as many elements as the component")
        var sum = 0.0
        for i in x.indices { sum += logarithms[2 * i + (x[i] ? 1 : 0)] }
        return sum
    }

    /// One vector of flips.
    public func sample(using generator: inout SeededGenerator) -> [Bool] {
        probabilities.map { generator.bernoulli($0) }
    }

    /// Mean p and covariance diag p_i (1 - p_i), with true counted as 1. Source: prml.9.46.
    public var moments: Moments {
        Moments(mean: probabilities, covariance: Matrix(diagonal: probabilities.map { $0 * (1 - $0) }))
    }

    /// How far the probabilities are apart, at most.
    public func distance(from other: BernoulliVector) -> Double {
        zip(probabilities, other.probabilities).reduce(0) { max($0, ($1.0 - $1.1).magnitude) }
    }

    /// Weighted counts of vectors, and of true elements in each place.
    public struct Statistics: SufficientStatistics {
        /// Σ γ_n, the weight of all vectors.
        public private(set) var totalWeight = 0.0
        /// Σ γ_n x_n, for each of the D elements.
        public private(set) var heads: [Double]
        /// Σ γ_n (1 - x_n), for each of the D elements.
        public private(set) var tails: [Double]

        /// No vectors yet.
        public init(like x: [Bool]) {
            heads = Array(repeating: 0, count: x.count)
            tails = heads
        }

        /// Totals from the fast pass.
        init(totalWeight: Double, heads: [Double], tails: [Double]) {
            self.totalWeight = totalWeight
            self.heads = heads
            self.tails = tails
        }

        /// Counts a vector `weight` times.
        public mutating func add(_ x: [Bool], weight: Double) {
            totalWeight += weight
            for index in heads.indices {
                if x[index] { heads[index] += weight } else { tails[index] += weight }
            }
        }

        /// Adds the counts of other vectors.
        public mutating func merge(_ other: Statistics) {
            totalWeight += other.totalWeight
            for index in heads.indices {
                heads[index] += other.heads[index]
                tails[index] += other.tails[index]
            }
        }
    }

    /// p_i = Σ γ_n x_ni / Σ γ_n, the weighted mean vector. Source: prml.9.59.
    public static func estimate(from statistics: Statistics) throws -> BernoulliVector {
        guard statistics.totalWeight > 0 else { throw MixtureError.noData }
        let total = statistics.totalWeight
        return BernoulliVector(
            zip(statistics.heads, statistics.tails).map { TwoSides(heads: $0 / total, tails: $1 / total) })
    }
}
