/// A panel with everything decided that does not depend on its place: scales, texts, and the room they need.
struct PanelPlan {
    /// A tick with its label set; nil where the label would touch its neighbour's.
    struct PlacedTick {
        var value: Double
        var block: TextBlock?
    }

    let panel: Panel
    let xScale: AxisScale
    let yScale: AxisScale
    /// Labels at the ends of lines that reach the right edge: they stand in the margin.
    let endLabels: [(block: TextBlock, label: DirectLabel)]
    /// Labels at the ends of lines that end inside the plot.
    let innerLabels: [(block: TextBlock, label: DirectLabel)]
    /// Entries for a legend above the panel (or above the figure), or in a corner.
    let entries: [LegendEntry]
    let colorBar: ColorBar?
    let colorBarTitle: TextBlock?

    var xTicks: [PlacedTick] = []
    var yTicks: [PlacedTick] = []
    var colorBarTicks: [PlacedTick] = []

    init(_ panel: Panel, x: Span?, y: Span?) throws(FigureError) {
        self.panel = panel
        xScale = try AxisScale(panel.x, data: x)
        yScale = try AxisScale(panel.y, data: y)
        guard panel.aspect == .free || (panel.x.scale == .linear && panel.y.scale == .linear) else {
            throw .invalidData("equal units need linear axes")
        }
        var ends: [(TextBlock, DirectLabel)] = []
        var inner: [(TextBlock, DirectLabel)] = []
        var entries: [LegendEntry] = []
        for mark in panel.layers.map(\.mark) {
            guard let label = mark.label, let swatch = mark.swatch, panel.legend != .none else { continue }
            if panel.legend == .automatic, let direct = mark.directLabel {
                let block = try TextBlock(label, size: TextSize.body, maxWidth: 170)
                // Near the right edge the label goes into the margin, where it covers nothing.
                if xScale.share(of: direct.at.x) ?? 1 > 0.93 {
                    ends.append((block, direct))
                } else {
                    inner.append((block, direct))
                }
            } else if !entries.contains(LegendEntry(swatch: swatch, label: label)) {
                entries.append(LegendEntry(swatch: swatch, label: label))
            }
        }
        (endLabels, innerLabels, self.entries) = (ends, inner, entries)
        colorBar = panel.layers.lazy.compactMap(\.mark.colorBar).first
        colorBarTitle = try colorBar?.title.map { label throws(FigureError) in
            try TextBlock(label, size: TextSize.body, maxWidth: 170)
        }
    }

    /// Chooses ticks for a plot of the given size.
    mutating func chooseTicks(for size: Size) throws(FigureError) {
        let wanted = (x: Int(clamping: size.width / 62), y: Int(clamping: size.height / 50))
        xTicks = try PanelPlan.ticks(panel.x, xScale, length: size.width, wanted: wanted.x) { $0.width + 12 }
        var y = panel.y
        if panel.aspect == .equal, case .automatic = panel.y.ticks, case .automatic = panel.x.ticks {
            y.ticks = ticksWithStepOfX() ?? .automatic
        }
        yTicks = try PanelPlan.ticks(y, yScale, length: size.height, wanted: wanted.y) { $0.height * 1.7 }
        guard let colorBar else { return }
        let axis = Axis(range: colorBar.range)
        colorBarTicks = try PanelPlan.ticks(
            axis, AxisScale(axis, data: nil), length: size.height, wanted: Int(clamping: size.height / 50)
        ) { $0.height * 1.7 }
    }

    /// Where units are equally long the same steps on both axes make a grid of squares; nil if y would have too few or too many.
    private func ticksWithStepOfX() -> Axis.Ticks? {
        guard xTicks.count > 1 else { return nil }
        let step = xTicks[1].value - xTicks[0].value
        let (first, last) = ((yScale.lower / step - 1e-9).rounded(.up), (yScale.upper / step + 1e-9).rounded(.down))
        guard step > 0, (1...12).contains(last - first) else { return nil }
        return .at(stride(from: first, through: last, by: 1).map { $0 * step })
    }

    /// Width of the widest y label.
    var yLabelWidth: Double { yTicks.compactMap(\.block?.width).max() ?? 0 }

    /// Room needed at the right of the plot.
    func rightMargin(plotWidth: Double) -> Double {
        let overhang =
            xTicks.compactMap { tick -> Double? in
                guard let block = tick.block, let share = xScale.share(of: tick.value) else { return nil }
                return share * plotWidth + block.width / 2 - plotWidth
            }.max() ?? 0
        let labels = endLabels.map(\.block.width).max().map { $0 + 10 } ?? 0
        let bar = colorBar.map { _ in
            ColorBar.distance
                + max(
                    ColorBar.width + 6 + (colorBarTicks.compactMap(\.block?.width).max() ?? 0),
                    colorBarTitle?.width ?? 0)
        }
        return max(overhang, labels, bar ?? 0, 2)
    }

    /// Height of a plot with equal units, per width; nil if the panel is free.
    var equalRatio: Double? {
        guard panel.aspect == .equal else { return nil }
        let ratio = (yScale.upper - yScale.lower) / (xScale.upper - xScale.lower)
        return ratio.isFinite && ratio > 0 ? min(max(ratio, 0.05), 20) : 1
    }

    /// As many ticks as wanted, or fewer if their labels would touch; if the ticks are given, labels are left out instead.
    private static func ticks(
        _ axis: Axis, _ scale: AxisScale, length: Double, wanted: Int, extent: (TextBlock) -> Double
    ) throws(FigureError) -> [PlacedTick] {
        var ticks: [PlacedTick] = []
        for count in stride(from: min(max(wanted, 3), 12), through: 2, by: -1) {
            ticks = []
            for tick in axis.resolvedTicks(on: scale, wanted: count) {
                ticks.append(PlacedTick(value: tick.value, block: try TextBlock(tick.label, size: TextSize.note)))
            }
            if fits(ticks, scale, length, extent) { return ticks }
        }
        for keep in 2..<max(ticks.count, 3) {
            let thinned = ticks.enumerated().map { index, tick in
                PlacedTick(value: tick.value, block: index % keep == 0 ? tick.block : nil)
            }
            if fits(thinned, scale, length, extent) { return thinned }
        }
        return ticks.enumerated().map { PlacedTick(value: $1.value, block: $0 == 0 ? $1.block : nil) }
    }

    private static func fits(
        _ ticks: [PlacedTick], _ scale: AxisScale, _ length: Double, _ extent: (TextBlock) -> Double
    ) -> Bool {
        let places = ticks.compactMap { tick -> (Double, Double)? in
            guard let block = tick.block, let share = scale.share(of: tick.value) else { return nil }
            return (share * length, extent(block) / 2)
        }.sorted { $0.0 < $1.0 }
        return zip(places, places.dropFirst()).allSatisfy { $0.0 + $0.1 <= $1.0 - $1.1 }
    }
}

extension ColorBar {
    /// Distance from the plot, in pixels.
    static let distance = 16.0
    /// Width of the bar.
    static let width = 13.0
}
