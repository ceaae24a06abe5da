import Figures
import Foundation
import MixtureModels
import Notebook

/// Three kinds of clusters by K-means, above, and by EM, below.
struct ShapesFigure {
    private let examples: [Shapes.Example]

    init(_ examples: [Shapes.Example]) { self.examples = examples }

    func figure(_ report: Report) throws -> Figure {
        let above = examples.map { panel($0, $0.hard, "\($0.name), K-means", $0.indices[0], ellipses: false) }
        let below = examples.map { panel($0, $0.soft, "\($0.name), EM", $0.indices[1], ellipses: true) }
        let words = examples.map { example in
            "\(example.name) \(NumberFormat.fixed(2).string(example.indices[0])) and \(NumberFormat.fixed(2).string(example.indices[1]))"
        }
        return Figure(
            id: "shapes", title: "K-means sees round clusters of one size; EM sees ellipses",
            subtitle:
                "Shapes of points: the true clusters; colours: the clusters found; ellipses: 90 % of each Gaussian",
            alt: report.words("Six panels. Adjusted Rand indices of K-means and EM: \(words.joined(separator: "; "))."),
            panels: above + below, columns: 3, size: Size(width: 960, height: 640))
    }

    private func panel(_ example: Shapes.Example, _ found: [Int], _ title: String, _ index: Double, ellipses: Bool)
        -> Panel
    {
        // Colours so that as many points as possible have that of their true cluster.
        let agreeing = zip(example.truth, found).count { $0 == $1 }
        let isSwapped = 2 * agreeing < found.count
        let clouds = (0..<2).flatMap { truth in
            (0..<2).map { k in
                Layer.scatter(
                    example.rows.indices.filter { example.truth[$0] == truth && found[$0] == k }.map {
                        Point(example.rows[$0][0], example.rows[$0][1])
                    },
                    style: MarkerStyle(
                        Palette.series(isSwapped ? 1 - k : k).opacity(0.75), truth == 0 ? .circle : .triangle, size: 6))
            }
        }
        let outlines = example.fit.components.enumerated().map { k, component in
            Layer.ellipse(
                mean: Point(component.mean[0], component.mean[1]),
                covariance: [0, 1].map { i in [0, 1].map { component.covariance[i, $0] } }, level: 0.9,
                style: LineStyle(Palette.series(isSwapped ? 1 - k : k), width: 2))
        }
        return Panel(
            title: Label("\(title): \(NumberFormat.fixed(2).string(index))"),
            x: Axis(nil, range: -8...8, ticks: .at([-6, -3, 0, 3, 6])),
            y: Axis(nil, range: -6...6, ticks: .at([-6, -3, 0, 3, 6])), layers: clouds + (ellipses ? outlines : []),
            legend: .none,
            aspect: .equal)
    }
}
