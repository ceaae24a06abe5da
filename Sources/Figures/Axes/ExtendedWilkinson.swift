#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Tick positions by the extended Wilkinson algorithm.
///
/// Among all sequences start·q·10ᶻ with q from a list of nice numbers it chooses the one with the best weighted sum of
/// simplicity, coverage of the data, and closeness to the wanted number of ticks. (Legibility, the fourth term of the paper, is
/// left to the layout, which measures the labels.) Ticks may lie a little outside the data.
///
/// Reference: Talbot, Lin and Hanrahan, "An extension of Wilkinson's algorithm for positioning tick labels on axes",
/// IEEE Transactions on Visualization and Computer Graphics 16 (2010).
enum ExtendedWilkinson {
    /// Nice steps, the nicest first.
    private static let nice: [Double] = [1, 5, 2, 2.5, 4, 3]
    /// The paper's weights; legibility counts as 1 throughout.
    private static let (simplicityWeight, coverageWeight, densityWeight, legibilityWeight) = (0.25, 0.2, 0.5, 0.05)

    /// A sequence of ticks: whole multiples of `q` times a power of ten.
    private struct Sequence {
        var first: Double
        var skip: Double
        var count: Int
        var q: Double
        var exponent: Double
    }

    /// The ticks for data from `low` to `high`, both finite and `low < high`.
    static func ticks(from low: Double, to high: Double, wanted: Int) -> [Double] {
        // Work near 1: the range may be as small as 1e-300 or as large as 1e300.
        let unit = floor(log10(max(abs(low), abs(high))))
        let (from, to) = (scaled(low, by: -unit), scaled(high, by: -unit))
        guard unit.isFinite, from.isFinite, to.isFinite, from < to,
            let best = search(from, to, min(max(wanted, 2), 50))
        else { return [low] }
        var ticks: [Double] = []
        for index in 0..<best.count {
            let tick = scaled((best.first + Double(index) * best.skip) * best.q, by: best.exponent + unit)
            // In ranges of a few rounding units neighbours can coincide.
            if tick.isFinite, ticks.last.map({ $0 < tick }) ?? true { ticks.append(tick) }
        }
        return ticks
    }

    /// `value` times a power of ten. Dividing by a positive power rounds once, where multiplying by a negative one rounds twice
    /// and gives 12.000000000000002; beyond 10¹⁵⁴ in two steps, because the power itself would overflow.
    private static func scaled(_ value: Double, by exponent: Double) -> Double {
        if abs(exponent) > 154 {
            let half = (exponent / 2).rounded(.towardZero)
            return scaled(scaled(value, by: half), by: exponent - half)
        }
        return exponent < 0 ? value / pow(10, -exponent) : value * pow(10, exponent)
    }

    private static func search(_ low: Double, _ high: Double, _ wanted: Int) -> Sequence? {
        var best = -2.0
        var result: Sequence?
        func score(_ simplicity: Double, _ coverage: Double, _ density: Double) -> Double {
            simplicityWeight * simplicity + coverageWeight * coverage + densityWeight * density + legibilityWeight
        }
        // The upper bounds end every loop early; `limit` only guards against rounding.
        let limit = 200
        search: for skip in 1..<limit {
            for (rank, q) in nice.enumerated() {
                let simplicityBound = 1 - Double(rank) / Double(nice.count - 1) - Double(skip) + 1
                if score(simplicityBound, 1, 1) < best { break search }
                for count in 2..<limit {
                    let densityBound = count >= wanted ? 2 - Double(count - 1) / Double(wanted - 1) : 1
                    if score(simplicityBound, 1, densityBound) < best { break }
                    let leastStep = (high - low) / Double(count + 1) / Double(skip) / q
                    var exponent = ceil(log10(leastStep))
                    for _ in 0..<limit {
                        let step = Double(skip) * q * pow(10, exponent)
                        let span = step * Double(count - 1)
                        let coverageBound = span > high - low ? coverage(low, high, (span - (high - low)) / 2) : 1
                        if score(simplicityBound, coverageBound, densityBound) < best { break }
                        let power = exponent
                        exponent += 1
                        let first = floor(high / step) * Double(skip) - Double((count - 1) * skip)
                        let last = ceil(low / step) * Double(skip)
                        for start in stride(from: first, through: last, by: 1) {
                            let from = start * (step / Double(skip))
                            let total = score(
                                simplicityBound - (includesZero(from, from + span, step) ? 0 : 1),
                                coverage(low, high, from, from + span), density(count, wanted, low, high, from, span))
                            if total > best {
                                best = total
                                result = Sequence(
                                    first: start, skip: Double(skip), count: count, q: q, exponent: power)
                            }
                        }
                    }
                }
            }
        }
        return result
    }

    /// Whether 0 is one of the ticks, which makes them simpler.
    private static func includesZero(_ from: Double, _ to: Double, _ step: Double) -> Bool {
        let remainder = abs(from.truncatingRemainder(dividingBy: step))
        return (remainder < 1e-10 * step || step - remainder < 1e-10 * step) && from <= 1e-10 * step
            && to >= -1e-10 * step
    }

    /// 1 minus the squared overhang at both ends, in tenths of the range.
    private static func coverage(_ low: Double, _ high: Double, _ from: Double, _ to: Double) -> Double {
        let tenth = 0.1 * (high - low)
        return 1 - 0.5 * ((high - to) * (high - to) + (low - from) * (low - from)) / (tenth * tenth)
    }

    /// The coverage of ticks that reach `overhang` beyond the data on both sides.
    private static func coverage(_ low: Double, _ high: Double, _ overhang: Double) -> Double {
        coverage(low, high, low - overhang, high + overhang)
    }

    /// 1 if the ticks are as close to each other as wanted, less if closer or further apart.
    private static func density(
        _ count: Int, _ wanted: Int, _ low: Double, _ high: Double, _ from: Double, _ span: Double
    ) -> Double {
        let actual = Double(count - 1) / span
        let ideal = Double(wanted - 1) / (max(from + span, high) - min(from, low))
        return 2 - max(actual / ideal, ideal / actual)
    }
}
