// Wrong: multiplies before it takes the logarithm.
// Scores: 5
// Fails: large-images
// Told: underflow
// swift-format-ignore-file
import Foundation

public enum Exercise18 {
    public static func logJoint(images: [[Int]], weights: [Double], probabilities: [[Double]]) -> [[Double]] {
        images.map { image in
            zip(weights, probabilities).map { weight, mean in
                log(zip(image, mean).reduce(weight) { $0 * ($1.0 == 1 ? $1.1 : 1 - $1.1) })
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
