// Wrong: returns the log-likelihood, and never looks at q.
// Scores: 1
// Fails: value, certain-labels, far-and-many
// Told: the q that is given has to be used
// swift-format-ignore-file
import Foundation

public enum Exercise16 {
    public static func lowerBound(responsibilities: [[Double]], logJoint: [[Double]]) -> Double {
        var bound = 0.0
        for (_, logs) in zip(responsibilities, logJoint) {
            let largest = logs.max() ?? 0
            bound += largest + log(logs.reduce(0) { $0 + exp($1 - largest) })
        }
        return bound
    }
}
