/// A Beta(a, b) prior for a probability p: density p^(a - 1) (1 - p)^(b - 1) / B(a, b).
///
/// It acts like a - 1 heads and b - 1 tails seen before the data. Source: prml.9.33.
struct BetaPrior {
    let a: Double
    let b: Double

    /// - Throws: `MixtureError` unless both parameters are finite and at least 1: below 1 the density has no maximum.
    init(a: Double, b: Double) throws {
        guard a >= 1, b >= 1, a.isFinite, b.isFinite else {
            throw MixtureError(
                .parameter, "the parameters of a Beta prior must be finite and at least 1, not \(a) and \(b)")
        }
        self.a = a
        self.b = b
    }

    /// ln of the prior density at p.
    func logDensity(at coin: TwoSides) -> Double {
        logGamma(a + b) - logGamma(a) - logGamma(b) + coin.logProbability(heads: a - 1, tails: b - 1)
    }

    /// The most probable p given weighted counts: (heads + a - 1) / (heads + tails + a + b - 2).
    ///
    /// - Throws: `MixtureError` if there are no flips and the prior is flat.
    func mode(heads: Double, tails: Double) throws -> TwoSides {
        let successes = heads + (a - 1)
        let failures = tails + (b - 1)
        let total = successes + failures
        guard total > 0 else { throw MixtureError.noData }
        return TwoSides(heads: successes / total, tails: failures / total)
    }
}

extension Estimator where C == Bernoulli {
    /// The most probable p under a Beta(a, b) prior, a and b at least 1. Source: prml.9.33.
    ///
    /// - Throws: `MixtureError` if a or b is less than 1 or not finite.
    public static func betaPrior(_ a: Double, _ b: Double) throws -> Estimator {
        let prior = try BetaPrior(a: a, b: b)
        return Estimator(logPrior: { prior.logDensity(at: $0.sides) }) {
            try Bernoulli(prior.mode(heads: $0.heads, tails: $0.tails))
        }.maximising
    }
}

extension Estimator where C == Binomial {
    /// The most probable p under a Beta(a, b) prior, a and b at least 1. Source: prml.9.33.
    ///
    /// - Throws: `MixtureError` if a or b is less than 1 or not finite.
    public static func betaPrior(_ a: Double, _ b: Double) throws -> Estimator {
        let prior = try BetaPrior(a: a, b: b)
        return Estimator(logPrior: { prior.logDensity(at: $0.sides) }) {
            try Binomial(trials: $0.mostFlips, prior.mode(heads: $0.heads, tails: $0.tails))
        }.maximising
    }
}

extension Estimator where C == BernoulliVector {
    /// The most probable p_i, each under its own Beta(a, b) prior, a and b at least 1. Source: prml.9.33.
    ///
    /// - Throws: `MixtureError` if a or b is less than 1 or not finite.
    public static func betaPrior(_ a: Double, _ b: Double) throws -> Estimator {
        let prior = try BetaPrior(a: a, b: b)
        return Estimator(logPrior: { $0.sides.reduce(0) { $0 + prior.logDensity(at: $1) } }) { statistics in
            try BernoulliVector(
                zip(statistics.heads, statistics.tails).map { try prior.mode(heads: $0, tails: $1) })
        }.maximising
    }
}
