#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// An axis with its range decided: turns values into shares of the axis' length.
struct AxisScale: Hashable {
    let kind: Axis.Scale
    let lower: Double
    let upper: Double

    /// Numbers below, which have lost digits, count as zero on a logarithmic axis: between two of them there may be no third.
    static let leastLogarithmic = Double.leastNormalMagnitude

    /// The scale of an axis.
    ///
    /// - Parameter span: the range of the data, or nil without finite data.
    /// - Throws: `FigureError.invalidData` for a stated range which is infinite, or not positive on a logarithmic axis.
    init(_ axis: Axis, data span: Span?) throws(FigureError) {
        kind = axis.scale
        if let range = axis.range {
            guard range.lowerBound.isFinite, range.upperBound.isFinite else {
                throw .invalidData("the range of an axis must be finite, not \(range)")
            }
            guard kind == .linear || range.lowerBound >= AxisScale.leastLogarithmic else {
                throw .invalidData("the range of a logarithmic axis must be positive, not \(range)")
            }
            (lower, upper) = AxisScale.separated(range.lowerBound, range.upperBound, kind)
            return
        }
        guard var span else {
            (lower, upper) = kind == .linear ? (0, 1) : (1, 10)
            return
        }
        if axis.includesZero && kind == .linear { span.add(0, isTight: true) }
        let (low, high) = AxisScale.separated(span.lower, span.upper, kind)
        let wasSeparated = low < span.lower || high > span.upper
        (lower, upper) = AxisScale.padded(
            low, high, kind, bottom: !wasSeparated && !span.isLowerTight, top: !wasSeparated && !span.isUpperTight)
    }

    /// Share of the axis' length, 0 at the lower end; nil for values which have no place (NaN, infinite, not positive on a
    /// logarithmic axis).
    func share(of value: Double) -> Double? {
        guard value.isFinite else { return nil }
        switch kind {
        case .linear:
            return (lower...upper).share(of: value)
        case .logarithmic:
            return value >= AxisScale.leastLogarithmic ? (log(value) - log(lower)) / (log(upper) - log(lower)) : nil
        }
    }

    /// Moves two ends apart that are equal, or so close that rounding would be visible.
    private static func separated(_ low: Double, _ high: Double, _ kind: Axis.Scale) -> (Double, Double) {
        if kind == .logarithmic {
            guard log(high) - log(low) < 1e-9 else { return (low, high) }
            return (max(low / 2, leastLogarithmic), min(high * 2, .greatestFiniteMagnitude))
        }
        let size = max(abs(low), abs(high))
        guard size >= 1e-307 else { return (-1, 1) }
        guard high / size - low / size < 1e-12 else { return (low, high) }
        let margin = size * 0.1
        return (
            max(low - margin, -.greatestFiniteMagnitude), min(high + margin, .greatestFiniteMagnitude)
        )
    }

    /// A margin of 4 % at the ends that may have one.
    private static func padded(
        _ low: Double, _ high: Double, _ kind: Axis.Scale, bottom: Bool, top: Bool
    ) -> (Double, Double) {
        let share = 0.04
        if kind == .logarithmic {
            let factor = pow(high / low, share)
            guard factor.isFinite else { return (low, high) }
            let (l, h) = (bottom ? low / factor : low, top ? high * factor : high)
            return (max(l, leastLogarithmic), min(h, .greatestFiniteMagnitude))
        }
        let margin = high * share - low * share
        let (l, h) = (bottom ? low - margin : low, top ? high + margin : high)
        return (max(l, -.greatestFiniteMagnitude), min(h, .greatestFiniteMagnitude))
    }
}

/// The range of data along one axis.
struct Span: Hashable {
    private(set) var lower: Double
    private(set) var upper: Double
    /// Whether the axis should begin (end) exactly here, without a margin: the foot of bars, the edge of a heat map.
    private(set) var isLowerTight = false
    private(set) var isUpperTight = false

    /// The range of the values that an axis can show: finite, and positive if it is logarithmic. Nil if there is none.
    init?(_ values: some Sequence<Double>, on scale: Axis.Scale = .linear, isTight: Bool = false) {
        var found: (Double, Double)?
        for value in values where value.isFinite && (scale == .linear || value >= AxisScale.leastLogarithmic) {
            found = found.map { (min($0.0, value), max($0.1, value)) } ?? (value, value)
        }
        guard let found else { return nil }
        (lower, upper) = found
        (isLowerTight, isUpperTight) = (isTight, isTight)
    }

    /// Widens the range to a value.
    mutating func add(_ value: Double, isTight: Bool) {
        if value < lower || (value == lower && isTight) { (lower, isLowerTight) = (value, isTight) }
        if value > upper || (value == upper && isTight) { (upper, isUpperTight) = (value, isTight) }
    }

    /// The range that covers both.
    static func union(_ a: Span?, _ b: Span?) -> Span? {
        guard var result = a else { return b }
        guard let b else { return result }
        if b.lower < result.lower || (b.lower == result.lower && b.isLowerTight) {
            (result.lower, result.isLowerTight) = (b.lower, b.isLowerTight)
        }
        if b.upper > result.upper || (b.upper == result.upper && b.isUpperTight) {
            (result.upper, result.isUpperTight) = (b.upper, b.isUpperTight)
        }
        return result
    }
}
