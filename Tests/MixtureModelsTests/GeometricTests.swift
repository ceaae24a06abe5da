import Foundation
import MixtureModels
import Testing

/// The number of tails before the first head: p(x) = p (1 - p)^x, for x = 0, 1, 2, …
///
/// The module does not know this distribution. This one declaration is all that it takes to add it.
struct Geometric: Component {
    let probability: Double

    init(probability: Double) throws {
        guard probability > 0, probability <= 1 else {
            throw MixtureError(.parameter, "a probability of heads must lie in (0, 1], not \(probability)")
        }
        self.probability = probability
    }

    func logDensity(at x: Int) -> Double {
        x < 0 ? -.infinity : log(probability) + xlog1py(Double(x), -probability)
    }

    func sample(using generator: inout SeededGenerator) -> Int {
        var tails = 0
        while !generator.bernoulli(probability) { tails += 1 }
        return tails
    }

    var moments: Moments {
        Moments(mean: (1 - probability) / probability, variance: (1 - probability) / (probability * probability))
    }

    struct Statistics: SufficientStatistics {
        var totalWeight = 0.0
        var tails = 0.0

        init(like x: Int) {}

        mutating func add(_ x: Int, weight: Double) {
            totalWeight += weight
            tails += weight * Double(x)
        }

        mutating func merge(_ other: Statistics) {
            totalWeight += other.totalWeight
            tails += other.tails
        }
    }

    static func estimate(from statistics: Statistics) throws -> Geometric {
        try Geometric(probability: statistics.totalWeight / (statistics.totalWeight + statistics.tails))
    }
}

@Suite struct GeometricTests {
    let truth: Mixture<Geometric>
    let data: [Int]

    init() throws {
        var generator = SeededGenerator(seed: 8)
        truth = try Mixture(
            weights: [0.4, 0.6], components: [Geometric(probability: 0.8), Geometric(probability: 0.05)])
        data = truth.sample(count: 5000, using: &generator).map(\.observation)
    }

    @Test func `a distribution from one file is fitted by EM with random restarts`() throws {
        var generator = SeededGenerator(seed: 9)
        let starts = try (0..<4).map { _ in
            try Mixture<Geometric>.randomStart(for: data, components: 2, using: &generator)
        }
        let result = try EM.best(of: starts) { try EM(data: data, start: $0) }
        let order = result.best.mixture.components[0].probability > 0.4 ? [0, 1] : [1, 0]
        let fitted = try result.best.mixture.relabelled(order)
        // 5,000 rows leave standard errors of about 0.01, 0.02 and 0.001.
        #expect((fitted.weights[0] - 0.4).magnitude < 0.04)
        #expect((fitted.components[0].probability - 0.8).magnitude < 0.08)
        #expect((fitted.components[1].probability - 0.05).magnitude < 0.004)
        #expect(result.outcomes.count == 4)
    }

    @Test func `its mixture has moments, and errors that name the row`() throws {
        let sum = data.reduce(0.0) { $0 + Double($1) }
        let moments = truth.moments
        let error = (moments.covariance[0, 0] / Double(data.count)).squareRoot()
        #expect((sum / Double(data.count) - moments.mean[0]).magnitude < Tolerance.standardErrors * error)
        let thrown = #expect(throws: MixtureError.self) { try EM(data: [3, 0, -1], start: truth) }
        #expect(thrown?.description == "row 3: the observation has probability 0 under every component")
    }
}
