/// The outcome of comparing a value of ours with the result of a second route that shares no code with the first.
public struct Check: Sendable, Equatable {
    /// The second route in a few plain words, such as "central difference of Q".
    public let how: String
    /// What the second route gave; for a property, its worst violation.
    public let value: CheckedValue
    /// The largest absolute difference of the entries, or infinity if the two cannot be compared (see ``problem``).
    public let difference: Double
    /// The largest difference that passes.
    public let tolerance: Double
    /// Whether `difference <= tolerance`.
    public let passed: Bool
    /// Whether this is a property, whose only number is how far it is violated.
    public let isProperty: Bool
    /// Whether each of several entries had a tolerance of its own. `difference` and `tolerance` are then those of the entry
    /// that came closest to its tolerance, and another entry may differ by more.
    public let hasTolerancePerEntry: Bool
    /// Why the two values cannot be compared (shapes that differ, a value that is not a number), or nil.
    public let problem: String?

    private init(
        how: String, value: CheckedValue, difference: Double, tolerance: Double, isProperty: Bool = false,
        hasTolerancePerEntry: Bool = false, problem: String?
    ) {
        self.how = how
        self.isProperty = isProperty
        self.hasTolerancePerEntry = hasTolerancePerEntry
        self.value = value
        self.difference = problem == nil ? difference : .infinity
        self.tolerance = tolerance
        self.passed = problem == nil && difference <= tolerance
        self.problem = problem
    }

    /// Compares entry by entry.
    ///
    /// Shapes that differ, and NaN on either side, do not pass. Equal infinities (the logarithm of 0 on both sides) agree.
    ///
    /// - Parameters:
    ///   - ours: the value that the course prints.
    ///   - second: the result of the second route.
    ///   - how: the second route in a few plain words.
    ///   - tolerance: the largest difference that passes.
    ///   - relative: divides the difference by the largest entry of `second`, if that is larger than 1: for large values.
    ///     `how` then says so.
    public static func compare(
        _ ours: CheckedValue, with second: CheckedValue, how: String, tolerance: Tolerance, relative: Bool = false
    ) -> Check {
        let problem = obstacle(ours, second)
        var difference = problem == nil ? zip(ours.entries, second.entries).map(distance).max() ?? 0 : .infinity
        if relative {
            let largest = second.entries.lazy.map(abs).filter(\.isFinite).max() ?? 1
            difference /= max(1, largest)
        }
        return Check(
            how: relative ? "\(how) (relative difference)" : how, value: second, difference: difference,
            tolerance: tolerance.value, problem: problem)
    }

    /// Compares with a simulation; passes within 5 standard errors, which chance alone exceeds less than once in a million.
    public static func simulation(_ ours: Double, estimate: SimulationEstimate, how: String) -> Check {
        compare(.number(ours), with: .number(estimate.mean), how: how, tolerance: .simulation(estimate))
    }

    /// Compares a vector with simulated estimates, each within 5 of its own standard errors.
    ///
    /// The difference and the tolerance shown are those of the entry whose difference is largest in standard errors.
    public static func simulation(_ ours: [Double], estimates: [SimulationEstimate], how: String) -> Check {
        let means = CheckedValue.vector(estimates.map(\.mean))
        let problem = obstacle(.vector(ours), means)
        let distances = zip(ours, estimates).map { (distance($0, $1.mean), Tolerance.simulation($1).value) }
        let worst = distances.max { $0.0 / $0.1 < $1.0 / $1.1 } ?? (0, 0)
        return Check(
            how: how, value: means, difference: worst.0, tolerance: worst.1, hasTolerancePerEntry: distances.count > 1,
            problem: problem)
    }

    /// As for a vector, for the rows of a matrix.
    public static func simulation(_ ours: [[Double]], estimates: [[SimulationEstimate]], how: String) -> Check {
        let flat = simulation(ours.flatMap { $0 }, estimates: estimates.flatMap { $0 }, how: how)
        return Check(
            how: how, value: .matrix(estimates.map { $0.map(\.mean) }), difference: flat.difference,
            tolerance: flat.tolerance, hasTolerancePerEntry: flat.hasTolerancePerEntry,
            problem: obstacle(.matrix(ours), .matrix(estimates.map { $0.map(\.mean) })) ?? flat.problem)
    }

    /// A property that has no second value, such as "no step lowers ℓ".
    ///
    /// - Parameters:
    ///   - violation: how far the worst case is from having the property; zero or negative where the property holds. It is
    ///     the check's `value`; its positive part is the check's `difference`.
    ///   - how: the property in plain words.
    ///   - tolerance: how large a violation still passes; as a rule, rounding.
    public static func property(violation: Double, how: String, tolerance: Tolerance = .rounding()) -> Check {
        Check(
            how: how, value: .number(violation), difference: max(0, violation), tolerance: tolerance.value,
            isProperty: true, problem: violation.isNaN ? "the violation is not a number" : nil)
    }

    /// The property that no value is smaller than the one before it. The check's `value` is the largest fall; it is
    /// negative where every step rises.
    ///
    /// Fewer than two values have no step to judge, and do not pass.
    public static func nonDecreasing(_ values: [Double], how: String, tolerance: Tolerance = .rounding()) -> Check {
        let falls = zip(values, values.dropFirst()).map { $0 == $1 ? 0 : $0 - $1 }
        guard let worst = falls.max() else {
            return Check(
                how: how, value: .vector(values), difference: .infinity, tolerance: tolerance.value,
                problem: "there are fewer than two values, so no step to judge")
        }
        return property(violation: falls.contains(where: \.isNaN) ? .nan : worst, how: how, tolerance: tolerance)
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
