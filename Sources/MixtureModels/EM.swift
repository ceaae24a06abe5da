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
/// of threads. One row is computed ahead, because a row says whether it is the last one.
public struct EM<C: Component>: Sequence, Sendable {
    /// The data, one observation per row.
    public let data: [C.Observation]
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
    /// How many threads share the work. The results do not depend on it.
    public let threads: Int
    private let fastPass: FastPass<C>?
    private var first: EMStep<C>?

    /// From so many rows on, the automatic choice is the fast pass. It is well above what a lesson brings along, so that
    /// their numbers do not depend on the processor.
    public static var fastRows: Int { 100_000 }

    /// A run of EM from `start`. The first E-step is done here, so that a start which does not fit the data is refused.
    ///
    /// - Parameter counts: How often each row occurs. A million head counts of ten flips are eleven rows with counts, and give the
    ///   same numbers, up to rounding.
    /// - Parameter pass: Which way to go through the data.
    /// - Throws: `MixtureError` if there are no data, fewer rows than components, a row that breaks its distribution's rules or
    ///   has probability 0 under the start; or if an option makes no sense.
    public init(
        data: [C.Observation], counts: [Double]? = nil, start: Mixture<C>, weights weightRule: WeightRule = .free,
        estimator: Estimator<C> = .maximumLikelihood, assignment: Assignment = .soft,
        stop: StoppingRule<C> = .default, threads: Int = 1, pass: Pass = .automatic
    ) throws {
        let dimension = start.components[0].dimension
        let isFast = pass == .fast || pass == .automatic && data.count >= Self.fastRows
        try Self.check(counts, rows: data.count)
        fastPass =
            isFast && assignment == .soft
            ? FastPass(data, counts: counts, dimension: dimension, estimator: estimator, threads: threads) : nil
        if fastPass == nil { try C.check(data, dimension: dimension) }
        let rows = counts?.reduce(0, +) ?? Double(data.count)
        guard rows >= Double(start.components.count) else {
            throw MixtureError(
                .data,
                "there must be at least as many rows as components, not \(Int(rows)) for \(start.components.count)")
        }
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
        self.threads = threads
        first = try row(0, start)
    }

    /// The E-step: the responsibilities q_nk = π_k p_k(x_n) / Σ_j π_j p_j(x_n), an N × K matrix. Source: cs181.3.
    ///
    /// - Throws: `MixtureError` if a row has probability 0 under every component.
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

    /// Runs to the end.
    ///
    /// - Throws: `MixtureError`, with the number of the step, if a step cannot be taken.
    public func fit() throws -> Fit<C> {
        var trace: [TraceRow<C>] = []
        for step in self {
            trace.append(TraceRow(step))
            switch step.ending {
            case .stopped(let rule): return Fit(last: step, trace: trace, stoppedBy: rule)
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

        /// The next row; nil after the last.
        public mutating func next() -> EMStep<C>? {
            guard var step = upcoming else { return nil }
            upcoming = nil
            if let rule = em.stop.verdict(previous: previous, current: step) {
                step.ending = .stopped(by: rule)
            } else {
                do throws(MixtureError) {
                    upcoming = try em.row(after: step)
                } catch {
                    step.ending = .failed(error)
                }
            }
            previous = step
            return step
        }
    }
}

// The rows, and the two passes over the data.

extension EM {
    /// Row t + 1: an M-step, and the E-step that belongs to its result.
    private func row(after step: EMStep<C>) throws(MixtureError) -> EMStep<C> {
        try locating(\.step, step.t + 1) {
            try row(step.t + 1, mStep(step.statistics ?? statistics(weightedBy: step.responsibilities)))
        }
    }

    private func row(_ t: Int, _ mixture: Mixture<C>) throws -> EMStep<C> {
        if let found = fastPass?.run(mixture, threads) {
            let logPrior = try logPrior(of: mixture)
            return EMStep(
                t: t, mixture: mixture,
                makeResponsibilities: {
                    guard let q = try? eStep(mixture) else { preconditionFailure("the pass found every row possible") }
                    return q
                },
                statistics: found.statistics, logLikelihood: found.logLikelihood,
                expectedCompleteLogLikelihood: found.logLikelihood - found.entropy, entropy: found.entropy,
                logPrior: logPrior, objective: found.logLikelihood + logPrior,
                effectiveCounts: found.statistics.map(\.totalWeight))
        }
        let q = try eStep(mixture)
        let logLikelihood = mixture.logLikelihood(of: data, counts: counts, threads: threads)
        let expected = mixture.expectedCompleteLogLikelihood(
            of: data, counts: counts, responsibilities: q, threads: threads)
        let logPrior = try logPrior(of: mixture)
        return EMStep(
            t: t, mixture: mixture, makeResponsibilities: { q }, statistics: nil, logLikelihood: logLikelihood,
            expectedCompleteLogLikelihood: expected, entropy: entropy(ofResponsibilities: q, counts: counts),
            logPrior: logPrior, objective: (assignment == .soft ? logLikelihood : expected) + logPrior,
            effectiveCounts: (0..<q.columns).map { k in sumInChunks(of: q.rows) { multiplicity($0, counts) * q[$0, k] }
            })
    }

    private func logPrior(of mixture: Mixture<C>) throws -> Double {
        let logPrior = try weightRule.logPrior(at: mixture.weights) + estimator.logPrior(mixture.components)
        guard !logPrior.isNaN else {
            throw MixtureError(.parameter, "the density of the prior overflows: its parameters are too large")
        }
        return logPrior
    }

    private static func check(_ counts: [Double]?, rows: Int) throws {
        guard let counts else { return }
        guard counts.count == rows else {
            throw MixtureError(.data, "there must be one count per row, not \(counts.count) for \(rows)")
        }
        for (index, count) in counts.enumerated() where !(count > 0 && count <= 1e15) {
            throw MixtureError(
                .data, "row \(index + 1): a row's count must be more than 0 and at most 1e15, not \(count)")
        }
    }

    private func assigned(_ responsibilities: [Double]) -> [Double] {
        guard assignment == .hard, let largest = responsibilities.max() else { return responsibilities }
        let chosen = responsibilities.firstIndex(of: largest)
        return responsibilities.indices.map { $0 == chosen ? 1 : 0 }
    }

    /// The matrix whose row n is `row(n)`, for every row of the data.
    private func matrix(columns: Int, row: @Sendable (Int) throws -> [Double]) throws -> Matrix {
        let chunks = try mapChunks(of: data.count, threads: threads) { rows in
            try rows.flatMap { n in try locating(\.row, n + 1) { try row(n) } }
        }
        return Matrix(rows: data.count, columns: columns, values: Array(chunks.joined()))
    }

    /// The sufficient statistics of every component, row n of the data counted q_nk times.
    func statistics(weightedBy q: Matrix) -> [C.Statistics] {
        precondition(q.rows == data.count && q.columns == start.weights.count, "responsibilities are an N × K matrix")
        let empty = Array(repeating: C.Statistics(like: data[0]), count: q.columns)
        let chunks = mapChunks(of: data.count, threads: threads) { rows in
            var totals = empty
            for n in rows {
                for k in totals.indices { totals[k].add(data[n], weight: multiplicity(n, counts) * q[n, k]) }
            }
            return totals
        }
        return chunks.dropFirst().reduce(into: chunks[0]) { totals, chunk in
            for k in totals.indices { totals[k].merge(chunk[k]) }
        }
    }
}
