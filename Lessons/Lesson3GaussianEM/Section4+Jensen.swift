import Figures
import Foundation
import MixtureModels
import Notebook

/// Jensen's inequality for one row of the data: the logarithm of the average density, and the average of the logarithms.
struct JensenFigure {
    private let row: Int
    private let weights: [Double]
    /// ln of each component's density over the average density.
    private let logs: [Double]

    /// The row is one whose densities differ clearly, but not by so much that nothing could be seen.
    init(_ rows: [[Double]], _ mixture: Mixture<MultivariateNormal>) {
        weights = mixture.weights
        let all = rows.map { row in
            let average = mixture.logDensity(at: row)
            return mixture.components.map { $0.logDensity(at: row) - average }
        }
        func spread(_ logs: [Double]) -> Double { (logs.max() ?? 0) - (logs.min() ?? 0) }
        row = all.indices.min { abs(spread(all[$0]) - 2) < abs(spread(all[$1]) - 2) } ?? 0
        logs = all[row]
    }

    private var averageOfLogs: Double { zip(weights, logs).reduce(0) { $0 + $1.0 * $1.1 } }

    var caption: Prose {
        #"""
        Row \#(row + 1) under the guess. Circles: each class's density, divided by their weighted average, and its logarithm. The curve bends downwards, so
        \#(logs.count == 2 ? "the chord between the circles lies below it" : "the chords between the circles lie below it"). The logarithm of the
        average (square) is on the curve; the average of the logarithms (diamond) is \#(logs.count == 2 ? "on the chord" : "among the chords"), straight below, by
        \#(-averageOfLogs, .significant(3)).
        """#
    }

    func figure(_ report: Report) -> Figure {
        let points = logs.map { Point(exp($0), $0) }
        let ends = [0.9 * (points.map(\.x).min() ?? 0), 1.1 * (points.map(\.x).max() ?? 1)]
        let low = max(ends[0], 1e-6)
        let (on, below) = (Point(1, 0), Point(1, averageOfLogs))
        let side = ends[1] - low
        let rise = (logs.max() ?? 0) - (logs.min() ?? 0)
        let chords = points.sorted { $0.x < $1.x }
        let layers: [Layer] = [
            .function(over: low...max(ends[1], low * 1.01), style: LineStyle(.grey, width: 2)) { log($0) },
            .line(chords + chords.prefix(1), style: LineStyle(.vermillion.opacity(0.6), width: 1.4)),
            .line([on, below], style: LineStyle(.vermillion, width: 1.8, dash: .dashed)),
            .scatter(points, style: MarkerStyle(.blue, .circle, size: 9)),
            .scatter([on], style: MarkerStyle(.ink, .square, size: 9)),
            .scatter([below], style: MarkerStyle(.vermillion, .diamond, size: 11)),
            .annotation(
                "logarithm of the average", at: Point(1 - 0.08 * side, 0.12 * rise), anchor: .bottomRight,
                pointingAt: on),
            .annotation(
                "average of the logarithms", at: Point(1 + 0.12 * side, averageOfLogs - 0.08 * rise), anchor: .topLeft,
                pointingAt: below, color: .vermillion),
        ]
        // More names than three would stand on each other.
        let names: [Layer] =
            points.count > 3
            ? []
            : points.enumerated().map { k, point in
                .annotation(
                    Label("class \(k + 1)"), at: point, anchor: point.y < 0 ? .topLeft : .bottomRight, color: .blue)
            }
        return Figure(
            id: "jensen", title: "The logarithm of an average lies above the average of the logarithms",
            subtitle: Label("Row \(row + 1) of the data: the densities of the classes, relative to their average"),
            alt: report.words(
                #"""
                The curve of the logarithm with a point for each class at \#(points.map(\.x), .significant(3)) times the average density. At 1 the curve is at
                0; the average of the logarithms is at \#(averageOfLogs, .significant(3)), below it.
                """#),
            panels: [
                Panel(
                    x: Axis("density divided by the average density"), y: Axis("its logarithm"),
                    layers: layers + names, legend: .none)
            ], size: Size(width: 700, height: 400))
    }
}
