import MixtureModels
import Testing

/// Sampling, moments and estimation of the distributions; DensityReferenceTests has their densities.
@Suite struct ComponentTests {
    @Test func `samples have the moments of their distribution`() throws {
        try checkSample(of: Bernoulli(probability: 0.3)) { [$0 ? 1 : 0] }
        try checkSample(of: Binomial(trials: 12, probability: 0.8)) { [Double($0.heads)] }
        try checkSample(of: Normal(mean: -3, variance: 4)) { [$0] }
        try checkSample(of: BernoulliVector(probabilities: [0.1, 0.5, 0.9])) { $0.map { $0 ? 1 : 0 } }
        try checkSample(of: MultivariateNormal(mean: [1, -2], covariance: [[2, -1.5], [-1.5, 3]])) { $0 }
        try checkSample(of: Geometric(probability: 0.4)) { [Double($0)] }
    }

    @Test func `samples of a mixture have the moments of the mixture, and classes in proportion to the weights`() throws
    {
        let components = [
            try MultivariateNormal(mean: [0, 0], covariance: [[1, 0.5], [0.5, 1]]),
            try MultivariateNormal(mean: [4, -4], covariance: [[2, -1], [-1, 1]]),
        ]
        let mixture = try Mixture(weights: [0.3, 0.7], components: components)
        var generator = SeededGenerator(seed: 11)
        let sample = mixture.sample(count: 20_000, using: &generator)
        check(sample.map(\.observation), mixture.moments)
        check(
            sample.map { [$0.latent == 1 ? 1.0 : 0] }, Moments(mean: 0.7, variance: 0.21))
        check(sample.filter { $0.latent == 1 }.map(\.observation), components[1].moments)
        #expect(mixture.sample(count: -1, using: &generator).isEmpty)
    }

    private func checkSample<C: Component>(of component: C, vector: (C.Observation) -> [Double]) {
        var generator = SeededGenerator(seed: 10)
        check((0..<20_000).map { _ in vector(component.sample(using: &generator)) }, component.moments)
    }

    /// Means, and means of products of deviations, lie within their standard errors.
    private func check(_ sample: [[Double]], _ moments: Moments) {
        let size = moments.mean.count
        func mean(_ f: ([Double]) -> Double, near expected: Double, _ label: String) {
            let values = sample.map(f)
            let average = values.reduce(0, +) / Double(values.count)
            let spread = values.reduce(0) { $0 + ($1 - average) * ($1 - average) } / Double(values.count)
            let error = (spread / Double(values.count)).squareRoot()
            #expect((average - expected).magnitude <= Tolerance.standardErrors * error, "\(label)")
        }
        for i in 0..<size {
            mean({ $0[i] }, near: moments.mean[i], "mean \(i)")
            for j in 0..<size {
                mean(
                    { ($0[i] - moments.mean[i]) * ($0[j] - moments.mean[j]) }, near: moments.covariance[i, j],
                    "covariance \(i), \(j)")
            }
        }
    }

    @Test func `moments agree with an enumeration of all observations`() throws {
        let vectors = try Mixture(
            weights: [0.2, 0.8],
            components: [
                BernoulliVector(probabilities: [0.1, 0.5, 1]), BernoulliVector(probabilities: [0.9, 0.25, 0]),
            ])
        let bits = [false, true]
        let all = bits.flatMap { a in bits.flatMap { b in bits.map { c in [a, b, c] } } }
        checkEnumeration(of: vectors, over: all) { $0.map { $0 ? 1 : 0 } }
        let counts = try Mixture(
            weights: [0.6, 0.4],
            components: [Binomial(trials: 9, probability: 0.3), Binomial(trials: 9, probability: 0.95)])
        checkEnumeration(of: counts, over: (0...9).map { HeadCount(heads: $0, flips: 9) }) { [Double($0.heads)] }
    }

    private func checkEnumeration<C: Component>(
        of mixture: Mixture<C>, over all: [C.Observation], vector: (C.Observation) -> [Double]
    ) {
        let size = mixture.moments.mean.count
        var total = 0.0
        var mean = Array(repeating: 0.0, count: size)
        var square = Matrix(rows: size, columns: size)
        for x in all {
            let p = mixture.density(at: x)
            total += p
            for i in 0..<size { mean[i] += p * vector(x)[i] }
            square.addOuterProduct(of: vector(x), scaledBy: p)
        }
        square.addOuterProduct(of: mean, scaledBy: -1)
        #expect(close(total, 1, Tolerance.rounding))
        #expect(close(mixture.moments.mean, mean, Tolerance.rounding))
        #expect(close(mixture.moments.covariance.values, square.values, Tolerance.rounding))
    }

    @Test func `estimates are weighted means, whatever the order and the parts`() throws {
        let numbers = [3.0, -1, 4, 1e3]
        let weights = [0.5, 2, 0, 1.25]
        let total = weights.reduce(0, +)
        let mean = zip(numbers, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
        let variance = zip(numbers, weights).reduce(0) { $0 + $1.1 * ($1.0 - mean) * ($1.0 - mean) } / total
        var whole = Normal.Statistics(like: 0)
        var part = whole
        for (x, weight) in zip(numbers, weights) { whole.add(x, weight: weight) }
        for (x, weight) in zip(numbers, weights).reversed() { part.add(x, weight: weight) }
        let single = try Normal.estimate(from: whole)
        #expect(close(single.mean, mean, Tolerance.rounding) && close(single.variance, variance, Tolerance.rounding))
        whole.merge(part)
        whole.merge(Normal.Statistics(like: 0))
        let twice = try Normal.estimate(from: whole)
        #expect(close(twice.variance, variance, Tolerance.rounding) && close(whole.totalWeight, 2 * total, 1e-15))
    }

    @Test(arguments: EMPropertyTests.kinds.indices)
    func `statistics of parts merge into the statistics of the whole`(_ kind: Int) throws {
        func check<C: Movable>(_ kind: C.Type) throws {
            let problem = try RandomProblem<C>(seed: 30)
            var generator = SeededGenerator(seed: 31)
            var whole = C.Statistics(like: problem.data[0])
            var parts = [whole, whole, whole]
            for (n, x) in problem.data.enumerated() {
                let weight = generator.uniform()
                whole.add(x, weight: weight)
                parts[n < 5 ? 0 : 1].add(x, weight: weight)  // the third part stays empty
            }
            var merged = parts[2]
            for part in parts { merged.merge(part) }
            #expect(close(merged.totalWeight, whole.totalWeight, Tolerance.rounding))
            let moments = try [whole, merged].map { try C.estimate(from: $0).moments }
            #expect(close(moments[1].mean, moments[0].mean, Tolerance.rounding))
            #expect(close(moments[1].covariance.values, moments[0].covariance.values, Tolerance.rounding))
        }
        try check(EMPropertyTests.kinds[kind])
    }

    @Test func `a variance is right where the mean is a billion times larger`() throws {
        var scalar = Normal.Statistics(like: 0)
        var vector = MultivariateNormal.Statistics(like: [0, 0])
        let rows: [(Double, Double)] = [(1, 0), (2, 1), (4, 0), (5, -1)]
        for (x, y) in rows.map({ (1e9 + $0.0, $0.1) }) {
            scalar.add(x, weight: 1)
            vector.add([x, y], weight: 1)
        }
        // The mean itself is only known to 1e-7, one rounding error of 1e9. Sums of squares would err by a hundred.
        #expect(close(try Normal.estimate(from: scalar).variance, 2.5, 1e-6))
        #expect(close(try MultivariateNormal.estimate(from: vector).covariance[0, 0], 2.5, 1e-6))
    }

    @Test func `rows with different numbers of flips count as many flips as they have`() throws {
        var statistics = Binomial.Statistics(like: HeadCount(heads: 0, flips: 0))
        statistics.add(HeadCount(heads: 3, flips: 4), weight: 0.5)
        statistics.add(HeadCount(heads: 1, flips: 20), weight: 0.25)
        let estimate = try Binomial.estimate(from: statistics)
        #expect(estimate == (try Binomial(trials: 20, probability: 1.75 / 7)))
    }

    @Test func `impossible and broken observations have density 0, never NaN`() throws {
        let normal = try Normal(mean: 0, variance: 1e-300)
        for x in [Double.nan, .infinity, -.infinity, 1e300] { #expect(normal.logDensity(at: x) == -.infinity) }
        let vector = try MultivariateNormal(mean: [0, 0], covariance: [[1, 0.9], [0.9, 1]])
        for x in [Double.nan, .infinity, 1e300] { #expect(vector.logDensity(at: [x, x]) == -.infinity) }
        let binomial = try Binomial(trials: 3, probability: 0.5)
        for x in [HeadCount(heads: 4, flips: 3), HeadCount(heads: -1, flips: 3), HeadCount(heads: .min, flips: .max)] {
            #expect(binomial.logDensity(at: x) == -.infinity && binomial.logKernel(at: x) == -.infinity)
        }
        #expect(try Bernoulli(probability: 0).logDensity(at: true) == -.infinity)
        #expect(try Bernoulli(probability: 0).logDensity(at: false) == 0)
    }
}
