import Foundation
import Testing
import Verification

@Suite("Integrals and p-values")
struct QuadratureTests {
    static let integrals: [(name: String, f: @Sendable (Double) -> Double, range: ClosedRange<Double>, value: Double)] =
        [
            ("a cubic, exactly", { $0 * $0 * $0 }, -1...3, 20),
            ("exp", { exp($0) }, 0...1, exp(1) - 1),
            (
                "a normal density over ten standard deviations", { exp(-0.5 * $0 * $0) / (2 * .pi).squareRoot() },
                -10...10, 1
            ),
            (
                "a narrow peak in a wide range", { exp(-0.5 * pow(($0 - 3.3) / 0.1, 2)) }, -10...10,
                0.1 * (2 * Double.pi).squareRoot()
            ),
            ("a square root, steep at the end", { $0.squareRoot() }, 0...1, 2.0 / 3),
            ("a jump", { $0 < 1 / 3.0 ? 0 : 1 }, 0...1, 2.0 / 3),
            ("an oscillation", { cos(50 * $0) }, 0...1, sin(50) / 50),
            ("large values", { 1e9 * $0 }, 0...2, 2e9),
            ("a point", { $0 }, 2...2, 0),
        ]

    @Test("Known integrals are found to the tolerance", arguments: integrals.indices)
    func integral(_ index: Int) throws {
        let given = QuadratureTests.integrals[index]
        let value = try AdaptiveSimpson.integral(of: given.f, over: given.range)
        #expect(abs(value - given.value) < 1e-10 * max(1, abs(given.value)), "\(given.name)")
    }

    @Test("A mixture density with correlated coordinates integrates to 1 over the plane")
    func plane() throws {
        let rho = 0.8
        let value = try AdaptiveSimpson.integral(
            of: { x, y in
                let wide =
                    exp(-(x * x - 2 * rho * x * y + y * y) / (2 * (1 - rho * rho)))
                    / (2 * .pi * (1 - rho * rho).squareRoot())
                let narrow = exp(-0.5 * (pow((x - 2) / 0.5, 2) + pow(y / 0.3, 2))) / (2 * .pi * 0.5 * 0.3)
                return 0.3 * wide + 0.7 * narrow
            }, over: -8...8, -8...8)
        #expect(abs(value - 1) < Tolerance.quadrature.value)
    }

    @Test("The order of the variables is x, then y")
    func order() throws {
        let value = try AdaptiveSimpson.integral(of: { x, y in x * x * y }, over: 0...3, 0...1)
        #expect(abs(value - 4.5) < 1e-12)
    }

    @Test("An integrand that is not finite, a range without end and hopeless integrands are refused")
    func refused() {
        #expect(throws: VerificationError.notFinite(routine: "Adaptive Simpson", at: [0])) {
            try AdaptiveSimpson.integral(of: { 1 / $0 }, over: 0...1)
        }
        #expect(throws: VerificationError.self) { try AdaptiveSimpson.integral(of: { $0 }, over: 0...(.infinity)) }
        #expect(throws: VerificationError.self) {
            try AdaptiveSimpson.integral(of: { $0 }, over: 0...1, tolerance: .nan)
        }
        #expect(throws: VerificationError.self) { try AdaptiveSimpson.integral(of: { $0 }, over: 0...1, panels: 0) }
        #expect(throws: VerificationError.self) {
            try AdaptiveSimpson.integral(of: { x, y in .nan }, over: 0...1, 0...1)
        }
        var random = SplitMix64(seed: 1)
        #expect(throws: VerificationError.self) {
            try AdaptiveSimpson.integral(of: { _ in random.uniform() }, over: 0...1)
        }
    }

    // Two and four degrees of freedom have elementary tails; one has the normal's; the rest are from tables.
    static let pValues: [(statistic: Double, degrees: Int, value: Double)] = [
        (3, 2, exp(-1.5)), (700, 2, exp(-350.0)), (5, 4, 3.5 * exp(-2.5)), (0, 3, 1),
        (1, 1, erfc(0.5.squareRoot())), (9, 1, erfc(4.5.squareRoot())), (0.01, 1, erfc(0.005.squareRoot())),
        (3.841458820694124, 1, 0.05), (18.307038053275146, 10, 0.05), (124.34211340400407, 100, 0.05),
        (2.5582121601872063, 10, 0.99),
    ]

    @Test("Chi-square p-values match closed forms and tables", arguments: pValues)
    func chiSquare(_ statistic: Double, _ degrees: Int, _ expected: Double) throws {
        let value = try chiSquarePValue(statistic: statistic, degreesOfFreedom: degrees)
        #expect(abs(value - expected) < 1e-12 * max(expected, 0.01))
    }

    @Test("The p-value falls from 1 to 0 without a jump where the method changes", arguments: [1, 2, 7, 50, 1000])
    func chiSquareShape(_ degrees: Int) throws {
        let change = Double(degrees) + 2
        let below = try chiSquarePValue(statistic: change * (1 - 1e-12), degreesOfFreedom: degrees)
        let above = try chiSquarePValue(statistic: change * (1 + 1e-12), degreesOfFreedom: degrees)
        #expect(abs(below - above) < 1e-10)
        let values = try (0...100).map {
            try chiSquarePValue(statistic: Double($0 * degrees) / 20, degreesOfFreedom: degrees)
        }
        #expect(values == values.sorted(by: >))
        #expect(values[0] == 1 && values.allSatisfy { (0...1).contains($0) })
    }

    @Test(
        "Chi-square statistics outside their range are refused",
        arguments: [
            (-1, 1), (.nan, 1), (.infinity, 1), (1, 0), (1, 2_000_000),
        ] as [(Double, Int)])
    func chiSquareRefused(_ statistic: Double, _ degrees: Int) {
        #expect(throws: VerificationError.self) { try chiSquarePValue(statistic: statistic, degreesOfFreedom: degrees) }
    }
}

struct TrapezoidalRuleTests {
    @Test("A correlated Gaussian in the plane has volume 1, up to rounding, on 101 × 101 points")
    func gaussian() throws {
        let volume = try TrapezoidalRule.integral(
            of: { x, y in exp(-(x * x - 1.6 * x * y + y * y) / 0.72) / (2 * Double.pi * 0.6) }, over: -9...9, -9...9)
        #expect(abs(volume - 1) < 1e-12)
    }

    @Test("A function that is linear in each coordinate is integrated exactly by its corners")
    func bilinear() throws {
        let integral = try TrapezoidalRule.integral(of: { ($0 + 1) * (2 * $1 - 3) }, over: 0...2, -1...5, count: 2)
        #expect(abs(integral - 4 * 6) < 1e-12)
    }

    @Test("Infinite ranges, too few points and values that are no numbers are refused")
    func refused() {
        #expect(throws: VerificationError.self) {
            try TrapezoidalRule.integral(of: { _, _ in 1 }, over: 0...Double.infinity, 0...1)
        }
        #expect(throws: VerificationError.self) {
            try TrapezoidalRule.integral(of: { _, _ in 1 }, over: 0...1, 0...1, count: 1)
        }
        #expect(throws: VerificationError.notFinite(routine: "Trapezoidal rule", at: [0, 0])) {
            try TrapezoidalRule.integral(of: { x, _ in x == 0 ? .nan : 1 }, over: 0...1, 0...1)
        }
    }
}
