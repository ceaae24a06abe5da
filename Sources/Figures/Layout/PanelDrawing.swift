/// Draws one panel whose plot's place is known.
struct PanelDrawing {
    let plan: PanelPlan
    let rect: Rect
    let showsXLabels: Bool
    let showsYLabels: Bool

    private var frame: PlotFrame {
        PlotFrame(rect: rect, x: plan.xScale, y: plan.yScale, textBounds: rect.insetBy(4))
    }

    func draw(on canvas: any Canvas) throws {
        drawGrid(on: canvas)
        try drawAxes(on: canvas)
        var frame = self.frame
        frame.notes = try plan.panel.layers.flatMap { try $0.mark.notes(in: self.frame) }
        for layer in plan.panel.layers { try layer.mark.draw(in: frame, on: canvas) }
        try drawEndLabels(on: canvas)
        try drawInnerLabels(on: canvas)
        try drawCornerLegend(on: canvas)
        try drawColorBar(on: canvas)
    }

    private func drawGrid(on canvas: any Canvas) {
        var lines = Path()
        for x in plan.xTicks.compactMap({ frame.pixel(x: $0.value) }) {
            lines.add([Point(x, rect.minY), Point(x, rect.maxY)])
        }
        for y in plan.yTicks.compactMap({ frame.pixel(y: $0.value) }) {
            lines.add([Point(rect.minX, y), Point(rect.maxX, y)])
        }
        if !lines.isEmpty { canvas.stroke(lines, style: LineStyle(.gridLine, width: 1)) }
    }

    private func drawAxes(on canvas: any Canvas) throws {
        var lines = Path()
        if plan.panel.x.hasLine { lines.add([Point(rect.minX, rect.maxY), Point(rect.maxX, rect.maxY)]) }
        for tick in plan.xTicks {
            guard let x = frame.pixel(x: tick.value) else { continue }
            lines.add([Point(x, rect.maxY), Point(x, rect.maxY + 4)])
            guard showsXLabels else { continue }
            try tick.block?.draw(at: Point(x, rect.maxY + 9), .top, color: .quietInk, on: canvas)
        }
        if !lines.isEmpty { canvas.stroke(lines, style: LineStyle(.axisLine, width: 1)) }
        guard showsYLabels else { return }
        for tick in plan.yTicks {
            guard let y = frame.pixel(y: tick.value) else { continue }
            try tick.block?.draw(at: Point(rect.minX - 8, y), .right, color: .quietInk, on: canvas)
        }
    }

    /// Labels in the right margin, moved apart; a short line leads from a line's end to a label that had to move.
    private func drawEndLabels(on canvas: any Canvas) throws {
        let ends = plan.endLabels.map { min(max(frame.pixel(y: $0.label.at.y) ?? rect.maxY, rect.minY), rect.maxY) }
        let heights = plan.endLabels.map { $0.block.height + 7 }
        let bounds = (rect.minY - 8)...(rect.maxY + 8)
        let places = LabelPlacement.spread(ends, heights: heights, within: bounds)
        for (index, (block, label)) in plan.endLabels.enumerated() {
            let color = label.color.forText
            if abs(places[index] - ends[index]) > 3 {
                let leader = Path([Point(rect.maxX + 1, ends[index]), Point(rect.maxX + 8, places[index])])
                canvas.stroke(leader, style: LineStyle(color.opacity(0.6), width: 0.9))
            }
            try block.draw(at: Point(rect.maxX + 10, places[index]), .left, color: color, on: canvas)
        }
    }

    /// Labels beside line ends inside the plot: right of the end, else above or below, else left of it, wherever there is
    /// room first.
    private func drawInnerLabels(on canvas: any Canvas) throws {
        var taken: [Rect] = []
        for (block, label) in plan.innerLabels {
            guard let end = frame.visiblePixel(label.at) else { continue }
            let gap = 9.0
            let above = (point: Point(end.x, end.y - gap), anchor: Anchor.bottom)
            let below = (point: Point(end.x, end.y + gap), anchor: Anchor.top)
            let comesFromAbove = label.previous.flatMap(frame.pixel).map { $0.y < end.y } ?? false
            let places: [(point: Point, anchor: Anchor)] = [
                (Point(end.x + gap, end.y), .left), comesFromAbove ? below : above, comesFromAbove ? above : below,
                (Point(end.x - gap, end.y), .right),
                (Point(end.x + gap, end.y - gap), .bottomLeft), (Point(end.x + gap, end.y + gap), .topLeft),
            ]
            let free = places.first { place in
                let box = block.box(at: place.point, place.anchor).insetBy(-2)
                return box.corners.allSatisfy { rect.contains($0) } && !taken.contains(where: box.overlaps)
            }
            let anchor = free?.anchor ?? .left
            let point = block.keptInside(frame.textBounds, at: free?.point ?? places[0].point, anchor)
            taken.append(block.box(at: point, anchor).insetBy(-2))
            try block.drawOnChip(at: point, anchor, color: label.color.forText, on: canvas)
        }
    }

    private func drawCornerLegend(on canvas: any Canvas) throws {
        guard let corner = plan.panel.legend.corner, !plan.entries.isEmpty else { return }
        let legend = try LegendBlock(plan.entries, maxWidth: rect.width * 0.6, isList: true)
        let margin = 10.0
        let x = corner.horizontal == 0 ? rect.minX + margin : rect.maxX - margin - legend.width
        let y = corner.vertical == 0 ? rect.minY + margin : rect.maxY - margin - legend.height
        let box = Rect(minX: x - 6, minY: y - 3, maxX: x + legend.width + 6, maxY: y + legend.height + 3)
        canvas.fill(Path(box, radius: 4), color: .white.opacity(0.88))
        try legend.draw(at: Point(x, y), on: canvas)
    }

    private func drawColorBar(on canvas: any Canvas) throws {
        guard let bar = plan.colorBar else { return }
        let left = rect.maxX + ColorBar.distance
        // Strips overlap downwards, so that no seams show.
        let strips = HeatMapMark.shades
        for index in stride(from: strips - 1, through: 0, by: -1) {
            let top = rect.maxY - rect.height * Double(index + 1) / Double(strips)
            let strip = Rect(minX: left, minY: top, maxX: left + ColorBar.width, maxY: rect.maxY)
            canvas.fill(Path(strip), color: bar.scale.color(at: Double(index) / Double(strips - 1)))
        }
        let outline = Rect(minX: left, minY: rect.minY, maxX: left + ColorBar.width, maxY: rect.maxY)
        canvas.stroke(Path(outline), style: LineStyle(.axisLine, width: 0.5))
        for tick in plan.colorBarTicks {
            // A range that is hardly one is widened for its ticks: those that the bar does not reach are not its own.
            let share = bar.range.share(of: tick.value)
            guard (-0.001...1.001).contains(share) else { continue }
            let y = rect.maxY - share * rect.height
            canvas.stroke(
                Path([Point(left + ColorBar.width - 4, y), Point(left + ColorBar.width, y)]),
                style: LineStyle(.white, width: 1))
            try tick.block?.draw(at: Point(left + ColorBar.width + 6, y), .left, color: .quietInk, on: canvas)
        }
        try plan.colorBarTitle?.draw(at: Point(left, rect.minY - 15), .bottomLeft, color: .ink, on: canvas)
    }
}
