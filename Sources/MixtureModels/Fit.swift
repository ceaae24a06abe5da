/// Why an EM run ended.
public enum Ending: Sendable, Equatable {
    /// A rule of convergence held: the objective, or the parameters, hardly moved.
    case converged(by: String)
    /// Another stopping rule held, a maximum of steps for instance: the numbers may be far from where EM would end.
    case stopped(by: String)
    /// The next step could not be taken; the row that carries this is the last that could be computed.
    case failed(MixtureError)
}

/// The end of an EM run, and the way there.
public struct Fit<C: Component>: Sendable {
    /// The start, with its responsibilities.
    public let first: EMStep<C>
    /// The last row.
    public let last: EMStep<C>
    /// All rows, from the start (t = 0) to the last.
    public let trace: [TraceRow<C>]
    /// Whether a rule of convergence ended the run, not a maximum of steps or a condition of the caller's.
    public let converged: Bool
    /// The name of the stopping rule that ended the run.
    public let stoppedBy: String

    init(
        _ trace: [TraceRow<C>], _ first: EMStep<C>, _ last: EMStep<C>, converged: Bool, stoppedBy: String
    ) {
        self.first = first
        self.last = last
        self.trace = trace
        self.converged = converged
        self.stoppedBy = stoppedBy
    }

    /// The fitted mixture.
    public var mixture: Mixture<C> { last.mixture }
    /// The number of M-steps.
    public var iterations: Int { last.t }
}
