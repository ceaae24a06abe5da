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
        let starts = try starts(for: own.rows, shape: shape, seed: seed)
        progress.update("EM from \(starts.count) starts")
        let (best, ends) = try best(of: starts, rows: own.rows, shape: shape)
        var study = Study(
            rows: own.rows, columns: own.columns, origin: .file(own.path), shape: shape, start: starts[best],
            ends: starts.count > 1 ? ends : [])
        study.remarks = own.remarks
        if own.isSample {
            do {
                study.all = try AllRows(
                    own.table.vectors, start: study.start, shape: shape, progress: progress)
            } catch let error as MixtureError {
                throw LessonError.option("EM fails with all \(own.table.rowCount) rows: \(error)")
            }
        }
        return study
    }

    private func starts(for rows: [[Double]], shape: CovarianceShape, seed: UInt64) throws -> [Mixture<
        MultivariateNormal
    >] {
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
            throw LessonError.noFit(
                "no start can be made from these data", error, components: file.components ?? 2, shape: shape)
        } catch let error as MixtureError {
            throw LessonError.option("no start can be made from these data: \(error)")
        }
        return starts
    }

    private func best(
        of starts: [Mixture<MultivariateNormal>], rows: [[Double]], shape: CovarianceShape
    ) throws -> (index: Int, ends: [Double?]) {
        do {
            let result = try EM.best(of: starts) {
                try EM(
                    data: rows, start: $0, estimator: .covariance(shape),
                    stop: .any(.relativeChange(1e-10), .maximumSteps(2000)))
            }
            return (result.bestIndex, result.outcomes.map { try? $0.get().logLikelihood })
        } catch let error as MixtureError {
            // With every start failed, the first failure says enough.
            let first = firstFailure(starts[0], rows: rows, shape: shape) ?? error
            throw LessonError.noFit(
                "EM fails with these data, from \(starts.count == 1 ? "its start" : "each of \(starts.count) starts")",
                first, components: starts[0].weights.count, shape: shape)
        }
    }

    private func firstFailure(
        _ start: Mixture<MultivariateNormal>, rows: [[Double]], shape: CovarianceShape
    ) -> MixtureError? {
        do {
            _ = try EM(data: rows, start: start, estimator: .covariance(shape)).fit()
            return nil
        } catch {
            return error as? MixtureError
        }
    }
}

extension [[Double]] {
    /// All rows, each counted once.
    var pooled: MultivariateNormal.Statistics { isEmpty ? .init(like: []) : .init(of: self) }
}
