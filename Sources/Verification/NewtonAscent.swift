/// Maximisation of a smooth function of up to a few dozen variables, by Newton's method with differences for derivatives.
///
/// Where ``NelderMead`` would crawl, in a dozen variables or more, this needs a handful of steps. Choose variables whose
/// natural scale is about 1: the differences are taken over a thousandth of that.
public enum NewtonAscent {
    /// A maximum near `start`.
    ///
    /// Each step solves (-H + τ I) d = g, with the smallest τ of 0, 1e-3, 1e-2 … (times the size of H) that makes the matrix
    /// positive definite, and halves d until the function rises. The search ends when a step promises less than rounding.
    ///
    /// Points where the function throws or is not finite count as lying outside its domain; the neighbourhood of `start` must
    /// lie inside. Of several maxima one is found.
    ///
    /// - Returns: the best point, and the function's value there. The argument is known to about ten digits where the
    ///   curvature is not small.
    /// - Throws: ``VerificationError`` if `start` is empty, a derivative cannot be formed, or 200 steps do not suffice.
    public static func maximum(
        of f: ([Double]) throws -> Double, from start: [Double]
    ) throws -> (argument: [Double], value: Double) {
        guard !start.isEmpty else {
            throw VerificationError.invalidArgument(routine: routine, rule: "it needs a variable")
        }
        func value(_ x: [Double]) -> Double {
            let result = (try? f(x)) ?? -.infinity
            return result.isFinite ? result : -.infinity
        }
        var best = (argument: start, value: try f(start))
        guard best.value.isFinite else { throw VerificationError.notFinite(routine: routine, at: start) }
        for _ in 0..<200 {
            let (gradient, curvature) = try derivatives(of: value, at: best.argument, centre: best.value)
            let direction = try ascentDirection(gradient, curvature)
            let promised = zip(gradient, direction).reduce(0) { $0 + $1.0 * $1.1 } / 2
            if promised <= 1e-13 * max(1, abs(best.value)) { return best }
            var length = 1.0
            var next = best
            while length > 1e-12 {
                let point = zip(best.argument, direction).map { $0 + length * $1 }
                let height = value(point)
                if height > best.value {
                    next = (point, height)
                    break
                }
                length /= 2
            }
            // No point on the way is higher: what is promised is within the rounding of the function's values.
            if next.value == best.value { return best }
            best = next
        }
        throw VerificationError.notConverged(routine: routine, detail: "200 steps did not suffice")
    }

    private static let routine = "Newton's method"

    /// Gradient (differences of fourth order) and -Hessian (of second order).
    private static func derivatives(
        of f: ([Double]) -> Double, at x: [Double], centre: Double
    ) throws -> (gradient: [Double], curvature: [[Double]]) {
        let h = 1e-3
        func moved(_ steps: (index: Int, by: Double)...) throws -> Double {
            var point = x
            for step in steps { point[step.index] += step.by * h }
            let result = f(point)
            guard result.isFinite else { throw VerificationError.notFinite(routine: routine, at: point) }
            return result
        }
        var gradient = x
        var curvature = x.map { _ in x.map { _ in 0.0 } }
        var ahead = x
        var behind = x
        for i in x.indices {
            (ahead[i], behind[i]) = (try moved((i, 1)), try moved((i, -1)))
            let (far, farBehind) = (try moved((i, 2)), try moved((i, -2)))
            gradient[i] = (8 * (ahead[i] - behind[i]) - (far - farBehind)) / (12 * h)
            curvature[i][i] = -(ahead[i] - 2 * centre + behind[i]) / (h * h)
        }
        for i in x.indices {
            for j in 0..<i {
                let mixed =
                    try moved((i, 1), (j, 1)) - ahead[i] - ahead[j] + 2 * centre - behind[i] - behind[j]
                    + moved((i, -1), (j, -1))
                curvature[i][j] = -mixed / (2 * h * h)
                curvature[j][i] = curvature[i][j]
            }
        }
        return (gradient, curvature)
    }

    private static func ascentDirection(_ gradient: [Double], _ curvature: [[Double]]) throws -> [Double] {
        let size = max(1e-300, curvature.joined().lazy.map(abs).max() ?? 1)
        let smallest = try symmetricEigenvalues(of: curvature).first ?? 0
        var shift = 0.0
        while smallest + shift <= 1e-10 * size { shift = shift == 0 ? 1e-3 * size : 10 * shift }
        var matrix = curvature
        for i in matrix.indices { matrix[i][i] += shift }
        return try LinearSystem.solve(matrix, gradient).solution
    }
}
