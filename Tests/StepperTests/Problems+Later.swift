import Foundation
import MixtureModels

@testable import Steppers

extension Problems {
    /// Gaussians whose covariances are pulled towards that of a prior.
    static func withPrior(_ steps: Int, _ generator: inout SeededGenerator) throws -> [AgreementTests.Problem] {
        try [2, 3].map { dimension in
            let rows = rows(60, around: 2, dimension: dimension, &generator)
            let start = try Mixture(
                weights: [0.4, 0.6],
                components: [rows[0], rows[1]].map {
                    try MultivariateNormal(mean: $0, covariance: Matrix.identity(dimension))
                })
            let scale = (0..<dimension).map { i in (0..<dimension).map { i == $0 ? 1.5 : 0.3 } }
            let degrees = Double(dimension) + 0.5
            let em = try EM(
                data: rows, start: start,
                estimator: .inverseWishartPrior(degreesOfFreedom: degrees, scale: Matrix(scale)),
                stop: .maximumSteps(steps))
            return .init(
                name: "Gaussians with a prior, \(dimension) columns",
                data: [
                    "family": "gaussians", "rows": rows, "held": ["prior": ["degrees": degrees, "scale": scale]],
                ],
                start: parameters(start) { ["mean": $0.mean, "covariance": $0.covariance.rowVectors] },
                expected: path(em, steps) { $0.mean + $0.covariance.values })
        }
    }

    /// Images of zeros and ones; in one of the problems a pixel is never on, so that its probability is 0 after a step.
    static func images(_ steps: Int, _ generator: inout SeededGenerator) throws -> [AgreementTests.Problem] {
        try [(2, 4), (3, 16), (3, 64)].map { classes, pixels in
            let kinds = (0..<classes).map { _ in (0..<pixels).map { _ in 0.1 + 0.8 * generator.uniform() } }
            let rows = (0..<90).map { n in
                (0..<pixels).map { d in (pixels < 64 || d > 0) && generator.bernoulli(kinds[n % classes][d]) }
            }
            let start = try Mixture(
                weights: (0..<classes).map { _ in 1 / Double(classes) },
                components: (0..<classes).map { _ in
                    try BernoulliVector(probabilities: (0..<pixels).map { _ in 0.25 + 0.5 * generator.uniform() })
                })
            let em = try EM(data: rows, start: start, stop: .maximumSteps(steps))
            return .init(
                name: "\(classes) classes of \(pixels) pixels",
                data: ["family": "bernoullis", "rows": rows.map { $0.map { $0 ? 1 : 0 } }],
                start: parameters(start) { ["probabilities": $0.probabilities] },
                expected: path(em, steps) { $0.probabilities })
        }
    }
}
