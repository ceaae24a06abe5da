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
                    let negligible = .ulpOfOne * a[p, p].magnitude.squareRoot() * a[q, q].magnitude.squareRoot()
                    guard a[p, q].magnitude > negligible else { continue }
                    rotated = true
                    let ratio = (a[q, q] - a[p, p]) / (2 * a[p, q])
                    let tangent = (ratio < 0 ? -1 : 1) / (ratio.magnitude + (1 + ratio * ratio).squareRoot())
                    let cosine = 1 / (1 + tangent * tangent).squareRoot()
                    a.rotateColumns(p, q, cosine, sine: tangent * cosine)
                    a.rotateRows(p, q, cosine, sine: tangent * cosine)
                    vectors.rotateColumns(p, q, cosine, sine: tangent * cosine)
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

    /// Turns columns p and q into cosine · p - sine · q and sine · p + cosine · q, in place.
    private mutating func rotateColumns(_ p: Int, _ q: Int, _ cosine: Double, sine: Double) {
        for i in 0..<rows {
            let (first, second) = (self[i, p], self[i, q])
            self[i, p] = cosine * first - sine * second
            self[i, q] = sine * first + cosine * second
        }
    }

    /// The same for rows.
    private mutating func rotateRows(_ p: Int, _ q: Int, _ cosine: Double, sine: Double) {
        for i in 0..<columns {
            let (first, second) = (self[p, i], self[q, i])
            self[p, i] = cosine * first - sine * second
            self[q, i] = sine * first + cosine * second
        }
    }
}
