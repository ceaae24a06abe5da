/// Panels in rows and columns, laid out: plots of equal size whose margins are as wide as their texts need.
struct PanelGrid {
    private var plans: [PanelPlan] = []
    private let columns: Int
    private let sharesX: Bool
    private let sharesY: Bool
    private var legend: LegendBlock?
    private var titles: [(panel: TextBlock?, x: TextBlock?, y: TextBlock?)] = []
    private var rowLegends: [LegendBlock?] = []
    /// Size of one plot.
    private var plot = Size(width: 0, height: 0)
    private var leftMargins: [Double] = []
    private var rightMargins: [Double] = []
    private var topMargins: [Double] = []
    private var bottomMargins: [Double] = []

    /// Distance between columns, and between rows, beyond what their texts need.
    private static let gap = Size(width: 22, height: 20)
    /// Height of the line of tick labels under a plot.
    private static let lineHeight = 20.0
    /// From the baseline of the title of y to the plot: room for half a tick label.
    private static let yTitleGap = 15.0
    /// Below a panel's title, and below a legend.
    private static let (titleGap, legendGap) = (11.0, 7.0)
    /// Plots smaller than this show nothing.
    private static let smallestPlot = 24.0
    /// A figure is at least as wide as this, so that its title has room.
    private static let smallestWidth = 440.0

    /// Lays panels out in the given size; a nil height follows from the width, and a nil width is chosen.
    init(
        _ panels: [Panel], columns: Int, sharesX: Bool, sharesY: Bool, width: Double?, height: Double?
    ) throws(FigureError) {
        self.columns = min(max(columns, 1), max(panels.count, 1))
        (self.sharesX, self.sharesY) = (sharesX, sharesY)
        guard !panels.isEmpty else { throw .invalidData("a figure needs a panel") }
        for layer in panels.flatMap(\.layers) { try layer.mark.validate() }
        plans = try PanelGrid.plans(panels, sharesX: sharesX, sharesY: sharesY)
        let total = width ?? (self.columns > 2 ? 760 : 664)
        if panels.count > 1 {
            let entries = plans.filter { $0.panel.legend == .automatic }.flatMap(\.entries)
            let unique = entries.enumerated().filter { entries.firstIndex(of: $1) == $0 }.map(\.element)
            if !unique.isEmpty { legend = try LegendBlock(unique, maxWidth: total) }
        }
        // Ticks need the plot's size, the size needs the margins, and the margins need the ticks: three rounds settle it.
        plot = Size(width: total / Double(self.columns) * 0.8, height: (height ?? 300) / Double(rows) * 0.7)
        for _ in 0..<3 {
            for index in plans.indices { try plans[index].chooseTicks(for: plotArea(of: plans[index])) }
            try measureMargins()
            plot.width = (total - leftMargins.total - rightMargins.total - gaps.width) / Double(self.columns)
            plot.height = (height.map { ($0 - fixedHeight) / Double(rows) }) ?? naturalHeight(isWidthFree: width == nil)
            guard plot.width >= PanelGrid.smallestPlot, plot.height >= PanelGrid.smallestPlot else {
                throw .tooSmall(Size(width: width ?? total, height: height ?? 0))
            }
        }
    }

    /// Size of all panels together with their margins.
    var size: Size {
        Size(
            width: max(
                PanelGrid.smallestWidth,
                leftMargins.total + rightMargins.total + gaps.width + plot.width * Double(columns)),
            height: fixedHeight + plot.height * Double(rows))
    }

    private var rows: Int { (plans.count + columns - 1) / columns }

    private var gaps: Size {
        Size(
            width: Double(columns - 1) * PanelGrid.gap.width, height: Double(rows - 1) * PanelGrid.gap.height)
    }

    private var legendHeight: Double { legend.map { $0.height + 12 } ?? 0 }

    private var fixedHeight: Double { legendHeight + topMargins.total + bottomMargins.total + gaps.height }

    /// Scales and texts of all panels; shared axes get the range of all.
    private static func plans(_ panels: [Panel], sharesX: Bool, sharesY: Bool) throws(FigureError) -> [PanelPlan] {
        // The shared axis first: which data it can show depends on its scale.
        var panels = panels
        for index in panels.indices {
            if sharesX { panels[index].x = panels[0].x }
            if sharesY { panels[index].y = panels[0].y }
        }
        var spans = panels.map { panel in
            panel.layers.map { $0.mark.extent(x: panel.x.scale, y: panel.y.scale) }.reduce(into: Extent()) {
                $0 = Extent(x: Span.union($0.x, $1.x), y: Span.union($0.y, $1.y))
            }
        }
        let all = Extent(
            x: spans.map(\.x).reduce(nil, Span.union), y: spans.map(\.y).reduce(nil, Span.union))
        for index in spans.indices {
            if sharesX { spans[index].x = all.x }
            if sharesY { spans[index].y = all.y }
        }
        var plans: [PanelPlan] = []
        for (panel, span) in zip(panels, spans) { plans.append(try PanelPlan(panel, x: span.x, y: span.y)) }
        return plans
    }

    /// Height per width that looks well for this number of panels; equal units decide for themselves, up to a limit.
    private mutating func naturalHeight(isWidthFree: Bool) -> Double {
        let limit = rows == 1 ? 400.0 : 300.0
        if let ratio = plans.compactMap(\.equalRatio).max() {
            if plot.width * ratio > limit, isWidthFree, plans.allSatisfy({ $0.panel.aspect == .equal }) {
                plot.width = limit / ratio
            }
            return max(min(plot.width * ratio, limit), PanelGrid.smallestPlot)
        }
        switch (columns, rows) {
        case (1, 1): return min(plot.width * 0.56, 340)
        case (1, _): return min(plot.width * 0.34, 200)
        case (2, _): return plot.width * 0.78
        default: return plot.width * 0.9
        }
    }

    private func isYLabelled(_ index: Int) -> Bool { !sharesY || index % columns == 0 }

    private func isXLabelled(_ index: Int) -> Bool { !sharesX || index + columns >= plans.count }

    private mutating func measureMargins() throws(FigureError) {
        leftMargins = [Double](repeating: 0, count: columns)
        rightMargins = [Double](repeating: 0, count: columns)
        topMargins = [Double](repeating: 0, count: rows)
        bottomMargins = [Double](repeating: 0, count: rows)
        (titles, rowLegends) = ([], [])
        for (index, plan) in plans.enumerated() {
            let (row, column) = (index / columns, index % columns)
            if isYLabelled(index), plan.yLabelWidth > 0 {
                leftMargins[column] = max(leftMargins[column], plan.yLabelWidth + 9)
            }
            rightMargins[column] = max(rightMargins[column], plan.rightMargin(plotWidth: plot.width))

            let available = plotArea(of: plan).width + leftMargins[column]
            let xTitle = sharesX ? (index == 0 ? plan.panel.x.title : nil) : plan.panel.x.title
            let yTitle = sharesY ? (index == 0 ? plan.panel.y.title : nil) : plan.panel.y.title
            let blocks = (
                panel: try plan.panel.title.map { label throws(FigureError) in
                    try TextBlock(
                        label, size: TextSize.body, isBold: true,
                        maxWidth: sharesY && columns > 1 ? plot.width : available)
                },
                x: try xTitle.map { label throws(FigureError) in
                    try TextBlock(label, size: TextSize.body, maxWidth: sharesX ? .infinity : available)
                },
                y: try yTitle.map { label throws(FigureError) in
                    try TextBlock(label, size: TextSize.body, maxWidth: sharesY && columns > 1 ? .infinity : available)
                }
            )
            titles.append(blocks)
            let isOwnLegend = plan.panel.legend == .above || (plan.panel.legend == .automatic && plans.count == 1)
            let ownLegend =
                isOwnLegend && !plan.entries.isEmpty ? try LegendBlock(plan.entries, maxWidth: available) : nil
            rowLegends.append(ownLegend)

            let head =
                (blocks.panel.map { $0.height + PanelGrid.titleGap } ?? 0)
                + (ownLegend.map { $0.height + PanelGrid.legendGap } ?? 0)
                + (blocks.y.map { $0.height + PanelGrid.yTitleGap } ?? 6)
            let bar = plan.colorBarTitle.map { $0.height + PanelGrid.yTitleGap } ?? 0
            topMargins[row] = max(topMargins[row], head, bar)
            let hasLabels = isXLabelled(index) && plan.xTicks.contains { $0.block != nil }
            var foot = hasLabels ? PanelGrid.lineHeight : 6
            if !sharesX, let title = blocks.x { foot += title.height + 13 }
            bottomMargins[row] = max(bottomMargins[row], foot)
        }
        if sharesX, let title = titles[0].x { bottomMargins[rows - 1] += title.height + 13 }
    }

    /// The size of a panel's plot: all of its room, or less for equal units.
    private func plotArea(of plan: PanelPlan) -> Size {
        guard let ratio = plan.equalRatio else { return plot }
        let width = min(plot.width, plot.height / ratio)
        return Size(width: width, height: width * ratio)
    }

    /// Draws everything, the top left corner at `origin`.
    func draw(at origin: Point, on canvas: any Canvas) throws {
        try legend?.draw(at: origin, on: canvas)
        var top = origin.y + legendHeight
        for row in 0..<rows {
            top += topMargins[row]
            var left = origin.x
            for column in 0..<columns {
                left += leftMargins[column]
                let index = row * columns + column
                if index < plans.count { try drawPanel(index, plotAt: Point(left, top), on: canvas) }
                left += plot.width + rightMargins[column] + PanelGrid.gap.width
            }
            top += plot.height + bottomMargins[row] + PanelGrid.gap.height
        }
        if sharesX, let title = titles[0].x {
            let left = origin.x + leftMargins[0]
            let right = origin.x + size.width - (rightMargins.last ?? 0)
            let bottom = origin.y + size.height
            try title.draw(
                at: Point((left + min(right, left + gridWidth)) / 2, bottom - 3), .bottom, color: .ink, on: canvas)
        }
    }

    /// From the first plot's left edge to the last one's right edge.
    private var gridWidth: Double {
        leftMargins.dropFirst().reduce(0, +) + rightMargins.dropLast().reduce(0, +) + gaps.width
            + plot.width * Double(columns)
    }

    private func drawPanel(_ index: Int, plotAt corner: Point, on canvas: any Canvas) throws {
        let plan = plans[index]
        let area = plotArea(of: plan)
        let rect = Rect(minX: corner.x, minY: corner.y, maxX: corner.x + area.width, maxY: corner.y + area.height)
        let (row, column) = (index / columns, index % columns)
        let texts = titles[index]
        var head = Point(corner.x - leftMargins[column], corner.y - topMargins[row])
        if sharesY, columns > 1 {
            // One title of y for all panels, above their own titles, which stand directly over the plots.
            try texts.y?.draw(at: head, .topLeft, color: .ink, on: canvas)
            try texts.panel?.draw(
                at: Point(corner.x, corner.y - PanelGrid.titleGap), .bottomLeft, color: .ink, on: canvas)
        } else {
            if let title = texts.panel {
                try title.draw(at: head, .topLeft, color: .ink, on: canvas)
                head.y += title.height + PanelGrid.titleGap
            }
            try rowLegends[index]?.draw(at: Point(head.x, head.y - 3), on: canvas)
            try texts.y?.draw(
                at: Point(head.x, corner.y - PanelGrid.yTitleGap), .bottomLeft, color: .ink, on: canvas)
        }
        if !sharesX, let title = texts.x {
            let bottom = Point(rect.center.x, rect.maxY + PanelGrid.lineHeight + 11)
            try title.draw(at: bottom, .top, color: .ink, on: canvas)
        }
        try PanelDrawing(plan: plan, rect: rect, showsXLabels: isXLabelled(index), showsYLabels: isYLabelled(index))
            .draw(on: canvas)
    }
}

extension Sequence<Double> {
    /// The sum.
    fileprivate var total: Double { reduce(0, +) }
}
