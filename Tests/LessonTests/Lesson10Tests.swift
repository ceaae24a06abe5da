import Foundation
import MixtureModels
import Testing
import Verification

@testable import Lesson10Pitfalls
@testable import Notebook

@Suite("Lesson 10: pitfalls")
struct Lesson10Tests {
    @Test("What holds for every lesson", arguments: LessonRule.all(ofLesson: 10))
    func rules(_ rule: LessonRule) throws { try rule.check(Lesson10Pitfalls.self) }

    // MARK: The plane

    /// Points without any order, and a start on three of them.
    private static func problem(_ seed: UInt64) -> (rows: [[Double]], start: [PlaneEM.Part]) {
        var generator = SeededGenerator(seed: seed)
        let rows = (0..<40).map { n in
            [generator.standardNormal() + (n % 3 == 0 ? 3 : 0), generator.standardNormal() + (n % 3 == 1 ? 3 : 0)]
        }
        let start = [0, 1, 2].map { n in
            PlaneEM.Part(weight: 1.0 / 3, x: rows[n][0], y: rows[n][1], xx: 1, xy: 0.2, yy: 0.8)
        }
        return (rows, start)
    }

    @Test("The rounds written out for the plane are the package's, with any remedy", arguments: UInt64(0)..<10)
    func plane(_ seed: UInt64) throws {
        let (rows, start) = Self.problem(seed)
        let scale: Matrix = [[2, 0.3], [0.3, 1]]
        let remedies: [(PlaneEM.Remedy, Estimator<MultivariateNormal>)] = [
            (.none, .maximumLikelihood), (.floor(0.4), try .covariance(.full, floor: 0.4)),
            (
                .prior(degrees: 3, xx: 2, xy: 0.3, yy: 1),
                try .inverseWishartPrior(degreesOfFreedom: 3, scale: scale)
            ),
        ]
        for (remedy, estimator) in remedies {
            for steps in [1, 2, 7] {
                let end = PlaneEM(rows, remedy, smallest: 1e-9).run(from: start, change: 0, most: steps)
                let fit = try EM(
                    data: rows, start: PlaneEM.mixture(start), estimator: estimator, stop: .maximumSteps(steps)
                ).fit()
                #expect(end.steps == steps)
                #expect(abs(end.logLikelihood - fit.last.logLikelihood) < Tolerances.sameSteps * 100)
                for (part, component) in zip(end.parts, fit.mixture.components) {
                    let c = component.covariance
                    let (ours, theirs) = (
                        [part.x, part.y, part.xx, part.xy, part.yy],
                        component.mean + [c[0, 0], c[0, 1], c[1, 1]]
                    )
                    for (one, other) in zip(ours, theirs) { #expect(abs(one - other) < Tolerances.sameSteps) }
                }
            }
        }
    }

    @Test(
        "What a run climbs never falls, and no remedy lets a Gaussian fall below its bound", arguments: UInt64(0)..<10)
    func ascent(_ seed: UInt64) {
        let (rows, start) = Self.problem(seed)
        let remedies: [(PlaneEM.Remedy, least: Double)] = [
            (.none, 0), (.floor(0.4), 0.4), (.prior(degrees: 3, xx: 1, xy: 0, yy: 1), 1 / (40 + 6)),
        ]
        for (remedy, least) in remedies {
            let em = PlaneEM(rows, remedy, smallest: 1e-9)
            // The first step may lower what is climbed: the start need not keep to the floor.
            var last = -Double.infinity
            for steps in 1...40 {
                let end = em.run(from: start, change: 0, most: steps)
                #expect(end.objective >= last - Tolerances.fallOfLogLikelihood(at: last.isFinite ? last : 1))
                #expect(end.hasCollapsed || end.least * end.least >= least * (1 - 1e-9))
                last = end.objective
            }
        }
    }

    @Test("A Gaussian that starts on one point collapses without a remedy, and with one it does not")
    func collapse() {
        let (rows, start) = Self.problem(1)
        var needle = start
        needle[0].xx = 1e-3
        needle[0].xy = 0
        needle[0].yy = 1e-3
        needle[0].x = 9
        needle[0].y = 9
        let lonely = rows + [[9, 9]]
        #expect(PlaneEM(lonely, .none, smallest: 1e-6).run(from: needle).hasCollapsed)
        #expect(!PlaneEM(lonely, .floor(0.01), smallest: 1e-6).run(from: needle).hasCollapsed)
        let prior = PlaneEM.Remedy.prior(degrees: 3, xx: 1, xy: 0, yy: 1)
        #expect(!PlaneEM(lonely, prior, smallest: 1e-6).run(from: needle).hasCollapsed)
    }

    @Test("At the origin the coordinates give the mixture's own log-likelihood", arguments: UInt64(0)..<5)
    func coordinates(_ seed: UInt64) throws {
        let (rows, start) = Self.problem(seed)
        let place = PlaneCoordinates(start)
        let own = try PlaneEM.mixture(start).logLikelihood(of: rows)
        #expect(abs(place.logLikelihood(of: rows, at: place.origin) - own) < Tolerances.sameSteps)
    }

    // MARK: Two means

    @Test(
        "EM never exchanges two Gaussians of one width: the order of the start is the order of the end",
        arguments: UInt64(0)..<10)
    func order(_ seed: UInt64) throws {
        let means = try TwoMeans(seed: seed)
        var generator = SeededGenerator(seed: seed).stream(5)
        for _ in 0..<40 {
            let start = [8 * generator.uniform() - 4, 8 * generator.uniform() - 4]
            let path = means.path(from: start)
            #expect(path.allSatisfy { ($0[0] < $0[1]) == (start[0] < start[1]) })
            let heights = path.map(means.logLikelihood)
            for (height, next) in zip(heights, heights.dropFirst()) {
                #expect(next >= height - Tolerances.fallOfLogLikelihood(at: height))
            }
        }
    }

    @Test("The second derivatives of the two means are those of the log-likelihood", arguments: UInt64(0)..<5)
    func curvature(_ seed: UInt64) throws {
        let means = try TwoMeans(seed: seed)
        for place in [[-2.0, 2], [0.3, 0.4], [3, -1]] {
            let measured = try CentralDifference.hessian(of: means.logLikelihood, at: place)
            for (row, other) in zip(means.hessian(place), measured) {
                for (one, two) in zip(row, other) { #expect(abs(one - two) < Tolerance.hessian.value * 10) }
            }
            let values = means.curvatures(place)
            for (one, two) in zip(values, try symmetricEigenvalues(of: measured)) {
                #expect(abs(one - two) < Tolerance.hessian.value * 10)
            }
        }
    }

    @Test("Both ends are summits of different heights, for any data", arguments: UInt64(0)..<20)
    func summits(_ seed: UInt64) throws {
        let summits = try Summits(TwoMeans(seed: seed))
        for end in summits.ends { #expect(summits.means.curvatures(end)[1] < 0) }
        let saddle = summits.means.curvatures(summits.saddle)
        #expect(saddle[0] < 0 && saddle[1] > 0)
        let heights = summits.ends.map(summits.means.logLikelihood)
        #expect(abs(heights[0] - heights[1]) > 1e-3)
    }

    @Test("So many starts are enough, and one fewer is not", arguments: [0.01, 0.02, 0.05, 0.2, 0.5, 0.77, 0.96, 1])
    func starts(_ share: Double) {
        let needed = Starts.needed(share)
        func chance(_ starts: Int) -> Double { 1 - pow(1 - share, Double(starts)) }
        #expect(chance(needed) >= Starts.wanted - 1e-12)
        #expect(needed == 1 || chance(needed - 1) < Starts.wanted)
    }

    @Test("All orders of the classes, each once")
    func orders() {
        for (count, factorial) in [(1, 1), (2, 2), (3, 6), (4, 24)] {
            let orders = Labels.orders(count)
            #expect(Set(orders).count == factorial && orders.count == factorial)
            #expect(orders.allSatisfy { $0.sorted() == Array(0..<count) })
            #expect(orders[0] == Array(0..<count))
        }
    }

    // MARK: The saddle

    @Test("Equal coins with weights 1/2 stay equal to the bit, and with 0.3 and 0.7 rounding parts them")
    func saddle() {
        let start = [EqualCoins.start, EqualCoins.start]
        let even = EqualCoins(weights: [0.5, 0.5]).path(from: start, steps: 500)
        #expect(even.allSatisfy { $0.coins[0] == $0.coins[1] })
        let gaps = EqualCoins(weights: [0.3, 0.7]).path(from: start, steps: 100).map { abs($0.coins[0] - $0.coins[1]) }
        // Sums, products and quotients are rounded alike everywhere: so these are numbers, and not orders of magnitude.
        #expect(gaps[1] == 0x1p-53)
        #expect(abs(gaps[40] / 2.278526367582856e-09 - 1) < 1e-12)
        #expect(gaps[10] < 1e-14 && gaps[80] > 0.05 && gaps[100] > 0.25)
        for t in 20..<60 { #expect(abs(gaps[t + 1] / gaps[t] - EqualCoins.growth) < Tolerance.linearRate.value) }
    }

    @Test(
        "The rounds of sums and products are those of the package", arguments: [[0.6, 0.5], [0.9, 0.2], [0.3, 0.31]])
    func coins(_ start: [Double]) throws {
        let coins = EqualCoins(weights: [0.4, 0.6])
        let path = coins.path(from: start, steps: 20)
        let fit = try coins.em(from: start, steps: 20).fit()
        for (ours, theirs) in zip(path, fit.trace) {
            for k in 0...1 {
                #expect(abs(ours.coins[k] - theirs.mixture.components[k].probability) < Tolerances.sameSteps)
                #expect(abs(ours.weights[k] - theirs.mixture.weights[k]) < Tolerances.sameSteps)
            }
        }
    }

    @Test("The fit in the results is the run with the prior")
    func fit() throws {
        let fit = try #require(try Lesson10Pitfalls.report("--seed", "3").fit)
        #expect(fit.converged == true)
        #expect(fit.weights.count == Study.classCount && abs(fit.weights.reduce(0, +) - 1) < Tolerances.sumOfWeights)
        #expect(fit.trace.count == fit.iterations + 1)
        let study = try Study(seed: 3)
        let best = try #require(Study.best(study.map))
        #expect(abs(fit.logLikelihood - study.map[best].logLikelihood) < 1e-3)
    }
}
