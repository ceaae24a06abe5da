import Foundation
import MixtureModels

/// A component whose parameters can be compared, each in its own unit.
protocol Measurable: Movable {
    /// The largest difference of a parameter, relative to its size.
    func distance(from other: Self) -> Double
}

extension Normal: Measurable {
    func distance(from other: Normal) -> Double {
        max(
            (mean - other.mean).magnitude / (other.mean.magnitude + other.standardDeviation),
            (variance / other.variance - 1).magnitude)
    }
}

extension MultivariateNormal: Measurable {
    func distance(from other: MultivariateNormal) -> Double {
        let deviations = other.covariance.diagonal.map { $0.squareRoot() }
        var distance = 0.0
        for i in mean.indices {
            distance = max(
                distance, (mean[i] - other.mean[i]).magnitude / (other.mean[i].magnitude + deviations[i]))
            for j in mean.indices {
                let difference = (covariance[i, j] - other.covariance[i, j]).magnitude
                distance = max(distance, difference / (deviations[i] * deviations[j]))
            }
        }
        return distance
    }
}

extension BernoulliVector: Measurable {
    func distance(from other: BernoulliVector) -> Double {
        zip(probabilities, other.probabilities).reduce(0) { max($0, ($1.0 - $1.1).magnitude / max($1.1, 1e-280)) }
    }
}

extension Binomial: Measurable {
    func distance(from other: Binomial) -> Double { (probability - other.probability).magnitude / other.probability }
}

extension Bernoulli: Measurable {
    func distance(from other: Bernoulli) -> Double { (probability - other.probability).magnitude / other.probability }
}

/// What makes a problem hard for floating-point numbers.
enum Terrain: CaseIterable {
    /// Nothing: the start is in the neighbourhood.
    case near
    /// The start is wide, and far from the data.
    case farStart
    /// Clusters 300 standard deviations apart. No further, since there the problem itself is ill-conditioned: at 10,000 the
    /// readable pass differs from itself, run in other units of measurement, by 2e-9 after six steps (the fast one by 4e-9).
    case tightClusters
    /// Weights down to 1e-12.
    case tinyWeights
    /// One row in a hundred lies 40 standard deviations off.
    case outliers
}

/// A random mixture of normals, and data from it.
struct Problem: CustomStringConvertible {
    let size: FastPassTests.Size
    let terrain: Terrain
    let columns: Int
    private var generator: SeededGenerator

    init(size: FastPassTests.Size, terrain: Terrain, columns: Int) {
        (self.size, self.terrain, self.columns) = (size, terrain, columns)
        generator = SeededGenerator(seed: UInt64(1000 * columns + size.rows))
    }

    var description: String { "\(terrain), N = \(size.rows), D = \(columns), K = \(size.components)" }

    mutating func vectors() throws -> (data: [[Double]], start: Mixture<MultivariateNormal>) {
        let spread = terrain == .tightClusters ? 300 : 3.0
        let truth = try (0..<size.components).map { _ in
            try MultivariateNormal(mean: noise(spread), covariance: covariance(1))
        }
        var data = (0..<size.rows).map { n in truth[n % size.components].sample(using: &generator) }
        if terrain == .outliers {
            for n in stride(from: 0, to: size.rows, by: 100) { data[n] = zip(data[n], noise(40)).map(+) }
        }
        var weights = truth.map { _ in 1.0 }
        if terrain == .tinyWeights { for k in weights.indices.dropFirst() { weights[k] = 1e-12 * generator.uniform() } }
        let start = try truth.map { component in
            switch terrain {
            case .farStart: try MultivariateNormal(mean: noise(200), covariance: covariance(1e4))
            case .tightClusters:
                try MultivariateNormal(mean: zip(component.mean, noise(150)).map(+), covariance: covariance(1e4))
            default: try MultivariateNormal(mean: zip(component.mean, noise(0.7)).map(+), covariance: covariance(2))
            }
        }
        return (data, try Mixture(weights: weights.map { $0 / weights.reduce(0, +) }, components: start))
    }

    mutating func bits() throws -> (data: [[Bool]], start: Mixture<BernoulliVector>) {
        let columns = columns
        func random(_ generator: inout SeededGenerator) throws -> BernoulliVector {
            // Some elements are certain.
            try BernoulliVector(
                probabilities: (0..<columns).map {
                    $0 % 7 == 6 ? 0 : $0 % 11 == 10 ? 1 : 0.1 + 0.8 * generator.uniform()
                })
        }
        let weights = (0..<size.components).map { _ in 1 / Double(size.components) }
        let truth = try Mixture(weights: weights, components: weights.map { _ in try random(&generator) })
        let start = try Mixture(weights: weights, components: weights.map { _ in try random(&generator) })
        return (truth.sample(count: size.rows, using: &generator).map(\.observation), start)
    }

    private mutating func noise(_ scale: Double) -> [Double] {
        (0..<columns).map { _ in scale * generator.standardNormal() }
    }

    private mutating func covariance(_ scale: Double) -> Matrix {
        var matrix = Matrix.identity(columns)
        matrix.addOuterProduct(of: noise(1), scaledBy: 1 / Double(columns))
        return scale * matrix
    }
}
