import Foundation
import LessonKit
import MixtureModels

@testable import Steppers

/// Data and starts on which two implementations of EM are compared.
enum Problems {
    static func all(steps: Int) throws -> [AgreementTests.Problem] {
        var generator = SeededGenerator(seed: 16)
        return try gaussians(steps, &generator) + coins(steps, &generator) + kMeans(steps, &generator)
            + withPrior(steps, &generator) + images(steps, &generator)
    }

    /// Rows around K centres that are drawn at random, in D dimensions.
    static func rows(_ count: Int, around classes: Int, dimension: Int, _ generator: inout SeededGenerator)
        -> [[Double]]
    {
        let centres = (0..<classes).map { _ in (0..<dimension).map { _ in 6 * generator.uniform() } }
        return (0..<count).map { n in centres[n % classes].map { $0 + generator.standardNormal() } }
    }

    private static func gaussians(_ steps: Int, _ generator: inout SeededGenerator) throws -> [AgreementTests.Problem] {
        var problems: [AgreementTests.Problem] = []
        for (classes, dimension) in [(2, 2), (3, 2), (2, 3), (1, 2)] {
            let rows = rows(150, around: classes, dimension: dimension, &generator)
            for (attempt, shape) in CovarianceShape.allCases.enumerated() {
                let start = try Mixture(
                    weights: (0..<classes).map { _ in 1 / Double(classes) },
                    components: (0..<classes).map { _ in
                        try MultivariateNormal(
                            mean: (0..<dimension).map { _ in 6 * generator.uniform() },
                            covariance: (1 + Double(attempt)) * Matrix.identity(dimension))
                    })
                let em = try EM(data: rows, start: start, estimator: .covariance(shape), stop: .maximumSteps(steps))
                let expected = path(em, steps) { $0.mean + $0.covariance.values }
                let held: [String: Any] = shape == .full ? [:] : ["covariances": shape.rawValue]
                problems.append(
                    .init(
                        name: "\(classes) Gaussians, \(shape)",
                        data: ["family": "gaussians", "rows": rows, "held": held],
                        start: parameters(start) { ["mean": $0.mean, "covariance": $0.covariance.rowVectors] },
                        expected: expected))
            }
        }
        return problems
    }

    private static func coins(_ steps: Int, _ generator: inout SeededGenerator) throws -> [AgreementTests.Problem] {
        var problems: [AgreementTests.Problem] = []
        for flips in [1, 10] {
            let sets = (0...flips).map { HeadCount(heads: $0, flips: flips) }
            let counts = sets.map { _ in Double(1 + generator.integer(below: 30)) }
            for (rule, knows) in [(WeightRule.free, false), (.fixed, false), (.fixed, true)] {
                for _ in 0..<2 {
                    let weight = 0.2 + 0.6 * generator.uniform()
                    let start = try Mixture(
                        weights: [weight, 1 - weight],
                        components: [0.1, 0.5].map {
                            try Binomial(trials: flips, probability: $0 + 0.35 * generator.uniform())
                        })
                    let known = start.components[1]
                    let one = Estimator<Binomial> { (all: [Binomial.Statistics]) in
                        [try Binomial.estimate(from: all[0]), known]
                    }
                    let em = try EM(
                        data: sets, counts: counts, start: start, weights: rule,
                        estimator: knows ? one : .maximumLikelihood, stop: .maximumSteps(steps))
                    var held: [String: Any] = ["weights": rule == .fixed]
                    if knows { held["components"] = [1] }
                    problems.append(
                        .init(
                            name: "coins, \(flips) flips, \(rule)",
                            data: [
                                "family": "coins", "rows": sets.map { [$0.heads, $0.flips] }, "counts": counts,
                                "held": held,
                            ],
                            start: parameters(start) { ["heads": $0.probability] },
                            expected: path(em, steps) { [$0.probability] }))
                }
            }
        }
        return problems
    }

    private static func kMeans(_ steps: Int, _ generator: inout SeededGenerator) throws -> [AgreementTests.Problem] {
        try [2, 3, 5].map { classes in
            let rows = rows(90, around: classes, dimension: 2, &generator)
            var places = Array(rows.indices)
            generator.shuffle(&places)
            let round = 0.5 * Matrix.identity(2)
            let start = try Mixture(
                weights: (0..<classes).map { _ in 1 / Double(classes) },
                components: places.prefix(classes).map { try MultivariateNormal(mean: rows[$0], covariance: round) })
            let em = try EM(
                data: rows, start: start, weights: .fixed, estimator: .means(covariance: round), assignment: .hard,
                stop: .maximumSteps(steps))
            /// The distortion of centres for given clusters: minus what the page calls bound.
            func distortion(_ centres: [[Double]], _ q: Matrix) -> Double {
                rows.indices.reduce(0) { sum, n in
                    let centre = centres[q.row(n).firstIndex(of: 1) ?? 0]
                    return sum + zip(rows[n], centre).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
                }
            }
            var expected: [[Double]] = []
            var before: Matrix?
            for step in em.prefix(steps) {
                let centres = step.mixture.components.map(\.mean)
                let q = step.responsibilities
                expected.append(
                    centres.flatMap { $0 } + [-distortion(centres, q)]
                        + (before.map { [-distortion(centres, $0)] } ?? []))
                before = q
            }
            return .init(
                name: "K-means, \(classes) clusters", data: ["family": "kmeans", "rows": rows],
                start: parameters(start) { ["mean": $0.mean] }, expected: expected)
        }
    }

    static func parameters<C>(_ mixture: Mixture<C>, _ component: (C) -> [String: Any]) -> [String: Any] {
        ["weights": mixture.weights, "components": mixture.components.map(component)]
    }

    /// Every iterate of a run of the core, as the browser lists it.
    static func path<C>(_ em: EM<C>, _ steps: Int, _ numbers: (C) -> [Double]) -> [[Double]] {
        var list: [[Double]] = []
        var before: Matrix?
        for step in em.prefix(steps) {
            let bound = before.map { q in
                step.mixture.expectedCompleteLogLikelihood(of: em.data, counts: em.counts, responsibilities: q)
                    + entropy(ofResponsibilities: q, counts: em.counts)
            }
            list.append(
                step.mixture.weights + step.mixture.components.flatMap(numbers) + [step.logLikelihood]
                    + (bound.map { [$0] } ?? []))
            before = step.responsibilities
        }
        return list
    }
}

extension Matrix {
    var rowVectors: [[Double]] { (0..<rows).map { Array(row($0)) } }
}

/// Where the package is.
enum PackagePaths {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let page = root.appending(path: "Sources/Steppers/Page")
}
