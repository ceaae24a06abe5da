import Foundation
import MixtureModels
import Testing

@Suite struct MixtureTests {
    @Test func `responsibilities are right at forty standard deviations, where densities underflow`() throws {
        let mixture = try Mixture(
            weights: [0.25, 0.75], components: [Normal(mean: 0, variance: 1), Normal(mean: 1, variance: 1)])
        // ln of the ratio of the two joint densities at x is ln(1/3) - x + 1/2; the second is the larger one.
        let points: [Double] = [-40, 0, 0.5, 40, 1e6]
        for x in points {
            let ratio: Double = exp(0.5 - x) / 3
            let q = try mixture.responsibilities(at: x)
            #expect(close(q[1], 1 / (1 + ratio), Tolerance.rounding), "x = \(x)")
            #expect(close(q.reduce(0, +), 1, Tolerance.rounding))
        }
        let far = try mixture.responsibilities(at: 40)
        let ratio: Double = exp(-39.5) / 3
        #expect((far[0] / ratio - 1).magnitude < 1e-12)
        #expect(mixture.density(at: 40) == 0)
        let (logOfRoot, logOfWeight) = (0.918938533204672741, -0.287682072451780927)
        #expect(close(mixture.logDensity(at: 40), -0.5 * 39 * 39 - logOfRoot + logOfWeight, 1e-13))
    }

    @Test func `coins that always show one side decide the class, and rule out what they cannot do`() throws {
        let certain = try Mixture(
            weights: [0.5, 0.5], components: [Bernoulli(probability: 0), Bernoulli(probability: 1)])
        #expect(try certain.responsibilities(at: true) == [0, 1])
        #expect(try certain.responsibilities(at: false) == [1, 0])
        #expect(certain.logLikelihood(of: [true, false]) == 2 * certain.logDensity(at: true))
        let onesided = try Mixture(
            weights: [0.5, 0.5], components: [Bernoulli(probability: 0), Bernoulli(probability: 0)])
        #expect(onesided.logDensity(at: true) == -.infinity && onesided.density(at: true) == 0)
        #expect(throws: MixtureError.self) { try onesided.responsibilities(at: true) }
    }

    @Test func `a component of weight 0 takes no part`() throws {
        let one = try Mixture(weights: [1], components: [Normal(mean: 1, variance: 2)])
        let two = try Mixture(
            weights: [1, 0], components: [Normal(mean: 1, variance: 2), Normal(mean: 5, variance: 1)])
        #expect(one.logDensity(at: 5) == two.logDensity(at: 5))
        #expect(try two.responsibilities(at: 5) == [1, 0])
        #expect(one.moments == two.moments)
    }

    @Test func `the responsibility is the derivative of ln p with respect to ln π`() throws {
        let mixture = try Mixture(
            weights: [0.2, 0.5, 0.3],
            components: [
                Normal(mean: 0, variance: 1), Normal(mean: 1, variance: 2), Normal(mean: 4, variance: 1),
            ])
        let q = try mixture.responsibilities(at: 2)
        for k in 0..<3 {
            let slope = try centralDifference {
                let moved = displaced(mixture.weights, component: k, by: $0)
                return try Mixture(weights: moved, components: mixture.components).logDensity(at: 2)
            }
            // Normalising the moved weights takes π_k off.
            #expect(close(slope + mixture.weights[k], q[k], 1e-7))
        }
    }

    @Test func `renaming the classes changes no number but their order`() throws {
        let (start, data) = try normalProblem(rows: 60)
        let third = try Normal(mean: 5, variance: 1)
        let mixture = try Mixture(weights: [0.2, 0.3, 0.5], components: start.components + [third])
        for permutation in [[0, 1, 2], [2, 0, 1], [1, 0, 2]] {
            let renamed = try mixture.relabelled(permutation)
            let fits = try [mixture, renamed].map { try EM(data: data, start: $0, stop: .maximumSteps(15)).fit() }
            #expect(close(fits[0].last.logLikelihood, fits[1].last.logLikelihood, Tolerance.ascent))
            let expected = try fits[0].mixture.relabelled(permutation)
            #expect(close(fits[1].mixture.weights, expected.weights, Tolerance.peer))
            #expect(close(fits[1].mixture.components.map(\.mean), expected.components.map(\.mean), Tolerance.peer))
        }
        for wrong in [[0, 1], [0, 0, 1], [1, 2, 3]] {
            #expect(throws: MixtureError.self) { try mixture.relabelled(wrong) }
        }
    }

    @Test func `Q takes responsibilities from anywhere, and equals the expectation over all assignments`() throws {
        let mixture = try publishedStart()
        let other = try Mixture(
            weights: [0.9, 0.1],
            components: [Binomial(trials: 10, probability: 0.7), Binomial(trials: 10, probability: 0.2)])
        let q = Matrix(try publishedHeads.map { try other.responsibilities(at: $0) })
        var expectation = 0.0
        for assignment in 0..<(1 << publishedHeads.count) {
            var probability = 1.0
            var logJoint = 0.0
            for (n, x) in publishedHeads.enumerated() {
                let k = assignment >> n & 1
                probability *= q[n, k]
                logJoint += mixture.logJoint(at: x)[k]
            }
            expectation += probability * logJoint
        }
        let value = mixture.expectedCompleteLogLikelihood(of: publishedHeads, responsibilities: q)
        #expect(close(value, expectation, Tolerance.rounding))
        #expect(value + entropy(ofResponsibilities: q) < mixture.logLikelihood(of: publishedHeads))
    }

    @Test func `0 ln 0 counts as 0 in Q, and a positive share of the impossible as minus infinity`() throws {
        let mixture = try Mixture(
            weights: [0.5, 0.5], components: [Bernoulli(probability: 0), Bernoulli(probability: 1)])
        let half = xlogy(1, 0.5)
        #expect(mixture.expectedCompleteLogLikelihood(of: [true], responsibilities: [[0, 1]]) == half)
        #expect(mixture.expectedCompleteLogLikelihood(of: [true], responsibilities: [[0.1, 0.9]]) == -.infinity)
    }

    @Test func `a random start is proper, possible for all data, and varies with the generator`() throws {
        var generator = SeededGenerator(seed: 12)
        let rows = [[true, false], [true, false], [true, true]]
        let starts = try (0..<20).map { _ in
            try Mixture<BernoulliVector>.randomStart(for: rows, components: 3, using: &generator)
        }
        for start in starts {
            #expect(start.logLikelihood(of: rows).isFinite)
            #expect(close(start.weights, Array(repeating: 1.0 / 3, count: 3), Tolerance.rounding))
            #expect(start.components[0] != start.components[1])
        }
        #expect(starts[0] != starts[1])
    }
}
