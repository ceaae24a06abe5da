// Unusual: the log-likelihood less the Kullback-Leibler divergence, observation by observation.
// Scores: 5
// swift-format-ignore-file
import Foundation

public enum Exercise16 {
    public static func lowerBound(responsibilities: [[Double]], logJoint: [[Double]]) -> Double {
        responsibilities.indices.map { n -> Double in
            let height = logSum(logJoint[n])
            let divergence = logJoint[n].indices.filter { responsibilities[n][$0] != 0 }.map { k in
                responsibilities[n][k] * (log(responsibilities[n][k]) - logJoint[n][k] + height)
            }
            return height - divergence.reduce(0, +)
        }.reduce(0, +)
    }

    private static func logSum(_ a: [Double]) -> Double {
        let sorted = a.filter { $0 > -Double.infinity }.sorted(by: >)
        return sorted[0] + log1p(sorted.dropFirst().reduce(0) { $0 + exp($1 - sorted[0]) })
    }
}
