/// Derivatives from function values alone.
///
/// Every derivative is a central difference quotient D(h), whose error is a series in h², h⁴, … The quotient is evaluated
/// for h, h/2, h/4, … and extrapolated to h = 0; of all extrapolated values the one with the smallest error estimate is
/// returned (Ridders 1982). So nobody has to choose a step, and about 10 correct digits remain for a first derivative.
///
/// The noise of a function's values may be larger than their rounding, as in a small difference of two huge numbers. Then fewer
/// digits remain, and fewer than the error estimate says, because values on a staircase can agree by chance; where noise is all
/// there is to see, the derivative is refused.
///
/// A neighbouring point where the function throws or is not finite lies outside its domain: smaller steps are then tried. At
/// the point itself it must be finite.
public enum CentralDifference {
    /// df/dx at `x`.
    ///
    /// - Throws: ``VerificationError``, or the function's own error at `x`.
    public static func derivative(of f: (Double) throws -> Double, at x: Double) throws -> Double {
        try gradient(of: { try f($0[0]) }, at: [x])[0]
    }

    /// The gradient: ∂f/∂x_i for each coordinate i.
    ///
    /// - Parameter accuracy: the largest error, by the estimate, with which a derivative is still returned; nil for a hundredth of
    ///   its size.
    /// - Throws: ``VerificationError``, or the function's own error at `x`.
    public static func gradient(
        of f: ([Double]) throws -> Double, at x: [Double], accuracy: Double? = nil
    ) throws -> [Double] {
        let centre = try finiteValue(of: f, at: x)
        return try x.indices.map { i in
            try extrapolateToZero(at: x, accuracy: accuracy) { step in
                let (up, down) = (shifted(x, (i, step)), shifted(x, (i, -step)))
                let (above, below) = (try f(up), try f(down))
                // Divided by the distance that the doubles really have.
                return Quotient(terms: [above, -below], centre: centre, divisor: up[i] - down[i])
            }
        }
    }

    /// The Hessian: ∂²f/∂x_i∂x_j, row by row; symmetric by construction.
    ///
    /// - Throws: ``VerificationError``, or the function's own error at `x`.
    public static func hessian(of f: ([Double]) throws -> Double, at x: [Double]) throws -> [[Double]] {
        let centre = try finiteValue(of: f, at: x)
        var result = x.map { _ in x.map { _ in 0.0 } }
        for i in x.indices {
            for j in 0...i {
                let second = try extrapolateToZero(at: x) { step in
                    if i == j {
                        let (up, down) = (shifted(x, (i, step)), shifted(x, (i, -step)))
                        let half = (up[i] - down[i]) / 2
                        return Quotient(
                            terms: [try f(up), -centre, -centre, try f(down)], centre: centre, divisor: half * half)
                    }
                    let (upUp, downDown) = (shifted(x, (i, step), (j, step)), shifted(x, (i, -step), (j, -step)))
                    let (upDown, downUp) = (shifted(x, (i, step), (j, -step)), shifted(x, (i, -step), (j, step)))
                    return Quotient(
                        terms: [try f(upUp), -(try f(upDown)), -(try f(downUp)), try f(downDown)], centre: centre,
                        divisor: (upUp[i] - downDown[i]) * (upUp[j] - downDown[j]))
                }
                result[i][j] = second
                result[j][i] = second
            }
        }
        return result
    }

    /// The Jacobian of a vector function: row r holds the gradient of f_r.
    ///
    /// - Throws: ``VerificationError``, or the function's own error at `x`.
    public static func jacobian(of f: ([Double]) throws -> [Double], at x: [Double]) throws -> [[Double]] {
        let size = try f(x).count
        return try (0..<size).map { row in
            try gradient(
                of: { point in
                    let value = try f(point)
                    return value.count == size ? value[row] : .nan
                }, at: x)
        }
    }

    /// A difference quotient, and what the rounding of the function's values makes it uncertain by.
    private struct Quotient {
        let value: Double
        let rounding: Double

        init(terms: [Double], centre: Double, divisor: Double) {
            value = terms.reduce(0, +) / divisor
            let largest = terms.reduce(abs(centre)) { max($0, abs($1)) }
            rounding = largest * .ulpOfOne / abs(divisor)
        }
    }

    /// The limit for h → 0 of a quotient that is a power series in h².
    private static func extrapolateToZero(
        at x: [Double], accuracy: Double? = nil, _ quotient: (Double) throws -> Quotient
    ) throws -> Double {
        var step = 0.05  // in units of max(1, |x_i|), see `shifted`
        var previousRow: [Double] = []
        var best = (value: 0.0, error: Double.infinity)
        var isFlatSoFar = true
        var rowsOfNoise = 0
        for _ in 0..<48 {  // 0.05 / 2^48 is the rounding of 1: smaller steps do not exist
            // A neighbour may lie outside the domain; a smaller step may then do.
            let latest = try? quotient(step)
            step /= 2
            guard let latest, latest.value.isFinite else {
                previousRow = []
                continue
            }
            // A function that subtracts two huge numbers is a staircase: between two stairs it looks flat, and is not.
            if latest.value == 0 && !isFlatSoFar { break }
            if isFlatSoFar && abs(latest.value) > 1000 * latest.rounding {
                // So far 0 but for rounding, and no longer: larger steps missed the function's only feature, a narrow peak.
                isFlatSoFar = false
                previousRow = []
                best.error = .infinity
            }
            // Each entry removes one more power of h² than the entry before it.
            var row = [latest.value]
            var factor = 1.0
            for (j, coarser) in previousRow.enumerated() {
                factor *= 4
                let refined = (factor * row[j] - coarser) / (factor - 1)
                let error = max(abs(refined - row[j]), abs(refined - coarser), latest.rounding)
                if error < best.error { best = (refined, error) }
                row.append(refined)
            }
            // Ridders' rule: the farthest extrapolation moved by more than the best one is uncertain, so noise has taken over,
            // which may be larger than the rounding of the values. (He stops at once; but a narrow peak or a fast oscillation,
            // of which the first steps see nothing, looks the same for a few rows.)
            if let coarser = previousRow.last, let finer = row.last, best.error <= 0.01 * max(1, abs(best.value)) {
                rowsOfNoise = abs(finer - coarser) >= 2 * best.error ? rowsOfNoise + 1 : 0
                if rowsOfNoise == 8 { break }
            }
            // Smaller steps suffer more from rounding, so once that is what limits the result, it will not get better.
            if isFlatSoFar ? row.count == 16 : latest.rounding >= best.error { break }
            previousRow = row
        }
        guard best.error <= 0.01 * max(1, abs(best.value)) else {
            throw VerificationError.notConverged(
                routine: routine,
                detail: "the quotients at \(x) do not settle; the point may lie on the edge of the function's domain")
        }
        if let accuracy, best.error > accuracy {
            throw VerificationError.notConverged(
                routine: routine, detail: "the rounding of the function leaves too few digits of its derivative")
        }
        return best.value
    }

    /// `x` with each named coordinate moved by its step, in units of max(1, |x_i|).
    private static func shifted(_ x: [Double], _ moves: (index: Int, step: Double)...) -> [Double] {
        var result = x
        for move in moves { result[move.index] += move.step * max(1, abs(x[move.index])) }
        return result
    }

    private static func finiteValue(of f: ([Double]) throws -> Double, at x: [Double]) throws -> Double {
        let value = try f(x)
        guard value.isFinite else { throw VerificationError.notFinite(routine: routine, at: x) }
        return value
    }

    private static let routine = "Central difference"
}
