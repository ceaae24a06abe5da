// Wrong: chooses the largest log-likelihood.
// Scores: 5
// Fails: best
// Told: the largest log-likelihood
// swift-format-ignore-file
import Foundation

public enum Exercise19 {
    public static func parameterCount(components: Int, dimension: Int, shape: String) -> Int {
        let matrix = dimension * (dimension + 1) / 2
        let covariances =
            switch shape {
            case "full": components * matrix
            case "diagonal": components * dimension
            case "spherical": components
            default: matrix
            }
        return components - 1 + components * dimension + covariances
    }

    public static func bic(logLikelihood: Double, parameters: Int, observations: Int) -> Double {
        -2 * logLikelihood + Double(parameters) * log(Double(observations))
    }

    public static func best(logLikelihoods: [Double], parameters: [Int], observations: Int) -> Int {
        return logLikelihoods.indices.max { logLikelihoods[$0] < logLikelihoods[$1] } ?? 0
    }
}
