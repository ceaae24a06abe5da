// Unusual: takes the logarithms of weights out of the sum over the data, through the effective counts.
// Scores: 6
// swift-format-ignore-file
import Foundation

public enum Exercise8 {
    public static func expectedLogLikelihood(
        data: [Double], responsibilities: [[Double]], weights: [Double], means: [Double], variances: [Double]
    ) -> Double {
        var q = 0.0
        for (k, weight) in weights.enumerated() {
            let column = responsibilities.map { $0[k] }
            let count = column.reduce(0, +)
            if count == 0 { continue }
            let first = zip(column, data).reduce(0) { $0 + $1.0 * $1.1 }
            let second = zip(column, data).reduce(0) { $0 + $1.0 * $1.1 * $1.1 }
            let squares = second - 2 * means[k] * first + count * means[k] * means[k]
            q += count * log(weight) - 0.5 * count * log(2 * Double.pi * variances[k]) - 0.5 * squares / variances[k]
        }
        return q
    }

    public static func entropy(responsibilities: [[Double]]) -> Double {
        -responsibilities.joined().map { $0 == 0 ? 0 : log(pow($0, $0)) }.reduce(0, +)
    }
}
