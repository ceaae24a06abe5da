/// What can keep a second route from giving a number at all. (A number that disagrees is not an error: it is a ``Check``
/// that did not pass.)
public enum VerificationError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The routine was asked for something it cannot do; `rule` says what it needs.
    case invalidArgument(routine: String, rule: String)
    /// The function gave NaN or an infinite value at a point where the routine needs a number.
    case notFinite(routine: String, at: [Double])
    /// The routine ended without an answer that deserves trust; `detail` says how far it came.
    case notConverged(routine: String, detail: String)
    /// There are more than `limit` ways to give one of `classes` classes to each of `items` items.
    case tooManyAssignments(items: Int, classes: Int, limit: Int)
    /// The routine would go through more rows than is reasonable; `limit` is how much work was allowed, in the caller's units.
    case tooMuchWork(limit: Int)
    /// Every assignment has probability 0, so that there is no posterior.
    case impossibleData

    /// The error as one plain sentence.
    public var description: String {
        switch self {
        case .invalidArgument(let routine, let rule):
            "\(routine): \(rule)."
        case .notFinite(let routine, let point):
            "\(routine): the function is not a finite number at \(point.count == 1 ? "\(point[0])" : "\(point)")."
        case .notConverged(let routine, let detail):
            "\(routine): no trustworthy result: \(detail)."
        case .tooManyAssignments(let items, let classes, let limit):
            "Enumeration: \(classes) classes for \(items) items make more than \(limit) assignments. Take fewer items."
        case .tooMuchWork:
            "It would take more work than this report spends on one check."
        case .impossibleData:
            "Enumeration: every assignment has probability 0, so there is no posterior to take an expectation under."
        }
    }
}
