import Verification

/// How values of any shape are printed in check lines and tables.
enum ValueText {
    /// A value beside its check.
    static func short(_ value: CheckedValue, _ check: Check) -> String {
        short(value, noise: noise(within: check.tolerance, of: check.kind))
    }

    /// How large a number may be and still be nothing but noise. Numbers within a check's tolerance of 0 are, unless the
    /// tolerance is that of a simulation or of a published figure: then they are just small numbers.
    static func noise(within tolerance: Double, of kind: SecondRoute.Kind) -> Double {
        kind.isArithmetic ? tolerance : 1e-12
    }

    /// A value in six significant digits, or five each for several numbers; long vectors are summarised.
    ///
    /// - Parameter noise: Numbers not larger than this are rounding noise and print as `0`: their digits would differ
    ///   from machine to machine.
    static func short(_ value: CheckedValue, noise: Double = 0) -> String {
        switch value {
        case .number(let x): number(x, noise: noise, digits: 6)
        case .vector(let xs): vector(xs, noise: noise)
        case .matrix(let rows):
            rows.count <= 3 && rows.allSatisfy { $0.count <= 3 }
                ? "[" + rows.map { vector($0, noise: noise) }.joined(separator: ", ") + "]"
                : size(of: rows) + ", " + range(rows.flatMap { $0 }, noise: noise)
        }
    }

    /// `8×2 numbers`; of rows that differ in length, `27 numbers in 8 rows`.
    private static func size(of rows: [[Double]]) -> String {
        let lengths = Set(rows.map(\.count))
        return lengths.count <= 1
            ? "\(rows.count)×\(lengths.first ?? 0) numbers"
            : "\(rows.reduce(0) { $0 + $1.count }) numbers in \(rows.count) rows"
    }

    private static func vector(_ xs: [Double], noise: Double) -> String {
        xs.count <= 6
            ? "(" + xs.map { number($0, noise: noise) }.joined(separator: ", ") + ")"
            : "\(xs.count) numbers, " + range(xs, noise: noise)
    }

    private static func range(_ xs: [Double], noise: Double) -> String {
        guard let low = xs.min(), let high = xs.max() else { return "none" }
        return number(low, noise: noise) + " to " + number(high, noise: noise)
    }

    private static func number(_ x: Double, noise: Double, digits: Int = 5) -> String {
        abs(x) <= noise ? "0" : NumberFormat.significant(digits).string(x)
    }
}
