import Figures
import Foundation
import Notebook
import Verification

/// Section 3: how many starts one needs.
struct Starts {
    private let summits: Summits
    private let seed: UInt64
    /// The share of starts, drawn as two different rows, that lead to the higher summit.
    let share: Double
    static let wanted = 0.95

    init(_ summits: Summits, seed: UInt64) throws {
        (self.summits, self.seed) = (summits, seed)
        let rows = summits.means.rows
        var (hits, all) = (0, 0)
        for (i, a) in rows.enumerated() {
            for (j, b) in rows.enumerated() where i != j {
                all += 1
                if summits.end(of: summits.means.path(from: [a, b])) == summits.best { hits += 1 }
            }
        }
        share = Double(hits) / Double(all)
    }

    /// How many starts it takes until the best of them is the best of all with the wanted probability.
    static func needed(_ share: Double) -> Int {
        guard share < 1 else { return 1 }
        return max(1, Int((log(1 - wanted) / log(1 - share)).rounded(.up)))
    }

    private var starts: Int { Self.needed(share) }

    func explain(in report: inout Report) throws {
        report.section("How many starts?")
        report.prose(
            #"""
            Nothing in a run of EM tells whether it is on the higher summit. The remedy is plain: start several times, and keep the end with the highest
            log-likelihood. If a share $p$ of all starts leads to the best end, then all of $r$ independent starts miss it with the probability $(1 - p)^{r}$, so
            """#)
        report.formula(
            #"""
            \text{chance of having found it} = 1 - (1 - p)^{r}, \qquad
            r \ge \frac{\nlog(1 - \#(Self.wanted, .significant(2)))}{\nlog(1 - p)} \quad \text{for a chance of } \#(Self.wanted, .percent(0))
            """#)
        let few = [1, 2, 3, 5, 10]
        report.prose(
            #"""
            For the two summits, with two rows drawn as first means, the share is known exactly: of all
            \#(summits.means.rows.count * (summits.means.rows.count - 1)) ordered pairs, \#(share, .percent(1)) lead to the higher one. So it takes
            $r = \#(starts)$ starts. With one start one is wrong in \#(1 - share, .percent(0)) of all cases.
            """#)
        report.table(
            ["starts", "chance that the best end is among them"],
            rows: few.map { ["\($0)", "\(1 - pow(1 - share, Double($0)), .percent(2))"] },
            caption: "Two rows, drawn at random, as first means; the share of good starts is \(share, .percent(1)).")
        try simulation(in: &report)
        report.figure(
            figure(report),
            caption: #"""
                The chance of having found the best end, for several shares of good starts. Above the dashed line it is at least
                \#(Self.wanted, .percent(0)).
                """#)
        let rare = 0.02
        report.prose(
            #"""
            In practice $p$ is not known, and neither is the best end. But the runs themselves tell something: **how often the best end was found**. If half of the runs end in it,
            another end that is about as frequent would hardly have been missed; a rare and higher one is never excluded, by any number of runs. If it was found *once* in fifty runs, its share may be \#(rare, .percent(0)), for which one needs \#(Self.needed(rare)) starts; and
            if there is one that rare, there may be others, still rarer and higher. (With free covariances an end found once deserves suspicion first: it may be a maximum that means nothing, the subject of section 7.) More components mean more summits and smaller shares: even if the groups are well separated
            and their number is known, three Gaussians in a line can have a summit on which two sit in one group and the third straddles the other two
            (Jin et al. 2016). Better starts, such as k-means++ ([lesson:7]), help where the lower summits come of means that start in one group. In the example of this section they cannot: there only the order of the two means matters.
            """#)
        report.exercise(
            "Ten starts ended in five different places, each found twice. How do you feel about it?",
            answer: #"""
                Uneasy. If the best of the five has a share of 0.2, \#(Self.needed(0.2)) starts are needed for \#(Self.wanted, .percent(0)). Worse, that ten starts found five ends, none
                of them often, suggests that there are more ends than five.
                """#)
    }

    /// The chance with so many starts, by drawing them.
    private func simulation(in report: inout Report) throws {
        let rows = summits.means.rows
        let best = summits.best
        // Which pairs are good, once for all draws.
        let good = rows.map { a in rows.map { b in summits.end(of: summits.means.path(from: [a, b])) == best } }
        let starts = starts
        let found = try Simulation.proportion(count: 20_000, seed: seed) { random in
            (0..<starts).contains { _ in
                let first = Int(random.uniform() * Double(rows.count))
                let other = Int(random.uniform() * Double(rows.count - 1))
                return good[first][other >= first ? other + 1 : other]
            }
        }
        report.check(
            "enough-starts", value: .number(1 - pow(1 - share, Double(starts))),
            again: .simulation(found, "drawing so many starts, 20,000 times"))
    }

    private func figure(_ report: Report) -> Figure {
        let shares: [(Double, Color)] = [(0.5, .blue), (0.2, .green), (0.05, .orange), (0.02, .vermillion)]
        let lines = shares.flatMap { share, color -> [Layer] in
            let points = (0...240).map { step -> Point in
                let r = pow(10, Double(step) / 240 * 2.5)
                return Point(r, 1 - pow(1 - share, r))
            }
            let needed = Double(Self.needed(share))
            return [
                .line(points, style: LineStyle(color, width: 2.2)),
                .scatter(
                    [Point(needed, 1 - pow(1 - share, needed))], style: MarkerStyle(color, .circle, size: 9)),
                .annotation(
                    Label("\(NumberFormat.percent(0).string(share)): \(Self.needed(share))"),
                    at: Point(max(1.1, 1.06 * log(0.55) / log(1 - share)), 0.42), anchor: .left, color: color),
            ]
        }
        let panel = Panel(
            x: Axis(
                "starts", range: 1...316,
                ticks: .labelled([1, 3, 10, 30, 100, 300].map { ($0, Label("\(Int($0))")) }), scale: .logarithmic),
            y: Axis("chance", range: 0...1.02, format: .percent),
            layers: [.rule(y: Self.wanted, style: LineStyle(.grey, width: 1.2, dash: .dashed))] + lines, legend: .none)
        return Figure(
            id: "starts", title: "Rare summits need many starts",
            subtitle: "Beside each line: the share of good starts, and the starts needed for 95 % (circles)",
            alt: report.words(
                #"""
                Chance of having found the best end against the number of starts. For 95 % it takes \#(shares.map { Double(Self.needed($0.0)) }, .significant(3)) starts at the shares
                \#(shares.map(\.0), .significant(2)).
                """#),
            panels: [panel], size: Size(width: 760, height: 400))
    }
}
