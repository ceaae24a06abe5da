/// When an EM run ends. A rule looks at two consecutive rows of the run.
public enum StoppingRule<C: Component>: Sendable {
    /// Stop when the objective changes by no more than this fraction of its size (of 1, where its size is less than 1).
    ///
    /// EM can be slow: a small change per step does not mean that the end is near.
    case relativeChange(Double)
    /// Stop when the parameters stand still: in a step no weight moves by more than this, and no component by more than this
    /// distance (see `Component.distance`), such as a mean by this part of the standard deviation.
    case atRest(Double)
    /// Stop after this many M-steps, at least 1.
    case maximumSteps(Int)
    /// Stop when the predicate holds; the name says why in `Ending`. It does not count as convergence. Combine it with `maximumSteps` if it may never hold.
    case when(_ name: String, @Sendable (_ previous: EMStep<C>, _ current: EMStep<C>) -> Bool)
    /// Stop when one of the rules says so; the first of them gives its name.
    case anyOf([StoppingRule])

    /// Stop when one of the rules says so.
    public static func any(_ rules: StoppingRule...) -> StoppingRule {
        .anyOf(rules)
    }

    /// A relative change of 1e-10, or 10,000 steps.
    public static var `default`: StoppingRule {
        .any(.relativeChange(1e-10), .maximumSteps(10_000))
    }

    func check() throws {
        switch self {
        case .relativeChange(let fraction):
            guard fraction >= 0, fraction.isFinite else {
                throw MixtureError(
                    .option, "the relative change to stop at must be non-negative and finite, not \(fraction)")
            }
        case .maximumSteps(let count):
            guard count > 0 else {
                throw MixtureError(.option, "the maximum of steps must be at least 1, not \(count)")
            }
        case .atRest(let distance):
            guard distance >= 0, distance.isFinite else {
                throw MixtureError(
                    .option, "the distance to stop at must be non-negative and finite, not \(distance)")
            }
        case .when: break
        case .anyOf(let rules):
            guard !rules.isEmpty else { throw MixtureError(.option, "without any stopping rule EM would never end") }
            for rule in rules { try rule.check() }
        }
    }

    /// Why the run ends at `current`, if it does. Before the first M-step it does not.
    func verdict(previous: EMStep<C>?, current: EMStep<C>) -> Ending? {
        guard let previous else { return nil }
        switch self {
        case .relativeChange(let fraction):
            // Written so that infinite objectives, which a prior may give at the start, never count as converged.
            let change = (current.row.objective - previous.row.objective).magnitude
            return change <= fraction * max(1, current.row.objective.magnitude) && change.isFinite
                ? .converged(by: "relative change of at most \(fraction)") : nil
        case .atRest(let distance):
            return current.row.mixture.isWithin(distance, of: previous.row.mixture)
                ? .converged(by: "the parameters stand still") : nil
        case .maximumSteps(let count):
            return current.row.t >= count ? .stopped(by: "maximum of \(count) steps") : nil
        case .when(let name, let predicate):
            return predicate(previous, current) ? .stopped(by: name) : nil
        case .anyOf(let rules):
            for rule in rules {
                if let ending = rule.verdict(previous: previous, current: current) { return ending }
            }
            return nil
        }
    }
}

extension Mixture {
    /// Whether no weight and no component differs by more than `distance`.
    func isWithin(_ distance: Double, of other: Mixture) -> Bool {
        zip(weights, other.weights).allSatisfy { ($0 - $1).magnitude <= distance }
            && zip(components, other.components).allSatisfy { $0.distance(from: $1) <= distance }
    }
}
