import Foundation
import Grading
import MixtureModels
import Verification

/// Points, responsibilities of some classes, and the means that these might have come from.
struct PointCloud {
    let points: [[Double]]
    let given: [[Double]]
    let oldMeans: [[Double]]

    init(_ student: Student, _ stream: Int, dimensions: Int, classes: Int = 2, points count: Int = 25) {
        var random = student.fresh(stream)
        points = (0..<count).map { _ in
            let shared = random.standardNormal()
            // Quarters of 2⁻¹⁰, so that moving them far away is exact.
            return (0..<dimensions).map { d in
                ((Double(d + 1) + shared + random.standardNormal()) * 4096).rounded() / 4096
            }
        }
        given = random.responsibilities(rows: count, columns: classes)
        oldMeans = (0..<classes).map { _ in random.numbers(dimensions, in: -1...4) }
    }

    /// N_k.
    var counts: [Double] { given.columnSums }

    func means(by rows: [[Double]]) -> [[Double]] {
        zip(0..., rows.columnSums).map { k, count in
            points[0].indices.map { d in zip(points, rows).reduce(0) { $0 + $1.1[k] * $1.0[d] } / count }
        }
    }

    /// For each class Σ_n γ_nk (x_n - c_k)(x_n - c_k)ᵀ / N_k, row by row.
    func covariances(around centres: [[Double]], squared: Bool = false, by rows: [[Double]]? = nil) -> [[Double]] {
        let rows = rows ?? given
        return zip(0..., centres).map { k, centre in
            centre.indices.flatMap { i in
                centre.indices.map { j in
                    let scatter: Double = zip(points, rows).reduce(0) { sum, pair in
                        let (point, row) = pair
                        let share = squared ? row[k] * row[k] : row[k]
                        return sum + share * (point[i] - centre[i]) * (point[j] - centre[j])
                    }
                    return scatter / rows.columnSums[k]
                }
            }
        }
    }

    // BEGIN HIDDEN TESTS

    /// The derivatives of Q by 2 coordinates of a mean and 3 entries of a covariance.
    func slopes(of k: Int, mean: [Double], covariance: [Double]) throws -> [Double] {
        try CentralDifference.gradient(of: { q(of: k, $0) }, at: mean + covariance)
    }

    /// Whether a derivative of Q is not 0, as near as differences can tell.
    func isSteep(_ slope: Double) -> Bool { !(abs(slope) <= Double(points.count) * Closeness.stationary) }

    /// The part of Q that a Gaussian in the plane has, up to a constant; its parameters are 2 of the mean and 3 of the covariance.
    private func q(of k: Int, _ parameters: [Double]) -> Double {
        let (a, b, c) = (parameters[2], parameters[3], parameters[4])
        let determinant = a * c - b * b
        return zip(points, given).reduce(0) { sum, pair in
            let (x, y) = (pair.0[0] - parameters[0], pair.0[1] - parameters[1])
            return sum - pair.1[k] * (log(determinant) + (c * x * x - 2 * b * x * y + a * y * y) / determinant) / 2
        }
    }
    // END HIDDEN TESTS
}
