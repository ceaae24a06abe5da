// Wrong: has room for a hundred sets.
// Scores: 8
// Fails: enumeration, maximum
// Told: 120
// swift-format-ignore-file
import Foundation

public enum Exercise4 {
    public static func posterior(
        heads: [Int], flips: Int, weights: [Double], probabilities: [Double]
    ) -> [[Double]] {
        heads.prefix(100).map { count in
            let joint = zip(weights, probabilities).map { weight, probability in
                weight * pow(probability, Double(count)) * pow(1 - probability, Double(flips - count))
            }
            let total = joint.reduce(0, +)
            return joint.map { $0 / total }
        }
    }

    public static func expectedCompleteDataLogLikelihood(
        heads: [Int], flips: Int, responsibilities: [[Double]], weights: [Double], probabilities: [Double]
    ) -> Double {
        var sum = 0.0
        for (count, row) in zip(heads, responsibilities).prefix(100) {
            for k in row.indices where row[k] > 0 {
                var logJoint = log(weights[k])
                if count > 0 { logJoint += Double(count) * log(probabilities[k]) }
                if count < flips { logJoint += Double(flips - count) * log(1 - probabilities[k]) }
                sum += row[k] * logJoint
            }
        }
        return sum
    }

    public static func update(
        heads: [Int], flips: Int, responsibilities: [[Double]]
    ) -> (weights: [Double], probabilities: [Double]) {
        let components = responsibilities.first?.count ?? 0
        var weights: [Double] = []
        var probabilities: [Double] = []
        for k in 0..<components {
            let sets = responsibilities.reduce(0) { $0 + $1[k] }
            let expectedHeads = zip(heads, responsibilities).prefix(100).reduce(0) { $0 + Double($1.0) * $1.1[k] }
            weights.append(sets / Double(heads.count))
            probabilities.append(expectedHeads / (sets * Double(flips)))
        }
        return (weights, probabilities)
    }
}
