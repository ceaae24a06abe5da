import MixtureModels

/// One fit to be timed: data, a fixed start, and a fixed number of steps.
struct Case: Sendable {
    /// How the table calls it.
    let name: String
    let rows: Int
    let columns: Int
    let components: Int
    let steps: Int

    /// What the README's table shows, and the issue of coins.
    static let table = [
        Case(name: "A", rows: 1_000_000, columns: 2, components: 3, steps: 20),
        Case(name: "B", rows: 200_000, columns: 10, components: 8, steps: 20),
        Case(name: "C", rows: 1_000_000, columns: 1, components: 2, steps: 50),
    ]

    /// Overlapping clusters, so that EM has work to do; row by row.
    func data() throws -> [[Double]] {
        var generator = SeededGenerator(seed: 7)
        let centres = (0..<components).map(centre)
        let truth = try Mixture(
            weights: weights, components: centres.map { try MultivariateNormal(mean: $0, covariance: covariance(0.3)) })
        return truth.sample(count: rows, using: &generator).map(\.observation)
    }

    /// Every component is wide, and a little off.
    func start() throws -> Mixture<MultivariateNormal> {
        try Mixture(
            weights: weights,
            components: (0..<components).map { k in
                let mean = centre(k).enumerated().map { $1 + ($0 % 2 == 0 ? 0.2 : 0.5) }
                return try MultivariateNormal(mean: mean, covariance: 2 * covariance(0.1))
            })
    }

    private func centre(_ k: Int) -> [Double] {
        (0..<columns).map { i in 2 * Double(k * (i + 1) % components) }
    }

    private var weights: [Double] { Array(repeating: 1 / Double(components), count: components) }

    private func covariance(_ correlation: Double) -> Matrix {
        var matrix = (1 - correlation) * Matrix.identity(columns)
        matrix.addOuterProduct(of: Array(repeating: 1, count: columns), scaledBy: correlation)
        return matrix
    }
}

/// A timed fit.
struct Timing {
    /// From the data and the start to the last row: checks, packing, and all steps.
    var seconds: Double
    /// ℓ of the last row.
    var logLikelihood: Double
}

/// Data ready to be fitted again and again.
struct Prepared {
    private let vectors: [[Double]]
    private let start: Mixture<MultivariateNormal>
    private let numbers: [Double]
    private let steps: Int

    init(_ problem: Case) throws {
        vectors = try problem.data()
        start = try problem.start()
        numbers = problem.columns == 1 ? vectors.map { $0[0] } : []
        steps = problem.steps
    }

    /// Fits as a user would, with the given pass. Data of one column are fitted as numbers.
    func fit(threads: Int, instructionSet: Int = 3, pass: Pass = .fast) throws -> Timing {
        try InstructionSet.$limit.withValue(instructionSet) {
            guard !numbers.isEmpty else { return try time(vectors, start, threads, pass) }
            let normals = try start.components.map { try Normal(mean: $0.mean[0], variance: $0.covariance[0, 0]) }
            return try time(numbers, Mixture(weights: start.weights, components: normals), threads, pass)
        }
    }

    private func time<C: Component>(
        _ data: [C.Observation], _ start: Mixture<C>, _ threads: Int, _ pass: Pass
    ) throws -> Timing {
        let clock = ContinuousClock()
        let begin = clock.now
        let fit = try EM(data: data, start: start, stop: .maximumSteps(steps), threads: threads, pass: pass).fit()
        return Timing(seconds: clock.now - begin, logLikelihood: fit.last.logLikelihood)
    }
}

/// Case D: a million sets of ten flips of one of two coins.
struct Coins {
    static let steps = 50
    let data: [HeadCount]
    let start: Mixture<Binomial>

    init() throws {
        var generator = SeededGenerator(seed: 7)
        func coins(_ heads: Double...) throws -> [Binomial] {
            try heads.map { try Binomial(trials: 10, probability: $0) }
        }
        let truth = try Mixture(weights: [0.4, 0.6], components: coins(0.3, 0.7))
        start = try Mixture(weights: [0.5, 0.5], components: coins(0.4, 0.5))
        data = truth.sample(count: 1_000_000, using: &generator).map(\.observation)
    }

    /// The fit from the rows, and from the histogram that a user may already have.
    func fit() throws -> (rows: Timing, histogram: Timing) {
        let clock = ContinuousClock()
        var begin = clock.now
        let fit = try EM(data: data, start: start, stop: .maximumSteps(Self.steps), pass: .fast).fit()
        let rows = Timing(seconds: clock.now - begin, logLikelihood: fit.last.logLikelihood)
        var counts = Array(repeating: 0.0, count: 11)
        for x in data { counts[x.heads] += 1 }
        begin = clock.now
        let distinct = (0...10).map { HeadCount(heads: $0, flips: 10) }
        let counted = try EM(data: distinct, counts: counts, start: start, stop: .maximumSteps(Self.steps)).fit()
        return (rows, Timing(seconds: clock.now - begin, logLikelihood: counted.last.logLikelihood))
    }
}

extension Timing {
    init(seconds: Duration, logLikelihood: Double) {
        let (whole, atto) = seconds.components
        self.init(seconds: Double(whole) + Double(atto) * 1e-18, logLikelihood: logLikelihood)
    }
}
