import MixtureModels

/// What makes up a problem that nobody would pose on purpose: scales at the ends of what there is, ties, columns of one value,
/// rows that are as many as components, outliers.
struct HostileNumbers {
    /// How many rows there are.
    let count: Int
    /// The probability of heads in the data.
    let probability: Double
    private let scale: Double
    private let offset: Double
    private let style: Int

    init(_ random: inout SeededGenerator) {
        count = random.pick([1, 2, 3, 4, 6, 10, 20, 40])
        scale = random.pick(Self.scales)
        offset = random.pick([0, 0, 0, 0, 1, -10, 1e3, 1e6, 1e8, 1e12, 1e16]) * scale
        style = random.below(7)
        probability = random.pick([0, 1, 0.5, 0.1, 1e-3])
    }

    private static let scales: [Double] = [
        1, 1, 1, 1, 1, 1, 1e-3, 1e3, 1e10, 1e-10, 1e80, 1e-80, 1e100, 1e140, 1e-140, 1e-146, 1e150, 1e154, 1e155, 1e160,
        1e-160, 1e200, 1e-200, 1e300, 1e-300, 1e307, .leastNonzeroMagnitude,
    ]

    private static let sizes: [Double] = [1e-300, 1e-150, 1e-12, 1e-3, 0.5, 1, 1, 2, 10, 1e6, 1e150, 1e300]

    /// N rows of so many columns.
    func rows(columns: Int, _ random: inout SeededGenerator) -> [[Double]] {
        let count = columns > 8 ? count * 3 : count
        var rows = (0..<count).map { _ in (0..<columns).map { _ in number(&random) } }
        if random.once(in: 10), let column = rows[0].indices.last {
            for n in rows.indices { rows[n][column] = rows[0][column] }
        }
        if random.once(in: 10) { for n in rows.indices where n % 2 == 1 { rows[n] = rows[n - 1] } }
        if random.once(in: 12) { rows[0] = rows[0].map { _ in random.pick([1e13, -1e13, 1e100]) * min(scale, 1e200) } }
        if random.once(in: 60) { rows[0][0] = random.pick([.nan, .infinity, -.infinity, 1.7e308]) }
        return rows
    }

    private func number(_ random: inout SeededGenerator) -> Double {
        switch style {
        case 0: offset + scale * Double(random.below(3))
        case 1: offset + scale * (random.once(in: 2) ? 30 : 0) + scale * random.standardNormal()
        case 2: random.once(in: 3) ? 0 : scale * random.standardNormal()
        case 3: offset + scale * 1e-9 * random.standardNormal()
        default: offset + scale * random.standardNormal()
        }
    }

    /// A mean that may be where the data are.
    func near(_ random: inout SeededGenerator) -> Double {
        random.once(in: 15) ? random.pick([0, 1e300, -1e300, 1e-300, .nan, .infinity]) : number(&random)
    }

    /// A variance that may fit the data.
    func variance(_ random: inout SeededGenerator) -> Double {
        random.once(in: 8)
            ? random.pick(Self.sizes + [0, -1, .nan, .infinity]) : scale * scale * random.pick([0.1, 1, 4, 100])
    }

    func anyProbability(_ random: inout SeededGenerator) -> Double {
        random.pick([
            0, 1, 1e-300, 1e-17, 1 - 0x1p-53, 0.5, -0.1, 1.5, .nan, random.uniform(), random.uniform(),
            random.uniform(),
        ])
    }

    func headCount(_ random: inout SeededGenerator) -> HeadCount {
        let flips = random.pick([0, 1, 1, 3, 10, 10, 10, 255, 256, 1000, 1_000_000, 1 << 53, .max])
        let heads = random.pick([0, flips, flips / 2, flips / 3, min(flips, 1), random.once(in: 30) ? -1 : 0])
        return HeadCount(heads: heads, flips: random.once(in: 200) ? -flips : flips)
    }

    // MARK: Estimators

    func normalRules(_ random: inout SeededGenerator) -> () throws -> Estimator<Normal> {
        let (a, b) = (extreme(&random), extreme(&random))
        let floor = floor(&random)
        switch random.below(5) {
        case 0: return { .equalVariances }
        case 1: return { try .varianceFloor(floor) }
        case 2: return { try .inverseGammaPrior(shape: a, scale: b) }
        default: return { .maximumLikelihood }
        }
    }

    func vectorRules(columns: Int, _ random: inout SeededGenerator) -> () throws -> Estimator<MultivariateNormal> {
        let shape = random.pick(CovarianceShape.allCases)
        let floor = random.once(in: 2) ? nil : floor(&random)
        let degrees = random.pick([Double(columns) + 3, Double(columns), 0, 1e15, .infinity])
        let size = random.once(in: 2) ? scale * scale : extreme(&random)
        switch random.below(6) {
        case 0: return { .maximumLikelihood }
        case 1:
            return { try .inverseWishartPrior(degreesOfFreedom: degrees, scale: size * Matrix.identity(columns)) }
        default: return { try .covariance(shape, floor: floor) }
        }
    }

    func betaRule<C: Component>(
        _ prior: @escaping (Double, Double) throws -> Estimator<C>, _ random: inout SeededGenerator
    ) -> () throws -> Estimator<C> {
        let (a, b) = (extreme(&random), extreme(&random))
        return random.once(in: 2) ? { .maximumLikelihood } : { try prior(a, b) }
    }

    private func floor(_ random: inout SeededGenerator) -> Double {
        random.once(in: 3) ? extreme(&random) : scale * scale * random.pick([1e-6, 0.1, 10])
    }

    private func extreme(_ random: inout SeededGenerator) -> Double {
        random.once(in: 40) ? random.pick([0, -1, .nan, .infinity]) : random.pick(Self.sizes)
    }
}
