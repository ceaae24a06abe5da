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
}
