import Figures
import MixtureModels
import Notebook

// Bayes' rule as areas: the E-step for a single flip.

extension SingleFlips {
    /// The unit square, cut into coins from left to right and into heads and tails from bottom to top: areas are joint probabilities,
    /// and a responsibility is a share of the area of heads, or of tails.
    func areasFigure(_ report: Report) throws -> Figure {
        let q = try responsibilitiesOfFlip()
        let (weight, heads) = (parameters[0], Array(parameters[1...]))
        let sides = [0...weight, weight...1]
        let layers = [0, 1].flatMap { k -> [Layer] in
            let (x, color) = ([sides[k].lowerBound, sides[k].upperBound], Palette.series(k))
            let middle = (x[0] + x[1]) / 2
            func text(_ share: Double, of area: Double, _ name: String) -> Label {
                let (area, share) = (NumberFormat.significant(3).string(area), NumberFormat.fixed(2).string(share))
                return Label("\(name) \(area), share \(share)")
            }
            return [
                .band(x: x, low: [0, 0], high: [heads[k], heads[k]], color: color.opacity(0.45)),
                .band(x: x, low: [heads[k], heads[k]], high: [1, 1], color: color.opacity(0.12)),
                .annotation(
                    text(q.heads[k], of: (x[1] - x[0]) * heads[k], "heads"), at: Point(middle, heads[k] / 2),
                    anchor: .center),
                .annotation(
                    text(q.tails[k], of: (x[1] - x[0]) * (1 - heads[k]), "tails"),
                    at: Point(middle, (1 + heads[k]) / 2),
                    anchor: .center),
            ]
        }
        let ticks = [(value: weight / 2, label: Label("coin 1")), (value: (1 + weight) / 2, label: Label("coin 2"))]
        return Figure(
            id: "areas", title: "A responsibility is a share of an area",
            subtitle: try report.label(
                #"Widths: $\weight{1}$ = \#(weight, .significant(3)), $\weight{2}$ = \#(1 - weight, .significant(3)); dark heights: $\headprob{1}$ = \#(heads[0], .significant(3)), $\headprob{2}$ = \#(heads[1], .significant(3))"#
            ),
            alt: report.words(
                #"""
                A square cut into two columns, one for each coin, as wide as their weights. Each column is dark up to the coin's head
                probability. Of the dark area, coin 1 has \#(q.heads[0], .fixed(3)) and coin 2 \#(q.heads[1], .fixed(3)); of the pale area,
                \#(q.tails[0], .fixed(3)) and \#(q.tails[1], .fixed(3)).
                """#),
            panels: [
                Panel(
                    x: Axis("which coin, as wide as its weight", range: 0...1, ticks: .labelled(ticks)),
                    y: Axis("probability of heads (dark) and tails (pale)", range: 0...1, ticks: .at([0, 0.5, 1])),
                    layers: layers, legend: .none, aspect: .equal)
            ], size: Size(width: 540, height: 600))
    }
}
