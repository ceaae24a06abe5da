/// An average over independent draws, and how far it may be from the expectation.
public struct SimulationEstimate: Sendable, Equatable {
    /// The average over the draws that counted.
    public let mean: Double
    /// The standard error of ``mean``.
    public let standardError: Double
    /// How many draws counted.
    public let count: Int

    /// An estimate whose numbers are known already.
    public init(mean: Double, standardError: Double, count: Int) {
        self.mean = mean
        self.standardError = standardError
        self.count = count
    }

    /// The share of hits among trials, with the standard error of a proportion.
    ///
    /// The error uses (hits + 1)/(trials + 2) (Laplace), so that it is not 0 when all trials or none are hits.
    ///
    /// - Parameters:
    ///   - hits: how many trials were hits.
    ///   - trials: at least one.
    public init(hits: Int, trials: Int) {
        precondition(
            trials > 0 && (0...trials).contains(hits), "hits must lie between 0 and a positive number of trials")
        let smoothed = (Double(hits) + 1) / (Double(trials) + 2)
        self.init(
            mean: Double(hits) / Double(trials),
            standardError: (smoothed * (1 - smoothed) / Double(trials)).squareRoot(), count: trials)
    }
}

/// Expectations and probabilities by drawing many times.
///
/// A draw that returns nil does not count: so a conditional probability is the share of hits among the trials in which
/// the condition holds.
///
///     // P(coin 1 | heads)
///     try Simulation.proportion(count: 100_000, seed: 1) { random in
///         let first = random.uniform() < weight
///         let heads = random.uniform() < (first ? p1 : p2)
///         return heads ? first : nil
///     }
public enum Simulation {
    /// E[draw], with standard error s/√n.
    ///
    /// - Parameters:
    ///   - count: how often to draw.
    ///   - seed: of the generator that the draws use.
    ///   - draw: one draw; nil if it does not count.
    /// - Throws: ``VerificationError`` if fewer than two draws count or one is not finite; the draw's own errors.
    public static func mean(
        count: Int, seed: UInt64, draw: (inout SplitMix64) throws -> Double?
    ) throws -> SimulationEstimate {
        try means(count: count, seed: seed) { random in try draw(&random).map { [$0] } }[0]
    }

    /// The expectation of each entry of a vector that is drawn whole; as ``mean(count:seed:draw:)``.
    public static func means(
        count: Int, seed: UInt64, draw: (inout SplitMix64) throws -> [Double]?
    ) throws -> [SimulationEstimate] {
        var random = SplitMix64(seed: seed)
        var counted = 0
        var means: [Double] = []
        var squares: [Double] = []
        for _ in 0..<max(0, count) {
            guard let values = try draw(&random) else { continue }
            guard values.allSatisfy(\.isFinite) else {
                throw VerificationError.notFinite(routine: routine, at: values)
            }
            if counted == 0 {
                means = values.map { _ in 0 }
                squares = means
            }
            guard values.count == means.count else {
                throw VerificationError.invalidArgument(
                    routine: routine, rule: "all draws must have equally many entries")
            }
            counted += 1
            for (i, value) in values.enumerated() {  // Welford: no cancellation, however large the mean
                let deviation = value - means[i]
                means[i] += deviation / Double(counted)
                squares[i] += deviation * (value - means[i])
            }
        }
        guard counted >= 2 else { throw tooFew(counted) }
        return zip(means, squares).map { mean, square in
            SimulationEstimate(
                mean: mean, standardError: (square / Double(counted - 1) / Double(counted)).squareRoot(), count: counted
            )
        }
    }

    /// The probability that a trial is a hit, among the trials that count.
    ///
    /// - Parameters:
    ///   - count: how many trials to make.
    ///   - seed: of the generator that the trials use.
    ///   - trial: whether the trial is a hit; nil if it does not count.
    /// - Throws: ``VerificationError`` if fewer than two trials count; the trial's own errors.
    public static func proportion(
        count: Int, seed: UInt64, trial: (inout SplitMix64) throws -> Bool?
    ) throws -> SimulationEstimate {
        try proportions(classes: 2, count: count, seed: seed) { random in try trial(&random).map { $0 ? 1 : 0 } }[1]
    }

    /// The probability of each class 0..<classes, among the trials that count; as ``proportion(count:seed:trial:)``.
    public static func proportions(
        classes: Int, count: Int, seed: UInt64, trial: (inout SplitMix64) throws -> Int?
    ) throws -> [SimulationEstimate] {
        var random = SplitMix64(seed: seed)
        var hits = Array(repeating: 0, count: max(0, classes))
        for _ in 0..<max(0, count) {
            guard let drawn = try trial(&random) else { continue }
            guard hits.indices.contains(drawn) else {
                throw VerificationError.invalidArgument(
                    routine: routine, rule: "class \(drawn) was drawn, but the classes are 0..<\(classes)")
            }
            hits[drawn] += 1
        }
        let counted = hits.reduce(0, +)
        guard counted >= 2 else { throw tooFew(counted) }
        return hits.map { SimulationEstimate(hits: $0, trials: counted) }
    }

    private static let routine = "Simulation"

    private static func tooFew(_ counted: Int) -> VerificationError {
        .invalidArgument(routine: routine, rule: "only \(counted) draws count, and a standard error needs two")
    }
}
