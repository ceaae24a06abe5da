import Figures
import Notebook

/// The run of section 3 in pictures: first round, end, and the distortion by half-steps.
struct GeyserFigure {
    private let study: Study
    private let run: KMeans
    private static let mostPoints = 1500

    init(_ study: Study, _ run: KMeans) { (self.study, self.run) = (study, run) }

    var caption: Prose {
        let values = run.halfSteps
        return #"""
            \#(study.dimension > 1 ? "The standardised columns\(study.dimension > 2 ? " (the first two of \(study.dimension))" : "") with the clusters of the first assignment and of the last, and the path of each centre." : "The standardised column with the clusters of the first assignment and of the last.")
            Right: the distortion after each half-step, from \#(values[0], .significant(5)) to \#(values[values.count - 1], .significant(5))\#(values.count > 1 ? "; the last one assigns, and changes nothing" : "").
            """#
    }

    func figure(_ report: Report) throws -> Figure {
        let values = run.halfSteps
        let falls = Panel(
            title: "distortion", x: Axis("half-step", ticks: .integers), y: Axis(nil, includesZero: true),
            layers: [
                .line(values.enumerated().map { Point(Double($0 + 1), $1) }, style: LineStyle(.grey, width: 1.5)),
                .scatter(
                    stride(from: 0, to: values.count, by: 2).map { Point(Double($0 + 1), values[$0]) },
                    style: MarkerStyle(.blue, .circle, size: 8), label: "after assigning"),
                .scatter(
                    stride(from: 1, to: values.count, by: 2).map { Point(Double($0 + 1), values[$0]) },
                    style: MarkerStyle(.vermillion, .square, size: 8), label: "after recentring"),
            ], legend: .topRight)
        return Figure(
            id: "study",
            title: study.isOldFaithful
                ? "K-means finds the long eruptions and the short ones"
                : "K-means on your data, from the start to the end",
            subtitle: study.dimension > 1
                ? "Standardised columns; crosses: the centres; rings: where they started"
                : "Standardised column; lines: the centres",
            alt: report.words(
                #"""
                Scatter plots at the first assignment and at the end after \#(run.steps) rounds, with clusters of \#(run.counts.map(Double.init), .fixed(0)) \#(study.noun);
                the distortion falls in half-steps from \#(values[0], .significant(5)) to \#(values[values.count - 1], .significant(5)).
                """#),
            panels: [panel("first assignment", 0), panel("the end, round \(run.steps)", run.steps), falls], columns: 3,
            size: Size(width: 940, height: 370))
    }

    private func panel(_ title: String, _ t: Int) -> Panel {
        let step = max(1, run.rows.count / Self.mostPoints)
        let shown = stride(from: 0, to: run.rows.count, by: step)
        let (classes, rows) = (run.classes[t], run.rows)
        guard study.dimension > 1 else {
            let bars = run.centres.indices.compactMap { k -> Layer? in
                let own = rows.indices.filter { classes[$0] == k }.map { rows[$0][0] }
                return own.isEmpty ? nil : .histogram(own, bins: .edges(edges), color: Palette.series(k).opacity(0.7))
            }
            let middles = run.centres(t).enumerated().map { k, centre in
                Layer.rule(x: centre[0], style: LineStyle(Palette.series(k), width: 2))
            }
            return Panel(
                title: Label(title), x: Axis(Label(study.columns[0])), y: Axis(Label(study.noun), includesZero: true),
                layers: bars + middles, legend: .none)
        }
        let clouds = run.centres.indices.map { k in
            Layer.scatter(
                shown.filter { classes[$0] == k }.map { Point(rows[$0][0], rows[$0][1]) },
                style: MarkerStyle(Palette.series(k).opacity(0.5), k % 2 == 0 ? .circle : .square, size: 4))
        }
        let paths = run.centres.indices.flatMap { k -> [Layer] in
            let way = (0...t).map { Point(run.centres($0)[k][0], run.centres($0)[k][1]) }
            return [
                .line(way, style: LineStyle(.ink, width: 1.5)),
                .scatter(t > 0 ? [way[0]] : [], style: MarkerStyle(.ink, .ring, size: 9)),
                .scatter([way[t]], style: MarkerStyle(.ink, .cross, size: 15)),
                .scatter([way[t]], style: MarkerStyle(Palette.series(k), .cross, size: 11)),
            ]
        }
        return Panel(
            title: Label(title), x: Axis(Label(study.columns[0]), ticks: .wanted(4)),
            y: Axis(Label(study.columns[1]), ticks: .wanted(4)),
            layers: clouds + paths, legend: .none)
    }

    /// Thirty bins from the least number to the largest.
    private var edges: [Double] {
        let values = run.rows.map { $0[0] }
        let (low, high) = (values.min() ?? 0, values.max() ?? 1)
        return (0...30).map { low + (high - low) * Double($0) / 30 }
    }
}
