import Foundation

/// # Exercise 19: how many classes? (6 points)
///
/// A mixture with one class more never has a smaller log-likelihood at its best fit. So the log-likelihood cannot choose the number
/// of classes: it would always want more. The Bayesian information criterion (BIC) sets a price on each free parameter:
///
///     BIC = -2 ℓ + ν ln N
///
/// ℓ is the log-likelihood at the fit, ν the number of free parameters, N the number of observations, ln the natural logarithm.
/// **With this sign the least BIC is the best.** Others turn the sign round: R's package mclust prints 2 ℓ - ν ln N, and takes the
/// largest. Either will do, as long as one does not mix them.
///
/// What has to be counted are the parameters of a mixture of K Gaussians in D dimensions: its weights, its means, its covariances.
/// Free is what can be chosen when the others are known: think of what the weights sum to, and of what a covariance matrix looks like
/// on both sides of its diagonal. The covariances come in four shapes:
///
/// | shape | the covariances are |
/// |---|---|
/// | `"full"` | any, each class its own |
/// | `"diagonal"` | zero off the diagonal, each class its own |
/// | `"spherical"` | one variance for all D coordinates, times the identity matrix, each class its own |
/// | `"tied"` | any, but one and the same for all classes |
///
/// Read first: lesson 11, sections 3 and 5 (`Output/Lesson11HowManyClasses/README.md`), equations `beyond.parameters` and
/// `beyond.bic`. (There the shapes have mclust's names: VVV, VVI, VII and EEE.)
public enum Exercise19 {
    /// ν, the number of free parameters of a mixture of Gaussians.
    ///
    /// - Parameters:
    ///   - components: K, the number of classes, at least 1.
    ///   - dimension: D, the number of coordinates, at least 1.
    ///   - shape: the shape of the covariances: "full", "diagonal", "spherical" or "tied".
    /// - Returns: ν.
    ///
    /// Example: two classes in the plane with full covariances have 1 + 4 + 6 = 11.
    public static func parameterCount(components: Int, dimension: Int, shape: String) -> Int {
        // BEGIN SOLUTION
        let matrix = dimension * (dimension + 1) / 2
        let covariances =
            switch shape {
            case "full": components * matrix
            case "diagonal": components * dimension
            case "spherical": components
            default: matrix
            }
        return components - 1 + components * dimension + covariances
        // END SOLUTION
    }

    /// The Bayesian information criterion, with the sign above: less is better.
    ///
    /// - Parameters:
    ///   - logLikelihood: ℓ at the fit.
    ///   - parameters: ν.
    ///   - observations: N, at least 1.
    /// - Returns: the BIC.
    ///
    /// Example: ℓ = -1130.264, ν = 11 and N = 272 (Old Faithful, two full covariances) give 2322.192.
    public static func bic(logLikelihood: Double, parameters: Int, observations: Int) -> Double {
        // BEGIN SOLUTION
        -2 * logLikelihood + Double(parameters) * log(Double(observations))
        // END SOLUTION
    }

    /// The model which the BIC prefers.
    ///
    /// - Parameters:
    ///   - logLikelihoods: ℓ at the fits of some models, at least one, to the same data.
    ///   - parameters: the ν of these models, in the same order.
    ///   - observations: N, at least 1.
    /// - Returns: the place of the best model in the lists, counted from 0. No two models have the same BIC.
    ///
    /// Example: ℓ = -100, -90 and -89 with ν = 2, 5 and 8 and N = 50 have the BIC 207.824, 199.560 and 209.296. The answer is 1.
    public static func best(logLikelihoods: [Double], parameters: [Int], observations: Int) -> Int {
        // BEGIN SOLUTION
        let values = zip(logLikelihoods, parameters).map {
            bic(logLikelihood: $0, parameters: $1, observations: observations)
        }
        return values.indices.min { values[$0] < values[$1] } ?? 0
        // END SOLUTION
    }
}
