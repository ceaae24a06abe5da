import Foundation
import MixtureModels
import Testing

/// With hard assignment, equal fixed weights and a given round covariance, EM is Lloyd's algorithm: compared with scikit-learn's.
@Suite struct KMeansTests {
    struct Reference: Decodable {
        struct Run: Decodable {
            let start: [Int]
            let centres: [[Double]]
            let distortion: Double
            let labels: [Int]
        }
        let lloyd: [String: [Run]]
    }

    private func standardised(_ rows: [[Double]]) -> [[Double]] {
        let count = Double(rows.count)
        let scales = rows[0].indices.map { d in
            let mean = rows.reduce(0) { $0 + $1[d] } / count
            return (mean, (rows.reduce(0) { $0 + ($1[d] - mean) * ($1[d] - mean) } / count).squareRoot())
        }
        return rows.map { row in zip(row, scales).map { ($0 - $1.0) / $1.1 } }
    }

    @Test(arguments: 0..<6) func `from the same rows as centres, the ends are those of another program`(_ number: Int)
        throws
    {
        let table: Reference = try reference("kmeans.json")
        let run = try #require(table.lloyd["faithful"]?[number])
        let rows = standardised(try oldFaithful())
        let covariance = 0.5 * Matrix.identity(2)
        let start = try Mixture(
            weights: run.start.map { _ in 1 / Double(run.start.count) },
            components: run.start.map { try MultivariateNormal(mean: rows[$0], covariance: covariance) })
        let fit = try EM(
            data: rows, start: start, weights: .fixed, estimator: .means(covariance: covariance), assignment: .hard,
            stop: .any(.atRest(0), .maximumSteps(1000))
        ).fit()
        #expect(fit.converged)
        for (ours, theirs) in zip(fit.mixture.components, run.centres) {
            #expect(close(ours.mean, theirs, Tolerance.peer))
        }
        let q = fit.last.responsibilities
        #expect((0..<q.rows).map { n in q.row(n).firstIndex(of: 1) } == run.labels)
        // With variance 1/2 the objective is a constant less the distortion.
        let constant = -Double(rows.count) * (log(Double(run.start.count)) + log(Double.pi))
        #expect(close(constant - fit.last.objective, run.distortion, Tolerance.peer))
        #expect(fit.mixture.components.allSatisfy { $0.covariance == covariance })
    }

    @Test func `a component without data is refused, as by every estimator`() throws {
        let covariance = Matrix.identity(1)
        let start = try Mixture(
            weights: [0.5, 0.5],
            components: [[0.0], [100.0]].map { try MultivariateNormal(mean: $0, covariance: covariance) })
        let em = try EM(
            data: [[0], [1]], start: start, weights: .fixed, estimator: .means(covariance: covariance),
            assignment: .hard)
        let error = #expect(throws: MixtureError.self) { try em.fit() }
        #expect(error?.kind == .emptyComponent && error?.component == 2)
    }
}
