import Foundation
import LessonKit
import MixtureModels
import Notebook
import Verification

/// Section 5: maxima that differ in names only.
struct Labels {
    private let study: Study
    private let parts: [PlaneEM.Part]

    init(_ study: Study) throws {
        self.study = study
        // A summit of ℓ itself: the prior's ends maximise something else.
        guard
            let best = Study.best(study.ml, where: { !$0.hasCollapsed && !Spurious.isNarrow($0) })
                ?? Study.best(study.ml)
        else { throw LessonError.unexpected("every run collapsed") }
        let em = PlaneEM(study.rows, .none, smallest: 1e-5 * study.spread.squareRoot())
        let settled = em.run(from: study.ml[best].parts, change: 1e-15, most: 20_000)
        parts = settled.hasCollapsed ? study.ml[best].parts : settled.parts
    }

    /// All orders of the classes, in the order of a dictionary.
    static func orders(_ count: Int) -> [[Int]] {
        guard count > 1 else { return [Array(0..<count)] }
        return (0..<count).flatMap { first in
            orders(count - 1).map { [first] + $0.map { $0 < first ? $0 : $0 + 1 } }
        }
    }

    private var isSound: Bool {
        let most = parts.map(\.spreads.most).max() ?? 1
        return parts.allSatisfy { $0.spreads.least >= Spurious.leastRatio * most }
    }

    func explain(in report: inout Report) throws {
        let orders = Self.orders(parts.count)
        let mixture = try PlaneEM.mixture(parts)
        report.section("Maxima that differ in names only")
        report.prose(
            #"""
            In the landscape of [fig:two-summits] the weights were known and different, so that the two summits were different answers. When all parameters are free, there is a harmless kind of
            several maxima: **the same answer with other names**. Here are \#(study.rows.count) points in the plane, drawn from three Gaussians, and a mixture of three
            fitted to them: a local maximum of the log-likelihood, the best that \#(study.ml.count) runs of EM found, \#(isSound ? "needles apart (section 7)" : "though one of its Gaussians is a needle (section 7)"). Call the first Gaussian the second, and the second the first, weights and all: the sum over the classes has the same terms in another order.
            """#)
        let values = try orders.map { try mixture.relabelled($0).logLikelihood(of: study.rows) }
        let plain = study.rows.reduce(0.0) { sum, row in
            sum
                + log(
                    parts.reduce(0) {
                        $0 + $1.weight
                            * planeDensity(row, mean: [$1.x, $1.y], covariance: [[$1.xx, $1.xy], [$1.xy, $1.yy]])
                    })
        }
        report.equation(
            "orie4742.label-switching",
            formula: #"""
                \loglik{\params_{\tau}} = \loglik{\params} \quad \text{for each of the } \classcount ! \text{ orders } \tau \text{ of the classes}
                """#,
            numbers: #"""
                \classcount ! = \#(parts.count) ! = \#(orders.count) \text{ orders, each with } \ell = \#(values[0], .fixed(3))
                """#,
            value: .vector(values),
            again: .exact(
                .vector(orders.map { _ in plain }),
                "densities and sums written out for the first order, and the same number for all others",
                tolerance: .rounding(scale: 1000)),
            telling: .entry(0, "log-likelihood of each order"))
        report.table(
            ["order", "mean of the first", "mean of the second", "mean of the third", #"$\loglik{\params}$"#],
            rows: zip(orders, values).map { order, value in
                [Prose(order.map { "\($0 + 1)" }.joined(separator: ", "))]
                    + order.map { "\([parts[$0].x, parts[$0].y], .fixed(2))" } + ["\(value, .fixed(3))"]
            }, caption: "One answer, \(orders.count) points in the space of parameters.")
        let count = Double(parts.count)
        let blurred = try averaged(over: Array(parts.indices))
        let half = try averaged(over: Array(parts.indices.suffix(2)))
        report.prose(
            #"""
            The slide calls these alternate maxima “benign”, and for one fit they are. They bite when fits are **put together**. Take the average of the parameters over the six rows of the table, as one might over six runs or six
            samples of a program for Bayesian inference: every Gaussian gets the weight \#(1 / count, .fixed(3)) and the same mean and covariance, and the log-likelihood
            falls from \#(values[0], .fixed(2)) to \#(blurred, .fixed(2)). And half-way between the first two rows, where the second and the third Gaussian have become one, it is \#(half, .fixed(2)): between maxima that differ
            in names only there is a valley, too, and often a deep one. Bring the classes into one order first, for instance by the mean of one column; or
            average what does not depend on names, such as the density at a point, or the probability that two rows belong together. And since the answer comes in $\classcount !$ copies, made by *label switching*,
            two runs must not be called different before their classes have been matched. [Lesson:5] has more about names.
            """#)
        let place = PlaneCoordinates(parts)
        let rows = study.rows
        report.check(
            "labels-summit", value: .number(values[0]),
            again: .search(
                .number(
                    try NewtonAscent.maximum(
                        of: { place.logLikelihood(of: rows, at: $0) }, from: place.origin
                    ).value), "Newton's method from there"))
        report.define(
            nil, "label switching",
            #"exchanging the names of the classes: $\classcount !$ parameter vectors, one distribution"#)
    }

    /// ℓ where some of the Gaussians, and their weights, are all replaced by their average.
    private func averaged(over classes: [Int]) throws -> Double {
        func mean(_ value: (PlaneEM.Part) -> Double) -> Double {
            classes.map { value(parts[$0]) }.reduce(0, +) / Double(classes.count)
        }
        let part = PlaneEM.Part(
            weight: mean(\.weight), x: mean(\.x), y: mean(\.y), xx: mean(\.xx), xy: mean(\.xy), yy: mean(\.yy))
        return try PlaneEM.mixture(parts.indices.map { classes.contains($0) ? part : parts[$0] }).logLikelihood(
            of: study.rows)
    }
}
