#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// An arrow in data coordinates.
public struct Arrow: Hashable, Sendable {
    /// Where the arrow begins.
    public var from: Point
    /// Where its tip is.
    public var to: Point

    /// An arrow between two points.
    public init(from: Point, to: Point) {
        self.from = from
        self.to = to
    }
}

extension Layer {
    /// Arrows: steps of an iteration, gradients. Arrows with NaN or infinite ends are left out.
    public static func arrows(
        _ arrows: [Arrow], style: LineStyle = LineStyle(.blue, width: 1.3), label: Label? = nil
    ) -> Layer {
        Layer(ArrowsMark(arrows: arrows, style: style, label: label))
    }
}

struct ArrowsMark: Mark {
    var arrows: [Arrow]
    var style: LineStyle
    var label: Label?

    var swatch: Swatch? { .line(style, nil) }

    func extent(x: Axis.Scale, y: Axis.Scale) -> Extent {
        Extent(arrows.flatMap { [$0.from, $0.to] }, x: x, y: y)
    }

    func draw(in frame: PlotFrame, on canvas: any Canvas) {
        var (shafts, heads) = (Path(), Path())
        for arrow in arrows {
            guard let from = frame.pixel(arrow.from), let to = frame.pixel(arrow.to) else { continue }
            let head = ArrowHead(from: from, to: to, length: 4.5 + 2.2 * style.width)
            if let (a, b) = frame.rect.clipped(from: from, to: head.base) { shafts.add([a, b]) }
            if frame.rect.contains(to, tolerance: 0.5) { heads.add(head.points, closed: true) }
        }
        if !shafts.isEmpty { canvas.stroke(shafts, style: style) }
        if !heads.isEmpty { canvas.fill(heads, color: style.color) }
    }
}

/// The triangle at an arrow's tip, in pixels.
struct ArrowHead {
    /// The triangle's corners; none if the arrow has no length.
    var points: [Point] = []
    /// Where the shaft should end, so that its round end does not show beyond the tip.
    var base: Point

    init(from: Point, to: Point, length: Double) {
        let distance = hypot(to.x - from.x, to.y - from.y)
        guard distance > 0.01 else {
            base = to
            return
        }
        // Short arrows have smaller heads, so that some shaft remains.
        let size = min(length, distance * 0.7)
        let (ux, uy) = ((to.x - from.x) / distance, (to.y - from.y) / distance)
        let foot = Point(to.x - size * ux, to.y - size * uy)
        let half = size * 0.36
        points = [to, Point(foot.x - half * uy, foot.y + half * ux), Point(foot.x + half * uy, foot.y - half * ux)]
        base = Point(to.x - size * 0.8 * ux, to.y - size * 0.8 * uy)
    }
}
