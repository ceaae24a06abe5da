import Figures
import Foundation
import MixtureModels
import Notebook

/// The example in the plane: three Gaussian clusters, drawn at random, with the labels known to us.
struct Plane {
    static let truth = (
        weights: [0.3, 0.45, 0.25],
        means: [[0.0, 0.0], [4.0, 1.0], [1.5, 4.5]],
        covariances: [[[1.0, 0.6], [0.6, 1.0]], [[1.2, -0.7], [-0.7, 0.9]], [[2.0, 0.4], [0.4, 0.5]]] as [Matrix]
    )

    let rows: [[Double]]
    /// The class that each row was drawn from. EM never sees it.
    let labels: [Int]
    /// Three equal round clusters side by side: a start that knows nothing.
    let start: Mixture<MultivariateNormal>

    init(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let mixture = try Mixture(
            weights: Self.truth.weights,
            components: zip(Self.truth.means, Self.truth.covariances).map {
                try MultivariateNormal(mean: $0, covariance: $1)
            })
        let sample = mixture.sample(count: 240, using: &generator)
        rows = sample.map(\.observation)
        labels = sample.map(\.latent)
        start = try Mixture(
            weights: [1.0 / 3, 1.0 / 3, 1.0 / 3],
            components: [[0.0, 2.0], [4.0, 2.5], [2.0, 3.0]].map {
                try MultivariateNormal(mean: $0, covariance: Matrix.identity(2))
            })
    }

    var classCount: Int { 3 }

    /// The same marks on both axes of every figure of the plane.
    static let ticks = Axis.Ticks.at(stride(from: -8, through: 12, by: 2).map { $0 })

    /// 1 for the true class and 0 for the others: the responsibilities of somebody who knows.
    var oneHot: Matrix {
        Matrix(labels.map { label in (0..<classCount).map { $0 == label ? 1 : 0 } })
    }

    /// The rows of one class.
    func members(of k: Int) -> [[Double]] { zip(rows, labels).filter { $0.1 == k }.map(\.0) }
}
