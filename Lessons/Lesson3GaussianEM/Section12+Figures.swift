import Figures
import Foundation
import MixtureModels
import Notebook

extension Assay {
    /// The diagnosed classes, and the clusters with their ellipses, in the plane of the two areas.
    func classesFigure(_ report: Report) throws -> Figure {
        let mixture = try fitted
        let clusters = rows.indices.map { n in
            let q = best.last.row(n)
            let most = q.firstIndex(of: q.max() ?? 0) ?? 0
            return order.firstIndex(of: most) ?? 0
        }
        func clouds(_ classes: [Int], named: Bool) -> [Layer] {
            labels.classes.indices.map { k in
                .scatter(
                    zip(rows, classes).filter { $0.1 == k }.map { Point($0.0[1], $0.0[2]) },
                    style: MarkerStyle(Palette.series(k).opacity(0.5), Marker.allCases[k % 4], size: 6),
                    label: named ? Label(labels.classes[k]) : nil)
            }
        }
        let ellipses = mixture.components.enumerated().map { k, component in
            Layer.ellipse(
                mean: Point(component.mean[1], component.mean[2]),
                covariance: [1, 2].map { i in [1, 2].map { component.covariance[i, $0] } },
                level: 0.9, style: LineStyle(Palette.series(k), width: 2))
        }
        // Below the points, so that these stay what they are.
        let others = rows.indices.filter { clusters[$0] != labels.indices[$0] }
        let rings = Layer.scatter(
            others.map { Point(rows[$0][1], rows[$0][2]) }, style: MarkerStyle(.ink, .ring, size: 10),
            label: "ring: not the cluster of the diagnosis")
        func panel(_ title: Label, _ layers: [Layer]) -> Panel {
            Panel(title: title, x: Axis(Label(names[1])), y: Axis(Label(names[2]), range: -60...800), layers: layers)
        }
        let counts = confusion
        return Figure(
            id: "assay-classes", title: "Most people are in the cluster of their diagnosis",
            subtitle: "Two of the three measurements; ellipses hold 90 % of each Gaussian, seen in this plane",
            alt: report.words(
                #"""
                Two panels with glucose area and insulin area of \#(rows.count) people. Left, by diagnosis: the healthy in a dense cloud at a small glucose area,
                chemical diabetes above and to the right of it, overt diabetes in a long flat arm to the right. Right, by
                fitted cluster: the same three groups, with \#(counts[0][0]), \#(counts[1][1]) and \#(counts[2][2]) people where the
                diagnosis has them; rings mark the \#(others.count) others.
                """#),
            panels: [
                panel("Diagnosis", clouds(labels.indices, named: true)),
                panel(
                    "Clusters, in the colour of their main diagnosis",
                    [rings] + clouds(clusters, named: false) + ellipses),
            ], columns: 2, sharedX: true, sharedY: true, size: Size(width: 860, height: 430))
    }

    /// Contours of the fitted density in each pair of the three measurements.
    func densityFigure(_ report: Report) throws -> Figure {
        let mixture = try fitted
        let ranges: [ClosedRange<Double>] = [0...440, -50...1950, -150...850]
        let shares = [0.003, 0.01, 0.03, 0.1, 0.3, 0.7]
        let panels = try [(0, 1), (0, 2), (1, 2)].map { x, y in
            let plane = try Mixture(
                weights: mixture.weights,
                components: mixture.components.map { component in
                    try MultivariateNormal(
                        mean: [component.mean[x], component.mean[y]],
                        covariance: Matrix([x, y].map { i in [x, y].map { component.covariance[i, $0] } }))
                })
            let grid = Grid(x: ranges[x], y: ranges[y], columns: 91, rows: 91) { plane.density(at: [$0, $1]) }
            let top = grid.values.max() ?? 1
            return Panel(
                title: Label("\(names[x]) and \(names[y])"), x: Axis(Label(names[x]), range: ranges[x]),
                y: Axis(Label(names[y]), range: ranges[y]),
                layers: [
                    .scatter(
                        rows.map { Point($0[x], $0[y]) }, style: MarkerStyle(.grey.opacity(0.6), .circle, size: 3)),
                    .contour(grid, levels: shares.map { $0 * top }),
                ], legend: .none)
        }
        return Figure(
            id: "assay-density", title: "The density estimate: three Gaussians added up",
            subtitle:
                "Contours, from dark to light: 0.3, 1, 3, 10, 30 and 70 percent of a panel's highest density; dots: the people",
            alt: report.words(
                #"""
                Three panels, one for each pair of the three measurements, with the contours of the fitted density over the
                \#(rows.count) points: a sharp peak at the healthy (fasting glucose \#(mixture.components[0].mean[0], .fixed(0)), glucose area
                \#(mixture.components[0].mean[1], .fixed(0)), insulin area \#(mixture.components[0].mean[2], .fixed(0))), and two arms that lead
                away from it: one to large insulin areas, one to high fasting glucose and large glucose areas.
                """#),
            panels: panels, columns: 3, size: Size(width: 940, height: 380))
    }
}
