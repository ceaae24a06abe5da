import Foundation
import Testing

@testable import MixtureModels

/// No component on a single value, or on fewer directions than it has, is ever part of a fit, after however many steps.
@Suite struct CollapseTests {
    @Test func `two values and two components end in a collapse or far from it, after however many steps`() throws {
        var generator = SeededGenerator(seed: 31)
        for trial in 0..<60 {
            let unit = pow(10, 12 * generator.uniform() - 6)
            let origin = [0, 1, -1e3, 1e6][trial % 4] * unit
            let values = [origin, origin + unit]
            let start = try Mixture(
                weights: [0.5, 0.5],
                components: (0..<2).map { _ in
                    try Normal(
                        mean: origin + unit * generator.uniform(), variance: unit * unit * (0.01 + generator.uniform()))
                })
            for pass in [Pass.readable, .fast] {
                for steps in 1...12 {
                    do {
                        let fit = try EM(data: values, start: start, stop: .maximumSteps(steps), pass: pass).fit()
                        for component in fit.mixture.components {
                            #expect(component.standardDeviation > 1e-16 * unit, "trial \(trial), \(steps) steps")
                        }
                        for (before, after) in zip(fit.trace, fit.trace.dropFirst()) {
                            #expect(after.logLikelihood >= before.logLikelihood - 1e-7)
                        }
                    } catch let error as MixtureError {
                        #expect(error.kind == .collapse, "trial \(trial): \(error)")
                    }
                }
            }
        }
    }

    @Test func `rows on a line collapse, wherever the line is and whatever the pass`() throws {
        var generator = SeededGenerator(seed: 32)
        for trial in 0..<24 {
            let origin = [0, 1e3, -1e7, 1e11][trial % 4]
            let slope = 4 * generator.uniform() - 2
            let rows = (0..<200).map { _ -> [Double] in
                let x = generator.standardNormal()
                return [origin + x, origin + 1 + slope * x]
            }
            let start = try Mixture(
                weights: [0.5, 0.5],
                components: [-1, 1].map {
                    try MultivariateNormal(mean: [origin + $0, origin + 1], covariance: .identity(2))
                })
            let messages = [Pass.readable, .fast].map { pass -> String in
                do {
                    _ = try EM(data: rows, start: start, stop: .maximumSteps(3), pass: pass).fit()
                    return "a fit"
                } catch { return "\(error)" }
            }
            #expect(messages[0] == messages[1])
            #expect(messages[0].contains("the covariance has collapsed"), "line at \(origin): \(messages[0])")
            // With a floor there is a fit.
            let floored = try Estimator.covariance(.full, floor: 1e-3)
            for pass in [Pass.readable, .fast] {
                let fit = try EM(data: rows, start: start, estimator: floored, stop: .maximumSteps(3), pass: pass).fit()
                #expect(fit.last.logLikelihood.isFinite)
            }
        }
    }

    @Test(arguments: [2, 3, 5]) func `the closer to a collapse, the more it is the readable pass that decides`(
        _ columns: Int
    ) throws {
        var generator = SeededGenerator(seed: 33)
        var wasFast: Set<Int> = []
        // A few rows near a plane; the plane's thickness is a power of ten. Its square is below rounding from -8 on.
        for exponent in 0...9 {
            for trial in 0..<20 {
                let thickness = pow(10, -Double(exponent))
                let rows = (0..<(columns + 1 + trial % 4)).map { _ -> [Double] in
                    let free = (1..<columns).map { _ in generator.standardNormal() }
                    return free + [free.reduce(0, +) + thickness * generator.standardNormal()]
                }
                let start = try Mixture(
                    weights: trial < 10 ? [1] : [0.5, 0.5],
                    components: rows.prefix(trial < 10 ? 1 : 2).map {
                        try MultivariateNormal(mean: $0, covariance: 4 * Matrix.identity(columns))
                    })
                let fast = try EM(data: rows, start: start, stop: .maximumSteps(1), pass: .fast)
                if fast.fastPass?.run(start, 1) != nil { wasFast.insert(exponent) }
                let readable = try EM(data: rows, start: start, stop: .maximumSteps(1), pass: .readable)
                let place: Comment = "thickness 1e-\(exponent), trial \(trial)"
                switch (Result { try readable.fit() }, Result { try fast.fit() }) {
                case (.success(let one), .success(let other)):
                    let size = rows.reduce(Double(rows.count)) { $0 + one.mixture.logDensity(at: $1).magnitude }
                    let difference = one.last.logLikelihood - other.last.logLikelihood
                    #expect(difference.magnitude <= Tolerance.illConditioned * size, place)
                case (.failure(let one), .failure(let other)): #expect("\(one)" == "\(other)", place)
                case (let one, let other): Issue.record("one pass fails only, \(place): \(one), \(other)")
                }
            }
        }
        #expect(wasFast.isSuperset(of: 0...2) && wasFast.isDisjoint(with: 6...9), "fast at \(wasFast.sorted())")
    }

    @Test func `what is narrow but no collapse is fitted`() throws {
        // A spread of some roundings of the mean, and a cluster beside a row that is 1e13 away.
        let multiples = (0..<40).map { Double($0 % 9) }
        let average = multiples.reduce(0, +) / 40
        let expected = multiples.reduce(0) { $0 + ($1 - average) * ($1 - average) } / 40
        for mean in [1.0, -1e9, 1e100] {
            let unit = 16 * mean.ulp
            let start = try Mixture(weights: [1], components: [Normal(mean: mean, variance: 16 * unit * unit)])
            let fit = try EM(data: multiples.map { mean + unit * $0 }, start: start).fit()
            #expect(close(fit.mixture.components[0].variance / unit / unit, expected, Tolerance.rounding))
        }
        let beside = try EM(
            data: [1e13, 1e13 + 4, 0.001, 0.002, 0.004],
            start: Mixture(
                weights: [0.5, 0.5], components: [Normal(mean: 1e13, variance: 9), Normal(mean: 0, variance: 1)]),
            stop: .maximumSteps(20)
        ).fit()
        #expect(close(beside.mixture.components[0].variance, 4, Tolerance.rounding))
        let deviations = [0.001, 0.002, 0.004].map { $0 - 0.007 / 3 }
        let three = deviations.reduce(0) { $0 + $1 * $1 } / 3
        #expect(close(beside.mixture.components[1].variance / three, 1, 1e-12))
    }

    @Test func `a fall of the objective beyond rounding is an error`() throws {
        let start = try Mixture(weights: [0.5, 0.5], components: [Careless(mean: 0), Careless(mean: 4)])
        let data = [-1.0, 0, 1, 3, 4, 5]
        let error = #expect(throws: MixtureError.self) { try EM(data: data, start: start).fit() }
        #expect(error?.kind == .descent && (error?.step ?? 0) > 1)
        #expect(error?.rule.hasPrefix("the objective falls from -") == true)
        let steps = Array(try EM(data: data, start: start))
        #expect(zip(steps, steps.dropFirst()).dropFirst().allSatisfy { $1.objective >= $0.objective - 1e-6 })
        // An estimator of one's own promises nothing.
        let own = Estimator<Careless> { (statistics: Careless.Statistics) in try Careless.estimate(from: statistics) }
        let fit = try EM(data: data, start: start, estimator: own, stop: .maximumSteps(9)).fit()
        #expect(zip(fit.trace, fit.trace.dropFirst()).contains { $1.objective < $0.objective - 1 })
    }
}

/// A normal of variance 1 whose estimate is no maximum of anything: it runs away from the mean.
private struct Careless: Component {
    let mean: Double

    func logDensity(at x: Double) -> Double { -0.5 * (log(2 * Double.pi) + (x - mean) * (x - mean)) }
    func sample(using generator: inout SeededGenerator) -> Double { mean + generator.standardNormal() }
    var moments: Moments { Moments(mean: mean, variance: 1) }
    static func estimate(from statistics: Normal.Statistics) throws -> Careless {
        Careless(mean: statistics.mean + 0.3 * statistics.totalWeight + 0.5 * statistics.mean)
    }
}
