import LessonKit
import MixtureModels
import Notebook

// What the columns of the assay data really are, and one entry that is doubtful.

extension Assay {
    func columnNames(in report: inout Report) {
        let overt = (0..<3).map { mean(of: $0, class: 2) }
        report.prose(
            #"""
            **A word about the names.** The file has its columns, `glucose`, `insulin` and `sspg`, from R's package mclust, whose own help
            page now calls the data flawed: compared with the version in the package rrcov, `glucose` is the
            \#(names[0]), `insulin` is the \#(names[1]), and `sspg` is the \#(names[2]). One could have guessed it. The
            columns `glucose` and `insulin` have correlation \#(correlation(0, 1), .fixed(2)), as two measurements of the same thing have. And
            `sspg`, the steady-state plasma glucose, would be high in people whose insulin does not work; but its mean is
            \#(mean(of: 2, class: 0), .fixed(0)) in the healthy and \#(overt[2], .fixed(0)) in overt diabetes. As an amount of insulin
            that makes sense. Here the numbers stay as they are in the file, so that they can be compared with mclust's, under
            their true names. Look at data before you fit them.
            """#)
    }

    private func mean(of column: Int, class k: Int) -> Double {
        let members = zip(rows, labels.indices).filter { $0.1 == k }.map { $0.0[column] }
        return members.reduce(0, +) / Double(max(1, members.count))
    }

    private func correlation(_ i: Int, _ j: Int) -> Double {
        let pairs = rows.map { ($0[i], $0[j]) }
        let count = Double(pairs.count)
        let (a, b) = (pairs.reduce(0) { $0 + $1.0 } / count, pairs.reduce(0) { $0 + $1.1 } / count)
        let covariance = pairs.reduce(0) { $0 + ($1.0 - a) * ($1.1 - b) }
        let (first, second) = (
            pairs.reduce(0) { $0 + ($1.0 - a) * ($1.0 - a) }, pairs.reduce(0) { $0 + ($1.1 - b) * ($1.1 - b) }
        )
        return covariance / (first * second).squareRoot()
    }

    /// The rows with the doubtful entry as rrcov has it.
    static func withCorrection(_ rows: [[Double]]) throws -> [[Double]] {
        guard rows.count > 103, rows[103][1] == 45 else {
            throw LessonError.unexpected("row 104 of the assay data is not the one that is known to be doubtful")
        }
        var better = rows
        better[103][1] = 455
        return better
    }

    /// The fit once more, with the corrected entry.
    func corrected(in report: inout Report) throws {
        let values = corrected.map(\.end.logLikelihood)
        guard let run = corrected.max(by: { $0.end.logLikelihood < $1.end.logLikelihood }) else { return }
        let counts = Self.counts(run.last, labels)
        let order = Self.order(counts)
        let agree = (0..<3).reduce(0) { $0 + counts[$1][order[$1]] }
        report.prose(
            #"""
            One number in the file is doubtful, too: person 104 has a \#(names[1]) of 45, where rrcov has 455. With that,
            thirds by \#(names[0]), \#(names[1]) and \#(names[2]) lead to the log-likelihoods \#(values, .fixed(3)), and in the fit with the
            highest \#(agree) of \#(rows.count) people are where the doctors put them. One digit in one row moves the top of the hill, and
            may decide which hill is climbed.
            """#)
    }
}
