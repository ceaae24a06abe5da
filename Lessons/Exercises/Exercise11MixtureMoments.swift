/// # Exercise 11: mean and covariance of a mixture (6 points)
///
/// A mixture of K components is a distribution like any other: it has one mean and one covariance. They follow from those of the
/// components, whatever kind of distribution these are. To draw from the mixture is to choose a component k with probability
/// `weights[k]`, and then to draw a vector of D numbers from it.
///
/// The covariance is where it becomes interesting. Each component may have a diagonal covariance, so that within a component the
/// coordinates are uncorrelated; the mixture's covariance is not diagonal all the same, because components that lie in different
/// places make the coordinates go together. That is how a mixture of Bernoulli vectors learns which pixels of a picture belong
/// together.
///
/// Read first: lesson 9, section 1 (`Output/Lesson9BernoulliMixtures/README.md`), equations `prml.9.49` and `prml.9.50`. Lesson 5,
/// section 4 (`Output/Lesson5Identifiability/README.md`) uses the moments of two coins.
///
/// Do the components' covariances alone, averaged, make the covariance of the whole? Try two components of variance 0 at -1 and 1.
public enum Exercise11 {
    /// The mean vector of a mixture.
    ///
    /// - Parameters:
    ///   - weights: K weights, which sum to 1.
    ///   - means: the mean of each component: K lists of D numbers.
    /// - Returns: D numbers.
    ///
    /// Example: the weights 0.25 and 0.75 and the means (0, 4) and (2, 0) give (1.5, 1).
    public static func mean(weights: [Double], means: [[Double]]) -> [Double] {
        // BEGIN SOLUTION
        let dimension = means.first?.count ?? 0
        return (0..<dimension).map { d in zip(weights, means).reduce(0) { $0 + $1.0 * $1.1[d] } }
        // END SOLUTION
    }

    /// The covariance matrix of a mixture.
    ///
    /// - Parameters:
    ///   - weights: K weights, which sum to 1.
    ///   - means: the mean of each component: K lists of D numbers.
    ///   - covariances: the covariance matrix of each component: K matrices, each a list of D rows of D numbers. They hold variances and
    ///     covariances, not standard deviations.
    /// - Returns: the matrix, as D rows of D numbers.
    ///
    /// Example: the weights 0.25 and 0.75, the means (0, 4) and (2, 0), and the diagonal covariances with 1, 1 and with 2, 3 on their
    /// diagonals give the rows (2.5, -1.5) and (-1.5, 5.5).
    public static func covariance(
        weights: [Double], means: [[Double]], covariances: [[[Double]]]
    ) -> [[Double]] {
        // BEGIN SOLUTION
        let dimension = means.first?.count ?? 0
        let centre = (0..<dimension).map { d in zip(weights, means).reduce(0) { $0 + $1.0 * $1.1[d] } }
        return (0..<dimension).map { i in
            (0..<dimension).map { j in
                weights.indices.reduce(0) { sum, k in
                    let between = (means[k][i] - centre[i]) * (means[k][j] - centre[j])
                    return sum + weights[k] * (covariances[k][i][j] + between)
                }
            }
        }
        // END SOLUTION
    }
}
