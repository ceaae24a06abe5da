import Datasets
import LessonKit
import MixtureModels
import Notebook

/// A reader's own columns of 0 and 1.
struct OwnColumns {
    let path: String
    let columns: [String]
    let rows: [[Bool]]
    let classCount: Int
    let startCount: Int
    let remarks: Prose?
    /// How many rows the whole file has, if only a sample of them is followed.
    let fileRows: Int?

    /// The reader's file; nil without `--data`.
    ///
    /// - Throws: `DatasetError` for a cell that is neither 0 nor 1, with its file, line and column; ``LessonError``, if there are
    ///   fewer rows than classes.
    static func read(_ options: OwnDataOptions, seed: UInt64, progress: RunProgress) throws -> OwnColumns? {
        guard let own = try options.read(seed: seed, rule: .wholeNumber(in: 0...1), progress: progress) else {
            return nil
        }
        let count = options.components ?? 2
        guard own.rows.count >= count else {
            throw LessonError.option(
                "\(count) classes need at least \(count) rows, and there \(own.rows.count == 1 ? "is" : "are") \(own.rows.count)"
            )
        }
        return OwnColumns(
            path: own.path, columns: own.columns, rows: own.rows.map { $0.map { $0 == 1 } }, classCount: count,
            startCount: options.restarts ?? 10, remarks: own.remarks,
            fileRows: own.isSample ? own.all.rowCount : nil)
    }

    /// The numbers to estimate: K D probabilities and K - 1 weights.
    var parameterCount: Int { classCount * columns.count + classCount - 1 }

    /// Why other parameters may fit as well, if there are too few columns; nil if there are enough.
    var identifiability: String? {
        guard classCount > 1 else { return nil }
        let dimension = columns.count
        // Of 2^D shares that sum to 1; beyond 30 columns there are more than any file has parameters.
        let shares = dimension < 30 ? (1 << dimension) - 1 : Int.max
        if parameterCount > shares {
            return
                "\(classCount) classes cannot be identified from \(dimension) \(dimension == 1 ? "column" : "columns"): there are \(parameterCount) parameters, and the shares of all \(shares + 1) possible rows are only \(shares) free numbers. Other parameters fit exactly as well."
        }
        var power = 0
        while 1 << power < classCount { power += 1 }
        guard dimension < 2 * power + 1 else { return nil }
        return
            "\(classCount) classes are known to be identifiable from \(2 * power + 1) columns on (Allman, Matias and Rhodes 2009), and there are \(dimension): other parameters may fit as well."
    }
}
