import Figures
import Foundation
import MixtureModels
import Notebook

/// Small multiples of a run of EM: the start, the first six steps and the twentieth, with the same axes.
struct Frames {
    let rows: [[Double]]
    /// The names of the first two columns, or of the only one.
    let axes: [Label]
    let aspect: Panel.Aspect
    var ticks = Axis.Ticks.wanted(3)

    /// More points than this are not drawn: every so many rows are left out.
    private static let mostPoints = 1500

    private var shown: [[Double]] {
        let step = max(1, (rows.count + Self.mostPoints - 1) / Self.mostPoints)
        return stride(from: 0, to: rows.count, by: step).map { rows[$0] }
    }

    /// One panel for each of the run's frames; `step` is what the source calls a step.
    func panels(of run: GaussianRun, step: String) throws -> [Panel] {
        let mixtures = run.rows.map(\.mixture)
        return try run.frames.map { t in
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
