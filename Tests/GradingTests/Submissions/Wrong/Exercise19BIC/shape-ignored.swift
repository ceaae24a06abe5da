// Wrong: counts full covariances whatever the shape.
// Scores: 3
// Fails: simple, shared-covariance, coinciding-shapes
// Told: these are full covariances
// swift-format-ignore-file
import Foundation

public enum Exercise19 {
    public static func parameterCount(components: Int, dimension: Int, shape: String) -> Int {
        let matrix = dimension * (dimension + 1) / 2
        let covariances =
            components * matrix
        return components - 1 + components * dimension + covariances
    }

    public static func bic(logLikelihood: Double, parameters: Int, observations: Int) -> Double {
        -2 * logLikelihood + Double(parameters) * log(Double(observations))
    }

    public static func best(logLikelihoods: [Double], parameters: [Int], observations: Int) -> Int {
        let values = zip(logLikelihoods, parameters).map {
            bic(logLikelihood: $0, parameters: $1, observations: observations)
        }
        return values.indices.min { values[$0] < values[$1] } ?? 0
    }
}
