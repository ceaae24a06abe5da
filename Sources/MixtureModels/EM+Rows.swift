// What stands behind the lines of EM.swift: checks, and the loops over the rows.

extension EM {
    /// A run of EM on observations that are in memory one by one.
    public init(
        data: [C.Observation], counts: [Double]? = nil, start: Mixture<C>, weights: WeightRule = .free,
        estimator: Estimator<C> = .maximumLikelihood, assignment: Assignment = .soft,
        stop: StoppingRule<C> = .default, accelerated: Bool = false, threads: Int = 1, pass: Pass = .automatic
    ) throws {
        try self.init(
            data: Rows(data), counts: counts, start: start, weights: weights, estimator: estimator,
            assignment: assignment, stop: stop, accelerated: accelerated, threads: threads, pass: pass)
    }

    static func check(_ counts: [Double]?, rows: Int) throws {
        guard let counts else { return }
        guard counts.count == rows else {
            throw MixtureError(.data, "there must be one count per row, not \(counts.count) for \(rows)")
        }
        for (index, count) in counts.enumerated() where !(count > 0 && count <= 1e15) {
            throw MixtureError(
                .data, "row \(index + 1): a row's count must be more than 0 and at most 1e15, not \(count)")
        }
    }

    static func checkEnough(_ rows: Double, for components: Int) throws {
        guard rows >= Double(components) else {
            throw MixtureError(
                .data, "there must be at least as many rows as components, not \(Int(rows)) for \(components)")
        }
    }

    func logPrior(of mixture: Mixture<C>) throws -> Double {
        let logPrior = try weightRule.logPrior(at: mixture.weights) + estimator.logPrior(mixture.components)
        guard !logPrior.isNaN else {
            throw MixtureError(.parameter, "the density of the prior overflows: its parameters are too large")
        }
        return logPrior
    }

    /// Throws if the objective falls by more than rounding. The first step may lower it: the start need not obey the
    /// constraints that the estimator keeps to.
    func checkAscent(from step: EMStep<C>, to next: EMStep<C>) throws {
        let (before, after) = (step.row.objective, next.row.objective)
        guard estimator.neverLowers, step.row.t > 0, before > after else { return }
        let rows = step.effectiveCounts.reduce(0, +)
        guard before - after > 1e-7 * (rows + before.magnitude) else { return }
        throw MixtureError(
            .descent,
            "the objective falls from \(before) to \(after), which EM never does: the numbers have come to "
                + "the end of double precision",
            remedy: "a floor or a prior for what closes in on a few rows may help, or data on another scale")
    }

    /// Throws if the log-likelihood has left the range of numbers: rows may each be possible, and all of them together too
    /// improbable for a double. (A prior may be minus infinity at the start.)
    func checkFinite(_ step: EMStep<C>) throws {
        guard step.row.logLikelihood.isFinite else {
            throw MixtureError(
                .data,
                "the log-likelihood overflows: the rows, with their counts, are too improbable under this mixture")
        }
    }

    func assigned(_ responsibilities: [Double]) -> [Double] {
        guard assignment == .hard, let largest = responsibilities.max() else { return responsibilities }
        let chosen = responsibilities.firstIndex(of: largest)
        return responsibilities.indices.map { $0 == chosen ? 1 : 0 }
    }

    /// The matrix whose row n is `row(n)`, for every row of the data.
    func matrix(columns: Int, row: @Sendable (Int) throws -> [Double]) throws -> Matrix {
        let chunks = try mapChunks(of: data.count, threads: threads) { rows in
            try rows.flatMap { n in try locating(.row, n + 1) { try row(n) } }
        }
        return Matrix(rows: data.count, columns: columns, values: Array(chunks.joined()))
    }

    /// The sufficient statistics of every component, row n of the data counted q_nk times. What would lose digits where it is
    /// measured from is measured again from a better place.
    @_specialize(where C == Bernoulli)
    @_specialize(where C == BernoulliVector)
    @_specialize(where C == Binomial)
    @_specialize(where C == Normal)
    @_specialize(where C == MultivariateNormal)
    func statistics(weightedBy q: Matrix) -> [C.Statistics] {
        precondition(q.rows == data.count && q.columns == start.weights.count, "responsibilities are an N × K matrix")
        let empty = Array(repeating: C.Statistics(like: data[0]), count: q.columns)
        var totals = totals(empty, Array(empty.indices), weightedBy: q)
        let better = totals.map { $0.recentred() }
        let chosen = better.indices.filter { better[$0] != nil }
        if !chosen.isEmpty {
            let again = self.totals(better.compactMap { $0 }, chosen, weightedBy: q)
            for (k, statistics) in zip(chosen, again) { totals[k] = statistics }
        }
        return totals
    }

    /// The totals of some of the components.
    private func totals(_ empty: [C.Statistics], _ components: [Int], weightedBy q: Matrix) -> [C.Statistics] {
        let chunks = mapChunks(of: data.count, threads: threads) { rows in
            var totals = empty
            for (n, x) in zip(rows, data[rows]) {
                for (place, k) in components.enumerated() {
                    totals[place].add(x, weight: multiplicity(n, counts) * q[n, k])
                }
            }
            return totals
        }
        return chunks.dropFirst().reduce(into: chunks[0]) { totals, chunk in
            for place in totals.indices { totals[place].merge(chunk[place]) }
        }
    }
}
