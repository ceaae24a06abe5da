import Foundation
import Testing
import Verification

@Suite struct MixtureByEliminationTests {
    /// ln of ½ N(x; 0, I) + ½ N(x; (1, -1), [[2, 1], [1, 3]]), written out: the inverse of the second is [[3, -1], [-1, 2]] / 5.
    private func byHand(_ x: Double, _ y: Double) -> Double {
        let first = exp(-0.5 * (x * x + y * y)) / (2 * Double.pi)
        let (a, b) = (x - 1, y + 1)
        let second = exp(-0.5 * (3 * a * a - 2 * a * b + 2 * b * b) / 5) / (2 * Double.pi * 5.0.squareRoot())
        return log(0.25 * first + 0.75 * second)
    }

    private let mixture = Result {
        try MixtureByElimination(
            weights: [0.25, 0.75], means: [[0, 0], [1, -1]], covariances: [[[1, 0], [0, 1]], [[2, 1], [1, 3]]])
    }

    @Test func `the sum of the logarithms is that of the formula`() throws {
        let (x, y) = ([0.0, 1, -2.5, 0.3, 4], [0.0, -1, 1.5, 7, 4])
        let sum = try (x + y).withUnsafeBufferPointer { try mixture.get().logLikelihood($0, rows: x.count) }
        let expected = zip(x, y).reduce(0) { $0 + byHand($1.0, $1.1) }
        #expect(abs(sum - expected) < 1e-12 * abs(expected))
    }

    @Test(arguments: [1e-140, 1e-3, 1e140]) func `the unit of measurement moves the sum by its logarithm`(unit: Double)
        throws
    {
        func sum(_ unit: Double) throws -> Double {
            let mixture = try MixtureByElimination(
                weights: [1], means: [[unit, 0]],
                covariances: [[[unit * unit, 0.5 * unit * unit], [0.5 * unit * unit, unit * unit]]])
            return [2 * unit, -unit, 0, 3 * unit].withUnsafeBufferPointer { mixture.logLikelihood($0, rows: 2) }
        }
        let (plain, scaled) = (try sum(1), try sum(unit))
        #expect(abs(scaled - (plain - 4 * log(unit))) < 1e-12 * (abs(plain) + 4 * abs(log(unit))))
    }

    @Test func `shapes that do not fit, and singular covariances, are refused`() {
        func refused(_ weights: [Double], _ means: [[Double]], _ covariances: [[[Double]]]) {
            #expect(throws: VerificationError.self) {
                try MixtureByElimination(weights: weights, means: means, covariances: covariances)
            }
        }
        refused([], [], [])
        refused([1], [[0, 0]], [[[1, 0]]])
        refused([1], [[0], [1]], [[[1]]])
        refused([1], [[0, 0]], [[[1, 1], [1, 1]]])
        refused([1], [[0, 0]], [[[1, 0], [0, 0]]])
        refused([1], [[0, 0]], [[[1, .nan], [0, 1]]])
    }
}
