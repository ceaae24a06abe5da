import Foundation
import MixtureModels
import Verification

// Densities by another way than the package's: Gaussian elimination in place of Cholesky's factor.

/// Parameters of one Gaussian as plain numbers.
struct PlainGaussian {
    let weight: Double
    let mean: [Double]
    let covariance: [[Double]]

    /// ln of the weight times the density.
    func logJoint(at x: [Double]) throws -> Double {
        let (determinant, distance) = try parts(at: x)
        return log(weight) - 0.5 * (Double(mean.count) * log(2 * Double.pi) + log(determinant) + distance)
    }

    /// The weight times the density; as an extended number it does not underflow.
    func joint(at x: [Double]) throws -> ExtendedNumber {
        let (determinant, distance) = try parts(at: x)
        var result = ExtendedNumber.exp(-distance / 2)
        result *= ExtendedNumber(weight / (pow(2 * Double.pi, Double(mean.count)) * determinant).squareRoot())
        return result
    }

    /// |Σ| and (x - μ)ᵀ Σ⁻¹ (x - μ)
    private func parts(at x: [Double]) throws -> (determinant: Double, distance: Double) {
        let deviation = zip(x, mean).map { $0 - $1 }
        let (solution, determinant) = try LinearSystem.solve(covariance, deviation)
        return (determinant, zip(deviation, solution).reduce(0) { $0 + $1.0 * $1.1 })
    }
}

extension Mixture<MultivariateNormal> {
    /// The parameters as plain numbers.
    var plain: [PlainGaussian] {
        zip(weights, components).map { PlainGaussian(weight: $0, mean: $1.mean, covariance: $1.covariance.rowList) }
    }

    /// The joint log-probability of data and a way to assign them to classes.
    func logJointByElimination(_ rows: [[Double]], _ classes: [Int]) throws -> Double {
        let plain = plain
        return try zip(rows, classes).reduce(0) { $0 + (try plain[$1.1].logJoint(at: $1.0)) }
    }
}

extension Matrix {
    /// The rows as lists.
    var rowList: [[Double]] { (0..<rows).map(row) }
}
