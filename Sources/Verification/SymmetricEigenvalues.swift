/// The eigenvalues of a symmetric matrix, in ascending order, by Jacobi's rotations: each rotation makes one pair of
/// off-diagonal entries 0, and sweeps over all pairs go on until nothing is left off the diagonal.
///
/// - Parameter matrix: row by row; symmetric up to rounding (both halves are averaged).
/// - Throws: ``VerificationError`` if the matrix is not square, not symmetric or not finite.
public func symmetricEigenvalues(of matrix: [[Double]]) throws -> [Double] {
    let routine = "Eigenvalues"
    let size = matrix.count
    guard matrix.allSatisfy({ $0.count == size }) else {
        throw VerificationError.invalidArgument(routine: routine, rule: "the matrix must be square")
    }
    let largest = matrix.joined().lazy.map(abs).max() ?? 0
    guard matrix.joined().allSatisfy(\.isFinite) else {
        throw VerificationError.invalidArgument(routine: routine, rule: "every entry must be a finite number")
    }
    guard largest > 0 else { return matrix.map { _ in 0 } }

    // Divided by its largest entry the matrix cannot overflow when squared.
    var a = matrix.map { row in row.map { $0 / largest } }
    for i in 0..<size {
        for j in 0..<i {
            guard abs(a[i][j] - a[j][i]) <= 1e-8 else {
                throw VerificationError.invalidArgument(routine: routine, rule: "the matrix must be symmetric")
            }
            let mean = (a[i][j] + a[j][i]) / 2
            a[i][j] = mean
            a[j][i] = mean
        }
    }

    for _ in 0..<64 {  // Converges quadratically: about 10 sweeps do even for large matrices.
        let squares: [Double] = (0..<size).map { i in a[i][..<i].reduce(0) { $0 + $1 * $1 } }
        let offDiagonal = squares.reduce(0, +)
        if offDiagonal < 1e-34 { break }
        for q in 0..<size {
            for p in 0..<q where a[p][q] != 0 {
                rotate(&a, p, q)
            }
        }
    }
    return (0..<size).map { a[$0][$0] * largest }.sorted()
}

/// Applies the rotation in the plane of p and q that makes a_pq zero.
private func rotate(_ a: inout [[Double]], _ p: Int, _ q: Int) {
    let ratio = (a[q][q] - a[p][p]) / (2 * a[p][q])
    // The smaller of the two possible angles keeps the other entries nearly in place.
    let tangent = (ratio >= 0 ? 1.0 : -1.0) / (abs(ratio) + (ratio * ratio + 1).squareRoot())
    let cosine = 1 / (tangent * tangent + 1).squareRoot()
    let sine = tangent * cosine
    for k in a.indices {
        let (kp, kq) = (a[k][p], a[k][q])
        a[k][p] = cosine * kp - sine * kq
        a[k][q] = sine * kp + cosine * kq
    }
    for k in a.indices {
        let (pk, qk) = (a[p][k], a[q][k])
        a[p][k] = cosine * pk - sine * qk
        a[q][k] = sine * pk + cosine * qk
    }
    a[p][q] = 0
    a[q][p] = 0
}
