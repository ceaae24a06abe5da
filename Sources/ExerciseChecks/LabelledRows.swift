import Foundation
import Grading
import MixtureModels
import Verification

/// Log joint densities of some observations with some classes, and a guess q about the classes that is not their posterior. What
/// exercises 16 and 17 are judged by: sums over all labellings, of which there are few.
struct LabelledRows {
    var logJoint: [[Double]]
    var q: [[Double]]

    /// - Parameters:
    ///   - rows: N; few, if something is to be enumerated.
    ///   - classes: K.
    init(_ student: Student, _ stream: Int, rows: Int = 5, classes: Int = 3) {
        var random = student.fresh(stream)
        logJoint = (0..<rows).map { _ in random.numbers(classes, in: -4...1) }
        q = random.responsibilities(rows: rows, columns: classes)
    }

    private func labellings() throws -> Assignments { try Assignments(items: q.count, classes: q[0].count) }

    private func sum(_ table: [[Double]], _ labels: [Int]) -> Double {
        zip(table, labels).reduce(0) { $0 + $1.0[$1.1] }
    }

    /// ℓ = ln Σ_Z p(X, Z).
    func logLikelihood() throws -> Double { try labellings().logSum { sum(logJoint, $0) } }

    /// F = Σ_Z q(Z) ln(p(X, Z) / q(Z)).
    func bound() throws -> Double {
        let logs = q.map { row in row.map { log($0) } }
        return try labellings().expectation(of: { sum(logJoint, $0) - sum(logs, $0) }, logJoint: { sum(logs, $0) })
    }

    /// A sum over observations and classes: of q, the log joint density, and the posterior.
    func sum(_ term: (_ q: Double, _ logJoint: Double, _ posterior: Double) -> Double) -> Double {
        zip(q, zip(logJoint, posterior)).reduce(0) { sum, row in
            sum + row.0.indices.reduce(0) { $0 + term(row.0[$1], row.1.0[$1], row.1.1[$1]) }
        }
    }

    /// p(z_n = k | x_n), of log joint densities that are near 0.
    var posterior: [[Double]] { normalised(logJoint.map { row in row.map { exp($0) } }) }
    // BEGIN HIDDEN TESTS

    /// The same with every log joint density lower by this much.
    func lowered(by depth: Double) -> LabelledRows {
        var rows = self
        rows.logJoint = logJoint.map { row in row.map { $0 - depth } }
        return rows
    }
    // END HIDDEN TESTS
}
