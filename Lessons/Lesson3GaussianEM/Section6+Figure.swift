import Figures
import Foundation
import Notebook

/// The mixture before the round by hand and after it, over the points in the colours of their responsibilities.
struct HandFigure {
    private let round: HandRound

    init(_ round: HandRound) { self.round = round }

    func figure(_ report: Report) throws -> Figure {
        let (before, after) = (round.logLikelihoods[0], round.logLikelihoods[1])
        let (first, second) = (shares(under: round.start), shares(under: round.end))
        return Figure(
            id: "by-hand", title: "One round by hand moves the two Gaussians apart",
            subtitle: try report.label(
                #"Black: the mixture; dashed: each Gaussian times its weight; numbers: the share of the first, $\resp{n}{1}$"#
            ),
            alt: report.words(
                #"""
                Two panels over the points \#(round.points, .significant(2)). Left: the start, two Gaussians of means
                \#(round.start.means, .fixed(2)) that overlap so much that their sum has one peak; the shares of the first are
                \#(first, .fixed(2)). Right: after one round, means \#(round.end.means, .fixed(2)), variances
                \#(round.end.variances, .fixed(2)), shares \#(second, .fixed(2)).
                """#),
            panels: [
                try panel(#"Start: $\loglik{\params} = \#(before, .fixed(2))$"#, round.start, first, report),
                try panel(#"After one round: $\loglik{\params} = \#(after, .fixed(2))$"#, round.end, second, report),
            ], columns: 2, sharedX: true, sharedY: true, size: Size(width: 860, height: 400))
    }

    private func shares(under p: HandRound.Parameters) -> [Double] {
        round.points.map { HandRound.term(0, at: $0, p) / HandRound.density(at: $0, p) }
    }

    private func panel(_ title: Prose, _ p: HandRound.Parameters, _ shares: [Double], _ report: Report) throws -> Panel
    {
        let (low, high) = ((round.points.min() ?? 0) - 2.0, (round.points.max() ?? 1) + 2.0)
        let colors = shares.map { Palette.series(1).mixed(with: Palette.series(0), by: $0) }
        // Below zero, where no curve is in the way.
        let ground = -0.016
        return Panel(
            title: try report.label(title), x: Axis("x", range: low...high, ticks: .integers),
            y: Axis("density", range: -0.05...0.24, ticks: .at([0, 0.1, 0.2])),
            layers: [0, 1].map { k in
                .function(over: low...high, style: LineStyle(Palette.series(k), width: 1.8, dash: .dashed)) {
                    HandRound.term(k, at: $0, p)
                }
            } + [
                .function(over: low...high, style: LineStyle(.ink, width: 2.2)) { HandRound.density(at: $0, p) },
                .scatter(
                    round.points.map { Point($0, ground) }, style: MarkerStyle(.grey, .circle, size: 13),
                    colors: colors),
            ]
                + zip(round.points, zip(shares, colors)).map { x, look in
                    .annotation(
                        Label(NumberFormat.fixed(2).string(look.0)), at: Point(x, ground - 0.006), anchor: .top,
                        color: look.1)
                }, legend: .none)
    }
}
