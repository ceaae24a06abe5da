import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 2: two summits, and which starts climb which.
struct Summits {
    let means: TwoMeans
    /// Where EM ends from starts in the right order, and in the wrong one.
    let ends: [[Double]]
    /// The point on the diagonal at which both Gaussians are one.
    let saddle: [Double]

    init(_ means: TwoMeans) throws {
        self.means = means
        ends = [TwoMeans.truth, TwoMeans.truth.reversed()].map { means.path(from: $0).last ?? $0 }
        let mean = means.rows.reduce(0, +) / Double(means.rows.count)
        saddle = [mean, mean]
    }

    /// The number of the end that is nearest.
    func end(of path: [[Double]]) -> Int {
        let last = path[path.count - 1]
        let distances = ends.map { hypot($0[0] - last[0], $0[1] - last[1]) }
        return distances[0] <= distances[1] ? 0 : 1
    }

    private var heights: [Double] { ends.map(means.logLikelihood) }
    /// The higher of the two.
    var best: Int { heights[0] >= heights[1] ? 0 : 1 }

    func explain(in report: inout Report) throws {
        report.section("Two summits")
        report.prose(
            #"""
            Forbid the needles: let both Gaussians have the known width 1. Then the log-likelihood is bounded, a highest summit exists, and yet EM
            need not find it. The setting is that of Duda and Hart's textbook, with numbers drawn anew: \#(TwoMeans.counts[0]) from a Gaussian with mean
            \#(TwoMeans.truth[0], .significant(2)), and \#(TwoMeans.counts[1]) from one with mean \#(TwoMeans.truth[1], .significant(2)). The weights
            $\weight{1} = 1/3$ and $\weight{2} = 2/3$ are known, too. Only the two means are unknown, so the log-likelihood is a landscape over
            a plane, and can be drawn.
            """#)
        report.predict(
            "How many summits has the landscape, if the weights are known and different?",
            answer: #"""
                Two. On one, each Gaussian sits on its own group. On the other they have changed places, and the heavy Gaussian sits on the small group. The curvatures below show that both are
                summits; \#(best == 0 ? "the second" : "here it is the first that") is \#(heights[best] - heights[1 - best], .fixed(2)) lower.
                """#)
        try equation(in: &report)
        report.figure(
            try figure(report),
            caption: #"""
                The landscape over the two means, and EM from \#(Self.startsShown.count) starts. Above the diagonal all climb the summit at
                \#(ends[0], .fixed(2)); below it all climb the other, at \#(ends[1], .fixed(2)). The white cross on the diagonal is a saddle.
                """#)
        report.prose(
            #"""
            **Which starts climb which summit?** Those above the diagonal, where $\mean{1} \lt \mean{2}$, the one; those below, the other: these are the two *basins*. That is no accident of these
            data. If $\mean{1} \lt \mean{2}$, then the share of the second Gaussian in a point grows with the point. So its new mean
            is to the right of that of the first, and $\mean{1} \lt \mean{2}$ holds again. **EM never exchanges the two**, in any round. What the start says about
            who is left and who is right is never questioned again, whatever the data say. \#(try basins())

            And a start *on* the diagonal? Two equal Gaussians get equal shares of every point and have the same mean in the next round: EM goes to
            \#(saddle, .fixed(2)) in one step and stays. The log-likelihood there is \#(means.logLikelihood(saddle), .fixed(2)), and
            one of the curvatures is positive: it is a *saddle*, the pass between the two summits. [fig:saddle] is about another one.
            """#)
        report.define(nil, "basin", "all starts from which EM ends at the same point")
        report.define(
            nil, "local maximum",
            "a point that is higher than all its neighbours, but perhaps not than points farther away")
        try agreement(in: &report)
    }

    private func equation(in report: inout Report) throws {
        let places = ends + [saddle]
        let value = places.map { [means.logLikelihood($0)] + means.curvatures($0) }
        let again = try places.map { place -> [Double] in
            let h = try CentralDifference.hessian(
                of: { try means.mixture($0).logLikelihood(of: means.rows) }, at: place)
            return [try means.mixture(place).logLikelihood(of: means.rows)] + (try symmetricEigenvalues(of: h))
        }
        report.equation(
            "cs229.local-optima",
            formula: #"""
                \loglik{\params} = \sumobs \nlog \sumclasses \weight{k} \normal{\obs{n}}{\mean{k}}{1} \quad
                \text{has several local maxima, and is neither convex nor concave}
                """#,
            numbers: #"""
                \begin{aligned}
                \text{at } \#(ends[best], .fixed(2)) \colon & \quad \ell = \#(value[best][0], .fixed(2)), \text{ curvatures } \#(value[best][1], .fixed(2)) \text{ and } \#(value[best][2], .fixed(2)) \cr
                \text{at } \#(ends[1 - best], .fixed(2)) \colon & \quad \ell = \#(value[1 - best][0], .fixed(2)), \text{ curvatures } \#(value[1 - best][1], .fixed(2)) \text{ and } \#(value[1 - best][2], .fixed(2)) \cr
                \text{at } \#(saddle, .fixed(2)) \colon & \quad \ell = \#(value[2][0], .fixed(2)), \text{ curvatures } \#(value[2][1], .fixed(2)) \text{ and } \#(value[2][2], .fixed(2))
                \end{aligned}
                """#,
            value: .matrix(value),
            again: .difference(
                .matrix(again), "the package's log-likelihood, and the eigenvalues of its second differences",
                tolerance: .hessian, relative: true),
            telling: .entry(1 - best, 0, "log-likelihood of the lower summit"),
            note: #"""
                Both curvatures are negative on a summit. Where one is negative and one positive the function is neither convex nor concave.
                """#)
    }

    /// The claim about the basins, counted on pairs of rows.
    private func basins() throws -> Prose {
        let (asked, kept) = try pairs()
        return asked == kept
            ? "All \(asked) ordered pairs of two different rows, tried as starts, bear it out."
            : "Of \(asked) ordered pairs of two different rows, tried as starts, \(kept) bear it out."
    }

    private func pairs() throws -> (asked: Int, kept: Int) {
        var (asked, kept) = (0, 0)
        for a in means.rows {
            for b in means.rows where a != b {
                asked += 1
                if end(of: means.path(from: [a, b])) == (a < b ? 0 : 1) { kept += 1 }
            }
        }
        return (asked, kept)
    }

    /// The written-out rounds end where the package's EM ends.
    private func agreement(in report: inout Report) throws {
        let starts = [[means.rows[0], means.rows[20]], [means.rows[20], means.rows[0]]]
        report.check(
            "package-ends", value: .matrix(starts.map { means.path(from: $0).last ?? $0 }),
            again: .search(
                .matrix(try starts.map { try means.em(from: $0).fit().mixture.components.map(\.mean) }),
                "the package's EM, which knows logarithms of densities only"))
    }

    // MARK: Figure

    private static let startsShown: [[Double]] = [
        [-3.6, -2.6], [-3.6, 1], [-2.6, 3.6], [-0.6, 3.6], [2.6, 3.6], [-1, 0.2], [0.6, 1.6],
        [-2.6, -3.6], [1, -3.6], [3.6, -2.6], [3.6, -0.6], [3.6, 2.6], [0.2, -1], [1.6, 0.6],
    ]

    private func figure(_ report: Report) throws -> Figure {
        let range = -4.2...4.2
        let grid = Grid(x: range, y: range, columns: 71, rows: 71) { means.logLikelihood([$0, $1]) }
        let top = heights[best]
        let floor = means.logLikelihood(saddle)
        let levels = [
            floor - 60, floor - 40, floor - 25, floor - 12, floor - 4, floor + 0.25 * (top - floor),
            floor + 0.5 * (top - floor), floor + 0.75 * (top - floor), top - 0.04 * (top - floor),
        ]
        let paths = Self.startsShown.flatMap { start -> [Layer] in
            let path = means.path(from: start)
            let color: Color = end(of: path) == 0 ? .blue : .vermillion
            return [
                .line(path.map { Point($0[0], $0[1]) }, style: LineStyle(color, width: 2)),
                .scatter([Point(start[0], start[1])], style: MarkerStyle(color, .circle, size: 7)),
            ]
        }
        func note(_ place: [Double], _ text: String, _ anchor: Anchor, _ dx: Double, _ dy: Double) -> Layer {
            .annotation(
                Label(text), at: Point(place[0] + dx, place[1] + dy), anchor: anchor)
        }
        let format = NumberFormat.fixed(1)
        let panel = Panel(
            x: Axis(try report.label(#"$\mean{1}$ (weight 1/3)"#), range: range, ticks: .at([-4, -2, 0, 2, 4])),
            y: Axis(try report.label(#"$\mean{2}$ (weight 2/3)"#), range: range, ticks: .at([-4, -2, 0, 2, 4])),
            layers: [
                .heatMap(grid, range: (floor - 60)...top, title: "log-likelihood"),
                .contour(grid, levels: levels, style: LineStyle(.white.opacity(0.55), width: 1)),
                .line([Point(-4.2, -4.2), Point(4.2, 4.2)], style: LineStyle(.white, width: 1.4, dash: .dashed)),
            ] + paths + [
                .scatter([Point(saddle[0], saddle[1])], style: MarkerStyle(.white, .cross, size: 13)),
                .scatter(
                    ends.map { Point($0[0], $0[1]) }, style: MarkerStyle(.ink, .diamond, size: 12)),
                note(ends[0], format.string(heights[0]), .bottomRight, -0.1, 0.15),
                note(ends[1], format.string(heights[1]), .topLeft, 0.1, -0.15),
            ], legend: .none, aspect: .equal)
        return Figure(
            id: "two-summits", title: "Which summit EM climbs was decided by the start",
            subtitle: "Circles: starts; diamonds: ends; dashed: equal means",
            alt: report.words(
                #"""
                A landscape over two means with two summits, at \#(ends[0], .fixed(2)) with log-likelihood \#(heights[0], .fixed(1)) and at \#(ends[1], .fixed(2)) with
                \#(heights[1], .fixed(1)). Paths of EM from \#(Self.startsShown.count) starts: those above the diagonal end at the first, those below at the second.
                """#),
            panels: [panel], size: Size(width: 700, height: 640))
    }
}
