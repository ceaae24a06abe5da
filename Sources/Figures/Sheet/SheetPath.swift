/// A path in whole numbers: where it begins, and how it goes on from there. Two marks of one kind differ in the first only.
struct SheetPath: Hashable {
    /// Units per pixel: fine enough for every eye, and no number needs a point.
    static let unitsPerPixel = 10.0

    /// Where the path begins, in units.
    let (x, y): (Int, Int)
    /// The steps after the first `m`, in SVG's relative letters.
    let steps: String

    /// A length in units.
    static func units(_ pixels: Double) -> Int { whole(pixels * unitsPerPixel) }

    /// The nearest whole number; what lies far outside any figure is moved nearer.
    private static func whole(_ value: Double) -> Int { Int(max(-1e9, min(1e9, value)).rounded()) }

    /// The path of a figure, without the points that nobody would miss.
    init(_ path: Path) { self.init(path.thinned(tolerance: Self.tolerance), scale: Self.unitsPerPixel) }

    /// How far a line may move, in pixels, so that it has fewer points: with the rounding, a tenth of a pixel.
    private static let tolerance = 0.07

    /// A path whose coordinates are multiplied by a scale, and rounded.
    ///
    /// The first point is rounded by itself, and all others by how far they are from it: so two marks of one kind have the same steps,
    /// wherever they are.
    init(_ path: Path, scale: Double) {
        var first = Point(0, 0)
        if case .move(let point)? = path.elements.first { first = point }
        let origin = (x: Self.whole(first.x * scale), y: Self.whole(first.y * scale))
        func whole(_ point: Point) -> (x: Int, y: Int) {
            (
                Self.whole(Double(origin.x) + (point.x - first.x) * scale),
                Self.whole(Double(origin.y) + (point.y - first.y) * scale)
            )
        }
        var start: (x: Int, y: Int)?
        var pen = (x: 0, y: 0)
        var contour = (x: 0, y: 0)
        var steps = ""
        // Differences of rounded places, so that errors do not add up.
        func from(_ point: (x: Int, y: Int)) -> [Int] { [point.x - pen.x, point.y - pen.y] }
        for element in path.elements {
            switch element {
            case .move(let point):
                let place = whole(point)
                if start == nil { start = place } else { steps += "m" + Self.list(from(place)) }
                (pen, contour) = (place, place)
            case .line(let point):
                let place = whole(point)
                let step = from(place)
                steps += step[1] == 0 ? "h\(step[0])" : step[0] == 0 ? "v\(step[1])" : "l" + Self.list(step)
                pen = place
            case .curve(let a, let b, let c):
                steps += "c" + Self.list(from(whole(a)) + from(whole(b)) + from(whole(c)))
                pen = whole(c)
            case .close:
                steps += "z"
                pen = contour
            }
        }
        (x, y) = start ?? (0, 0)
        // A pen that is lifted at the end, as Cairo's outlines of letters have it, draws nothing.
        if steps.hasSuffix("m0 0") { steps.removeLast(4) }
        self.steps = steps
    }

    /// Numbers with a separator only where one is needed.
    private static func list(_ numbers: [Int]) -> String {
        numbers.dropFirst().reduce("\(numbers[0])") { $0 + ($1 < 0 ? "\($1)" : " \($1)") }
    }
}

/// The shapes that come back, so that they are written once.
struct SheetShapes {
    private var counts: [String: Int] = [:]
    /// The ids of the shapes that came back, in the order in which they did.
    private var ids: [String: Int] = [:]
    private var order: [String] = []

    /// Sees a shape.
    mutating func count(_ path: SheetPath) {
        counts[path.steps, default: 0] += 1
        guard counts[path.steps] == 3, path.steps.utf8.count > 12 else { return }
        ids[path.steps] = order.count
        order.append(path.steps)
    }

    /// The element that draws a path.
    func element(_ path: SheetPath) -> String {
        if let id = ids[path.steps] { return "<use href=\"#s\(id)\" x=\"\(path.x)\" y=\"\(path.y)\"/>" }
        return "<path d=\"M\(path.x) \(path.y)\(path.steps)\"/>"
    }

    /// The shapes that came back.
    var definitions: String {
        order.enumerated().map { "<path id=\"s\($0.offset)\" d=\"M0 0\($0.element)\"/>" }.joined()
    }
}
