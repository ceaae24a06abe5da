import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

// The triangle of all weights of three components.

/// The place of three weights in the triangle: corner 1 at the left, corner 2 at the right, corner 3 on top.
private func place(_ weights: [Double]) -> Point {
    Point(weights[1] + weights[2] / 2, weights[2] * 3.0.squareRoot() / 2)
}

/// The weights at a place; nil outside the triangle. A little beyond its edges, the weights of the edge: so contours reach it.
private func sharing(at x: Double, _ y: Double) -> [Double]? {
    let third = y / (3.0.squareRoot() / 2)
    let second = x - third / 2
    let all = [1 - second - third, second, third]
    guard all.allSatisfy({ $0 > -0.03 }) else { return nil }
    let positive = all.map { max($0, 0) }
    let sum = positive.reduce(0, +)
    return positive.map { $0 / sum }
}

extension WeightLikelihood {
    func figure(_ report: Report) throws -> Figure {
        let third = 1.0 / 3
        let equal = [third, third, third]
        let paths = try [equal, [0.9, 0.05, 0.05], [0.05, 0.9, 0.05]].map { start in
            try Self.path(numbers, from: start, components: fit.mixture.components)
        }
        let q = simplex { table.expectedLogLikelihood($0, posteriorsUnder: equal) }
        let qTop = table.expectedLogLikelihood(path[1], posteriorsUnder: equal)
        let top = table.logLikelihood(weights)
        let levels: [Double] = [-1, -3, -10, -30, -100]
        let left = panel(
            "Q of the first M-step", q, levels: levels.map { qTop + $0 },
            extra: [
                .arrows([Arrow(from: place(equal), to: place(path[1]))], style: LineStyle(.vermillion, width: 2)),
                .scatter([place(equal)], style: MarkerStyle(.ink, .circle, size: 6)),
                .scatter([place(path[1])], style: MarkerStyle(.vermillion, .circle, size: 8)),
            ])
        // Every path is drawn to its end. A short step gets a dot in place of a head, which would be all of it; the last steps lie
        // under the large dot at the maximum.
        let ways = paths.map { $0.map(place) }
        let steps = ways.flatMap { way in zip(way, way.dropFirst()).map { Arrow(from: $0, to: $1) } }
        func distance(_ a: Point, _ b: Point) -> Double { hypot(a.x - b.x, a.y - b.y) }
        let long = steps.filter { distance($0.from, $0.to) > 0.04 }
        let short = steps.filter { distance($0.from, $0.to) <= 0.04 && distance($0.to, place(weights)) > 0.004 }
        let right = panel(
            "The log-likelihood", simplex { table.logLikelihood($0) }, levels: levels.map { top + $0 },
            extra: ways.map { .line($0, style: LineStyle(.vermillion, width: 1.6)) } + [
                .arrows(long, style: LineStyle(.vermillion, width: 1.6)),
                .scatter(short.map(\.to), style: MarkerStyle(.vermillion, .circle, size: 3.5)),
                .scatter(ways.map { $0[0] }, style: MarkerStyle(.ink, .circle, size: 6)),
                .scatter([place(weights)], style: MarkerStyle(.vermillion, .circle, size: 8)),
            ])
        return Figure(
            id: "simplex", title: "The triangle of weights: one maximum, inside",
            subtitle:
                "Contours, from the inside: 1, 3, 10, 30 and 100 below the maximum. Heads and small dots: steps of EM, from the black dots",
            alt: report.words(
                #"""
                Two triangles whose corners give all weight to one of three Gaussians, with contours around a single
                maximum. Left: one M-step leads from equal weights to \#(path[1], .fixed(3)). Right: the steps of EM from three
                places all end at \#(weights, .fixed(3)).
                """#),
            panels: [left, right], columns: 2, size: Size(width: 860, height: 410))
    }

    private func simplex(_ f: ([Double]) -> Double) -> Grid {
        Grid(x: 0...1, y: 0...(3.0.squareRoot() / 2), columns: 161, rows: 141) { x, y in
            guard let weights = sharing(at: x, y) else { return .nan }
            let value = f(weights)
            return value.isFinite ? value : .nan
        }
    }

    private func panel(_ title: Label, _ grid: Grid, levels: [Double], extra: [Layer]) -> Panel {
        let corners = [place([1, 0, 0]), place([0, 1, 0]), place([0, 0, 1]), place([1, 0, 0])]
        let top = 3.0.squareRoot() / 2
        return Panel(
            title: title, x: Axis(range: -0.2...1.2, ticks: .none, hasLine: false),
            y: Axis(range: 0...0.96, ticks: .none),
            layers: [
                .contour(grid, levels: levels.sorted()),
                // What the contours draw beyond the edges is covered.
                .band(x: [-0.2, 0, 0.5], low: [0, 0, top], high: [1, 1, 1], color: .white),
                .band(x: [0.5, 1, 1.2], low: [top, 0, 0], high: [1, 1, 1], color: .white),
                .line(corners, style: LineStyle(.grey, width: 1.2)),
                .annotation("all to 1", at: Point(0, 0.04), anchor: .right),
                .annotation("all to 2", at: Point(1, 0.04), anchor: .left),
                .annotation("all to 3", at: Point(0.5, 0.87), anchor: .bottom),
            ] + extra, legend: .none, aspect: .equal)
    }
}
