/// Integration on a grid of equally spaced points.
///
/// For a smooth function that has died away at the edges of its domain, such as a Gaussian density, this plainest of rules is
/// also the best: its error falls faster than any power of the spacing (Trefethen and Weideman 2014). With a spacing of half
/// a standard deviation, in the narrowest direction, it is below rounding. For other functions use ``AdaptiveSimpson``.
public enum TrapezoidalRule {
    /// ∬ f(x, y) dy dx over a rectangle, from the values at `count` × `count` points; points on the edge count half.
    ///
    /// - Parameters:
    ///   - xRange: finite.
    ///   - yRange: finite.
    ///   - count: points in each direction, 2 to 2000.
    /// - Throws: ``VerificationError`` if the function is not finite somewhere, or an argument is outside its range; the
    ///   function's own errors.
    public static func integral(
        of f: (Double, Double) throws -> Double, over xRange: ClosedRange<Double>, _ yRange: ClosedRange<Double>,
        count: Int = 101
    ) throws -> Double {
        let routine = "Trapezoidal rule"
        let (width, height) = (xRange.upperBound - xRange.lowerBound, yRange.upperBound - yRange.lowerBound)
        guard (2...2000).contains(count), width.isFinite, height.isFinite else {
            throw VerificationError.invalidArgument(
                routine: routine, rule: "it needs finite ranges and 2 to 2000 points in each direction")
        }
        let last = count - 1
        var sum = 0.0
        for i in 0...last {
            let x = xRange.lowerBound + width * (Double(i) / Double(last))
            var column = 0.0
            for j in 0...last {
                let y = yRange.lowerBound + height * (Double(j) / Double(last))
                let value = try f(x, y)
                guard value.isFinite else { throw VerificationError.notFinite(routine: routine, at: [x, y]) }
                column += j == 0 || j == last ? value / 2 : value
            }
            sum += i == 0 || i == last ? column / 2 : column
        }
        return sum * (width / Double(last)) * (height / Double(last))
    }
}
