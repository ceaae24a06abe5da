// Wrong: takes the number of classes for two.
// Scores: 0
// Fails: value, touches, certain-labels, far-and-many
// Told: not right
// swift-format-ignore-file
import Foundation

public enum Exercise16 {
    public static func lowerBound(responsibilities: [[Double]], logJoint: [[Double]]) -> Double {
        var bound = 0.0
        for (row, logs) in zip(responsibilities, logJoint) {
            for (q, a) in zip(row, logs).prefix(2) where q > 0 { bound += q * (a - log(q)) }
        }
        return bound
    }
}
