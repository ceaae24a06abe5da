// Unusual: by the odds between pairs of classes, and log1p.
// Scores: 8
// swift-format-ignore-file
import Foundation

public enum Exercise17 {
    public static func eHalf(
        responsibilities: [[Double]], logJoint: [[Double]]
    ) -> (responsibilities: [[Double]], gain: Double) {
        var gains: [Double] = []
        let posterior = logJoint.indices.map { n in
            logJoint[n].indices.map { k -> Double in
                guard logJoint[n][k] > -Double.infinity else { return 0 }
                // The largest responsibility's logarithm keeps its digits through log1p.
                let odds = logJoint[n].indices.filter { $0 != k }.reduce(0) { $0 + exp(logJoint[n][$1] - logJoint[n][k]) }
                let q = responsibilities[n][k]
                if q > 0 { gains.append(q * (log(q) + log1p(odds))) }
                return 1 / (1 + odds)
            }
        }
        return (posterior, gains.sorted().reduce(0, +))
    }

    public static func mHalf(
        heads: [Int], flips: Int, responsibilities: [[Double]], weights: [Double], probabilities: [Double]
    ) -> (weights: [Double], probabilities: [Double], gain: Double) {
        let columns = weights.indices.map { k in responsibilities.map { $0[k] } }
        let counts = columns.map { $0.reduce(0, +) }
        let new = columns.indices.map { k in
            zip(columns[k], heads).map { $0 * Double($1) }.reduce(0, +) / counts[k] / Double(flips)
        }
        let shares = counts.map { $0 / counts.reduce(0, +) }
        var gain = 0.0
        for (x, row) in zip(heads, responsibilities) {
            for k in weights.indices {
                gain += row[k] * (log(shares[k]) - log(weights[k]))
                gain += row[k] * Double(x) * (log(new[k]) - log(probabilities[k]))
                gain += row[k] * Double(flips - x) * (log1p(-new[k]) - log1p(-probabilities[k]))
            }
        }
        return (shares, new, gain)
    }
}
