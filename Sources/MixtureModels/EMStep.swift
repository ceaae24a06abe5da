/// One row of an EM run: iterate t, and everything that belongs to this very iterate θ(t).
public struct EMStep<C: Component>: Sendable {
    /// The number of M-steps so far; 0 is the start.
    public let t: Int
    /// The parameters θ(t).
    public let mixture: Mixture<C>
    /// The N × K matrix q(t): the responsibilities under θ(t), or 0 and 1 for hard assignment. After a fast pass it is computed
    /// only here, each time it is asked for.
    public var responsibilities: Matrix { makeResponsibilities() }
    let makeResponsibilities: @Sendable () -> Matrix
    /// What the fast pass has already summed up for the next M-step.
    let statistics: [C.Statistics]?
    /// ℓ(θ(t)), the log-likelihood in nats.
    public let logLikelihood: Double
    /// Q(θ(t); q(t)), the expected complete-data log-likelihood. Source: cs181.7.
    public let expectedCompleteLogLikelihood: Double
    /// H(q(t)), the entropy of the responsibilities in nats. For soft assignment ℓ = Q + H.
    public let entropy: Double
    /// ln of the prior density at θ(t); 0 where there is no prior.
    public let logPrior: Double
    /// What the algorithm climbs, and what never falls: ℓ(θ(t)) + ln prior for soft assignment. For hard assignment it is
    /// max over z of ln p(X, z), the classification log-likelihood, + ln prior.
    public let objective: Double
    /// The effective counts N_k = Σ_n q_nk.
    public let effectiveCounts: [Double]
    /// Why the run ends with this row; nil while it goes on.
    public internal(set) var ending: Ending?
}

/// Why an EM run ended.
public enum Ending: Sendable, Equatable {
    /// A stopping rule held.
    case stopped(by: String)
    /// The next step could not be taken; the row that carries this is the last that could be computed.
    case failed(MixtureError)
}

/// An `EMStep` without its N × K responsibilities: what is kept of every step of a run.
public struct TraceRow<C: Component>: Sendable, Equatable {
    /// The number of M-steps so far; 0 is the start.
    public let t: Int
    /// The parameters θ(t).
    public let mixture: Mixture<C>
    /// ℓ(θ(t)), the log-likelihood in nats.
    public let logLikelihood: Double
    /// Q(θ(t); q(t)), the expected complete-data log-likelihood.
    public let expectedCompleteLogLikelihood: Double
    /// H(q(t)), the entropy of the responsibilities in nats.
    public let entropy: Double
    /// ln of the prior density at θ(t); 0 where there is no prior.
    public let logPrior: Double
    /// What the algorithm climbs, as in `EMStep`.
    public let objective: Double

    /// What is kept of a step.
    public init(_ step: EMStep<C>) {
        t = step.t
        mixture = step.mixture
        logLikelihood = step.logLikelihood
        expectedCompleteLogLikelihood = step.expectedCompleteLogLikelihood
        entropy = step.entropy
        logPrior = step.logPrior
        objective = step.objective
    }
}

/// The end of an EM run, and the way there.
public struct Fit<C: Component>: Sendable {
    /// The last row.
    public let last: EMStep<C>
    /// All rows, from the start (t = 0) to the last.
    public let trace: [TraceRow<C>]
    /// The name of the stopping rule that ended the run.
    public let stoppedBy: String

    /// The fitted mixture.
    public var mixture: Mixture<C> { last.mixture }
    /// The number of M-steps.
    public var iterations: Int { last.t }
    /// Why the run ended.
    public var ending: Ending { .stopped(by: stoppedBy) }
}
