import Foundation
import LessonKit
import MixtureModels
import Notebook
import Verification

/// A file with more rows than the lesson follows.
///
/// Derivatives, searches and figures go through the rows hundreds of times, or draw each of them. So they see a random sample,
/// and EM alone sees all rows, with the fast pass.
struct AllRows {
    let count: Int
    /// The run of EM over all rows, from the study's start.
    let trace: [TraceRow<MultivariateNormal>]
    /// ℓ at the end of the run, row by row.
    let secondRoute: Double
    /// Whether the parameters stand still at the end, and which rule ended the run.
    let hasConverged: Bool
    let stoppedBy: String
    /// Whether the run had fewer steps than others have, since each goes through so many densities.
    let isCutShort: Bool

    /// The most steps, and the most densities, that are computed: a minute of them, on one core.
    private static let (mostSteps, work) = (2000, 4e9)

    /// Fits all rows.
    init(
        _ source: any RowSource, start: Mixture<MultivariateNormal>, shape: CovarianceShape, progress: RunProgress
    ) throws {
        let rows = Rows(source)
        count = rows.count
        let threads = ProcessInfo.processInfo.activeProcessorCount  // no result depends on it
        let cost = StepBudget.costOfStep(
            rows: rows.count, classes: start.components.count, variables: start.components[0].mean.count)
        let most = StepBudget(Self.work).steps(atMost: Self.mostSteps, each: cost)
        isCutShort = most < Self.mostSteps
        let stop = StoppingRule<MultivariateNormal>.any(.atRest(1e-8), .maximumSteps(most))
        progress.update("EM on all \(rows.count) rows")
        let em = try EM(data: rows, start: start, estimator: .covariance(shape), stop: stop, threads: threads)
        let fit = try em.fit { progress.update("EM on all \(rows.count) rows, step \($0.t)") }
        trace = fit.trace
        (hasConverged, stoppedBy) = (fit.converged, fit.stoppedBy)
        progress.update("the log-likelihood of all \(rows.count) rows, one by one")
        secondRoute = try Self.logLikelihoodByElimination(of: source, fit.mixture, threads: threads)
    }

    /// ℓ with other formulas than EM's, some thousand rows at a time.
    private static func logLikelihoodByElimination(
        of source: any RowSource, _ mixture: Mixture<MultivariateNormal>, threads: Int
    ) throws -> Double {
        let plain = try MixtureByElimination(
            weights: mixture.weights, means: mixture.components.map(\.mean),
            covariances: mixture.components.map { component in
                (0..<source.columnCount).map { component.covariance.row($0) }
            })
        return source.sum(threads: threads) { plain.logLikelihood($0, rows: $1) }
    }

    func explain(_ study: Study, in report: inout Report) {
        let end = trace[trace.count - 1]
        report.prose(
            #"""
            **All \#(count) rows.** The \#(study.rows.count) rows above were drawn at random from your file. Here is EM on the whole
            of it, from the same start, after \#(trace.count - 1) steps:
            """#)
        report.table(
            ["class", "weight", "mean", "standard deviations", "correlations"],
            rows: end.mixture.components.indices.map { parameterRow(end.mixture, $0) },
            caption:
                #"All \#(count) rows; log-likelihood \#(end.logLikelihood, .significant(6))\#(hasConverged ? "" : "; not converged")."#
        )
        report.check(
            "all-rows", value: .number(end.logLikelihood),
            again: .exact(
                .number(secondRoute),
                "the logarithms of the densities, row by row, from inverse matrices; EM itself added up exponents of 2, some hundred rows at a time, with Cholesky's factors",
                tolerance: study.rounding(of: end.logLikelihood, rows: count, over: [end.mixture])))
        report.prose(
            #"""
            For so many rows the package takes the E-step and the sums for the M-step in one pass over the data, with the widest vectors
            that the processor has (`Sources/CFastEM/CFastEM.c`). The numbers are the same; only the waiting is shorter. Beside the table for the sample you see how
            much chance there is in \#(study.rows.count) rows: the mean of so many rows varies by about one standard deviation divided by
            $\sqrt{\#(study.rows.count)}$. (Each run numbers the classes as its start does, and where the sample's clusters were doubtful it may have
            found others.)
            """#)
        report.fit = FitSummary(study, trace, converged: hasConverged, stoppedBy: stoppedBy)
        report.warnings = study.warnings(
            end.mixture, responsibilities: nil, rowCount: count, steps: trace.count - 1, converged: hasConverged,
            isCutShort: isCutShort)
        if let warnings = Warnings.paragraph(report.warnings) { report.prose(warnings) }
    }
}

extension FitSummary {
    /// A run of EM on a study's rows.
    init(_ study: Study, _ rows: [TraceRow<MultivariateNormal>], converged: Bool, stoppedBy: String) {
        self.init(
            shape: study.shape, classes: study.classCount, dimension: study.dimension, rows, converged: converged,
            stoppedBy: stoppedBy)
    }

    /// A run of EM on Gaussians.
    init(
        shape: CovarianceShape, classes: Int, dimension: Int, _ rows: [TraceRow<MultivariateNormal>], converged: Bool,
        stoppedBy: String
    ) {
        let end = rows[rows.count - 1]
        self.init(
            model: "mixture of \(classes) Gaussians of \(dimension) variables, \(shape.rawValue) covariances",
            weights: end.mixture.weights,
            parameters: [
                "means": .matrix(end.mixture.components.map(\.mean)),
                "covariances": .matrix(end.mixture.components.map(\.covariance.values)),
            ],
            logLikelihood: end.logLikelihood, iterations: rows.count - 1, trace: rows.map(\.logLikelihood),
            converged: converged, stoppedBy: stoppedBy)
    }
}
