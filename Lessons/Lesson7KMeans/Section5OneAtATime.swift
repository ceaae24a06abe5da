import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 5: K-means that sees each point once.
struct OneAtATime {
    private let rows: [[Double]]
    private let start: [[Double]] = [[-1, 2], [1, -2]]
    private let pass: Pass
    /// Numbers from two clusters, one of which moves.
    private let stream: [Double]
    private let decreasing: Pass
    private let constant: Pass
    private static let rate = 0.05

    init(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed).stream(3)
        rows = (0..<120).map { _ in
            let middle = generator.bernoulli(0.5) ? [-2.0, 0.5] : [2.0, -0.5]
            return middle.map { $0 + generator.standardNormal() }
        }
        stream = (0..<600).map { n in
            generator.bernoulli(0.5) ? generator.standardNormal() : Self.drift(n) + generator.standardNormal()
        }
        pass = Pass(rows, start: start, rate: nil)
        let numbers = stream.map { [$0] }
        decreasing = Pass(numbers, start: [[0], [8]], rate: nil)
        constant = Pass(numbers, start: [[0], [8]], rate: Self.rate)
    }

    /// Where the moving cluster is.
    private static func drift(_ n: Int) -> Double { 8 + 8 * Double(n) / 600 }

    /// One pass over the points; each moves the nearest centre towards itself, by the rate, or by 1 / N_k.
    struct Pass {
        private(set) var centres: [[Double]]
        private(set) var counts: [Double]
        private(set) var classes: [Int] = []
        /// The centres after each point.
        private(set) var path: [[[Double]]] = []

        init(_ rows: [[Double]], start: [[Double]], rate: Double?) {
            centres = start
            counts = start.map { _ in 0 }
            for x in rows {
                let k = Lloyd.nearest([x], centres)[0]
                counts[k] += 1
                let step = rate ?? 1 / counts[k]
                centres[k] = zip(centres[k], x).map { $0 + step * ($1 - $0) }
                classes.append(k)
                path.append(centres)
            }
        }
    }

    func explain(in report: inout Report) throws {
        report.section("One point at a time")
        report.prose(
            #"""
            Data may come in one after another, and too many to keep. The slope of section 3 is a sum over points, so each point can be given its own
            part of the step: let it move the nearest centre a little way towards itself, by a share $\eta$ of the distance, and forget the point. Bishop obtains the update from the Robbins-Monro procedure, a
            method for finding the zero of an average that is only seen through noisy single values; it asks for shares that shrink, but not too fast.
            """#)
        report.define(
            #"\eta_{\obsindex}"#, "learning rate", #"the share of the way that point $\obsindex$ moves its centre"#)
        let means = start.indices.map { k in
            let own = zip(rows, pass.classes).filter { $0.1 == k }.map(\.0)
            return start[k].indices.map { d in own.reduce(0) { $0 + $1[d] } / Double(own.count) }
        }
        let first = pass.classes[0]
        let second = pass.classes.dropFirst().firstIndex(of: first) ?? 1
        let before = pass.path[second - 1][first]
        let after = pass.path[second][first]
        report.equation(
            "prml.9.5",
            formula: #"""
                \meanvec{k}^{\text{new}} = \meanvec{k}^{\text{old}} + \eta_{\obsindex} (\obsvec{n} - \meanvec{k}^{\text{old}}), \qquad
                \eta_{\obsindex} = \frac{1}{\effcount{k}}
                """#,
            printed:
                #"\boldsymbol{\mu}_{k}^{\text{new}} = \boldsymbol{\mu}_{k}^{\text{old}} + \eta_{n} (\mathbf{x}_{n} - \boldsymbol{\mu}_{k}^{\text{old}})"#,
            numbers: #"""
                \#(column: before, .fixed(3)) + \frac{1}{2} \left( \#(column: rows[second], .fixed(3)) - \#(column: before, .fixed(3)) \right)
                = \#(column: after, .fixed(3)) \quad \text{(the second point that centre \#(first + 1) receives)}
                """#,
            value: .matrix(pass.centres),
            again: .exact(
                .matrix(means),
                "the plain means of the \(Int(pass.counts[0])) and \(Int(pass.counts[1])) points that the two centres received during the pass"
            ),
            telling: .entry(0, 0, #"first entry of $\meanvec{1}$ after the pass"#),
            note: #"""
                The values are the two centres after one pass over \#(rows.count) points, from the starts \#(start[0], .significant(2)) and
                \#(start[1], .significant(2)). $\effcount{k}$ counts the points that the centre has received, this one included. So the first takes the
                place of the start, and after that the centre is the plain mean of what it has received. The source writes $\eta_{\obsindex}$ and leaves it open.
                """#)
        report.folded("The algebra: from the slope to the update") { inner in
            inner.prose(
                #"""
                Divide the slope of the distortion by $-2 \obscount$: at the best centres the average of $\hard{n}{k} (\obsvec{n} - \meanvec{k})$ is 0. For a stream without end the average becomes an expectation. Robbins and
                Monro find the zero of an expectation by taking, for each value that comes in, a step of that value times a shrinking share $a_{\obsindex}$:
                """#)
            inner.formula(
                #"\meanvec{k}^{\text{new}} = \meanvec{k}^{\text{old}} + a_{\obsindex} \thinspace \hard{n}{k} (\obsvec{n} - \meanvec{k}^{\text{old}})"#
            )
            inner.prose(
                #"""
                With $\eta_{\obsindex} = a_{\obsindex} \hard{n}{k}$ that is the update: only the nearest centre moves. And with $1 / \effcount{k}$ it is the recursion of the mean: the mean of $m$ points, times $m$, plus a new
                point, over $m + 1$, is the old mean plus $1 / (m + 1)$ of the way to the new point.
                """#)
        }
        let lloyd = Lloyd(rows, start: pass.centres)
        let other = zip(lloyd.classes, pass.classes).count { $0 != $1 }
        report.prose(
            #"""
            One pass is not K-means to the end: early points are never asked again, though their centre may have left them since. If K-means went on from here until nothing moves,
            \#(other == 0 ? "all \(rows.count) points would be in the cluster that they went to as they came in: this time the order did no harm" : "\(other) of the \(rows.count) points would be in another cluster than the one that they went to as they came in"). The longer the stream, the less the early points count.

            **Clusters that move.** With $1 / \effcount{k}$ a centre never forgets, and becomes slower and slower. A constant $\eta$ forgets: after $m$ further
            points of the cluster, an old point's influence has shrunk by the factor $(1 - \eta)^{m}$. So it follows, a little behind; the price is that it trembles for ever.
            """#)
        report.predict(
            "One cluster stays at 0, the other moves from 8 to 16 during 600 points. Where is its centre at the end, with $1/\\effcount{k}$, and with $\\eta = 0.05$?",
            answer:
                #"At \#(decreasing.centres[1][0], .fixed(2)) with $1/\effcount{k}$, about the middle of its way, and at \#(constant.centres[1][0], .fixed(2)) with the constant rate."#
        )
        try drifting(in: &report)
        report.exercise(
            #"A cluster's centre moves by $v$ from each of its points to the next, and the rate $\eta$ is constant. How far behind does the centre run?"#,
            answer: #"""
                In balance the step $\eta \times \text{distance}$ equals $v$, where the distance is measured to the new point. So after its step the centre is
                $v (1 - \eta) / \eta$ behind; here $v$ is about 8/300 and $\eta = 0.05$, which makes \#(8.0 / 300 * 0.95 / 0.05, .fixed(2)).
                """#)
    }

    /// The constant rate by the formula for a sum of weighted points.
    private func drifting(in report: inout Report) throws {
        let own = zip(stream, constant.classes).filter { $0.1 == 1 }.map(\.0)
        let keep = 1 - Self.rate
        var weighted = 8 * pow(keep, Double(own.count))
        for (place, x) in own.enumerated() { weighted += Self.rate * pow(keep, Double(own.count - 1 - place)) * x }
        report.check(
            "constant-rate", value: .number(constant.centres[1][0]),
            again: .exact(
                .number(weighted),
                "adding up the start and all points of the cluster, each with the weight that a constant rate leaves it at the end",
                tolerance: .rounding(scale: 100)))
        report.figure(
            try figure(report),
            caption: #"""
                Points of two clusters as they come in, one of them moving. The plain mean of all points received (orange) is left behind and ends at
                \#(decreasing.centres[1][0], .fixed(1)); a centre with the constant rate 0.05 (blue) follows, and ends at \#(constant.centres[1][0], .fixed(1)), where the cluster is at 16. (The first point that a centre receives
                at the rate $1 / \effcount{k}$ takes it all the way to itself: hence the jumps at the beginning.)
                """#)
    }

    private func figure(_ report: Report) throws -> Figure {
        func path(_ pass: Pass, _ k: Int) -> [Point] {
            pass.path.enumerated().map { Point(Double($0 + 1), $1[k][0]) }
        }
        return Figure(
            id: "online", title: "A shrinking rate remembers everything, a constant rate follows",
            alt: report.words(
                #"""
                A stream of 600 numbers from two clusters, one at 0 and one that moves from 8 to 16. With rate 1 over the count the moving
                cluster's centre ends at \#(decreasing.centres[1][0], .fixed(2)), with the constant rate 0.05 at \#(constant.centres[1][0], .fixed(2)).
                """#),
            panels: [
                Panel(
                    x: Axis("points so far", range: 0...600), y: Axis("position"),
                    layers: [
                        .scatter(
                            stream.enumerated().map { Point(Double($0 + 1), $1) },
                            style: MarkerStyle(.grey.opacity(0.35), .circle, size: 4)),
                        .line([Point(0, 8), Point(600, 16)], style: LineStyle(.ink, width: 1.2, dash: .dashed)),
                        .line(path(decreasing, 0), style: LineStyle(.orange, width: 2.4)),
                        .line(
                            path(decreasing, 1), style: LineStyle(.orange, width: 2.4),
                            label: try report.label(#"rate $1 / \effcount{k}$"#)),
                        .line(path(constant, 0), style: LineStyle(.blue, width: 2)),
                        .line(path(constant, 1), style: LineStyle(.blue, width: 2), label: "rate 0.05"),
                        .annotation(
                            "where the cluster is", at: Point(60, 14.6), anchor: .left,
                            pointingAt: Point(130, Self.drift(130))),
                    ])
            ], size: Size(width: 820, height: 400))
    }
}
