import MixtureModels

/// A problem to be fitted: data, a fixed start, and a fixed number of steps.
struct Case: Sendable {
    /// How the table calls it.
    let name: String
    let rows: Int
    let columns: Int
    let components: Int
    let steps: Int
    /// How far apart the clusters are, in standard deviations and per column.
    var spacing = 2.0

    /// What the README's table shows.
    static let table = [
        Case(name: "A", rows: 1_000_000, columns: 2, components: 3, steps: 20),
        Case(name: "B", rows: 200_000, columns: 10, components: 8, steps: 20, spacing: 0.25),
        Case(name: "C", rows: 1_000_000, columns: 1, components: 2, steps: 50),
    ]

    var title: String { "\(name): N = \(rows), D = \(columns), K = \(components), \(steps) steps" }

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
        (0..<columns).map { i in spacing * Double(k * (i + 1) % components) }
    }

    private var weights: [Double] { Array(repeating: 1 / Double(components), count: components) }

    private func covariance(_ correlation: Double) -> Matrix {
        var matrix = (1 - correlation) * Matrix.identity(columns)
        matrix.addOuterProduct(of: Array(repeating: 1, count: columns), scaledBy: correlation)
        return matrix
    }
}

/// Data of a case, ready to be fitted again and again.
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

    /// Fits as a user would, from the rows to the last step: checks, packing and all. Data of one column are fitted as numbers.
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
        var lastGain = Double.infinity
        var logLikelihood = 0.0
        let seconds = try seconds {
            let fit = try EM(data: data, start: start, stop: .maximumSteps(steps), threads: threads, pass: pass).fit()
            logLikelihood = fit.last.logLikelihood
            lastGain = logLikelihood - fit.trace[fit.trace.count - 2].logLikelihood
        }
        return Timing(seconds: seconds, logLikelihood: logLikelihood, lastGain: lastGain / Double(data.count))
    }
}

/// A timed fit.
struct Timing {
    let seconds: Double
    /// ℓ of the last row.
    let logLikelihood: Double
    /// What the last step added to ℓ, per row of the data. Where it is 0, programs that stop when nothing changes any more
    /// have done less work.
    let lastGain: Double
}

/// The wall-clock time of some work.
func seconds(_ work: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    let (whole, atto) = try clock.measure(work).components
    return Double(whole) + Double(atto) * 1e-18
}
