/// How a line is broken up.
public enum Dash: Hashable, Sendable, CaseIterable {
    /// One unbroken line.
    case solid
    /// Long strokes.
    case dashed
    /// Dots.
    case dotted
    /// Stroke, dot, stroke, dot.
    case dashDotted

    /// Lengths of strokes and gaps, in line widths. Ends are cut square, so that the lengths are what they say.
    var pattern: [Double] {
        switch self {
        case .solid: []
        case .dashed: [4.5, 2.5]
        case .dotted: [1.2, 1.8]
        case .dashDotted: [5, 2, 1.2, 2]
        }
    }
}

/// A length in pixels that a canvas can draw.
private func drawable(_ length: Double, to longest: Double) -> Double { length >= 0.1 ? min(length, longest) : 0.1 }

/// Colour, width and dash of a line.
public struct LineStyle: Hashable, Sendable {
    /// Colour, with its opacity.
    public var color: Color
    /// Width in pixels, from 0.1 to 100; other values, and NaN, are moved to the nearest end. (Dashes are measured in widths, so
    /// that a line of almost no width would have almost endlessly many.)
    public var width: Double { didSet { width = drawable(width, to: 100) } }
    /// The dash.
    public var dash: Dash

    /// A line style; the default is the first series' solid blue.
    public init(_ color: Color = .blue, width: Double = 1.8, dash: Dash = .solid) {
        self.color = color
        self.width = drawable(width, to: 100)
        self.dash = dash
    }

    /// The style of series `index`: colour and dash change together, so that neither has to be told by colour alone.
    public static func series(_ index: Int, width: Double = 1.8) -> LineStyle {
        let dashes = Dash.allCases
        return LineStyle(Palette.series(index), width: width, dash: dashes[Palette.wrapped(index, dashes.count)])
    }

    /// The thin grey line of references and leaders.
    public static let reference = LineStyle(Color(hex: 0x6E7781), width: 1.1, dash: .dashed)
}

/// The shape of a data point.
public enum Marker: Hashable, Sendable, CaseIterable {
    /// A disc.
    case circle
    /// A square.
    case square
    /// A triangle, point up.
    case triangle
    /// A square on its corner.
    case diamond
    /// An open circle.
    case ring
    /// An upright cross.
    case plus
    /// A diagonal cross.
    case cross
}

/// Shape, colour and size of data points.
public struct MarkerStyle: Hashable, Sendable {
    /// Colour, with its opacity.
    public var color: Color
    /// The shape.
    public var marker: Marker
    /// Diameter of the disc in pixels, from 0.1 to 1000 (other values, and NaN, are moved to the nearest end); the other shapes
    /// are given about the same area.
    public var size: Double { didSet { size = drawable(size, to: 1000) } }

    /// A marker style; the default is the first series' blue disc.
    public init(_ color: Color = .blue, _ marker: Marker = .circle, size: Double = 6) {
        self.color = color
        self.marker = marker
        self.size = drawable(size, to: 1000)
    }

    /// The style of series `index`: colour and shape change together.
    public static func series(_ index: Int, size: Double = 6) -> MarkerStyle {
        let markers = Marker.allCases
        return MarkerStyle(Palette.series(index), markers[Palette.wrapped(index, markers.count)], size: size)
    }
}

extension Marker {
    /// The shape around `c`: to be filled, or (open shapes) stroked.
    func path(at c: Point, size: Double) -> Path {
        let r = size / 2
        switch self {
        case .circle, .ring:
            return Path(circleAt: c, radius: r)
        case .square:
            let h = r * 0.89
            return Path(Rect(minX: c.x - h, minY: c.y - h, maxX: c.x + h, maxY: c.y + h))
        case .triangle:
            let h = r * 1.2
            return Path(
                [Point(c.x, c.y - h), Point(c.x + h * 0.95, c.y + h * 0.65), Point(c.x - h * 0.95, c.y + h * 0.65)],
                closed: true)
        case .diamond:
            let h = r * 1.25
            return Path(
                [Point(c.x, c.y - h), Point(c.x + h, c.y), Point(c.x, c.y + h), Point(c.x - h, c.y)], closed: true)
        case .plus:
            var path = Path([Point(c.x - r, c.y), Point(c.x + r, c.y)])
            path.add([Point(c.x, c.y - r), Point(c.x, c.y + r)])
            return path
        case .cross:
            let h = r * 0.8
            var path = Path([Point(c.x - h, c.y - h), Point(c.x + h, c.y + h)])
            path.add([Point(c.x - h, c.y + h), Point(c.x + h, c.y - h)])
            return path
        }
    }

    /// Whether the shape consists of strokes.
    var isOpen: Bool { self == .ring || self == .plus || self == .cross }
}

extension MarkerStyle {
    /// Draws one marker; a white halo keeps overlapping markers apart.
    func draw(at point: Point, on canvas: any Canvas, halo: Bool = true) {
        let path = marker.path(at: point, size: size)
        if marker.isOpen {
            if marker == .ring { canvas.fill(path, color: .white.opacity(color.opacity)) }
            canvas.stroke(path, style: LineStyle(color, width: max(1.2, size * 0.25)))
        } else {
            if halo { canvas.stroke(path, style: LineStyle(.white.opacity(0.9), width: 1.6)) }
            canvas.fill(path, color: color)
        }
    }
}
