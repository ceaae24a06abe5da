/// The outcome of comparing a value of ours with the result of a second route that shares no code with the first.
///
/// A check keeps the value that it compared. What is shown beside a check is that value and no other.
public struct Check: Sendable, Equatable {
    /// The value that was compared: the one to show.
    public let ours: CheckedValue
    /// The sort of second route.
    public let kind: SecondRoute.Kind
    /// The second route in a few plain words, such as "central differences of Q".
    public let how: String
    /// For a property, what has to be true; else nil.
    public let claim: String?
    /// For a property, what it is judged by, such as "largest fall"; else empty.
    public let quantity: String
    /// What the second route gave; for a property, the number by which it is judged.
    public let value: CheckedValue
    /// The largest absolute difference of the entries, or infinity if the two cannot be compared (see ``problem``). Where each
    /// of several entries has a tolerance of its own, the difference of the entry that came closest to its tolerance.
    public let difference: Double
    /// The largest difference that passes.
    public let tolerance: Double
    /// Whether `difference <= tolerance`.
    public let passed: Bool
    /// Whether there was a second route at all; where there was none, ``how`` says why, and the check has neither passed nor failed.
    public var wasMade: Bool { kind != .notChecked }
    /// Whether the second route contradicts the value.
    public var failed: Bool { wasMade && !passed }
    /// How many standard errors of its own the worst entry is away from its simulated value; nil where there are none.
    public let standardErrors: Double?
    /// Of a property whose number must not be too small, the least that passes.
    public let least: Double?
    /// Of a published figure, how many decimals were printed.
    public let decimals: Int?
    /// Why the two values cannot be compared (shapes that differ, a value that is not a number), or nil.
    public let problem: String?

    /// Compares entry by entry; of a property, only looks whether it is true.
    ///
    /// Shapes that differ, and NaN on either side, do not pass. Equal infinities (the logarithm of 0 on both sides) agree.
    ///
    /// - Parameters:
    ///   - ours: the value that the course prints.
    ///   - route: the second route to it.
    public init(of ours: CheckedValue, again route: SecondRoute) {
        self.ours = ours
        kind = route.kind
        how = route.how
        claim = route.claim
        value = route.value
        quantity = route.quantity
        least = route.least
        decimals = route.decimals
        guard route.kind != .notChecked else {
            (problem, difference, tolerance, standardErrors) = (nil, 0, 0, nil)
            passed = false
            return
        }
        let isComparison = route.kind != .property
        let problem = isComparison ? Self.obstacle(ours, route.value) : route.problem
        self.problem = problem
        guard problem == nil else {
            (difference, tolerance, standardErrors) = (.infinity, route.tolerances.first ?? 0, nil)
            passed = false
            return
        }
        var differences = isComparison ? zip(ours.entries, route.value.entries).map(Self.distance) : [route.violation]
        if route.isRelative {
            let largest = route.value.entries.lazy.map(abs).filter(\.isFinite).max() ?? 1
            differences = differences.map { $0 / max(1, largest) }
        }
        let allowed = differences.indices.map { route.tolerances[min($0, route.tolerances.count - 1)] }
        let worst = zip(differences, allowed).max { Self.isNearer($0, $1) } ?? (0, 0)
        (difference, tolerance) = worst
        passed = difference <= tolerance
        standardErrors = Self.largest(differences, inUnitsOf: route.standardErrors, allowed: allowed)
    }

    /// The largest difference in standard errors. An entry whose draws were all the same has none, and its tolerance is that of
    /// rounding (see ``Tolerance/simulation(_:)``): if it is within that, the others decide.
    private static func largest(_ differences: [Double], inUnitsOf errors: [Double], allowed: [Double]) -> Double? {
        let entries = zip(differences, zip(errors, allowed)).map { ($0, $1.0, $1.1) }
        let (drawn, constant) = (entries.filter { 5 * $0.1 == $0.2 }, entries.filter { 5 * $0.1 != $0.2 })
        return constant.allSatisfy { $0.0 <= $0.2 } ? drawn.map { $0.0 / $0.1 }.max() : nil
    }

    /// Which of two differences is nearer to its own tolerance; a tolerance of 0 is left behind by any difference.
    private static func isNearer(_ first: (Double, Double), _ second: (Double, Double)) -> Bool {
        func share(_ pair: (Double, Double)) -> Double {
            pair.0 == 0 ? 0 : pair.0 / pair.1
        }
        return share(first) < share(second)
    }

    /// What makes an entry-by-entry comparison impossible, or nil.
    private static func obstacle(_ ours: CheckedValue, _ second: CheckedValue) -> String? {
        if ours.shape != second.shape { return "\(ours.shape) here, but \(second.shape) by the second route" }
        if ours.entries.isEmpty { return "there is nothing to compare" }
        if ours.entries.contains(where: \.isNaN) { return "a value here is not a number" }
        if second.entries.contains(where: \.isNaN) { return "the second route gave something that is not a number" }
        return nil
    }

    private static func distance(_ first: Double, _ second: Double) -> Double {
        first == second ? 0 : abs(first - second)  // equal infinities would give NaN
    }
}

extension SecondRoute {
    /// How far a property is from being true; 0 where it is.
    fileprivate var violation: Double {
        let measured = value.entries.first ?? .infinity
        return max(0, least.map { $0 - measured } ?? measured)
    }
}
