@testable import MixtureModels
import Testing

@Suite struct OverflowTests {
    @Test(
        "A log-likelihood that leaves the range of numbers is an error, and no row of a run",
        arguments: [Pass.readable, .fast])
    func logLikelihood(pass: Pass) throws {
        let start = try Mixture(weights: [1], components: [Normal(mean: 0, variance: 1)])
        // Each row has a log density of about -5e305; a thousand million million of each are beyond the largest number.
        let error = #expect(throws: MixtureError.self) {
            _ = try EM(data: [1e153, -1e153], counts: [1e15, 1e15], start: start, pass: pass).fit()
        }
        #expect(error?.description.contains("overflow") == true)
    }

    @Test("Squares that underflow only together with their responsibilities are an error, too, in both passes")
    func countedSquares() throws {
        // The wide component has responsibilities of about 1e-164, the data squares of 1e-162: products of 1e-326.
        let rows = (0..<20).map { row in [1e-81 * Double(row % 7 - 3), 1e-81 * Double(row % 5 - 2)] }
        let plane = try Mixture(
            weights: [0.5, 0.5],
            components: [1e6, 1e-158].map { try MultivariateNormal(mean: [0, 0], covariance: $0 * Matrix.identity(2)) })
        let line = try Mixture(
            weights: [0.5, 0.5], components: [1e280, 1e-162].map { try Normal(mean: 0, variance: $0) })
        for pass in [Pass.readable, .fast] {
            for attempt: () throws -> Void in [
                { _ = try EM(data: rows, start: plane, pass: pass).fit() },
                { _ = try EM(data: rows.map { $0[0] }, start: line, pass: pass).fit() },
            ] {
                let error = #expect(throws: MixtureError.self) { try attempt() }
                #expect(error?.kind == .data && error?.component == 1 && error?.step == 1)
                #expect(error?.rule.contains("times, underflow; multiply the data") == true)
            }
            // On the scale of 1 such a component is estimated, though it has next to no data.
            let wide = try Mixture(
                weights: [0.5, 0.5], components: [1e280, 1].map { try Normal(mean: 0, variance: $0) })
            let fit = try EM(data: rows.map { 1e81 * $0[0] }, start: wide, stop: .maximumSteps(1), pass: pass).fit()
            #expect((1...9).contains(fit.mixture.components[0].variance))
        }
    }
}
