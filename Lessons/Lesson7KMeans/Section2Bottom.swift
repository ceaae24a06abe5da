import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 2: where K-means ends, from every start, beside the best of all partitions.
struct Bottom {
    let rows: [[Double]]
    private let ends: [KMeans]
    private let best: KMeans
    /// The least distortion of all partitions, found by trying them.
    private let least: Double
    private let partitions: Int

    init(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        rows = (0..<10).map { n in
            let middle = [[2.0, 2.0], [6.0, 3.0], [4.0, 6.0]][n % 3]
            return middle.map { (10 * ($0 + 1.4 * generator.standardNormal())).rounded() / 10 }
        }
        var ends: [KMeans] = []
        for a in rows.indices {
            for b in 0..<a {
                for c in 0..<b where Set([rows[a], rows[b], rows[c]]).count == 3 {
                    // A cluster may lose all its points: such a run fails, and counts as no end.
                    if let run = try? KMeans(rows, start: [rows[a], rows[b], rows[c]]) { ends.append(run) }
                }
            }
        }
        self.ends = ends
        best = ends.min { $0.distortion < $1.distortion } ?? ends[0]
        let all = try Assignments(items: rows.count, classes: 3)
        partitions = all.count
        let points = rows
        least = all.reduce(Double.infinity) { min($0, Self.distortion(points, $1)) }
    }

    /// The distortion of a partition with the best centres, from sums alone: Σ‖x‖² - Σ_k ‖Σ_(n in k) x_n‖² / N_k.
    private static func distortion(_ rows: [[Double]], _ classes: [Int]) -> Double {
        var (squares, x, y, count) = (0.0, [0.0, 0, 0], [0.0, 0, 0], [0.0, 0, 0])
        for (row, k) in zip(rows, classes) {
            squares += row[0] * row[0] + row[1] * row[1]
            x[k] += row[0]
            y[k] += row[1]
            count[k] += 1
        }
        for k in 0..<3 where count[k] > 0 { squares -= (x[k] * x[k] + y[k] * y[k]) / count[k] }
        return squares
    }

    /// The different ends, the best first, and how many starts lead there.
    private var bottoms: [(distortion: Double, run: KMeans, starts: Int)] {
        var result: [(distortion: Double, run: KMeans, starts: Int)] = []
        for run in ends.sorted(by: { $0.distortion < $1.distortion }) {
            if let last = result.last, run.distortion - last.distortion < 1e-9 {
                result[result.count - 1].starts += 1
            } else {
                result.append((run.distortion, run, 1))
            }
        }
        return result
    }

    /// The centres with which the worst end began.
    var bestDistortion: Double { best.distortion }
    var bestCentres: [[Double]] { best.centres }

    func explain(in report: inout Report) throws {
        let bottoms = bottoms
        let share = Double(bottoms[0].starts) / Double(ends.count)
        report.section("Always down, not always to the bottom")
        report.prose(
            #"""
            Neither step can raise the distortion. With the centres fixed, no point can have a nearer one than the nearest. With the clusters fixed,
            no centre has a smaller sum of squared distances to a cluster's points than their mean. So the distortion falls until nothing changes. But to *which* end?

            Ten points can be looked at completely. They can be dealt to three clusters in $3^{10} = \#(partitions)$ ways, and with the best
            centres for each, the least distortion of all is \#(least, .fixed(4)). K-means has not looked at so many. It ran
            \#(ends.count) times, with each choice of three of the points as its first centres\#(ends.count == 120 ? "" : ", but for those in which a centre was left without points").
            """#)
        report.predict(
            "From how many of all these starts does K-means find the best partition of the ten points: all, most, or fewer than half?",
            answer:
                #"From \#(bottoms[0].starts) of \#(ends.count), which is \#(share, .percent(0)). There \#(bottoms.count == 1 ? "is only one end" : "are \(bottoms.count) different ends")."#
        )
        let path = best.halfSteps
        report.equation(
            "orie4742.kmeans",
            formula: #"""
                \hard{n}{k} = \begin{cases} 1 & \text{if } \lVert \obsvec{n} - \meanvec{k} \rVert = \min_{\otherindex} \lVert \obsvec{n} - \meanvec{\otherindex} \rVert \cr 0 & \text{otherwise} \end{cases}
                \qquad
                \meanvec{k} = \frac{\sumobs \hard{n}{k} \thinspace \obsvec{n}}{\sumobs \hard{n}{k}}
                """#,
            numbers: #"""
                J: \quad \#(path.map { NumberFormat.fixed(3).tex($0) }.joined(separator: #" \to "#))
                """#,
            value: .number(best.distortion),
            again: .exact(
                .number(least),
                "trying all \(partitions) ways to deal ten points to three clusters, with the best centres for each",
                tolerance: .rounding(scale: 1000)),
            note: #"""
                These are the two steps of the box. (At a tie the left formula would give a point to two centres; it goes to the first.) The numbers are the distortion after every half-step of a run that
                finds the best partition. The value is the best of all runs, and nothing is better.
                """#)
        let falls = ends.flatMap { run in zip(run.halfSteps, run.halfSteps.dropFirst()).map { $1 - $0 } }
        report.check(
            "distortion-falls", value: .vector(path),
            again: .property(
                "no half-step raises the distortion",
                by: "comparing it before and after each of the \(falls.count) half-steps of all \(ends.count) runs",
                the: "largest rise", is: falls.max() ?? 0, tolerance: .rounding(scale: 1000)))
        report.figure(
            try figure(report),
            caption: #"""
                Left: the best partition of the ten points\#(bottoms.count > 1 ? ". Middle: another end of K-means, where it stays: each point has the nearest centre, each centre is the mean of its points, and the distortion is larger by \(NumberFormat.percent(0).string(bottoms[bottoms.count - 1].distortion / bottoms[0].distortion - 1))" : ""). Right: how many of the \#(ends.count) starts lead to each of the \#(bottoms.count) ends, from the least distortion to the largest.
                """#)
        let needed = share >= 1 ? 1 : Int((log(0.01) / log(1 - share)).rounded(.up))
        report.prose(
            #"""
            Each end is a *local* minimum: no single half-step leads on. The remedy is to start again from other centres and to keep the best
            end. If a random start finds the best partition with probability $p$, all of $R$ starts miss it with probability $(1 - p)^{R}$. Here
            $p = \#(share, .fixed(3))$, and \#(needed) \#(needed == 1 ? "start is" : "starts are") enough to find it with a probability of 99 percent. For many clusters $p$ is tiny, and one needs
            better starts than random ones: section 4.
            """#)
        report.exercise(
            #"Why does K-means always stop, and not go round in a circle?"#,
            answer: #"""
                A partition that comes back would have the same distortion as before, so no step between the two visits can have lowered it. But a round that changes the
                partition and does not lower the distortion leaves the centres where they are, since the mean is the only best centre; then the next round changes nothing (if ties are always broken in the same way), and that is
                the end. And there are only finitely many partitions.
                """#)
    }

    // MARK: Figure

    private func figure(_ report: Report) throws -> Figure {
        let bottoms = bottoms
        let shown = bottoms.count > 1 ? [bottoms[0], bottoms[bottoms.count - 1]] : [bottoms[0]]
        let panels = shown.enumerated().map { index, bottom in
            plane(
                (index == 0 ? "the best: J = " : "another end: J = ") + NumberFormat.fixed(2).string(bottom.distortion),
                bottom.run)
        }
        let bars = Panel(
            title: "starts that lead to each end", x: Axis("the ends, the best first", ticks: .integers),
            y: Axis("starts", ticks: .integers, includesZero: true),
            layers: [
                .bars(
                    bottoms.enumerated().map { Point(Double($0 + 1), Double($1.starts)) }, width: 0.7, color: .blue)
            ], legend: .none)
        return Figure(
            id: "ends", title: "K-means ends where no single step leads on",
            subtitle: "Ten points, three clusters, started from each choice of three points",
            alt: report.words(
                #"""
                The best partition of ten points into three clusters has distortion \#(bottoms[0].distortion, .fixed(2)) and is found from
                \#(bottoms[0].starts) of \#(ends.count) starts; the worst end has \#(bottoms[bottoms.count - 1].distortion, .fixed(2)).
                """#),
            panels: panels + [bars], columns: panels.count + 1, size: Size(width: 900, height: 360))
    }

    private func plane(_ title: String, _ run: KMeans) -> Panel {
        let lines = rows.indices.map { n in
            let (row, centre) = (rows[n], run.centres[run.clusters[n]])
            return Layer.line(
                [Point(row[0], row[1]), Point(centre[0], centre[1])],
                style: LineStyle(Palette.series(run.clusters[n]).opacity(0.5), width: 1.5))
        }
        let points = (0..<3).map { k in
            Layer.scatter(
                rows.indices.filter { run.clusters[$0] == k }.map { Point(rows[$0][0], rows[$0][1]) },
                style: .series(k, size: 8))
        }
        let centres = run.centres.enumerated().map { k, centre in
            Layer.scatter([Point(centre[0], centre[1])], style: MarkerStyle(Palette.series(k), .cross, size: 14))
        }
        return Panel(
            title: Label(title), x: Axis("first coordinate", ticks: .wanted(4)),
            y: Axis("second coordinate", ticks: .wanted(4)),
            layers: lines + points + centres, legend: .none, aspect: .equal)
    }
}
