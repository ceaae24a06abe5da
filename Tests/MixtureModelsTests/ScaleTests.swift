import Foundation
import Testing

@testable import MixtureModels

/// The unit of measurement is nobody's business: numbers that are 1e80 times larger have the same structure.
@Suite struct ScaleTests {
    /// Powers of two, so that the numbers keep their digits.
    static let scales = [-480, -300, -30, 0, 30, 260, 300, 480].map {
        Double(sign: .plus, exponent: $0, significand: 1)
    }

    private let matrix: Matrix = [[4, 2, -1], [2, 5, 0.5], [-1, 0.5, 3]]

    @Test(arguments: scales) func `a covariance is symmetric or not whatever its scale`(_ scale: Double) throws {
        let square = scale * scale
        let factor = try CholeskyFactor(square * matrix)
        #expect(close((1 / scale * factor.lower).values, try CholeskyFactor(matrix).lower.values, Tolerance.rounding))
        // An ulp of asymmetry passes, a millionth does not.
        for (change, isAccepted) in [(1 + Double.ulpOfOne, true), (1 + 1e-6, false)] {
            var other = square * matrix
            other[2, 1] *= change
            #expect(((try? CholeskyFactor(other)) != nil) == isAccepted)
        }
        // Columns of different scales.
        let units = [scale, 1, 1 / scale]
        var mixed = matrix
        for i in 0..<3 {
            for j in 0..<3 { mixed[i, j] *= units[i] * units[j] }
        }
        _ = try CholeskyFactor(mixed)
        mixed[1, 0] *= 1.001
        #expect(throws: MixtureError.self) { try CholeskyFactor(mixed) }
    }

    @Test(arguments: scales) func `a floor lifts the same eigenvalues and keeps the correlations`(_ scale: Double)
        throws
    {
        let flat: Matrix = [[1, 0.999, 0.2], [0.999, 1, 0.2], [0.2, 0.2, 1]]
        let floored = flat.withEigenvalues(atLeast: 0.01)
        let scaled = (scale * scale * flat).withEigenvalues(atLeast: 0.01 * scale * scale)
        let back = scaled.values.map { $0 / scale / scale }
        #expect(close(back, floored.values, Tolerance.rounding))
        #expect(floored[0, 1] < 0.999 && floored[0, 1] > 0.98)
    }

    @Test func `eigenvalues of large matrices belong to them`() {
        var generator = SeededGenerator(seed: 4)
        for size in [1, 2, 7, 36, 64] {
            var matrix = Matrix(rows: size, columns: size)
            for _ in 0..<size {
                matrix.addOuterProduct(of: (0..<size).map { _ in generator.standardNormal() }, scaledBy: 1)
            }
            let (values, vectors) = matrix.symmetricEigen()
            for (k, value) in values.enumerated() {
                let vector = vectors.column(k)
                for i in 0..<size {
                    let image = (0..<size).reduce(0) { $0 + matrix[i, $1] * vector[$1] }
                    #expect((image - value * vector[i]).magnitude < 1e-12 * Double(size) * Double(size))
                }
            }
        }
    }

    @Test(arguments: [-440, -200, 0, 200, 480]) func `EM in another unit gives the same classes`(_ exponent: Int) throws
    {
        let unit = Double(sign: .plus, exponent: exponent, significand: 1)
        let (start, data) = try normalProblem(rows: 200)
        func end(_ unit: Double, _ pass: Pass) throws -> EMStep<Normal> {
            let moved = try Mixture(
                weights: start.weights,
                components: start.components.map {
                    try Normal(mean: unit * $0.mean, variance: unit * unit * $0.variance)
                })
            return try EM(data: data.map { unit * $0 }, start: moved, stop: .maximumSteps(30), pass: pass).fit().last
        }
        for pass in [Pass.readable, .fast] {
            let (here, there) = (try end(1, pass), try end(unit, pass))
            #expect(close(there.mixture.weights, here.mixture.weights, Tolerance.peer))
            #expect(
                close(
                    there.mixture.components.map { $0.mean / unit }, here.mixture.components.map(\.mean), Tolerance.peer
                ))
            let shift = Double(data.count) * Double(exponent) * log(2)
            #expect(close(there.logLikelihood + shift, here.logLikelihood, 1e-9))
        }
    }

    @Test(arguments: [1e155, 1e200, 1e300, 1e-150, 1e-200, 1e-300])
    func `where squares are no doubles the error says so`(_ scale: Double) throws {
        let data = [-1.0, 0.5, 1, 3, 4, 4.5].map { scale * $0 }
        let spread = min(1e300, max(1e-300, scale * scale))
        let line = try Mixture(
            weights: [0.5, 0.5], components: [0, 4].map { try Normal(mean: scale * $0, variance: spread) })
        let plane = try Mixture(
            weights: [0.5, 0.5],
            components: [0, 4].map {
                try MultivariateNormal(mean: [scale * $0, 0], covariance: Matrix(diagonal: [spread, spread]))
            })
        var generator = SeededGenerator(seed: 1)
        for pass in [Pass.readable, .fast] {
            let tries: [() throws -> Void] = [
                { _ = try EM(data: data, start: line, pass: pass).fit() },
                { _ = try EM(data: data.map { [$0, scale * sin($0 / scale)] }, start: plane, pass: pass).fit() },
                { _ = try Mixture<Normal>.randomStart(for: data, components: 2, using: &generator) },
            ]
            for attempt in tries {
                let error = #expect(throws: MixtureError.self) { try attempt() }
                let word = scale > 1 ? "overflow; divide the data" : "underflow; multiply the data"
                #expect(error?.kind == .data && error?.rule.contains(word) == true, "\(String(describing: error))")
            }
        }
    }

    @Test func `moments are numbers wherever they are numbers on paper`() throws {
        let far = try Normal(mean: 1e300, variance: 1e300)
        let near = try Normal(mean: 3, variance: 2)
        #expect(try Mixture(weights: [1, 0], components: [near, far]).moments == near.moments)
        // ± 1e308: the distance overflows, and the variance is infinite; along the other axis nothing happens.
        let pair = try Mixture(
            weights: [0.5, 0.5],
            components: [1e308, -1e308].map { try MultivariateNormal(mean: [$0, 1], covariance: .identity(2)) })
        #expect(pair.moments.mean == [0, 1])
        #expect(pair.moments.covariance == [[.infinity, 0], [0, 1]])
        for scale in Self.scales {
            let mixture = try Mixture(
                weights: [0.25, 0.75],
                components: [-2, 6].map { try Normal(mean: scale * $0, variance: scale * scale * 3) })
            #expect(close(mixture.moments.covariance[0, 0] / scale / scale, 3 + 12, Tolerance.rounding))
        }
    }
}
