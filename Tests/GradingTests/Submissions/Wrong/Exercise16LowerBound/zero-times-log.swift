// Wrong: does not treat q = 0 apart.
// Scores: 4
// Fails: certain-labels
// Told: 0 ln 0 must count as 0
// swift-format-ignore-file
import Foundation

public enum Exercise16 {
    public static func lowerBound(responsibilities: [[Double]], logJoint: [[Double]]) -> Double {
        var bound = 0.0
        for (row, logs) in zip(responsibilities, logJoint) {
            for (q, a) in zip(row, logs) { bound += q * (a - log(q)) }
        }
        return bound
    }
}
