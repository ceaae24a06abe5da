/// Which way through the data an EM run takes. Both give the same numbers, up to rounding.
public enum Pass: Sendable {
    /// `fast` from `EM.fastRows` rows on, `readable` below.
    case automatic
    /// The definition, row by row. Its results are the same to the last bit on every processor of a platform.
    case readable
    /// E-step and sums for the M-step at once, for Gaussians with the widest vectors that this processor has. What has no
    /// fast pass takes the readable one: hard assignment, distributions of your own, normals and vectors with counts, and
    /// any step so near the limits of double precision that the two might differ.
    case fast
}

/// What one pass over the data finds out about a mixture: a row of EM, and what the next M-step needs.
struct PassResult<C: Component>: Sendable {
    /// ℓ in nats.
    let logLikelihood: Double
    /// H in nats.
    let entropy: Double
    /// The sufficient statistics of each component.
    let statistics: [C.Statistics]
}

extension EM {
    /// What `bound` finds out, from the fast pass; nil without one, or where its result is nil.
    func fastBound(_ mixture: Mixture<C>) -> Expectation<C>? {
        guard let found = fastPass?.run(mixture, threads) else { return nil }
        return Expectation(
            logLikelihood: found.logLikelihood,
            expectedCompleteLogLikelihood: found.logLikelihood - found.entropy, entropy: found.entropy,
            statistics: found.statistics,
            responsibilities: {
                guard let q = try? eStep(mixture) else { preconditionFailure("the pass found every row possible") }
                return q
            })
    }
}

/// A quick way to make that pass, with its own form of the data. Its result is nil where it had better not be trusted, as
/// near a collapse: then the readable pass decides what happens, and what the error says.
struct FastPass<C: Component>: Sendable {
    let run: @Sendable (_ mixture: Mixture<C>, _ threads: Int) -> PassResult<C>?

    init(run: @escaping @Sendable (Mixture<C>, Int) -> PassResult<C>?) { self.run = run }

    /// Nil if the distribution has no fast pass, or if a row breaks a rule: the readable check says which.
    init?(_ rows: Rows<C.Observation>, counts: [Double]?, dimension: Int, estimator: Estimator<C>, threads: Int) {
        let variances = estimator.usesOnlyVariances
        // Written out type by type, and cast as a whole, so that the compiler makes the loops over the rows for each type.
        let data: Any = rows.source ?? rows.array
        let pass: Any? =
            switch C.self {
            case is Normal.Type: FastPass<Normal>(packing: data, counts, dimension, variances, threads)
            case is MultivariateNormal.Type:
                FastPass<MultivariateNormal>(packing: data, counts, dimension, variances, threads)
            case is BernoulliVector.Type:
                FastPass<BernoulliVector>(packing: data, counts, dimension, variances, threads)
            case is Bernoulli.Type: FastPass<Bernoulli>(distinctRowsOf: data, counts: counts)
            case is Binomial.Type: FastPass<Binomial>(distinctRowsOf: data, counts: counts)
            default: nil
            }
        guard let pass = pass as? FastPass else { return nil }
        self = pass
    }
}

extension FastPass where C: PackedComponent {
    /// The vectorised pass, for data that are `[C.Observation]` or a source of rows.
    init?(packing data: Any, _ counts: [Double]?, _ columns: Int, _ onlyVariances: Bool, _ threads: Int) {
        guard counts == nil else { return nil }
        let rows =
            if let source = data as? any RowSource {
                PackedRows<C>(source, columns: columns, onlyVariances: onlyVariances, threads: threads)
            } else if let data = data as? [C.Observation] {
                PackedRows<C>(data, columns: columns, onlyVariances: onlyVariances, threads: threads)
            } else {
                PackedRows<C>?.none
            }
        guard let rows else { return nil }
        self.init { rows.pass($0, threads: $1) }
    }
}

extension FastPass where C.Observation: Hashable {
    /// The readable pass over the histogram of the data: a million sets of ten flips have eleven distinct rows.
    init?(distinctRowsOf data: Any, counts: [Double]?) {
        guard let data = data as? [C.Observation] else { return nil }
        var places: [C.Observation: Int] = [:]
        var (rows, counted) = ([C.Observation](), [Double]())
        for (n, x) in data.enumerated() {
            if let place = places[x] {
                counted[place] += multiplicity(n, counts)
            } else {
                places[x] = rows.count
                rows.append(x)
                counted.append(multiplicity(n, counts))
            }
        }
        guard (try? C.check(Rows(rows), dimension: 1)) != nil else { return nil }
        let (distinct, multiplicities) = (rows, counted)
        self.init { mixture, threads in
            let em = try? EM(data: distinct, counts: multiplicities, start: mixture, threads: threads, pass: .readable)
            guard let step = em?.first else { return nil }
            return PassResult(logLikelihood: step.logLikelihood, entropy: step.entropy, statistics: step.statistics)
        }
    }
}
