/// Runs of straight lines with fewer points: a smooth curve is drawn from hundreds, and needs few where it hardly bends.
enum SheetLines {
    /// The points of a run without those whose absence no eye can see: what is drawn moves by no more than the tolerance (Douglas and
    /// Peucker 1973). The first and the last stay.
    static func thinned(_ points: [Point], tolerance: Double) -> [Point] {
        guard points.count > 2 else { return points }
        var stays = [Bool](repeating: false, count: points.count)
        (stays[0], stays[points.count - 1]) = (true, true)
        var open = [(first: 0, last: points.count - 1)]
        while let (first, last) = open.popLast() {
            var (farthest, distance) = (first, tolerance)
            for place in (first + 1)..<max(first + 1, last) {
                let here = Self.distance(of: points[place], from: points[first], to: points[last])
                if here > distance { (farthest, distance) = (place, here) }
            }
            guard farthest > first else { continue }
            stays[farthest] = true
            open += [(first, farthest), (farthest, last)]
        }
        return zip(points, stays).filter(\.1).map(\.0)
    }

    /// How far a point is from a line between two others; the ends count, since a curve may come back.
    private static func distance(of point: Point, from a: Point, to b: Point) -> Double {
        let (dx, dy) = (b.x - a.x, b.y - a.y)
        let length = dx * dx + dy * dy
        let share = length > 0 ? max(0, min(1, ((point.x - a.x) * dx + (point.y - a.y) * dy) / length)) : 0
        let (x, y) = (point.x - a.x - share * dx, point.y - a.y - share * dy)
        return (x * x + y * y).squareRoot()
    }
}

extension Path {
    /// The path with its runs of lines thinned. A line of length zero is a dot, and stays.
    func thinned(tolerance: Double) -> Path {
        var result = Path()
        var run: [Point] = []
        func end() -> [Element] { SheetLines.thinned(run, tolerance: tolerance).dropFirst().map(Element.line) }
        for element in elements {
            if case .line(let point) = element, !run.isEmpty {
                run.append(point)
                continue
            }
            for line in end() { result.add(line) }
            result.add(element)
            switch element {
            case .move(let point), .line(let point), .curve(_, _, let point): run = [point]
            case .close: run = []
            }
        }
        for line in end() { result.add(line) }
        return result
    }
}
