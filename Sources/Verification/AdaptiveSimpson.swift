/// Integration by Simpson's rule on intervals that are halved where the integrand needs it.
public enum AdaptiveSimpson {
    /// ∫ f(x) dx over a finite range.
    ///
    /// Each piece is halved until Simpson's rule on the two halves agrees with the rule on the whole. For an integral over
    /// the whole line take a range beyond which the integrand is negligible (10 standard deviations of a normal).
    ///
    /// - Parameters:
    ///   - range: finite; an empty range has integral 0.
    ///   - tolerance: the absolute error aimed at.
    ///   - panels: pieces to begin with. A peak much narrower than one panel may be missed: give more panels then.
    /// - Throws: ``VerificationError`` if the integrand is not finite somewhere, or the tolerance is out of reach; the
    ///   integrand's own errors.
    public static func integral(
        of f: (Double) throws -> Double, over range: ClosedRange<Double>, tolerance: Double = 1e-10, panels: Int = 32
    ) throws -> Double {
        var budget = evaluationLimit
        return try integral(over: range, tolerance: tolerance, panels: panels, budget: &budget) { x, budget in
            budget -= 1
            let value = try f(x)
            guard value.isFinite else { throw VerificationError.notFinite(routine: routine, at: [x]) }
            return value
        }
    }

    /// ∬ f(x, y) dy dx over a finite rectangle: an integral over y within an integral over x.
    ///
    /// - Parameters:
    ///   - xRange: finite.
    ///   - yRange: finite.
    ///   - tolerance: the absolute error aimed at.
    ///   - panels: pieces to begin with in each direction.
    /// - Throws: as ``integral(of:over:tolerance:panels:)``.
    public static func integral(
        of f: (Double, Double) throws -> Double, over xRange: ClosedRange<Double>, _ yRange: ClosedRange<Double>,
        tolerance: Double = 1e-9, panels: Int = 16
    ) throws -> Double {
        var budget = evaluationLimit
        // The inner integrals must be clearly more exact than the outer rule, which would else chase their errors.
        let innerTolerance = tolerance / max(xRange.upperBound - xRange.lowerBound, 1) / 10
        return try integral(over: xRange, tolerance: tolerance, panels: panels, budget: &budget) { x, budget in
            try integral(over: yRange, tolerance: innerTolerance, panels: panels, budget: &budget) { y, budget in
                budget -= 1
                let value = try f(x, y)
                guard value.isFinite else { throw VerificationError.notFinite(routine: routine, at: [x, y]) }
                return value
            }
        }
    }

    private static let routine = "Adaptive Simpson"
    private static let evaluationLimit = 20_000_000

    /// An integrand that takes what it evaluates off the budget.
    private typealias Integrand = (Double, inout Int) throws -> Double

    private static func integral(
        over range: ClosedRange<Double>, tolerance: Double, panels: Int, budget: inout Int, _ f: Integrand
    ) throws -> Double {
        let width = (range.upperBound - range.lowerBound) / Double(panels)
        guard panels > 0, width.isFinite, tolerance > 0 else {
            throw VerificationError.invalidArgument(
                routine: routine, rule: "it needs a finite range, a positive tolerance and at least one panel")
        }
        guard width > 0 else { return 0 }
        var total = 0.0
        for panel in 0..<panels {
            let a = range.lowerBound + Double(panel) * width
            // Rounding must not carry the last panel beyond the range, where the integrand may not exist.
            let b = min(range.lowerBound + Double(panel + 1) * width, range.upperBound)
            let piece = Piece(a: a, b: b, fa: try f(a, &budget), fm: try f((a + b) / 2, &budget), fb: try f(b, &budget))
            total += try refine(piece, tolerance: tolerance / Double(panels), depth: 0, budget: &budget, f)
        }
        return total
    }

    /// An interval with the integrand's values at its ends and its middle, and Simpson's rule for it.
    private struct Piece {
        let a, b, fa, fm, fb: Double
        var middle: Double { (a + b) / 2 }
        var simpson: Double { (b - a) / 6 * (fa + 4 * fm + fb) }
    }

    private static func refine(
        _ piece: Piece, tolerance: Double, depth: Int, budget: inout Int, _ f: Integrand
    ) throws -> Double {
        guard budget > 0 else {
            throw VerificationError.notConverged(
                routine: routine, detail: "\(evaluationLimit) evaluations did not suffice")
        }
        let (a, m, b) = (piece.a, piece.middle, piece.b)
        let left = Piece(a: a, b: m, fa: piece.fa, fm: try f((a + m) / 2, &budget), fb: piece.fm)
        let right = Piece(a: m, b: b, fa: piece.fm, fm: try f((m + b) / 2, &budget), fb: piece.fb)
        let correction = (left.simpson + right.simpson - piece.simpson) / 15
        // Halving a piece divides the rule's error by 16, hence the 15. At depth 48 a piece is as narrow as rounding
        // allows: this is reached at a jump, which contributes next to nothing there.
        // A correction within the rounding of the piece itself cannot be improved either.
        let rounding = 1e-15 * (abs(left.simpson) + abs(right.simpson))
        if abs(correction) <= max(tolerance, rounding) || depth == 48 {
            return left.simpson + right.simpson + correction
        }
        return try refine(left, tolerance: tolerance / 2, depth: depth + 1, budget: &budget, f)
            + refine(right, tolerance: tolerance / 2, depth: depth + 1, budget: &budget, f)
    }
}
