import Testing
import Verification

@testable import Notebook

struct NumberFormatTests {
    @Test(
        "A fixed number of decimals is printed as asked for, without a negative zero",
        arguments: [
            (0.4494, 3, "0.449"), (-31.568695, 3, "-31.569"), (2, 2, "2.00"), (-0.0001, 2, "0.00"), (-0.0, 1, "0.0"),
            (0.05, 0, "0"), (1.5, -1, "2"), (-0.5, 1, "-0.5"),
        ])
    func fixed(x: Double, decimals: Int, text: String) {
        #expect(NumberFormat.fixed(decimals).string(x) == text)
    }

    @Test(
        "Significant digits are rounded, without trailing zeros",
        arguments: [
            (0.71334, 4, "0.7133"), (0.7, 4, "0.7"), (0.99996, 4, "1"), (-0.0, 3, "0"), (0, 3, "0"), (10, 1, "10"),
            (1234.56, 2, "1200"), (12_345_678, 6, "12345700"), (0.0001234, 3, "0.000123"), (-31.568695, 6, "-31.5687"),
            (1e9, 3, "1e9"), (1.2346e-7, 3, "1.23e-7"), (-2.6e-10, 1, "-3e-10"), (9.9996e-5, 4, "0.0001"),
            (Double.leastNonzeroMagnitude, 2, "4.9e-324"), (1.797e308, 3, "1.8e308"),
        ])
    func significant(x: Double, digits: Int, text: String) {
        #expect(NumberFormat.significant(digits).string(x) == text)
    }

    @Test("No more than six significant digits are printed, and no fewer than one")
    func limits() {
        #expect(NumberFormat.significant(17).string(0.1 + 0.2) == "0.3")
        #expect(NumberFormat.significant(17).string(1.0 / 3) == "0.333333")
        #expect(NumberFormat.significant(0).string(0.37) == "0.4")
    }

    @Test(
        "A share is printed as a percentage, in mathematics with the word",
        arguments: [
            (0.449, 1, "44.9 %", #"44.9\thinspace\text{percent}"#), (1, 0, "100 %", #"100\thinspace\text{percent}"#),
            (-1e-9, 1, "0.0 %", #"0.0\thinspace\text{percent}"#),
        ])
    func percent(x: Double, decimals: Int, text: String, tex: String) {
        #expect(NumberFormat.percent(decimals).string(x) == text)
        #expect(NumberFormat.percent(decimals).tex(x) == tex)
    }

    @Test(
        "Numbers that are not finite have names",
        arguments: [NumberFormat.fixed(2), .significant(3), .percent(1), .bound])
    func notFinite(format: NumberFormat) {
        #expect(format.string(.nan) == "NaN")
        #expect(format.string(.infinity) == "∞")
        #expect(format.string(-.infinity) == "-∞")
        #expect(format.tex(-.infinity) == #"-\infty"#)
    }

    @Test(
        "In mathematics an exponent is a power of ten",
        arguments: [
            (1.2e-7, #"1.2 \times 10^{-7}"#), (1e-7, "10^{-7}"), (-1e-7, #"-1 \times 10^{-7}"#),
            (3e12, #"3 \times 10^{12}"#),
            (0.25, "0.25"),
        ])
    func powersOfTen(x: Double, tex: String) {
        #expect(NumberFormat.significant(3).tex(x) == tex)
    }

    @Test(
        "Whole numbers are grouped from five digits on",
        arguments: [
            (0, "0"), (9999, "9999"), (-9999, "-9999"), (10_000, "10,000"), (-1_234_567, "-1,234,567"),
            (Int.max, "9,223,372,036,854,775,807"), (Int.min, "-9,223,372,036,854,775,808"),
        ])
    func grouping(number: Int, text: String) {
        #expect(Prose.grouped(number, separator: ",") == text)
    }
}

/// Differences are printed as bounds. What must hold: a bound is never below the difference, and it contradicts no verdict.
struct DifferenceBoundTests {
    @Test(
        "A small difference is reported as the rung above it",
        arguments: [
            (0, 1e-12, "< 1e-12"), (3e-16, 1e-12, "< 1e-12"), (-8e-16, 1e-12, "< 1e-12"), (1e-12, 1e-9, "< 1e-9"),
            (2e-12, 1e-9, "< 1e-9"), (4e-7, 1e-6, "< 1e-6"), (0.0009, 1e-3, "< 1e-3"),
        ])
    func rungs(x: Double, bound: Double, text: String) {
        #expect(NumberFormat.bound(x) == bound)
        #expect(NumberFormat.bound.string(x) == text)
    }

    @Test(
        "A large difference is rounded up to two digits",
        arguments: [
            (0.001, 0.001, "1e-3"), (0.00121, 0.0013, "0.0013"), (0.0104, 0.011, "0.011"), (0.25, 0.25, "0.25"),
            (0.991, 1, "1"), (123, 130, "130"), (9.91e20, 1e21, "1e21"),
        ])
    func roundedUp(x: Double, bound: Double, text: String) {
        #expect(NumberFormat.bound(x) == bound)
        #expect(NumberFormat.bound.string(x) == text)
    }

    @Test(
        "A bound is never below the difference, and lies within a tolerance exactly if the difference does",
        arguments: SecondRoute.Kind.allCases)
    func verdicts(kind: SecondRoute.Kind) {
        for exponent in stride(from: -17.0, through: 3, by: 0.0137) {
            let difference = tenToThe(exponent)
            for factor in [0.5, 0.999, 1, 1.001, 1.04, 30] {
                let tolerance = difference * factor
                let bound = NumberFormat.bound(difference, within: tolerance, of: kind)
                #expect(bound >= difference)
                #expect((bound <= tolerance) == (difference <= tolerance), "\(difference) within \(tolerance)")
            }
        }
    }

    @Test("Within a small tolerance a difference is reported by a tenth of it, or by the tolerance itself")
    func withinSmallTolerance() {
        #expect(NumberFormat.bound(3e-11, within: 1e-10, of: .exact) == 1e-10)
        #expect(NumberFormat.boundText(3e-11, within: 1e-10, of: .exact) == "≤ 1e-10")
        #expect(NumberFormat.bound(3e-16, within: 1e-10, of: .exact) == 1e-11)
        #expect(NumberFormat.boundText(9e-12, within: 1e-10, of: .exact) == "< 1e-11")
        #expect(NumberFormat.boundText(2e-10, within: 1e-10, of: .exact) == "< 1e-9")
        #expect(NumberFormat.boundText(3e-16, within: 4.5e-10, of: .exact) == "< 4.5e-11")
        #expect(NumberFormat.boundText(3e-3, within: 5e-3, of: .simulation) == "0.003")
    }

    @Test("A difference that is not finite stays what it is")
    func notFinite() {
        #expect(NumberFormat.bound(.infinity) == .infinity)
        #expect(NumberFormat.bound(.nan).isNaN)
        #expect(NumberFormat.boundText(.infinity, within: 1e-9, of: .exact) == "∞")
    }

    private func tenToThe(_ exponent: Double) -> Double {
        let whole = exponent.rounded(.down)
        var value = 1 + 9 * (exponent - whole)  // not a logarithm, but it visits every mantissa
        for _ in 0..<Int(abs(whole)) { value = whole < 0 ? value / 10 : value * 10 }
        return value
    }
}
