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

    /// ln p(X, Z) of data, as a function of the way Z to assign them to classes.
    ///
    /// Each row's density in each class is found once, for there are many ways to put them together.
    func logJointByElimination(_ rows: [[Double]]) throws -> ([Int]) -> Double {
        let plain = plain
        let terms = try rows.map { row in try plain.map { try $0.logJoint(at: row) } }
        return { classes in zip(terms, classes).reduce(0) { $0 + $1.0[$1.1] } }
    }
}

extension Study {
    /// The product of the first rows' densities under the start, each by elimination, in numbers with an unlimited exponent.
    func productOfDensities(rows count: Int) throws -> ExtendedNumber {
        let plain = try standard.mixture(start).plain
        var product = ExtendedNumber(1)
        for row in standard.rows.prefix(count) {
            product *= try plain.reduce(ExtendedNumber(0)) { $0 + (try $1.joint(at: row)) }
            for unit in standard.unit { product *= ExtendedNumber(1 / unit) }
        }
        guard product.isFinite, product.logarithm.isFinite else {
            throw VerificationError.notConverged(
                routine: "The product of the densities", detail: "a row is too far away from every class")
        }
        return product
    }

    /// ln Σ over all ways to give the first rows their classes, of their joint probability under the start.
    func enumeratedLogLikelihood(rows count: Int) throws -> Double {
        let (few, mixture) = (Array(standard.rows.prefix(count)), try standard.mixture(start))
        return try Assignments(items: count, classes: classCount).logSum(mixture.logJointByElimination(few))
            - Double(count) * standard.logUnit
    }

    /// E[ln p(X, Z given `parameters`)] of the first rows over all assignments, under the posterior of the start.
    func enumeratedExpectation(of parameters: Mixture<MultivariateNormal>, rows count: Int) throws -> Double {
        let few = Array(standard.rows.prefix(count))
        let (new, old) = (try standard.mixture(parameters), try standard.mixture(start))
        return try Assignments(items: count, classes: classCount).expectation(
            of: new.logJointByElimination(few), logJoint: old.logJointByElimination(few))
            - Double(count) * standard.logUnit
    }

    /// The slopes of a function of a mixture by some of its free parameters, at `mixture`.
    ///
    /// - Parameter scale: the size of the slopes, by which the error that may remain is measured.
    func slopes(
        _ part: KeyPath<GaussianCoordinates, Range<Int>>, at mixture: Mixture<MultivariateNormal>, scale: Double = 1,
        of function: (Mixture<MultivariateNormal>, [[Double]]) -> Double
    ) throws -> [Double] {
        try requireDigits(mixture)
        let coordinates = GaussianCoordinates(try standard.mixture(mixture), shape: shape)
        let range = coordinates[keyPath: part]
        // A slope takes some twenty looks at all rows. If there will not be enough for all of them, none is begun.
        if let most = slopeWorkLimit,
            range.count.multipliedReportingOverflow(by: 20 * workOfAllRows).partialValue > most
        {
            throw VerificationError.tooMuchWork(limit: most)
        }
        return try WorkLimit.run(slopeWorkLimit) { spend in
            try CentralDifference.gradient(
                of: { values in
                    try spend(workOfAllRows)
                    var offsets = coordinates.origin
                    offsets.replaceSubrange(range, with: values)
                    return function(try coordinates.mixture(at: offsets), standard.rows)
                }, at: Array(repeating: 0, count: range.count),
                accuracy: isOldFaithful ? nil : 0.5 * Tolerance.centralDifference.value * max(1, scale))
        }
    }
}

extension Matrix {
    /// The rows as lists.
    var rowList: [[Double]] { (0..<rows).map(row) }
}
