/// A point of the plane: data coordinates in layers, pixels (y grows downwards) on a canvas.
public struct Point: Hashable, Sendable {
    /// The horizontal coordinate.
    public var x: Double
    /// The vertical coordinate.
    public var y: Double

    /// Unlabelled, so that `zip(xs, ys).map(Point.init)` reads well.
    public init(_ x: Double, _ y: Double) {
        self.x = x
        self.y = y
    }

    /// Whether both coordinates are ordinary numbers.
    var isFinite: Bool { x.isFinite && y.isFinite }
}

/// A width and a height in pixels (CSS pixels in SVG; a PNG has two dots per pixel; a PDF has one point per pixel).
public struct Size: Hashable, Sendable {
    /// Width in pixels.
    public var width: Double
    /// Height in pixels.
    public var height: Double

    /// A size in pixels.
    public init(width: Double, height: Double) {
        self.width = width
        self.height = height
    }
}

/// An upright rectangle in pixels, y downwards.
public struct Rect: Hashable, Sendable {
    /// Left edge.
    public var minX: Double
    /// Top edge.
    public var minY: Double
    /// Right edge.
    public var maxX: Double
    /// Bottom edge.
    public var maxY: Double

    /// The rectangle with the given edges.
    public init(minX: Double, minY: Double, maxX: Double, maxY: Double) {
        self.minX = minX
        self.minY = minY
        self.maxX = maxX
        self.maxY = maxY
    }

    /// Width in pixels.
    public var width: Double { maxX - minX }
    /// Height in pixels.
    public var height: Double { maxY - minY }
    /// The centre.
    public var center: Point { Point((minX + maxX) / 2, (minY + maxY) / 2) }

    /// The rectangle made smaller by `margin` on every side (larger, if negative).
    public func insetBy(_ margin: Double) -> Rect {
        Rect(minX: minX + margin, minY: minY + margin, maxX: maxX - margin, maxY: maxY - margin)
    }

    /// Whether a point is inside or within `tolerance` of the edge.
    public func contains(_ point: Point, tolerance: Double = 0) -> Bool {
        point.x >= minX - tolerance && point.x <= maxX + tolerance
            && point.y >= minY - tolerance && point.y <= maxY + tolerance
    }

    /// Whether two rectangles share an area.
    func overlaps(_ other: Rect) -> Bool {
        minX < other.maxX && other.minX < maxX && minY < other.maxY && other.minY < maxY
    }

    /// The corners, clockwise from the top left.
    var corners: [Point] { [Point(minX, minY), Point(maxX, minY), Point(maxX, maxY), Point(minX, maxY)] }
}

/// A path of straight and curved pieces in pixels: what a canvas fills or strokes.
public struct Path: Hashable, Sendable {
    /// One step of the pen.
    public enum Element: Hashable, Sendable {
        /// Lift the pen and put it down here.
        case move(Point)
        /// A straight line to here.
        case line(Point)
        /// A cubic Bézier curve with two control points, ending at the third point.
        case curve(Point, Point, Point)
        /// A straight line back to the last `move`.
        case close
    }

    /// The steps, in order.
    public private(set) var elements: [Element] = []

    /// An empty path.
    public init() {}

    /// A chain of straight lines through the points, closed on request.
    public init(_ points: [Point], closed: Bool = false) {
        add(points, closed: closed)
    }

    /// A rectangle, with rounded corners if `radius` is above zero.
    public init(_ rect: Rect, radius: Double = 0) {
        guard radius > 0 else {
            add(rect.corners, closed: true)
            return
        }
        let r = min(radius, rect.width / 2, rect.height / 2)
        let bend = r * (1 - Path.arcHandle)
        let (x0, y0, x1, y1) = (rect.minX, rect.minY, rect.maxX, rect.maxY)
        elements = [
            .move(Point(x0 + r, y0)), .line(Point(x1 - r, y0)),
            .curve(Point(x1 - bend, y0), Point(x1, y0 + bend), Point(x1, y0 + r)), .line(Point(x1, y1 - r)),
            .curve(Point(x1, y1 - bend), Point(x1 - bend, y1), Point(x1 - r, y1)), .line(Point(x0 + r, y1)),
            .curve(Point(x0 + bend, y1), Point(x0, y1 - bend), Point(x0, y1 - r)), .line(Point(x0, y0 + r)),
            .curve(Point(x0, y0 + bend), Point(x0 + bend, y0), Point(x0 + r, y0)), .close,
        ]
    }

    /// A circle as four Bézier quarters (wrong by less than 0.03 % of the radius).
    public init(circleAt c: Point, radius r: Double) {
        let h = r * Path.arcHandle
        elements = [
            .move(Point(c.x + r, c.y)),
            .curve(Point(c.x + r, c.y + h), Point(c.x + h, c.y + r), Point(c.x, c.y + r)),
            .curve(Point(c.x - h, c.y + r), Point(c.x - r, c.y + h), Point(c.x - r, c.y)),
            .curve(Point(c.x - r, c.y - h), Point(c.x - h, c.y - r), Point(c.x, c.y - r)),
            .curve(Point(c.x + h, c.y - r), Point(c.x + r, c.y - h), Point(c.x + r, c.y)), .close,
        ]
    }

    /// Handle length of the Bézier curve closest to a quarter of a unit circle: 4(√2 − 1)/3.
    private static let arcHandle = 0.552_284_749_830_793_6

    /// Appends a chain of straight lines; fewer than two points add nothing.
    public mutating func add(_ points: [Point], closed: Bool = false) {
        guard points.count > 1, let first = points.first else { return }
        elements.append(.move(first))
        elements += points.dropFirst().map(Element.line)
        if closed { elements.append(.close) }
    }

    /// Appends a line of length zero: with round caps it is a dot, in a tenth of the bytes of a circle.
    public mutating func addDot(at point: Point) {
        elements += [.move(point), .line(point)]
    }

    /// Appends a step.
    mutating func add(_ element: Element) { elements.append(element) }

    /// Appends another path.
    public mutating func add(_ other: Path) { elements += other.elements }

    /// Whether nothing would be drawn.
    public var isEmpty: Bool { elements.isEmpty }

    /// All points the path names, control points included: enough for bounds and for tests.
    public var points: [Point] {
        elements.flatMap { element -> [Point] in
            switch element {
            case .move(let p), .line(let p): [p]
            case .curve(let a, let b, let c): [a, b, c]
            case .close: []
            }
        }
    }
}
