// Unusual: by lists of the pixels that are on and off, class by class, and odds in the place of a largest term.
// Scores: 6
// swift-format-ignore-file
import Foundation

public enum Exercise18 {
    public static func logJoint(images: [[Int]], weights: [Double], probabilities: [[Double]]) -> [[Double]] {
        var table = images.map { _ in [Double]() }
        for (weight, mean) in zip(weights, probabilities) {
            let (on, off) = (mean.map { log($0) }, mean.map { log1p(-$0) })
            for (n, image) in images.enumerated() {
                let lit = image.indices.filter { image[$0] != 0 }
                let dark = image.indices.filter { image[$0] == 0 }
                table[n].append(log(weight) + lit.map { on[$0] }.reduce(0, +) + dark.map { off[$0] }.reduce(0, +))
            }
        }
        return table
    }

    public static func responsibilities(
        images: [[Int]], weights: [Double], probabilities: [[Double]]
    ) -> [[Double]] {
        logJoint(images: images, weights: weights, probabilities: probabilities).map { a in
            a.map { own in own == -Double.infinity ? 0 : 1 / a.reduce(0) { $0 + exp($1 - own) } }
        }
    }
}
