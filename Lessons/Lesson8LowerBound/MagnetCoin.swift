import Foundation
import MixtureModels

/// A coin whose head probability depends on a magnet's strength s_n, which is known and differs from set to set:
/// 1 / (1 + exp(-a s_n)). The other coin is fair. The unknown a has no update in closed form.
struct MagnetCoin: Sendable {
    let sets: [HeadCount]
    let strengths: [Double]
    static let truth = 1.5

    init(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed).stream(1)
        var (sets, strengths): ([HeadCount], [Double]) = ([], [])
        for _ in 0..<60 {
            let strength = 3 * generator.uniform() - 1.5
            strengths.append(strength)
            sets.append(try Self.mixture(Self.truth, strength).sample(using: &generator).observation)
        }
        (self.sets, self.strengths) = (sets, strengths)
    }

    static func headProbability(_ a: Double, _ strength: Double) -> Double { 1 / (1 + exp(-a * strength)) }

    /// What a set of this strength is drawn from.
    static func mixture(_ a: Double, _ strength: Double) throws -> Mixture<Binomial> {
        try BentCoin.mixture([headProbability(a, strength), BentCoin.fair])
    }

    func logLikelihood(_ a: Double) throws -> Double {
        try zip(sets, strengths).reduce(0) { try $0 + Self.mixture(a, $1.1).logDensity(at: $1.0) }
    }

    /// The share of the magnetic coin in each set.
    func shares(_ a: Double) throws -> [Double] {
        try zip(sets, strengths).map { try Self.mixture(a, $1).responsibilities(at: $0)[0] }
    }

    /// Q(a) for these shares.
    func expected(_ a: Double, _ shares: [Double]) throws -> Double {
        try sets.indices.reduce(0) { sum, row in
            let parts = try Self.mixture(a, strengths[row]).logJoint(at: sets[row])
            return sum + shares[row] * parts[0] + (1 - shares[row]) * parts[1]
        }
    }

    /// ∂Q/∂a = Σ_n γ_n s_n (x_n - M p_n)
    func slope(_ a: Double, _ shares: [Double]) -> Double {
        sets.indices.reduce(0) { sum, row in
            let surprise = Double(sets[row].heads) - Double(sets[row].flips) * Self.headProbability(a, strengths[row])
            return sum + shares[row] * strengths[row] * surprise
        }
    }

    /// The most that Q can be curved: p (1 - p) is at most 1/4, so |∂²Q/∂a²| ≤ Σ_n γ_n s_n² M / 4.
    func steepestCurvature(_ shares: [Double]) -> Double {
        sets.indices.reduce(0) { $0 + shares[$1] * strengths[$1] * strengths[$1] * Double(sets[$1].flips) / 4 }
    }

    /// One E-step, then one step along the gradient, of `length` over the steepest curvature.
    func gradientStep(_ a: Double, length: Double = 1) throws -> Double {
        let shares = try shares(a)
        return a + length * slope(a, shares) / steepestCurvature(shares)
    }

    /// One E-step, then gradient steps until Q no longer rises: the M-step in full.
    func fullStep(_ a: Double) throws -> (a: Double, inner: Int) {
        let shares = try shares(a)
        var (now, inner) = (a, 0)
        while inner < 10_000 {
            let move = slope(now, shares) / steepestCurvature(shares)
            now += move
            inner += 1
            if abs(move) < 1e-11 { break }
        }
        return (now, inner)
    }
}
