import Foundation
import Notebook

/// Numbers that add up may no longer do so once they are rounded: 5.202 = 1.552 + 3.649.
enum RoundedSum {
    /// The sign between a sum and its parts as they are printed: of equality if the rounded parts add up to the rounded sum, else
    /// of approximation.
    static func sign(_ sum: Double, _ parts: [Double], decimals: Int) -> String {
        func printed(_ x: Double) -> Double { Double(NumberFormat.fixed(decimals).string(x)) ?? x }
        let difference = printed(sum) - parts.reduce(0) { $0 + printed($1) }
        return abs(difference) < 0.25 * pow(10, -Double(decimals)) ? "=" : #"\approx"#
    }
}
