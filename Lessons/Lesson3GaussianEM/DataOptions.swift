import ArgumentParser
import Datasets
import Foundation
import LessonKit
import MixtureModels
import Notebook

extension CovarianceShape: ExpressibleByArgument {}

/// How the mixture is to be fitted to a reader's file, beside what every lesson asks of one.
struct FitOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("The covariances: full, diagonal, spherical or tied. (default: full)", valueName: "shape"))
    var covariance: CovarianceShape?

    @Option(
        help: ArgumentHelp(
            #"A JSON file with a start: {"means": [[2, 55], [4, 80]]}. It says how many components there are, and random starts"#
                + " are tried only if --restarts asks for them.", valueName: "file"))
    var start: String?
}

/// The options by which a reader replaces Old Faithful with a file: two groups side by side. (A group within a group within a group
/// takes the argument parser of a debug build a quarter of a second.)
struct DataOptions {
    let file: OwnDataOptions
    let fit: FitOptions

    /// Rules that can be checked before anything is read.
    func validate() throws {
        try OwnDataOptions.require(
            file.data, for: [("--covariance", fit.covariance != nil), ("--start", fit.start != nil)])
    }
}

// MARK: Reading

extension DataOptions {
    /// The reader's own data with the best of several starts; nil without `--data`.
    ///
    /// - Throws: `DatasetError`, which names the file, the line, the column and the rule that is broken; `LessonError`, where
    ///   the options do not fit the data or EM fails.
    func read(seed: UInt64, progress: RunProgress) throws -> Study? {
        guard let own = try file.read(seed: seed, progress: progress) else { return nil }
        let shape = fit.covariance ?? .full
        let diagnosis = Diagnosis(own, shape: shape, components: file.components, seed: seed, progress: progress)
        try diagnosis.requireDistinctRows()
        let starts = try starts(for: own.rows, shape: shape, seed: seed, diagnosis)
        progress.update("EM from \(starts.count) starts")
        let (best, run, trials) = try best(of: starts, rows: own.rows, shape: shape, diagnosis)
        var study = Study(
            rows: own.rows, columns: own.columns, origin: .file(own.path), shape: shape, start: starts[best],
            ends: starts.count > 1 ? trials.ends : [])
        (study.run, study.stepsOfStarts) = (run, trials.mostSteps)
        study.remarks = own.remarks
        study.missingCodes = RowGroup.missingCodes(in: own.rows, names: own.columns, lines: own.lines)
        if own.isSample {
            do {
                study.all = try AllRows(own.all, start: study.start, shape: shape, progress: progress)
                try own.check()
            } catch let error as MixtureError {
                try own.check()
                throw LessonError.option("EM fails with all \(own.all.rowCount) rows: \(error)")
            }
        }
        return study
    }

    private func starts(
        for rows: [[Double]], shape: CovarianceShape, seed: UInt64, _ diagnosis: Diagnosis
    ) throws -> [Mixture<MultivariateNormal>] {
        var generator = SeededGenerator(seed: seed).stream(9)
        var starts: [Mixture<MultivariateNormal>] = []
        do {
            if let start = fit.start {
                let pooled = try MultivariateNormal.estimate(from: rows.pooled).covariance
                starts.append(
                    try StartFile.read(start).mixture(
                        components: file.components, dimension: file.columnNames.count, shape: shape, pooled: pooled))
            }
            for _ in 0..<(file.restarts ?? (fit.start == nil ? 10 : 0)) {
                starts.append(
                    try .randomStart(
                        for: rows, components: file.components ?? starts.first?.weights.count ?? 2,
                        estimator: .covariance(shape), using: &generator))
            }
        } catch let error as MixtureError where error.kind == .collapse {
            throw diagnosis.noFit("no start can be made from these data", error, starts: [])
        } catch let error as MixtureError {
            throw LessonError.option("no start can be made from these data: \(error)")
        }
        return starts
    }

    /// The start from which EM gets highest, with the run from there to its end.
    ///
    /// The runs of the many starts are stopped early, and one of them may collapse later; so the best is run to its end, and if it does not get
    /// there, the next best.
    private func best(
        of starts: [Mixture<MultivariateNormal>], rows: [[Double]], shape: CovarianceShape, _ diagnosis: Diagnosis
    ) throws -> (index: Int, run: GaussianRun, trials: Trials) {
        let trials = Trials(of: starts, rows: rows, shape: shape)
        var ends = trials.ends
        var failure = trials.failure
        let budget = StepBudget(3 * StepBudget.finalRun)
        while let best = Trials.best(of: ends) {
            do {
                let run = try GaussianRun(
                    rows, start: starts[best], shape: shape, budget: budget, progress: diagnosis.progress)
                return (best, run, trials.with(ends))
            } catch let error as MixtureError {
                failure = error
                ends[best] = nil
            }
        }
        let what =
            "EM fails with these data, from \(starts.count == 1 ? "its start" : "each of \(starts.count) starts")"
        throw diagnosis.noFit(what, failure, starts: starts)
    }
}

extension [[Double]] {
    /// All rows, each counted once.
    var pooled: MultivariateNormal.Statistics { isEmpty ? .init(like: []) : .init(of: self) }
}
