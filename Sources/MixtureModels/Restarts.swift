/// The result of EM from several starts.
public struct Restarts<C: Component>: Sendable {
    /// The chosen fit.
    public let best: Fit<C>
    /// The number of its start, from 0.
    public let bestIndex: Int
    /// The last row of every run, or why it failed, in the order of the starts.
    public let outcomes: [Result<TraceRow<C>, MixtureError>]
}

extension EM {
    /// Two objectives whose difference is no more than this fraction of their size (of 1, if they are smaller) count as equal
    /// when the best of several runs is chosen: runs that end in the same maximum differ by about so much.
    public static var tieTolerance: Double { 1e-9 }

    /// Runs EM from every start, and chooses the run with the highest final objective.
    ///
    /// A later run replaces an earlier one only if its objective is higher by more than `tieTolerance`: so the earliest of
    /// several equal runs is chosen, and the choice does not depend on rounding. Starts that fail are recorded in `outcomes`.
    ///
    /// - Throws: `MixtureError` if there are no starts, or all of them fail.
    public static func best(
        of starts: [Mixture<C>], data: [C.Observation], weights: WeightRule = .free,
        estimator: Estimator<C> = .maximumLikelihood, assignment: Assignment = .soft,
        stop: StoppingRule<C> = .default, threads: Int = 1, pass: Pass = .automatic
    ) throws -> Restarts<C> {
        var best: (fit: Fit<C>, index: Int)?
        var outcomes: [Result<TraceRow<C>, MixtureError>] = []
        for (index, start) in starts.enumerated() {
            do {
                let em = try EM(
                    data: data, start: start, weights: weights, estimator: estimator, assignment: assignment,
                    stop: stop,
                    threads: threads, pass: pass)
                let fit = try em.fit()
                outcomes.append(.success(TraceRow(fit.last)))
                let highest = best?.fit.last.objective ?? -.infinity
                if best == nil || fit.last.objective - highest > tieTolerance * Swift.max(1, highest.magnitude) {
                    best = (fit, index)
                }
            } catch {
                outcomes.append(.failure(MixtureError(wrapping: error)))
            }
        }
        guard let best else {
            let reasons = outcomes.enumerated().compactMap { index, outcome in
                if case .failure(let error) = outcome { "start \(index + 1): \(error)" } else { nil }
            }
            throw MixtureError(
                .everyStartFailed,
                starts.isEmpty ? "there are no starts" : "every start failed; \(reasons.joined(separator: "; "))")
        }
        return Restarts(best: best.fit, bestIndex: best.index, outcomes: outcomes)
    }
}
