import Foundation
import MixtureModels
import Verification

/// One round of EM as a map of two coins' head probabilities to their next values, on head counts that may stand for many sets.
struct EMMap: Sendable {
    let rows: [HeadCount]
    let counts: [Double]
    private let em: EM<Binomial>

    private init(rows: [HeadCount], counts: [Double]) throws {
        self.rows = rows
        self.counts = counts
        em = try EM(data: rows, counts: counts, start: BentCoin.mixture(BentCoin.truth), weights: .fixed)
    }

    /// These sets, equal ones counted once.
    init(_ sets: [HeadCount]) throws {
        let all = (0...BentCoin.flips).map { HeadCount(heads: $0, flips: BentCoin.flips) }
        let rows = all.filter(sets.contains)
        try self.init(rows: rows, counts: rows.map { row in Double(sets.count { $0 == row }) })
    }

    /// The head counts in the very shares in which these coins produce them: data without chance.
    init(expectedFrom heads: [Double], sets: Double) throws {
        let mixture = try BentCoin.mixture(heads)
        let rows = (0...BentCoin.flips).map { HeadCount(heads: $0, flips: BentCoin.flips) }
        try self.init(rows: rows, counts: rows.map { sets * mixture.density(at: $0) })
    }

    func logLikelihood(_ heads: [Double]) throws -> Double {
        try BentCoin.mixture(heads).logLikelihood(of: rows, counts: counts)
    }

    /// θ(t + 1) from θ(t).
    func callAsFunction(_ heads: [Double]) throws -> [Double] {
        try em.mStep(em.eStep(BentCoin.mixture(heads))).components.map(\.probability)
    }

    /// Q(θ) with the posterior under other coins.
    func expected(_ heads: [Double], posteriorUnder old: [Double]) throws -> Double {
        try BentCoin.mixture(heads).expectedCompleteLogLikelihood(
            of: rows, counts: counts, responsibilities: em.eStep(BentCoin.mixture(old)))
    }

    /// Rounds until the parameters rest.
    func path(from start: [Double], until distance: Double = 1e-13, atMost rounds: Int = 20_000) throws -> [[Double]] {
        var path = [start]
        while path.count <= rounds {
            path.append(try self(path[path.count - 1]))
            if Self.distance(path[path.count - 1], path[path.count - 2]) <= distance { break }
        }
        return path
    }

    static func distance(_ u: [Double], _ v: [Double]) -> Double { zip(u, v).map { abs($0 - $1) }.max() ?? 0 }

    /// The eigenvalues of the map's Jacobian, smallest first: of a small step, what is left after a round.
    ///
    /// It is a 2 × 2 matrix, and both eigenvalues are real, since it is similar to a symmetric one at a maximum.
    func eigenvalues(at heads: [Double]) throws -> [Double] {
        let j = try CentralDifference.jacobian(of: { try self($0) }, at: heads)
        let half = (j[0][0] + j[1][1]) / 2
        let root = max(0, half * half - (j[0][0] * j[1][1] - j[0][1] * j[1][0])).squareRoot()
        return [half - root, half + root]
    }

    /// The shares of missing information: the eigenvalues of I - C^(-1/2) O C^(-1/2), where C is the curvature of Q (what one would
    /// know if the coins were seen) and O that of the log-likelihood.
    func missingShares(at heads: [Double]) throws -> [Double] {
        let complete = try CentralDifference.hessian(of: { try expected($0, posteriorUnder: heads) }, at: heads)
        let observed = try CentralDifference.hessian(of: logLikelihood, at: heads)
        // C is diagonal: of two coins that are seen, neither says anything about the other.
        let root = heads.indices.map { (-complete[$0][$0]).squareRoot() }
        return try symmetricEigenvalues(
            of: heads.indices.map { i in
                heads.indices.map { (i == $0 ? 1 : 0) + observed[i][$0] / (root[i] * root[$0]) }
            })
    }
}

/// SQUAREM (Varadhan and Roland 2008): two rounds of EM, a jump along what they have in common, and one round to settle.
struct SquaredJumps {
    let map: EMMap
    /// Jumps that lower the log-likelihood, or lead out of the square, are not taken.
    let isGuarded: Bool
    private(set) var path: [[Double]]
    /// How often EM's round was computed to get to each point of the path.
    private(set) var rounds = [0]
    /// Jumps that would have lowered the log-likelihood, and the largest such fall.
    private(set) var falls = (count: 0, largest: 0.0)
    /// Jumps that would have led to probabilities that are none.
    private(set) var outside = 0

    init(_ map: EMMap, from start: [Double], guarded: Bool, until distance: Double = 1e-12) throws {
        (self.map, isGuarded, path) = (map, guarded, [start])
        while rounds[rounds.count - 1] < 20_000 {
            let here = path[path.count - 1]
            let (next, moved) = try jump(from: here)
            rounds.append(rounds[rounds.count - 1] + 3)
            path.append(next)
            if moved <= distance { break }
        }
    }

    private mutating func jump(from here: [Double]) throws -> (heads: [Double], moved: Double) {
        let one = try map(here)
        let two = try map(one)
        let r = zip(one, here).map { $0 - $1 }
        let v = zip(zip(two, one), r).map { $0.0 - $0.1 - $1 }
        func length(_ u: [Double]) -> Double { u.reduce(0) { $0 + $1 * $1 }.squareRoot() }
        guard length(v) > 1e-300 else { return (two, EMMap.distance(two, one)) }
        let alpha = min(-1, -length(r) / length(v))
        let far = here.indices.map { here[$0] - 2 * alpha * r[$0] + alpha * alpha * v[$0] }
        guard far.allSatisfy({ $0 > 0 && $0 < 1 }) else {
            outside += 1
            return (try map(two), EMMap.distance(two, one))
        }
        let fall = try map.logLikelihood(here) - map.logLikelihood(far)
        if fall > 1e-9 {
            falls = (falls.count + 1, max(falls.largest, fall))
            if isGuarded { return (try map(two), EMMap.distance(two, one)) }
        }
        return (try map(far), EMMap.distance(two, one))
    }
}
