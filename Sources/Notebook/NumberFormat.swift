import Foundation
import Verification

/// How a number is printed in a report.
///
/// Six significant digits or fewer are well inside the differences between two math libraries, so the same seed gives the
/// same Markdown on every processor. `.significant` never prints more; with `.fixed`, choose decimals accordingly. A
/// number has to be given a format explicitly (see ``Prose``), so it can be neither stale nor printed as
/// `0.30000000000000004`.
public enum NumberFormat: Sendable, Equatable {
    /// A fixed number of decimals: `.fixed(3)` prints `0.449`.
    case fixed(Int)
    /// A number of significant digits, at most six, without trailing zeros: `.significant(4)` prints `0.7133`.
    case significant(Int)
    /// A share as a percentage with a number of decimals: `.percent(1)` prints `44.9 %`.
    case percent(Int)
    /// A bound from above on a rounding-size difference: see ``NumberFormat/bound(_:)``.
    case bound

    /// The number as text, in plain characters (`-` for minus, `1e-09` never appears: it is `1e-9`).
    ///
    /// A number that is not a number prints as `NaN`; ``Report`` refuses to render it.
    public func string(_ x: Double) -> String {
        if x.isNaN { return "NaN" }
        if x.isInfinite { return x < 0 ? "-∞" : "∞" }
        switch self {
        case .fixed(let decimals):
            return Self.withoutNegativeZero(String(format: "%.\(max(0, decimals))f", x))
        case .significant(let digits):
            return Self.significant(x, digits: min(6, max(1, digits)))
        case .percent(let decimals):
            return Self.withoutNegativeZero(String(format: "%.\(max(0, decimals))f", 100 * x)) + " %"
        case .bound:
            return Self.boundText(x)
        }
    }

    private static func significant(_ x: Double, digits: Int) -> String {
        if x == 0 { return "0" }
        let text = String(format: "%.\(digits - 1)e", x)
        let parts = text.split(separator: "e")
        guard parts.count == 2, let exponent = Int(parts[1]) else { return text }
        if exponent < -4 || exponent >= 9 {
            return withoutTrailingZeros(String(parts[0])) + "e\(exponent)"
        }
        // Rounded to the digits asked for before it is written out: 12345678 to six digits is 12345700.
        let plain = String(format: "%.\(max(0, digits - 1 - exponent))f", Double(text) ?? x)
        return withoutNegativeZero(withoutTrailingZeros(plain))
    }

    private static func withoutTrailingZeros(_ text: String) -> String {
        guard text.contains(".") else { return text }
        var text = text
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text
    }

    private static func withoutNegativeZero(_ text: String) -> String {
        text.hasPrefix("-") && !text.contains(where: { ("1"..."9").contains($0) }) ? String(text.dropFirst()) : text
    }
}

extension NumberFormat {
    /// The rungs on which a small difference is reported. Rounding noise differs from processor to processor; the rung
    /// above it does not.
    static let rungs: [Double] = [1e-12, 1e-9, 1e-6, 1e-3]

    /// The smallest rung above |x|; from the last rung on, |x| itself, rounded up to two significant digits.
    ///
    /// The noise of two routes to one number (3e-16 here, 8e-16 on another machine) must not get into a report; that it
    /// is below 1e-12 is the fact worth stating, and that is the same everywhere.
    ///
    public static func bound(_ x: Double) -> Double {
        let size = abs(x)
        guard size.isFinite else { return size }
        return rungs.first { size < $0 } ?? roundedUp(size)
    }

    /// A bound on a check's difference that agrees with its verdict: it lies within the tolerance exactly if the difference does.
    ///
    /// Where differences are errors of arithmetic (see ``SecondRoute/Kind/isArithmetic``), only two rungs count: a tenth of the
    /// tolerance, below which the differences of a sound computation lie with room to spare, and the tolerance itself.
    static func bound(_ x: Double, within tolerance: Double, of kind: SecondRoute.Kind) -> Double {
        let size = abs(x)
        guard size <= tolerance else { return bound(x) }
        guard kind.isArithmetic else { return min(bound(x), tolerance) }
        let tenth = Double(String(format: "%.1e", tolerance / 10)) ?? tolerance
        return size < tenth ? tenth : tolerance
    }

    /// A bound in words: `< 1e-12` on a rung, else the number.
    static func boundText(_ x: Double) -> String {
        let limit = bound(x)
        return (rungs.contains(limit) && abs(x) < limit ? "< " : "") + short(limit)
    }

    /// A bound in words: `< 1e-13` on a rung, `≤ 1e-10` where the tolerance is all that is known, else the number.
    static func boundText(_ x: Double, within tolerance: Double, of kind: SecondRoute.Kind) -> String {
        let limit = bound(x, within: tolerance, of: kind)
        let isRung = limit < tolerance && kind.isArithmetic || rungs.contains(limit)
        let sign = abs(x) < limit && isRung ? "< " : limit == tolerance ? "≤ " : ""
        return sign + short(limit)
    }

    private static func short(_ limit: Double) -> String {
        guard limit.isFinite else { return NumberFormat.significant(1).string(limit) }
        return limit == 1e-3 ? "1e-3" : significant(limit, digits: 2)
    }

    /// To two significant digits, never below `size`.
    static func roundedUp(_ size: Double) -> Double {
        let text = String(format: "%.1e", size)
        guard let nearest = Double(text), let exponent = text.split(separator: "e").last else { return size }
        if nearest >= size { return nearest }
        return Double(String(format: "%.1e", nearest + (Double("1e\(exponent)") ?? 0) / 10)) ?? size
    }
}

extension NumberFormat {
    /// The number as TeX: `1.2e-7` becomes `1.2 \times 10^{-7}`, `∞` becomes `\infty`, `%` is escaped by name.
    public func tex(_ x: Double) -> String {
        var text = string(x).replacingOccurrences(of: "∞", with: #"\infty"#)
        text = text.replacingOccurrences(of: " %", with: #"\thinspace\text{percent}"#)
        text = text.replacingOccurrences(of: "< ", with: #"\lt "#)
        if let e = text.firstIndex(of: "e"), let exponent = Int(text[text.index(after: e)...]) {
            let mantissa = text[..<e]
            let power = "10^{\(exponent)}"
            if let space = mantissa.lastIndex(of: " "), mantissa[mantissa.index(after: space)...] == "1" {
                return mantissa[...space] + power
            }
            return mantissa == "1" ? power : #"\#(mantissa) \times \#(power)"#
        }
        return text
    }
}
