import Foundation
import MixtureModels

/// The log-likelihood of a Gaussian mixture straight from the formula of the density, with nothing of the core's but its numbers.
enum DirectLikelihood {
    /// Σ_n ln Σ_k π_k (2π)^(-D/2) |Σ_k|^(-1/2) exp(-½ (x - μ_k)ᵀ Σ_k⁻¹ (x - μ_k))
    static func logLikelihood(_ mixture: Mixture<MultivariateNormal>, _ rows: [[Double]]) -> Double {
        rows.reduce(0) { $0 + logDensity(mixture, $1) }
    }

    private static func logDensity(_ mixture: Mixture<MultivariateNormal>, _ row: [Double]) -> Double {
        let logs = zip(mixture.weights, mixture.components).map { weight, component -> Double in
            let (square, logDeterminant) = form(component, zip(row, component.mean).map(-))
            return log(weight) - 0.5 * (Double(row.count) * log(2 * Double.pi) + logDeterminant + square)
        }
        let largest = logs.max() ?? 0
        return largest + log(logs.reduce(0) { $0 + exp($1 - largest) })
    }

    /// vᵀ Σ⁻¹ v and ln |Σ|, by elimination of rows.
    private static func form(_ component: MultivariateNormal, _ v: [Double]) -> (square: Double, logDeterminant: Double)
    {
        var table = v.indices.map { component.covariance.row($0) + [v[$0]] }
        var (square, logDeterminant) = (0.0, 0.0)
        for pivot in v.indices {
            logDeterminant += log(table[pivot][pivot])
            // The reduced right side, squared over the pivot, is one term of the quadratic form.
            square += table[pivot][v.count] * table[pivot][v.count] / table[pivot][pivot]
            for row in v.indices where row > pivot {
                let factor = table[row][pivot] / table[pivot][pivot]
                for column in pivot...v.count { table[row][column] -= factor * table[pivot][column] }
            }
        }
        return (square, logDeterminant)
    }
}
