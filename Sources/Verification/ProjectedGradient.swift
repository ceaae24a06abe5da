/// Maximisation over the points x ≥ 0 with a given sum (the simplex) by climbing along the gradient and falling back onto the
/// constraint: no multiplier is involved.
public enum ProjectedGradient {
    /// The maximum of a concave function of x ≥ 0, Σ x_i = total.
    ///
    /// The gradient is taken by differences, each in steps of its own coordinate's size. A step that does not gain is halved; one that
    /// does is tried doubled the next time. The search ends when no step gains.
    ///
    /// - Parameters:
    ///   - f: defined and finite near the path, whatever the sum; -∞ outside its domain.
    ///   - start: positive entries; it is projected first.
    ///   - total: the sum that is kept.
    /// - Returns: the best point, known to about half the digits of the value, and the value.
    /// - Throws: ``VerificationError`` if the start is not positive or f is not finite there, or after 20,000 steps.
    public static func maximum(
        of f: ([Double]) throws -> Double, from start: [Double], total: Double = 1
    ) throws -> (argument: [Double], value: Double) {
        let routine = "Projected gradient"
        guard !start.isEmpty, start.allSatisfy({ $0 > 0 && $0.isFinite }), total > 0, total.isFinite else {
            throw VerificationError.invalidArgument(
                routine: routine, rule: "it needs a positive start and a positive sum")
        }
        var point = projection(of: start, total: total)
        var value = try f(point)
        guard value.isFinite else { throw VerificationError.notFinite(routine: routine, at: point) }
        var step = 1.0
        for _ in 0..<20_000 {
            let gradient = try point.indices.map { i in
                let size = 1e-5 * max(point[i], 1e-6 * total)
                let (above, below) = (try f(moved(point, i, by: size)), try f(moved(point, i, by: -size)))
                // On the edge of the domain there is only one side.
                return below.isFinite ? (above - below) / (2 * size) : (above - value) / size
            }
            guard gradient.allSatisfy(\.isFinite) else {
                throw VerificationError.notFinite(routine: routine, at: point)
            }
            // Only the part of the gradient along the constraint moves anything.
            let mean = gradient.reduce(0, +) / Double(gradient.count)
            let direction = gradient.map { $0 - mean }
            var gained = false
            step *= 2
            while !gained, step * (direction.map(abs).max() ?? 0) > 1e-13 * total {
                let next = projection(of: zip(point, direction).map { $0 + step * $1 }, total: total)
                let there = try f(next)
                if there > value {
                    (point, value, gained) = (next, there, true)
                } else {
                    step /= 2
                }
            }
            if !gained { return (point, value) }
        }
        throw VerificationError.notConverged(routine: routine, detail: "20000 steps did not suffice")
    }

    /// The nearest point with entries x ≥ 0 and Σ x_i = total (Held, Wolfe and Crowder 1974): every entry is lowered by the same
    /// amount, and those that would become negative are 0.
    static func projection(of point: [Double], total: Double) -> [Double] {
        var (sum, shift) = (0.0, 0.0)
        for (index, entry) in point.sorted(by: >).enumerated() {
            sum += entry
            let candidate = (sum - total) / Double(index + 1)
            if entry - candidate > 0 { shift = candidate }
        }
        return point.map { max(0, $0 - shift) }
    }

    private static func moved(_ point: [Double], _ i: Int, by step: Double) -> [Double] {
        var point = point
        point[i] += step
        return point
    }
}
