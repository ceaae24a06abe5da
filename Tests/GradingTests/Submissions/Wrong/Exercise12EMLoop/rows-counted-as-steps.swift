// Wrong: returns at most maximumSteps rows.
// Scores: 7
// Fails: stopping
// Told: a row is missing
// swift-format-ignore-file
import Foundation

public enum Exercise12 {
    public static func run(
        heads: [Int], flips: Int, weights: [Double], probabilities: [Double], tolerance: Double, maximumSteps: Int
    ) -> [(weights: [Double], probabilities: [Double], logLikelihood: Double)] {
        var rows = [(weights: weights, probabilities: probabilities, logLikelihood: logLikelihood(heads, flips, weights, probabilities))]
        while rows.count < maximumSteps {
            let old = rows[rows.count - 1]
            let q = responsibilities(heads, flips, old.weights, old.probabilities)
            let new = update(heads, flips, q)
            let value = logLikelihood(heads, flips, new.weights, new.probabilities)
            rows.append((new.weights, new.probabilities, value))
            if value - old.logLikelihood <= tolerance { break }
        }
        return rows
    }

    private static func joint(_ x: Int, _ flips: Int, _ weights: [Double], _ p: [Double]) -> [Double] {
        weights.indices.map { weights[$0] * pow(p[$0], Double(x)) * pow(1 - p[$0], Double(flips - x)) }
    }

    private static func logLikelihood(_ heads: [Int], _ flips: Int, _ weights: [Double], _ p: [Double]) -> Double {
        heads.reduce(0) { $0 + log(joint($1, flips, weights, p).reduce(0, +)) }
    }

    private static func responsibilities(_ heads: [Int], _ flips: Int, _ weights: [Double], _ p: [Double]) -> [[Double]] {
        heads.map { x in
            let terms = joint(x, flips, weights, p)
            let total = terms.reduce(0, +)
            return terms.map { $0 / total }
        }
    }

    private static func update(
        _ heads: [Int], _ flips: Int, _ q: [[Double]]
    ) -> (weights: [Double], probabilities: [Double]) {
        var weights: [Double] = []
        var probabilities: [Double] = []
        for k in q[0].indices {
            var count = 0.0
            var shown = 0.0
            for n in heads.indices {
                count += q[n][k]
                shown += q[n][k] * Double(heads[n])
            }
            weights.append(count / Double(heads.count))
            probabilities.append(shown / (count * Double(flips)))
        }
        return (weights, probabilities)
    }
}
