import Datasets
import Figures
import Files
import Foundation
import LessonKit
import MixtureModels
import Notebook

/// The data that most of the lesson follows, with the start that EM takes: Old Faithful, or the reader's own.
struct Study {
    enum Origin: Equatable {
        case oldFaithful
        case file(String)
    }

    /// One list of D numbers for each observation; of a large file, a sample.
    let rows: [[Double]]
    /// The names of the D numbers.
    let columns: [String]
    let origin: Origin
    let shape: CovarianceShape
    let start: Mixture<MultivariateNormal>
    /// Where EM ended from each of several starts: ℓ, or nil where it failed. Empty if only one start was tried.
    var ends: [Double?] = []
    /// What EM makes of the whole file, if it is larger than the sample.
    var all: AllRows?

    /// The rows as the second routes see them.
    let standard: Standardised

    init(
        rows: [[Double]], columns: [String], origin: Origin, shape: CovarianceShape, start: Mixture<MultivariateNormal>,
        ends: [Double?] = []
    ) {
        (self.rows, self.columns, self.origin, self.shape, self.start, self.ends) =
            (rows, columns, origin, shape, start, ends)
        standard = origin == .oldFaithful ? Standardised(asGiven: rows) : Standardised(rows, shape: shape)
    }

    /// How the reader's file was read, if there is anything to say about it.
    var remarks: Prose?

    var classCount: Int { start.components.count }
    var dimension: Int { columns.count }
    var isOldFaithful: Bool { origin == .oldFaithful }

    /// The column that the sections on one variable take: the last.
    var column: Int { columns.count - 1 }
    var values: [Double] { rows.map { $0[column] } }
    var columnName: String { isOldFaithful ? "waiting time" : columns[column] }

    /// The start as it looks in that column alone.
    func univariateStart() throws -> Mixture<Normal> {
        try Mixture(
            weights: start.weights,
            components: start.components.map {
                try Normal(mean: $0.mean[column], variance: $0.covariance[column, column])
            })
    }

    /// As many rows as can be enumerated with about a thousand assignments of classes.
    var fewRows: [[Double]] {
        var count = min(10, rows.count)
        while count > 1, pow(Double(classCount), Double(count)) > 1024.5 { count -= 1 }
        return Array(rows.prefix(count))
    }

    /// The bins of a histogram of ``values``: for the waiting times, whole minutes, three to a bin.
    var bins: Layer.Bins {
        isOldFaithful ? .edges(stride(from: 42.5, through: 96.5, by: 3).map { $0 }) : .count(24)
    }

    /// What the rows are called.
    var noun: String { isOldFaithful ? "eruptions" : "rows" }
}

extension Study {
    /// 272 eruptions of Old Faithful, and a start that is not too good.
    static func oldFaithful() throws -> Study {
        let table = try NumericTable.read(
            path: PackageFiles.path("Lessons/Data/faithful.csv"), columns: [.init("eruptions"), .init("waiting")])
        return Study(
            rows: table.vectors, columns: ["eruptions", "waiting"], origin: .oldFaithful, shape: .full,
            start: try Mixture(
                weights: [0.5, 0.5],
                components: [
                    MultivariateNormal(mean: [2.5, 60], covariance: [[1, 2], [2, 100]]),
                    MultivariateNormal(mean: [4, 75], covariance: [[0.5, 0], [0, 80]]),
                ]))
    }
}

/// A run of EM to where the parameters stand still, with what the report shows of each step.
struct GaussianRun {
    /// All rows of the run, the start first.
    let rows: [TraceRow<MultivariateNormal>]
    /// The responsibilities under the start, and at the end.
    let first: Matrix
    let last: Matrix
    /// Whether the parameters stood still: none moved by more than a part in 10^11 of its component's spread.
    let hasConverged: Bool

    init(_ data: [[Double]], start: Mixture<MultivariateNormal>, shape: CovarianceShape, progress: RunProgress) throws {
        let em = try EM(
            data: data, start: start, estimator: .covariance(shape), stop: .any(.atRest(1e-11), .maximumSteps(2000)))
        let fit = try em.fit { progress.update("EM, step \($0.t)") }
        rows = fit.trace
        (first, last) = (fit.first.responsibilities, fit.last.responsibilities)
        hasConverged = fit.converged
    }

    var steps: Int { rows.count - 1 }
    var end: TraceRow<MultivariateNormal> { rows[rows.count - 1] }
    /// The row of step t, or the last if the run is shorter.
    func row(_ t: Int) -> TraceRow<MultivariateNormal> { rows[min(t, steps)] }
    var mixtures: [Mixture<MultivariateNormal>] { rows.map(\.mixture) }
    /// The steps that are drawn.
    var frames: [Int] { Frames.steps(ofRunWith: steps) }
}
