import Foundation
import MixtureModels

/// The free parameters of a Gaussian mixture as a list of plain numbers, for differentiating and for searching.
///
/// The numbers are offsets from a base mixture, each in its own natural unit, so that all are 0 at the base and a step of 1 is
/// large for every one of them: weights in logits, means in the component's standard deviations, covariances as entries of
/// the Cholesky factor, in the standard deviation of their row.
struct GaussianCoordinates {
    let base: Mixture<MultivariateNormal>
    let shape: CovarianceShape
    /// Which numbers belong to the weights, to the means, and to the covariances.
    let weights: Range<Int>
    let means: Range<Int>
    let covariances: Range<Int>

    init(_ base: Mixture<MultivariateNormal>, shape: CovarianceShape) {
        self.base = base
        self.shape = shape
        let (classes, dimension) = (base.components.count, base.components[0].mean.count)
        let each = Self.entries(shape, dimension: dimension).count
        weights = 0..<(classes - 1)
        means = weights.upperBound..<(weights.upperBound + classes * dimension)
        covariances = means.upperBound..<(means.upperBound + (shape == .tied ? each : classes * each))
    }

    var count: Int { covariances.upperBound }
    var origin: [Double] { Array(repeating: 0, count: count) }
    private var dimension: Int { base.components[0].mean.count }

    /// Which entries of a Cholesky factor one free number moves, number by number.
    private static func entries(_ shape: CovarianceShape, dimension: Int) -> [[(i: Int, j: Int)]] {
        switch shape {
        case .full, .tied: (0..<dimension).flatMap { i in (0...i).map { [(i, $0)] } }
        case .diagonal: (0..<dimension).map { [($0, $0)] }
        case .spherical: [(0..<dimension).map { ($0, $0) }]
        }
    }

    /// The standard deviation of each variable within a component: the unit of its mean.
    func units(of k: Int) -> [Double] { base.components[k].covariance.diagonal.map { $0.squareRoot() } }

    /// The mixture with these offsets.
    func mixture(at offsets: [Double]) throws -> Mixture<MultivariateNormal> {
        let logits = base.weights.enumerated().map { k, weight in
            log(weight) + (k < weights.count ? offsets[k] : 0)
        }
        let largest = logits.max() ?? 0
        let odds = logits.map { exp($0 - largest) }
        let total = odds.reduce(0, +)
        let groups = Self.entries(shape, dimension: dimension)
        let components = try base.components.indices.map { k in
            let (component, units) = (base.components[k], units(of: k))
            let mean = component.mean.indices.map { d in
                component.mean[d] + units[d] * offsets[means.lowerBound + k * dimension + d]
            }
            let first = covariances.lowerBound + (shape == .tied ? 0 : k * groups.count)
            var factor = component.factor.lower
            for (place, group) in groups.enumerated() where offsets[first + place] != 0 {
                for (i, j) in group { factor[i, j] += units[i] * offsets[first + place] }
            }
            return try MultivariateNormal(mean: mean, covariance: Self.squared(factor))
        }
        return try Mixture(weights: odds.map { $0 / total }, components: components)
    }

    /// L Lᵀ
    private static func squared(_ lower: Matrix) -> Matrix {
        var result = Matrix(rows: lower.rows, columns: lower.rows)
        for j in 0..<lower.rows { result.addOuterProduct(of: lower.column(j), scaledBy: 1) }
        return result
    }

    /// The slopes by the offsets of the covariances, from the slopes ∂/∂Σ_k (symmetric matrices) at the base: with Σ = L Lᵀ the
    /// slope by L is 2 (∂/∂Σ) L.
    func covarianceSlopes(_ slopes: [Matrix]) -> [Double] {
        let groups = Self.entries(shape, dimension: dimension)
        var result: [Double] = []
        for k in base.components.indices {
            let (lower, units) = (base.components[k].factor.lower, units(of: k))
            let own = groups.map { group in
                group.reduce(0.0) { sum, entry in
                    let slope = (0..<dimension).reduce(0) { $0 + slopes[k][entry.i, $1] * lower[$1, entry.j] }
                    return sum + 2 * slope * units[entry.i]
                }
            }
            if shape == .tied && k > 0 { result = zip(result, own).map(+) } else { result += own }
        }
        return result
    }
}
