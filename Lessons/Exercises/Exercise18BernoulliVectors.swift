import Foundation

/// # Exercise 18: the E-step for black and white images (6 points)
///
/// An image has D pixels, each of which is on (1) or off (0). In a mixture of Bernoulli vectors each class k has a mean image: the
/// probabilities with which its D pixels are on, each on its own. So the joint probability of image x and class k is a product: of
/// the weight, and of one factor for each pixel:
///
///     p(x, z = k) = π_k × product over d of (μ_kd if pixel d is on, 1 - μ_kd if it is off)
///
/// Two things happen with real images, and the formula on paper is silent about both:
/// - Images are large. A product of thousands of factors is as good as always 0 in a `Double`, for every class, and the
///   responsibilities are then 0 divided by 0. So take logarithms, and take them *before* you multiply.
/// - Some pixels are never on: those in the corners, say. Then the M-step sets their μ to exactly 0 (or to exactly 1, where a pixel is
///   on in all images). That is not an error. An image which has such a pixel on is impossible for the class, and its log joint
///   probability is `-Double.infinity`. An image which has it off is not impossible, and the pixel counts as a factor 1. (What is 0
///   times the logarithm of 0 in a `Double`? Do not ask for it. And do not move the probabilities away from 0 and 1: impossible is not
///   nearly impossible.)
///
/// Read first: lesson 9, section 2 (`Output/Lesson9BernoulliMixtures/README.md`), and equation `prml.9.47` in section 1.
/// Exercise 6 has the step from logarithms to responsibilities.
public enum Exercise18 {
    /// The log joint probabilities of images and classes, ln p(x_n, z_n = k).
    ///
    /// - Parameters:
    ///   - images: N images of D pixels, each 0 or 1.
    ///   - weights: K weights, all positive, with sum 1.
    ///   - probabilities: K mean images: rows of D probabilities, from 0 to 1, both included.
    /// - Returns: N rows of K natural logarithms; `-Double.infinity` where the class cannot make the image.
    ///
    /// Example: the images (1, 0) and (0, 0) with the weights 0.5 and 0.5 and the mean images (0.5, 0.25) and (0, 0.5) give the rows
    /// ln 0.1875 = -1.673976 and minus infinity; then -1.673976 and ln 0.25 = -1.386294.
    public static func logJoint(images: [[Int]], weights: [Double], probabilities: [[Double]]) -> [[Double]] {
        // BEGIN SOLUTION
        images.map { image in
            zip(weights, probabilities).map { weight, mean in
                zip(image, mean).reduce(log(weight)) { $0 + log($1.0 == 1 ? $1.1 : 1 - $1.1) }
            }
        }
        // END SOLUTION
    }

    /// The responsibilities: the posterior probabilities of the classes, given each image.
    ///
    /// - Parameters:
    ///   - images: N images of D pixels, each 0 or 1; there may be thousands of pixels. Every image is possible under at least one
    ///     class.
    ///   - weights: K weights, all positive, with sum 1.
    ///   - probabilities: K mean images: rows of D probabilities, from 0 to 1, both included.
    /// - Returns: N rows of K numbers, each row with sum 1; exactly 0 where the class cannot make the image.
    ///
    /// Example: the images and parameters above give the rows (1, 0) and (0.428571, 0.571429).
    public static func responsibilities(
        images: [[Int]], weights: [Double], probabilities: [[Double]]
    ) -> [[Double]] {
        // BEGIN SOLUTION
        logJoint(images: images, weights: weights, probabilities: probabilities).map { logs in
            let largest = logs.max() ?? 0
            let joint = logs.map { exp($0 - largest) }
            let total = joint.reduce(0, +)
            return joint.map { $0 / total }
        }
        // END SOLUTION
    }
}
