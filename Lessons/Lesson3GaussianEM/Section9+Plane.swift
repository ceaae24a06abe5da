import Figures
import Foundation
import LessonKit
import MixtureModels
import Notebook
import Verification

/// The three clusters of section 3 again, without their labels: the slides' sequence of pictures, in numbers.
struct PlaneInAction {
    private let plane: Plane
    private let run: GaussianRun
    private let first: Mixture<MultivariateNormal>

    init(_ plane: Plane, progress: RunProgress) throws {
        self.plane = plane
        run = try GaussianRun(plane.rows, start: plane.start, shape: .full, progress: progress)
        first = run.row(1).mixture
    }

    func explain(in report: inout Report) throws {
        report.prose(
            #"""
            **The picture sequence.** The slides of CS229 show EM on three clusters in the plane: start, iterations 1 to 6, and the
            twentieth; the table below has these. Here are the points of [fig:labels], without their labels, from a rough start, chosen by hand: three equal round
            Gaussians with equal weights.
            """#)
        let ends = run.end.mixture.components
        report.figure(
            try figure(report),
            caption: #"""
                Iterations that were chosen to differ, with the points of [fig:labels] in colours mixed by responsibility. After \#(run.steps) iterations the three equal circles
                of the start are ellipses around \#(ends[0].mean, .fixed(1)), \#(ends[1].mean, .fixed(1)) and \#(ends[2].mean, .fixed(1)).
                """#)
        table(in: &report)
        try report.folded("The blank of the slide: the M-step once more, with the numbers of the first iteration") {
            try firstStep(in: &$0)
        }
        try report.folded("The sequence in numbers, and its end by Newton's method") { try iterations(in: &$0) }
        let values = run.rows.map(\.logLikelihood)
        report.check(
            "plane-monotone", value: .vector(run.frames.map { values[$0] }),
            again: .nonDecreasing(
                values, "the log-likelihood never falls",
                by: "comparing it before and after each of the \(run.steps) iterations",
                tolerance: .rounding(scale: values[run.steps])))
        recovered(in: &report)
        report.furtherFits.append(summary)
        try innerProduct(in: &report)
    }

    private var summary: FitSummary {
        FitSummary(
            shape: .full, classes: plane.classCount, dimension: 2, run.rows, converged: run.hasConverged,
            stoppedBy: run.stoppedBy
        ).following(
            run.rows.map { FitStep($0) }, of: FitData(columns: ["first", "second"], rows: plane.rows),
            name: "three clusters")
    }

    private func table(in report: inout Report) {
        let steps = Array(Set(run.frames + [run.steps])).sorted()
        report.table(
            ["iteration"] + (1...3).map { #"$\weight{\#($0)}$"# } + (1...3).map { #"$\meanvec{\#($0)}$"# }
                + [#"$\loglik{\params}$"#],
            rows: steps.map { t in
                let row = run.rows[t]
                return ["\(t)"] + row.mixture.weights.map { "\($0, .fixed(3))" }
                    + row.mixture.components.map { "\($0.mean, .fixed(2))" } + ["\(row.logLikelihood, .fixed(3))"]
            },
            caption: "Start, iterations 1 to 6 and 20, and the end.")
    }

    // MARK: Equations

    private func firstStep(in report: inout Report) throws {
        let q = run.first
        let coordinates = GaussianCoordinates(first, shape: .full)
        let count = Double(plane.rows.count)
        let slopes = try CentralDifference.gradient(
            of: { offsets in
                try coordinates.mixture(at: offsets).expectedCompleteLogLikelihood(of: plane.rows, responsibilities: q)
                    / count
            }, at: coordinates.origin)
        let component = first.components[0]
        report.equation(
            "cs229.m-step",
            formula: #"""
                \begin{aligned}
                \text{max by } \weight{k}: & \quad \frac{1}{\obscount} \sumobs \resp{n}{k} \cr
                \text{max by } \meanvec{k}, \cov{k}: & \quad \frac{\sumobs \resp{n}{k} \thinspace \obsvec{n}}{\sumobs \resp{n}{k}}, \quad
                \frac{\sumobs \resp{n}{k} (\obsvec{n} - \meanvec{k})(\obsvec{n} - \meanvec{k})^{\top}}{\sumobs \resp{n}{k}}
                \end{aligned}
                """#,
            numbers: #"""
                \text{iteration 1: } \quad \weight{1} = \#(first.weights[0], .fixed(4)), \qquad
                \meanvec{1} = \#(column: component.mean, .fixed(3)), \qquad
                \cov{1} = \#(matrix: component.covariance.rowList, .fixed(3))
                """#,
            value: .matrix(
                first.components.indices.map { k in
                    [first.weights[k]] + first.components[k].mean + first.components[k].covariance.values
                }),
            again: .property(
                "the update has no slope left to climb",
                by: """
                    central differences of the expected complete-data log-likelihood with respect to all \(coordinates.count) free \
                    parameters after the first step
                    """,
                the: "steepest slope, per point,", is: slopes.map(abs).max() ?? 0, tolerance: .centralDifference),
            telling: .entry(0, #"$\weight{1}^{(1)}$"#),
            note: """
                The slide leaves the right-hand sides blank, for the class to fill in. Here they are. (The numbers are those of class 1; `results.json` has \
                weight, mean and covariance of each class after the first iteration.)
                """)
    }

    private func iterations(in report: inout Report) throws {
        let values = run.rows.map(\.logLikelihood)
        let fromTwenty = GaussianCoordinates(run.row(20).mixture, shape: .full)
        let count = Double(plane.rows.count)
        let found = try NewtonAscent.maximum(
            of: { try fromTwenty.mixture(at: $0).logLikelihood(of: plane.rows) / count }, from: fromTwenty.origin)
        let shown = run.frames.map { NumberFormat.fixed(2).tex(values[$0]) }.joined(separator: #" \to "#)
        let left = values[run.steps] - run.row(20).logLikelihood
        let early = (run.row(6).logLikelihood - values[0]) / (values[run.steps] - values[0])
        report.equation(
            "cs229.iterations",
            formula: #"\paramsat{0} \to \paramsat{1} \to \cdots \to \paramsat{6} \to \cdots \to \paramsat{20}"#,
            numbers: TeX(#"\loglik{\paramsat{t}}: \quad "# + shown),
            value: .number(values[run.steps]),
            again: .search(
                .number(found.value * count),
                """
                Newton's method on the log-likelihood over all \(fromTwenty.count) free parameters, started at iteration \
                \(min(20, run.steps))
                """),
            note: #"""
                The value is the log-likelihood at the end, after \#(run.steps) iterations; no iteration lowered it. At the twentieth
                \#(left < 1e-3 ? "next to nothing is left to gain" : "there is still \(NumberFormat.significant(2).string(left)) to gain"). The first six brought \#(early, .percent(1)) of the whole gain.
                """#)
    }

    private func recovered(in report: inout Report) {
        let q = run.last
        var counts = [[Int]](repeating: [0, 0, 0], count: 3)
        for n in plane.rows.indices {
            let row = q.row(n)
            counts[plane.labels[n]][row.firstIndex(of: row.max() ?? 0) ?? 0] += 1
        }
        // The best way to name the clusters after the classes.
        let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]
        let hits = orders.map { order in (0..<3).reduce(0) { $0 + counts[$1][order[$1]] } }.max() ?? 0
        report.table(
            ["true class", "cluster 1", "cluster 2", "cluster 3"],
            rows: counts.enumerated().map { k, row in ["\(k + 1)"] + row.map { "\($0)" } },
            caption: "How many points of each class ended in which cluster.")
        let missed = plane.rows.count - hits
        report.prose(
            #"""
            And the labels? We kept them, so we can look: with the clusters named as suits them best, \#(hits) of the
            \#(plane.rows.count) points are where they belong.
            \#(missed * 20 <= plane.rows.count
                ? "Nearly all the labels could be recovered from the positions alone."
                : "The others lie where the clusters overlap, or this run ended in a local maximum: EM promises no more ([lesson:10]).")
            Which cluster gets which number is decided by the start: the likelihood does not change when names are exchanged.
            """#)
    }

    // MARK: Erratum

    private func innerProduct(in report: inout Report) throws {
        let mean = first.components[0].mean
        let q = run.first.column(0)
        let total = q.reduce(0, +)
        let scalar = zip(plane.rows, q).reduce(0) { sum, pair in
            let deviation = zip(pair.0, mean).map { $0 - $1 }
            return sum + pair.1 * (deviation[0] * deviation[0] + deviation[1] * deviation[1])
        }
        let covariance = first.components[0].covariance
        report.erratum(
            "errata.orie4742.outer",
            printed: #"$(x_{n} - \mu_{k}^{\ast})^{T} (x_{n} - \mu_{k}^{\ast})$ for the empirical covariance"#,
            corrected:
                #"$(x_{n} - \mu_{k}^{\ast}) (x_{n} - \mu_{k}^{\ast})^{T}$ for column vectors (as printed it is right for rows)"#,
            shown: #"""
                for class 1 after the first iteration the printed form is the single number \#(scalar / total, .fixed(4)). What is
                due is a matrix with rows \#(covariance.row(0), .fixed(4)) and \#(covariance.row(1), .fixed(4)); the number is
                only the sum of its diagonal
                """#)
    }

    // MARK: Figure

    private func figure(_ report: Report) throws -> Figure {
        let frames = Frames(
            rows: plane.rows, axes: ["first coordinate", "second coordinate"], aspect: .equal,
            ticks: Plane.ticks)
        let end = run.end.mixture
        let drawn = Frames.distinct(run.mixtures)
        let moved = zip(plane.start.components, end.components).map { start, end in
            zip(start.mean, end.mean).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
        }
        return Figure(
            id: "iterations", title: "Three clusters, from a rough start chosen by hand",
            subtitle:
                "Colours mixed by responsibility, undecided points larger; ellipses: 90 % of each Gaussian; black: the path of its mean",
            alt: report.words(
                #"""
                \#(drawn.count) panels, from the start to iteration \#(run.steps): three equal circles become three
                ellipses around \#(end.components[0].mean, .fixed(1)), \#(end.components[1].mean, .fixed(1)) and
                \#(end.components[2].mean, .fixed(1)). Their means have come \#(moved, .fixed(1)) from where they started;
                black lines show the way.
                """#),
            panels: try frames.panels(of: run.mixtures, at: drawn) { t in
                let height = NumberFormat.fixed(1).tex(run.rows[t].logLikelihood)
                return try report.label(#"\#(t == 0 ? "start" : "iteration \(t)"): $\loglik{\params} = \#(height)$"#)
            }, columns: 3, sharedX: true, sharedY: true, size: Size(width: 900, height: 680))
    }
}
