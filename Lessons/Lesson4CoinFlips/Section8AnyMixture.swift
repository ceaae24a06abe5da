import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 8: the same routine fits Gaussians, coins and binary images. Each fit is judged by the gradient of ℓ at its end.
struct AnyMixture {
    private let numbers: [Double]
    private let gaussians: Fit<Normal>
    private let sets: [HeadCount]
    private let coins: Fit<Binomial>
    private let images: [[Bool]]
    private let patterns: Fit<BernoulliVector>
    /// Images are squares of this many pixels to a side.
    private static let side = 4

    init(_ story: TwoCoins, seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed).stream(3)
        let heights = try Mixture(
            weights: [0.35, 0.65], components: [Normal(mean: -2, variance: 1), Normal(mean: 2.5, variance: 2.25)])
        numbers = heights.sample(count: 300, using: &generator).map(\.observation)
        gaussians = try Self.fit(
            numbers,
            from: Mixture(
                weights: [0.5, 0.5], components: [Normal(mean: -1, variance: 4), Normal(mean: 1, variance: 4)]))

        let truth = try binomialMixture(weights: story.weights, heads: story.heads, flips: 10)
        sets = truth.sample(count: 200, using: &generator).map(\.observation)
        coins = try Self.fit(sets, from: binomialMixture(weights: [0.5, 0.5], heads: [0.4, 0.6], flips: 10))

        let frame = Self.pixels { row, column in row == 0 || row == 3 || column == 0 || column == 3 }
        let cross = Self.pixels { row, column in row == column || row + column == 3 }
        let letters = try Mixture(
            weights: [0.5, 0.5], components: [frame, cross].map { try BernoulliVector(probabilities: $0) })
        images = letters.sample(count: 150, using: &generator).map(\.observation)
        let start = try Mixture<BernoulliVector>.randomStart(for: images, components: 2, using: &generator)
        patterns = try Self.fit(images, from: start)
    }

    /// One function for every kind of component: this is the claim that the section makes.
    private static func fit<C: Component>(_ data: [C.Observation], from start: Mixture<C>) throws -> Fit<C> {
        try EM(data: data, start: start, stop: .maximumSteps(400)).fit()
    }

    /// Ink where the pattern is, with a pixel wrong in eight.
    private static func pixels(_ isInk: (Int, Int) -> Bool) -> [Double] {
        (0..<side).flatMap { row in (0..<side).map { column in isInk(row, column) ? 0.875 : 0.125 } }
    }

    func explain(in report: inout Report) throws {
        report.section("The same routine for any mixture")
        report.prose(
            #"""
            Nothing in the loop knew about coins. EM asks two things of a component: its log density at an observation, and its best parameters
            for weighted data. It can fit whatever answers both. (A third, how to draw an observation, is for simulations.) The function
            below ran three times, on new data: \#(numbers.count) real numbers from two Gaussians, \#(sets.count) sets of ten flips,
            and \#(images.count) images of 4 × 4 black or white pixels, noisy copies of two patterns.
            """#)
        try report.code(
            "private static func fit<C: Component>", in: "Lessons/Lesson4CoinFlips/Section8AnyMixture.swift",
            caption: "All that is specific to a distribution is in the letter `C`:")
        report.figure(
            try figure(report),
            caption: #"""
                One routine on three kinds of data: numbers and head counts (grey) with the fitted mixtures (blue), and the two patterns that it
                found in noisy images, as the probability of ink in each pixel. Only the component was exchanged.
                """#)
        let gradients = [try gaussianGradient(), try coinGradient(), try patternGradient()]
        // The weight is free, and so is every pixel that is not on the border.
        let edge = patterns.mixture.components.count * Self.side * Self.side + 1 - gradients[2].count
        let steepest = gradients.map { $0.map(abs).max() ?? .nan }
        report.equation(
            "orie4742.any-mixture",
            formula:
                #"\frac{\partial \thinspace \loglik{\params}}{\partial \params} = 0 \quad \text{at the end of each fit}"#,
            numbers: #"""
                \text{Gaussians: } \ell = \#(gaussians.last.logLikelihood, .significant(6)), \quad
                \text{coins: } \ell = \#(coins.last.logLikelihood, .significant(6)), \quad
                \text{images: } \ell = \#(patterns.last.logLikelihood, .significant(6)); \quad
                \text{steepest slope: } \#(steepest.max() ?? .nan, .bound)
                """#,
            value: .vector([
                gaussians.last.logLikelihood, coins.last.logLikelihood, patterns.last.logLikelihood,
            ]),
            again: .property(
                "no slope is left where these three fits end",
                by: """
                    central differences of the log-likelihood with respect to all \
                    \(gradients.reduce(0) { $0 + $1.count }) free parameters
                    """,
                the: "steepest slope", is: steepest.max() ?? .nan, tolerance: .numericalMaximization),
            telling: .entry(0, "log-likelihood of the Gaussians"),
            note: """
                A slope of zero with respect to every parameter inside its domain is what the three ends have in common: where EM comes to rest there, no slope \
                is left. (On the border it may rest on a slope: from a probability of exactly 0 or 1 EM never moves away. \
                \(edge == 0 ? "Here no pixel has ended there" : edge == 1 ? "Here one pixel has, and is left out of the check" : "Here \(edge) pixels have, and are left out of the check").) Whether the ends are summits, and the highest ones, is another question: [lesson:10] asks it.
                """)
    }

    // MARK: Gradients of the log-likelihood by the free parameters

    private func gaussianGradient() throws -> [Double] {
        let end = gaussians.mixture
        let point = [end.weights[0]] + end.components.map(\.mean) + end.components.map(\.variance)
        return try CentralDifference.gradient(
            of: { p in
                try Mixture(
                    weights: [p[0], 1 - p[0]],
                    components: [Normal(mean: p[1], variance: p[3]), Normal(mean: p[2], variance: p[4])]
                ).logLikelihood(of: numbers)
            }, at: point)
    }

    private func coinGradient() throws -> [Double] {
        let end = coins.mixture
        return try CentralDifference.gradient(
            of: { p in
                try binomialMixture(weights: [p[0], 1 - p[0]], heads: [p[1], p[2]], flips: 10).logLikelihood(of: sets)
            }, at: [end.weights[0]] + end.heads)
    }

    /// By the weight, and by the pixels that are not exactly 0 or 1: there the maximum is on the edge of the domain.
    private func patternGradient() throws -> [Double] {
        let end = patterns.mixture
        let all = [end.weights[0]] + end.components.flatMap(\.probabilities)
        let free = all.indices.filter { all[$0] > 0 && all[$0] < 1 }
        let size = Self.side * Self.side
        return try CentralDifference.gradient(
            of: { values in
                var p = all
                for (index, value) in zip(free, values) { p[index] = value }
                return try Mixture(
                    weights: [p[0], 1 - p[0]],
                    components: [
                        BernoulliVector(probabilities: Array(p[1...size])),
                        BernoulliVector(probabilities: Array(p[(size + 1)...])),
                    ]
                ).logLikelihood(of: images)
            }, at: free.map { all[$0] })
    }

    // MARK: Figure

    private func figure(_ report: Report) throws -> Figure {
        let mixture = gaussians.mixture
        let gaussianPanel = Panel(
            title: "Gaussians", x: Axis("value"), y: Axis(),
            layers: [
                .histogram(numbers, bins: .count(30), scale: .density),
                .function(over: -6...8, style: LineStyle(.blue)) { mixture.density(at: $0) },
            ], legend: .none)
        let counts = (0...10).map { heads in sets.count { $0.heads == heads } }
        let fitted = coins.mixture
        let coinPanel = Panel(
            title: "Coins", x: Axis("heads in 10 flips", ticks: .integers), y: Axis(nil, includesZero: true),
            layers: [
                .bars(counts.enumerated().map { Point(Double($0), Double($1) / Double(sets.count)) }),
                .line(
                    (0...10).map { Point(Double($0), fitted.density(at: HeadCount(heads: $0, flips: 10))) },
                    style: LineStyle(.blue), marker: .circle),
            ], legend: .none)
        let side = Self.side
        /// The frame has ink in the middle of its upper edge, the cross has none there.
        func name(_ k: Int) -> String { patterns.mixture.components[k].probabilities[1] > 0.5 ? "a frame" : "a cross" }
        func image(_ k: Int) -> Panel {
            let p = patterns.mixture.components[k].probabilities
            let centres = (0..<side).map(Double.init)
            // Row 0 of an image is its top; the axis points upwards.
            let upright = (0..<side).reversed().flatMap { row in p[(row * side)..<((row + 1) * side)] }
            return Panel(
                title: Label("Pattern \(k + 1)"), x: Axis(ticks: .none), y: Axis(ticks: .none),
                layers: [
                    .heatMap(Grid(x: centres, y: centres, values: upright), scale: .white(to: .ink), range: 0...1)
                ],
                legend: .none, aspect: .equal)
        }
        return Figure(
            id: "any-mixture", title: "One routine, three kinds of data",
            subtitle:
                "Grey: data; blue: fitted mixtures. Patterns: probability of ink in each pixel, from white (0) to black (1)",
            alt: report.words(
                #"""
                Four panels: a histogram of numbers with the fitted density of two Gaussians, means
                \#(mixture.components.map(\.mean), .fixed(2)); head counts with the fitted mixture of two coins,
                \#(fitted.heads, .fixed(2)); and the two patterns found in binary images: \#(name(0)), and \#(name(1)).
                """#),
            panels: [gaussianPanel, coinPanel, image(0), image(1)], columns: 4, size: Size(width: 880, height: 330))
    }
}
