extension Layer {
    /// A line through points in the given order.
    ///
    /// NaN and infinite points are gaps. The label is written at the line's end, unless the legend's placement says otherwise.
    /// - Parameter marker: a shape at each point, in the line's colour.
    public static func line(
        _ points: [Point], style: LineStyle = LineStyle(), marker: Marker? = nil, label: Label? = nil
    ) -> Layer {
        Layer(LineMark(points: points, style: style, marker: marker, label: label))
    }

    /// A function drawn over an interval, evaluated at `count` evenly spaced points (2 to 100,000).
    public static func function(
        over interval: ClosedRange<Double>, count: Int = 241, style: LineStyle = LineStyle(), label: Label? = nil,
        _ function: (Double) -> Double
    ) -> Layer {
        let last = Double(min(max(count, 2), 100_000) - 1)
        let points = stride(from: 0, through: last, by: 1).map { index in
            let x = interval.lowerBound * (1 - index / last) + interval.upperBound * (index / last)
            return Point(x, function(x))
        }
        return line(points, style: style, label: label)
    }

    /// Where a step changes its height.
    public enum StepShape: Hashable, Sendable {
        /// Each height lasts from its point to the next one.
        case after
        /// Each height lasts from halfway to its left neighbour to halfway to its right one: counts, probabilities of integers.
        case centered
    }

    /// A staircase through points in the order of their x.
    public static func step(
        _ points: [Point], shape: StepShape = .after, style: LineStyle = LineStyle(), label: Label? = nil
    ) -> Layer {
        line(stairs(points, shape), style: style, label: label)
    }

    private static func stairs(_ points: [Point], _ shape: StepShape) -> [Point] {
        switch shape {
        case .after:
            return zip(points, points.dropFirst()).flatMap { [$0, Point($1.x, $0.y)] } + points.suffix(1)
        case .centered:
            guard points.count > 1 else { return points }
            return points.indices.flatMap { index -> [Point] in
                let here = points[index]
                let left = index > 0 ? points[index - 1].x : 2 * here.x - points[index + 1].x
                let right = index < points.count - 1 ? points[index + 1].x : 2 * here.x - points[index - 1].x
                return [Point(left / 2 + here.x / 2, here.y), Point(right / 2 + here.x / 2, here.y)]
            }
        }
    }
}

struct LineMark: Mark {
    var points: [Point]
    var style: LineStyle
    var marker: Marker?
    var label: Label?

    private var markerStyle: MarkerStyle? { marker.map { MarkerStyle(style.color, $0, size: 4 + style.width) } }

    var swatch: Swatch? { .line(style, markerStyle) }

    var directLabel: DirectLabel? {
        guard let label, let last = points.lastIndex(where: \.isFinite) else { return nil }
        let previous = points[..<last].last(where: \.isFinite)
        return DirectLabel(text: label, at: points[last], previous: previous, color: style.color)
    }

    func extent(x: Axis.Scale, y: Axis.Scale) -> Extent { Extent(points, x: x, y: y) }

    func draw(in frame: PlotFrame, on canvas: any Canvas) {
        frame.stroke(points, style: style, on: canvas)
        if let markerStyle {
            let pixels = points.compactMap(frame.visiblePixel)
            // Halos of markers close to each other would hide the line between them.
            let hasHalo = zip(pixels, pixels.dropFirst()).allSatisfy { abs($0.x - $1.x) > 14 || abs($0.y - $1.y) > 14 }
            for pixel in pixels { markerStyle.draw(at: pixel, on: canvas, halo: hasHalo) }
        } else if points.lazy.filter(\.isFinite).prefix(2).count == 1 {
            // A line of one point would be invisible.
            let dot = MarkerStyle(style.color, size: 3 * style.width)
            for point in points.compactMap(frame.visiblePixel) { dot.draw(at: point, on: canvas) }
        }
    }
}
