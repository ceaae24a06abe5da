import MixtureModels
import Testing

/// Rows that carry counts are the same data as rows written out.
@Suite struct CountedRowsTests {
    @Test func `EM on counted rows takes the same steps as on rows written out`() throws {
        let truth = try Mixture(
            weights: [0.3, 0.7], components: [0.25, 0.7].map { try Binomial(trials: 6, probability: $0) })
        var generator = SeededGenerator(seed: 5)
        let rows = truth.sample(count: 500, using: &generator).map(\.observation)
        let distinct = (0...6).map { HeadCount(heads: $0, flips: 6) }
        let counts = distinct.map { row in Double(rows.count { $0 == row }) }
        let start = try Mixture(
            weights: [0.5, 0.5], components: [0.4, 0.6].map { try Binomial(trials: 6, probability: $0) })

        let long = try EM(data: rows, start: start, stop: .maximumSteps(30))
        let short = try EM(data: distinct, counts: counts, start: start, stop: .maximumSteps(30))
        for (a, b) in zip(long, short) {
            #expect(close(a.mixture.weights, b.mixture.weights, Tolerance.peer))
            #expect(
                close(a.mixture.components.map(\.probability), b.mixture.components.map(\.probability), Tolerance.peer))
            #expect(close(a.logLikelihood, b.logLikelihood, Tolerance.peer))
            #expect(close(a.expectedCompleteLogLikelihood, b.expectedCompleteLogLikelihood, Tolerance.peer))
            #expect(close(a.entropy, b.entropy, Tolerance.peer))
            #expect(close(a.effectiveCounts, b.effectiveCounts, Tolerance.peer))
        }
        #expect(Array(short).count == 31)
        #expect(close(truth.logLikelihood(of: rows), truth.logLikelihood(of: distinct, counts: counts), Tolerance.peer))
    }

    @Test(arguments: [
        ([1.0], "there must be one count per row, not 1 for 2"),
        ([1, -1], "row 2: a row's count must be more than 0 and at most 1e15, not -1.0"),
        ([.nan, 1], "row 1: a row's count must be more than 0 and at most 1e15, not nan"),
        ([.infinity, 1], "row 1: a row's count must be more than 0 and at most 1e15, not inf"),
        ([0, 5], "row 1: a row's count must be more than 0 and at most 1e15, not 0.0"),
        ([0.5, 0.5], "there must be at least as many rows as components, not 1 for 2"),
    ])
    func `counts that make no sense are refused`(counts: [Double], message: String) throws {
        let start = try coins(0.3, 0.6)
        #expect {
            _ = try EM(data: [true, false], counts: counts, start: start)
        } throws: { "\($0)" == message }
    }
}
