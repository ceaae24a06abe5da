// Wrong: has room for a hundred observations.
// Scores: 4
// Fails: far-and-many
// Told: F of 150 observations
// swift-format-ignore-file
import Foundation

public enum Exercise16 {
    public static func lowerBound(responsibilities: [[Double]], logJoint: [[Double]]) -> Double {
        var bound = 0.0
        for (row, logs) in zip(responsibilities, logJoint).prefix(100) {
            for (q, a) in zip(row, logs) where q > 0 { bound += q * (a - log(q)) }
        }
        return bound
    }
}
