import Foundation
import Testing

@testable import MixtureModels

/// Heads so many that beside them a few tails round away: they stay possible, in whatever order the rows come.
@Suite struct CertainFlipsTests {
    private static let passes = [Pass.readable, .fast]

    /// The parameters after one step from one component; the same for both passes, and in each order of the rows.
    private func estimates<C: Component>(
        _ data: [C.Observation], counts: [Double]? = nil, _ component: C,
        _ estimator: Estimator<C> = .maximumLikelihood
    ) throws -> [C] {
        let start = try Mixture(weights: [1], components: [component])
        return try Self.passes.flatMap { pass in
            try [false, true].map { isReversed in
                // Two steps: the second asks for the probability of every row under what the first found.
                let em = try EM(
                    data: isReversed ? data.reversed() : data, counts: isReversed ? counts?.reversed() : counts,
                    start: start,
                    estimator: estimator, stop: .maximumSteps(2), pass: pass)
                return try em.fit().mixture.components[0]
            }
        }
    }

    @Test("A probability is 0 or 1 only if nothing at all speaks against it", arguments: [true, false])
    func largeCounts(isHeads: Bool) throws {
        func check(_ probabilities: [Double]) {
            let near = isHeads ? 1 : 0.0
            for p in probabilities {
                #expect(p > 0 && p < 1)
                #expect((p - near).magnitude < 1e-14)
            }
        }
        func count(_ flips: Int) -> HeadCount { HeadCount(heads: isHeads ? flips : 0, flips: flips) }
        let other = HeadCount(heads: isHeads ? 0 : 1, flips: 1)
        for many in [1 << 53, 1 << 61, .max] {
            let data = [other, count(many), count(0), other]
            for rule in [Estimator<Binomial>.maximumLikelihood, try .betaPrior(1, 1), try .betaPrior(2, 2)] {
                check(try estimates(data, Binomial(trials: 1, probability: 0.5), rule).map(\.probability))
            }
        }
        let flips = [!isHeads] + Array(repeating: isHeads, count: 20)
        for few in [1, 1e-3, 1e-300] {
            let counts = [few] + Array(repeating: 1e15, count: 20)
            for rule in [Estimator<Bernoulli>.maximumLikelihood, try .betaPrior(1, 1)] {
                check(try estimates(flips, counts: counts, Bernoulli(probability: 0.5), rule).map(\.probability))
            }
            for rule in [Estimator<BernoulliVector>.maximumLikelihood, try .betaPrior(1, 1)] {
                let found = try estimates(
                    flips.map { [$0, $0] }, counts: counts, BernoulliVector(probabilities: [0.5, 0.3]), rule)
                check(found.flatMap(\.probabilities))
            }
        }
    }

    @Test("What is always so has probability 1, or 0")
    func always() throws {
        let heads = Array(repeating: HeadCount(heads: 7, flips: 7), count: 3)
        #expect(try estimates(heads, Binomial(trials: 7, probability: 0.5)).allSatisfy { $0.probability == 1 })
        let rows = (0..<5000).map { [true, false, $0 % 2 == 0] }
        let found = try estimates(rows, BernoulliVector(probabilities: [0.5, 0.5, 0.5]))
        #expect(found.allSatisfy { $0.probabilities == [1, 0, 0.5] })
    }

    @Test("A share of a row that rounds away leaves the row possible, in both passes")
    func smallShares() throws {
        let rows = (0..<5000).map { [$0 > 0] }
        let start = try Mixture(
            weights: [0.5, 0.5],
            components: [0.5, Double(1).nextDown].map { try BernoulliVector(probabilities: [$0]) })
        for pass in Self.passes {
            let step = try EM(data: rows, start: start, stop: .maximumSteps(1), pass: pass).fit()
            // The tail is the second coin's with the probability 2e-16, beside 3333 heads.
            #expect(step.mixture.components[1].probabilities == [Double(1).nextDown])
        }
    }

    @Test(
        "What is almost always so, and what almost never, keeps the digits of its opposite", arguments: [true, false])
    func digitsOfTheRareSide(isHeads: Bool) throws {
        for many in [1e3, 1e15, 1e17, 1e300] {
            // One flip of the usual side and three of the other, beside `many` - 1 of the usual side that the prior has seen.
            let flips = [!isHeads, !isHeads, isHeads, !isHeads]
            let (a, b) = isHeads ? (many, 1) : (1, many)
            let truth = log(3) - log(many + 3)
            func check(_ found: [Double]) {
                for value in found { #expect(close(value, truth, Tolerance.peer), "\(value), not \(truth)") }
            }
            check(
                try estimates(flips, Bernoulli(probability: 0.3), .betaPrior(a, b)).map {
                    $0.logDensity(at: !isHeads)
                })
            check(
                try estimates(
                    flips.map { HeadCount(heads: $0 ? 1 : 0, flips: 1) }, Binomial(trials: 1, probability: 0.3),
                    .betaPrior(a, b)
                ).map { $0.logDensity(at: HeadCount(heads: isHeads ? 0 : 1, flips: 1)) })
            check(
                try estimates(flips.map { [$0] }, BernoulliVector(probabilities: [0.3]), .betaPrior(a, b)).map {
                    $0.logDensity(at: [!isHeads])
                })
        }
    }

    @Test(
        "Many flips of a coin that hardly ever shows its other side have their probability", arguments: [true, false])
    func manyFlips(isHeads: Bool) throws {
        // 2^60 flips of the one side to one of the other, and how likely it is that of as many again two are of the other.
        let seen = HeadCount(heads: isHeads ? 1 << 60 : 1, flips: (1 << 60) + 1)
        let coin = try estimates([seen], Binomial(trials: 1, probability: 0.5))[0]
        let asked = HeadCount(heads: isHeads ? (1 << 60) - 2 : 2, flips: 1 << 60)
        // Poisson's distribution with mean 1: e⁻¹ / 2!
        #expect(close(coin.logDensity(at: asked), -1 - log(2), Tolerance.peer))
    }

    @Test(
        "The two passes agree where a component all but excludes heads, or tails",
        arguments: [1e-3, 1e-9, 1e-12, 1e-16, 0])
    func rareShares(share: Double) throws {
        let rows = (0..<5000).map { [$0 % 3 == 0, $0 % 3 != 0] }
        let start = try Mixture(
            weights: [0.5, 0.5],
            components: [[0.4, 0.6], [share, 1 - share]].map { try BernoulliVector(probabilities: $0) })
        for rule in [Estimator<BernoulliVector>.maximumLikelihood, try .betaPrior(1, 1e300), try .betaPrior(1e300, 1)] {
            let steps = try Self.passes.map {
                try EM(data: rows, start: start, weights: .fixed, estimator: rule, stop: .maximumSteps(1), pass: $0)
                    .fit().mixture
            }
            for x in [true, false] {
                for column in 0..<2 {
                    let found = steps.map { $0.components[1].sides[column] }.map { x ? $0.logHeads : $0.logTails }
                    #expect(
                        found[0] == found[1] || close(found[0], found[1], Tolerance.peer), "\(x) in \(column): \(found)"
                    )
                }
            }
            #expect(close(steps[0].logLikelihood(of: rows), steps[1].logLikelihood(of: rows), Tolerance.peer))
        }
    }
}
