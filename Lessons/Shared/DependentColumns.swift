import Foundation

/// A column that is a linear function of others, so that no Gaussian of all of them has a density: `fahrenheit = 1.8 celsius + 32`.
public struct DependentColumn: Sendable {
    /// Which column.
    public let column: Int
    /// The equation, with the columns' names and rounded coefficients.
    public let equation: String

    /// The columns that are linear functions of those before them, to within `precision` of their standard deviation.
    ///
    /// Each column, with mean 0 and standard deviation 1, is projected on those before it (Gram and Schmidt, twice over, so that the
    /// rest is known to rounding); where nothing is left of it, it depends on them.
    ///
    /// - Parameters:
    ///   - rows: N lists of D numbers.
    ///   - names: the D names.
    public static func all(in rows: [[Double]], names: [String], precision: Double = 1e-6) -> [DependentColumn] {
        guard rows.count > 1 else { return [] }
        let columns = names.indices.map { d in Standard(rows.map { $0[d] }) }
        /// Orthonormal directions, each with its coefficients in terms of the standardised columns.
        var basis: [(direction: [Double], coefficients: [Double])] = []
        var found: [DependentColumn] = []
        for (d, column) in columns.enumerated() {
            var rest = column.values
            var coefficients = names.map { _ in 0.0 }
            for _ in 0..<2 {
                for (direction, own) in basis {
                    let part = dot(rest, direction)
                    for n in rest.indices { rest[n] -= part * direction[n] }
                    for i in own.indices { coefficients[i] += part * own[i] }
                }
            }
            let size = dot(rest, rest).squareRoot()
            if size <= precision * Double(rows.count).squareRoot() {
                // As many columns as rows always depend on each other; that equation says nothing.
                guard basis.count < rows.count - 1 else { return [] }
                let text = equation(of: d, coefficients, columns, names)
                found.append(DependentColumn(column: d, equation: text))
            } else {
                let own = coefficients.indices.map { (($0 == d ? 1 : 0) - coefficients[$0]) / size }
                basis.append((rest.map { $0 / size }, own))
            }
        }
        return found
    }

    private static func equation(
        of column: Int, _ coefficients: [Double], _ columns: [Standard], _ names: [String]
    ) -> String {
        let target = columns[column]
        var text = ""
        var constant = target.mean
        for (d, coefficient) in coefficients.enumerated() where abs(coefficient) > 1e-5 {
            let slope = coefficient * target.spread / columns[d].spread
            constant -= slope * columns[d].mean
            let size = short(abs(slope))
            let term = (size == "1" ? "" : size + " ") + names[d]
            text += text.isEmpty ? (slope < 0 ? "-" : "") + term : (slope < 0 ? " - " : " + ") + term
        }
        if abs(constant) > 1e-6 * max(target.spread, 1e-3 * abs(target.mean)) {
            text += (constant < 0 ? " - " : " + ") + short(abs(constant))
        }
        return "\(names[column]) = \(text)"
    }

    /// Five significant digits, without zeros at the end.
    private static func short(_ number: Double) -> String { String(format: "%.5g", number) }

    private static func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }

    /// A column with mean 0 and standard deviation 1.
    private struct Standard {
        let mean: Double
        let spread: Double
        let values: [Double]

        init(_ values: [Double]) {
            let (mean, spread) = columnMoments(values)
            self.mean = mean
            self.spread = spread
            self.values = values.map { ($0 - mean) / spread }
        }
    }
}

/// Mean and standard deviation, by way of the largest deviation, so that no square leaves the range of doubles; a spread of 0 is
/// given as 1.
public func columnMoments(_ values: [Double]) -> (mean: Double, spread: Double) {
    let count = Double(values.count)
    let first = values.first ?? 0
    let mean = first + values.reduce(0) { $0 + ($1 - first) / count }
    let largest = values.reduce(0) { max($0, abs($1 - mean)) }
    guard largest > 0, largest.isFinite else { return (mean, 1) }
    let squares = values.reduce(0) { $0 + (($1 - mean) / largest) * (($1 - mean) / largest) }
    let spread = largest * (squares / count).squareRoot()
    return (mean, spread > 0 ? spread : 1)
}
