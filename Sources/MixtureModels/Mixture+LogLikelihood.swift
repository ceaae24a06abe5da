import Foundation

// The three sums over the data that EM is about. For any q: ℓ ≥ Q + H, with equality if q are the responsibilities.
//
// `counts`, where given, says how often each row occurs, so that equal rows need to be written only once.

extension Mixture {
    /// The log-likelihood ℓ = Σ_n ln p(x_n); 0 without data. Source: cs181.2, orie4742.log-likelihood.
    public func logLikelihood(of data: [C.Observation], counts: [Double]? = nil, threads: Int = 1) -> Double {
        logLikelihood(of: Rows(data), counts: counts, threads: threads)
    }

    /// The log-likelihood of rows that need not be in memory one by one.
    @_specialize(where C == Bernoulli)
    @_specialize(where C == BernoulliVector)
    @_specialize(where C == Binomial)
    @_specialize(where C == Normal)
    @_specialize(where C == MultivariateNormal)
    public func logLikelihood(of data: Rows<C.Observation>, counts: [Double]? = nil, threads: Int = 1) -> Double {
        mapChunks(of: data.count, threads: threads) { rows in
            zip(rows, data[rows]).reduce(0) { $0 + multiplicity($1.0, counts) * logDensity(at: $1.1) }
        }.reduce(0, +)
    }

    /// The expected complete-data log-likelihood Q = Σ_n Σ_k q_nk (ln π_k + ln p_k(x_n)) of this mixture.
    ///
    /// q is an N × K matrix, and may be the responsibilities under another mixture, or any assignment at all. Terms with
    /// q_nk = 0 count as 0. Source: cs181.7, cs181.21, prml.9.40.
    public func expectedCompleteLogLikelihood(
        of data: [C.Observation], counts: [Double]? = nil, responsibilities q: Matrix, threads: Int = 1
    ) -> Double {
        expectedCompleteLogLikelihood(of: Rows(data), counts: counts, responsibilities: q, threads: threads)
    }

    /// The same Q for rows that need not be in memory one by one.
    @_specialize(where C == Bernoulli)
    @_specialize(where C == BernoulliVector)
    @_specialize(where C == Binomial)
    @_specialize(where C == Normal)
    @_specialize(where C == MultivariateNormal)
    public func expectedCompleteLogLikelihood(
        of data: Rows<C.Observation>, counts: [Double]? = nil, responsibilities q: Matrix, threads: Int = 1
    ) -> Double {
        precondition(q.rows == data.count && q.columns == components.count, "responsibilities are an N × K matrix")
        return mapChunks(of: data.count, threads: threads) { rows in
            zip(rows, data[rows]).reduce(0) { sum, row in
                sum + multiplicity(row.0, counts) * weightedSum(logJoint(at: row.1), q[row.0])
            }
        }.reduce(0, +)
    }
}

// The same, where the logarithms of the joint densities are known: ln π_k + ln p_k(x_n) for each row and component.

/// The posterior probability of each class, exp(a_k) / Σ_j exp(a_j) for a row's logarithms a.
///
/// - Throws: `MixtureError` of kind `impossibleObservation` if they are all minus infinity.
func responsibilities(ofLogJoint logJoint: [Double]) throws -> [Double] {
    guard let largest = logJoint.max(), largest.isFinite else {
        throw MixtureError(.impossibleObservation, "the observation has probability 0 under every component")
    }
    let joint = logJoint.map { exp($0 - largest) }
    let sum = joint.reduce(0, +)
    return joint.map { $0 / sum }
}

/// ℓ = Σ_n ln Σ_k exp(a_nk).
func logLikelihood(ofLogJoint logJoint: [[Double]], counts: [Double]?, threads: Int) -> Double {
    sumInChunks(of: logJoint.count, threads: threads) { n in multiplicity(n, counts) * logSumExp(logJoint[n]) }
}

/// Q = Σ_n Σ_k q_nk a_nk.
func expectedCompleteLogLikelihood(
    ofLogJoint logJoint: [[Double]], counts: [Double]?, responsibilities q: Matrix, threads: Int
) -> Double {
    sumInChunks(of: logJoint.count, threads: threads) { n in multiplicity(n, counts) * weightedSum(logJoint[n], q[n]) }
}

/// Σ_k q_k a_k, where 0 · ∞ counts as 0.
private func weightedSum(_ terms: [Double], _ weights: ArraySlice<Double>) -> Double {
    zip(terms, weights).reduce(0) { $1.1 == 0 ? $0 : $0 + $1.1 * $1.0 }
}

/// The entropy H = -Σ_n Σ_k q_nk ln q_nk of assignments, in nats: 0 if every row is certain, N ln K at most.
///
/// Source: stat215a.q-function.
public func entropy(ofResponsibilities q: Matrix, counts: [Double]? = nil) -> Double {
    sumInChunks(of: q.rows) { n in multiplicity(n, counts) * q[n].reduce(0) { $0 - xlogy($1, $1) } }
}

/// How often row n occurs: once, unless there are counts.
func multiplicity(_ n: Int, _ counts: [Double]?) -> Double { counts?[n] ?? 1 }
