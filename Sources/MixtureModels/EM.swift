/// How the M-step uses the responsibilities.
public enum Assignment: Sendable {
    /// As they are.
    case soft
    /// As 1 for the most probable component (the first of several) and 0 for the others: "classification EM".
    case hard
}

/// The algorithm of expectation and maximisation, as the sequence of its steps.
///
///     for step in try EM(data: data, start: start) {
///         print(step.t, step.mixture.weights, step.logLikelihood)
///     }
///
/// Every row holds numbers of one iterate only. The sequence can be run again, and gives the same bits again, for any number
/// of threads. One row is computed ahead, because a row says whether it is the last one. To run to the end, and have an error
/// thrown where a step fails, there is `fit`.
public struct EM<C: Component>: Sequence, Sendable {
    /// The data, one observation per row.
    public let data: Rows<C.Observation>
    /// How often each row occurs; nil if once.
    public let counts: [Double]?
    /// θ(0)
    public let start: Mixture<C>
    /// The rule for the weights.
    public let weightRule: WeightRule
    /// The rule for the components.
    public let estimator: Estimator<C>
    /// How the M-step uses the responsibilities.
    public let assignment: Assignment
    /// When the run ends.
    public let stop: StoppingRule<C>
    /// Whether the run leaps ahead where that leads higher than a step would.
    public let isAccelerated: Bool
    /// How many threads share the work. The results do not depend on it.
    public let threads: Int
    let fastPass: FastPass<C>?
    private(set) var first: EMStep<C>?

    /// From so many rows on, the automatic choice is the fast pass. It is well above what a lesson brings along, so that
    /// their numbers do not depend on the processor.
    public static var fastRows: Int { 100_000 }

    /// A run of EM from `start`. The first E-step is done here, so that a start which does not fit the data is refused.
    ///
    /// - Parameter counts: How often each row occurs. A million head counts of ten flips are eleven rows with counts, and give the
    ///   same numbers, up to rounding.
    /// - Parameter accelerated: Whether to leap ahead, after two steps of EM each, to where they are bound for; a leap is taken
    ///   if it leads higher than EM's next step, so that the objective still never falls. It is meant for few rows (with
    ///   counts), where EM is slow; soft assignment only.
    /// - Parameter pass: Which way to go through the data.
    /// - Throws: `MixtureError` if there are no data, fewer rows than components, a row that breaks its distribution's rules or
    ///   has probability 0 under the start; or if an option makes no sense.
    public init(
        data: Rows<C.Observation>, counts: [Double]? = nil, start: Mixture<C>, weights weightRule: WeightRule = .free,
        estimator: Estimator<C> = .maximumLikelihood, assignment: Assignment = .soft,
        stop: StoppingRule<C> = .default, accelerated: Bool = false, threads: Int = 1, pass: Pass = .automatic
    ) throws {
        let dimension = start.components[0].dimension
        let isFast = pass == .fast || pass == .automatic && data.count >= Self.fastRows
        try Self.check(counts, rows: data.count)
        fastPass =
            isFast && assignment == .soft
            ? FastPass(data, counts: counts, dimension: dimension, estimator: estimator, threads: threads) : nil
        if fastPass == nil { try C.check(data, dimension: dimension) }
        try Self.checkEnough(counts?.reduce(0, +) ?? Double(data.count), for: start.components.count)
        try weightRule.check(components: start.components.count)
        try stop.check()
        guard threads > 0 else {
            throw MixtureError(.option, "the number of threads must be at least 1, not \(threads)")
        }
        self.data = data
        self.counts = counts
        self.start = start
        self.weightRule = weightRule
        self.estimator = estimator
        self.assignment = assignment
        self.stop = stop
        isAccelerated = accelerated && assignment == .soft
        self.threads = threads
        first = try row(0, start)
    }

    // The blackboard: E-step, M-step, bound.

    /// The E-step: the responsibilities q_nk = π_k p_k(x_n) / Σ_j π_j p_j(x_n), an N × K matrix. Source: cs181.3.
    ///
    /// - Throws: `MixtureError` if a row has probability 0 under every component.
    @_specialize(where C == Bernoulli)
    @_specialize(where C == BernoulliVector)
    @_specialize(where C == Binomial)
    @_specialize(where C == Normal)
    @_specialize(where C == MultivariateNormal)
    public func eStep(_ mixture: Mixture<C>) throws -> Matrix {
        try matrix(columns: mixture.weights.count) { n in
            assigned(try mixture.responsibilities(at: data[n]))
        }
    }

    /// The M-step: the mixture that maximises Q (and the prior) for these responsibilities. Source: cs181.4.
    ///
    /// - Throws: `MixtureError` if a component cannot be estimated.
    public func mStep(_ responsibilities: Matrix) throws -> Mixture<C> {
        try mStep(statistics(weightedBy: responsibilities))
    }

    private func mStep(_ statistics: [C.Statistics]) throws -> Mixture<C> {
        try Mixture(
            weights: weightRule.weights(fromCounts: statistics.map(\.totalWeight), start: start.weights),
            components: estimator.components(statistics))
    }

    /// The E-step, and what the bound Q + H ≤ ℓ and the next M-step need of it. The joint densities, of which all of this is made, are
    /// computed once.
    @_specialize(where C == Bernoulli)
    @_specialize(where C == BernoulliVector)
    @_specialize(where C == Binomial)
    @_specialize(where C == Normal)
    @_specialize(where C == MultivariateNormal)
    private func bound(_ mixture: Mixture<C>) throws -> Expectation<C> {
        let logJoint = mapChunks(of: data.count, threads: threads) { data[$0].map { mixture.logJoint(at: $0) } }.flatMap
        { $0 }
        let q = try matrix(columns: mixture.weights.count) { n in
            assigned(try responsibilities(ofLogJoint: logJoint[n]))
        }
        return Expectation(
            logLikelihood: logLikelihood(ofLogJoint: logJoint, counts: counts, threads: threads),
            expectedCompleteLogLikelihood: expectedCompleteLogLikelihood(
                ofLogJoint: logJoint, counts: counts, responsibilities: q, threads: threads),
            entropy: entropy(ofResponsibilities: q, counts: counts),
            statistics: statistics(weightedBy: q), responsibilities: { q })
    }

    /// Row t + 1: an M-step, and the E-step that belongs to its result.
    private func row(after step: EMStep<C>) throws(MixtureError) -> EMStep<C> {
        try locating(.step, step.row.t + 1) {
            let next = try row(step.row.t + 1, mStep(step.statistics))
            try checkAscent(from: step, to: next)
            return next
        }
    }

    /// Row t: the mixture, and what the E-step says about it. Either the fast pass does that, or the lines above.
    func row(_ t: Int, _ mixture: Mixture<C>) throws -> EMStep<C> {
        let expectation = try fastBound(mixture) ?? bound(mixture)
        let step = EMStep(t, mixture, expectation, logPrior: try logPrior(of: mixture), assignment)
        try checkFinite(step)
        return step
    }

    // The run.

    /// Runs to the end, and shows each step to `follow` on the way.
    ///
    /// - Throws: `MixtureError`, with the number of the step, if a step cannot be taken; and what `follow` throws.
    public func fit(_ follow: (EMStep<C>) throws -> Void = { _ in }) throws -> Fit<C> {
        var trace: [TraceRow<C>] = []
        for step in self {
            try follow(step)
            trace.append(step.row)
            switch step.ending {
            case .converged(let rule): return Fit(trace, first ?? step, step, converged: true, stoppedBy: rule)
            case .stopped(let rule): return Fit(trace, first ?? step, step, converged: false, stoppedBy: rule)
            case .failed(let error): throw error
            case nil: continue
            }
        }
        preconditionFailure("the last row of a run says why it is the last")
    }

    /// The rows of the run, from t = 0.
    public func makeIterator() -> Iterator {
        Iterator(em: self, upcoming: first)
    }

    /// Steps through a run.
    public struct Iterator: IteratorProtocol {
        let em: EM
        var previous: EMStep<C>?
        var upcoming: EMStep<C>?
        /// The responsibilities of the rows since the last leap, or the last attempt.
        var path: [Matrix] = []

        /// The next row; nil after the last.
        public mutating func next() -> EMStep<C>? {
            guard var step = upcoming else { return nil }
            upcoming = nil
            step.ending = em.stop.verdict(previous: previous, current: step)
            if step.ending == nil {
                do throws(MixtureError) {
                    upcoming = try em.row(after: step)
                } catch {
                    step.ending = .failed(error)
                }
            }
            if em.isAccelerated { leap(step) }
            previous = step
            return step
        }

        private mutating func leap(_ step: EMStep<C>) {
            guard let plain = upcoming else { return }
            path.append(step.responsibilities)
            guard path.count == 3 else { return }
            let ahead = em.leap(path, t: plain.row.t, beyond: plain)
            path.removeFirst(ahead == nil ? 2 : 3)
            upcoming = ahead ?? plain
        }
    }
}
