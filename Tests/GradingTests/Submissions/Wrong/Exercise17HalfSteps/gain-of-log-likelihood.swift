// Wrong: returns what the log-likelihood gains in the M-half.
// Scores: 5
// Fails: m-gain, nothing-left
// Told: this is what the log-likelihood gains
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
            for (q, logP) in zip(old, logPosterior) where q > 0 { gain += q * (log(q) - logP) }
        }
        return (posterior, gain)
    }

    public static func mHalf(
        heads: [Int], flips: Int, responsibilities: [[Double]], weights: [Double], probabilities: [Double]
    ) -> (weights: [Double], probabilities: [Double], gain: Double) {
        var newWeights: [Double] = []
        var newProbabilities: [Double] = []
        for k in weights.indices {
            let count = responsibilities.reduce(0) { $0 + $1[k] }
            let shown = zip(heads, responsibilities).reduce(0) { $0 + Double($1.0) * $1.1[k] }
            let hidden = Double(flips) * count - shown
            let weight = count / Double(heads.count)
            let probability = shown / (shown + hidden)
            newWeights.append(weight)
            newProbabilities.append(probability)
        }
        func height(_ weights: [Double], _ probabilities: [Double]) -> Double {
            heads.reduce(0) { sum, x in
                sum + log(weights.indices.reduce(0) { $0 + weights[$1] * pow(probabilities[$1], Double(x)) * pow(1 - probabilities[$1], Double(flips - x)) })
            }
        }
        return (newWeights, newProbabilities, height(newWeights, newProbabilities) - height(weights, probabilities))
    }
}
