import Foundation
import MixtureModels

/// The data of this lesson: sets of ten flips, each of one of two coins that are picked equally often, a bent one and a fair
/// one.
///
/// At first only the bent coin's probability of heads is unknown, so that the log-likelihood is a curve; later both are.
struct BentCoin: Sendable {
    let sets: [HeadCount]
    /// Where EM starts on the curve.
    let guess = 0.3
    /// The known coin.
    static let fair = 0.5
    static let truth = [0.8, fair]
    static let weights = [0.5, 0.5]
    static let flips = 10

    init(sets: [HeadCount]) { self.sets = sets }

    /// Forty sets.
    init(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed).stream(0)
        sets = try Self.mixture(Self.truth).sample(count: 40, using: &generator).map(\.observation)
    }

    static func mixture(_ heads: [Double]) throws -> Mixture<Binomial> {
        try Mixture(weights: weights, components: heads.map { try Binomial(trials: flips, probability: $0) })
    }

    /// The two coins when only the first is unknown.
    static func coins(_ bent: Double) -> [Double] { [bent, fair] }

    var plain: PlainCoins { PlainCoins(sets: sets, weights: Self.weights) }
}

// What EM is made of, with any assignments q, and any parameters beside them.

extension BentCoin {
    /// ℓ(θ)
    func logLikelihood(_ heads: [Double]) throws -> Double { try Self.mixture(heads).logLikelihood(of: sets) }

    /// The assignments that the E-step makes: the posterior under these coins.
    func posterior(_ heads: [Double]) throws -> Matrix {
        let mixture = try Self.mixture(heads)
        return try Matrix(sets.map { try mixture.responsibilities(at: $0) })
    }

    /// Q(θ) with the assignments q.
    func expected(_ heads: [Double], _ q: Matrix) throws -> Double {
        try Self.mixture(heads).expectedCompleteLogLikelihood(of: sets, responsibilities: q)
    }

    /// F(q, θ) = Q + H. With q from the E-step at θ(t) it is the bound l(θ given θ(t)).
    func potential(_ heads: [Double], _ q: Matrix) throws -> Double {
        try expected(heads, q) + entropy(ofResponsibilities: q)
    }

    /// EM from these coins: with `fairIsKnown` only the first one moves.
    func em(
        from heads: [Double], fairIsKnown: Bool = false, stop: StoppingRule<Binomial> = atRest
    ) throws -> EM<Binomial> {
        let known = try Binomial(trials: Self.flips, probability: Self.fair)
        let one = Estimator<Binomial> { (all: [Binomial.Statistics]) in
            [try Binomial.estimate(from: all[0]), known]
        }
        return try EM(
            data: sets, start: Self.mixture(heads), weights: .fixed, estimator: fairIsKnown ? one : .maximumLikelihood,
            stop: stop)
    }

    static let atRest = StoppingRule<Binomial>.any(.atRest(1e-12), .maximumSteps(5000))

    /// The iterates of the bent coin from the guess, the fair coin being known.
    func climb() throws -> [Double] {
        try em(from: Self.coins(guess), fairIsKnown: true).fit().trace.map { $0.mixture.components[0].probability }
    }

    /// One round of EM on both coins: θ(t + 1) from θ(t).
    func next(_ heads: [Double]) throws -> [Double] {
        try em(from: heads).mStep(posterior(heads)).components.map(\.probability)
    }
}
