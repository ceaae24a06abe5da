import Foundation
import Testing
import Verification

@Suite("Derivatives from values alone")
struct DerivativeTests {
    /// Functions, points and exact derivatives, from easy to awkward.
    static let cases: [(name: String, f: @Sendable (Double) -> Double, x: Double, derivative: Double)] = [
        ("a constant", { _ in 7 }, 2, 0),
        ("a line", { 3 * $0 - 1 }, 5, 3),
        ("a parabola at its vertex", { $0 * $0 }, 0, 0),
        ("exp", { exp($0) }, 1, exp(1)),
        ("sin far out", { sin($0) }, 1000, cos(1000)),
        ("log near 0", { log($0) }, 0.001, 1000),
        ("log of a tiny probability", { log($0) }, 1e-6, 1e6),
        ("logit near 1", { log($0) - log(1 - $0) }, 0.999, 1 / 0.999 + 1000),
        ("a narrow normal density far from 0", { exp(-0.5 * pow(($0 - 500) / 0.1, 2)) }, 500.1, -exp(-0.5) / 0.1),
        ("a fast oscillation", { sin(100 * $0) }, 1, 100 * cos(100)),
        ("huge values", { 1e12 * $0 * $0 }, 1e3, 2e15),
        ("a parabola with noise in the last digits", { -1000 * $0 * $0 + 1e-13 * sin(1e9 * $0) }, 0.5, -1000),
        ("the maximum of such a function", { -1000 * ($0 - 1) * ($0 - 1) - 700 + 1e-12 * sin(1e17 * $0) }, 1, 0),
        ("1/x", { 1 / $0 }, -0.02, -2500),
        ("a corner with a narrow bend", { ($0 * $0 + 1e-6).squareRoot() }, 0.001, 0.5.squareRoot()),
        ("an oscillation that the first steps miss", { sin(200 * $0) }, 0.7, 200 * cos(140)),
    ]

    @Test("The derivative is right to nine digits", arguments: cases.indices)
    func derivative(_ index: Int) throws {
        let given = DerivativeTests.cases[index]
        let value = try CentralDifference.derivative(of: given.f, at: given.x)
        #expect(abs(value - given.derivative) <= 1e-9 * max(1, abs(given.derivative)), "\(given.name)")
    }

    @Test(
        "A small difference of two huge numbers has a slope, as well as its noise allows", arguments: [1e8, 1e9, 1e10])
    func cancellation(_ size: Double) throws {
        for slope in stride(from: 0.003, through: 3, by: 0.003) {
            let value = try CentralDifference.derivative(of: { (size + slope * exp($0)) - size }, at: 0.3)
            #expect(abs(value - slope * exp(0.3)) <= 0.02, "slope \(slope)")
        }
    }

    @Test("Where such noise is all there is to see, the slope is refused, and not called 0")
    func drowned() {
        #expect(throws: VerificationError.self) {
            try CentralDifference.derivative(of: { (1e15 + 3 * $0) - 1e15 }, at: 1)
        }
        #expect(throws: VerificationError.self) {
            try CentralDifference.derivative(of: { (1e15 + 3 * exp($0)) - 1e15 }, at: 0.3)
        }
    }

    @Test("The gradient of a log-likelihood matches its formula at random parameters")
    func gradient() throws {
        var random = SplitMix64(seed: 1)
        for _ in 0..<20 {
            let data = (0..<100).map { _ in 5 + 4 * random.uniform() }
            let (mean, sigma) = (4 + 4 * random.uniform(), 0.5 + random.uniform())
            let value = try CentralDifference.gradient(
                of: { theta in
                    data.reduce(0) { $0 - log(theta[1]) - 0.5 * pow(($1 - theta[0]) / theta[1], 2) }
                }, at: [mean, sigma])
            let exact = [
                data.reduce(0) { $0 + ($1 - mean) / (sigma * sigma) },
                data.reduce(0) { $0 - 1 / sigma + pow($1 - mean, 2) / pow(sigma, 3) },
            ]
            for i in 0..<2 { #expect(abs(value[i] - exact[i]) < Tolerance.centralDifference.value) }
        }
    }

    @Test("The Hessian of a quadratic form is its matrix, and it is symmetric")
    func quadraticHessian() throws {
        let a: [[Double]] = [[4, -1, 0.5], [-1, 3, 2], [0.5, 2, -6]]
        let hessian = try CentralDifference.hessian(
            of: { x in
                var sum = 0.0
                for i in 0..<3 { for j in 0..<3 { sum += 0.5 * a[i][j] * x[i] * x[j] } }
                return sum
            }, at: [0.3, -20, 1])
        for i in 0..<3 {
            for j in 0..<3 {
                #expect(abs(hessian[i][j] - a[i][j]) < 1e-8)
                #expect(hessian[i][j] == hessian[j][i])
            }
        }
    }

    @Test("The Hessian of a curved function is right, even next to the edge of its domain")
    func curvedHessian() throws {
        // ln x · exp(y): second derivatives -e^y/x², e^y/x, ln x · e^y.
        let (x, y) = (0.01, 1.0)
        let hessian = try CentralDifference.hessian(of: { log($0[0]) * exp($0[1]) }, at: [x, y])
        let exact = [[-exp(y) / (x * x), exp(y) / x], [exp(y) / x, log(x) * exp(y)]]
        for i in 0..<2 { for j in 0..<2 { #expect(abs(hessian[i][j] / exact[i][j] - 1) < 1e-7) } }
    }

    @Test("The Jacobian has one row per value")
    func jacobian() throws {
        let jacobian = try CentralDifference.jacobian(
            of: { [$0[0] * $0[1], sin($0[0]), $0[1]] }, at: [2, 3])
        let exact: [[Double]] = [[3, 2], [cos(2.0), 0], [0, 1]]
        #expect(jacobian.count == 3)
        for i in 0..<3 { for j in 0..<2 { #expect(abs(jacobian[i][j] - exact[i][j]) < 1e-10) } }
    }

    struct OutsideDomain: Error {}

    @Test("Neighbours where the function throws are avoided")
    func domain() throws {
        func entropy(_ p: Double) throws -> Double {
            guard p > 0, p < 1 else { throw OutsideDomain() }
            return -p * log(p) - (1 - p) * log(1 - p)
        }
        for p in [0.001, 0.01, 0.5, 0.99, 0.9999] {
            let value = try CentralDifference.derivative(of: entropy, at: p)
            #expect(abs(value - log((1 - p) / p)) < Tolerance.centralDifference.value)
        }
        #expect(throws: OutsideDomain.self) { try CentralDifference.derivative(of: entropy, at: 1) }
    }

    @Test("A point without two-sided neighbours, a NaN and an oscillation without limit are refused")
    func refused() {
        #expect(throws: VerificationError.self) { try CentralDifference.derivative(of: { $0.squareRoot() }, at: 0) }
        #expect(throws: VerificationError.notFinite(routine: "Central difference", at: [2])) {
            try CentralDifference.derivative(of: { _ in .nan }, at: 2)
        }
        #expect(throws: VerificationError.notFinite(routine: "Central difference", at: [0])) {
            try CentralDifference.hessian(of: { log($0[0]) }, at: [0])
        }
        #expect(throws: VerificationError.self) { try CentralDifference.derivative(of: { $0 < 1 ? 0 : 1 }, at: 1) }
        #expect(throws: VerificationError.self) {
            try CentralDifference.jacobian(of: { $0[0] == 1 ? [1, 2] : [1] }, at: [1])
        }
    }

    @Test("Functions of no variable have empty derivatives")
    func noVariables() throws {
        #expect(try CentralDifference.gradient(of: { _ in 1 }, at: []).isEmpty)
        #expect(try CentralDifference.hessian(of: { _ in 1 }, at: []).isEmpty)
    }
}

@Suite("Eigenvalues of symmetric matrices")
struct EigenvalueTests {
    static let matrices: [(matrix: [[Double]], eigenvalues: [Double])] = [
        ([[3]], [3]),
        ([[2, 1], [1, 2]], [1, 3]),
        ([[0, 1], [1, 0]], [-1, 1]),
        ([[5, 0, 0], [0, -2, 0], [0, 0, 5]], [-2, 5, 5]),
        ([[2, -1, 0], [-1, 2, -1], [0, -1, 2]], [2 - 2.0.squareRoot(), 2, 2 + 2.0.squareRoot()]),
        ([[0, 0], [0, 0]], [0, 0]),
        ([[1e200, 0], [0, -1e200]], [-1e200, 1e200]),
        ([[1e-200, 1e-200], [1e-200, 1e-200]], [0, 2e-200]),
        ([], []),
    ]

    @Test("Known matrices have their known eigenvalues", arguments: matrices)
    func known(_ matrix: [[Double]], _ expected: [Double]) throws {
        let values = try symmetricEigenvalues(of: matrix)
        let scale = expected.map(abs).max() ?? 1
        #expect(values.count == expected.count)
        for (value, exact) in zip(values, expected) { #expect(abs(value - exact) <= 1e-14 * scale) }
    }

    @Test(
        "Eigenvalues of random matrices add up to the trace, and their squares to the sum of squares",
        arguments: [2, 5, 12])
    func invariants(_ size: Int) throws {
        var random = SplitMix64(seed: UInt64(size))
        var matrix = (0..<size).map { _ in (0..<size).map { _ in random.uniform() - 0.5 } }
        for i in 0..<size { for j in 0..<i { matrix[i][j] = matrix[j][i] } }
        let values = try symmetricEigenvalues(of: matrix)
        let trace = matrix.indices.map { matrix[$0][$0] }.reduce(0, +)
        let squares = matrix.joined().map { $0 * $0 }.reduce(0, +)
        #expect(abs(values.reduce(0, +) - trace) < 1e-12)
        #expect(abs(values.map { $0 * $0 }.reduce(0, +) - squares) < 1e-12)
        #expect(values == values.sorted())
    }

    @Test(
        "Matrices that are not square, not symmetric or not finite are refused",
        arguments: [
            [[1, 2]], [[1, 2], [3, 4]], [[1, .nan], [.nan, 1]], [[.infinity]],
        ] as [[[Double]]])
    func refused(_ matrix: [[Double]]) {
        #expect(throws: VerificationError.self) { try symmetricEigenvalues(of: matrix) }
    }
}
