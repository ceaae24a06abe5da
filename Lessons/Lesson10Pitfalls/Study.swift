import Foundation
import MixtureModels

/// The data of sections 5 to 8: sixty points in the plane, of three groups, and many runs of EM on them.
struct Study {
    let rows: [[Double]]
    /// Points of the same kind that no run has seen.
    let fresh: [(latent: Int, point: [Double])]
    let truth: Mixture<MultivariateNormal>
    let starts: [[PlaneEM.Part]]
    /// How many of the starts are rows drawn at random; the others begin on three neighbours.
    let randomCount: Int
    /// The covariance of all rows: xx, xy, yy.
    let pooled: (xx: Double, xy: Double, yy: Double)
    static let classCount = 3
    /// Degrees of freedom of the prior, D: the fewest whole number that makes it a distribution.
    static let degrees = 2.0
    /// The prior counts like so many points, ν + D + 1: the divisor of the M-step grows by that.
    static let imagined = degrees + 3
    /// The variance floor as a share of the mean variance of all rows.
    static let floorShare = 0.01

    let ml: [PlaneEM.End]
    let floored: [PlaneEM.End]
    let map: [PlaneEM.End]

    /// The data that the report follows.
    init(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed).stream(1)
        try self.init(starts: 40, fresh: 1000, change: 1e-9, using: &generator)
    }

    /// - Parameters:
    ///   - starts: How many starts of each of the two kinds.
    ///   - fresh: How many points to draw that no run sees.
    ///   - change: The relative change of the objective at which a run stops.
    init(starts: Int, fresh: Int, change: Double, using generator: inout SeededGenerator) throws {
        truth = try Mixture(
            weights: [0.4, 0.35, 0.25],
            components: [
                MultivariateNormal(mean: [-2.4, 0], covariance: [[0.8, 0.3], [0.3, 0.6]]),
                MultivariateNormal(mean: [2.4, 0], covariance: [[0.6, -0.2], [-0.2, 0.7]]),
                MultivariateNormal(mean: [0, 2.8], covariance: [[0.9, 0], [0, 0.5]]),
            ])
        let rows = truth.sample(count: 60, using: &generator).map(\.observation)
        self.fresh = truth.sample(count: fresh, using: &generator).map { ($0.latent, $0.observation) }
        self.rows = rows
        let pooled = Self.moments(rows)
        self.pooled = pooled
        func part(_ row: [Double]) -> PlaneEM.Part {
            // Half as wide as all the data, in each direction.
            PlaneEM.Part(
                weight: 1 / Double(Self.classCount), x: row[0], y: row[1], xx: pooled.xx / 4, xy: pooled.xy / 4,
                yy: pooled.yy / 4)
        }
        func drawn(_ count: Int) -> [[Double]] {
            var order = Array(rows.indices)
            generator.shuffle(&order)
            return order.prefix(count).map { rows[$0] }
        }
        let random = (0..<starts).map { _ in drawn(Self.classCount).map(part) }
        // One Gaussian on a row and its two nearest neighbours, the others on rows drawn at random.
        let narrow = rows.prefix(starts).map { row -> [PlaneEM.Part] in
            let near = rows.sorted { hypot($0[0] - row[0], $0[1] - row[1]) < hypot($1[0] - row[0], $1[1] - row[1]) }
            return [Self.around(Array(near.prefix(3)), pooled)] + drawn(Self.classCount - 1).map(part)
        }
        self.starts = random + narrow
        randomCount = random.count
        let spread = (pooled.xx + pooled.yy) / 2
        let share = Self.imagined / Double(Self.classCount)
        let remedies: [PlaneEM.Remedy] = [
            .none, .floor(Self.floorShare * spread),
            .prior(degrees: Self.degrees, xx: share * pooled.xx, xy: share * pooled.xy, yy: share * pooled.yy),
        ]
        let all = random + narrow
        let ends = remedies.map { remedy -> [PlaneEM.End] in
            let em = PlaneEM(rows, remedy, smallest: 1e-5 * spread.squareRoot())
            return all.map { em.run(from: $0, change: change) }
        }
        (ml, floored, map) = (ends[0], ends[1], ends[2])
    }

    /// The covariance of some rows, with their number as divisor.
    private static func moments(_ rows: [[Double]]) -> (xx: Double, xy: Double, yy: Double) {
        let count = Double(rows.count)
        let mean = [0, 1].map { d in rows.reduce(0) { $0 + $1[d] } / count }
        func moment(_ i: Int, _ j: Int) -> Double {
            rows.reduce(0) { $0 + ($1[i] - mean[i]) * ($1[j] - mean[j]) } / count
        }
        return (moment(0, 0), moment(0, 1), moment(1, 1))
    }

    /// The Gaussian of a few rows, a little wider so that it is one even if they lie on a line.
    private static func around(_ rows: [[Double]], _ pooled: (xx: Double, xy: Double, yy: Double)) -> PlaneEM.Part {
        let count = Double(rows.count)
        let mean = [0, 1].map { d in rows.reduce(0) { $0 + $1[d] } / count }
        let own = moments(rows)
        return PlaneEM.Part(
            weight: 1 / Double(classCount), x: mean[0], y: mean[1], xx: own.xx + 1e-4 * pooled.xx, xy: own.xy,
            yy: own.yy + 1e-4 * pooled.yy)
    }

    /// The mean of the two variances of all rows.
    var spread: Double { (pooled.xx + pooled.yy) / 2 }
    var floor: Double { Self.floorShare * spread }
    /// The scale matrix of the prior: that of its imagined points, whose covariance is that of all rows divided by K.
    var scale: Matrix {
        let share = Self.imagined / Double(Self.classCount)
        return [[share * pooled.xx, share * pooled.xy], [share * pooled.xy, share * pooled.yy]]
    }

    /// How good a mixture is for the fresh points: the mean logarithm of its density there, and the share of them whose most
    /// probable class is the one that they came from, under the names that fit best.
    func assess(_ mixture: Mixture<MultivariateNormal>) -> (score: Double, right: Double) {
        let count = Self.classCount
        var sum = 0.0
        var table = [[Int]](repeating: [Int](repeating: 0, count: count), count: count)
        for (latent, point) in fresh {
            let joint = mixture.logJoint(at: point)
            let largest = joint.max() ?? 0
            sum += largest + log(joint.reduce(0) { $0 + exp($1 - largest) })
            table[joint.firstIndex(of: largest) ?? 0][latent] += 1
        }
        let right = Labels.orders(count).map { order in (0..<count).reduce(0) { $0 + table[$1][order[$1]] } }.max() ?? 0
        return (sum / Double(fresh.count), Double(right) / Double(fresh.count))
    }

    func assess(_ parts: [PlaneEM.Part]) throws -> (score: Double, right: Double) {
        assess(try PlaneEM.mixture(parts))
    }

    /// The four ways to choose an answer: a name, all ends, and the number of the end that is chosen.
    var methods: [(name: String, ends: [PlaneEM.End], chosen: Int)] {
        // If every run collapsed, or every end has a needle, there is nothing better to choose.
        let highest = Self.best(ml) ?? 0
        let sound = Self.best(ml) { !$0.hasCollapsed && !Spurious.isNarrow($0) } ?? highest
        return [
            ("no remedy, highest end", ml, highest), ("no remedy, highest end without a needle", ml, sound),
            ("floor", floored, Self.best(floored) ?? 0), ("prior (MAP)", map, Self.best(map) ?? 0),
        ]
    }

    /// The number of the end with the highest objective; of equally good ones the first.
    static func best(_ ends: [PlaneEM.End], where isGood: (PlaneEM.End) -> Bool = { !$0.hasCollapsed }) -> Int? {
        var best: Int?
        for (index, end) in ends.enumerated() where isGood(end) {
            if let found = best, end.objective <= ends[found].objective + 1e-6 { continue }
            best = index
        }
        return best
    }

    /// How many different ends there are, apart from collapses: objectives that differ by less than a hundredth count as one.
    static func different(_ ends: [PlaneEM.End]) -> Int {
        let heights = ends.filter { !$0.hasCollapsed }.map(\.objective).sorted()
        return heights.isEmpty ? 0 : 1 + zip(heights, heights.dropFirst()).count { $1 - $0 > 0.01 }
    }

    /// How many runs ended as high as the best.
    static func hits(_ ends: [PlaneEM.End], best: Int) -> Int {
        ends.count { !$0.hasCollapsed && $0.objective > ends[best].objective - 0.01 }
    }
}
