import Foundation
import Testing

@testable import MixtureModels

/// Where double precision is short of digits: compared with 60 digits of mpmath (Reference/make_numerics.py), and with what must
/// hold whatever the scale.
struct NumericsReference: Decodable {
    struct Normals: Decodable {
        let name: String
        let rows: [[Double]]
        let weights, origin: [Double]
        let means: [[Double]]
        let covariances: [[[Double]]]
        let steps: Int
        let logLikelihood: Double
        let fittedWeights: [Double]
        let fittedOffsets: [[Double]]
        let fittedCovariances: [[[Double]]]
    }
    struct Flips: Decodable {
        let flips, heads: Int
        let probability, coefficient: Double
        let value: ReferenceNumber
    }
    struct Families: Decodable {
        let counts, weights, heads: [Double]
        let logLikelihood: Double
    }
    struct Masses: Decodable {
        let classes: [Int]
        let weights: [Double]
        let logLikelihood: Double
    }
    let normals: [Normals]
    let binomials: [Flips]
    let geissler: Families
    let masses: Masses
}

@Suite struct NumericsTests {
    let table: NumericsReference

    init() throws {
        table = try reference("numerics.json")
    }

    /// Up to |mean| / σ = 1e15 (beyond, the data themselves have no digits left), for means on either side of 0, and beside
    /// rows that are 1e100 away. Both passes lie within `Tolerance.peer` of the truth, and so of each other.
    @Test func `EM on normals far from 0 agrees with 60 digits, in both passes`() throws {
        for problem in table.normals {
            for pass in [Pass.readable, .fast] {
                let label = "\(problem.name), \(pass)"
                let plane = try Mixture(
                    weights: problem.weights,
                    components: zip(problem.means, problem.covariances).map {
                        try MultivariateNormal(mean: $0, covariance: Matrix($1))
                    })
                let last = try EM(data: problem.rows, start: plane, stop: .maximumSteps(problem.steps), pass: pass)
                    .fit().last
                #expect(close(last.logLikelihood, problem.logLikelihood, Tolerance.peer), "\(label)")
                // The same from the parameters alone.
                let again = last.mixture.logLikelihood(of: problem.rows)
                #expect(close(again, problem.logLikelihood, Tolerance.peer), "\(label)")
                #expect(close(last.mixture.weights, problem.fittedWeights, Tolerance.peer), "\(label)")
                for (k, component) in last.mixture.components.enumerated() {
                    let covariance = problem.fittedCovariances[k]
                    for i in component.mean.indices {
                        let sd = covariance[i][i].squareRoot()
                        let offset = (component.mean[i] - problem.origin[i]) + (component.remainder?[i] ?? 0)
                        #expect((offset - problem.fittedOffsets[k][i]).magnitude < Tolerance.peer * sd, "\(label)")
                        for j in component.mean.indices {
                            let error = component.covariance[i, j] - covariance[i][j]
                            let scale = sd * covariance[j][j].squareRoot()
                            #expect(error.magnitude < Tolerance.peer * scale, "\(label)")
                        }
                    }
                }
                guard problem.origin.count == 1 else { continue }
                let line = try Mixture(
                    weights: problem.weights,
                    components: zip(problem.means, problem.covariances).map {
                        try Normal(mean: $0[0], variance: $1[0][0])
                    })
                let numbers = problem.rows.map { $0[0] }
                let end = try EM(data: numbers, start: line, stop: .maximumSteps(problem.steps), pass: pass).fit().last
                #expect(close(end.logLikelihood, problem.logLikelihood, Tolerance.peer), "\(label)")
                for (one, several) in zip(end.mixture.components, last.mixture.components) {
                    let sd = one.standardDeviation
                    #expect((one.mean - several.mean[0]).magnitude <= Tolerance.peer * sd + one.mean.ulp, "\(label)")
                    #expect(close(several.covariance[0, 0] / one.variance, 1, Tolerance.peer), "\(label)")
                }
            }
        }
    }

    @Test func `numbers around 1e9 with deviations of 1e-3 lose nothing`() throws {
        let rows = try table("offset.csv")
        let pooled = try MultivariateNormal.estimate(from: .init(of: rows)).covariance
        let means = [[1000000000.0005, 1000000000.0], [1000000000.003, 1000000000.003]]
        let start = try Mixture(
            weights: [0.5, 0.5], components: means.map { try MultivariateNormal(mean: $0, covariance: pooled) })
        for pass in [Pass.readable, .fast] {
            let stop = StoppingRule<MultivariateNormal>.any(.atRest(1e-11), .maximumSteps(2000))
            let fit = try EM(data: rows, start: start, stop: stop, pass: pass).fit()
            #expect(fit.converged && close(fit.last.logLikelihood, 1032.7486764, 5e-11))
        }
    }

    @Test func `masses of 1e-26 are fitted as the same masses in another unit`() throws {
        let rows = try table("masses.csv")
        let diagonal = try Estimator.covariance(.diagonal)
        var parts = [[Int]](repeating: [], count: 2)
        for (n, k) in table.masses.classes.enumerated() { parts[k].append(n) }
        let start = try Mixture(
            weights: parts.map { Double($0.count) / Double(rows.count) },
            components: diagonal.components(parts.map { .init(of: $0.map { rows[$0] }) }))
        let fit = try EM(
            data: rows, start: start, estimator: diagonal, stop: .any(.atRest(1e-9), .maximumSteps(5000))
        ).fit()
        #expect(close(fit.last.logLikelihood, table.masses.logLikelihood, Tolerance.peer))
        #expect(close(fit.mixture.weights, table.masses.weights, 1e-8))
    }

    @Test func `binomial log densities are right up to 2^53 flips`() throws {
        for row in table.binomials {
            let x = HeadCount(heads: row.heads, flips: row.flips)
            let component = try Binomial(trials: row.flips, probability: row.probability)
            let label: Comment = "\(x), p = \(row.probability)"
            #expect(close(component.logDensity(at: x), row.value.value, Tolerance.rounding), label)
            #expect(close(Binomial.logCoefficient(of: x), row.coefficient, Tolerance.rounding), label)
        }
    }

    @Test func `the density of a binomial is continuous where its formula changes`() throws {
        // ln p(h; n + 1) - ln p(h; n) = ln((n + 1) (1 - p) / (n + 1 - h)).
        for p in [0.01, 0.3, 0.5, 0.99] {
            let component = try Binomial(trials: 1, probability: p)
            for (n, h) in (250..<262).flatMap({ n in [0, 1, 5, n / 3, n / 2, n].map { (n, $0) } }) {
                let step =
                    component.logDensity(at: HeadCount(heads: h, flips: n + 1))
                    - component.logDensity(at: HeadCount(heads: h, flips: n))
                let exact = log(Double(n + 1)) + log1p(-p) - log(Double(n + 1 - h))
                #expect((step - exact).magnitude < 1e-11, "\(h) of \(n), p = \(p)")
            }
        }
    }

    private func table(_ name: String) throws -> [[Double]] {
        let url = Bundle.module.bundleURL.appendingPathComponent("Reference/\(name)")
        return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").dropFirst().map {
            $0.split(separator: ",").compactMap { Double($0) }
        }
    }
}
