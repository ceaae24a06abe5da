import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 10: what one gains by jumping ahead, after Aitken and by SQUAREM, and what one risks.
struct Acceleration {
    private let map: EMMap
    private let start = [0.9, 0.2]
    private let path: [[Double]]
    private let jumps: SquaredJumps
    private let rate: Double
    private static let truth = [0.58, 0.5]
    private static let sets = 400.0
    /// How far apart the coins of a random start are at least.
    private static let leastGap = 0.05
    private let seed: UInt64

    init(seed: UInt64) throws {
        map = try EMMap(expectedFrom: Self.truth, sets: Self.sets)
        path = try map.path(from: start)
        self.seed = seed
        jumps = try SquaredJumps(map, from: start, guarded: true)
        rate = try map.eigenvalues(at: path[path.count - 1])[1]
    }

    private var end: [Double] { path[path.count - 1] }

    func explain(in report: inout Report) throws {
        report.section("Jumping ahead, and its risks")
        report.prose(
            #"""
            If every round leaves the same share of the error, one can *calculate* where the rounds are going. After a step of size $d$ come steps of
            $d \lambda$, $d \lambda^{2}$, …, with the rate $\lambda$; with the first they add up to $d / (1 - \lambda)$. That is **Aitken's** idea. For an example that needs
            it, take two coins that are hard to tell apart, \#(Self.truth, .significant(2)), both unknown, and \#(Int(Self.sets)) sets in which every head count comes exactly
            as often as these coins produce it (so that EM ends at the coins themselves). The rate there is \#(rate, .fixed(4)).
            """#)
        try aitken(in: &report)
        report.prose(
            #"""
            **SQUAREM** (Varadhan and Roland 2008) does not wait for the rate to settle. It does two rounds, looks at the first step $r$ and at how the
            second one differs from it, $v$, and jumps:
            """#)
        report.formula(
            #"""
            \params \gets \params - 2 \alpha r + \alpha^{2} v, \qquad \alpha = -\lVert r \rVert / \lVert v \rVert
            """#)
        report.prose(
            "Then one more round of EM settles the result. It needs nothing but EM's own round, so it can be put around any EM program."
        )
        try squared(in: &report)
    }

    // MARK: Aitken

    private func aitken(in report: inout Report) throws {
        let last = try map.logLikelihood(end)
        let distances = path.map { EMMap.distance($0, end) }
        let shown = [2, 5, 10, 20, 40].filter { $0 + 2 < path.count }
        let rows = try shown.map { t -> (t: Int, error: Double, promised: Double, ratio: Double) in
            let values = try (t...(t + 2)).map { try map.logLikelihood(path[$0]) }
            let ratio = (values[2] - values[1]) / (values[1] - values[0])
            let promised = values[1] + (values[2] - values[1]) / (1 - ratio)
            return (t, last - values[2], last - promised, ratio)
        }
        report.table(
            ["round", "EM still has to gain", "error of Aitken's forecast", "ratio of the last two gains"],
            rows: rows.map {
                [
                    "\($0.t + 2)", "\($0.error, .significant(2))", "\($0.promised, .significant(2))",
                    "\($0.ratio, .fixed(4))",
                ]
            },
            caption: #"""
                The log-likelihood at the end, \#(last, .fixed(4)), forecast from three values in a row: the second of them, plus the last gain divided by one minus the ratio
                of the gains. (The log-likelihood's gains shrink by the square of the rate, \#(rate * rate, .fixed(4)).)
                """#)
        let middle = shown[shown.count / 2] + 2
        let lastStep = EMMap.distance(path[middle], path[middle - 1])
        let better = rows.filter { abs($0.promised) < abs($0.error) }
        report.prose(
            #"""
            The forecast is closer than EM itself in \#(better.count) of \#(rows.count) rows. It makes a better **stopping rule**, too: stop when the forecast says that little
            is left to gain, and not when the last step was short. A short step misleads: that of round \#(middle) is \#(lastStep, .significant(2)) long, and after it EM is still
            \#(distances[middle], .significant(2)) away from the end.
            """#)
        // The map near its end is linear: the rate says how much is still to come.
        let t = distances.lastIndex { $0 > 1e-6 } ?? 0
        let step = EMMap.distance(path[t + 1], path[t])
        report.check(
            "aitken-forecast", value: .number(distances[t] / step),
            again: .search(
                .number(1 / (1 - rate)),
                "one divided by one less the rate, for the distance from the end in units of the next step",
                tolerance: .linearRate))
    }

    // MARK: SQUAREM

    private func roundsNeeded(_ path: [[Double]], _ rounds: (Int) -> Int, _ distance: Double) -> Int {
        let index = path.lastIndex { EMMap.distance($0, end) > distance }.map { $0 + 1 } ?? 0
        return rounds(min(index, path.count - 1))
    }

    private func squared(in report: inout Report) throws {
        let distances = [1e-2, 1e-4, 1e-6, 1e-8]
        let rows = distances.map { distance in
            (
                distance, roundsNeeded(path, { $0 }, distance), roundsNeeded(jumps.path, { jumps.rounds[$0] }, distance)
            )
        }
        report.table(
            ["distance from the end", "rounds, EM", "rounds, SQUAREM", "gain"],
            rows: rows.map { distance, plain, fast in
                [
                    "\(distance, .significant(1))", "\(plain)", "\(fast)",
                    "\(Double(plain) / Double(max(1, fast)), .fixed(1)) times",
                ]
            },
            caption: #"""
                How many rounds of EM it takes from \#(start, .significant(2)); each jump of SQUAREM counts as the three rounds that it needs.
                """#)
        report.check(
            "squarem-arrives", value: .vector(end),
            again: .search(.vector(jumps.path[jumps.path.count - 1]), "SQUAREM, which gets there by jumps"))
        report.figure(
            try figure(report),
            caption: #"""
                Distance from the end against rounds of EM, down to 1e-10. Plain EM: after a bend at the beginning, a straight line whose slope is the rate, \#(rate, .fixed(3)). SQUAREM is within 1e-8 after
                \#(rows[3].2) rounds, EM after \#(rows[3].1).
                """#)
        let bold = try boldRuns()
        report.prose(
            #"""
            **The risks.** The proof covers EM's rounds, and *not* the jumps. A jump may lower the log-likelihood, it may leave the parameter
            space, since nothing keeps a probability below 1, and if there are several summits it may land on another slope. So here are \#(bold.runs) runs from
            random starts (coins that differ by more than \#(Self.leastGap, .significant(2)); EM takes ages to part closer ones) in which every jump is accepted if both values stay between 0 and 1. Of \#(bold.jumps) jumps, \#(bold.falls) lowered the log-likelihood, the worst by
            \#(bold.largest, .significant(2)); \#(bold.outside == 0 ? "none" : "\(bold.outside)") would have led outside; and \#(bold.elsewhere == 0 ? "none" : "\(bold.elsewhere)") of the \#(bold.runs) runs ended elsewhere than EM does from the same start.

            One puts a **guard** around it, as was done for the table: compute the log-likelihood after the jump, and if it has fallen, or the parameters make no sense, do
            ordinary rounds instead. Then every jump that is kept climbs, at the price of one more evaluation of the log-likelihood.
            """#)
        let values = try jumps.path.map(map.logLikelihood)
        report.check(
            "guarded-jumps-climb", value: .vector(values),
            again: .nonDecreasing(
                values, "no guarded jump lowers the log-likelihood", by: "comparing each value with the next",
                tolerance: Tolerance(1e-8, reason: "The guard lets falls of 1e-9 pass, which rounding may cause.")))
    }

    /// Runs without a guard, from random starts: what the jumps did.
    private func boldRuns() throws -> (
        runs: Int, jumps: Int, falls: Int, largest: Double, outside: Int, elsewhere: Int
    ) {
        var generator = SeededGenerator(seed: seed).stream(4)
        var all = (runs: 0, jumps: 0, falls: 0, largest: 0.0, outside: 0, elsewhere: 0)
        while all.runs < 50 {
            let start = [0.02 + 0.96 * generator.uniform(), 0.02 + 0.96 * generator.uniform()]
            guard abs(start[0] - start[1]) > Self.leastGap else { continue }
            let bold = try SquaredJumps(map, from: start, guarded: false)
            let usual = try map.path(from: start)
            all.runs += 1
            all.jumps += bold.path.count - 1
            all.falls += bold.falls.count
            all.largest = max(all.largest, bold.falls.largest)
            all.outside += bold.outside
            if EMMap.distance(bold.path[bold.path.count - 1], usual[usual.count - 1]) > 1e-3 { all.elsewhere += 1 }
        }
        return all
    }

    private func figure(_ report: Report) throws -> Figure {
        // Down to the lower edge, and one point farther, so that each line leaves the picture there.
        let edge = 1e-10
        func untilEdge(_ points: [Point]) -> [Point] {
            let shown = points.firstIndex { $0.y < edge }.map { Array(points[...$0]) } ?? points
            return shown.map { Point($0.x, max($0.y, edge / 10)) }
        }
        let slow = untilEdge(path.enumerated().map { Point(Double($0), EMMap.distance($1, end)) })
        let fast = untilEdge(zip(jumps.rounds, jumps.path).map { Point(Double($0), EMMap.distance($1, end)) })
        let lastSeen = fast.last { $0.y > edge } ?? fast[0]
        let far = Double(slow.count)
        let panel = Panel(
            x: Axis("rounds of EM computed", range: 0...(far * 1.02)),
            y: Axis("distance from the end", range: edge...1, scale: .logarithmic),
            layers: [
                .line(slow, style: LineStyle(.blue, width: 2.2)),
                .line(fast, style: LineStyle(.vermillion, width: 2), marker: .triangle),
                .annotation("EM", at: slow[slow.count / 2], anchor: .bottomLeft, color: .blue),
                .annotation("SQUAREM", at: lastSeen, anchor: .left, color: .vermillion),
            ], legend: .none)
        return Figure(
            id: "acceleration", title: "Two rounds and a jump",
            subtitle: try report.label(#"Two coins that are hard to tell apart, \#(Self.truth, .significant(2))"#),
            alt: report.words(
                #"""
                On a logarithmic scale EM's distance from the end falls, after a bend at the beginning, along a straight line, and is below 1e-10 after \#(slow.count - 1) rounds; SQUAREM's is after
                \#(Int(fast[fast.count - 1].x)).
                """#),
            panels: [panel], size: Size(width: 760, height: 400))
    }
}
