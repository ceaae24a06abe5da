// Unusual: counts how many sets show each number of heads, and works with these counts.
// Scores: 9
// swift-format-ignore-file
import Foundation

public enum Exercise12 {
    public static func run(
        heads: [Int], flips: Int, weights: [Double], probabilities: [Double], tolerance: Double, maximumSteps: Int
    ) -> [(weights: [Double], probabilities: [Double], logLikelihood: Double)] {
        var often = [Double](repeating: 0, count: flips + 1)
        for x in heads { often[x] += 1 }
        var (w, p) = (weights, probabilities)
        var rows: [(weights: [Double], probabilities: [Double], logLikelihood: Double)] = []
        for t in 0...maximumSteps {
            let joint = often.indices.map { x in w.indices.map { w[$0] * density(x, flips, p[$0]) } }
            let marginal = joint.map { $0.reduce(0, +) }
            rows.append((w, p, often.indices.reduce(0) { $0 + often[$1] * log(marginal[$1]) }))
            if t > 0 && rows[t].logLikelihood - rows[t - 1].logLikelihood <= tolerance { break }
            let counts = w.indices.map { k in often.indices.reduce(0.0) { $0 + often[$1] * joint[$1][k] / marginal[$1] } }
            p = w.indices.map { k in
                often.indices.reduce(0.0) { $0 + often[$1] * joint[$1][k] / marginal[$1] * Double($1) } / counts[k] / Double(flips)
            }
            w = counts.map { $0 / Double(heads.count) }
        }
        return rows
    }

    private static func density(_ x: Int, _ m: Int, _ p: Double) -> Double { pow(p, Double(x)) * pow(1 - p, Double(m - x)) }
}
