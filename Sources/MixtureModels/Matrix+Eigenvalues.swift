extension Matrix {
    /// Eigenvalues, and eigenvectors as the columns of a matrix, of a symmetric matrix; in no particular order.
    ///
    /// Jacobi's method: each rotation makes one off-diagonal element 0, until all are negligible.
    func symmetricEigen() -> (values: [Double], vectors: Matrix) {
        var a = self
        var vectors = Matrix.identity(rows)
        // Convergence is quadratic, so that a handful of sweeps is enough; the bound is for safety.
        for _ in 0..<50 {
            var rotated = false
            for p in 0..<rows {
                for q in 0..<p {
                    let negligible = .ulpOfOne * (a[p, p] * a[q, q]).magnitude.squareRoot()
                    guard a[p, q].magnitude > negligible else { continue }
                    rotated = true
                    let ratio = (a[q, q] - a[p, p]) / (2 * a[p, q])
                    let tangent = (ratio < 0 ? -1 : 1) / (ratio.magnitude + (1 + ratio * ratio).squareRoot())
                    let cosine = 1 / (1 + tangent * tangent).squareRoot()
                    a.rotate(p, q, cosine, sine: tangent * cosine)
                    a = a.transposed
                    a.rotate(p, q, cosine, sine: tangent * cosine)
                    vectors.rotate(p, q, cosine, sine: tangent * cosine)
                }
            }
            if !rotated { break }
        }
        return (a.diagonal, vectors)
    }

    /// The symmetric matrix with the same eigenvectors, and eigenvalues below `floor` replaced by it.
    func withEigenvalues(atLeast floor: Double) -> Matrix {
        let (values, vectors) = symmetricEigen()
        guard values.contains(where: { $0 < floor }) else { return self }
        var result = Matrix(rows: rows, columns: rows)
        for (index, value) in values.enumerated() {
            result.addOuterProduct(of: vectors.column(index), scaledBy: max(floor, value))
        }
        return result
    }

    private var transposed: Matrix {
        Matrix(rows: columns, columns: rows, values: (0..<columns).flatMap { column($0) })
    }

    /// Turns columns p and q into cosine · p - sine · q and sine · p + cosine · q.
    private mutating func rotate(_ p: Int, _ q: Int, _ cosine: Double, sine: Double) {
        for i in 0..<rows {
            (self[i, p], self[i, q]) = (
                cosine * self[i, p] - sine * self[i, q], sine * self[i, p] + cosine * self[i, q]
            )
        }
    }
}
