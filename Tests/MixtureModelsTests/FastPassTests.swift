import MixtureModels
import Testing

/// The fast pass gives what the readable one gives: every parameter, at every step.
@Suite struct FastPassTests {
    /// Numbers of columns and components, and of rows, of which most are multiples of nothing.
    struct Size: Sendable {
        let columns: Int
        let components: Int
        let rows: Int
    }

    static let sizes = [
        Size(columns: 1, components: 1, rows: 1), Size(columns: 1, components: 2, rows: 4099),
        Size(columns: 2, components: 3, rows: 127), Size(columns: 2, components: 3, rows: 4131),
        Size(columns: 3, components: 5, rows: 257), Size(columns: 10, components: 8, rows: 1003),
        Size(columns: 17, components: 2, rows: 640), Size(columns: 64, components: 3, rows: 391),
        Size(columns: 2, components: 100, rows: 601),
    ]

    @Test(arguments: sizes.indices, Terrain.allCases)
    func `normals of one variable agree with the readable pass`(_ size: Int, _ terrain: Terrain) throws {
        var problem = Problem(size: Self.sizes[size], terrain: terrain, columns: 1)
        let (data, start) = try problem.vectors()
        let normals = try Mixture(
            weights: start.weights,
            components: start.components.map { try Normal(mean: $0.mean[0], variance: $0.covariance[0, 0]) })
        for rule in try Normal.rules(dimension: 1) {
            try check(data.map { $0[0] }, normals, rule, "\(problem)")
        }
    }

    @Test(arguments: sizes.indices, Terrain.allCases)
    func `normals of several variables agree with the readable pass`(_ size: Int, _ terrain: Terrain) throws {
        var problem = Problem(size: Self.sizes[size], terrain: terrain, columns: Self.sizes[size].columns)
        let (data, start) = try problem.vectors()
        let rules = try MultivariateNormal.rules(dimension: problem.columns)
        // Of large problems one for each of the two loops is enough, and two steps: the readable pass takes its time.
        let isLarge = problem.columns > 10 || problem.size.rows > 500
        for rule in isLarge ? [rules[0], rules[2]] : rules {
            try check(data, start, rule, "\(problem)", steps: isLarge ? 2 : 4)
        }
    }

    @Test(arguments: sizes.indices) func `vectors of Bernoullis agree with the readable pass`(_ size: Int) throws {
        var problem = Problem(size: Self.sizes[size], terrain: .near, columns: Self.sizes[size].columns)
        let (data, start) = try problem.bits()
        for rule in try BernoulliVector.rules(dimension: problem.columns) { try check(data, start, rule, "\(problem)") }
    }

    @Test(arguments: [1, 2, 10, 5000]) func `counts agree with the readable pass`(_ flips: Int) throws {
        var generator = SeededGenerator(seed: 8)
        let truth = try Mixture(
            weights: [0.3, 0.7],
            components: [Binomial(trials: flips, probability: 0.2), Binomial(trials: flips, probability: 0.7)])
        let start = try Mixture(
            weights: [0.5, 0.5],
            components: [Binomial(trials: flips, probability: 0.4), Binomial(trials: flips, probability: 0.6)])
        let data = truth.sample(count: 3001, using: &generator).map(\.observation)
        for rule in try Binomial.rules(dimension: 1) { try check(data, start, rule, "\(flips) flips") }
        let coins = data.map { 2 * $0.heads > flips }
        for rule in try Bernoulli.rules(dimension: 1) {
            try check(coins, MixtureModelsTests.coins(0.4, 0.6, 0.9), rule, "\(flips) flips")
        }
        let some = Array(data.prefix(100))
        let counts = some.indices.map { Double($0 % 4 + 1) }
        let steps = try [Pass.readable, .fast].map {
            try EM(data: some, counts: counts, start: start, stop: .maximumSteps(5), pass: $0).fit().last
        }
        expectAgreement(steps[1], steps[0], "rows with counts")
    }

    @Test func `errors are those of the readable pass`() throws {
        var tried = 0
        func compare<C: Component>(
            _ data: [C.Observation], _ start: Mixture<C>, _ estimator: Estimator<C> = .maximumLikelihood,
            counts: [Double]? = nil
        ) {
            let errors = [Pass.readable, .fast].map { pass in
                #expect(throws: MixtureError.self) {
                    try EM(data: data, counts: counts, start: start, estimator: estimator, pass: pass).fit()
                }
            }
            #expect(errors[0] == errors[1])
            tried += 1
        }
        compare([], try normals(0))
        compare([1, .nan, 2], try normals(0))
        compare([1], try normals(0, 1))
        compare([[1, 2], [0, 0], [1, -.infinity]], try planes())
        compare([[1, 2], [0, 0, 0]], try planes())
        compare([1, 2, 3, 90], try normals(2, 90))
        compare([1, 2, 3], try normals(2, 1000), .equalVariances)
        compare([1, 2], try normals(2, 3), counts: [1, -1])
        compare([1, 2], try normals(2, 3), counts: [1])
        compare([[0, 0], [1, 1], [2, 2], [9, 7]], try planes())
        compare([[0, 1e-3], [1, 1], [2, 2 + 1e-9], [9, 7], [5, 5]], try planes())
        compare([1e154, -1e160, 1e160], try Mixture(weights: [1], components: [Normal(mean: 0, variance: 1e300)]))
        compare([true, false], try coins(1, 1))
        compare([true, false], try Mixture(weights: [1, 0], components: coins(0.5, 0.5).components))
        compare([HeadCount(heads: 1, flips: 1), HeadCount(heads: 3, flips: 2)], try publishedStart())
        compare(Array(repeating: HeadCount(heads: 0, flips: 0), count: 3), try publishedStart())
        compare(
            [[true, true], [true, false]],
            try Mixture(weights: [1], components: [BernoulliVector(probabilities: [0.5, 1])]))
        compare(
            [[true], [true, false]], try Mixture(weights: [1], components: [BernoulliVector(probabilities: [0.5])]))
        #expect(tried == 18)
    }

    /// Runs both ways, on each instruction set and with several threads.
    private func check<C: Measurable>(
        _ data: [C.Observation], _ start: Mixture<C>, _ rule: Rule<C>, _ label: String, steps: Int = 4
    ) throws {
        func run(_ pass: Pass, threads: Int = 1) throws -> [EMStep<C>] {
            Array(
                try EM(
                    data: data, start: start, weights: .free, estimator: rule.estimator, stop: .maximumSteps(steps),
                    threads: threads, pass: pass))
        }
        let readable = try run(.readable)
        for limit in 1...InstructionSet.available {
            try InstructionSet.$limit.withValue(limit) {
                let fast = try run(.fast)
                let place = "\(label), \(rule.name), instruction set \(limit)"
                #expect(fast.count == readable.count && fast.last?.ending == readable.last?.ending, "\(place)")
                for (fast, readable) in zip(fast, readable) { expectAgreement(fast, readable, place) }
                if data.count > 4096 {  // more than one chunk
                    let threaded = try run(.fast, threads: 2)
                    #expect(threaded.map(\.row) == fast.map(\.row), "two threads: \(place)")
                }
            }
        }
        if let last = readable.last, let fast = try run(.fast).last {
            #expect(close(fast.responsibilities.values, last.responsibilities.values, Tolerance.fast), "\(label)")
        }
    }

    private func expectAgreement<C: Measurable>(_ fast: EMStep<C>, _ readable: EMStep<C>, _ label: String) {
        let tolerance = Tolerance.fast
        let place = "step \(readable.t): \(label)"
        func closeShares(_ a: Double, _ b: Double) -> Bool {
            (a - b).magnitude <= (b < 1e-100 ? Tolerance.fastVanishing : tolerance) * b
        }
        for (a, b) in zip(fast.mixture.weights, readable.mixture.weights) {
            #expect(closeShares(a, b), "weights \(a), \(b), \(place)")
        }
        for (a, b) in zip(fast.mixture.components, readable.mixture.components) {
            let distance = a.distance(from: b)
            #expect(distance <= tolerance, "parameters differ by \(distance), \(place)")
        }
        for (a, b) in zip(fast.effectiveCounts, readable.effectiveCounts) {
            #expect(closeShares(a, b), "counts \(a), \(b), \(place)")
        }
        #expect(close(fast.logLikelihood, readable.logLikelihood, tolerance), "\(place)")
        #expect(close(fast.objective, readable.objective, tolerance), "\(place)")
        #expect(close(fast.entropy, readable.entropy, tolerance), "\(place)")
        #expect(
            close(fast.expectedCompleteLogLikelihood, readable.expectedCompleteLogLikelihood, tolerance), "\(place)")
    }
}
