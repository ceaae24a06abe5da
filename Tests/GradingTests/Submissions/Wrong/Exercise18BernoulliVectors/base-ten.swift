// Wrong: takes logarithms to base 10.
// Scores: 4
// Fails: log-joint
// Told: base 10
// swift-format-ignore-file
import Foundation

public enum Exercise18 {
    public static func logJoint(images: [[Int]], weights: [Double], probabilities: [[Double]]) -> [[Double]] {
        images.map { image in
            zip(weights, probabilities).map { weight, mean in
                zip(image, mean).reduce(log10(weight)) { $0 + log10($1.0 == 1 ? $1.1 : 1 - $1.1) }
            }
        }
    }

    public static func responsibilities(
        images: [[Int]], weights: [Double], probabilities: [[Double]]
    ) -> [[Double]] {
        logJoint(images: images, weights: weights, probabilities: probabilities).map { logs in
            let largest = logs.max() ?? 0
            let joint = logs.map { exp($0 - largest) }
            let total = joint.reduce(0, +)
            return joint.map { $0 / total }
        }
    }
}
