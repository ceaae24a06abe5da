import Foundation
import Testing
import Verification

@Suite("Maxima from values alone")
struct MaximumTests {
    @Test(
        "Golden section finds the peak of a binomial log-likelihood, at its ends too", arguments: [0, 1, 3, 5, 9, 10])
    func goldenSection(_ heads: Int) throws {
        let found = try GoldenSection.maximum(
            of: { p in
                (heads > 0 ? Double(heads) * log(p) : 0) + (heads < 10 ? Double(10 - heads) * log(1 - p) : 0)
            }, in: 0...1)
        #expect(abs(found.argument - Double(heads) / 10) < Tolerance.goldenSection.value)
    }

    @Test("Golden section copes with kinks, with logarithms of 0 and with intervals far from 0")
    func awkward() throws {
        #expect(abs(try GoldenSection.maximum(of: { -abs($0 - 0.3) }, in: -10...10).argument - 0.3) < 1e-8)
        let cut = try GoldenSection.maximum(of: { $0 > 0 ? log($0) - $0 : -.infinity }, in: -1...9)
        #expect(abs(cut.argument - 1) < Tolerance.goldenSection.value)
        #expect(abs(cut.value + 1) < 1e-12)
        let far = try GoldenSection.maximum(of: { -($0 - 1e6) * ($0 - 1e6) }, in: 999_990...1_000_007)
        #expect(abs(far.argument - 1e6) < Tolerance.goldenSection.value)
    }

    @Test("Golden section refuses NaN, +∞, a function that is -∞ throughout, and an empty or infinite interval")
    func refusedGolden() {
        #expect(throws: VerificationError.self) { try GoldenSection.maximum(of: { _ in .nan }, in: 0...1) }
        #expect(throws: VerificationError.self) { try GoldenSection.maximum(of: { 1 / ($0 - $0) }, in: 0...1) }
        #expect(throws: VerificationError.self) { try GoldenSection.maximum(of: { _ in -.infinity }, in: 0...1) }
        #expect(throws: VerificationError.self) { try GoldenSection.maximum(of: { $0 }, in: 1...1) }
        #expect(throws: VerificationError.self) { try GoldenSection.maximum(of: { $0 }, in: 0...(.infinity)) }
    }

    /// Functions with a known maximum, a start, and where the maximum is.
    static let peaks: [(name: String, f: @Sendable ([Double]) -> Double, start: [Double], peak: [Double])] = [
        ("a parabola", { -pow($0[0] - 3, 2) }, [0], [3]),
        ("a paraboloid with unequal curvatures", { -pow($0[0] - 1, 2) - 1000 * pow($0[1] + 2, 2) }, [0, 0], [1, -2]),
        ("Rosenbrock's banana", { -pow(1 - $0[0], 2) - 100 * pow($0[1] - $0[0] * $0[0], 2) }, [-1.2, 1], [1, 1]),
        (
            "five variables",
            { x in x.indices.reduce(0) { sum, i in sum - Double(i + 1) * pow(x[i] - Double(i), 2) } },
            [1, 1, 1, 1, 1], [0, 1, 2, 3, 4]
        ),
        (
            "a trinomial, NaN outside the simplex", { 5 * log($0[0]) + 3 * log($0[1]) + 2 * log(1 - $0[0] - $0[1]) },
            [0.05, 0.9], [0.5, 0.3]
        ),
        ("a start at the maximum", { -$0[0] * $0[0] - $0[1] * $0[1] }, [0, 0], [0, 0]),
        ("far from 0", { -pow($0[0] - 1e4, 2) - pow($0[1] - 5, 2) }, [0, 0], [1e4, 5]),
    ]

    @Test("Nelder and Mead's method finds known maxima", arguments: peaks.indices)
    func nelderMead(_ index: Int) throws {
        let given = MaximumTests.peaks[index]
        let found = try NelderMead.maximum(of: given.f, from: given.start)
        for (x, exact) in zip(found.argument, given.peak) {
            #expect(abs(x - exact) < Tolerance.numericalMaximization.value * max(1, abs(exact)), "\(given.name)")
        }
        #expect(abs(found.value - given.f(given.peak)) < 1e-9, "\(given.name)")
        #expect(found.value == given.f(found.argument), "\(given.name)")
    }

    struct OutsideDomain: Error {}

    @Test("Points where the function throws lie outside its domain, but the start must not")
    func domain() throws {
        func f(_ x: [Double]) throws -> Double {
            guard x[0] > 0, x[0] < 1 else { throw OutsideDomain() }
            return 9 * log(x[0]) + log(1 - x[0])
        }
        #expect(
            abs(try NelderMead.maximum(of: f, from: [0.99]).argument[0] - 0.9) < Tolerance.numericalMaximization.value)
        #expect(throws: OutsideDomain.self) { try NelderMead.maximum(of: f, from: [2]) }
    }

    @Test("Nelder and Mead's method ends on functions that rise without limit, and refuses bad starts")
    func refusedNelderMead() {
        #expect(throws: VerificationError.self) { try NelderMead.maximum(of: { _ in .nan }, from: [1]) }
        #expect(throws: VerificationError.self) { try NelderMead.maximum(of: { _ in 1 }, from: []) }
        #expect(throws: VerificationError.self) { try NelderMead.maximum(of: { $0[0] }, from: [1], size: .nan) }
        #expect(throws: VerificationError.self) { try NelderMead.maximum(of: { $0[0] + $0[1] }, from: [1, 1]) }
    }

    @Test("A flat function is maximal wherever one starts")
    func flat() throws {
        let found = try NelderMead.maximum(of: { _ in 4 }, from: [1, 2])
        #expect(found.value == 4)
    }
}
