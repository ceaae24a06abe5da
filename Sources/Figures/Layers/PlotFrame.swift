/// The rectangle in which a panel's layers are drawn, and the way from data to pixels.
struct PlotFrame {
    /// The plot's area in pixels.
    var rect: Rect
    var x: AxisScale
    var y: AxisScale
    /// Text of layers has to stay within this area: the panel with its margins.
    var textBounds: Rect
    /// The places of the notes of all layers.
    var notes: [Rect] = []

    /// Where a data point lies; nil for points that cannot be drawn (NaN, infinite). The pixel may be far outside the plot:
    /// whatever is drawn has to be clipped first, because Cairo wraps large numbers around.
    func pixel(_ point: Point) -> Point? {
        guard let x = pixel(x: point.x), let y = pixel(y: point.y) else { return nil }
        return Point(x, y)
    }

    /// The horizontal pixel of a value.
    func pixel(x value: Double) -> Double? {
        x.share(of: value).map { PlotFrame.limited(rect.minX + $0 * rect.width) }
    }

    /// The vertical pixel of a value.
    func pixel(y value: Double) -> Double? {
        y.share(of: value).map { PlotFrame.limited(rect.maxY - $0 * rect.height) }
    }

    private static func limited(_ pixel: Double) -> Double { min(max(pixel, -4e307), 4e307) }

    /// Strokes a chain of data points, clipped; points that cannot be drawn are gaps.
    func stroke(_ points: [Point], style: LineStyle, on canvas: any Canvas) {
        let path = path(points)
        if !path.isEmpty { canvas.stroke(path, style: style) }
    }

    /// The visible parts of a chain of data points.
    func path(_ points: [Point]) -> Path {
        var path = Path()
        for chain in rect.clipped(chain: points.map(pixel)) { path.add(chain) }
        return path
    }

    /// Fills a polygon of data points, clipped; nothing is filled if a point cannot be drawn.
    func fill(_ polygon: [Point], color: Color, on canvas: any Canvas) {
        let pixels = polygon.compactMap(pixel)
        guard pixels.count == polygon.count else { return }
        let clipped = rect.clipped(polygon: pixels)
        if clipped.count > 2 { canvas.fill(Path(clipped, closed: true), color: color) }
    }

    /// The pixel of a data point inside the plot (or on its edge), nil otherwise.
    func visiblePixel(_ point: Point) -> Point? {
        pixel(point).flatMap { rect.contains($0, tolerance: 0.5) ? $0 : nil }
    }
}
