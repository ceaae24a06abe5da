import Foundation
import Testing
import Verification

@Suite("Linear systems, and maxima by Newton's method")
struct LinearSystemTests {
    @Test(
        "Known systems are solved, also where a pivot is 0 at first",
        arguments: [
            ([[2.0]], [6.0], [3.0], 2.0),
            ([[0, 2], [3, 1]], [4, 5], [1, 2], -6),
            ([[2, 1, 0], [1, 3, 1], [0, 1, 4]], [4, 10, 14], [1, 2, 3], 18),
        ] as [([[Double]], [Double], [Double], Double)])
    func solve(matrix: [[Double]], right: [Double], solution: [Double], determinant: Double) throws {
        let found = try LinearSystem.solve(matrix, right)
        for (x, exact) in zip(found.solution, solution) { #expect(abs(x - exact) < 1e-14 * 10) }
        #expect(abs(found.determinant - determinant) < 1e-13 * abs(determinant))
    }

    @Test("Any solution put back gives the right side, and the determinant of a product is the product's")
    func random() throws {
        var random = SplitMix64(seed: 3)
        for size in 1...8 {
            func matrix() -> [[Double]] { (0..<size).map { _ in (0..<size).map { _ in 2 * random.uniform() - 1 } } }
            let (a, b) = (matrix(), matrix())
            let right = (0..<size).map { _ in random.uniform() }
            let found = try LinearSystem.solve(a, right)
            for i in 0..<size {
                let left = zip(a[i], found.solution).reduce(0) { $0 + $1.0 * $1.1 }
                #expect(abs(left - right[i]) < 1e-10)
            }
            func entry(_ i: Int, _ j: Int) -> Double { (0..<size).reduce(0) { $0 + a[i][$1] * b[$1][j] } }
            let product = (0..<size).map { i in (0..<size).map { entry(i, $0) } }
            let determinants = try [a, b, product].map { try LinearSystem.solve($0, right).determinant }
            #expect(abs(determinants[0] * determinants[1] - determinants[2]) < 1e-12)
        }
    }

    @Test(
        "Systems without one solution, or of another shape, are refused",
        arguments: [
            ([], []), ([[1, 2], [2, 4]], [1, 2]), ([[0]], [1]), ([[1, 2]], [1]), ([[1]], [1, 2]), ([[.nan]], [1]),
            ([[1]], [.infinity]),
        ] as [([[Double]], [Double])])
    func refused(matrix: [[Double]], right: [Double]) {
        #expect(throws: VerificationError.self) { try LinearSystem.solve(matrix, right) }
    }

    @Test("Newton's method finds known maxima, from starts where the function is not concave, too")
    func newton() throws {
        let bell = try NewtonAscent.maximum(of: { exp(-($0[0] - 1) * ($0[0] - 1)) }, from: [3])
        #expect(abs(bell.argument[0] - 1) < 1e-6 && abs(bell.value - 1) < 1e-12)
        let banana = try NewtonAscent.maximum(
            of: { -pow(1 - $0[0], 2) - 100 * pow($0[1] - $0[0] * $0[0], 2) }, from: [-1.2, 1])
        #expect(abs(banana.argument[0] - 1) < 1e-5 && abs(banana.argument[1] - 1) < 1e-5)
        let many = try NewtonAscent.maximum(
            of: { x in
                x.indices.reduce(5) { $0 - cosh(x[$1] - Double($1) / 10) - 0.1 * x[$1] * x[($1 + 1) % x.count] }
            }, from: Array(repeating: 0.3, count: 15))
        let slopes = try CentralDifference.gradient(
            of: { x in
                x.indices.reduce(5) { $0 - cosh(x[$1] - Double($1) / 10) - 0.1 * x[$1] * x[($1 + 1) % x.count] }
            }, at: many.argument)
        #expect(slopes.allSatisfy { abs($0) < 1e-5 })
    }

    @Test("Newton's method stays inside the domain")
    func domain() throws {
        let found = try NewtonAscent.maximum(
            of: { x in
                guard x[0] > 0 else { throw VerificationError.impossibleData }
                return 3 * log(x[0]) - x[0]
            }, from: [0.01])
        #expect(abs(found.argument[0] - 3) < 1e-5)
        #expect(throws: VerificationError.self) { try NewtonAscent.maximum(of: { _ in 0 }, from: []) }
        #expect(throws: VerificationError.self) { try NewtonAscent.maximum(of: { log($0[0]) }, from: [0]) }
    }
}
