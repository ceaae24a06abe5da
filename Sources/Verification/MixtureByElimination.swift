import Foundation

/// A mixture of Gaussians whose densities are computed from the inverse and the determinant of each correlation matrix, both by
/// elimination: another way to the numbers that the core takes from Cholesky's factor.
///
/// It goes through columns of numbers as they are, without a vector per row, and so millions of rows are a matter of seconds.
public struct MixtureByElimination: Sendable {
    /// ln π_k - ½ (D ln 2π + ln |Σ_k|)
    private let constants: [Double]
    /// K times D: the means, and what 1 is divided by to get the standard deviations.
    private let means: [Double]
    private let precisions: [Double]
    /// K times D × D: the inverses of the correlation matrices.
    private let inverses: [Double]
    private let dimension: Int

    /// - Parameters:
    ///   - weights: the K weights π, none of them 0.
    ///   - means: K vectors of D numbers.
    ///   - covariances: K matrices, each row by row.
    /// - Throws: ``VerificationError`` if the shapes do not fit, or a covariance is singular.
    public init(weights: [Double], means: [[Double]], covariances: [[[Double]]]) throws {
        let size = means.first?.count ?? 0
        guard size > 0, weights.count == means.count, covariances.count == means.count,
            means.allSatisfy({ $0.count == size }),
            covariances.allSatisfy({ $0.count == size && $0.allSatisfy { $0.count == size } })
        else {
            throw VerificationError.invalidArgument(
                routine: "Mixture by elimination", rule: "there must be a mean and a square covariance for each weight")
        }
        dimension = size
        self.means = Array(means.joined())
        var (constants, precisions, inverses) = ([Double](), [Double](), [Double]())
        for (weight, covariance) in zip(weights, covariances) {
            let deviations = (0..<size).map { covariance[$0][$0].squareRoot() }
            let correlations: [[Double]] = (0..<size).map { i in
                zip(covariance[i], deviations).map { $0 / deviations[i] / $1 }
            }
            var determinant = 1.0
            for i in 0..<size {
                let unit: [Double] = (0..<size).map { $0 == i ? 1 : 0 }
                let column = try LinearSystem.solve(correlations, unit)
                inverses += column.solution  // the inverse is symmetric
                determinant = column.determinant
            }
            precisions += deviations.map { 1 / $0 }
            let logDeviations: Double = deviations.reduce(0) { $0 + log($1) }
            let logDeterminant = log(determinant) + 2 * logDeviations
            constants.append(log(weight) - 0.5 * (Double(size) * log(2 * Double.pi) + logDeterminant))
        }
        (self.constants, self.precisions, self.inverses) = (constants, precisions, inverses)
    }

    /// Σ_n ln Σ_k π_k p_k(x_n) over some rows; 0 for none.
    ///
    /// - Parameter columns: D times as many numbers as there are rows: the first column, then the second, …
    public func logLikelihood(_ columns: UnsafeBufferPointer<Double>, rows: Int) -> Double {
        precondition(columns.count >= rows * dimension, "there is a number for each row and column")
        var z = [Double](repeating: 0, count: dimension)
        var terms = [Double](repeating: 0, count: constants.count)
        var total = 0.0
        for n in 0..<rows {
            var largest = -Double.infinity
            for k in terms.indices {
                for i in 0..<dimension {
                    z[i] = (columns[i * rows + n] - means[k * dimension + i]) * precisions[k * dimension + i]
                }
                var square = 0.0
                for i in 0..<dimension {
                    var product = 0.0
                    for j in 0..<dimension { product += inverses[(k * dimension + i) * dimension + j] * z[j] }
                    square += product * z[i]
                }
                terms[k] = constants[k] - 0.5 * square
                largest = max(largest, terms[k])
            }
            var sum = 0.0
            for k in terms.indices { sum += exp(terms[k] - largest) }
            total += largest + log(sum)
        }
        return total
    }
}
