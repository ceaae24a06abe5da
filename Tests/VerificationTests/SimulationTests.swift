import Foundation
import Testing
import Verification

@Suite("Simulation")
struct SimulationTests {
    @Test("The generator gives the published sequence of SplitMix64")
    func publishedSequence() {
        // The reference implementation's first numbers for the seed 1234567 (S. Vigna, prng.di.unimi.it).
        var random = SplitMix64(seed: 1_234_567)
        #expect(
            (0..<5).map { _ in random.next() } == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ])
    }

    @Test("Uniform numbers lie in [0, 1) and fill ten bins evenly")
    func uniform() throws {
        var random = SplitMix64(seed: 3)
        var bins = Array(repeating: 0, count: 10)
        for _ in 0..<100_000 {
            let u = random.uniform()
            #expect(u >= 0 && u < 1)
            bins[Int(u * 10)] += 1
        }
        let statistic = bins.reduce(0.0) { $0 + pow(Double($1) - 10_000, 2) / 10_000 }
        #expect(try chiSquarePValue(statistic: statistic, degreesOfFreedom: 9) > 0.001)
    }

    @Test("The mean of uniform numbers is 1/2, with the standard error of the uniform distribution")
    func mean() throws {
        let estimate = try Simulation.mean(count: 40_000, seed: 5) { $0.uniform() }
        #expect(Check(of: 0.5, again: .simulation(estimate, "")).passed)
        #expect(!Check(of: 0.52, again: .simulation(estimate, "")).passed)
        #expect(abs(estimate.standardError / (1 / 12.0 / 40_000).squareRoot() - 1) < 0.02)
        #expect(estimate.count == 40_000)
    }

    @Test("Standard errors are honest: of many seeds, about 68 in 100 estimates lie within one")
    func honest() throws {
        let within = try (0..<400).count { seed in
            let estimate = try Simulation.mean(count: 500, seed: UInt64(seed)) { pow($0.uniform(), 2) }
            return abs(estimate.mean - 1.0 / 3) < estimate.standardError
        }
        #expect((236...309).contains(within))  // 273 expected, ± 4 standard errors of a binomial
    }

    @Test("Draws without a value do not count: a mean given a condition")
    func conditionalMean() throws {
        let estimate = try Simulation.mean(count: 40_000, seed: 6) { random in
            let u = random.uniform()
            return u < 0.5 ? u : nil
        }
        #expect(Check(of: 0.25, again: .simulation(estimate, "")).passed)
        #expect(abs(estimate.count - 20_000) < 500)
    }

    @Test("A conditional proportion is the posterior by Bayes' rule")
    func proportion() throws {
        let estimate = try Simulation.proportion(count: 100_000, seed: 7) { random in
            let first = random.uniform() < 0.3
            let heads = random.uniform() < (first ? 0.8 : 0.4)
            return heads ? first : nil
        }
        #expect(Check(of: .number(0.24 / 0.52), again: .simulation(estimate, "")).passed)
        #expect(!Check(of: 0.3, again: .simulation(estimate, "")).passed)
        #expect(
            abs(estimate.standardError - (estimate.mean * (1 - estimate.mean) / Double(estimate.count)).squareRoot())
                < 1e-6)
    }

    @Test("Certain and impossible events keep a standard error above 0")
    func certain() throws {
        for hit in [true, false] {
            let estimate = try Simulation.proportion(count: 100, seed: 1) { _ in hit }
            #expect(estimate.mean == (hit ? 1 : 0))
            #expect(estimate.standardError > 0.005 && estimate.standardError < 0.02)
        }
    }

    @Test("Proportions of several classes add up to 1")
    func proportions() throws {
        let estimates = try Simulation.proportions(classes: 3, count: 60_000, seed: 8) { random in
            let u = random.uniform()
            return u < 0.2 ? 0 : u < 0.5 ? 1 : u < 0.9 ? 2 : nil
        }
        #expect(abs(estimates.reduce(0) { $0 + $1.mean } - 1) < 1e-12)
        #expect(Check(of: [2 / 9.0, 3 / 9.0, 4 / 9.0], again: .simulation(estimates, "")).passed)
        #expect(!Check(of: [3 / 9.0, 2 / 9.0, 4 / 9.0], again: .simulation(estimates, "")).passed)
    }

    @Test("Means of vectors are taken entry by entry, without loss for large values")
    func means() throws {
        let estimates = try Simulation.means(count: 10_000, seed: 9) { random in
            let u = random.uniform()
            return [u, 1e9 + u]
        }
        #expect(abs(estimates[1].mean - 1e9 - estimates[0].mean) < 1e-5)
        #expect(abs(estimates[1].standardError / estimates[0].standardError - 1) < 1e-4)
    }

    @Test("The same seed gives the same estimate, another seed another")
    func seeds() throws {
        let estimates = try [1, 1, 2].map { seed in try Simulation.mean(count: 100, seed: seed) { $0.uniform() } }
        #expect(estimates[0] == estimates[1])
        #expect(estimates[0] != estimates[2])
    }

    @Test("Standard normal numbers have mean 0, variance 1, and the right share within one standard deviation")
    func standardNormal() throws {
        let estimates = try Simulation.means(count: 40_000, seed: 10) { random in
            let z = random.standardNormal()
            return [z, z * z, abs(z) < 1 ? 1 : 0]
        }
        #expect(Check(of: [0, 1, 0.682_689_492], again: .simulation(estimates, "")).passed)
    }

    @Test("Too few draws, NaN, classes that do not exist and unequal lengths are refused")
    func refused() {
        #expect(throws: VerificationError.self) { try Simulation.mean(count: 1, seed: 1) { $0.uniform() } }
        #expect(throws: VerificationError.self) { try Simulation.mean(count: -5, seed: 1) { $0.uniform() } }
        #expect(throws: VerificationError.self) { try Simulation.mean(count: 100, seed: 1) { _ in nil } }
        #expect(throws: VerificationError.self) { try Simulation.mean(count: 100, seed: 1) { _ in .nan } }
        #expect(throws: VerificationError.self) { try Simulation.proportion(count: 100, seed: 1) { _ in nil } }
        #expect(throws: VerificationError.self) { try Simulation.proportions(classes: 2, count: 9, seed: 1) { _ in 2 } }
        #expect(throws: VerificationError.self) {
            try Simulation.proportions(classes: -1, count: 9, seed: 1) { _ in 0 }
        }
        #expect(throws: VerificationError.self) {
            try Simulation.means(count: 9, seed: 1) { $0.uniform() < 0.5 ? [1] : [1, 2] }
        }
    }
}
