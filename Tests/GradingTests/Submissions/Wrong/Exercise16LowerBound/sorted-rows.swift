// Wrong: takes the rows of q for sorted, largest first, and stops at the first 0.
// Scores: 4
// Fails: certain-labels
// Told: F with certain labels
// swift-format-ignore-file
import Foundation

public enum Exercise16 {
    public static func lowerBound(responsibilities: [[Double]], logJoint: [[Double]]) -> Double {
        var bound = 0.0
        for (row, logs) in zip(responsibilities, logJoint) {
            for (q, a) in zip(row, logs) {
                if q == 0 { break }
                bound += q * (a - log(q))
            }
        }
        return bound
    }
}
