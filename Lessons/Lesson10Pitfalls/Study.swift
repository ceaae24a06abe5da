import Foundation
import MixtureModels

/// The data of sections 5 to 8: fifty points in the plane, of three groups, and many runs of EM on them.
struct Study {
    let rows: [[Double]]
    /// Points of the same kind that no run has seen.
    let fresh: [[Double]]
    let truth: Mixture<MultivariateNormal>
    let starts: [[PlaneEM.Part]]
    /// How many of the starts are rows drawn at random; the others begin on three neighbours.
    let randomCount: Int
    /// The covariance of all rows: xx, xy, yy.
    let pooled: (xx: Double, xy: Double, yy: Double)
    static let classCount = 3
    /// Degrees of freedom of the prior, D + 2.
    static let degrees = 4.0
    /// The variance floor as a share of the mean variance of all rows.
    static let floorShare = 0.01

    let ml: [PlaneEM.End]
    let floored: [PlaneEM.End]
    let map: [PlaneEM.End]

    init(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed).stream(1)
        truth = try Mixture(
            weights: [0.4, 0.35, 0.25],
            components: [
                MultivariateNormal(mean: [-2, 0], covariance: [[0.8, 0.3], [0.3, 0.6]]),
                MultivariateNormal(mean: [2, 0], covariance: [[0.6, -0.2], [-0.2, 0.7]]),
                MultivariateNormal(mean: [0, 2.4], covariance: [[0.9, 0], [0, 0.5]]),
            ])
        let rows = truth.sample(count: 50, using: &generator).map(\.observation)
        fresh = truth.sample(count: 1000, using: &generator).map(\.observation)
        self.rows = rows
        let count = Double(rows.count)
        let mean = [0, 1].map { d in rows.reduce(0) { $0 + $1[d] } / count }
        func moment(_ i: Int, _ j: Int) -> Double {
            rows.reduce(0) { $0 + ($1[i] - mean[i]) * ($1[j] - mean[j]) } / count
        }
        let pooled = (xx: moment(0, 0), xy: moment(0, 1), yy: moment(1, 1))
        self.pooled = pooled
        func part(_ row: [Double], _ width: Double) -> PlaneEM.Part {
            PlaneEM.Part(
                weight: 1 / Double(Self.classCount), x: row[0], y: row[1], xx: width * pooled.xx, xy: width * pooled.xy,
                yy: width * pooled.yy)
        }
        func drawn(_ count: Int) -> [[Double]] {
            var order = Array(rows.indices)
            generator.shuffle(&order)
            return order.prefix(count).map { rows[$0] }
        }
        let random = (0..<50).map { _ in drawn(Self.classCount).map { part($0, 0.25) } }
        // One Gaussian on a row and its two nearest neighbours, the others on rows drawn at random.
        let narrow = rows.map { row -> [PlaneEM.Part] in
            let near = rows.sorted { hypot($0[0] - row[0], $0[1] - row[1]) < hypot($1[0] - row[0], $1[1] - row[1]) }
            return [Self.around(Array(near.prefix(3)), pooled)] + drawn(Self.classCount - 1).map { part($0, 0.25) }
        }
        starts = random + narrow
        randomCount = random.count
        let spread = (pooled.xx + pooled.yy) / 2
        let size = Double(Self.classCount)
        let remedies: [PlaneEM.Remedy] = [
            .none, .floor(Self.floorShare * spread),
            .prior(degrees: Self.degrees, xx: pooled.xx / size, xy: pooled.xy / size, yy: pooled.yy / size),
        ]
        let starts = starts
        let ends = remedies.map { remedy -> [PlaneEM.End] in
            let em = PlaneEM(rows, remedy, smallest: 1e-5 * spread.squareRoot())
            return starts.map { em.run(from: $0) }
        }
        (ml, floored, map) = (ends[0], ends[1], ends[2])
    }

    /// The Gaussian of a few rows, a little wider so that it is one even if they lie on a line.
    private static func around(_ rows: [[Double]], _ pooled: (xx: Double, xy: Double, yy: Double)) -> PlaneEM.Part {
        let count = Double(rows.count)
        let mean = [0, 1].map { d in rows.reduce(0) { $0 + $1[d] } / count }
        func moment(_ i: Int, _ j: Int) -> Double {
            rows.reduce(0) { $0 + ($1[i] - mean[i]) * ($1[j] - mean[j]) } / count
        }
        return PlaneEM.Part(
            weight: 1 / Double(classCount), x: mean[0], y: mean[1], xx: moment(0, 0) + 1e-4 * pooled.xx,
            xy: moment(0, 1), yy: moment(1, 1) + 1e-4 * pooled.yy)
    }

    /// The mean of the two variances of all rows.
    var spread: Double { (pooled.xx + pooled.yy) / 2 }
    var floor: Double { Self.floorShare * spread }
    /// The scale matrix of the prior: the covariance of all rows divided by K.
    var scale: Matrix {
        let size = Double(Self.classCount)
        return [[pooled.xx / size, pooled.xy / size], [pooled.xy / size, pooled.yy / size]]
    }

    /// How probable a fresh point is under a mixture, in the mean of the logarithms.
    func score(_ parts: [PlaneEM.Part]) throws -> Double {
        try PlaneEM.mixture(parts).logLikelihood(of: fresh) / Double(fresh.count)
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
