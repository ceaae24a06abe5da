import MixtureModels

/// Case D: a million sets of ten flips of one of two coins. There is nobody to compare with: the others have no binomials.
struct Coins {
    static let steps = 50
    private let data: [HeadCount]
    private let start: Mixture<Binomial>

    init() throws {
        var generator = SeededGenerator(seed: 7)
        func coins(_ heads: Double...) throws -> [Binomial] {
            try heads.map { try Binomial(trials: 10, probability: $0) }
        }
        let truth = try Mixture(weights: [0.4, 0.6], components: coins(0.3, 0.7))
        start = try Mixture(weights: [0.5, 0.5], components: coins(0.4, 0.5))
        data = truth.sample(count: 1_000_000, using: &generator).map(\.observation)
    }

    /// Times the fit from the rows, and from the histogram that a user may already have.
    static func run(_ rounds: Int, _ gate: inout LoadGate, _ report: inout Report) throws {
        let coins = try Coins()
        var counts = Array(repeating: 0.0, count: 11)
        for x in coins.data { counts[x.heads] += 1 }
        let distinct = (0...10).map { HeadCount(heads: $0, flips: 10) }
        let (histogram, stop) = (counts, StoppingRule<Binomial>.maximumSteps(steps))
        let (fromRows, fromCounts) = try gate.measure {
            (
                try (0..<rounds).map { _ in
                    try seconds { _ = try EM(data: coins.data, start: coins.start, stop: stop, pass: .fast).fit() }
                },
                try (0..<rounds).map { _ in
                    try seconds { _ = try EM(data: distinct, counts: histogram, start: coins.start, stop: stop).fit() }
                }
            )
        }
        report.add(
            "D: N = 1000000 sets of ten flips, K = 2, \(steps) steps: \(duration(median(fromRows))) from the rows, "
                + "\(duration(median(fromCounts))) from their histogram.")
    }
}
