#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The densities f_nk of N observations under K fixed components, so that the weights are all that can still move.
///
/// Sums and products of the densities themselves, without the logarithms of the core: fine for densities that do not underflow.
/// The weights need not sum to 1; that is what makes the table useful for questions about constraints.
public struct DensityTable: Sendable {
    /// N, the number of observations.
    public let rows: Int
    /// K, the number of components.
    public let classes: Int
    private let values: [Double]

    /// A table with a row for each observation.
    ///
    /// - Throws: ``VerificationError`` if there are no rows or no columns, rows differ in length, or a density is negative or
    ///   not finite, or all of a row are 0.
    public init(_ densities: [[Double]]) throws {
        rows = densities.count
        classes = densities.first?.count ?? 0
        let size = classes
        let isSound = densities.allSatisfy { row in
            row.count == size && row.allSatisfy { $0 >= 0 && $0.isFinite } && row.contains { $0 > 0 }
        }
        guard rows > 0, classes > 0, isSound else {
            throw VerificationError.invalidArgument(
                routine: "Density table",
                rule:
                    "it needs rows of one length, of densities that are finite and not negative, and in each a positive one"
            )
        }
        values = densities.flatMap { $0 }
    }

    /// ℓ(π) = Σ_n ln Σ_k π_k f_nk; minus infinity if a weight is negative or an observation impossible.
    public func logLikelihood(_ weights: [Double]) -> Double {
        guard weights.count == classes, weights.allSatisfy({ $0 >= 0 }) else { return -.infinity }
        var sum = 0.0
        for n in 0..<rows {
            var density = 0.0
            for k in 0..<classes { density += weights[k] * values[n * classes + k] }
            sum += log(density)
        }
        return sum
    }

    /// Q(π) = Σ_n Σ_k γ_nk ln(π_k f_nk), where γ_nk are the posteriors under the weights `old`; minus infinity if a weight that
    /// is needed is not positive.
    public func expectedLogLikelihood(_ weights: [Double], posteriorsUnder old: [Double]) -> Double {
        guard weights.count == classes, old.count == classes, weights.allSatisfy({ $0 >= 0 }) else { return -.infinity }
        var sum = 0.0
        for n in 0..<rows {
            var density = 0.0
            for k in 0..<classes { density += old[k] * values[n * classes + k] }
            for k in 0..<classes {
                let joint = old[k] * values[n * classes + k]
                if joint > 0 { sum += joint / density * log(weights[k] * values[n * classes + k]) }
            }
        }
        return sum
    }
}
