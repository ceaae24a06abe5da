// Wrong: subtracts two values of F.
// Scores: 7
// Fails: digits
// Told: most digits are lost
// swift-format-ignore-file
import Foundation

public enum Exercise17 {
    public static func eHalf(
        responsibilities: [[Double]], logJoint: [[Double]]
    ) -> (responsibilities: [[Double]], gain: Double) {
        var posterior: [[Double]] = []
        var gain = 0.0
        for (old, logs) in zip(responsibilities, logJoint) {
            let largest = logs.max() ?? 0
            let logSum = log(logs.reduce(0) { $0 + exp($1 - largest) })
            let logPosterior = logs.map { $0 - largest - logSum }
            posterior.append(logPosterior.map { exp($0) })
            for (p, logA) in zip(logPosterior, logs) where exp(p) > 0 { gain += exp(p) * (logA - p) }
            for (q, logA) in zip(old, logs) where q > 0 { gain -= q * (logA - log(q)) }
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
