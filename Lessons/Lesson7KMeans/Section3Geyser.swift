import Figures
import Foundation
import LessonKit
import MixtureModels
import Notebook
import Verification

/// Section 3: K-means on real data, the slope of the distortion, and what the units of measurement do.
struct Geyser {
    private let study: Study
    /// The best of several starts with k-means++, on standardised columns.
    let run: KMeans
    private let ends: [Double?]
    /// The same on the columns in their own proportions.
    private let unscaled: KMeans
    private static let pairedRows = 2000

    init(_ study: Study, seed: UInt64) throws {
        self.study = study
        var generator = SeededGenerator(seed: seed).stream(1)
        func starts(_ rows: [[Double]]) -> [[[Double]]] {
            (0..<study.startCount).map { _ in Starts.plusPlus(rows, study.clusterCount, using: &generator) }
        }
        (run, ends) = try KMeans.best(study.standardised, starts: starts(study.standardised))
        unscaled = try KMeans.best(study.inProportion, starts: starts(study.inProportion)).best
    }

    /// J on the columns as measured.
    private var measuredDistortion: Double { unscaled.distortion * study.unit * study.unit }

    /// A sentence for the summary.
    var oneNumber: Prose {
        """
        \(study.isOldFaithful ? "Old Faithful" : "The file"), \(study.clusterCount) clusters, columns standardised: the least distortion found is \
        \(run.distortion, .significant(6)), in clusters of \(run.counts.map(Double.init), .fixed(0)).
        """
    }

    func explain(in report: inout Report) throws {
        report.section(study.isOldFaithful ? "Old Faithful" : "Your data")
        introduction(in: &report)
        try report.code(
            "func kMeans(", in: "Lessons/Lesson7KMeans/KMeans.swift",
            caption: """
                K-means needs no program of its own. It is EM with three choices: the weights are equal and stay so (`weights: .fixed`); of the Gaussians, which are round and equally wide,
                only the means move (`estimator: .means`); and each point belongs wholly to one of them (`assignment: .hard`). Section 6 says why this is the same.
                """)
        report.figure(try GeyserFigure(study, run).figure(report), caption: GeyserFigure(study, run).caption)
        results(in: &report)
        let values = run.halfSteps
        report.check(
            "study-falls", value: .number(run.distortion),
            again: .property(
                "no half-step raises the distortion",
                by: "comparing its \(values.count) values, one after each half-step, each with the next",
                the: "largest rise",
                is: zip(values, values.dropFirst()).map { $1 - $0 }.max() ?? 0, tolerance: .rounding(scale: values[0])))
        if study.standardised.count <= Self.pairedRows {
            let pairs = Distortion.byPairs(study.standardised, run.clusters, run.centres)
            report.check(
                "study-pairs", value: .number(run.distortion),
                again: .exact(
                    .number(pairs), "the distances between the \(study.noun) of each cluster, without any centre",
                    tolerance: .rounding(scale: values[0])))
        }
        try gradient(in: &report)
        scaling(in: &report)
        summarise(in: &report)
    }

    private func introduction(in report: inout Report) {
        let scales = zip(study.columns, study.scales).map { name, scale in
            "\(name) \(NumberFormat.significant(4).string(scale.mean)) and \(NumberFormat.significant(4).string(scale.deviation))"
        }
        if !study.isOldFaithful {
            report.prose(
                #"""
                The file has \#(study.fileRows ?? study.measured.count) rows\#(study.fileRows == nil ? "" : ", of which \(study.measured.count), drawn at random, are followed here"). We look for \#(study.clusterCount)
                \#(study.clusterCount == 1 ? "cluster" : "clusters") in the columns \#(study.columns.joined(separator: ", ")).
                """#)
            if let remarks = study.remarks { report.prose(remarks) }
        } else {
            report.prose(
                #"""
                \#(study.measured.count) eruptions of the geyser Old Faithful: how long each lasted, and how long one waited for the next, both in minutes. The
                waiting times are some twenty times as large as the eruptions, and K-means knows nothing but distances. So
                each column is *standardised* first: its mean is taken away, and it is divided by its standard deviation. (What happens without that is
                told at the end of this section.)
                """#)
        }
        report.prose(
            #"""
            Mean and standard deviation of the columns: \#(scales.joined(separator: "; ")). (The standard deviation is that with
            divisor $\obscount$.)
            """#)
        report.define(nil, "standardised", "less the column's mean, divided by its standard deviation")
    }

    private func results(in report: inout Report) {
        guard run.isAtRest else { return unfinished(in: &report) }
        let found = ends.compactMap { $0 }
        let best = found.count { $0 <= run.distortion * (1 + 1e-9) }
        let failed = ends.count - found.count
        report.prose(
            #"""
            K-means was started \#(study.startCount) \#(study.startCount == 1 ? "time" : "times") (with k-means++, section 4);
            \#(best) \#(best == 1 ? "start" : "starts") ended in the least distortion, $J = \#(run.distortion, .significant(6))$, the run of [fig:study] in \#(run.steps)
            \#(run.steps == 1 ? "round" : "rounds").\#(failed == 0 ? "" : " \(failed) left a centre without points, and do not count.")
            """#)
        centres(in: &report)
        guard study.isOldFaithful else { return }
        report.published([
            PublishedFigure(
                id: "scikit-learn", quantity: "scikit-learn 1.9.1: distortion, columns standardised",
                published: 79.57596, decimals: 5,
                ours: run.distortion, isByAnotherProgram: true),
            PublishedFigure(
                id: "scikit-learn", quantity: "scikit-learn 1.9.1: distortion, columns as measured",
                published: 8901.76872, decimals: 5,
                ours: measuredDistortion, isByAnotherProgram: true),
        ])
    }

    /// What is said where the run had to be stopped.
    private func unfinished(in report: inout Report) {
        report.warnings = Warnings.notConverged(steps: run.steps, isCutShort: true)
        report.prose(
            #"""
            K-means was started \#(study.startCount) \#(study.startCount == 1 ? "time" : "times") (with k-means++, section 4). With so many rows and clusters a
            round costs much; so the best of these starts, that of [fig:study], was followed for \#(run.steps) rounds only, to $J = \#(run.distortion, .significant(6))$. It is
            **not at rest** there: some points would still change their clusters.
            """#)
        centres(in: &report)
    }

    private func centres(in report: inout Report) {
        report.table(
            ["cluster", Prose(study.noun)] + study.columns.map { Prose("centre: \($0)") },
            rows: run.centres.indices.map { k in
                ["\(k + 1)", "\(run.counts[k])"]
                    + zip(run.centres[k], study.scales).map { "\($0 * $1.deviation + $1.mean, .significant(5))" }
            },
            caption: "The clusters that K-means ends with, their centres in the columns' own units.")
    }

    // MARK: The slope

    private func gradient(in report: inout Report) throws {
        let rows = study.standardised
        let classes = run.classes[0]
        let dimension = study.dimension
        func slopes(_ centres: [[Double]]) -> [[Double]] {
            centres.indices.map { k in
                (0..<dimension).map { d in
                    -2 * zip(rows, classes).reduce(0) { $1.1 == k ? $0 + ($1.0[d] - centres[k][d]) : $0 }
                }
            }
        }
        func differences(_ centres: [[Double]]) throws -> [[Double]] {
            try centres.indices.map { k in
                let members = zip(rows, classes).filter { $0.1 == k }.map(\.0)
                // With a constant added, so that a distortion of 0 has the rounding of its coordinates.
                return try CentralDifference.gradient(
                    of: { centre in members.reduce(Double(rows.count)) { $0 + Distortion.squared($1, centre) } },
                    at: centres[k])
            }
        }
        let old = run.centres(0)
        let new = run.steps > 0 ? run.centres(1) : old
        let (before, after) = (slopes(old), slopes(new))
        let size = after.flatMap { $0 }.map(abs).max() ?? 0
        report.equation(
            "prml.9.5-gradient",
            formula: #"""
                \frac{\partial J}{\partial \meanvec{k}} = -2 \sumobs \hard{n}{k} (\obsvec{n} - \meanvec{k}) = \mathbf{0}
                \quad \Rightarrow \quad \meanvec{k} = \frac{1}{\effcount{k}} \sumobs \hard{n}{k} \thinspace \obsvec{n}
                """#,
            numbers: #"""
                \frac{\partial J}{\partial \meanvec{1}} = \#(column: Array(before[0].prefix(4)), .fixed(3)) \text{ at the start}, \qquad
                \text{of size } \#(size, .bound) \text{ at the mean}
                """#,
            value: .matrix(before + after),
            again: .difference(
                .matrix(try differences(old) + differences(new)),
                "central differences of the distortion, with the clusters held fixed",
                relative: true),
            telling: .entry(0, 0, #"first entry of $\partial J / \partial \meanvec{1}$ at the start"#),
            note: #"""
                Of the slopes, that of the first centre at the start of the run is shown\#(dimension > 4 ? ", with its first four entries" : ""), and the largest of all slopes after the first move; the check
                compares those of every centre at both times. The slope is twice the count times the way from the mean to the centre, so one full step to the mean takes it to 0. As a function of the centre the distortion is a sum of squared
                distances, hence convex, and the point without a slope is the minimum.
                """#)
    }

    // MARK: Units

    private func scaling(in report: inout Report) {
        guard study.dimension > 1 else { return }
        let different = Agreement.disagreement(run.clusters, unscaled.clusters)
        let shares = study.scales.map { $0.deviation * $0.deviation }
        let total = shares.reduce(0, +)
        let widest = shares.firstIndex(of: shares.max() ?? 0) ?? 0
        let moved = study.clusterCount == 2 ? min(count(of: 0), count(of: 1)) : nil
        report.prose(
            #"""
            **Scaling matters.** The distortion adds squares of all columns. Measured in their own units, the column \#(study.columns[widest]) has
            \#(shares[widest] / total, .percent(1)) of the sum of the variances, and the rest
            is \#(shares[widest] / total > 0.9 ? "hardly seen" : "seen less than it should be"). K-means on the columns as they are ends with the distortion \#(measuredDistortion, .significant(6)),
            and \#(different == 0 ? "here with the same partition" : "with another partition: \(NumberFormat.percent(1).string(different)) of all pairs of \(study.noun) are together in one and apart in the other").\#(moved.map { $0 == 0 ? "" : " \($0) \($0 == 1 ? "row is" : "rows are") in the other cluster." } ?? "")
            Neither is *the* right answer. To choose the units is to say what counts as far, and with K-means it is you who has to say it.
            A Gaussian mixture with full covariances learns the scale of every direction from the data: section 7.
            """#)
    }

    /// With two clusters: how many rows have another cluster without standardising, if its clusters are named with this shift.
    private func count(of shift: Int) -> Int {
        zip(run.clusters, unscaled.clusters).count { ($0 + shift) % 2 != $1 }
    }

    private func summarise(in report: inout Report) {
        report.fit = FitSummary(
            model:
                "K-means with \(study.clusterCount) clusters of \(study.dimension) standardised variables: EM with hard assignment",
            weights: run.trace[run.steps].mixture.weights,
            parameters: [
                "centres": .matrix(run.centres), "counts": .vector(run.counts.map(Double.init)),
                "distortion": .number(run.distortion), "distortions": .vector(run.halfSteps),
            ],
            logLikelihood: run.trace[run.steps].logLikelihood, iterations: run.steps,
            trace: run.trace.map(\.logLikelihood), converged: run.isAtRest ? nil : false
        ).following(
            run.trace.map { FitStep(centresOf: $0) },
            of: FitData(columns: study.columns.map { "\($0), standardised" }, rows: study.standardised),
            name: study.isOldFaithful ? "Old Faithful" : "your data", held: FitHeld(weights: true))
    }
}
