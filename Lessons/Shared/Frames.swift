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

    /// The steps of a run that the sources tell of: the start, the first six, the twentieth, and the last if it comes before that.
    public static func steps(ofRunWith count: Int) -> [Int] {
        [0, 1, 2, 3, 4, 5, 6, 20].filter { $0 < count } + [count].filter { $0 <= 20 }
    }

    /// The steps worth a picture: the start, the end, and again and again the step that looks least like all that are there. So no
    /// two panels look alike as long as the run has others to show.
    ///
    /// - Parameters:
    ///   - mixtures: The parameters of the run, row by row, the start first.
    ///   - count: How many steps, at most.
    public static func distinct(_ mixtures: [Mixture<MultivariateNormal>], count: Int = 6) -> [Int] {
        guard mixtures.count > count else { return Array(mixtures.indices) }
        func distance(_ s: Int, _ t: Int) -> Double {
            zip(mixtures[s].components, mixtures[t].components).map { $0.distance(from: $1) }.max() ?? 0
        }
        var chosen = [0, mixtures.count - 1]
        var nearest = mixtures.indices.map { t in min(distance(t, chosen[0]), distance(t, chosen[1])) }
        while chosen.count < count {
            guard let next = nearest.indices.max(by: { nearest[$0] < nearest[$1] }), nearest[next] > 0 else { break }
            chosen.append(next)
            for t in nearest.indices { nearest[t] = min(nearest[t], distance(t, next)) }
        }
        return chosen.sorted()
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
    ///   - steps: The steps to draw, such as those of ``distinct(_:count:)``.
    ///   - title: What stands above the panel of a step.
    public func panels(
        of mixtures: [Mixture<MultivariateNormal>], at steps: [Int], title: (Int) throws -> Label
    ) throws -> [Panel] {
        try steps.map { t in
            axes.count > 1 ? try plane(try title(t), way: Array(mixtures[...t])) : line(try title(t), mixtures[t])
        }
    }

    /// The colours of the classes, mixed by the responsibilities; rounded to eighths, so that points can be drawn in groups.
    private func clouds(_ mixture: Mixture<MultivariateNormal>) throws -> [Layer] {
        var groups: [[Int]: [Point]] = [:]
        for row in shown {
            let shares = try mixture.responsibilities(at: row).map { Int(($0 * 8).rounded()) }
            groups[shares, default: []].append(Point(row[0], row[1]))
        }
        // The undecided points last, on top: they are what the picture is about.
        let order = groups.keys.sorted { a, b in
            let (first, second) = (a.max() ?? 0, b.max() ?? 0)
            return first == second ? b.lexicographicallyPrecedes(a) : first > second
        }
        return order.map { shares in
            let total = Double(max(1, shares.reduce(0, +)))
            let color = shares.enumerated().reduce(Color(red: 0, green: 0, blue: 0)) { sum, part in
                let (own, share) = (Palette.series(part.offset), Double(part.element) / total)
                return Color(
                    red: sum.red + share * own.red, green: sum.green + share * own.green,
                    blue: sum.blue + share * own.blue)
            }
            // No class has more than three quarters of it: such a point is worth a larger dot.
            let size = (shares.max() ?? 0) > 6 ? 3.0 : 6.0
            return .scatter(groups[shares] ?? [], style: MarkerStyle(color.opacity(0.8), .circle, size: size))
        }
    }

    /// Points in the mixed colours of their responsibilities, each component's ellipse of 90 %, and the way its mean has come.
    private func plane(_ title: Label, way: [Mixture<MultivariateNormal>]) throws -> Panel {
        let mixture = way[way.count - 1]
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
            layers: try clouds(mixture) + outlines, legend: .none, aspect: aspect)
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
