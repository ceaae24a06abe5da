import Foundation
import Testing

@testable import Lesson4CoinFlips
@testable import Notebook

/// Do and Batzoglou's five sets of ten flips through `--data`, against an EM written here in ten lines.
struct Lesson4PublishedExampleTests {
    /// Plain EM: head probabilities and weights after a number of steps.
    private func em(steps: Int, weightsAreFixed: Bool) -> (heads: [Double], weights: [Double]) {
        let data = [5, 9, 8, 4, 7]
        var (heads, weights) = ([0.6, 0.5], [0.5, 0.5])
        for _ in 0..<steps {
            var (sets, shown) = ([0.0, 0.0], [0.0, 0.0])
            for count in data {
                let joint = [0, 1].map {
                    weights[$0] * pow(heads[$0], Double(count)) * pow(1 - heads[$0], Double(10 - count))
                }
                for k in 0..<2 {
                    sets[k] += joint[k] / (joint[0] + joint[1])
                    shown[k] += joint[k] / (joint[0] + joint[1]) * Double(count)
                }
            }
            heads = [0, 1].map { shown[$0] / (10 * sets[$0]) }
            if !weightsAreFixed { weights = sets.map { $0 / 5 } }
        }
        return (heads, weights)
    }

    @Test(
        "The published start gives the published limits with fixed weights, and others with free ones",
        arguments: [(true, [0.79679, 0.51958], 0.5), (false, [0.79337, 0.51392], 0.52275)])
    func limits(weightsAreFixed: Bool, heads: [Double], weight: Double) throws {
        let options = "--columns heads --flips 10 --start-heads 0.6,0.5 --start-weights 0.5,0.5"
        let results = try TemporaryFolder.with { folder in
            let path = try folder.write(Lesson4DataMistakeTests.published, to: "heads.csv")
            let report = try Lesson4CoinFlips.dataReport(
                ["--data", path] + words(options) + (weightsAreFixed ? ["--fixed-weights"] : []))
            #expect(report.failures == [])
            return try RenderedReport(report, formats: [.svg]).results()
        }
        let fit = try #require(results["fit"] as? [String: Any])
        #expect(fit["converged"] as? Bool == true)
        let parameters = try #require(fit["parameters"] as? [String: [Double]])
        let ours = try #require(parameters["headProbabilities"]) + #require(fit["weights"] as? [Double])

        let limit = em(steps: 10_000, weightsAreFixed: weightsAreFixed)
        let printed = heads + [weight, 1 - weight]
        for i in 0..<4 {
            #expect(abs(ours[i] - (limit.heads + limit.weights)[i]) < Tolerances.limitOfEM)
            #expect(abs((limit.heads + limit.weights)[i] - printed[i]) < Tolerances.fiveDecimals)
        }
    }
}
