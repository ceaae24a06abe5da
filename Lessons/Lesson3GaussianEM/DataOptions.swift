import ArgumentParser
import Datasets
import Foundation
import MixtureModels
import Notebook

/// A shape of covariance matrices, as it is typed.
enum ShapeName: String, ExpressibleByArgument, CaseIterable {
    case full, diagonal, spherical, tied

    var shape: CovarianceShape {
        switch self {
        case .full: .full
        case .diagonal: .diagonal
        case .spherical: .spherical
        case .tied: .tied
        }
    }
}

/// The options by which a reader replaces Old Faithful with a file.
struct DataOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A CSV file with a row for each observation.", valueName: "file"))
    var data: String?

    @Option(help: ArgumentHelp("The columns to fit, separated by commas.", valueName: "names"))
    var columns: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The number of Gaussians. (default: 2, or as many as --start has)", valueName: "K"))
    var components: Int?

    @Option(
        help: ArgumentHelp("The covariances: full, diagonal, spherical or tied. (default: full)", valueName: "shape"))
    var covariance: ShapeName?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("How many random starts to try. (default: 10, or none with --start)", valueName: "R"))
    var restarts: Int?

    @Option(help: ArgumentHelp(#"A JSON file with a start: {"means": [[2, 55], [4, 80]]}."#, valueName: "file"))
    var start: String?

    /// Rules that can be checked before anything is read.
    func validate() throws {
        if data == nil {
            let needless = [
                ("--columns", columns != nil), ("--components", components != nil), ("--covariance", covariance != nil),
                ("--restarts", restarts != nil), ("--start", start != nil),
            ]
            if let option = needless.first(where: \.1)?.0 {
                throw ValidationError("\(option) describes a file of yours, so it needs --data FILE.csv")
            }
            return
        }
        guard !columnNames.isEmpty else {
            throw ValidationError("--data needs --columns: which columns shall be fitted? (names separated by commas)")
        }
        if columnNames.contains("") { throw ValidationError("--columns: a name between two commas is missing") }
        if let components, components < 1 {
            throw ValidationError("--components must be at least 1, not \(components)")
        }
        if let restarts, restarts < 1 { throw ValidationError("--restarts must be at least 1, not \(restarts)") }
    }

    private var columnNames: [String] {
        guard let columns, !columns.isEmpty else { return [] }
        return columns.split(separator: ",", omittingEmptySubsequences: false)
            .map { $0.trimmingCharacters(in: .whitespaces) }
    }
}

// MARK: Reading

extension DataOptions {
    /// The reader's own data with the best of several starts; nil without `--data`.
    ///
    /// - Throws: `DatasetError`, which names the file, the line, the column and the rule that is broken; `LessonError`, where
    ///   the options do not fit the data or EM fails.
    func read(seed: UInt64, progress: RunProgress) throws -> Study? {
        guard let data else { return nil }
        let table = try NumericTable.read(path: data, columns: columnNames.map { .init($0) }) { read, total in
            progress.update("reading \(data)", fraction: total.map { Double(read) / Double(max(1, $0)) })
        }
        for (index, name) in columnNames.enumerated() {
            let numbers = table.numbers(at: index)
            if numbers.allSatisfy({ $0 == numbers[0] }) {
                throw LessonError.option("column \(name) has one value only, \(numbers[0]): no Gaussian has spread 0")
            }
        }
        var generator = SeededGenerator(seed: seed).stream(10)
        let rows = table.vectors(AllRows.sample(of: table.rowCount, using: &generator))
        let shape = (covariance ?? .full).shape
        let starts = try starts(for: rows, shape: shape, seed: seed)
        progress.update("EM from \(starts.count) starts")
        let (best, ends) = try best(of: starts, rows: rows, shape: shape)
        var study = Study(
            rows: rows, columns: columnNames.enumerated().map { Study.shown($1, place: $0 + 1) }, origin: .file(data),
            shape: shape, start: starts[best],
            ends: starts.count > 1 ? ends : [])
        if table.rowCount > rows.count {
            do {
                study.all = try AllRows(
                    table.vectors, start: study.start, shape: shape, progress: progress)
            } catch let error as MixtureError {
                throw LessonError.option("EM fails with all \(table.rowCount) rows: \(error)")
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
                        components: components, dimension: columnNames.count, shape: shape, pooled: pooled))
            }
            for _ in 0..<(restarts ?? (start == nil ? 10 : 0)) {
                starts.append(
                    try .randomStart(
                        for: rows, components: components ?? starts.first?.weights.count ?? 2,
                        estimator: .covariance(shape), using: &generator))
            }
        } catch let error as MixtureError where error.kind == .collapse {
            throw LessonError.noFit(
                "no start can be made from these data", error, components: components ?? 2, shape: shape)
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
