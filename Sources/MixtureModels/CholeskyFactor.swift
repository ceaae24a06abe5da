import Foundation

/// The lower triangular L with Σ = L Lᵀ, for a symmetric positive definite matrix Σ.
///
/// It gives what a multivariate normal needs, ln |Σ| and (x - μ)ᵀ Σ⁻¹ (x - μ), without ever forming Σ⁻¹.
public struct CholeskyFactor: Sendable, Equatable {
    /// L, with zeros above the diagonal.
    public let lower: Matrix

    /// Factors a matrix.
    ///
    /// - Throws: `MixtureError` if the matrix is not square, finite and symmetric (to 1e-10 of its diagonal, so that numbers
    ///   read from a table pass; the lower triangle is used), or not positive definite. A pivot counts as positive if it is
    ///   more than 10 D rounding errors of its diagonal element; below that it would be noise.
    public init(_ matrix: Matrix) throws { try self.init(matrix, resolution: nil) }

    /// - Parameter resolution: The rounding of each column's data. What a column varies given those before it must be more.
    init(_ matrix: Matrix, resolution: [Double]?) throws {
        let size = matrix.rows
        guard size > 0, matrix.columns == size else {
            throw MixtureError(.parameter, "a covariance matrix must be square, not \(size) × \(matrix.columns)")
        }
        guard matrix.values.allSatisfy(\.isFinite) else {
            throw MixtureError(.parameter, "a covariance matrix must have finite elements")
        }
        var lower = Matrix(rows: size, columns: size)
        for i in 0..<size {
            for j in 0...i {
                // The product of the roots, not the root of the product, which over- or underflows from 1e155 on.
                let scale = matrix[i, i].magnitude.squareRoot() * matrix[j, j].magnitude.squareRoot()
                guard (matrix[i, j] - matrix[j, i]).magnitude <= 1e-10 * scale else {
                    throw MixtureError(
                        .parameter,
                        "a covariance matrix must be symmetric, not \(matrix[i, j]) and \(matrix[j, i]) across the diagonal"
                    )
                }
                var pivot = matrix[i, j]
                for k in 0..<j { pivot -= lower[i, k] * lower[j, k] }
                if i == j {
                    let noise = resolution.map { $0[i] * $0[i] } ?? 0
                    guard pivot > max(noise, 10 * Double(size) * .ulpOfOne * matrix[i, i]) else {
                        throw MixtureError(
                            .collapse, "the covariance matrix must be positive definite; pivot \(i + 1) is not positive"
                        )
                    }
                    lower[i, i] = pivot.squareRoot()
                } else {
                    lower[i, j] = pivot / lower[j, j]
                }
            }
        }
        self.lower = lower
    }

    /// ln |Σ| = 2 Σ_i ln L_ii
    public var logDeterminant: Double {
        2 * lower.diagonal.reduce(0) { $0 + log($1) }
    }

    /// The y with L y = v, by forward substitution.
    public func forwardSolve(_ vector: [Double]) -> [Double] {
        precondition(vector.count == lower.rows, "the vector must have as many elements as the matrix has rows")
        var solution = vector
        for i in 0..<lower.rows {
            for k in 0..<i { solution[i] -= lower[i, k] * solution[k] }
            solution[i] /= lower[i, i]
        }
        return solution
    }

    /// The x with Σ x = v.
    public func solve(_ vector: [Double]) -> [Double] {
        var solution = forwardSolve(vector)
        for i in (0..<lower.rows).reversed() {
            for k in (i + 1)..<lower.rows { solution[i] -= lower[k, i] * solution[k] }
            solution[i] /= lower[i, i]
        }
        return solution
    }

    /// vᵀ Σ⁻¹ v = ‖L⁻¹ v‖², the squared Mahalanobis length of v.
    public func mahalanobisSquared(_ vector: [Double]) -> Double {
        forwardSolve(vector).reduce(0) { $0 + $1 * $1 }
    }

    /// L v: turns independent standard normals into a vector with covariance Σ.
    public func times(_ vector: [Double]) -> [Double] {
        precondition(vector.count == lower.rows, "the vector must have as many elements as the matrix has columns")
        return (0..<lower.rows).map { i in (0...i).reduce(0) { $0 + lower[i, $1] * vector[$1] } }
    }
}
