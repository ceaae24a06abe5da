import Foundation

/// # Exercise 7: the M-step of a Gaussian mixture (9 points)
///
/// CS229's slides end a line with "max w.r.t. π_k:" and another with "max w.r.t. μ_k, Σ_k:", and leave the rest blank. STAT 215A derives
/// the updates of μ_1 and σ_1² in one dimension, and says "similar process for μ_2 & σ_2". Fill in the blanks, in D dimensions, and go
/// through the similar process, in one.
///
/// You are given points and responsibilities (γ_nk in our lessons, r_ik in CS229, Z_ij in STAT 215A), and look for the parameters
/// which maximise the expected complete-data log-likelihood Q. The points may lie far from the origin, where the square of a
/// coordinate is a trillion times their variance: subtract before you square, or most digits are lost. Every class is responsible for
/// something, and its points do not lie on a line.
///
/// Read first: lesson 3, sections 5, 6, 8 and 9 (`Output/Lesson3GaussianEM/README.md`), equations `cs181.8` to `cs181.10`,
/// `stat215a.m-mu`, `stat215a.m-sigma` and `cs229.m-step`.
public enum Exercise7 {
    /// The M-step in D dimensions, with full covariances.
    ///
    /// - Parameters:
    ///   - points: N points, each of D numbers.
    ///   - responsibilities: N rows of K numbers, each row with sum 1.
    ///   - means: the K means with which the E-step computed these responsibilities, μ_k^(t), each of D numbers. Whether you need
    ///     them is part of the exercise: mind the superscripts in `cs181.10`.
    /// - Returns: K weights; K means, each of D numbers; K covariances, each D rows of D numbers.
    ///
    /// Example: the points (0, 0), (2, 0), (2, 2) with the rows (1, 0), (0.5, 0.5), (0.5, 0.5) give the weights 2/3, 1/3 and
    /// the means (1, 0.5), (2, 1). The first covariance is (1, 0.5; 0.5, 0.75), the second (0, 0; 0, 1).
    public static func update(
        points: [[Double]], responsibilities: [[Double]], means: [[Double]]
    ) -> (weights: [Double], means: [[Double]], covariances: [[[Double]]]) {
        // BEGIN SOLUTION
        let dimensions = points.first?.count ?? 0
        var weights: [Double] = []
        var newMeans: [[Double]] = []
        var covariances: [[[Double]]] = []
        for k in means.indices {
            var count = 0.0
            var mean = Array(repeating: 0.0, count: dimensions)
            for (point, row) in zip(points, responsibilities) {
                count += row[k]
                for d in 0..<dimensions { mean[d] += row[k] * point[d] }
            }
            for d in 0..<dimensions { mean[d] /= count }

            var covariance = Array(repeating: Array(repeating: 0.0, count: dimensions), count: dimensions)
            for (point, row) in zip(points, responsibilities) {
                for i in 0..<dimensions {
                    for j in 0..<dimensions {
                        covariance[i][j] += row[k] * (point[i] - mean[i]) * (point[j] - mean[j]) / count
                    }
                }
            }
            weights.append(count / Double(points.count))
            newMeans.append(mean)
            covariances.append(covariance)
        }
        return (weights, newMeans, covariances)
        // END SOLUTION
    }

    /// The M-step for two Gaussians in one dimension, as on STAT 215A's slides: both means and both variances.
    ///
    /// - Parameters:
    ///   - values: N numbers.
    ///   - responsibilities: N rows of 2 numbers, each row with sum 1.
    /// - Returns: 2 means, in the unit of the values; 2 variances, in its square.
    ///
    /// Example: the values 0, 2, 4 with the rows (1, 0), (0.5, 0.5), (0, 1) give the means 2/3, 10/3 and the variances 8/9, 8/9.
    public static func updateInOneDimension(
        values: [Double], responsibilities: [[Double]]
    ) -> (means: [Double], variances: [Double]) {
        // BEGIN SOLUTION
        var means: [Double] = []
        var variances: [Double] = []
        for k in 0..<2 {
            let count = responsibilities.reduce(0) { $0 + $1[k] }
            let mean = zip(values, responsibilities).reduce(0) { $0 + $1.1[k] * $1.0 } / count
            let scatter = zip(values, responsibilities).reduce(0) { $0 + $1.1[k] * ($1.0 - mean) * ($1.0 - mean) }
            means.append(mean)
            variances.append(scatter / count)
        }
        return (means, variances)
        // END SOLUTION
    }
}
