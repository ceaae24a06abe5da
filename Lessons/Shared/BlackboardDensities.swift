import Foundation

// The formulas as they stand on the blackboard, for second routes: nothing here calls the package's distributions.

/// The density of the normal distribution, exp(-(x - μ)² / 2σ²) / (σ √2π).
public func normalDensity(_ x: Double, mean: Double, deviation: Double) -> Double {
    let distance = (x - mean) / deviation
    return exp(-distance * distance / 2) / (deviation * (2 * Double.pi).squareRoot())
}

/// The density of the normal distribution, exp(-(x - μ)² / 2σ²) / √(2πσ²), with the variance σ².
public func normalDensity(_ x: Double, mean: Double, variance: Double) -> Double {
    exp(-(x - mean) * (x - mean) / (2 * variance)) / (2 * Double.pi * variance).squareRoot()
}

/// The logarithm of the density of the normal distribution, -ln(2πσ²)/2 - (x - μ)² / 2σ², with the variance σ².
public func logNormalDensity(_ x: Double, mean: Double, variance: Double) -> Double {
    -log(2 * Double.pi * variance) / 2 - (x - mean) * (x - mean) / (2 * variance)
}

/// The distribution function of the normal distribution, P(X < x).
public func normalProbability(below x: Double, mean: Double, deviation: Double) -> Double {
    0.5 * erfc((mean - x) / (deviation * 2.0.squareRoot()))
}

/// The density of the normal distribution in the plane, with determinant and inverse of the 2 × 2 covariance written out.
public func planeDensity(_ x: [Double], mean: [Double], covariance s: [[Double]]) -> Double {
    let determinant = s[0][0] * s[1][1] - s[0][1] * s[1][0]
    let (u, v) = (x[0] - mean[0], x[1] - mean[1])
    let squaredDistance = (s[1][1] * u * u - 2 * s[0][1] * u * v + s[0][0] * v * v) / determinant
    return exp(-squaredDistance / 2) / (2 * Double.pi * determinant.squareRoot())
}
