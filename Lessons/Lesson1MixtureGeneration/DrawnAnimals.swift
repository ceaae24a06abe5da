import LessonKit
import MixtureModels
import Notebook
import Verification

/// What is kept of the animals that were drawn: counts, not animals. So ten million take no more memory than a hundred.
struct DrawnAnimals {
    /// The number of animals.
    let count: Int
    /// The first few, as they came: class and weight.
    private(set) var first: [(species: Int, weight: Double)] = []
    /// How many of each species.
    private(set) var counts: [Int]
    /// Animals by species and by bin of weight; what is beyond the first or last bin is counted in it.
    private(set) var histogram: [[Int]]
    /// How many animals weigh more than ``threshold``.
    private(set) var heavy = 0
    /// How many animals weigh less than nothing.
    private(set) var negative = 0
    /// The counts of the species at growing numbers of animals, about twenty for each power of ten.
    private(set) var milestones: [(count: Int, counts: [Int])] = []
    private var total = 0.0
    private var squares = 0.0

    /// Bins of 0.2 kg from -1 kg on; their edges.
    static let binWidth = 0.2
    static let lowestEdge = -1.0
    static let binCount = 110
    /// "Heavy" is more than this, in kg.
    static let threshold = 6.0

    /// Draws animals in batches, and counts them.
    init(_ mixture: Mixture<Normal>, count: Int, generator: inout SeededGenerator, progress: RunProgress) {
        self.count = count
        counts = Array(repeating: 0, count: mixture.weights.count)
        histogram = Array(repeating: Array(repeating: 0, count: Self.binCount), count: mixture.weights.count)
        var drawn = 0
        var nextMilestone = 1
        while drawn < count {
            progress.update("drawing animals", fraction: Double(drawn) / Double(count))
            for (species, weight) in mixture.sample(count: min(8192, count - drawn), using: &generator) {
                drawn += 1
                include(species, weight)
                if drawn == nextMilestone || drawn == count {
                    milestones.append((drawn, counts))
                    nextMilestone = drawn + 1 + drawn / 9
                }
            }
        }
    }

    private mutating func include(_ species: Int, _ weight: Double) {
        if first.count < 8 { first.append((species, weight)) }
        counts[species] += 1
        let position = (weight - Self.lowestEdge) / Self.binWidth
        histogram[species][Int(min(max(position, 0), Double(Self.binCount - 1)))] += 1
        if weight > Self.threshold { heavy += 1 }
        if weight < 0 { negative += 1 }
        total += weight
        squares += weight * weight
    }

    /// The share of each species, with the standard error of a count.
    var shares: [SimulationEstimate] { counts.map { SimulationEstimate(hits: $0, trials: count) } }

    /// The mean weight.
    var mean: Double { total / Double(count) }

    /// The variance of the weights.
    var variance: Double { squares / Double(count) - mean * mean }

    /// The left edge of a bin.
    static func edge(_ bin: Int) -> Double { lowestEdge + Double(bin) * binWidth }
}

// MARK: The chi-square distance

/// How far counts are from what was expected.
struct ChiSquareDistance {
    /// Σ (observed - expected)² / expected.
    let statistic: Double
    /// The number of cells minus one.
    let degreesOfFreedom: Int
    /// How often chance alone is at least as far off.
    let pValue: Double

    /// The distance between the animals in cells (species, bin of weight) and N π_k P(bin given k).
    ///
    /// Neighbouring bins of one species are joined until five animals are expected in each: the approximation behind the
    /// p-value needs that.
    init(_ animals: DrawnAnimals, of store: PetStore) throws {
        var cells: [(observed: Double, expected: Double)] = []
        for k in store.weights.indices {
            let expectedCount = Double(animals.count) * store.weights[k]
            var open = (observed: 0.0, expected: 0.0)
            var own: [(observed: Double, expected: Double)] = []
            for bin in 0..<DrawnAnimals.binCount {
                let below = bin == 0 ? 0 : Self.probability(store, k, bin)
                let through = bin == DrawnAnimals.binCount - 1 ? 1 : Self.probability(store, k, bin + 1)
                open.observed += Double(animals.histogram[k][bin])
                open.expected += expectedCount * (through - below)
                if open.expected >= 5 {
                    own.append(open)
                    open = (0, 0)
                }
            }
            // What is left over at the right end joins the last cell.
            if var last = own.popLast() {
                last.observed += open.observed
                last.expected += open.expected
                own.append(last)
            }
            cells += own
        }
        statistic = cells.reduce(0) { sum, cell in
            let difference = cell.observed - cell.expected
            return sum + difference * difference / cell.expected
        }
        degreesOfFreedom = cells.count - 1
        pValue = try chiSquarePValue(statistic: statistic, degreesOfFreedom: degreesOfFreedom)
    }

    /// P(weight below the bin's left edge given species k).
    private static func probability(_ store: PetStore, _ k: Int, _ bin: Int) -> Double {
        normalProbability(below: DrawnAnimals.edge(bin), mean: store.means[k], deviation: store.deviations[k])
    }
}
