import Foundation

/// # Exercise 5: Bayes' rule in the plane (6 points)
///
/// The slides of CS229 leave two lines of a Gaussian mixture blank, for the reader to fill in: the density of a point whose class is
/// known, p(x | z = k), and the posterior probability of the class, r_ik. Fill them in, in code, for points in the plane: D = 2, a
/// class has a mean vector μ_k and a full covariance matrix Σ_k. Add what stands between the two, the marginal density, and
/// what comes after them: a decision, and how often it will be wrong.
///
/// A 2 × 2 matrix has a short determinant and a short inverse: for Σ = (a, b; b, c) the determinant is ac - b², and the inverse is
/// (c, -b; -b, a) / (ac - b²). The points here are near enough to the means that nothing underflows (that is exercise 6).
///
/// Read first: lesson 1, section 4 (`Output/Lesson1MixtureGeneration/README.md`), equation `cs229.blank-conditional`; lesson 2,
/// sections 4 and 6 (`Output/Lesson2BayesPosterior/README.md`), equations `cs229.responsibilities` and `cs181.goals`.
public enum Exercise5 {
    /// The density of a point whose class is known, p(x | z = k): a Gaussian in the plane.
    ///
    /// - Parameters:
    ///   - point: x, 2 numbers.
    ///   - mean: μ_k, 2 numbers.
    ///   - covariance: Σ_k, 2 rows of 2 numbers, symmetric and positive definite.
    /// - Returns: the density at x. (Not its logarithm.)
    ///
    /// Example: at the point (1, 1), with mean (0, 0) and covariance (2, 1; 1, 2), the density is
    /// exp(-1/3) / (2π √3) = 0.0658407.
    public static func conditionalDensity(of point: [Double], mean: [Double], covariance: [[Double]]) -> Double {
        // BEGIN SOLUTION
        let a = covariance[0][0]
        let b = covariance[0][1]
        let c = covariance[1][1]
        let determinant = a * c - b * b
        let x = point[0] - mean[0]
        let y = point[1] - mean[1]
        let squaredDistance = (c * x * x - 2 * b * x * y + a * y * y) / determinant
        return exp(-squaredDistance / 2) / (2 * Double.pi * determinant.squareRoot())
        // END SOLUTION
    }

    /// The density of a point whose class is not known, p(x).
    ///
    /// - Parameters:
    ///   - point: x, 2 numbers.
    ///   - weights: K weights π_k, which sum to 1.
    ///   - means: K means, each of 2 numbers.
    ///   - covariances: K covariances, each 2 rows of 2 numbers.
    /// - Returns: the density of the mixture at x.
    ///
    /// Example: at the point (1, 1), with weights 0.25 and 0.75, means (0, 0) and (1, 1), and the covariances (2, 1; 1, 2) and
    /// (1, 0; 0, 1), it is 0.25 × 0.0658407 + 0.75 × 0.1591549 = 0.1358264.
    public static func marginalDensity(
        of point: [Double], weights: [Double], means: [[Double]], covariances: [[[Double]]]
    ) -> Double {
        // BEGIN SOLUTION
        weights.indices.reduce(0) { sum, k in
            sum + weights[k] * conditionalDensity(of: point, mean: means[k], covariance: covariances[k])
        }
        // END SOLUTION
    }

    /// The posterior probabilities of the classes, r_ik = p(z = k | x^i): the responsibilities (γ_nk in our lessons).
    ///
    /// - Parameters:
    ///   - points: N points, each of 2 numbers.
    ///   - weights: K weights, which sum to 1.
    ///   - means: K means, each of 2 numbers.
    ///   - covariances: K covariances, each 2 rows of 2 numbers.
    /// - Returns: N rows of K numbers.
    ///
    /// Example: with the parameters of the example above, the point (1, 1) gives the row (0.1211855, 0.8788145).
    public static func responsibilities(
        points: [[Double]], weights: [Double], means: [[Double]], covariances: [[[Double]]]
    ) -> [[Double]] {
        // BEGIN SOLUTION
        points.map { point in
            let joint = weights.indices.map { k in
                weights[k] * conditionalDensity(of: point, mean: means[k], covariance: covariances[k])
            }
            let total = joint.reduce(0, +)
            return joint.map { $0 / total }
        }
        // END SOLUTION
    }

    /// The best guess of each point's class, and the share of these guesses that will be wrong, as far as the responsibilities
    /// can tell.
    ///
    /// - Parameter responsibilities: N rows of K numbers, each row with sum 1. No row has two largest numbers that are equal.
    /// - Returns: N classes, counted from 0 to K - 1; and the expected share of errors, between 0 and 1.
    ///
    /// Example: the rows (0.9, 0.1) and (0.3, 0.7) give the classes 0 and 1, and the expected share of errors
    /// (0.1 + 0.3) / 2 = 0.2.
    public static func decisions(responsibilities: [[Double]]) -> (classes: [Int], expectedErrors: Double) {
        // BEGIN SOLUTION
        var classes: [Int] = []
        var errors = 0.0
        for row in responsibilities {
            var best = 0
            for k in row.indices where row[k] > row[best] { best = k }
            classes.append(best)
            errors += 1 - row[best]
        }
        return (classes, errors / Double(responsibilities.count))
        // END SOLUTION
    }
}
