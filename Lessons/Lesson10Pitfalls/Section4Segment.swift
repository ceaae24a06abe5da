import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 4: what lies between two summits, and what “not convex” has to do with it.
struct Segment {
    private let summits: Summits
    private let means: TwoMeans
    private let from: [Double]
    private let step: [Double]
    /// Where on the way the log-likelihood is lowest.
    private let valley: Double

    init(_ summits: Summits) throws {
        self.summits = summits
        means = summits.means
        let (a, b) = (summits.ends[summits.best], summits.ends[1 - summits.best])
        from = a
        step = [b[0] - a[0], b[1] - a[1]]
        let (start, move, model) = (from, step, means)
        func height(_ s: Double) -> Double {
            model.logLikelihood([start[0] + s * move[0], start[1] + s * move[1]])
        }
        valley = try GoldenSection.maximum(of: { -height($0) }, in: 0.1...0.9).argument
    }

    private func place(_ s: Double) -> [Double] { [from[0] + s * step[0], from[1] + s * step[1]] }
    private func height(_ s: Double) -> Double { means.logLikelihood(place(s)) }
    private func curvature(_ s: Double) -> Double { means.curvature(at: place(s), along: step) }

    func explain(in report: inout Report) throws {
        report.section("Between two summits")
        let depth = height(1) - height(valley)
        // On the diagonal both Gaussians are one, and the best single Gaussian has the mean of all rows.
        let pass = means.logLikelihood(summits.saddle)
        report.prose(
            #"""
            Walk in a straight line from one summit to the other. The log-likelihood falls from \#(height(0), .fixed(2)) to
            \#(height(valley), .fixed(2)) and rises again to \#(height(1), .fixed(2)). To leave the lower summit for the higher one, one has to go down by
            \#(depth, .fixed(2)) on this line. There are easier ways, but every way crosses the diagonal of [fig:two-summits], where no point is higher than the pass, \#(pass, .fixed(2)): so it costs at least
            \#(height(1) - pass, .fixed(2)). **A summit is a fixed point: EM does not move from it**, and it is not a matter of patience. More rounds do not help, only another start does.

            With $s$ from 0 to 1 along the line, the second derivative says how it bends:
            """#)
        try equation(in: &report)
        report.figure(
            figure(report),
            caption: #"""
                The log-likelihood on the straight line between the summits: blue where it bends downwards, as a concave function would everywhere, orange
                where it bends upwards.
                """#)
        report.prose(
            #"""
            A *concave* function bends downwards everywhere, and two summits with a valley between them are impossible. That is the property one would
            want of something to be maximised. The slide speaks of another:
            """#)
        let count = Double(means.rows.count)
        let mean = means.rows.reduce(0, +) / count
        report.erratum(
            "errata.orie4742.concave",
            printed: #"The log-likelihood is “non-convex”, so it is “unclear if unique maxima”."#,
            corrected: #"""
                Non-*concave*. For something that is to be *minimised*, convexity is what makes all well; for something to be maximised it is concavity. That a function is not convex says nothing
                against a unique maximum.
                """#,
            shown: #"""
                The log-likelihood of the mean of a *single* Gaussian with standard deviation 1, for these \#(means.rows.count) numbers, has the second derivative
                \#(-count, .significant(4)) everywhere: it is not convex either, and it has exactly one maximum, at \#(mean, .fixed(3)). The
                mixture's is not concave: its second derivative on the line above is \#(curvature(valley), .fixed(1)) in the valley.
                """#)
        let rows = means.rows
        report.check(
            "single-gaussian", value: .number(-count),
            again: .difference(
                .number(
                    try CentralDifference.hessian(
                        of: { m in
                            let one = try Normal(mean: m[0], variance: 1)
                            return rows.reduce(0) { $0 + one.logDensity(at: $1) }
                        }, at: [mean + 0.7])[0][0]),
                "second differences of the log-likelihood of one Gaussian", tolerance: .hessian, relative: true))
        report.exercise(
            #"Is $-\loglik{\params}$ of the mixture convex? Is the log-likelihood perhaps convex?"#,
            answer: """
                Neither. It bends downwards at the summits and upwards in the valley, so both it and its negative bend both ways. “Neither convex nor
                concave”, as CS229's slide has it, is right.
                """)
    }

    private func equation(in report: inout Report) throws {
        let places = [0, valley, 1]
        let values = places.map(curvature)
        let again = try places.map { s in
            try CentralDifference.hessian(
                of: { t in try means.mixture(place(t[0])).logLikelihood(of: means.rows) }, at: [s])[0][0]
        }
        report.equation(
            "orie4742.non-convex",
            formula: #"""
                \frac{d^{2}}{d s^{2}} \thinspace \loglik{(1 - s) \params_{A} + s \params_{B}} \quad
                \text{is negative at both summits } A, B \text{ and positive somewhere between}
                """#,
            numbers: #"""
                s = 0 \colon \#(values[0], .fixed(1)), \qquad s = \#(valley, .fixed(2)) \colon \#(values[1], .fixed(1)), \qquad s = 1 \colon \#(values[2], .fixed(1))
                """#,
            value: .vector(values),
            again: .difference(
                .vector(again), "second differences of the package's log-likelihood along the line",
                tolerance: .hessian, relative: true),
            telling: .entry(1, "second derivative in the valley"),
            note: #"""
                Between two summits there is a valley, and at its bottom the line bends upwards.
                """#)
    }

    private func figure(_ report: Report) -> Figure {
        let all = stride(from: -0.12, through: 1.12, by: 0.004).map { $0 }
        let bends = all.map { curvature($0) > 0 }
        let blue = zip(all, bends).map { Point($0, $1 ? .nan : height($0)) }
        let orange = zip(all, bends).map { Point($0, $1 ? height($0) : .nan) }
        let drop = height(0) - height(valley)
        let panel = Panel(
            x: Axis("way $s$ from the higher summit to the lower", ticks: .at([0, 0.25, 0.5, 0.75, 1])),
            y: Axis("log-likelihood", range: (height(valley) - 0.15 * drop)...(height(0) + 0.18 * drop)),
            layers: [
                .line(blue, style: LineStyle(.blue, width: 2.6)),
                .line(orange, style: LineStyle(.orange, width: 2.6)),
                .scatter(
                    [Point(0, height(0)), Point(1, height(1))], style: MarkerStyle(.ink, .diamond, size: 11)),
                .annotation(
                    Label(NumberFormat.fixed(2).string(height(0))), at: Point(0, height(0) + 0.03 * drop),
                    anchor: .bottom),
                .annotation(
                    Label(NumberFormat.fixed(2).string(height(1))), at: Point(1, height(1) + 0.03 * drop),
                    anchor: .bottom),
                .annotation("bends upwards", at: Point(valley, height(valley)), anchor: .top, color: .orange),
            ], legend: .none)
        return Figure(
            id: "segment", title: "To get to the higher summit one would have to go down",
            alt: report.words(
                #"""
                The log-likelihood along the line between the summits: \#(height(0), .fixed(2)) at one end, \#(height(valley), .fixed(2)) in the valley at s =
                \#(valley, .fixed(2)), \#(height(1), .fixed(2)) at the other end.
                """#),
            panels: [panel], size: Size(width: 760, height: 400))
    }
}
