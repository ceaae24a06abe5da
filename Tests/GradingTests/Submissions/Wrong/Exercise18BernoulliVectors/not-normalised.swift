// Wrong: leaves the responsibilities as joint probabilities.
// Scores: 3
// Fails: responsibilities, large-images, impossible-classes
// Told: they are not normalised
// swift-format-ignore-file
import Foundation

public enum Exercise18 {
    public static func logJoint(images: [[Int]], weights: [Double], probabilities: [[Double]]) -> [[Double]] {
        images.map { image in
            zip(weights, probabilities).map { weight, mean in
                zip(image, mean).reduce(log(weight)) { $0 + log($1.0 == 1 ? $1.1 : 1 - $1.1) }
            }
        }
    }

    public static func responsibilities(
        images: [[Int]], weights: [Double], probabilities: [[Double]]
    ) -> [[Double]] {
        logJoint(images: images, weights: weights, probabilities: probabilities).map { logs in
            let joint = logs.map { exp($0) }
            return joint
        }
    }
}
