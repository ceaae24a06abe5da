import ArgumentParser
import Datasets
import Foundation
import LessonKit
import MixtureModels
import Notebook

extension CovarianceShape: ExpressibleByArgument {}

/// The options by which a reader replaces Old Faithful with a file.
struct DataOptions: ParsableArguments {
    @OptionGroup var file: OwnDataOptions

    @Option(
        help: ArgumentHelp("The covariances: full, diagonal, spherical or tied. (default: full)", valueName: "shape"))
    var covariance: CovarianceShape?

    @Option(
        help: ArgumentHelp(
            #"A JSON file with a start: {"means": [[2, 55], [4, 80]]}. It says how many components there are, and random starts"#
                + " are tried only if --restarts asks for them.", valueName: "file"))
    var start: String?

    /// Rules that can be checked before anything is read.
    func validate() throws {
        try OwnDataOptions.require(file.data, for: [("--covariance", covariance != nil), ("--start", start != nil)])
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
        let shape = covariance ?? .full
        let diagnosis = Diagnosis(own, shape: shape, components: file.components, seed: seed, progress: progress)
        try diagnosis.requireDistinctRows()
        let starts = try starts(for: own.rows, shape: shape, seed: seed, diagnosis)
        progress.update("EM from \(starts.count) starts")
        let (best, ends) = try best(of: starts, rows: own.rows, shape: shape, diagnosis)
        var study = Study(
            rows: own.rows, columns: own.columns, origin: .file(own.path), shape: shape, start: starts[best],
            ends: starts.count > 1 ? ends : [])
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
            if let start {
                let pooled = try MultivariateNormal.estimate(from: rows.pooled).covariance
                starts.append(
                    try StartFile.read(start).mixture(
                        components: file.components, dimension: file.columnNames.count, shape: shape, pooled: pooled))
            }
            for _ in 0..<(file.restarts ?? (start == nil ? 10 : 0)) {
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

    /// The start from which EM gets highest, and where it ends from each.
    ///
    /// A run that was stopped early may collapse later; so the best is run to its end, and if it does not get there, the next best.
    private func best(
        of starts: [Mixture<MultivariateNormal>], rows: [[Double]], shape: CovarianceShape, _ diagnosis: Diagnosis
    ) throws -> (index: Int, ends: [Double?]) {
        var ends: [Double?] = starts.map { _ in nil }
        var left = Array(starts.indices)
        var failure: MixtureError?
        while !left.isEmpty {
            do {
                let result = try EM.best(of: left.map { starts[$0] }) {
                    try EM(
                        data: rows, start: try firstSteps(from: $0, rows: rows, shape: shape),
                        estimator: .covariance(shape), stop: .any(.relativeChange(1e-10), .maximumSteps(500)),
                        accelerated: true, pass: Self.pass(for: $0, rows: rows.count))
                }
                for (index, outcome) in zip(left, result.outcomes) { ends[index] = try? outcome.get().logLikelihood }
                let best = left[result.bestIndex]
                do {
                    _ = try GaussianRun(
                        rows, start: starts[best], shape: shape, leaping: true, progress: diagnosis.progress)
                    return (best, ends)
                } catch let error as MixtureError {
                    failure = error
                    ends[best] = nil
                    left.removeAll { $0 == best }
                }
            } catch let error as MixtureError {
                failure = failure ?? error
                left = []
            }
        }
        let what =
            "EM fails with these data, from \(starts.count == 1 ? "its start" : "each of \(starts.count) starts")"
        throw diagnosis.noFit(what, failure, starts: starts)
    }
}

extension DataOptions {
    /// Where plain EM is when it ends, or when a run begins to leap.
    private func firstSteps(
        from start: Mixture<MultivariateNormal>, rows: [[Double]], shape: CovarianceShape
    ) throws -> Mixture<MultivariateNormal> {
        try EM(
            data: rows, start: start, estimator: .covariance(shape),
            stop: .any(.relativeChange(1e-10), .maximumSteps(GaussianRun.plainSteps)),
            pass: Self.pass(for: start, rows: rows.count)
        ).fit().mixture
    }

    /// How the runs of the many starts go through the data: as the lesson does, row by row, where that is a matter of seconds. Of these
    /// runs only the place of the end counts, and so a step through very many rows and components may take the fast pass.
    static func pass(for start: Mixture<MultivariateNormal>, rows: Int) -> Pass {
        rows * start.weights.count < 5000 ? .readable : .fast
    }
}

extension [[Double]] {
    /// All rows, each counted once.
    var pooled: MultivariateNormal.Statistics { isEmpty ? .init(like: []) : .init(of: self) }
}
