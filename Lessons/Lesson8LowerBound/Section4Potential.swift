import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 4: one function of assignments and parameters, which the E-step and the M-step climb in turn.
struct Potential {
    let bound: Bound
    var coin: BentCoin { bound.coin }
    private let start = [0.6, 0.4]
    /// F after every half-step, with what was done and where it led.
    private let halves: [(name: String, heads: [Double], q: Matrix, value: Double)]

    init(_ bound: Bound) throws {
        self.bound = bound
        let coin = bound.coin
        var heads = start
        var q = Matrix(rows: coin.sets.count, columns: 2, repeating: 0.5)
        var halves = [("start", heads, q, try coin.potential(heads, q))]
        for _ in 0..<60 {
            q = try coin.posterior(heads)
            halves.append(("E", heads, q, try coin.potential(heads, q)))
            heads = try coin.em(from: heads).mStep(q).components.map(\.probability)
            halves.append(("M", heads, q, try coin.potential(heads, q)))
        }
        self.halves = halves
    }

    func explain(in report: inout Report) throws {
        report.section("One function, climbed in turn")
        report.prose(
            #"""
            So far $q$ was made at a guess, and then forgotten. The slides of CS229 look at both at once: “EM is coordinate
            ascent on an interesting potential function”. The function is $F$, and its two coordinates are the
            assignments $q$ and the parameters $\params$. It can be read in two ways, and each belongs to one half-step:
            """#)
        report.formula(
            #"""
            F(q, \params) = \underbrace{\loglik{\params} - \mathrm{KL}(q, \params)}_{\text{E-step: best } q \text{ makes KL zero}}
            = \underbrace{\sum_{\latents} q(\latents) \nlog p(\data, \latents \pgiven \params) + \entropy{q}}_{\text{M-step: best } \params \text{ maximises the sum}}
            """#)
        report.prose(
            #"""
            With $\params$ held fixed, the E-step makes the divergence zero, which no other $q$ does. With $q$ held fixed, the M-step maximises the sum. Neither
            half-step can lower $F$. Here both coins are unknown, the guess is \#(start, .significant(2)), and at first all assignments are undecided,
            $q = 1/2$.
            """#)
        report.predict(
            "Which of the two half-steps raises the log-likelihood itself?",
            answer: #"""
                Only the M-step: the log-likelihood depends on $\params$ alone, and the E-step does not touch $\params$. The E-step raises $F$
                up to the log-likelihood, which stays where it is.
                """#)
        try equation(in: &report)
        report.figure(
            try figure(report),
            caption: #"""
                Left: $F$ for one unknown coin, by the value for which $q$ was made (across) and the parameter (upwards). EM goes sideways to the diagonal, where $F$ is the
                log-likelihood, and upwards to the ridge, in turn. What is lower than the scale has its darkest colour. Right: how far $F$ is below its maximum after each half-step, with both coins unknown.
                """#)
        report.prose(
            #"""
            The left half of [fig:potential] is coordinate ascent, drawn. To have a plane, each $q$ is named by the value of the unknown
            whose posterior it is. An E-step changes $q$ alone: it goes sideways, to the diagonal, where $q$ belongs to the
            parameter. An M-step changes the parameter alone: it goes up or down, to the best point of its column. Both are steps uphill,
            so the path can rest only where neither direction rises any more. (For a “bounded” potential function, “convergence to a
            local optimum guaranteed”, say the slides here; that is still a little too much, and [lesson:10] is about it.)
            """#)
        try HalfStep(coin).explain(in: &report)
    }

    private func equation(in report: inout Report) throws {
        let plain = coin.plain
        let again = halves.map { plain.potential($0.heads, $0.q.rowList) }
        let first = Array(halves.prefix(7))
        report.table(
            ["half-step", #"$\headprob{1}, \headprob{2}$"#, #"$F(q, \params)$"#, #"$\loglik{\params}$"#, "gap"],
            rows: try first.enumerated().map { index, half in
                let curve = try coin.logLikelihood(half.heads)
                return [
                    index == 0 ? "start" : "\(half.name)-step", "\(half.heads, .fixed(3))", "\(half.value, .fixed(3))",
                    "\(curve, .fixed(3))", "\(max(0, curve - half.value), .fixed(3))",
                ]
            },
            caption:
                "Three rounds, half-step by half-step. After each E-step the gap is closed; each M-step raises both, and opens it again."
        )
        report.equation(
            "cs229.coordinate-ascent",
            formula: #"""
                F(q^{(t)}, \paramsat{t}) \le F(q^{(t+1)}, \paramsat{t}) \le F(q^{(t+1)}, \paramsat{t+1}), \qquad
                F(q, \params) = \loglik{\params} - \mathrm{KL}(q, \params)
                """#,
            numbers: #"""
                \#(halves[0].value, .fixed(3)) \le \#(halves[1].value, .fixed(3)) \le \#(halves[2].value, .fixed(3))
                \le \#(halves[3].value, .fixed(3)) \le \#(halves[4].value, .fixed(3)) \le \ldots \le
                \#(halves[halves.count - 1].value, .fixed(3))
                """#,
            value: .vector(halves.map(\.value)),
            again: .exact(
                .vector(again),
                "the log-likelihood less the Kullback-Leibler divergence after every half-step, by plain multiplication of probabilities",
                tolerance: .rounding(scale: 1000)),
            telling: .entry(1, "F after the first E-step"))
        report.check(
            "half-steps-climb", value: .vector(halves.map(\.value)),
            again: .nonDecreasing(
                halves.map(\.value), "no half-step lowers F",
                by: "comparing each of \(halves.count) values with the next",
                tolerance: .rounding(scale: halves[0].value)))
    }

    // MARK: Figure

    private func figure(_ report: Report) throws -> Figure {
        let positions = (0...70).map { 0.1 + 0.84 * Double($0) / 70 }
        let columns = try positions.map { try coin.posterior(BentCoin.coins($0)) }
        let values = try positions.flatMap { theta in
            try columns.map { try coin.potential(BentCoin.coins(theta), $0) }
        }
        let top = values.max() ?? 0
        let grid = Grid(x: positions, y: positions, values: values)
        let path = bound.path.prefix(8)
        var corners = [Point(path[0], path[0])]
        for (here, next) in zip(path, path.dropFirst()) { corners += [Point(here, next), Point(next, next)] }
        let plane = Panel(
            title: "F, one unknown coin",
            x: Axis("the value for which q was made", range: 0.1...0.94, ticks: .at([0.2, 0.4, 0.6, 0.8])),
            y: Axis(try report.label(#"$\headprob{1}$"#), range: 0.1...0.94, ticks: .at([0.2, 0.4, 0.6, 0.8])),
            layers: [
                .heatMap(grid, range: (top - 80)...top, title: "F", isSmooth: true),
                .line([Point(0.1, 0.1), Point(0.94, 0.94)], style: LineStyle(.white, width: 1.4, dash: .dashed)),
                .line(corners, style: LineStyle(.white, width: 4.5)),
                .line(corners, style: LineStyle(.vermillion, width: 2.2)),
                .scatter([corners[0]], style: MarkerStyle(.ink, .circle, size: 9)),
                .annotation("M-step: up", at: corners[1], anchor: .bottomRight, color: .vermillion),
                .annotation("E-step: sideways", at: corners[2], anchor: .topLeft, color: .vermillion),
            ], legend: .none, aspect: .equal)
        let shown = halves.prefix(13)
        let summit = halves[halves.count - 1].value
        let points = shown.enumerated().map { Point(Double($0), summit - $1.value) }
        func marks(_ name: String) -> [Point] { zip(points, shown).filter { $0.1.name == name }.map(\.0) }
        let stairs = Panel(
            title: "How far F is below its maximum, both unknown",
            x: Axis("half-step", range: -0.5...12.8, ticks: .at([0, 2, 4, 6, 8, 10, 12])),
            y: Axis("log units", scale: .logarithmic),
            layers: [
                .line(points, style: LineStyle(.ink, width: 1.4)),
                .scatter(marks("E"), style: MarkerStyle(.blue, .square, size: 9), label: "after an E-step"),
                .scatter(marks("M"), style: MarkerStyle(.vermillion, .triangle, size: 10), label: "after an M-step"),
                .scatter([points[0]], style: MarkerStyle(.ink, .ring, size: 8)),
                .annotation("start: undecided", at: Point(0.5, points[0].y), anchor: .left),
            ], legend: .topRight)
        return Figure(
            id: "potential", title: "EM is coordinate ascent on F",
            subtitle:
                "Left: on the dashed diagonal q is the posterior, and F is the log-likelihood. Right: every half-step climbs",
            alt: report.words(
                #"""
                Left: colour map of F; a path of right angles leads from the diagonal at \#(path[0], .fixed(2)) up to
                \#(path[1], .fixed(2)), sideways back to the diagonal, and so on to \#(bound.top, .fixed(2)). Right: how far F is below its maximum, from
                \#(points[0].y, .significant(3)) at the start to \#(points[points.count - 1].y, .significant(2)) after 12 half-steps, less with each.
                """#),
            panels: [plane, stairs], columns: 2, size: Size(width: 920, height: 450))
    }
}

/// The first five sets, with every number of one E-step and one M-step.
private struct HalfStep {
    private let coin: BentCoin
    private let bent = 0.7

    init(_ coin: BentCoin) { self.coin = BentCoin(sets: Array(coin.sets.prefix(5))) }

    func explain(in report: inout Report) throws {
        let heads = BentCoin.coins(bent)
        let flips = Double(BentCoin.flips)
        let undecided = Matrix(rows: coin.sets.count, columns: 2, repeating: 0.5)
        let q = try coin.posterior(heads)
        let shares = q.column(0)
        let expectedHeads = zip(shares, coin.sets).reduce(0) { $0 + $1.0 * Double($1.1.heads) }
        let expectedFlips = shares.reduce(0) { $0 + $1 * flips }
        let next = expectedHeads / expectedFlips
        let values = [
            try coin.potential(heads, undecided), try coin.potential(heads, q),
            try coin.potential(BentCoin.coins(next), q),
        ]
        report.prose(
            #"""
            **Two half-steps by hand.** Take the first five sets, the fair coin known, and the guess $\headprob{1} = \#(bent, .significant(2))$. For
            each set one needs only how much more probable its heads are with the bent coin than with the fair one: each head counts for
            $0.7 / 0.5 = 1.4$, each tail for $0.3 / 0.5 = 0.6$.
            """#)
        report.table(
            [
                #"heads $\headcount{n}$"#, "ratio", #"$\resp{n}{1}$ = ratio / (1 + ratio)"#,
                #"$\resp{n}{1} \headcount{n}$"#,
                #"$10 \thinspace \resp{n}{1}$"#,
            ],
            rows: zip(coin.sets, shares).map { set, share in
                let ratio = pow(1.4, Double(set.heads)) * pow(0.6, flips - Double(set.heads))
                return [
                    "\(set.heads)", "\(ratio, .fixed(4))", "\(share, .fixed(4))",
                    "\(share * Double(set.heads), .fixed(4))", "\(10 * share, .fixed(4))",
                ]
            } + [["", "", "sum", "\(expectedHeads, .fixed(4))", "\(expectedFlips, .fixed(4))"]],
            caption:
                "The E-step, set by set, and the two sums of the M-step: expected heads and expected flips of the bent coin."
        )
        report.prose(
            #"""
            The M-step divides the sums: $\headprob{1} = \#(expectedHeads, .fixed(4)) / \#(expectedFlips, .fixed(4)) = \#(next, .fixed(4))$. And $F$ went from
            \#(values[0], .fixed(4)) (undecided assignments) to \#(values[1], .fixed(4)) after the E-step, where it is the log-likelihood, and to
            \#(values[2], .fixed(4)) after the M-step.
            """#)
        let plain = coin.plain
        let ratios = coin.sets.map { pow(1.4, Double($0.heads)) * pow(0.6, flips - Double($0.heads)) }
        let byRatio = ratios.map { $0 / (1 + $0) }
        let again = [
            plain.potential(heads, undecided.rowList), plain.logLikelihood(heads),
            plain.potential(BentCoin.coins(next), byRatio.map { [$0, 1 - $0] }),
        ]
        report.check(
            "by-hand", value: .vector(values),
            again: .exact(
                .vector(again), "the ratios of the table, and plain multiplication", tolerance: .rounding(scale: 100)))
        // By hand one goes on with the rounded number.
        let rounded = (next * 10_000).rounded() / 10_000
        let firstHeads = Double(coin.sets[0].heads)
        let firstRatio = pow(2 * rounded, firstHeads) * pow(2 * (1 - rounded), flips - firstHeads)
        report.exercise(
            #"Do the next E-step for the first of these sets, by hand."#,
            answer: #"""
                Each head now counts for $\#(rounded, .fixed(4)) / 0.5 = \#(2 * rounded, .fixed(4))$ and each tail for \#(2 * (1 - rounded), .fixed(4)). With
                \#(coin.sets[0].heads) heads of ten the ratio is \#(firstRatio, .fixed(4)), so the responsibility is
                \#(firstRatio / (1 + firstRatio), .fixed(4)).
                """#)
    }
}
