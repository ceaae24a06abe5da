import Foundation
import LessonKit
import MixtureModels

/// The example of Duda and Hart: two Gaussians of width 1, the weights 1/3 and 2/3 known, and only the two means unknown. So the
/// log-likelihood is a landscape over a plane.
struct TwoMeans: Sendable {
    let rows: [Double]
    static let weights = [1.0 / 3, 2.0 / 3]
    static let truth = [-2.0, 2.0]

    /// How many numbers are drawn from each Gaussian.
    static let counts = [8, 17]

    init(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed).stream(0)
        rows = zip(Self.truth, Self.counts).flatMap { mean, count in
            (0..<count).map { _ in mean + generator.standardNormal() }
        }
    }

    func mixture(_ means: [Double]) throws -> Mixture<Normal> {
        try Mixture(weights: Self.weights, components: means.map { try Normal(mean: $0, variance: 1) })
    }

    /// The package's EM, in which only the means move.
    func em(from means: [Double]) throws -> EM<Normal> {
        try EM(
            data: rows, start: mixture(means), weights: .fixed,
            estimator: Estimator { (statistics: Normal.Statistics) in try Normal(mean: statistics.mean, variance: 1) },
            stop: .any(.atRest(1e-12), .maximumSteps(20_000)))
    }

    /// ℓ by the formula of the blackboard.
    func logLikelihood(_ means: [Double]) -> Double {
        rows.reduce(0) { sum, x in
            sum
                + log(
                    zip(Self.weights, means).reduce(0) { $0 + $1.0 * normalDensity(x, mean: $1.1, deviation: 1) })
        }
    }

    /// γ_n1, the share of the first Gaussian.
    private func share(_ x: Double, _ means: [Double]) -> Double {
        let (a, b) = (x - means[0], x - means[1])
        return 1 / (1 + Self.weights[1] / Self.weights[0] * exp((a * a - b * b) / 2))
    }

    /// A round of EM, written out: thousands of them are needed for the picture.
    func next(_ means: [Double]) -> [Double] {
        var (first, second, firstSum, secondSum) = (0.0, 0.0, 0.0, 0.0)
        for x in rows {
            let share = share(x, means)
            first += share
            firstSum += share * x
            second += 1 - share
            secondSum += (1 - share) * x
        }
        return [firstSum / first, secondSum / second]
    }

    /// The rounds until the means stand still.
    func path(from means: [Double]) -> [[Double]] {
        var path = [means]
        while path.count < 2000 {
            let next = next(path[path.count - 1])
            let moved = zip(next, path[path.count - 1]).reduce(0) { max($0, abs($1.0 - $1.1)) }
            path.append(next)
            if moved < 1e-10 { break }
        }
        return path
    }

    /// The second derivatives of ℓ: Σ_n γ(1 - γ)(x - μ)² - γ on the diagonal, -Σ_n γ_1 γ_2 (x - μ_1)(x - μ_2) beside it.
    func hessian(_ means: [Double]) -> [[Double]] {
        var (aa, ab, bb) = (0.0, 0.0, 0.0)
        for x in rows {
            let share = share(x, means)
            let (a, b) = (x - means[0], x - means[1])
            aa += share * (1 - share) * a * a - share
            bb += share * (1 - share) * b * b - (1 - share)
            ab -= share * (1 - share) * a * b
        }
        return [[aa, ab], [ab, bb]]
    }

    /// The curvature of ℓ along a direction.
    func curvature(at means: [Double], along d: [Double]) -> Double {
        let h = hessian(means)
        return h[0][0] * d[0] * d[0] + 2 * h[0][1] * d[0] * d[1] + h[1][1] * d[1] * d[1]
    }

    /// The eigenvalues of the second derivatives, smallest first.
    func curvatures(_ means: [Double]) -> [Double] {
        let h = hessian(means)
        let half = (h[0][0] + h[1][1]) / 2
        let root = hypot((h[0][0] - h[1][1]) / 2, h[0][1])
        return [half - root, half + root]
    }
}
