/// What the E-step finds out about a mixture: the parts of the bound, and what the next M-step needs.
struct Expectation<C: Component>: Sendable {
    /// ℓ in nats.
    let logLikelihood: Double
    /// Q in nats.
    let expectedCompleteLogLikelihood: Double
    /// H in nats.
    let entropy: Double
    /// The sufficient statistics of each component.
    let statistics: [C.Statistics]
    /// The N × K matrix, which the fast pass makes only when it is asked for.
    let responsibilities: @Sendable () -> Matrix
}

/// One row of an EM run: iterate t, and everything that belongs to this very iterate θ(t).
///
/// It has all numbers of `TraceRow`: `step.t`, `step.mixture`, `step.logLikelihood`, `step.lowerBound`, …
@dynamicMemberLookup
public struct EMStep<C: Component>: Sendable {
    /// The numbers of the iterate, without the N × K responsibilities.
    public let row: TraceRow<C>
    private let expectation: Expectation<C>
    /// Why the run ends with this row; nil while it goes on.
    public internal(set) var ending: Ending?

    init(_ t: Int, _ mixture: Mixture<C>, _ found: Expectation<C>, logPrior: Double, _ assignment: Assignment) {
        row = TraceRow(
            t: t, mixture: mixture, logLikelihood: found.logLikelihood,
            expectedCompleteLogLikelihood: found.expectedCompleteLogLikelihood, entropy: found.entropy,
            logPrior: logPrior,
            objective: (assignment == .soft ? found.logLikelihood : found.expectedCompleteLogLikelihood) + logPrior)
        expectation = found
    }

    /// The N × K matrix q(t): the responsibilities under θ(t), or 0 and 1 for hard assignment. After a fast pass it is computed
    /// only here, each time it is asked for.
    public var responsibilities: Matrix { expectation.responsibilities() }
    /// The effective counts N_k = Σ_n q_nk.
    public var effectiveCounts: [Double] { statistics.map(\.totalWeight) }
    /// The sums over the data that the next M-step needs.
    var statistics: [C.Statistics] { expectation.statistics }

    /// The numbers of `row`.
    public subscript<Value>(dynamicMember number: KeyPath<TraceRow<C>, Value>) -> Value { row[keyPath: number] }
}

/// The numbers of one iterate: what is kept of every step of a run.
public struct TraceRow<C: Component>: Sendable, Equatable {
    /// The number of M-steps so far; 0 is the start.
    public let t: Int
    /// The parameters θ(t).
    public let mixture: Mixture<C>
    /// ℓ(θ(t)), the log-likelihood in nats.
    public let logLikelihood: Double
    /// Q(θ(t); q(t)), the expected complete-data log-likelihood. Source: cs181.7.
    public let expectedCompleteLogLikelihood: Double
    /// H(q(t)), the entropy of the responsibilities in nats; 0 for hard assignment.
    public let entropy: Double
    /// ln of the prior density at θ(t); 0 where there is no prior.
    public let logPrior: Double
    /// What the algorithm climbs, and what never falls: ℓ(θ(t)) + ln prior for soft assignment. For hard assignment it is
    /// max over z of ln p(X, z), the classification log-likelihood, + ln prior.
    public let objective: Double

    /// Q + H, the lower bound of ℓ(θ(t)) that the E-step makes. For soft assignment it touches: Q + H = ℓ.
    public var lowerBound: Double { expectedCompleteLogLikelihood + entropy }
}
