/// Systems of linear equations and determinants by Gauss and Jordan's elimination with row exchanges.
///
/// The core factors covariance matrices after Cholesky; this is another way to the same numbers.
public enum LinearSystem {
    /// The x with A x = b, and the determinant of A.
    ///
    /// - Parameters:
    ///   - matrix: A, square, row by row.
    ///   - right: b, as long as A has rows.
    /// - Throws: ``VerificationError`` if the shapes do not fit, an entry is not finite, or A is singular.
    public static func solve(
        _ matrix: [[Double]], _ right: [Double]
    ) throws -> (solution: [Double], determinant: Double) {
        let size = matrix.count
        guard size > 0, right.count == size, matrix.allSatisfy({ $0.count == size }) else {
            throw VerificationError.invalidArgument(
                routine: routine, rule: "the matrix must be square and as long as the right side")
        }
        guard (matrix.joined() + right).allSatisfy(\.isFinite) else {
            throw VerificationError.invalidArgument(routine: routine, rule: "every entry must be a finite number")
        }
        var rows = zip(matrix, right).map { $0 + [$1] }
        var determinant = 1.0
        for column in 0..<size {
            var pivot = column
            for row in column..<size where abs(rows[row][column]) > abs(rows[pivot][column]) { pivot = row }
            guard rows[pivot][column] != 0 else {
                throw VerificationError.invalidArgument(routine: routine, rule: "the matrix must not be singular")
            }
            if pivot != column {
                rows.swapAt(pivot, column)
                determinant = -determinant
            }
            determinant *= rows[column][column]
            for row in 0..<size where row != column {
                let factor = rows[row][column] / rows[column][column]
                if factor != 0 { for j in column...size { rows[row][j] -= factor * rows[column][j] } }
            }
        }
        return ((0..<size).map { rows[$0][size] / rows[$0][$0] }, determinant)
    }

    private static let routine = "Elimination"
}
