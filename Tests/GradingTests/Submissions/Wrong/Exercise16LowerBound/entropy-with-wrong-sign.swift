// Wrong: subtracts the entropy.
// Scores: 1
// Fails: value, touches, far-and-many
// Told: the entropy has the wrong sign
// swift-format-ignore-file
import Foundation

public enum Exercise16 {
    public static func lowerBound(responsibilities: [[Double]], logJoint: [[Double]]) -> Double {
        var bound = 0.0
        for (row, logs) in zip(responsibilities, logJoint) {
            for (q, a) in zip(row, logs) where q > 0 { bound += q * (a + log(q)) }
        }
        return bound
    }
}
