/// Derivatives from function values alone.
///
/// Every derivative is a central difference quotient D(h), whose error is a series in h², h⁴, … The quotient is evaluated
/// for h, h/2, h/4, … and extrapolated to h = 0; of all extrapolated values the one with the smallest error estimate is
/// returned (Ridders 1982). So nobody has to choose a step, and about 10 correct digits remain for a first derivative.
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
    /// - Throws: ``VerificationError``, or the function's own error at `x`.
    public static func gradient(of f: ([Double]) throws -> Double, at x: [Double]) throws -> [Double] {
        try requireFinite(f(x), at: x)
        return try x.indices.map { i in
            try extrapolateToZero(at: x) { step in
                let (up, down) = (shifted(x, (i, step)), shifted(x, (i, -step)))
                // Divide by the distance that the doubles really have.
                return try (f(up) - f(down)) / (up[i] - down[i])
            }
        }
    }

    /// The Hessian: ∂²f/∂x_i∂x_j, row by row; symmetric by construction.
    ///
    /// - Throws: ``VerificationError``, or the function's own error at `x`.
    public static func hessian(of f: ([Double]) throws -> Double, at x: [Double]) throws -> [[Double]] {
        let centre = try f(x)
        try requireFinite(centre, at: x)
        var result = x.map { _ in x.map { _ in 0.0 } }
        for i in x.indices {
            for j in 0...i {
                let second = try extrapolateToZero(at: x) { step in
                    if i == j {
                        let (up, down) = (shifted(x, (i, step)), shifted(x, (i, -step)))
                        return try (f(up) - 2 * centre + f(down)) / (width(up, down, i) * width(up, down, i) / 4)
                    }
                    let (upUp, upDown) = (shifted(x, (i, step), (j, step)), shifted(x, (i, step), (j, -step)))
                    let (downUp, downDown) = (shifted(x, (i, -step), (j, step)), shifted(x, (i, -step), (j, -step)))
                    let mixed = try f(upUp) - f(upDown) - f(downUp) + f(downDown)
                    return mixed / (width(upUp, downDown, i) * width(upUp, downDown, j))
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

    /// The limit for h → 0 of a quotient that is a power series in h².
    private static func extrapolateToZero(at x: [Double], _ quotient: (Double) throws -> Double) throws -> Double {
        var step = 0.05  // in units of max(1, |x_i|), see `shifted`
        var previousRow: [Double] = []
        var best = (value: 0.0, error: Double.infinity)
        for _ in 0..<48 {  // 0.05 / 2^48 is the rounding of 1: smaller steps do not exist
            let value = (try? quotient(step)) ?? .nan  // a neighbour outside the domain: a smaller step may do
            step /= 2
            guard value.isFinite else {
                previousRow = []
                continue
            }
            // Each entry removes one more power of h² than the entry before it.
            var row = [value]
            var factor = 1.0
            for (j, coarser) in previousRow.enumerated() {
                factor *= 4
                let refined = (factor * row[j] - coarser) / (factor - 1)
                let error = max(abs(refined - row[j]), abs(refined - coarser))
                if error < best.error { best = (refined, error) }
                row.append(refined)
            }
            if best.error <= 1e-13 * abs(best.value) || row.count == 16 { break }
            previousRow = row
        }
        guard best.error <= 0.01 * max(1, abs(best.value)) else {
            throw VerificationError.notConverged(
                routine: "Central difference",
                detail: "the quotients at \(x) do not settle; the point may lie on the edge of the function's domain")
        }
        return best.value
    }

    /// `x` with each named coordinate moved by its step, in units of max(1, |x_i|).
    private static func shifted(_ x: [Double], _ moves: (index: Int, step: Double)...) -> [Double] {
        var result = x
        for move in moves { result[move.index] += move.step * max(1, abs(x[move.index])) }
        return result
    }

    /// The distance of two points in coordinate i.
    private static func width(_ upper: [Double], _ lower: [Double], _ i: Int) -> Double { upper[i] - lower[i] }

    private static func requireFinite(_ value: Double, at x: [Double]) throws {
        guard value.isFinite else { throw VerificationError.notFinite(routine: "Central difference", at: x) }
    }
}
