extension Rect {
    /// The parts of a chain of straight lines inside the rectangle (Liang and Barsky 1984).
    ///
    /// A nil point is a gap. Points closer together than a fifth of a pixel are merged, which nobody sees and which keeps long
    /// series small.
    func clipped(chain points: [Point?]) -> [[Point]] {
        var chains: [[Point]] = []
        var current: [Point] = []
        var previous: Point?
        func endChain() {
            if current.count > 1 { chains.append(current) }
            current = []
        }
        for (index, next) in points.enumerated() {
            guard let next else {
                endChain()
                previous = nil
                continue
            }
            guard let start = previous else {
                previous = next
                continue
            }
            let isLast = index == points.count - 1 || points[index + 1] == nil
            if !isLast, abs(next.x - start.x) < 0.2, abs(next.y - start.y) < 0.2 { continue }
            previous = next
            guard let (a, b) = clipped(from: start, to: next) else {
                endChain()
                continue
            }
            if current.last != a {
                endChain()
                current = [a]
            }
            current.append(b)
            if b != next { endChain() }
        }
        endChain()
        return chains
    }

    /// The part of a segment inside the rectangle.
    func clipped(from a: Point, to b: Point) -> (Point, Point)? {
        let (dx, dy) = (b.x - a.x, b.y - a.y)
        var (enter, leave) = (0.0, 1.0)
        for (direction, distance) in [(-dx, a.x - minX), (dx, maxX - a.x), (-dy, a.y - minY), (dy, maxY - a.y)] {
            if direction == 0 {
                if distance < 0 { return nil }
            } else if direction < 0 {
                enter = max(enter, distance / direction)
            } else {
                leave = min(leave, distance / direction)
            }
        }
        guard enter <= leave else { return nil }
        func at(_ t: Double) -> Point {
            // Within rounding the point may be outside by a hair; the canvas is promised points inside.
            Point(min(max(a.x + t * dx, minX), maxX), min(max(a.y + t * dy, minY), maxY))
        }
        return (enter > 0 ? at(enter) : a, leave < 1 ? at(leave) : b)
    }

    /// The part of a polygon inside the rectangle (Sutherland and Hodgman 1974).
    func clipped(polygon: [Point]) -> [Point] {
        var points = polygon
        let distances: [(Point) -> Double] = [
            { $0.x - minX }, { maxX - $0.x }, { $0.y - minY }, { maxY - $0.y },
        ]
        for distance in distances {
            guard var previous = points.last else { return [] }
            var result: [Point] = []
            for point in points {
                let (before, now) = (distance(previous), distance(point))
                if (before < 0) != (now < 0) {
                    let t = before / (before - now)
                    result.append(
                        Point(previous.x + t * (point.x - previous.x), previous.y + t * (point.y - previous.y)))
                }
                if now >= 0 { result.append(point) }
                previous = point
            }
            points = result
        }
        return points.map { Point(min(max($0.x, minX), maxX), min(max($0.y, minY), maxY)) }
    }
}
