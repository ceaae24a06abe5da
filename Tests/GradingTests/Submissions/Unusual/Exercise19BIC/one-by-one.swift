// Unusual: counts the entries one by one, in the scale of the log-likelihood, and sorts the models.
// Scores: 6
// swift-format-ignore-file
import Foundation

public enum Exercise19 {
    public static func parameterCount(components: Int, dimension: Int, shape: String) -> Int {
        var count = -1
        for k in 0..<components {
            count += 1 + dimension
            for i in 0..<dimension {
                for j in 0...i {
                    if (shape == "full" || shape == "tied" && k == 0)
                        || (shape == "diagonal" && i == j) || (shape == "spherical" && i == 0 && j == 0)
                    {
                        count += 1
                    }
                }
            }
        }
        return count
    }

    public static func bic(logLikelihood: Double, parameters: Int, observations: Int) -> Double {
        let price = Double(parameters) * log(Double(observations).squareRoot())
        return 2 * (price - logLikelihood)
    }

    public static func best(logLikelihoods: [Double], parameters: [Int], observations: Int) -> Int {
        let evidence = zip(logLikelihoods, parameters).map { $0 - Double($1) * log(Double(observations)) / 2 }
        return evidence.enumerated().sorted { $0.element > $1.element }[0].offset
    }
}
