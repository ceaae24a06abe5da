import Datasets
import Files
import LessonKit
import MixtureModels
import Notebook

/// The data that section 3 follows: Old Faithful, or the reader's own.
struct Study {
    /// The columns as measured, N × D.
    let measured: [[Double]]
    /// The names of the D columns.
    let columns: [String]
    /// The path of the reader's file; nil for Old Faithful.
    let path: String?
    let clusterCount: Int
    let startCount: Int
    /// What there is to say about how the file was read.
    var remarks: Prose?
    /// How many rows the whole file has, if only a sample of them is followed.
    var fileRows: Int?
    /// Each column less its mean, divided by its standard deviation.
    let standardised: [[Double]]
    /// Each column less its mean, all divided by the largest standard deviation: the proportions of the columns as measured.
    let inProportion: [[Double]]
    /// What ``inProportion`` was divided by.
    let unit: Double
    /// The mean and standard deviation of each column, with divisor N.
    let scales: [(mean: Double, deviation: Double)]

    init(_ measured: [[Double]], columns: [String], path: String?, clusterCount: Int, startCount: Int) throws {
        self.measured = measured
        self.columns = columns
        self.path = path
        self.clusterCount = clusterCount
        self.startCount = startCount
        let count = Double(measured.count)
        scales = try columns.indices.map { d in
            // In units of the largest number, so that no square overflows.
            let largest = measured.reduce(0) { max($0, abs($1[d])) }
            let mean = measured.reduce(0) { $0 + $1[d] / largest } / count
            let variance = measured.reduce(0) { $0 + ($1[d] / largest - mean) * ($1[d] / largest - mean) } / count
            let deviation = variance.squareRoot() * largest
            guard deviation > 0, deviation.isFinite, (mean * largest).isFinite else {
                throw LessonError.option(
                    "column \(columns[d]): its numbers are too much alike, or too large, to be scaled")
            }
            return (mean * largest, deviation)
        }
        let unit = scales.map(\.deviation).max() ?? 1
        self.unit = unit
        let scales = scales
        standardised = measured.map { row in zip(row, scales).map { ($0 - $1.mean) / $1.deviation } }
        inProportion = measured.map { row in zip(row, scales).map { ($0 - $1.mean) / unit } }
        guard (standardised + inProportion).allSatisfy({ $0.allSatisfy(\.isFinite) }) else {
            throw LessonError.option("the numbers are too large to be scaled")
        }
    }

    var isOldFaithful: Bool { path == nil }
    var dimension: Int { columns.count }
    var noun: String { isOldFaithful ? "eruptions" : "rows" }

    /// 272 eruptions of Old Faithful.
    static func oldFaithful() throws -> Study {
        let table = try NumericTable.read(
            path: PackageFiles.path("Lessons/Data/faithful.csv"), columns: [.init("eruptions"), .init("waiting")])
        return try Study(
            table.vectors, columns: ["eruptions", "waiting"], path: nil, clusterCount: 2, startCount: 10)
    }

    /// The reader's own file; nil without `--data`.
    static func read(_ options: OwnDataOptions, seed: UInt64, progress: RunProgress) throws -> Study? {
        guard let own = try options.read(seed: seed, progress: progress) else { return nil }
        for (index, column) in own.columns.enumerated() {
            let farthest = own.rows.reduce(0) { max($0, $1[index].magnitude) }
            // Their squares, added up over all cells, have to stay numbers, and must not lose their digits next to zero.
            let most = (Double.greatestFiniteMagnitude / (16 * Double(own.rows.count * own.columns.count))).squareRoot()
            guard farthest == 0 || (1e-146...most).contains(farthest) else {
                throw LessonError.option(
                    "\(own.path): the values of \(column) reach \(farthest), and their squares are beyond the range of numbers; "
                        + "change the unit by a power of ten")
            }
        }
        let count = options.components ?? 2
        let different = Set(own.rows).count
        guard different >= count else {
            throw LessonError.option(
                "\(own.path): \(count) clusters need at least \(count) different rows, and there \(different == 1 ? "is" : "are") \(different)"
            )
        }
        var study = try Study(
            own.rows, columns: own.columns, path: own.path, clusterCount: count, startCount: options.restarts ?? 10)
        study.remarks = own.remarks
        if own.isSample { study.fileRows = own.all.rowCount }
        return study
    }
}
