// Unusual: works in log space, with the binomial coefficients, and by recursion.
// Scores: 9
// swift-format-ignore-file
import Foundation

public enum Exercise12 {
    public static func run(
        heads: [Int], flips: Int, weights: [Double], probabilities: [Double], tolerance: Double, maximumSteps: Int
    ) -> [(weights: [Double], probabilities: [Double], logLikelihood: Double)] {
        var rows = [row(heads, flips, weights, probabilities)]
        var steps = 0
        while steps < maximumSteps {
            steps += 1
            let old = rows[rows.count - 1]
            var heavy = weights.map { _ in 0.0 }
            var shown = weights.map { _ in 0.0 }
            for x in heads {
                let terms = logTerms(x, flips, old.weights, old.probabilities)
                let total = logSum(terms)
                for k in terms.indices {
                    heavy[k] += exp(terms[k] - total)
                    shown[k] += exp(terms[k] - total) * Double(x)
                }
            }
            let everything = heavy.reduce(0, +)
            rows.append(row(heads, flips, heavy.map { $0 / everything }, zip(shown, heavy).map { $0 / $1 / Double(flips) }))
            if abs(rows[steps].logLikelihood - old.logLikelihood) <= tolerance { return rows }
        }
        return rows
    }

    private typealias Row = (weights: [Double], probabilities: [Double], logLikelihood: Double)

    private static func logTerms(_ x: Int, _ m: Int, _ weights: [Double], _ p: [Double]) -> [Double] {
        let coefficient = lgamma(Double(m + 1)) - lgamma(Double(x + 1)) - lgamma(Double(m - x + 1))
        return zip(weights, p).map { coefficient + log($0) + Double(x) * log($1) + Double(m - x) * log1p(-$1) }
    }

    private static func logSum(_ terms: [Double]) -> Double {
        let top = terms.max() ?? 0
        return top + log(terms.reduce(0) { $0 + exp($1 - top) })
    }

    private static func row(_ heads: [Int], _ m: Int, _ weights: [Double], _ p: [Double]) -> Row {
        (weights, p, heads.map { logSum(logTerms($0, m, weights, p)) }.reduce(0, +))
    }
}
