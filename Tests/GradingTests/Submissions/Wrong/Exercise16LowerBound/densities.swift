// Wrong: leaves logarithms: a density that underflows is 0.
// Scores: 4
// Fails: far-and-many
// Told: whose densities underflow
// swift-format-ignore-file
import Foundation

public enum Exercise16 {
    public static func lowerBound(responsibilities: [[Double]], logJoint: [[Double]]) -> Double {
        var bound = 0.0
        for (row, logs) in zip(responsibilities, logJoint) {
            for (q, a) in zip(row, logs) where q > 0 { bound += q * log(exp(a) / q) }
        }
        return bound
    }
}
