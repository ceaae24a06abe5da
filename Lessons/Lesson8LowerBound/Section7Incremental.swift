import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 7: an E-step for one set at a time, which still climbs F.
struct Incremental {
    private let coin: BentCoin
    private let start = [0.6, 0.4]
    /// After each partial step: both coins, F, and ℓ.
    private var steps: [(heads: [Double], value: Double, curve: Double)] = []
    private var assignments: [[[Double]]] = []
    /// The rounds of ordinary EM.
    private let batch: [[Double]]
    private static let passes = 12

    init(_ coin: BentCoin) throws {
        self.coin = coin
        batch = try coin.em(from: start).fit().trace.map { $0.mixture.components.map(\.probability) }
        // The first pass goes through all sets, as in ordinary EM.
        var q = try coin.posterior(start)
        var heads = try coin.em(from: start).mStep(q).components.map(\.probability)
        steps.append((heads, try coin.potential(heads, q), try coin.logLikelihood(heads)))
        assignments.append(q.rowList)
        for _ in 0..<Self.passes {
            for row in coin.sets.indices {
                let share = try BentCoin.mixture(heads).responsibilities(at: coin.sets[row])
                for k in share.indices { q[row, k] = share[k] }
                heads = try coin.em(from: heads).mStep(q).components.map(\.probability)
                steps.append((heads, try coin.potential(heads, q), try coin.logLikelihood(heads)))
                assignments.append(q.rowList)
            }
        }
    }

    private var perPass: Int { coin.sets.count }

    /// The coins after so many passes, the first of which is a round of ordinary EM.
    private func afterPass(_ pass: Int) -> [Double] { steps[(pass - 1) * perPass].heads }

    private func distance(_ heads: [Double]) -> Double {
        let end = batch[batch.count - 1]
        return zip(heads, end).map { abs($0 - $1) }.max() ?? .nan
    }

    func explain(in report: inout Report) throws {
        report.section("A partial E-step")
        report.prose(
            #"""
            The E-step has the same freedom. $F$ rises if $q$ is improved for *some* of the sets and left alone for the others. So one need not
            go through all data before the parameters may move: look at **one** set, renew its responsibilities, move the parameters at once, take the next set. That is
            **incremental EM** (Neal and Hinton 1998). The M-step stays cheap, because it only needs sums over the sets, from which one set's old part is
            taken out and its new part put in.
            """#)
        report.predict(
            "F never falls in this procedure. Does the log-likelihood?",
            answer: #"""
                It may. After a partial E-step $q$ is no posterior, the gap is not closed, and $F$ may rise by closing a little of the gap while the log-likelihood sinks. Here it
                \#(falls.count == 0 ? "did not, in \(steps.count - 1) partial steps" : "fell in \(falls.count) of \(steps.count - 1) partial steps, by at most \(NumberFormat.significant(2).string(falls.largest))").
                """#)
        let values = steps.map(\.value)
        report.check(
            "partial-steps-climb", value: .vector(values),
            again: .nonDecreasing(
                values, "no partial step lowers F", by: "comparing each of \(values.count) values with the next",
                tolerance: .rounding(scale: values[0])))
        let plain = coin.plain
        let chosen = stride(from: 0, to: steps.count, by: 7)
        report.check(
            "partial-steps-value", value: .vector(chosen.map { values[$0] }),
            again: .exact(
                .vector(chosen.map { plain.potential(steps[$0].heads, assignments[$0]) }),
                "the log-likelihood less the Kullback-Leibler divergence, by plain multiplication, after every seventh partial step",
                tolerance: .rounding(scale: 1000)))
        let passes = [1, 2, 3, 4, 6, 8]
        report.table(
            ["passes through the data", "distance from the end, EM", "distance from the end, one set at a time"],
            rows: passes.map { pass in
                [
                    "\(pass)", "\(distance(batch[min(pass, batch.count - 1)]), .significant(2))",
                    "\(distance(afterPass(pass)), .significant(2))",
                ]
            },
            caption: #"""
                From \#(start, .significant(2)); the first pass is the same for both. The larger of the two coins' distances from where EM comes to rest, at
                \#(batch[batch.count - 1], .fixed(4)).
                """#)
        let pass = 4
        let (ordinary, partial) = (distance(batch[min(pass, batch.count - 1)]), distance(afterPass(pass)))
        report.prose(
            #"""
            One pass takes the same number of E-step evaluations in both columns: each set is looked at once. (The parameters move once a pass on the left, and
            \#(perPass) times on the right.) After \#(pass) passes the incremental variant is
            \#(partial < ordinary ? "\(NumberFormat.significant(2).string(ordinary / partial)) times closer to the end, because" : "not closer to the end, although")
            every set is judged with the newest parameters. \#(distance(steps[steps.count - 1].heads) < 1e-6 ? "Here both end in the same point; any summit of $F$ is one of the log-likelihood (Neal and Hinton 1998)." : "")
            """#)
        report.figure(
            try figure(report),
            caption: #"""
                $F$ after each of \#(2 * perPass) partial steps (line), and the log-likelihood of the parameters there (dotted). Squares: the log-likelihood after
                each pass of ordinary EM.
                """#)
    }

    private var falls: (count: Int, largest: Double) {
        let drops = zip(steps, steps.dropFirst()).map { $0.curve - $1.curve }.filter { $0 > 1e-9 }
        return (drops.count, drops.max() ?? 0)
    }

    private func figure(_ report: Report) throws -> Figure {
        let shown = steps.prefix(2 * perPass + 1)
        func passes(_ index: Int) -> Double { 1 + Double(index) / Double(perPass) }
        let line = shown.enumerated().map { Point(passes($0), $1.value) }
        let curve = shown.enumerated().map { Point(passes($0), $1.curve) }
        let rounds = try (1...3).map { Point(Double($0), try coin.logLikelihood(batch[min($0, batch.count - 1)])) }
        let middle = perPass / 2
        let top = curve[curve.count - 1].y
        let room = top - line[0].y
        let panel = Panel(
            x: Axis("passes through the data", range: 0.95...3.05, ticks: .at([1, 2, 3])),
            y: Axis("log units"),
            layers: [
                // Below the lines, which end at the last of them.
                .scatter(rounds, style: MarkerStyle(.blue, .square, size: 9)),
                .line(curve, style: LineStyle(.grey, width: 1.8, dash: .dotted)),
                .line(line, style: LineStyle(.vermillion, width: 2.2)),
                .annotation("F, one set at a time", at: line[middle], anchor: .topLeft, color: .vermillion),
                .annotation(
                    "log-likelihood of these parameters", at: Point(1.02, top - 0.08 * room), anchor: .left,
                    pointingAt: curve[perPass / 3], color: .grey),
                .annotation(
                    "squares: log-likelihood, ordinary EM", at: Point(2.1, rounds[1].y - 0.3 * room), anchor: .left,
                    pointingAt: rounds[1], color: .blue),
            ], legend: .none)
        return Figure(
            id: "incremental", title: "A partial E-step climbs F, too",
            subtitle:
                "Both coins unknown. After a first full round: the first set, the second, …, and again from the beginning",
            alt: report.words(
                #"""
                F rises with each partial step, from \#(line[0].y, .fixed(1)) to \#(line[line.count - 1].y, .fixed(1)) in two passes after the first; the log-likelihood
                lies above it, and the gap closes. Ordinary EM has \#(rounds.map(\.y), .fixed(2)) after 1, 2 and 3 passes.
                """#),
            panels: [panel], size: Size(width: 760, height: 400))
    }
}
