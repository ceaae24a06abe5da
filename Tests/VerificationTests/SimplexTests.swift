import Foundation
import Testing

@testable import Verification

@Suite("Maxima over weights, and tables of densities")
struct SimplexTests {
    @Test(
        "Projected gradient finds shares in proportion to counts, whatever sum is asked for",
        arguments: [1, 0.25, 3.0])
    func counts(_ total: Double) throws {
        let counts = [5.0, 1, 14]
        let found = try ProjectedGradient.maximum(
            of: { x in zip(counts, x).reduce(0) { $0 + $1.0 * log($1.1) } }, from: [1, 1, 1], total: total)
        for (x, count) in zip(found.argument, counts) {
            #expect(abs(x - total * count / 20) < Tolerance.numericalMaximization.value)
        }
        #expect(abs(found.argument.reduce(0, +) - total) < 1e-12)
    }

    @Test("Projected gradient stops at an edge if the maximum is there")
    func edge() throws {
        let found = try ProjectedGradient.maximum(
            of: { x in x.allSatisfy { $0 >= 0 } ? x[0] * 3 + x[1] - x[0] * x[0] : -.infinity }, from: [0.2, 0.8])
        #expect(abs(found.argument[0] - 1) < 1e-6)
        #expect(abs(found.argument[1]) < 1e-6)
    }

    @Test("Projected gradient refuses starts and sums that make no sense, and functions without a value")
    func refused() {
        for (start, total) in [
            ([], 1.0), ([0.5, 0], 1), ([0.5, .nan], 1), ([0.5, 0.5], 0), ([0.5, 0.5], .infinity),
        ] {
            #expect(throws: VerificationError.self) {
                try ProjectedGradient.maximum(of: { _ in 0 }, from: start, total: total)
            }
        }
        #expect(throws: VerificationError.self) {
            try ProjectedGradient.maximum(of: { _ in .nan }, from: [0.5, 0.5])
        }
    }

    @Test("The projection has the sum asked for, is not negative, and leaves points of the simplex where they are")
    func projection() {
        #expect(ProjectedGradient.projection(of: [0.2, 0.3, 0.5], total: 1) == [0.2, 0.3, 0.5])
        #expect(ProjectedGradient.projection(of: [2, 0, 0], total: 1) == [1, 0, 0])
        let point = ProjectedGradient.projection(of: [0.9, 0.7, -3], total: 1)
        for (x, expected) in zip(point, [0.6, 0.4, 0]) { #expect(abs(x - expected) < 1e-15) }
    }

    @Test("A table of densities gives sums over all assignments, and Q lies below by the entropy")
    func table() throws {
        let rows = [[0.2, 0.5], [0.9, 0.1], [0.3, 0.3]]
        let weights = [0.4, 0.6]
        let table = try DensityTable(rows)
        let logJoint: ([Int]) -> Double = { z in
            zip(rows, z).reduce(0) { $0 + log(weights[$1.1] * $1.0[$1.1]) }
        }
        let all = try Assignments(items: 3, classes: 2)
        #expect(abs(table.logLikelihood(weights) - (try all.logSum(logJoint))) < Tolerance.enumeration.value)
        let expected: Double = try all.expectation(of: { logJoint($0) }, logJoint: logJoint)
        let q = table.expectedLogLikelihood(weights, posteriorsUnder: weights)
        #expect(abs(q - expected) < Tolerance.enumeration.value)
    }

    @Test("A table of densities takes weights of any sum, and none that is negative")
    func anySum() throws {
        let table = try DensityTable([[0.2, 0.5], [0.9, 0.1]])
        let (one, three) = (table.logLikelihood([0.4, 0.6]), table.logLikelihood([1.2, 1.8]))
        #expect(abs(three - one - 2 * log(3)) < 1e-12)
        #expect(table.logLikelihood([-0.1, 1.1]) == -.infinity)
        #expect(table.logLikelihood([1]) == -.infinity)
        #expect(table.expectedLogLikelihood([-0.1, 1.1], posteriorsUnder: [0.5, 0.5]) == -.infinity)
        #expect(table.expectedLogLikelihood([0, 1], posteriorsUnder: [0.5, 0.5]) == -.infinity)
    }

    @Test("A table of densities refuses rows that are empty, ragged, negative, infinite or impossible")
    func refusedTables() {
        for rows in [[], [[]], [[1, 2], [1]], [[1, -1]], [[1, .infinity]], [[1, .nan]], [[0, 0]]] as [[[Double]]] {
            #expect(throws: VerificationError.self) { try DensityTable(rows) }
        }
    }

    @Test("Successes are counted within their range, always at probability 1 and never at 0")
    func successes() {
        var random = SplitMix64(seed: 3)
        #expect(random.successes(in: 50, probability: 1) == 50)
        #expect(random.successes(in: 50, probability: 0) == 0)
        #expect(random.successes(in: -1, probability: 0.5) == 0)
        let count = random.successes(in: 100_000, probability: 0.3)
        #expect(abs(Double(count) - 30_000) < 5 * (100_000 * 0.3 * 0.7).squareRoot())
    }
}
