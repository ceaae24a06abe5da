extension Layer {
    /// Points.
    ///
    /// Up to 150 points are drawn one by one, with a white halo. Larger sets, and dots of up to 3 pixels, are drawn in 16 batches (so that dense places still
    /// look darker), and points in the same half pixel only once (from 10,000 points: in the same pixel). So 100,000 points make a
    /// drawing of half a megabyte, not of 25. NaN and infinite points are left out.
    /// - Parameter colors: one colour per point, in place of the style's (then every point is drawn one by one).
    public static func scatter(
        _ points: [Point], style: MarkerStyle = MarkerStyle(), colors: [Color]? = nil, label: Label? = nil
    ) -> Layer {
        Layer(ScatterMark(points: points, style: style, colors: colors, label: label))
    }
}

struct ScatterMark: Mark {
    var points: [Point]
    var style: MarkerStyle
    var colors: [Color]?
    var label: Label?

    /// Sets up to this size are drawn one by one.
    static let individualLimit = 150
    private static let batchCount = 16
    /// Dots up to this size are too small for a halo: they are drawn in batches, however few they are.
    private static let dotSize = 3.0

    var swatch: Swatch? { .marker(style) }

    func extent(x: Axis.Scale, y: Axis.Scale) -> Extent { Extent(points, x: x, y: y) }

    func validate() throws(FigureError) {
        guard let colors, colors.count != points.count else { return }
        throw .invalidData("a scatter layer has \(points.count) points and \(colors.count) colours")
    }

    func draw(in frame: PlotFrame, on canvas: any Canvas) {
        let pixels = points.map(frame.visiblePixel)
        if let colors {
            for case (let pixel?, let color) in zip(pixels, colors) {
                var style = style
                style.color = color
                style.draw(at: pixel, on: canvas, halo: pixels.count <= ScatterMark.individualLimit)
            }
        } else if pixels.count <= ScatterMark.individualLimit && style.size > ScatterMark.dotSize {
            for pixel in pixels.compactMap({ $0 }) { style.draw(at: pixel, on: canvas) }
        } else {
            drawBatches(of: pixels.compactMap { $0 }, on: canvas)
        }
    }

    private func drawBatches(of pixels: [Point], on canvas: any Canvas) {
        var batches = [Path](repeating: Path(), count: ScatterMark.batchCount)
        var taken: Set<Point> = []
        let steps = pixels.count < 10_000 ? 2.0 : 1.0
        for pixel in pixels {
            let place = Point((pixel.x * steps).rounded() / steps, (pixel.y * steps).rounded() / steps)
            guard taken.insert(place).inserted else { continue }
            let batch = taken.count % ScatterMark.batchCount
            if style.marker == .circle {
                batches[batch].addDot(at: place)
            } else {
                batches[batch].add(style.marker.path(at: place, size: style.size))
            }
        }
        for batch in batches where !batch.isEmpty {
            if style.marker == .circle {
                canvas.stroke(batch, style: LineStyle(style.color, width: style.size))
            } else if style.marker.isOpen {
                canvas.stroke(batch, style: LineStyle(style.color, width: 1.2))
            } else {
                canvas.fill(batch, color: style.color)
            }
        }
    }
}
