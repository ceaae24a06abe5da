#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A non-negative number with the 53 bits of a double, and an exponent that does not end: for products of thousands of
/// densities, which underflow as doubles.
///
///     var product = ExtendedNumber(1)
///     for x in data { product *= ExtendedNumber(density(x)) }
///     product.logarithm        // ln of the product, although the product may be 10^-5000
public struct ExtendedNumber: Sendable, Equatable {
    /// From 1 up to 2, or 0; infinite or not a number where the number has no value that could be held.
    private var significand: Double
    /// The power of two.
    private var exponent: Int

    /// A finite number that is not negative.
    ///
    /// Anything else is not refused here, in the middle of a product, but makes every result that it goes into infinite or not a
    /// number, as with doubles: a check never passes with that.
    public init(_ value: Double) {
        if value < 0 || value.isNaN {
            (significand, exponent) = (.nan, 0)
        } else if value == 0 || value.isInfinite {
            (significand, exponent) = (value.magnitude, 0)
        } else {
            (significand, exponent) = (value.significand, Int(value.exponent))
        }
    }

    /// Whether there is a number.
    public var isFinite: Bool { significand.isFinite }

    /// e to the power x, for x far beyond the range of `exp` (up to about 10^15 in size).
    public static func exp(_ x: Double) -> ExtendedNumber {
        // Beyond that, the power of 2 would be no whole number that a double can count.
        guard abs(x) <= 1e15 else { return ExtendedNumber(x < 0 ? 0 : x > 0 ? .infinity : .nan) }
        let power = (x * 1.4426950408889634).rounded(.down)
        // ln 2 in two parts: the product of the first, which has 32 bits, with a whole number is exact.
        let rest = (x - power * 0.6931471803691238) - power * 1.9082149292705877e-10
        var result = ExtendedNumber(rest > -1 && rest < 2 ? systemExp(rest) : 0)
        result.exponent += Int(power)
        return result
    }

    /// The product.
    public static func *= (left: inout ExtendedNumber, right: ExtendedNumber) {
        let product = ExtendedNumber(left.significand * right.significand)
        left = ExtendedNumber(
            significand: product.significand, exponent: left.exponent &+ right.exponent &+ product.exponent)
    }

    /// The sum.
    public static func + (left: ExtendedNumber, right: ExtendedNumber) -> ExtendedNumber {
        if left.significand == 0 { return right }
        if right.significand == 0 { return left }
        guard left.isFinite && right.isFinite else { return ExtendedNumber(left.significand + right.significand) }
        let (large, small) = left.exponent >= right.exponent ? (left, right) : (right, left)
        let gap = large.exponent &- small.exponent
        // Beyond 60 binary digits the smaller number changes nothing.
        let shifted = gap > 60 ? 0 : small.significand / Double(UInt64(1) << UInt64(gap))
        var sum = ExtendedNumber(large.significand + shifted)
        sum.exponent &+= large.exponent
        return sum
    }

    /// The natural logarithm; -∞ for 0.
    public var logarithm: Double {
        significand == 0 ? -.infinity : log(significand) + Double(exponent) * 0.6931471805599453
    }

    /// The number as a · 10^b with 1 ≤ a < 10, for showing it.
    public var decimal: (significand: Double, exponent: Int) {
        guard significand > 0, isFinite else { return (significand, 0) }
        let power = log10(significand) + Double(exponent) * 0.3010299956639812
        return (pow(10, power - power.rounded(.down)), Int(power.rounded(.down)))
    }

    private init(significand: Double, exponent: Int) {
        self.significand = significand
        self.exponent = significand == 0 ? 0 : exponent
    }
}

/// The C library's function, which the static function of the same name would hide.
private func systemExp(_ x: Double) -> Double { exp(x) }
