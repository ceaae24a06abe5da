import Datasets
import MixtureModels
import Notebook

/// The data of section 3: sets of several flips, each set with one hidden coin.
struct TenFlipData {
    /// The first rows, one per set; those that are looked at one by one.
    let firstRows: [HeadCount]
    /// How many rows there are.
    let rowCount: Int
    /// Equal rows counted once, so that a million rows are no harder than eleven.
    let distinct: HeadCountTable
    /// Where the rows come from, for the report.
    let origin: Origin
    /// Where EM starts.
    let start: Mixture<Binomial>
    /// Whether the weights stay as they are at the start.
    let weightsAreFixed: Bool

    /// Simulated from known coins, or read from a file.
    enum Origin {
        case simulated(truth: Mixture<Binomial>, setsOfFirstCoin: Int)
        case file(String, remarks: Prose?)
    }

    /// The number of flips that most rows have; the smallest of several.
    let usualFlips: Int

    /// Whether every row has the same number of flips.
    let hasEqualFlips: Bool

    init(
        firstRows: [HeadCount], rowCount: Int, distinct: HeadCountTable, origin: Origin, start: Mixture<Binomial>,
        weightsAreFixed: Bool
    ) {
        self.firstRows = firstRows
        self.rowCount = rowCount
        self.distinct = distinct
        self.origin = origin
        self.start = start
        self.weightsAreFixed = weightsAreFixed
        var occurrences: [Int: Double] = [:]
        for (row, count) in zip(distinct.rows, distinct.counts) { occurrences[row.flips, default: 0] += count }
        usualFlips = occurrences.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key ?? 0
        hasEqualFlips = occurrences.count == 1
    }

    /// Whether the rows are the reader's.
    var isOwn: Bool { if case .file = origin { true } else { false } }

    var classCount: Int { start.components.count }

    var weightRule: WeightRule { weightsAreFixed ? .fixed : .free }
}

extension TenFlipData {
    /// The first rows, each as often as the counts say: more than any enumeration can take.
    static func firstRows(_ rows: [HeadCount], counts: [Double]?) -> [HeadCount] {
        var first: [HeadCount] = []
        for (n, row) in rows.enumerated() where first.count < 100 {
            let times = Int(min(100, counts?[n] ?? 1))
            first.append(contentsOf: Array(repeating: row, count: min(times, 100 - first.count)))
        }
        return first
    }

    /// 200 sets of ten flips of the story's coins.
    static func simulated(_ story: TwoCoins, seed: UInt64) throws -> TenFlipData {
        let truth = try binomialMixture(weights: story.weights, heads: story.heads, flips: 10)
        var generator = SeededGenerator(seed: seed).stream(1)
        let sample = truth.sample(count: 200, using: &generator)
        let rows = sample.map(\.observation)
        return TenFlipData(
            firstRows: firstRows(rows, counts: nil), rowCount: rows.count, distinct: HeadCountTable(rows, counts: nil),
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

    /// Counts the rows, each once or as often as `weights` says.
    init(_ data: [HeadCount], counts weights: [Double]? = nil) {
        var occurrences: [HeadCount: Double] = [:]
        for (n, row) in data.enumerated() { occurrences[row, default: 0] += weights?[n] ?? 1 }
        let sorted = occurrences.sorted { ($0.key.flips, $0.key.heads) < ($1.key.flips, $1.key.heads) }
        rows = sorted.map(\.key)
        counts = sorted.map(\.value)
    }

    /// The share of heads in each of several equal parts of the data, which are sorted by their share of heads for that.
    func sharesOfHeads(parts: Int) -> [Double] {
        func share(_ row: HeadCount) -> Double { Double(row.heads) / Double(row.flips) }
        let sorted = zip(rows, counts).sorted { share($0.0) < share($1.0) }
        let size = counts.reduce(0, +) / Double(parts)
        return (0..<parts).map { part in
            let (begin, end) = (Double(part) * size, Double(part + 1) * size)
            var (heads, flips, passed) = (0.0, 0.0, 0.0)
            for (row, count) in sorted {
                // How many of these rows lie within the part.
                let within = max(0, min(end, passed + count) - max(begin, passed))
                heads += within * Double(row.heads)
                flips += within * Double(row.flips)
                passed += count
            }
            return heads / flips
        }
    }
}
