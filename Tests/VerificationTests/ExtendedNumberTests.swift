import Foundation
import Testing
import Verification

@Suite("Numbers with an exponent that does not end")
struct ExtendedNumberTests {
    @Test(
        "Where doubles suffice, products and sums are the doubles'", arguments: [(3.5, 0.125), (1e-200, 1e200), (0, 2)])
    func ordinary(a: Double, b: Double) {
        var product = ExtendedNumber(a)
        product *= ExtendedNumber(b)
        #expect(product == ExtendedNumber(a * b))
        #expect(ExtendedNumber(a) + ExtendedNumber(b) == ExtendedNumber(a + b))
        #expect(ExtendedNumber(b) + ExtendedNumber(a) == ExtendedNumber(a + b))
    }

    @Test("A product of ten thousand tiny numbers keeps its logarithm")
    func tiny() {
        var product = ExtendedNumber(1)
        for _ in 0..<10_000 { product *= ExtendedNumber(3e-300) }
        #expect(abs(product.logarithm - 10_000 * log(3e-300)) < 1e-12 * 1e7)
        #expect(product.decimal.exponent == Int((10_000 * log10(3e-300)).rounded(.down)))
    }

    @Test(
        "The exponential is right far beyond the doubles' range",
        arguments: [-1e9, -745.2, -1, 0, 0.5, 709.9, 12_345.678])
    func exponential(x: Double) {
        #expect(abs(ExtendedNumber.exp(x).logarithm - x) <= 1e-15 * max(1, abs(x)) * 4)
    }

    @Test("Sums of numbers of very different size, and zero")
    func sums() {
        let (large, small) = (ExtendedNumber.exp(5000), ExtendedNumber.exp(-5000))
        #expect(large + small == large && small + large == large)
        let doubled = large + large
        #expect(abs(doubled.logarithm - 5000 - log(2)) < 1e-11)
        #expect(ExtendedNumber(0).logarithm == -.infinity)
        #expect(ExtendedNumber(0) + small == small)
        #expect(ExtendedNumber(0).decimal == (0, 0))
        #expect(ExtendedNumber(1234).decimal.exponent == 3)
        #expect(abs(ExtendedNumber(1234).decimal.significand - 1.234) < 1e-12)
    }
}
