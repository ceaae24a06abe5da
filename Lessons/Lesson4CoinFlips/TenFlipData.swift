import Datasets
import MixtureModels
import Notebook

/// The data of section 3: sets of several flips, each set with one hidden coin.
struct TenFlipData {
    /// One row per set.
    let rows: [HeadCount]
    /// Where the rows come from, for the report.
    let origin: Origin
    /// Where EM starts.
    let start: Mixture<Binomial>
    /// Whether the weights stay as they are at the start.
    let weightsAreFixed: Bool

    /// Simulated from known coins, or read from a file.
    enum Origin {
        case simulated(truth: Mixture<Binomial>, setsOfFirstCoin: Int)
        case file(String)
    }

    /// The number of flips that most rows have; the smallest of several.
    var usualFlips: Int {
        var occurrences: [Int: Int] = [:]
        for row in rows { occurrences[row.flips, default: 0] += 1 }
        return occurrences.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key ?? 0
    }

    /// Whether every row has the same number of flips.
    var hasEqualFlips: Bool { rows.allSatisfy { $0.flips == rows[0].flips } }

    var classCount: Int { start.components.count }

    var weightRule: WeightRule { weightsAreFixed ? .fixed : .free }
}

extension TenFlipData {
    /// 200 sets of ten flips of the story's coins.
    static func simulated(_ story: TwoCoins, seed: UInt64) throws -> TenFlipData {
        let truth = try binomialMixture(weights: story.weights, heads: story.heads, flips: 10)
        var generator = SeededGenerator(seed: seed).stream(1)
        let sample = truth.sample(count: 200, using: &generator)
        return TenFlipData(
            rows: sample.map(\.observation),
            origin: .simulated(truth: truth, setsOfFirstCoin: sample.count { $0.latent == 0 }),
            start: try binomialMixture(weights: [0.5, 0.5], heads: [0.4, 0.6], flips: 10), weightsAreFixed: false)
    }
}

/// Coins that are flipped several times before the next coin is chosen.
func binomialMixture(weights: [Double], heads: [Double], flips: Int) throws -> Mixture<Binomial> {
    try Mixture(weights: weights, components: heads.map { try Binomial(trials: flips, probability: $0) })
}

extension Mixture<Binomial> {
    /// The head probabilities of the coins.
    var heads: [Double] { components.map(\.probability) }
}

/// Head counts with equal rows counted once: the histogram of the data, which holds all that the likelihood depends on.
struct HeadCountTable {
    /// The distinct rows, sorted by flips and then heads.
    let rows: [HeadCount]
    /// How often each occurs.
    let counts: [Double]

    init(_ data: [HeadCount]) {
        var occurrences: [HeadCount: Int] = [:]
        for row in data { occurrences[row, default: 0] += 1 }
        let sorted = occurrences.sorted { ($0.key.flips, $0.key.heads) < ($1.key.flips, $1.key.heads) }
        rows = sorted.map(\.key)
        counts = sorted.map { Double($0.value) }
    }
}
