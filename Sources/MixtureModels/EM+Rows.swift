// What stands behind the lines of EM.swift: checks, and the loops over the rows.

extension EM {
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

    func assigned(_ responsibilities: [Double]) -> [Double] {
        guard assignment == .hard, let largest = responsibilities.max() else { return responsibilities }
        let chosen = responsibilities.firstIndex(of: largest)
        return responsibilities.indices.map { $0 == chosen ? 1 : 0 }
    }

    /// The matrix whose row n is `row(n)`, for every row of the data.
    func matrix(columns: Int, row: @Sendable (Int) throws -> [Double]) throws -> Matrix {
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
