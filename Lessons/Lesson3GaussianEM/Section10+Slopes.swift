import Figures
import Foundation
import LessonKit
import MixtureModels
import Notebook

/// How steep the log-likelihood still is, step by step: the largest slope with respect to a mean, per row and standard deviation.
struct SlopesFigure {
    private let slopes: [Double]

    init(_ study: Study, _ run: GaussianRun) throws {
        let count = Double(study.rows.count)
        // For the responsibilities of each row all densities are computed once more.
        let cost = StepBudget.costOfStep(rows: study.rows.count, classes: study.classCount, variables: study.dimension)
        let most = StepBudget(StepBudget.start).steps(atMost: 61, each: cost)
        slopes = try run.rows.prefix(most).map { row in
            let q = Matrix(try study.rows.map { try row.mixture.responsibilities(at: $0) })
            return row.mixture.components.enumerated().flatMap { k, component in
                zip(meanSlope(study.rows, component, q.column(k)), component.covariance.diagonal).map {
                    abs($0 * $1.squareRoot()) / count
                }
            }.max() ?? 0
        }
    }

    /// Below this the rounding of the slopes would show.
    private var points: [Point] {
        Array(slopes.enumerated().map { Point(Double($0), $1) }.prefix { $0.y > 1e-10 })
    }

    /// Nothing to draw if the run began where it ended.
    var isWorthDrawing: Bool { points.count > 2 }

    var caption: Prose {
        #"""
        The steepest slope of the log-likelihood with respect to any mean, per row and standard deviation, on a logarithmic axis: from
        \#(slopes[0], .significant(2)) at the guess to \#(points[points.count - 1].y, .significant(2)) after step
        \#(points.count - 1).\#(rest)
        """#
    }

    /// Why the points may end before the run does.
    private var rest: Prose {
        points.count < slopes.count ? " The next is below $10^{-10}$, where its rounding would begin to show." : ""
    }

    func figure(_ report: Report) throws -> Figure {
        let format = NumberFormat.significant(2)
        return Figure(
            id: "slopes",
            title: Label(
                "In \(points.count - 1) rounds the steepest slope goes from \(format.string(slopes[0])) to \(format.string(points[points.count - 1].y))"
            ),
            subtitle: "The steepest slope by any mean, per row and standard deviation",
            alt: report.words(
                #"""
                Points on a logarithmic axis, from \#(slopes[0], .significant(2)) at step 0 to
                \#(points[points.count - 1].y, .significant(2)) at step \#(points.count - 1).
                """#),
            panels: [
                Panel(
                    x: Axis("step", ticks: .integers), y: Axis("slope", scale: .logarithmic),
                    layers: [.line(points, style: LineStyle(.blue, width: 2), marker: .circle)], legend: .none)
            ], size: Size(width: 700, height: 380))
    }
}
