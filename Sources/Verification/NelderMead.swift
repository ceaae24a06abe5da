/// Maximisation of a function of a few variables by comparing its values only.
public enum NelderMead {
    /// A maximum near `start`, by Nelder and Mead's simplex method (1965), deterministic.
    ///
    /// A simplex of n + 1 points walks uphill by reflecting, stretching or shrinking its worst corner. When it has shrunk to
    /// a point, a new simplex is set up there; the search ends when that brings no further gain. Meant for up to about 10
    /// variables; of several maxima one is found.
    ///
    /// Points where the function throws or is not finite count as lying outside its domain; only `start` must lie inside.
    ///
    /// - Parameters:
    ///   - start: where to begin.
    ///   - size: the first simplex's edge along each coordinate; by default a tenth.
    /// - Returns: the best point, and the function's value there. The argument is known to about half the digits of the
    ///   value (see ``Tolerance/numericalMaximization``).
    /// - Throws: ``VerificationError`` if `start` is empty or outside the domain (the function's own error, if it throws
    ///   there), or if 100,000 evaluations do not suffice.
    public static func maximum(
        of f: ([Double]) throws -> Double, from start: [Double], size: Double = 0.1
    ) throws -> (argument: [Double], value: Double) {
        let routine = "Nelder-Mead"
        guard !start.isEmpty, size.isFinite, size != 0 else {
            throw VerificationError.invalidArgument(
                routine: routine, rule: "it needs a variable, and a size that is not 0")
        }
        var best = Corner(point: start, value: try f(start))
        guard best.value.isFinite else { throw VerificationError.notFinite(routine: routine, at: start) }

        var evaluationsLeft = 100_000
        func corner(_ point: [Double]) throws -> Corner {
            evaluationsLeft -= 1
            guard evaluationsLeft >= 0 else {
                throw VerificationError.notConverged(routine: routine, detail: "100000 evaluations did not suffice")
            }
            let value = (try? f(point)) ?? -.infinity
            return Corner(point: point, value: value.isFinite ? value : -.infinity)
        }

        while true {
            let found = try climb(from: best, size: size, corner)
            let moved = zip(found.point, best.point).contains { abs($0 - $1) > 1e-7 * max(1, abs($1)) }
            best = found
            if !moved { return (best.point, best.value) }
        }
    }

    private struct Corner {
        var point: [Double]
        var value: Double
    }

    /// One run from a fresh simplex to one that has shrunk to a point.
    private static func climb(
        from start: Corner, size: Double, _ corner: ([Double]) throws -> Corner
    ) throws -> Corner {
        let dimension = start.point.count
        var simplex = [start]
        for i in 0..<dimension {
            var point = start.point
            point[i] += size
            simplex.append(try corner(point))
        }
        while true {
            simplex.sort { $0.value > $1.value }
            let (best, worst) = (simplex[0], simplex[dimension])
            let shrunk = simplex.allSatisfy { other in
                zip(other.point, best.point).allSatisfy { abs($0 - $1) <= 1e-10 * max(1, abs($1)) }
            }
            if shrunk { return best }

            let centroid = (0..<dimension).map { i in
                simplex[..<dimension].reduce(0) { $0 + $1.point[i] } / Double(dimension)
            }
            /// The point on the line from the worst corner through the centroid of the others.
            func along(_ factor: Double) throws -> Corner {
                try corner(zip(centroid, worst.point).map { $0 + factor * ($0 - $1) })
            }
            let reflected = try along(1)
            if reflected.value > best.value {
                let stretched = try along(2)
                simplex[dimension] = stretched.value > reflected.value ? stretched : reflected
            } else if reflected.value > simplex[dimension - 1].value {
                simplex[dimension] = reflected
            } else {
                let contracted = try along(reflected.value > worst.value ? 0.5 : -0.5)
                if contracted.value > max(reflected.value, worst.value) {
                    simplex[dimension] = contracted
                } else {
                    for k in 1...dimension {
                        simplex[k] = try corner(zip(best.point, simplex[k].point).map { ($0 + $1) / 2 })
                    }
                }
            }
        }
    }
}
