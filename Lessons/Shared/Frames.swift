import Figures
import Foundation
import MixtureModels

/// Small multiples of a run of EM on Gaussian mixtures: a panel for each of several steps, with the same axes.
public struct Frames {
    let rows: [[Double]]
    let axes: [Label]
    let aspect: Panel.Aspect
    let ticks: Axis.Ticks

    /// Frames with these data in every panel.
    ///
    /// - Parameters:
    ///   - rows: The observations, N × D.
    ///   - axes: The names of the first two columns, or of the only one.
    ///   - aspect: Whether both axes have one scale.
    ///   - ticks: The marks on the axes, where there are two columns.
    public init(rows: [[Double]], axes: [Label], aspect: Panel.Aspect, ticks: Axis.Ticks = .wanted(3)) {
        (self.rows, self.axes, self.aspect, self.ticks) = (rows, axes, aspect, ticks)
    }

    /// The steps of a run that are drawn: the start, the first six, the twentieth, and the last if it comes before that.
    public static func steps(ofRunWith count: Int) -> [Int] {
        [0, 1, 2, 3, 4, 5, 6, 20].filter { $0 < count } + [count].filter { $0 <= 20 }
    }

    /// More points than this are not drawn: every so many rows are left out.
    private static let mostPoints = 1500

    private var shown: [[Double]] {
        let step = max(1, (rows.count + Self.mostPoints - 1) / Self.mostPoints)
        return stride(from: 0, to: rows.count, by: step).map { rows[$0] }
    }

    /// One panel for each of these steps.
    ///
    /// - Parameters:
    ///   - mixtures: The parameters of the run, row by row, the start first.
    ///   - steps: The steps to draw, such as those of ``steps(ofRunWith:)``.
    ///   - step: What the source calls a step.
    public func panels(
        of mixtures: [Mixture<MultivariateNormal>], at steps: [Int], step: String
    ) throws -> [Panel] {
        try steps.map { t in
            let title = Label(t == 0 ? "start" : "\(step) \(t)")
            return axes.count > 1 ? try plane(title, way: Array(mixtures[...t])) : line(title, mixtures[t])
        }
    }

    /// Points coloured by their most probable class, each component's ellipse of 90 %, and the way its mean has come.
    private func plane(_ title: Label, way: [Mixture<MultivariateNormal>]) throws -> Panel {
        let mixture = way[way.count - 1]
        let points = shown
        let classes = try points.map { row in
            let q = try mixture.responsibilities(at: row)
            return q.firstIndex(of: q.max() ?? 0) ?? 0
        }
        let clouds = mixture.components.indices.map { k in
            Layer.scatter(
                zip(points, classes).filter { $0.1 == k }.map { Point($0.0[0], $0.0[1]) },
                style: MarkerStyle(Palette.series(k).opacity(0.55), .circle, size: 3))
        }
        let outlines = mixture.components.enumerated().flatMap { k, component -> [Layer] in
            let covariance = [0, 1].map { i in [0, 1].map { component.covariance[i, $0] } }
            let mean = Point(component.mean[0], component.mean[1])
            let means = way.map { Point($0.components[k].mean[0], $0.components[k].mean[1]) }
            return [
                .ellipse(mean: mean, covariance: covariance, level: 0.9, style: LineStyle(Palette.series(k), width: 2)),
                .line(means, style: LineStyle(.white.opacity(0.8), width: 4)),
                .line(means, style: LineStyle(.ink, width: 1.5)),
                .scatter([mean], style: MarkerStyle(Palette.series(k), Marker.allCases[k % 4], size: 8)),
            ]
        }
        return Panel(
            title: title, x: Axis(axes[0], ticks: ticks), y: Axis(axes[1], ticks: ticks),
            layers: clouds + outlines, legend: .none, aspect: aspect)
    }

    /// A histogram with the weighted density of each component.
    private func line(_ title: Label, _ mixture: Mixture<MultivariateNormal>) -> Panel {
        let values = rows.map { $0[0] }
        let (low, high) = (values.min() ?? 0, values.max() ?? 1)
        let curves = mixture.components.indices.map { k in
            Layer.function(over: low...max(high, low.nextUp), style: LineStyle(Palette.series(k), width: 2)) {
                mixture.weights[k] * exp(mixture.components[k].logDensity(at: [$0]))
            }
        }
        return Panel(
            title: title, x: Axis(axes[0], ticks: .wanted(3)), y: Axis("density", includesZero: true),
            layers: [.histogram(values, bins: .count(20), scale: .density)] + curves, legend: .none)
    }
}
