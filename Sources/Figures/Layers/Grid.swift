/// Values of a function at the crossings of grid lines.
public struct Grid: Hashable, Sendable {
    /// Positions of the columns, rising.
    public var x: [Double]
    /// Positions of the rows, rising.
    public var y: [Double]
    /// The values row by row: the value at `x[i]`, `y[j]` is `values[j * x.count + i]`. NaN is a hole.
    public var values: [Double]

    /// A grid of given values; whether everything fits together is checked when it is drawn.
    public init(x: [Double], y: [Double], values: [Double]) {
        self.x = x
        self.y = y
        self.values = values
    }

    /// A function of x and y at `columns` × `rows` evenly spaced crossings, the ends of both ranges included
    /// (at least 2 and at most 1000 of each).
    public init(
        x: ClosedRange<Double>, y: ClosedRange<Double>, columns: Int = 81, rows: Int = 81,
        _ function: (_ x: Double, _ y: Double) -> Double
    ) {
        func spaced(_ range: ClosedRange<Double>, _ count: Int) -> [Double] {
            let last = Double(max(count, 2) - 1)
            return stride(from: 0, through: last, by: 1).map {
                range.lowerBound * (1 - $0 / last) + range.upperBound * ($0 / last)
            }
        }
        let (xs, ys) = (spaced(x, min(columns, Grid.mostLines)), spaced(y, min(rows, Grid.mostLines)))
        self.init(x: xs, y: ys, values: ys.flatMap { y in xs.map { x in function(x, y) } })
    }

    /// Finer grids are refused: their drawings would be larger than anybody wants.
    static let mostLines = 1000

    /// - Throws: `FigureError.invalidData` if counts do not fit, positions do not rise, or there are too few or too many.
    func validate() throws(FigureError) {
        guard (2...Grid.mostLines).contains(x.count), (2...Grid.mostLines).contains(y.count) else {
            throw .invalidData("a grid needs 2 to \(Grid.mostLines) columns and rows, not \(x.count) × \(y.count)")
        }
        guard values.count == x.count * y.count else {
            throw .invalidData("a grid of \(x.count) × \(y.count) crossings needs as many values, not \(values.count)")
        }
        for positions in [x, y] {
            guard positions.allSatisfy(\.isFinite), zip(positions, positions.dropFirst()).allSatisfy(<) else {
                throw .invalidData("the positions of a grid must be finite and rise")
            }
        }
    }

    /// The range of the finite values; moved apart if they are all equal.
    func valueRange() throws(FigureError) -> ClosedRange<Double> {
        guard let span = Span(values) else { throw .invalidData("a grid has no finite value") }
        guard span.upper > span.lower else {
            let margin = max(abs(span.lower) * 0.1, 1e-300)
            let most = Double.greatestFiniteMagnitude
            return max(span.lower - margin, -most)...min(span.upper + margin, most)
        }
        return span.lower...span.upper
    }
}

extension ClosedRange<Double> {
    /// Where a value lies between the ends, 0 to 1, without overflow.
    func share(of value: Double) -> Double {
        let half = upperBound / 2 - lowerBound / 2
        // Half of a number next to 0 may be 0; the difference of two numbers near the largest overflows.
        if half < .leastNormalMagnitude { return (value - lowerBound) / (upperBound - lowerBound) }
        return (value / 2 - lowerBound / 2) / half
    }
}
