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
    /// How many steps each of those starts was given; nil if none was cut short for the size of the data.
    var stepsOfStarts: Int?
    /// The run of EM from the start, if it has been made already.
    var run: GaussianRun?
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

    /// Rows with what looks like a code for a missing value.
    var missingCodes: [RowGroup] = []

    /// What makes the reader's fit suspicious; empty for Old Faithful.
    func warnings(
        _ end: Mixture<MultivariateNormal>, responsibilities q: Matrix?, rowCount: Int, steps: Int, converged: Bool,
        isCutShort: Bool = false
    ) -> [Prose] {
        guard !isOldFaithful else { return [] }
        func areAlike(_ a: MultivariateNormal, _ b: MultivariateNormal) -> Bool { a.distance(from: b) < 1e-6 }
        let alike = Warnings.groups(start.components, areAlike)
        var warnings = converged ? [] : Warnings.notConverged(steps: steps, isCutShort: isCutShort)
        warnings += missingCodes.map { group in
            """
            In the file are \(group.words) If so, write NA there, and add `--missing drop`: now the fit takes the number for a value.
            """
        }
        warnings += Warnings.equalStarts(alike)
        if alike.isEmpty { warnings += Warnings.equalEnds(Warnings.groups(end.components, areAlike)) }
        warnings += Warnings.collapsedStarts(ends.count { $0 == nil }, of: ends.count)
        let needed = shape == .full ? dimension : 1
        if let few = Warnings.distinctRows(Set(rows).count, classes: classCount, dimension: needed) {
            warnings.append("Mind that \(few). This fit is a local maximum only.")
        }
        warnings += Warnings.fewRows(end.weights.map { $0 * Double(rowCount) }, dimension: dimension)
        for (k, component) in end.components.enumerated() { warnings += dependence(component, k) }
        if let q { warnings += classesOfOneValue(q) }
        return warnings
    }

    /// Columns that are nearly linear functions of the others within a class: a (multiple) correlation above .9999.
    private func dependence(_ component: MultivariateNormal, _ k: Int) -> [Prose] {
        guard dimension > 1, shape == .full || shape == .tied && k == 0 else { return [] }
        let found = columns.indices.compactMap { d -> (Int, Double)? in
            let inverse = component.factor.solve(columns.indices.map { $0 == d ? 1 : 0 })
            let unexplained = 1 / (component.covariance[d, d] * inverse[d])
            return unexplained < 1 - 0.9999 * 0.9999 ? (d, unexplained) : nil
        }
        guard let worst = found.min(by: { $0.1 < $1.1 }) else { return [] }
        let names = found.map { columns[$0.0] }.joined(separator: ", ")
        return [
            """
            In \(shape == .tied ? "each class" : "class \(k + 1)"), \(names) lie within \(worst.1.squareRoot(), .significant(2)) standard \
            deviations of a line or plane (a correlation above .9999): the covariance is nearly singular.
            """
        ]
    }

    /// Classes whose rows are all the same.
    private func classesOfOneValue(_ q: Matrix) -> [Prose] {
        let best = rows.indices.map { n in
            let row = q.row(n)
            return row.firstIndex(of: row.max() ?? 0) ?? 0
        }
        return (0..<classCount).compactMap { k in
            let own = rows.indices.filter { best[$0] == k }.map { rows[$0] }
            guard let first = own.first, classCount > 1, own.allSatisfy({ $0 == first }) else { return nil }
            return """
                The \(own.count) rows for which class \(k + 1) is the most probable have one value, \(first, .significant(6)): a class of one \
                value could have a variance as small as one likes.
                """
        }
    }

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
