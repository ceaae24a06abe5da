import Datasets
import Figures
import Files
import Foundation
import LessonKit
import MixtureModels
import Notebook
import Verification

/// Section 12: the assay data of Reaven and Miller: three Gaussians for three measurements, beside the clinical classes.
struct Assay {
    let rows: [[Double]]
    /// The columns as the file calls them; what they really are is told by ``names``.
    let columns = ["glucose", "insulin", "sspg"]
    /// What the three columns measure.
    let names = ["fasting glucose", "glucose area", "insulin area"]
    let labels: LabelColumn
    /// From thirds of the rows in the order of one column, to the fit; classes named after the clinical ones.
    let best: GaussianRun
    private let other: GaussianRun
    /// The fit to the rows with one doubtful entry corrected, from thirds by each column.
    let corrected: [GaussianRun]
    /// Which fitted component stands for which clinical class.
    let order: [Int]

    init(progress: RunProgress) throws {
        let path = PackageFiles.path("Lessons/Data/diabetes.csv")
        rows = try NumericTable.read(path: path, columns: columns.map { .init($0) }).vectors
        labels = try LabelColumn.read(path: path, column: "class")
        progress.update("the assay data")
        best = try GaussianRun(rows, start: Self.thirds(rows, by: 2), shape: .full, progress: progress)
        other = try GaussianRun(rows, start: Self.thirds(rows, by: 1), shape: .full, progress: progress)
        let better = try Self.withCorrection(rows)
        corrected = try (0..<3).map {
            try GaussianRun(better, start: Self.thirds(better, by: $0), shape: .full, progress: progress)
        }
        order = Self.order(Self.counts(best.last, labels))
    }

    /// The way to name the clusters after the classes by which most rows agree.
    static func order(_ counts: [[Int]]) -> [Int] {
        let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]
        func agreement(_ order: [Int]) -> Int { zip(counts, order).reduce(0) { $0 + $1.0[$1.1] } }
        return orders.max { agreement($0) < agreement($1) } ?? [0, 1, 2]
    }

    /// The rows in the order of one column, cut into three equal parts, with a Gaussian fitted to each.
    static func thirds(_ rows: [[Double]], by column: Int) throws -> Mixture<MultivariateNormal> {
        let places = rows.indices.sorted { (rows[$0][column], $0) < (rows[$1][column], $1) }
        let parts = (0..<3).map { k in places[(k * rows.count / 3)..<((k + 1) * rows.count / 3)].map { rows[$0] } }
        return try Mixture(
            weights: parts.map { Double($0.count) / Double(rows.count) },
            components: parts.map { try .estimate(from: $0.pooled) })
    }

    /// For each clinical class, how many of its rows have each component as the most probable one.
    static func counts(_ q: Matrix, _ labels: LabelColumn) -> [[Int]] {
        var counts = [[Int]](repeating: Array(repeating: 0, count: q.columns), count: labels.classes.count)
        for (n, label) in labels.indices.enumerated() {
            let row = q.row(n)
            counts[label][row.firstIndex(of: row.max() ?? 0) ?? 0] += 1
        }
        return counts
    }

    var fitted: Mixture<MultivariateNormal> {
        get throws { try best.end.mixture.relabelled(order) }
    }

    /// Clinical class by cluster, the clusters in the order of the classes.
    var confusion: [[Int]] { Self.counts(best.last, labels).map { row in order.map { row[$0] } } }

    func explain(in report: inout Report) throws {
        report.section("A blood test")
        report.prose(
            #"""
            The CS229 slides end with “some bio assay data”: the data, their clusters, the density estimate. Theirs are not at
            hand, but here are others, with a story. In 1979 Reaven and Miller published measurements of \#(rows.count) people. Three
            measurements of each are in our file: the glucose in the blood after a night without food, and two areas under a curve in the hours after
            drinking sugar water, one of glucose and one of insulin. Doctors had diagnosed these people: \#(diagnoses). We fit
            three Gaussians to the three measurements, **without the diagnosis**, and look at it afterwards.
            """#)
        columnNames(in: &report)
        let agreeing = confusion.indices.reduce(0) { $0 + confusion[$1][$1] }
        report.figure(
            try classesFigure(report),
            caption: #"""
                The \#(rows.count) people by diagnosis (left), and by the cluster that EM found without it (right), in the colour of the cluster's main
                diagnosis. \#(agreeing) of them are in the cluster of their diagnosis; rings mark the \#(rows.count - agreeing) others.
                """#)
        try fit(in: &report)
        try results(in: &report)
        try corrected(in: &report)
        report.figure(
            try densityFigure(report),
            caption: #"""
                The fitted density for each pair of measurements; dots are the people. From a sharp peak at the healthy two arms lead away: one to
                large insulin areas, one to high fasting glucose and large glucose areas. (Some contours reach below an insulin area of 0, which nobody can have: a Gaussian
                knows of no border.)
                """#)
        closing(in: &report)
    }

    private var diagnoses: String {
        let counts = labels.classes.indices.map { k in labels.indices.count { $0 == k } }
        let words = ["Normal": "healthy", "Chemical": "with chemical diabetes", "Overt": "with overt diabetes"]
        let parts = zip(labels.classes, counts).map { "\($0.1) \(words[$0.0] ?? $0.0)" }
        return parts.dropLast().joined(separator: ", ") + " and " + (parts.last ?? "")
    }

    // MARK: The fit

    private func fit(in report: inout Report) throws {
        let mixture = try fitted
        let value = best.end.logLikelihood
        report.prose(
            #"""
            A start is needed that does not peek at the diagnosis. Put the people in the order of their insulin area, cut the row into
            thirds, and take each third as a class. From there EM takes \#(best.steps) steps to the log-likelihood \#(value, .significant(6)). Another program, started
            from the diagnosis, climbs the same hill.
            """#)
        let weights = mixture.weights.map { NumberFormat.fixed(4).tex($0) }.joined(separator: ", ")
        report.folded("The model as a formula, and its end by another program") { report in
            report.equation(
                "cs229.assay",
                formula: #"""
                    p(\obsvec{n}) = \sum_{\classindex=1}^{3} \weight{k} \thinspace \normal{\obsvec{n}}{\meanvec{k}}{\cov{k}}, \qquad
                    \obsvec{n} \in \mathbb{R}^{3}
                    """#,
                numbers: #"""
                    \weights = (\#(weights)), \qquad \loglik{\hat{\params}} = \#(value, .significant(6))
                    """#,
                value: .number(value),
                again: .published(
                    -2303.4918, decimals: 4,
                    "scikit-learn 1.9.1, started from the three diagnosed classes, without regularisation"))
        }
        let parts = mixture.components
        let (height, early) = (other.end.logLikelihood, try earlyStop(best))
        report.prose(
            #"""
            mclust is the R package from which the file comes, and its guide prints a log-likelihood that is a little lower: \#(Self.printed, .fixed(3)). mclust
            stops, unless told otherwise, as soon as a step changes the log-likelihood by less than a part in 100,000. By that rule our run would
            have ended after \#(early.step) of its \#(best.steps) steps, at \#(early.logLikelihood, .fixed(3)). Carried on from where it stops, mclust ends where we do. The
            numbers of the table were made by two scripts of ours, `make_mclust.R` and `make_fits.py` in `Tests/MixtureModelsTests/Reference`: they show
            that programs agree, not that anybody published them.
            """#)
        report.published([
            figure("mclust", "mclust 6.0.0, carried on: log-likelihood", -2303.4918, 4, value),
            figure(
                "mclust", "mclust 6.0.0, started as before version 5.4, carried on: log-likelihood", -2307.8532, 4,
                height),
            figure("scikit-learn", "scikit-learn 1.9.1: log-likelihood", -2303.4918, 4, value),
            figure(
                "scikit-learn", "scikit-learn 1.9.1: weight of the cluster of the healthy", 0.5357, 4,
                mixture.weights[0]),
            figure("scikit-learn", "scikit-learn 1.9.1: its mean fasting glucose", 90.952, 3, parts[0].mean[0]),
            figure("scikit-learn", "scikit-learn 1.9.1: its mean glucose area", 357.673, 3, parts[0].mean[1]),
            figure("scikit-learn", "scikit-learn 1.9.1: its mean insulin area", 163.651, 3, parts[0].mean[2]),
            figure(
                "scikit-learn", "scikit-learn 1.9.1: weight of the cluster of overt diabetes", 0.1986, 4,
                mixture.weights[2]),
            figure("scikit-learn", "scikit-learn 1.9.1: its mean fasting glucose", 229.151, 3, parts[2].mean[0]),
        ])
        let otherEarly = try earlyStop(other)
        report.prose(
            #"""
            The start matters. Cut the people into thirds by *glucose area* instead, and EM ends at
            \#(height, .fixed(3)): another local maximum, lower by
            \#(value - height, .fixed(2)). Started as its versions before 5.4 start, mclust prints \#(Self.printedBefore, .fixed(3)): it climbs this second
            maximum, and stops \#(height - Self.printedBefore, .fixed(2)) below it. (So would we, by its rule: after \#(otherEarly.step) steps, at \#(otherEarly.logLikelihood, .fixed(3)).)
            When you quote a fit, quote the start and the stopping rule.
            """#)
    }

    /// What the guide of mclust 6.0.0, “A quick tour of mclust”, prints; and what that version prints if it starts as those before 5.4 did.
    static let (printed, printedBefore) = (-2303.496, -2307.883)

    /// Where mclust's rule would have stopped a run: at the first step that changes the log-likelihood by less than 10⁻⁵ of one more
    /// than its size.
    private func earlyStop(_ run: GaussianRun) throws -> (step: Int, logLikelihood: Double) {
        let values = run.rows.map(\.logLikelihood)
        let step = (1..<values.count).first { t in
            let change: Double = abs(values[t] - values[t - 1])
            return change < 1e-5 * (1 + abs(values[t]))
        }
        guard let step else { throw LessonError.unexpected("EM on the blood test never slows down") }
        return (step, values[step])
    }

    private func figure(_ id: String, _ quantity: Prose, _ published: Double, _ decimals: Int, _ ours: Double)
        -> PublishedFigure
    {
        PublishedFigure(
            id: id, quantity: quantity, published: published, decimals: decimals, ours: ours, isByAnotherProgram: true)
    }

    // MARK: Beside the diagnosis

    private func results(in report: inout Report) throws {
        let mixture = try fitted
        report.table(
            ["cluster", "weight"] + names.map { Prose($0) } + ["standard deviations"],
            rows: mixture.components.indices.map { k in
                let component = mixture.components[k]
                return [Prose(labels.classes[k] + "-like"), "\(mixture.weights[k], .fixed(3))"]
                    + component.mean.map { "\($0, .fixed(1))" }
                    + ["\(component.covariance.diagonal.map { $0.squareRoot() }, .fixed(1))"]
            },
            caption: "The three Gaussians, each named after the diagnosis that is most frequent in it.")
        let counts = confusion
        report.table(
            ["diagnosis"] + labels.classes.map { Prose($0 + "-like") },
            rows: counts.enumerated().map { k, row in [Prose(labels.classes[k])] + row.map { "\($0)" } },
            caption: "Diagnosis (rows) and most probable cluster (columns).")
        let right = (0..<3).reduce(0) { $0 + counts[$1][$1] }
        report.prose(
            #"""
            \#(right) of \#(rows.count) people, \#(Double(right) / Double(rows.count), .percent(0)), are where the doctors put them,
            and nobody told the program what a healthy person looks like. Of the \#(rows.count - right) others,
            \#(counts[0][1] + counts[1][0]) are exchanged between healthy and chemical diabetes, which differ by degree; healthy and overt
            are \#(counts[0][2] + counts[2][0] == 0 ? "never confused" : "confused \(counts[0][2] + counts[2][0]) times").
            """#)
    }

    private func closing(in report: inout Report) {
        // Weights, means and covariances of three Gaussians in three dimensions: what is free in them.
        let (classes, columns) = (3, names.count)
        let free = (classes - 1, classes * columns, classes * columns * (columns + 1) / 2)
        report.exercise(
            #"""
            Fit two clusters to the assay data, and four. Does the log-likelihood tell you how many there are?
            """#,
            answer: #"""
                No: a fit with one more Gaussian can always be made at least as good, since the new one could copy one that is there and
                share its weight. One has to charge for parameters (three Gaussians in three dimensions have \#(free.0) free weights, \#(free.1) means and \#(free.2) entries of
                full covariances: \#(free.0 + free.1 + free.2) in all) or look at data that were not used for the fit. To try it: the commands at the end of this report work on `Lessons/Data/diabetes.csv`, too
                (with the file's own column names: `glucose,insulin,sspg`).
                """#)
    }
}
