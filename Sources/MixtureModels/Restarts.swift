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
    ///     let best = try EM.best(of: starts) { try EM(data: rows, counts: counts, start: $0) }.best
    ///
    /// A later run replaces an earlier one only if its objective is higher by more than `tieTolerance`: so the earliest of
    /// several equal runs is chosen, and the choice does not depend on rounding. Starts that fail are recorded in `outcomes`.
    ///
    /// - Parameter run: Makes the run of EM from a start, with the data and all options.
    /// - Throws: `MixtureError` if there are no starts, or all of them fail.
    public static func best(
        of starts: [Mixture<C>], run: (_ start: Mixture<C>) throws -> EM
    ) throws -> Restarts<C> {
        var best: (fit: Fit<C>, index: Int)?
        var outcomes: [Result<TraceRow<C>, MixtureError>] = []
        for (index, start) in starts.enumerated() {
            do {
                let fit = try run(start).fit()
                outcomes.append(.success(fit.last.row))
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
