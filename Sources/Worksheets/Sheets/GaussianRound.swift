import Figures
import Foundation
import Notebook
import Verification

extension Worksheet {
    /// One round of EM for six points and two Gaussians.
    static let gaussianRound = Worksheet(
        name: "gaussian-round", lesson: 3, title: "One round of EM for six points", model: .gaussians
    ) { draw in
        let low = draw.integer(4...8)
        let means = [Double(low), Double(low + draw.integer(4...8))]
        let sds = draw.different(2, of: [1.5, 2, 2.5, 3])
        let weight = Double(draw.one(of: [30, 35, 40, 45, 55, 60, 65, 70])) / 100
        let points = draw.different(6, of: Array(1...20)).sorted().map(Double.init)
        return GaussianRound(
            points: points, weights: [weight, 1 - weight], means: means, sds: sds, missing: draw.integer(0...5)
        ).draft
    }
}

/// Six numbers, and where EM stands.
private struct GaussianRound {
    let points: [Double]
    let weights: [Double]
    let means: [Double]
    let sds: [Double]
    /// The point whose responsibility is not on the sheet, counted from 0.
    let missing: Int

    private func joint(_ x: Double, _ k: Int, half: Double = 0.5, hasWeight: Bool = true, hasFactor: Bool = true)
        -> Double
    {
        let deviation = (x - means[k]) / sds[k]
        return (hasWeight ? weights[k] : 1) / (hasFactor ? sds[k] : 1) * exp(-half * deviation * deviation)
    }

    private func share(_ x: Double, half: Double = 0.5, hasWeight: Bool = true, hasFactor: Bool = true) -> Double {
        let both = (0...1).map { joint(x, $0, half: half, hasWeight: hasWeight, hasFactor: hasFactor) }
        return both[0] / (both[0] + both[1])
    }

    /// Responsibilities of class 1: as on the sheet, with three decimals, and the missing one in full precision.
    private var shares: [Double] {
        points.indices.map { $0 == missing ? share(points[$0]) : rounded(share(points[$0]), 3) }
    }

    /// The M-step for class 1.
    private struct Update {
        let count, mean, variance: Double

        init(_ shares: [Double], _ points: [Double], roundsMean: Bool = false) {
            count = shares.reduce(0, +)
            let exact = zip(shares, points).reduce(0) { $0 + $1.0 * $1.1 } / count
            let mean = roundsMean ? rounded(exact, 2) : exact
            variance = zip(shares, points).reduce(0) { $0 + $1.0 * ($1.1 - mean) * ($1.1 - mean) } / count
            self.mean = mean
        }
    }

    var draft: Worksheet.Draft? {
        let shares = shares
        guard (0.1...0.9).contains(shares[missing]), shares.contains(where: { $0 > 0.9 }),
            shares.contains(where: { $0 < 0.1 }),
            let torn = Choice.largest(shares.map { -abs($0 - 0.5) }, margin: 0.05)
        else { return nil }
        let update = Update(shares, points)
        let byHand = Update(shares.map { rounded($0, 3) }, points, roundsMean: true)
        return Worksheet.Draft(
            story: story,
            questions: [
                responsibility, count(update, byHand), mean(update, byHand), variance(update, byHand), undecided(torn),
                line(update),
            ])
    }

    private var story: [Passage] {
        [
            .prose(
                #"""
                Six points are to be described by two Gaussians. EM stands at these parameters: weights
                $\weight{1} = \#(weights[0], .fixed(2))$ and $\weight{2} = \#(weights[1], .fixed(2))$, means
                $\mean{1} = \#(means[0], .fixed(0))$ and $\mean{2} = \#(means[1], .fixed(0))$, standard deviations
                $\sd{1} = \#(sds[0], .fixed(1))$ and $\sd{2} = \#(sds[1], .fixed(1))$. The E-step is nearly done: of the
                responsibilities of class 1 only one is missing.
                """#),
            .table(
                [""] + (1...6).map { #"$\obs{\#($0)}$"# as Prose },
                [
                    ["point"] + points.map { #"\#($0, .fixed(0))"# as Prose },
                    [#"$\resp{n}{1}$"#]
                        + shares.enumerated().map {
                            $0.offset == missing ? "?" as Prose : #"\#($0.element, .fixed(3))"#
                        },
                ]),
        ]
    }

    private var responsibility: Question {
        let x = points[missing]
        let (answer, place) = (share(x), missing + 1)
        let (weights, means, sds) = (weights, means, sds)
        return .number(
            "a", "the missing responsibility",
            #"Compute the missing responsibility $\resp{\#(place)}{1}$, of class 1 for the point \#(x, .fixed(0))."#,
            answer,
            .decimals(3),
            working: #"""
                \frac{\#(joint(x, 0), .significant(4))}{\#(joint(x, 0), .significant(4)) + \#(joint(x, 1), .significant(4))} =
                \#(answer, .fixed(3)) \quad \text{(the common factor } 1 / \sqrt{2 \pi} \text{ left out)}
                """#,
            slips: [
                Slip(
                    share(x, hasWeight: false), "The weights are missing: each density counts with its class's weight."),
                Slip(1 - answer, "That is the responsibility of class 2."),
                Slip(share(x, half: 1), "The factor 1/2 in the exponent is missing."),
                Slip(
                    share(x, hasFactor: false),
                    "The factor in front of the exponential is missing: a narrow Gaussian is higher, by 1 over its standard deviation."
                ),
            ]
        ) {
            let posterior = try Assignments(items: 1, classes: 2).expectation(of: { $0[0] == 0 ? 1 : 0 }) { z in
                let variance = sds[z[0]] * sds[z[0]]
                return log(weights[z[0]]) - (log(2 * .pi * variance) + pow(x - means[z[0]], 2) / variance) / 2
            }
            return .exact(.number(posterior), "an average over the two classes, in logarithms")
        }
    }

    private func count(_ update: Update, _ byHand: Update) -> Question {
        let shares = shares
        return .number(
            "b", "the effective count", #"How many points does class 1 have, in effect: $\effcount{1}$?"#, update.count,
            .decimals(2), working: #"\effcount{1} = \#(update.count, .fixed(2))"#, byHand: byHand.count,
            slips: [
                Slip(6 - update.count, "That is the effective count of class 2."),
                Slip(
                    Double(shares.count { $0 > 0.5 }),
                    "The points were counted whole. In EM each counts with its responsibility."),
                Slip(update.count / 6, "That is the new weight: the effective count divided by the number of points."),
            ]
        ) {
            let count = try Assignments(items: 6, classes: 2).expectation(of: { z in Double(z.count { $0 == 0 }) }) {
                z in
                zip(z, shares).reduce(0) { $0 + log($1.0 == 0 ? $1.1 : 1 - $1.1) }
            }
            return .exact(.number(count), "an average over all 64 labellings", tolerance: .enumeration)
        }
    }

    private func mean(_ update: Update, _ byHand: Update) -> Question {
        let (shares, points) = (shares, points)
        let hard = zip(shares, points).filter { $0.0 > 0.5 }.map(\.1)
        let sum = zip(shares, points).reduce(0) { $0 + $1.0 * $1.1 }
        let other = Update(shares.map { 1 - $0 }, points)
        return .number(
            "c", "the new mean", #"What is the new mean $\mean{1}$?"#, update.mean, .decimals(2),
            working: #"\frac{\#(sum, .fixed(2))}{\#(update.count, .fixed(2))} = \#(update.mean, .fixed(2))"#,
            byHand: byHand.mean,
            slips: [
                Slip(
                    sum / 6, "The sum was divided by the number of points. Divide by the effective count of the class."),
                Slip(other.mean, "That is the new mean of class 2."),
                Slip(
                    hard.reduce(0, +) / Double(max(1, hard.count)),
                    "The points were given to their likelier class as wholes. In EM each counts with its responsibility."
                ),
                Slip(points.reduce(0, +) / 6, "That is the mean of all points: the responsibilities are missing."),
            ]
        ) {
            func weightedSquares(around mean: Double) -> Double {
                var sum = 0.0
                for (share, x) in zip(shares, points) { sum += share * (x - mean) * (x - mean) }
                return sum
            }
            let found = try GoldenSection.maximum(of: { -weightedSquares(around: $0) }, in: 0...21)
            return .search(
                .number(found.argument), "a search for the mean with the largest Q", tolerance: .goldenSection)
        }
    }

    private func variance(_ update: Update, _ byHand: Update) -> Question {
        let (shares, points) = (shares, points)
        let old = update.variance + pow(update.mean - means[0], 2)
        let around = points.reduce(0, +) / 6
        return .number(
            "d", "the new variance", #"And the new variance $\variance{1}$, around the new mean?"#, update.variance,
            .decimals(1),
            working: #"""
                \frac{\#(update.variance * update.count, .fixed(2))}{\#(update.count, .fixed(2))} = \#(update.variance, .fixed(1))
                """#, byHand: byHand.variance,
            slips: [
                Slip(old, "The squares were taken around the old mean. The M-step takes the new one."),
                Slip(
                    update.variance * update.count / 6,
                    "The sum was divided by the number of points. Divide by the effective count of the class."),
                Slip(
                    update.variance * update.count / (update.count - 1),
                    "The sum was divided by one less than the effective count. The maximum of the likelihood has the effective count."
                ),
                Slip(update.variance.squareRoot(), "That is the standard deviation; asked is the variance."),
                Slip(
                    points.reduce(0) { $0 + pow($1 - around, 2) } / 6,
                    "That is the variance of all points: the responsibilities are missing."),
            ]
        ) {
            // Half the mean squared distance of two points, drawn with the responsibilities.
            var sum = 0.0
            for (one, x) in zip(shares, points) {
                for (other, y) in zip(shares, points) { sum += one * other * (x - y) * (x - y) }
            }
            let total = shares.reduce(0, +)
            return .exact(.number(sum / (2 * total * total)), "distances between pairs of points")
        }
    }

    private func undecided(_ torn: Int) -> Question {
        // Who is least decided has the largest entropy.
        let entropies = shares.map { -$0 * log($0) - (1 - $0) * log(1 - $0) }.map { $0.isNaN ? 0 : $0 }
        return .choice(
            "e", "the least decided point", "For which of the six points is it least decided where it belongs?",
            points.map {
                Choice.Option(
                    #"\#($0, .fixed(0))"#, "Its responsibility is farther from one half than that of another point.")
            },
            right: torn, again: entropies.indices.max { entropies[$0] < entropies[$1] } ?? 0,
            reason: #"Its responsibility, \#(shares[torn], .fixed(3)), is the nearest to one half."#)
    }

    private func line(_ update: Update) -> Question {
        let (mean, sd) = (update.mean, update.variance.squareRoot())
        func figure(_ id: String, _ layers: [Layer], _ alt: String) -> Figure {
            Figure(
                id: id, title: "Six points and class 1", alt: alt,
                panels: [
                    Panel(
                        x: Axis("x", range: 0...21, ticks: .at(stride(from: 0, through: 20, by: 2).map { $0 })),
                        y: Axis(range: 0...3, ticks: .none), layers: layers, legend: .none)
                ], size: Size(width: 520, height: 170))
        }
        let dots = Layer.scatter(points.map { Point($0, 0.4) }, style: MarkerStyle(.ink, .circle, size: 7))
        let band = Layer.line(
            [Point(mean - sd, 1.3), Point(mean + sd, 1.3)], style: LineStyle(.blue, width: 4))
        let marks: [Layer] = [
            dots, band,
            .scatter([Point(mean, 1.3)], style: MarkerStyle(.blue, .diamond, size: 12)),
            .annotation("new", at: Point(mean, 1.8), anchor: .bottom, color: .blue),
            .scatter([Point(means[0], 2.4)], style: MarkerStyle(.grey, .diamond, size: 10)),
            .annotation("old mean", at: Point(means[0] + 0.3, 2.4), anchor: .left, color: .grey),
        ]
        return .drawing(
            "f", "the round on a line",
            "Mark the old and the new mean of class 1, and draw the interval of one new standard deviation to either side of the new mean.",
            paper: figure("paper", [dots], "Six points on a line from 0 to 20."),
            answer: figure(
                "answer", marks,
                (#"The new mean \#(mean, .fixed(2)) with the interval from \#(mean - sd, .fixed(2)) to \#(mean + sd, .fixed(2))."#
                    as Prose)
                    .source),
            lookFor: #"""
                Old mean \#(means[0], .fixed(0)), new mean \#(mean, .fixed(2)); the interval reaches from \#(mean - sd, .fixed(1)) to
                \#(mean + sd, .fixed(1)).
                """#)
    }
}
