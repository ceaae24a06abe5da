import MixtureModels

/// Problems for EM of every kind, most of them near the ends of double precision: the rules that every run keeps.
struct EMTarget: FuzzTarget {
    let name = "em"

    func tryInput(_ random: inout SeededGenerator) -> FuzzOutcome {
        let numbers = HostileNumbers(&random)
        switch random.below(6) {
        case 0:
            let data = numbers.rows(columns: 1, &random).map { $0[0] }
            return run(EMProblem<Normal>(data, numbers.normalRules(&random)), &random) { random in
                try Normal(mean: numbers.near(&random), variance: numbers.variance(&random))
            }
        case 1, 2:
            let columns = random.once(in: 60) ? 64 : random.pick([1, 2, 2, 2, 3, 3, 5, 8])
            let data = numbers.rows(columns: columns, &random)
            let rule = numbers.vectorRules(columns: columns, &random)
            return run(EMProblem<MultivariateNormal>(data, rule), &random) { random in
                try MultivariateNormal(
                    mean: (0..<columns).map { _ in numbers.near(&random) },
                    covariance: numbers.variance(&random) * Matrix.identity(columns))
            }
        case 3:
            let data = (0..<numbers.count).map { _ in random.bernoulli(numbers.probability) }
            return run(EMProblem<Bernoulli>(data, numbers.betaRule(Estimator.betaPrior, &random)), &random) {
                try Bernoulli(probability: numbers.anyProbability(&$0))
            }
        case 4:
            let data = (0..<numbers.count).map { _ in numbers.headCount(&random) }
            return run(EMProblem<Binomial>(data, numbers.betaRule(Estimator.betaPrior, &random)), &random) {
                try Binomial(trials: 10, probability: numbers.anyProbability(&$0))
            }
        default:
            let columns = random.pick([1, 2, 3, 8, 64])
            let data = (0..<numbers.count).map { _ in
                (0..<columns).map { _ in random.bernoulli(numbers.probability) }
            }
            return run(EMProblem<BernoulliVector>(data, numbers.betaRule(Estimator.betaPrior, &random)), &random) {
                random in
                try BernoulliVector(probabilities: (0..<columns).map { _ in numbers.anyProbability(&random) })
            }
        }
    }

    /// Runs EM both ways through the data, from a random start or from components made at random.
    private func run<C: Component>(
        _ problem: EMProblem<C>, _ random: inout SeededGenerator, component: (inout SeededGenerator) throws -> C
    ) -> FuzzOutcome {
        var problem = problem
        problem.chooseOptions(&random)
        do {
            let estimator = try problem.estimator()
            let start: Mixture<C>
            if random.once(in: 3) {
                let sizes = (0..<problem.components).map { _ in random.once(in: 12) ? 0 : 0.1 + random.uniform() }
                let sum = sizes.reduce(0, +)
                start = try Mixture(
                    weights: sizes.map { $0 / sum }, components: sizes.map { _ in try component(&random) })
            } else {
                start = try .randomStart(
                    for: problem.data, components: problem.components, estimator: estimator, using: &random)
            }
            return problem.check(start, estimator)
        } catch {
            return problem.refusal(error)
        }
    }
}

/// Data with the options of a run.
struct EMProblem<C: Component> {
    let data: [C.Observation]
    let estimator: () throws -> Estimator<C>
    private(set) var components = 1
    private var counts: [Double]?
    private var weights = WeightRule.free
    private var assignment = Assignment.soft
    private var isAccelerated = false
    private var steps = 1

    init(_ data: [C.Observation], _ estimator: @escaping () throws -> Estimator<C>) {
        (self.data, self.estimator) = (data, estimator)
    }

    mutating func chooseOptions(_ random: inout SeededGenerator) {
        components = random.once(in: 8) ? max(1, data.count) : 1 + random.below(4)
        steps = random.pick([1, 3, 8, 25])
        isAccelerated = random.once(in: 4)
        if random.once(in: 5) { assignment = .hard }
        if random.once(in: 4) {
            let sizes = random.pick([[1.0], [1, 2, 3], [0.5, 1e-3], [1e15], [0, 1], [-1, 1]])
            counts = data.map { _ in random.pick(sizes) }
        }
        switch random.below(4) {
        case 0: weights = .fixed
        case 1:
            let sizes = random.pick([[1.0], [1.5, 2], [1e-3], [1e300], [.infinity, 2]])
            weights = .dirichlet((0..<components).map { _ in random.pick(sizes) })
        default: break
        }
    }

    /// A failure: it must be this module's, and say something short.
    func refusal(_ error: any Error) -> FuzzOutcome {
        guard let error = error as? MixtureError else { return .broken("an error of another kind: \(error)") }
        let length = error.description.utf8.count
        return (10..<5000).contains(length) ? .refused : .broken("a message of \(length) bytes: \(error.description)")
    }

    func check(_ start: Mixture<C>, _ estimator: Estimator<C>) -> FuzzOutcome {
        func run(_ pass: Pass) -> Result<[EMStep<C>], any Error> {
            Result {
                Array(
                    try EM(
                        data: data, counts: counts, start: start, weights: weights, estimator: estimator,
                        assignment: assignment, stop: .any(.relativeChange(1e-8), .maximumSteps(steps)),
                        accelerated: isAccelerated, pass: pass))
            }
        }
        switch (run(.readable), run(.fast)) {
        case (.success(let readable), .success(let fast)):
            if let what = broken(readable) ?? broken(fast).map({ "the fast pass: " + $0 })
                ?? disagreement(readable, fast)
            {
                return .broken("\(what); \(self)")
            }
            if case .failed(let error)? = readable.last?.ending { return refusal(error) }
            return .accepted
        case (.failure(let one), .failure(let other)):
            guard "\(one)" == "\(other)" else { return .broken("two passes, two messages: \(one) / \(other); \(self)") }
            return refusal(one)
        case (.success, .failure(let error)), (.failure(let error), .success):
            return .broken("only one pass fails: \(error); \(self)")
        }
    }

    private var rowCount: Double { counts?.reduce(0, +) ?? Double(data.count) }

    /// The size of the terms that a log-likelihood sums: what its rounding is measured by.
    private func size(_ mixture: Mixture<C>) -> Double {
        data.indices.reduce(rowCount) { $0 + (counts?[$1] ?? 1) * mixture.logDensity(at: data[$1]).magnitude }
    }

    /// The rules for each row of a run, and from one to the next.
    private func broken(_ run: [EMStep<C>]) -> String? {
        for (previous, step) in zip([nil] + run.map(Optional.some), run) {
            let (mixture, place) = (step.mixture, "step \(step.t): ")
            guard mixture.weights.allSatisfy({ $0 >= 0 }), (mixture.weights.reduce(0, +) - 1).magnitude < 1e-9 else {
                return place + "weights \(mixture.weights)"
            }
            for moments in mixture.components.map(\.moments) + [mixture.moments] {
                guard !(moments.mean + moments.covariance.values).contains(where: \.isNaN) else {
                    return place + "moments \(moments)"
                }
            }
            let sums = [step.logLikelihood, step.expectedCompleteLogLikelihood, step.entropy, step.objective]
            guard !sums.contains(where: \.isNaN), step.logLikelihood.isFinite else {
                return place + "log-likelihood, Q, entropy, objective \(sums)"
            }
            if let what = broken(step.responsibilities) { return place + what }
            let size = size(mixture)
            if assignment == .soft, (step.lowerBound - step.logLikelihood).magnitude > 1e-9 * size {
                return place + "the bound \(step.lowerBound) does not touch \(step.logLikelihood)"
            }
            if let previous, previous.t > 0, previous.objective - step.objective > 2e-7 * size {
                return place + "the objective falls from \(previous.objective) to \(step.objective)"
            }
        }
        return run.last?.ending == nil ? "the run has no ending" : nil
    }

    private func broken(_ q: Matrix) -> String? {
        for n in 0..<q.rows {
            let row = q.row(n)
            guard row.allSatisfy({ (0...1).contains($0) }),
                (row.reduce(0, +) - 1).magnitude < 1e-12 * Double(row.count + 8)
            else { return "row \(n + 1) has responsibilities \(row)" }
        }
        return nil
    }

    /// The two passes over the first M-step; later steps may grow apart, where a start is a saddle.
    private func disagreement(_ readable: [EMStep<C>], _ fast: [EMStep<C>]) -> String? {
        guard (readable.count > 1) == (fast.count > 1) else {
            return
                "one pass fails: \(String(describing: readable.last?.ending)), \(String(describing: fast.last?.ending))"
        }
        for (a, b) in zip(readable, fast).prefix(2) {
            guard (a.logLikelihood - b.logLikelihood).magnitude <= 1e-6 * size(a.mixture) else {
                return "step \(a.t): the passes find \(a.logLikelihood) and \(b.logLikelihood)"
            }
            let difference = zip(a.mixture.weights, b.mixture.weights).map { ($0 - $1).magnitude }.max() ?? 0
            guard difference <= 1e-6 else { return "step \(a.t): the passes' weights differ by \(difference)" }
        }
        return nil
    }
}

extension EMProblem: CustomStringConvertible {
    /// What is needed to look at the problem again.
    var description: String {
        "\(C.self), \(components) components, \(weights), \(assignment)\(isAccelerated ? ", accelerated" : ""),"
            + " counts \(counts.map { "\($0.prefix(6))" } ?? "none"), \(data.count) rows: \(data.prefix(6))"
    }
}
