/// Maximisation of a function of one variable by comparing its values only.
public enum GoldenSection {
    /// The maximum of a function that rises to one peak and falls after it, by golden-section search.
    ///
    /// The interval shrinks by 0.618 at each evaluation, until it is 1e-10 of its first width. Of a function with several
    /// peaks one is found. Ends of the interval are approached, never evaluated, so the function may be infinite there;
    /// inside, -∞ is allowed (a logarithm of 0).
    ///
    /// - Returns: the best point evaluated, and the function's value there. Where two routes agree on the value to all
    ///   digits, the argument is still only known to about half of them (see ``Tolerance/goldenSection``).
    /// - Throws: ``VerificationError`` for an empty or infinite interval and where the function is NaN or +∞; the function's
    ///   own errors.
    public static func maximum(
        of f: (Double) throws -> Double, in interval: ClosedRange<Double>
    ) throws -> (argument: Double, value: Double) {
        let routine = "Golden section"
        var (lower, upper) = (interval.lowerBound, interval.upperBound)
        guard lower.isFinite, upper.isFinite, (upper - lower).isFinite, lower < upper else {
            throw VerificationError.invalidArgument(routine: routine, rule: "the interval must be finite and not empty")
        }
        func evaluate(_ x: Double) throws -> (argument: Double, value: Double) {
            let value = try f(x)
            guard value < .infinity else { throw VerificationError.notFinite(routine: routine, at: [x]) }  // NaN, too
            return (x, value)
        }

        let golden = (5.0.squareRoot() - 1) / 2
        var left = try evaluate(upper - golden * (upper - lower))
        var right = try evaluate(lower + golden * (upper - lower))
        for _ in 0..<48 {  // 0.618^48 = 1e-10
            if left.value >= right.value {
                upper = right.argument
                right = left
                left = try evaluate(upper - golden * (upper - lower))
            } else {
                lower = left.argument
                left = right
                right = try evaluate(lower + golden * (upper - lower))
            }
        }
        let best = left.value >= right.value ? left : right
        guard best.value.isFinite else { throw VerificationError.notFinite(routine: routine, at: [best.argument]) }
        return best
    }
}
