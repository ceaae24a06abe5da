#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

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

    /// The parts of a chain of points outside the rectangle.
    func cutOut(of chain: [Point]) -> [[Point]] {
        var chains: [[Point]] = []
        var current: [Point] = Array(chain.prefix(1))
        for (start, end) in zip(chain, chain.dropFirst()) {
            guard let (enter, leave) = clipped(from: start, to: end) else {
                current.append(end)
                continue
            }
            if enter != start { current.append(enter) }
            if current.count > 1 { chains.append(current) }
            current = leave == end ? [end] : [leave, end]
        }
        if current.count > 1 { chains.append(current) }
        return chains
    }

    /// The part of a segment inside the rectangle.
    func clipped(from a: Point, to b: Point) -> (Point, Point)? {
        // Seen from the end that is nearer, the crossing is exact to rounding even if the other end is 10³⁰⁰ pixels away.
        if max(abs(a.x), abs(a.y)) > max(abs(b.x), abs(b.y)) {
            return clipped(from: b, to: a).map { ($0.1, $0.0) }
        }
        let (dx, dy) = (b.x - a.x, b.y - a.y)
        var (enter, leave) = (0.0, 1.0)
        var (entry, exit): (Edge?, Edge?)
        let edges = [
            (-dx, a.x - minX, Edge.vertical(minX)), (dx, maxX - a.x, .vertical(maxX)),
            (-dy, a.y - minY, .horizontal(minY)), (dy, maxY - a.y, .horizontal(maxY)),
        ]
        for (direction, distance, edge) in edges {
            let crossing = distance / direction
            if direction == 0 {
                if distance < 0 { return nil }
            } else if direction < 0, crossing > enter {
                (enter, entry) = (crossing, edge)
            } else if direction > 0, crossing < leave {
                (leave, exit) = (crossing, edge)
            }
        }
        guard enter <= leave else { return nil }
        func at(_ t: Double, _ edge: Edge) -> Point {
            // Rounding may leave the point outside by a hair; the canvas is promised points inside.
            var point = Point(min(max(a.x + t * dx, minX), maxX), min(max(a.y + t * dy, minY), maxY))
            switch edge {
            case .vertical(let x): point.x = x
            case .horizontal(let y): point.y = y
            }
            return point
        }
        return (entry.map { at(enter, $0) } ?? a, exit.map { at(leave, $0) } ?? b)
    }

    /// An edge of the rectangle, on which a crossing lies exactly.
    private enum Edge {
        case vertical(Double)
        case horizontal(Double)
    }

    /// The part of a polygon inside the rectangle (Sutherland and Hodgman 1974).
    func clipped(polygon: [Point]) -> [Point] {
        // Corners further away than ten thousand plots are moved to that distance, so that rounding does not matter.
        var points = polygon.map { Point(min(max($0.x, -1e7), 1e7), min(max($0.y, -1e7), 1e7)) }
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
        let inside = points.map { Point(min(max($0.x, minX), maxX), min(max($0.y, minY), maxY)) }
        // What only touches the rectangle has no area.
        let isFlat = inside.allSatisfy { $0.x == inside[0].x } || inside.allSatisfy { $0.y == inside[0].y }
        return isFlat ? [] : inside
    }
}

extension [Point] {
    /// The chain without the points that lie within a distance of the line through their neighbours that stay (Ramer 1972, Douglas
    /// and Peucker 1973).
    func simplified(within tolerance: Double) -> [Point] {
        guard count > 2 else { return self }
        var isKept = [Bool](repeating: false, count: count)
        isKept[0] = true
        isKept[count - 1] = true
        var spans = [(0, count - 1)]
        while let (from, to) = spans.popLast() {
            var (farthest, most) = (from, tolerance)
            for index in (from + 1)..<Swift.max(to, from + 1) {
                let distance = self[index].distance(toLineFrom: self[from], to: self[to])
                if distance > most { (farthest, most) = (index, distance) }
            }
            guard farthest != from else { continue }
            isKept[farthest] = true
            spans += [(from, farthest), (farthest, to)]
        }
        return indices.filter { isKept[$0] }.map { self[$0] }
    }
}

extension Point {
    /// The distance from the straight line through two points, or from both if they are one.
    fileprivate func distance(toLineFrom a: Point, to b: Point) -> Double {
        let (dx, dy) = (b.x - a.x, b.y - a.y)
        let length = hypot(dx, dy)
        guard length > 0 else { return hypot(x - a.x, y - a.y) }
        return abs(dx * (y - a.y) - dy * (x - a.x)) / length
    }
}
