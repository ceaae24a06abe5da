// Wrong: multiplies the old q with the joint densities.
// Scores: 5
// Fails: new-q, nothing-left, digits
// Told: as if it were a prior
// swift-format-ignore-file
import Foundation

public enum Exercise17 {
    public static func eHalf(
        responsibilities: [[Double]], logJoint: [[Double]]
    ) -> (responsibilities: [[Double]], gain: Double) {
        var posterior: [[Double]] = []
        var gain = 0.0
        for (old, logs) in zip(responsibilities, logJoint) {
            let logs = zip(old, logs).map { $0 > 0 ? log($0) + $1 : -Double.infinity }
            let largest = logs.max() ?? 0
            let logSum = log(logs.reduce(0) { $0 + exp($1 - largest) })
            let logPosterior = logs.map { $0 - largest - logSum }
            posterior.append(logPosterior.map { exp($0) })
            for (q, logP) in zip(old, logPosterior) where q > 0 { gain += q * (log(q) - logP) }
        }
        return (posterior, gain)
    }

    public static func mHalf(
        heads: [Int], flips: Int, responsibilities: [[Double]], weights: [Double], probabilities: [Double]
    ) -> (weights: [Double], probabilities: [Double], gain: Double) {
        var newWeights: [Double] = []
        var newProbabilities: [Double] = []
        var gain = 0.0
        for k in weights.indices {
            let count = responsibilities.reduce(0) { $0 + $1[k] }
            let shown = zip(heads, responsibilities).reduce(0) { $0 + Double($1.0) * $1.1[k] }
            let hidden = Double(flips) * count - shown
            let weight = count / Double(heads.count)
            let probability = shown / (shown + hidden)
            gain += count * log(weight / weights[k])
            gain += shown * log(probability / probabilities[k])
            gain += hidden * log((1 - probability) / (1 - probabilities[k]))
            newWeights.append(weight)
            newProbabilities.append(probability)
        }
        return (newWeights, newProbabilities, gain)
    }
}
