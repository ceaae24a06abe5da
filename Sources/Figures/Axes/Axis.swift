/// One axis of a panel: title, range, ticks and scale.
public struct Axis: Sendable {
    /// How values become positions.
    public enum Scale: Hashable, Sendable {
        /// In proportion.
        case linear
        /// In proportion to the logarithm; values that are not positive are not drawn.
        case logarithmic
    }

    /// Which ticks the axis has.
    public enum Ticks: Sendable {
        /// As many as fit well, by the extended Wilkinson algorithm.
        case automatic
        /// About as many as given, by the same algorithm (fewer, if the labels would touch).
        case wanted(Int)
        /// Whole numbers only: counts, iterations.
        case integers
        /// These values. If the labels would touch, only every second (third …) is labelled.
        case at([Double])
        /// These values with these labels.
        case labelled([(value: Double, label: Label)])
        /// None.
        case none
    }

    /// How tick labels are written: once per axis, all with the same number of decimals.
    public enum Format: Hashable, Sendable {
        /// As many decimals as the ticks need; powers of ten for very large and very small numbers.
        case automatic
        /// This number of decimals (0 to 12).
        case decimals(Int)
        /// 0.25 as 25 %.
        case percent
    }

    /// What the axis shows, with its unit.
    public var title: Label?
    /// From where to where; nil takes the range of the data and a little more.
    public var range: ClosedRange<Double>?
    /// Which ticks.
    public var ticks: Ticks
    /// Linear or logarithmic.
    public var scale: Scale
    /// How tick labels are written.
    public var format: Format
    /// Whether a range taken from the data is widened to include 0.
    public var includesZero: Bool
    /// Whether a horizontal axis is drawn as a line below the plot: not where a panel shows a shape instead of a graph. (A
    /// vertical axis has no line.)
    public var hasLine: Bool

    /// An axis; every part but the title has a sensible default.
    public init(
        _ title: Label? = nil, range: ClosedRange<Double>? = nil, ticks: Ticks = .automatic, scale: Scale = .linear,
        format: Format = .automatic, includesZero: Bool = false, hasLine: Bool = true
    ) {
        self.title = title
        self.range = range
        self.ticks = ticks
        self.scale = scale
        self.format = format
        self.includesZero = includesZero
        self.hasLine = hasLine
    }
}

/// A tick: where, and what is written there.
struct Tick: Hashable {
    var value: Double
    var label: Label
}
