import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 4: starts. Random rows, k-means++, and what a bad start does.
struct GoodStarts {
    private let rows: [[Double]]
    private let random: [Lloyd]
    private let plus: [Lloyd]
    private let least: Double
    private let badStart: [[Double]]
    /// How many of the random starts had two centres in one cluster, and how many of these ended well all the same.
    private let doubled: Int
    private let repaired: Int
    private let seed: UInt64
    private static let middles: [[Double]] = [[0, 0], [5, 0.5], [10, 0], [0.5, 5], [5, 5.5], [10, 5]]
    private static let tries = 200
    private var clusters: Int { Self.middles.count }

    init(seed: UInt64) throws {
        self.seed = seed
        var generator = SeededGenerator(seed: seed).stream(2)
        var rows: [[Double]] = []
        for n in 0..<90 {
            rows.append(Self.middles[n % 6].map { $0 + 0.6 * generator.standardNormal() })
        }
        self.rows = rows
        let count = Self.middles.count
        let starts = (0..<Self.tries).map { _ in Starts.randomRows(rows, count, using: &generator) }
        random = starts.map { Lloyd(rows, start: $0) }
        plus = (0..<Self.tries).map { _ in Lloyd(rows, start: Starts.plusPlus(rows, count, using: &generator)) }
        least = (random + plus).map(\.distortion).min() ?? 0
        let best = least * (1 + 1e-9)
        let crowded = zip(starts, random).filter { Set(Lloyd.nearest($0.0, Self.middles)).count < count }
        doubled = crowded.count
        repaired = crowded.count { $0.1.distortion <= best }
        badStart = zip(starts, random).max { $0.1.distortion < $1.1.distortion }?.0 ?? starts[0]
    }

    private func hits(_ runs: [Lloyd]) -> Int { runs.count { $0.distortion <= least * (1 + 1e-9) } }
    private func mean(_ runs: [Lloyd]) -> Double { runs.reduce(0) { $0 + $1.distortion } / Double(runs.count) }

    func explain(in report: inout Report) throws {
        let bad = Lloyd(rows, start: badStart)
        report.section("Good starts, and what a bad one does")
        report.prose(
            #"""
            Six clusters, so far apart that a child could circle them, and \#(rows.count) points. Draw six of the points as first centres. With
            fifteen points in each cluster, the chance that all six centres fall into different clusters is \#(chance, .percent(1)). In all other
            cases some cluster has more than one centre and another has none. K-means can repair that only if one of them reaches over to the neighbours' points and is drawn across.

            **k-means++** (Arthur and Vassilvitskii 2007) draws the centres one after another: the first is any point, each further one is point
            $\obsindex$ with a probability proportional to $d_{\obsindex}^{2}$, its squared distance to the nearest centre so far. Where a cluster has no
            centre yet, all distances are large; so that is where the next one falls, most probably.
            """#)
        report.define(
            nil, "k-means++",
            "a start whose centres are rows, drawn with probability proportional to the squared distance to those drawn before"
        )
        report.predict(
            "Of \(Self.tries) starts with random rows, and of \(Self.tries) with k-means++, how many find the six clusters?",
            answer: #"\#(hits(random)) with random rows, \#(hits(plus)) with k-means++."#)
        report.table(
            ["start", "runs that end in the least distortion", "mean distortion at the end", "worst"],
            rows: [("random rows", random), ("k-means++", plus)].map { name, runs in
                [
                    Prose(name), "\(hits(runs)) of \(Self.tries)", "\(mean(runs), .fixed(1))",
                    "\(runs.map(\.distortion).max() ?? .nan, .fixed(1))",
                ]
            },
            caption: """
                The least distortion found is \(least, .fixed(2)). Of the starts with random rows, \(doubled) began with more than one centre in some cluster, and \(repaired) \
                of these were repaired.
                """)
        report.figure(
            try figure(report, bad),
            caption: #"""
                Left: the worst end of the random starts. Some clusters have more centres than one, and others have to share one. Middle and right: where
                the runs end; further right is worse. Random rows \#(hits(plus) > hits(random) ? "more often end badly than k-means++" : "did no worse here than k-means++").
                """#)
        try probabilities(in: &report)
        report.prose(
            #"""
            **A centre without points.** A centre that starts far away from all points gets none. Its mean would be 0/0, and there is no right
            answer to what should become of it. The package refuses to guess, and says so; other programs keep the centre where it is, or move it to the point that is
            worst off. Starting at rows of the data avoids it at the first step. \#(refusal)
            """#)
        report.exercise(
            "Why not simply take the farthest point as the next centre, instead of drawing one?",
            answer: """
                Because the farthest point is often an outlier, and a centre that starts at an outlier may stay there, alone. Drawing in proportion to the squared
                distance prefers far points, but a whole cluster of fairly far ones outweighs one that is very far.
                """)
    }

    /// The chance that six rows, drawn from six clusters of fifteen, fall into different ones.
    private var chance: Double {
        var chance = 1.0
        for drawn in 0..<6 { chance *= Double(90 - 15 * drawn) / Double(90 - drawn) }
        return chance
    }

    /// What the package says to a centre that gets no points.
    private var refusal: Prose {
        do {
            _ = try kMeans(rows, start: [[0, 0], [1000, 1000]]).fit()
            return ""
        } catch {
            let words = "\(error)".split(separator: ";").first.map(String.init) ?? ""
            return "With one of two centres started at (1000, 1000) it stops with the message “\(words)”."
        }
    }

    /// The probabilities of k-means++ beside draws.
    private func probabilities(in report: inout Report) throws {
        let first = rows[0]
        let distances = rows.map { Distortion.squared($0, first) }
        let total = distances.reduce(0, +)
        let own = rows.indices.filter { $0 % 6 == 0 }.reduce(0) { $0 + distances[$1] } / total
        let points = rows
        let simulated = try Simulation.proportion(count: 20_000, seed: seed) { random in
            var left = random.uniform() * total
            var place = 0
            while place < points.count - 1, left >= distances[place] {
                left -= distances[place]
                place += 1
            }
            return place % 6 == 0
        }
        report.prose(
            #"""
            How sure is it? With the first centre at the first point, the second falls into the same cluster with the probability
            \#(own, .percent(2)): the cluster's share of the sum of all squared distances. With random rows it would be 14 of 89, which is \#(14.0 / 89, .percent(1)).
            """#)
        report.check(
            "plus-plus", value: .number(own),
            again: .simulation(simulated, "drawing the second centre 20,000 times"))
    }

    // MARK: Figure

    private func figure(_ report: Report, _ bad: Lloyd) throws -> Figure {
        let clouds = (0..<6).map { k in
            Layer.scatter(
                rows.indices.filter { bad.classes[$0] == k }.map { Point(rows[$0][0], rows[$0][1]) },
                style: MarkerStyle(Palette.series(k).opacity(0.75), Marker.allCases[k % 4], size: 6))
        }
        let ends = bad.centres.map { Point($0[0], $0[1]) }
        let plane = Panel(
            title: Label("a bad end: J = " + NumberFormat.fixed(1).string(bad.distortion)),
            x: Axis("first coordinate", ticks: .wanted(4)),
            y: Axis("second coordinate", ticks: .wanted(4)),
            // Rings below the points, crosses above them, with a white rim: so neither hides a cluster of few points.
            layers: [
                .scatter(
                    badStart.map { Point($0[0], $0[1]) }, style: MarkerStyle(.ink, .ring, size: 10), label: "start")
            ] + clouds + [
                .scatter(ends, style: MarkerStyle(.white, .cross, size: 12.5)),
                .scatter(ends, style: MarkerStyle(.ink, .cross, size: 10), label: "end"),
            ], legend: .above, aspect: .equal)
        let top = (random + plus).map(\.distortion).max() ?? 1
        let edges = (0...24).map { Double($0) / 24 * top * 1.02 }
        let histograms = [("random rows", random), ("k-means++", plus)].map { name, runs in
            Panel(
                title: Label("\(name): \(hits(runs)) of \(Self.tries) find the six"),
                x: Axis("distortion at the end", range: 0...(1.05 * edges[24])),
                y: Axis("runs", range: 0...Double(Self.tries)),
                layers: [.histogram(runs.map(\.distortion), bins: .edges(edges), color: .grey)], legend: .none)
        }
        return Figure(
            id: "starts", title: "Where two centres start in one cluster, another cluster goes without",
            alt: report.words(
                #"""
                Left: six clear clusters, with centres that ended badly, distortion \#(bad.distortion, .fixed(1)). Right: of \#(Self.tries) random starts
                \#(hits(random)) reach the least distortion \#(least, .fixed(1)); of as many k-means++ starts \#(hits(plus)) do.
                """#),
            panels: [plane] + histograms, columns: 3, size: Size(width: 960, height: 380))
    }
}
