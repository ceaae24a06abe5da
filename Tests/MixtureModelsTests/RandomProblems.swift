import Foundation
import MixtureModels

/// A component that a test can make at random, and move along each of its degrees of freedom.
protocol Movable: Component {
    /// A component with parameters well inside their range.
    static func random(dimension: Int, using generator: inout SeededGenerator) throws -> Self
    /// The number of its parameters.
    var degreesOfFreedom: Int { get }
    /// The component with each parameter moved, in units in which a displacement of 1 is a large one.
    func displaced(by displacement: [Double]) throws -> Self
    /// The rules for its estimation.
    static func rules(dimension: Int) throws -> [Rule<Self>]
}

/// A named estimator.
struct Rule<C: Component> {
    let name: String
    let estimator: Estimator<C>
    /// Whether every parameter is free, so that the derivatives of Q (and the prior) are all 0 at the update.
    let isFree: Bool

    init(_ name: String, _ estimator: Estimator<C>, isFree: Bool = true) {
        self.name = name
        self.estimator = estimator
        self.isFree = isFree
    }
}

/// Data from a random mixture.
struct RandomProblem<C: Movable> {
    let data: [C.Observation]
    let count: Int
    let dimension: Int
    private let seed: UInt64

    init(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let dimension = 1 + generator.integer(below: 3)
        count = 1 + generator.integer(below: 4)
        let sizes = (0..<count).map { _ in 0.2 + generator.uniform() }
        let components = try (0..<count).map { _ in try C.random(dimension: dimension, using: &generator) }
        let truth = try Mixture(weights: sizes.map { $0 / sizes.reduce(0, +) }, components: components)
        data = truth.sample(count: 25 + generator.integer(below: 100), using: &generator).map(\.observation)
        self.dimension = dimension
        self.seed = seed
    }

    /// A random start that obeys the estimator's constraints.
    func start(_ estimator: Estimator<C>) throws -> Mixture<C> {
        var generator = SeededGenerator(seed: seed).stream(0)
        return try .randomStart(for: data, components: count, estimator: estimator, using: &generator)
    }

    /// Weight rules that suit the problem.
    var weightRules: [WeightRule] {
        [.free, .fixed, .dirichlet((0..<count).map { 1.5 + Double($0) })]
    }
}

/// The probability whose logit is moved by a displacement.
private func displaced(_ probability: Double, by displacement: Double) -> Double {
    guard displacement != 0 else { return probability }
    let odds = probability / (1 - probability) * exp(displacement)
    return odds.isFinite ? odds / (1 + odds) : 1
}

/// The weights moved along component k: π_k is multiplied by exp(displacement), and all are normalised again.
func displaced(_ weights: [Double], component k: Int, by displacement: Double) -> [Double] {
    let moved = weights.enumerated().map { $0.offset == k ? $0.element * exp(displacement) : $0.element }
    return moved.map { $0 / moved.reduce(0, +) }
}

extension Bernoulli: Movable {
    static func random(dimension: Int, using generator: inout SeededGenerator) throws -> Bernoulli {
        try Bernoulli(probability: 0.1 + 0.8 * generator.uniform())
    }
    var degreesOfFreedom: Int { 1 }
    func displaced(by displacement: [Double]) throws -> Bernoulli {
        try Bernoulli(probability: MixtureModelsTests.displaced(probability, by: displacement[0]))
    }
    static func rules(dimension: Int) throws -> [Rule<Bernoulli>] {
        [Rule("maximum likelihood", .maximumLikelihood), Rule("Beta prior", try .betaPrior(2, 3.5))]
    }
}

extension Binomial: Movable {
    static func random(dimension: Int, using generator: inout SeededGenerator) throws -> Binomial {
        try Binomial(trials: 5 * dimension, probability: 0.1 + 0.8 * generator.uniform())
    }
    var degreesOfFreedom: Int { 1 }
    func displaced(by displacement: [Double]) throws -> Binomial {
        try Binomial(trials: trials, probability: MixtureModelsTests.displaced(probability, by: displacement[0]))
    }
    static func rules(dimension: Int) throws -> [Rule<Binomial>] {
        [Rule("maximum likelihood", .maximumLikelihood), Rule("Beta prior", try .betaPrior(2, 3.5))]
    }
}

extension BernoulliVector: Movable {
    static func random(dimension: Int, using generator: inout SeededGenerator) throws -> BernoulliVector {
        try BernoulliVector(probabilities: (0..<dimension * 3).map { _ in 0.1 + 0.8 * generator.uniform() })
    }
    var degreesOfFreedom: Int { probabilities.count }
    func displaced(by displacement: [Double]) throws -> BernoulliVector {
        try BernoulliVector(
            probabilities: zip(probabilities, displacement).map { MixtureModelsTests.displaced($0, by: $1) })
    }
    static func rules(dimension: Int) throws -> [Rule<BernoulliVector>] {
        [Rule("maximum likelihood", .maximumLikelihood), Rule("Beta prior", try .betaPrior(2, 3.5))]
    }
}

extension Normal: Movable {
    static func random(dimension: Int, using generator: inout SeededGenerator) throws -> Normal {
        try Normal(mean: 5 * generator.standardNormal(), variance: 0.5 + generator.uniform())
    }
    var degreesOfFreedom: Int { 2 }
    func displaced(by displacement: [Double]) throws -> Normal {
        try Normal(mean: mean + standardDeviation * displacement[0], variance: variance * exp(displacement[1]))
    }
    static func rules(dimension: Int) throws -> [Rule<Normal>] {
        [
            Rule("maximum likelihood", .maximumLikelihood),
            Rule("inverse gamma prior", try .inverseGammaPrior(shape: 2, scale: 1.5)),
            Rule("equal variances", .equalVariances, isFree: false),
            Rule("variance floor", try .varianceFloor(0.8), isFree: false),
        ]
    }
}

extension MultivariateNormal: Movable {
    static func random(dimension: Int, using generator: inout SeededGenerator) throws -> MultivariateNormal {
        var covariance = Matrix.identity(dimension)
        covariance.addOuterProduct(of: (0..<dimension).map { _ in generator.standardNormal() }, scaledBy: 1)
        return try MultivariateNormal(
            mean: (0..<dimension).map { _ in 5 * generator.standardNormal() }, covariance: covariance)
    }
    var degreesOfFreedom: Int { mean.count + mean.count * (mean.count + 1) / 2 }
    /// The mean moves by L d, and L itself becomes L (I + E), with E lower triangular.
    func displaced(by displacement: [Double]) throws -> MultivariateNormal {
        let size = mean.count
        var inner = Matrix.identity(size)
        var next = size
        for i in 0..<size {
            for j in 0...i {
                inner[i, j] += displacement[next]
                next += 1
            }
        }
        var moved = Matrix(rows: size, columns: size)
        for column in 0..<size { moved.addOuterProduct(of: factor.times(inner.column(column)), scaledBy: 1) }
        return try MultivariateNormal(
            mean: zip(mean, factor.times(Array(displacement.prefix(size)))).map(+), covariance: moved)
    }
    static func rules(dimension: Int) throws -> [Rule<MultivariateNormal>] {
        [
            Rule("maximum likelihood", .maximumLikelihood),
            Rule(
                "inverse Wishart prior",
                try .inverseWishartPrior(degreesOfFreedom: Double(dimension) + 5, scale: 2 * Matrix.identity(dimension))
            ),
            Rule("diagonal", try .covariance(.diagonal), isFree: false),
            Rule("spherical", try .covariance(.spherical), isFree: false),
            Rule("tied", try .covariance(.tied), isFree: false),
            Rule("full, floor", try .covariance(.full, floor: 0.8), isFree: false),
            Rule("diagonal, floor", try .covariance(.diagonal, floor: 0.8), isFree: false),
            Rule("tied, floor", try .covariance(.tied, floor: 2), isFree: false),
        ]
    }
}

extension Geometric: Movable {
    static func random(dimension: Int, using generator: inout SeededGenerator) throws -> Geometric {
        try Geometric(probability: 0.1 + 0.8 * generator.uniform())
    }
    var degreesOfFreedom: Int { 1 }
    func displaced(by displacement: [Double]) throws -> Geometric {
        try Geometric(probability: MixtureModelsTests.displaced(probability, by: displacement[0]))
    }
    static func rules(dimension: Int) throws -> [Rule<Geometric>] {
        [Rule("maximum likelihood", .maximumLikelihood)]
    }
}
