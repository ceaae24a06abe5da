extension Layer {
    /// A note in the plot.
    ///
    /// - Parameters:
    ///   - point: where the text stands, in data coordinates.
    ///   - anchor: which point of the text is there; `.left` puts the text to the right of the point. The text keeps a small
    ///     distance, and is moved inwards if it would reach beyond the panel.
    ///   - target: a point to which a thin line leads from the text.
    public static func annotation(
        _ text: Label, at point: Point, anchor: Anchor = .left, pointingAt target: Point? = nil, color: Color = .ink
    ) -> Layer {
        Layer(AnnotationMark(text: text, point: point, anchor: anchor, target: target, color: color))
    }

    /// A vertical line at `x` over the whole height.
    public static func rule(x: Double, style: LineStyle = .reference, label: Label? = nil) -> Layer {
        Layer(RuleMark(value: x, isVertical: true, style: style, ruleLabel: label))
    }

    /// A horizontal line at `y` over the whole width.
    public static func rule(y: Double, style: LineStyle = .reference, label: Label? = nil) -> Layer {
        Layer(RuleMark(value: y, isVertical: false, style: style, ruleLabel: label))
    }
}

struct AnnotationMark: Mark {
    var text: Label
    var point: Point
    var anchor: Anchor
    var target: Point?
    var color: Color

    func extent(x: Axis.Scale, y: Axis.Scale) -> Extent {
        Extent([point] + (target.map { [$0] } ?? []), x: x, y: y)
    }

    /// So much is left free around a note, so that two texts are not read as one.
    private static let room = 10.0

    func notes(in frame: PlotFrame) throws -> [Rect] {
        try placed(in: frame).map { [$0.block.box(at: $0.place, anchor).insetBy(-Self.room)] } ?? []
    }

    /// The text, set, and where it stands; nil if its point is outside the plot.
    private func placed(in frame: PlotFrame) throws -> (block: TextBlock, place: Point)? {
        let block = try TextBlock(text, size: TextSize.note)
        guard let pixel = frame.visiblePixel(point) else { return nil }
        let distance = 6.0
        let shifted = Point(
            pixel.x + distance * (1 - 2 * anchor.horizontal), pixel.y + distance * (1 - 2 * anchor.vertical))
        return (block, block.keptInside(frame.textBounds, at: shifted, anchor))
    }

    func draw(in frame: PlotFrame, on canvas: any Canvas) throws {
        guard let (block, place) = try placed(in: frame) else { return }
        let box = block.box(at: place, anchor)
        if let target = target.flatMap(frame.visiblePixel) {
            let leader = LeaderLine(from: box, to: target)
            canvas.stroke(Path(leader.points), style: LineStyle(color.mixed(with: .white, by: 0.35), width: 1))
        }
        try block.drawOnChip(at: place, anchor, color: color.forText, on: canvas)
    }
}

/// A thin line from a text to what it is about, a little shorter at both ends.
private struct LeaderLine {
    var points: [Point]

    init(from box: Rect, to target: Point) {
        // A target at the side is pointed at from the middle of that side, one above or below from the nearest place.
        let isBeside = target.x < box.minX - 10 || target.x > box.maxX + 10
        let start =
            isBeside
            ? Point(target.x < box.minX ? box.minX - 4 : box.maxX + 4, box.center.y)
            : Point(min(max(target.x, box.minX), box.maxX), target.y < box.minY ? box.minY - 4 : box.maxY + 5)
        let (dx, dy) = (target.x - start.x, target.y - start.y)
        let length = (dx * dx + dy * dy).squareRoot()
        let share = length > 12 ? 1 - 4 / length : 1
        points = [start, Point(start.x + share * dx, start.y + share * dy)]
    }
}

struct RuleMark: Mark {
    var value: Double
    var isVertical: Bool
    var style: LineStyle
    var ruleLabel: Label?

    func extent(x: Axis.Scale, y: Axis.Scale) -> Extent {
        isVertical ? Extent(x: Span([value], on: x)) : Extent(y: Span([value], on: y))
    }

    func draw(in frame: PlotFrame, on canvas: any Canvas) throws {
        let block = try ruleLabel.map { label throws(FigureError) in try TextBlock(label, size: TextSize.note) }
        let rect = frame.rect
        if isVertical {
            guard let x = frame.pixel(x: value), x >= rect.minX - 0.5, x <= rect.maxX + 0.5 else { return }
            canvas.stroke(Path([Point(x, rect.maxY), Point(x, rect.minY)]), style: style)
            guard let block else { return }
            // At the top, on the side with more room.
            let isRight = x < rect.center.x
            let anchor: Anchor = isRight ? .topLeft : .topRight
            let place = block.keptInside(frame.textBounds, at: Point(x + (isRight ? 6 : -6), rect.minY + 4), anchor)
            try block.drawOnChip(at: place, anchor, color: style.color.forText, on: canvas)
        } else {
            guard let y = frame.pixel(y: value), y >= rect.minY - 0.5, y <= rect.maxY + 0.5 else { return }
            canvas.stroke(Path([Point(rect.minX, y), Point(rect.maxX, y)]), style: style)
            guard let block else { return }
            // At the right end, above the line if there is room.
            let isAbove = y - block.height - 8 > rect.minY
            let anchor: Anchor = isAbove ? .bottomRight : .topRight
            let place = block.keptInside(frame.textBounds, at: Point(rect.maxX - 4, y + (isAbove ? -6 : 6)), anchor)
            try block.drawOnChip(at: place, anchor, color: style.color.forText, on: canvas)
        }
    }
}

extension TextBlock {
    /// The point nearest to `point` at which the text is inside the bounds (if it fits there at all).
    func keptInside(_ bounds: Rect, at point: Point, _ anchor: Anchor) -> Point {
        let box = box(at: point, anchor)
        var moved = point
        if box.maxX > bounds.maxX { moved.x -= box.maxX - bounds.maxX }
        if box.minX + (moved.x - point.x) < bounds.minX { moved.x = point.x + bounds.minX - box.minX }
        if box.maxY + descent > bounds.maxY { moved.y -= box.maxY + descent - bounds.maxY }
        if box.minY + (moved.y - point.y) < bounds.minY { moved.y = point.y + bounds.minY - box.minY }
        return moved
    }

    /// Draws the text on a nearly opaque white ground, so that it can be read over lines and points.
    func drawOnChip(at point: Point, _ anchor: Anchor, color: Color, on canvas: any Canvas) throws {
        let box = box(at: point, anchor)
        let chip = Rect(minX: box.minX - 3, minY: box.minY - 3, maxX: box.maxX + 3, maxY: box.maxY + descent + 1)
        canvas.fill(Path(chip, radius: 3), color: .white.opacity(0.82))
        try draw(at: point, anchor, color: color, on: canvas)
    }
}
