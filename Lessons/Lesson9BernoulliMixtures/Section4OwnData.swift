import Figures
import Foundation
import LessonKit
import MixtureModels
import Notebook
import Verification

/// Section 4 with a reader's own file: its columns of 0 and 1 in the place of the digits.
struct OwnDataClasses {
    private let own: OwnColumns
    private let fit: BinaryFit
    /// The classes by falling weight.
    private let mixture: Mixture<BernoulliVector>
    private let counts: [Double]
    private let order: [Int]
    /// How many steps each start was given before the best was chosen.
    private let trialSteps: Int
    private static let mostColumns = 40
    private static let mostRows = 60

    init(_ own: OwnColumns, seed: UInt64) throws {
        self.own = own
        var generator = SeededGenerator(seed: seed).stream(3)
        trialSteps = BinaryFit.trialSteps(rows: own.rows.count, columns: own.columns.count, classes: own.classCount)
        fit = try BinaryFit(
            own.rows, classCount: own.classCount, startCount: own.startCount, trialSteps: trialSteps, using: &generator)
        let weights = fit.mixture.weights
        let order = weights.indices.sorted { weights[$0] != weights[$1] ? weights[$0] > weights[$1] : $0 < $1 }
        mixture = try fit.mixture.relabelled(order)
        let effective = fit.fit.last.effectiveCounts
        counts = order.map { effective[$0] }
        self.order = order
    }

    private var converged: Bool { fit.fit.converged }

    /// A sentence for the summary.
    var oneNumber: Prose {
        """
        The file, \(own.classCount) \(own.classCount == 1 ? "class" : "classes"): log-likelihood \(fit.logLikelihood, .significant(6)), weights \(mixture.weights, .fixed(3)).
        """
    }

    func explain(in report: inout Report) throws {
        report.section("Your data")
        report.prose(
            #"""
            The file has \#(own.fileRows ?? own.rows.count) rows\#(own.fileRows == nil ? "" : ", of which \(own.rows.count), drawn at random, are followed here"), and \#(own.columns.count)
            \#(own.columns.count == 1 ? "column" : "columns") of 0 and 1. We fit \#(own.classCount) \#(own.classCount == 1 ? "class" : "classes"): \#(own.parameterCount) numbers.
            """#)
        if let remarks = own.remarks { report.prose(remarks) }
        starts(in: &report)
        let warnings = warnings
        if let paragraph = Warnings.paragraph(warnings) { report.prose(paragraph) }
        report.warnings += warnings
        table(in: &report)
        if own.columns.count > 1, own.columns.count <= 1000 {
            report.figure(
                figure(report),
                caption: #"""
                    A row for each class, in the order of their weights, and a cell for each column: white where it is 0 in the whole class, black where it is 1.
                    """#)
        }
        edges(in: &report)
        checks(in: &report)
        report.fit = FitSummary(
            model: "mixture of \(own.classCount) Bernoulli vectors of \(own.columns.count) columns",
            weights: mixture.weights, parameters: ["probabilities": .matrix(mixture.means)],
            logLikelihood: fit.logLikelihood, iterations: fit.fit.iterations, trace: fit.fit.trace.map(\.logLikelihood),
            converged: converged, stoppedBy: fit.fit.stoppedBy
        ).following(
            fit.fit.trace.map { FitStep($0, order: order) },
            of: FitData(columns: own.columns, patterns: own.rows), name: "your data")
    }

    private func starts(in report: inout Report) {
        let reached = fit.bestCount
        let failed = fit.ends.count { $0 == nil }
        report.prose(
            #"""
            Of \#(own.startCount) random \#(own.startCount == 1 ? "start" : "starts") \#(reached) ended in the largest log-likelihood found, $\loglik{\params} = \#(fit.logLikelihood, .significant(6))$, after \#(fit.fit.iterations)
            rounds.\#(failed == 0 ? "" : " \(failed) failed.") \#(reached == 1 && own.startCount > 1 ? "Only one start found it: try more, with --restarts." : "")\#(
                trialSteps < BinaryFit.mostTrialSteps ? " With so many rows and classes each start was given \(trialSteps) steps at most, and may not have come to its end." : "")
            """#)
    }

    private var warnings: [Prose] {
        let rowNeed = counts.enumerated().filter { $0.element < 2 }
        let alike = Warnings.groups(mixture.components) { $0.distance(from: $1) < 1e-6 }
        return (own.identifiability.map { [Prose($0)] } ?? [])
            + rowNeed.map { k, count in
                "Class \(k + 1) rests on \((count * 100).rounded(.down) / 100, .significant(3)) rows, which is less than 2: it describes single rows."
            }
            + Warnings.equalEnds(alike)
            + (converged
                ? []
                : Warnings.notConverged(
                    steps: fit.fit.iterations,
                    isCutShort: BinaryFit.mostSteps(
                        rows: own.rows.count, columns: own.columns.count, classes: own.classCount)
                        < BinaryFit.mostFinalSteps))
    }

    private func table(in report: inout Report) {
        let shown = own.columns.indices.prefix(Self.mostRows)
        report.table(
            ["column", "share of 1"] + mixture.weights.indices.map { #"$\meanvec{\#($0 + 1)}$"# },
            rows: [["weight", ""] + mixture.weights.map { "\($0, .fixed(4))" }]
                + shown.map { d in
                    [Prose(own.columns[d]), "\(overall[d], .fixed(4))"]
                        + mixture.means.map { "\($0[d], .fixed(4))" }
                },
            caption: """
                How often each column is 1 in each class, beside its share in all rows.\(shown.count < own.columns.count ? " The first \(shown.count) of \(own.columns.count) columns; results.json has all." : "")
                """)
    }

    private var overall: [Double] {
        own.columns.indices.map { d in Double(own.rows.count { $0[d] }) / Double(own.rows.count) }
    }

    private func edges(in report: inout Report) {
        let constant = own.columns.indices.filter { overall[$0] == 0 || overall[$0] == 1 }
        let atEdge = mixture.means.joined().count { $0 < 1e-10 || $0 > 1 - 1e-10 }
        guard atEdge > 0 else { return }
        report.prose(
            #"""
            **At the edge.** \#(atEdge) of the \#(own.classCount * own.columns.count) probabilities \#(atEdge == 1 ? "is" : "are") 0 or 1 (to within 1e-10)\#(constant.isEmpty ? "" : "; \(constant.count) \(constant.count == 1 ? "column has" : "columns have") one value in all rows"). Such a class rules out each row with the other value there. New data may have
            rows that are impossible in every class; section 3 has the remedy.
            """#)
    }

    private func checks(in report: inout Report) {
        let heights = fit.fit.trace.map(\.logLikelihood)
        report.check(
            "own-log-likelihood", value: .number(fit.logLikelihood),
            again: .exact(
                .number(PlainBernoullis(mixture).logLikelihood(own.rows)), "plain products for each row and class",
                tolerance: .rounding(scale: Double(own.rows.count * own.columns.count))))
        if heights.count > 1 {
            report.check(
                "own-monotone", value: .number(fit.logLikelihood),
                again: .nonDecreasing(
                    heights, "no round lowers the log-likelihood", by: "comparing all \(heights.count) rounds",
                    tolerance: .rounding(scale: Double(own.rows.count * own.columns.count))))
            report.check(
                "own-overall-mean", value: .vector(mixture.moments.mean),
                again: .exact(.vector(overall), "the plain share of rows in which each column is 1"))
        }
    }

    private func figure(_ report: Report) -> Figure {
        let shown = min(own.columns.count, Self.mostColumns)
        let values = mixture.means.flatMap { $0.prefix(shown) }
        let classes = mixture.weights.count
        let ticks = (0..<classes).map { k in
            (value: Double(classes - k) - 0.5, label: Label("class \(k + 1)"))
        }
        return Figure(
            id: "classes", title: "What the classes have in common, and in what they differ",
            subtitle: Label(
                shown < own.columns.count
                    ? "The first \(shown) of \(own.columns.count) columns" : "Grey: how often the column is 1"),
            alt: report.words(
                "A row of grey cells for each of \(classes) classes, a cell for each column, dark where the column is mostly 1. The weights are \(mixture.weights, .fixed(3))."
            ),
            panels: [
                Panel(
                    x: Axis(
                        "column", range: 0...Double(shown),
                        ticks: .labelled((0..<shown).map { (Double($0) + 0.5, Label("\($0 + 1)")) }), hasLine: false),
                    y: Axis(range: 0...Double(classes), ticks: .labelled(ticks)),
                    layers: [
                        .image(
                            PixelImage(columns: shown, values: values), x: 0...Double(shown), y: 0...Double(classes))
                    ], legend: .none)
            ], size: Size(width: 760, height: min(900, 170 + 34 * Double(classes))))
    }
}
