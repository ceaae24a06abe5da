import Foundation
import MixtureModels
import Testing
import Verification

@testable import Lesson8LowerBound
@testable import Notebook

@Suite("Lesson 8: the lower bound")
struct Lesson8Tests {
    @Test("What holds for every lesson", arguments: LessonRule.all(ofLesson: 8))
    func rules(_ rule: LessonRule) throws { try rule.check(Lesson8LowerBound.self) }

    private func uniform(_ generator: inout SeededGenerator, _ range: ClosedRange<Double>) -> Double {
        range.lowerBound + (range.upperBound - range.lowerBound) * generator.uniform()
    }

    @Test(
        "For any assignments and any coins, log-likelihood less bound is the divergence, and not negative",
        arguments: 0..<10)
    func gap(_ seed: UInt64) throws {
        let coin = try BentCoin(seed: seed)
        var generator = SeededGenerator(seed: seed).stream(99)
        for _ in 0..<20 {
            let heads = [uniform(&generator, 0.01...0.99), uniform(&generator, 0.01...0.99)]
            // Some assignments are certain: there 0 ln 0 is 0.
            let q = coin.sets.map { _ -> [Double] in
                let share = generator.bernoulli(0.2) ? 1 : generator.uniform()
                return [share, 1 - share]
            }
            let gap = try coin.logLikelihood(heads) - coin.potential(heads, Matrix(q))
            let divergence = coin.plain.divergences(of: q, from: heads).reduce(0, +)
            #expect(gap > -1e-10)
            #expect(abs(gap - divergence) < Tolerances.sameSteps * 1000)
        }
    }

    @Test("EM with the fair coin known leaves it alone, climbs, and stops where the slope is 0", arguments: 0..<10)
    func oneUnknown(_ seed: UInt64) throws {
        let coin = try BentCoin(seed: seed)
        let fit = try coin.em(from: BentCoin.coins(coin.guess), fairIsKnown: true).fit()
        #expect(fit.trace.allSatisfy { $0.mixture.components[1].probability == BentCoin.fair })
        for (row, next) in zip(fit.trace, fit.trace.dropFirst()) {
            #expect(next.logLikelihood >= row.logLikelihood - Tolerances.fallOfLogLikelihood(at: row.logLikelihood))
        }
        let end = fit.mixture.components[0].probability
        let slope = try CentralDifference.derivative(of: { try coin.logLikelihood(BentCoin.coins($0)) }, at: end)
        #expect(abs(slope) < Tolerance.numericalMaximization.value)
    }

    @Test("A gradient step of the safe length raises Q, wherever it starts", arguments: 0..<10)
    func safeStep(_ seed: UInt64) throws {
        let coin = try MagnetCoin(seed: seed)
        for a in stride(from: -3.0, through: 4, by: 0.5) {
            let shares = try coin.shares(a)
            let next = try coin.gradientStep(a)
            let slope = coin.slope(a, shares)
            let promised = slope * slope / coin.steepestCurvature(shares) / 2
            let rise = try coin.expected(next, shares) - coin.expected(a, shares)
            #expect(rise >= promised - 1e-10 * max(1, promised))
            #expect(try coin.logLikelihood(next) - coin.logLikelihood(a) >= rise - 1e-9)
            let measured = try CentralDifference.derivative(of: { try coin.expected($0, shares) }, at: a)
            #expect(abs(measured - slope) < Tolerance.centralDifference.value * max(1, abs(slope)))
        }
    }

    @Test("A round of EM on counted sets is a round on the sets themselves", arguments: 0..<5)
    func counted(_ seed: UInt64) throws {
        let coin = try BentCoin(seed: seed)
        let map = try EMMap(coin.sets)
        for heads in [[0.6, 0.4], [0.9, 0.1], [0.3, 0.8]] {
            for (one, other) in zip(try map(heads), try coin.next(heads)) {
                #expect(abs(one - other) < Tolerances.sameSteps)
            }
        }
    }

    @Test(
        "EM on expected counts rests at the coins, and its rates are the shares of missing information",
        arguments: [0.2, 0.4, 0.6])
    func rates(_ gap: Double) throws {
        let heads = [0.5 + gap / 2, 0.5 - gap / 2]
        let map = try EMMap(expectedFrom: heads, sets: 100)
        #expect(EMMap.distance(try map(heads), heads) < Tolerances.sameSteps)
        let (rates, shares) = (try map.eigenvalues(at: heads), try map.missingShares(at: heads))
        for (rate, share) in zip(rates, shares) {
            #expect(abs(rate - share) < Tolerance.hessian.value)
            #expect(rate > 0 && rate < 1)
        }
    }

    @Test("Guarded jumps never fall, end where EM ends, and need fewer rounds")
    func jumps() throws {
        let map = try EMMap(expectedFrom: [0.58, 0.5], sets: 400)
        let start = [0.9, 0.2]
        let plain = try map.path(from: start)
        let jumps = try SquaredJumps(map, from: start, guarded: true)
        let values = try jumps.path.map(map.logLikelihood)
        for (value, next) in zip(values, values.dropFirst()) { #expect(next >= value - 1e-8) }
        #expect(EMMap.distance(plain[plain.count - 1], jumps.path[jumps.path.count - 1]) < Tolerances.sameFit)
        #expect(jumps.rounds[jumps.rounds.count - 1] < plain.count / 2)
    }

    @Test("The fit in the results is the end of EM with one unknown")
    func fit() throws {
        let fit = try #require(try Lesson8LowerBound.report("--seed", "3").fit)
        let coin = try BentCoin(seed: 3)
        let best = try GoldenSection.maximum(of: { coin.plain.logLikelihood(BentCoin.coins($0)) }, in: 0.02...0.98)
        guard case .vector(let heads) = try #require(fit.parameters["headProbabilities"]) else {
            Issue.record("head probabilities are a vector")
            return
        }
        #expect(abs(heads[0] - best.argument) < Tolerance.goldenSection.value)
        #expect(heads[1] == BentCoin.fair)
        #expect(fit.trace.count == fit.iterations + 1)
    }
}
