import Figures
import Foundation
import LessonKit
import Notebook
import Verification

/// Section 1: both steps on six points, with pencil and paper.
struct ByHand {
    static let boxTitle: Prose = "K-means (Lloyd's algorithm)"
    let rows: [[Double]] = [[1, 1], [1, 3], [3, 1], [6, 4], [7, 6], [8, 5]]
    private let names = ["A", "B", "C", "D", "E", "F"]
    let run: KMeans

    init() throws { run = try KMeans(rows, start: [[1, 1], [3, 1]]) }

    func explain(in report: inout Report) throws {
        report.section("Six points, two centres")
        report.prose(
            #"""
            Here are six points in the plane: \#(list). We want two clusters. A cluster is described by its *centre* $\meanvec{k}$, and which
            point belongs to which cluster by numbers $\hard{n}{k}$: 1 if point $\obsindex$ is in cluster $\classindex$, and 0 if not; each point is in
            exactly one. How good is such a choice? Add up, over all points, the squared distance to the centre of the point's own cluster.
            """#)
        report.define(
            #"\hard{n}{k}"#, "hard assignment", #"1 if observation $\obsindex$ is in cluster $\classindex$, else 0"#)
        report.define(#"\meanvec{k}"#, "centre", #"where cluster $\classindex$ has its middle"#)
        report.define("J", "distortion", "sum of the squared distances of all points to their centres")
        try distortion(in: &report)
        report.folded("A fact worth knowing, and the algebra: distances to the mean, and between the points") { inner in
            inner.prose(
                #"""
                In a cluster of $\effcount{k}$ points with its centre at the mean, the sum of squared distances to the mean is the sum of the squared distances between
                all ordered pairs of its points, divided by $2 \effcount{k}$. So a small distortion means that points of one cluster are near *each other*.
                """#)
            inner.prose(#"For points with the mean $\bar{x}$, put $\bar{x}$ into each difference, and multiply out:"#)
            inner.formula(
                #"""
                \sum_{a, b} \lVert x_{a} - x_{b} \rVert^{2} = \sum_{a, b} \lVert (x_{a} - \bar{x}) - (x_{b} - \bar{x}) \rVert^{2}
                = 2 \effcount{k} \sum_{a} \lVert x_{a} - \bar{x} \rVert^{2} - 2 \left\lVert \sum_{a} (x_{a} - \bar{x}) \right\rVert^{2}
                """#)
            inner.prose(
                #"""
                The differences from the mean sum to 0, so the last term vanishes. In the same way, the sum of the squared distances to any other point $c$ is that to
                the mean plus $\effcount{k} \lVert \bar{x} - c \rVert^{2}$: so the mean is the best centre, and by how much is known.
                """#)
        }
        report.prose(
            #"""
            To find the best clusters and centres together is hard. Each of the two alone is easy. If the centres are known, every point goes
            to the nearest. If the clusters are known, the best centre of each is the mean of its points. So do one, then the other, and again.
            """#)
        report.box(Self.boxTitle) { box in
            box.prose(
                #"""
                - **Start** with $\classcount$ different points as centres, well apart (section 4). Not with equal centres: all points would go to the
                  first.
                - **Assign** (the E-step). Each point goes to the nearest centre; of equally near ones, to the first.
                """#)
            box.formula(
                #"""
                \hard{n}{k} = \begin{cases} 1 & \text{if } \meanvec{k} \text{ is nearest to } \obsvec{n} \cr 0 & \text{otherwise} \end{cases}
                """#)
            box.prose(
                """
                - **Recentre** (the M-step). Each centre moves to the mean of its points. A centre without points has no mean: then start again
                  elsewhere (section 4).
                """)
            box.formula(
                #"\meanvec{k} = \frac{1}{\effcount{k}} \sumobs \hard{n}{k} \thinspace \obsvec{n}, \qquad \effcount{k} = \sumobs \hard{n}{k}"#
            )
            box.prose(
                #"""
                - **Watch** the distortion: no step may raise it.
                - **Stop** when no point changes its cluster. That happens after finitely many rounds, since there are finitely many
                  partitions and none comes back (section 2).
                - **Cost** of a round: the distance of every point to every centre, which is $\obscount \times \classcount \times \dimension$ multiplications, if a
                  point has $\dimension$ coordinates.
                - **Repeat** from several starts, and keep the end with the least distortion.
                - **How many** centres? You have to say it. The distortion cannot, since the best with one centre more is never worse
                  ([lesson:11]).
                """#)
        }
        report.predict(
            #"The centres start at A and C. Which points will have changed their cluster at the end?"#,
            answer:
                "Point C, and no other: it is a centre itself at first, and belongs to its neighbours A and B in the end."
        )
        try rounds(in: &report)
        report.figure(
            try figure(report),
            caption: #"""
                The six points after each half-step. A line leads from each point to its centre; the squared lengths of the lines add up to the
                distortion. It never rises, and after \#(run.steps) rounds nothing moves any more.
                """#)
        report.furtherFits.append(summary)
        report.exercise(
            "Start with the centres at D and F. Do a round by hand. Where does it end?",
            answer: #"""
                A, B, C and D are nearer to D, E and F to F (E has the squared distances 5 and 2). The centres move to (2.75, 2.25) and
                (7.5, 5.5). Now D is nearer to the second (its squared distances are 13.625 and 4.5) and joins it. The end is the same as above.
                """#)
    }

    private var list: String {
        zip(names, rows).map { "\($0) at (\(Int($1[0])), \(Int($1[1])))" }.joined(separator: ", ")
    }

    private var summary: FitSummary {
        let end = run.trace[run.steps]
        return FitSummary(
            model: "K-means with 2 clusters of 2 variables: EM with hard assignment", weights: end.mixture.weights,
            parameters: ["centres": .matrix(run.centres)], logLikelihood: end.logLikelihood, iterations: run.steps,
            trace: run.trace.map(\.logLikelihood)
        ).following(
            run.trace.map { FitStep(centresOf: $0) },
            of: FitData(columns: ["first coordinate", "second coordinate"], rows: rows), name: "six points",
            held: FitHeld(weights: true))
    }

    // MARK: Equation

    private func distortion(in report: inout Report) throws {
        let value = run.halfSteps
        let places = (0...run.steps).flatMap { t in t == run.steps ? [(t, t)] : [(t, t), (t, t + 1)] }
        let byPairs = places.map { Distortion.byPairs(rows, run.classes[$0.0], run.centres($0.1)) }
        let start = zip(rows, run.classes[0]).map { Distortion.squared($0, run.centres(0)[$1]) }
        report.equation(
            "orie4742.distortion",
            formula: #"J = \sumobs \sumclasses \hard{n}{k} \thinspace \lVert \obsvec{n} - \meanvec{k} \rVert^{2}"#,
            printed: #"""
                \sum_{n=1}^{N} \sum_{k=1}^{K} \eta_{nk} \lVert x_{n} - \mu_{k} \rVert_{2}^{2}
                """#,
            numbers: #"""
                \text{A and B with the centre A, the others with the centre C: } \quad
                J = \#(start.map { "\(Int($0))" }.joined(separator: " + ")) = \#(value[0], .significant(4))
                """#,
            value: .vector(value),
            again: .exact(
                .vector(byPairs),
                """
                the squared distances between the points of each cluster, over twice their number, and what is added if the centre is \
                not the mean
                """),
            telling: .entry(0, "at the start"),
            note: #"""
                The check goes through all half-steps of the run below. It works with the distances between the points, as the next fold explains.
                """#)
    }

    // MARK: The rounds

    private func rounds(in report: inout Report) throws {
        for t in 0..<run.steps {
            let centres = run.centres(t)
            let moved = run.centres(t + 1)
            let changed = t == 0 ? [] : rows.indices.filter { run.classes[t][$0] != run.classes[t - 1][$0] }
            let words =
                changed.isEmpty ? "" : " \(changed.map { names[$0] }.joined(separator: ", ")) has changed sides."
            report.prose(
                #"**Round \#(t + 1).** The centres are \#(centres[0], .significant(4)) and \#(centres[1], .significant(4)).\#(words)"#
            )
            report.table(
                ["", "squared distance to the first centre", "to the second", "cluster"],
                rows: rows.indices.map { n in
                    [Prose(names[n])] + centres.map { "\(Distortion.squared(rows[n], $0), .significant(4))" }
                        + ["\(run.classes[t][n] + 1)"]
                },
                caption: #"""
                    Round \#(t + 1): distances and clusters. The distortion is \#(run.halfSteps[2 * t], .significant(4)) after the assignment, and
                    \#(run.halfSteps[2 * t + 1], .significant(4)) after the centres have moved to \#(moved[0], .significant(4)) and \#(moved[1], .significant(4)).
                    """#)
        }
        report.prose(
            #"""
            **Round \#(run.steps + 1)** gives every point the centre that it has: this is the end, with $J = \#(run.distortion, .significant(4))$.
            """#)
    }

    // MARK: Figure

    private func figure(_ report: Report) throws -> Figure {
        let panels = (0..<run.steps).flatMap { t in
            [panel("round \(t + 1): assign", t, t, 2 * t), panel("round \(t + 1): recentre", t, t + 1, 2 * t + 1)]
        }
        return Figure(
            id: "half-steps", title: "Assign, recentre, assign, recentre",
            subtitle: "Crosses: the centres; J: the sum of the squared lengths of the lines",
            alt: report.words(
                #"""
                Four panels of six points with lines to their centres. The distortion is \#(run.halfSteps.prefix(4).map { $0 }, .significant(4)):
                after the first assignment, after the first move, after the second assignment, when point C changes sides, and after the second move.
                """#),
            panels: panels, columns: 4, sharedX: true, sharedY: true)
    }

    private func panel(_ title: String, _ assigned: Int, _ centred: Int, _ half: Int) -> Panel {
        let (classes, centres) = (run.classes[assigned], run.centres(centred))
        let lines = rows.indices.map { n in
            Layer.line(
                [point(rows[n]), point(centres[classes[n]])],
                style: LineStyle(Palette.series(classes[n]).opacity(0.6), width: 1.5))
        }
        let points = (0..<2).map { k in
            Layer.scatter(
                rows.indices.filter { classes[$0] == k }.map { point(rows[$0]) },
                style: MarkerStyle(Palette.series(k), k == 0 ? .circle : .square, size: 8))
        }
        let middles = (0..<2).map { k in
            Layer.scatter([point(centres[k])], style: MarkerStyle(Palette.series(k), .cross, size: 15))
        }
        // Beside the points, clear of the crosses that lie upon some of them, and of all lines.
        let beside: [(x: Double, y: Double)] = [
            (-0.8, 0), (-0.8, 0), (0.85, -0.35), (1, -0.8), (-0.7, 0.4), (0.65, -0.4),
        ]
        let letters = rows.indices.map { n in
            Layer.annotation(
                Label(names[n]), at: Point(rows[n][0] + beside[n].x, rows[n][1] + beside[n].y), anchor: .center)
        }
        return Panel(
            title: Label(title), x: Axis("first coordinate", range: -0.8...9, ticks: .at([0, 3, 6, 9])),
            y: Axis("second coordinate", range: 0...8, ticks: .at([0, 2, 4, 6, 8])),
            layers: lines + points + middles + letters + [
                .annotation(
                    Label("J = " + NumberFormat.significant(4).string(run.halfSteps[half])), at: Point(0.2, 7.6),
                    anchor: .left)
            ], legend: .none, aspect: .equal)
    }

    private func point(_ x: [Double]) -> Point { Point(x[0], x[1]) }
}
