/// Contour lines of a grid by marching squares: in each square of the grid a line goes through the edges where the function
/// crosses the level, at the place given by linear interpolation; pieces are then joined to chains.
enum MarchingSquares {
    /// An edge of the grid, named by its lower or left crossing.
    private struct Edge: Hashable {
        var column: Int
        var row: Int
        var isHorizontal: Bool
    }

    /// The contour lines at a level, in data coordinates; a closed line ends where it begins. Squares with a corner that is not
    /// finite are holes.
    static func contours(of grid: Grid, at level: Double) -> [[Point]] {
        edgeChains(of: grid, at: level).map { $0.map { point(on: $0, grid, level) } }
    }

    private static func edgeChains(of grid: Grid, at level: Double) -> [[Edge]] {
        var neighbours: [Edge: [Edge]] = [:]
        var order: [Edge] = []
        func link(_ a: Edge, _ b: Edge) {
            for (from, to) in [(a, b), (b, a)] {
                if neighbours[from] == nil { order.append(from) }
                neighbours[from, default: []].append(to)
            }
        }
        for row in 0..<(grid.y.count - 1) {
            for column in 0..<(grid.x.count - 1) {
                for (a, b) in crossings(grid, column, row, level) { link(a, b) }
            }
        }
        return chains(neighbours, order)
    }

    /// The areas where a function without holes is at least `level`, as closed rings in data coordinates. The higher values lie to
    /// the left of every ring, seen from the middle of its first edge, so that a lower island is a hole when all are filled together.
    static func areas(of grid: Grid, atLeast level: Double) -> [[Point]] {
        // A frame of lowest values at the border's own places closes the lines that would end there.
        let width = grid.x.count
        let lowest = -Double.greatestFiniteMagnitude
        let rows = grid.y.indices.map { [lowest] + grid.values[$0 * width..<($0 + 1) * width] + [lowest] }
        let empty = Array(repeating: lowest, count: width + 2)
        let framed = Grid(
            x: grid.x.prefix(1) + grid.x + grid.x.suffix(1), y: grid.y.prefix(1) + grid.y + grid.y.suffix(1),
            values: empty + rows.joined() + empty)
        return edgeChains(of: framed, at: level).map { chain in
            let points = chain.dropLast().map { point(on: $0, framed, level) }
            return isHigherOnTheLeft(chain, framed, level) ? points : points.reversed()
        }
    }

    /// Whether the higher end of the first edge lies to the left of the way to the second. Seen with both crossings in the middle
    /// of their edges, and squares of side 1: there no two points coincide.
    private static func isHigherOnTheLeft(_ chain: [Edge], _ grid: Grid, _ level: Double) -> Bool {
        func middle(_ edge: Edge) -> Point {
            Point(
                Double(edge.column) + (edge.isHorizontal ? 0.5 : 0), Double(edge.row) + (edge.isHorizontal ? 0 : 0.5))
        }
        let (first, here, next) = (chain[0], middle(chain[0]), middle(chain[1]))
        let isLowerEndHigh = grid.values[first.row * grid.x.count + first.column] >= level
        let (column, row) = (Double(first.column), Double(first.row))
        let high =
            isLowerEndHigh
            ? Point(column, row) : first.isHorizontal ? Point(column + 1, row) : Point(column, row + 1)
        return (next.x - here.x) * (high.y - here.y) - (next.y - here.y) * (high.x - here.x) > 0
    }

    /// The pairs of edges of one square that the contour connects.
    private static func crossings(_ grid: Grid, _ column: Int, _ row: Int, _ level: Double) -> [(Edge, Edge)] {
        let width = grid.x.count
        let base = row * width + column
        // Corners counter-clockwise from the lower left.
        let corners = [
            grid.values[base], grid.values[base + 1], grid.values[base + width + 1], grid.values[base + width],
        ]
        guard corners.allSatisfy(\.isFinite) else { return [] }
        let bottom = Edge(column: column, row: row, isHorizontal: true)
        let right = Edge(column: column + 1, row: row, isHorizontal: false)
        let top = Edge(column: column, row: row + 1, isHorizontal: true)
        let left = Edge(column: column, row: row, isHorizontal: false)
        let above = corners.map { $0 >= level }
        let edges = [bottom, right, top, left].enumerated().filter { above[$0.offset] != above[($0.offset + 1) % 4] }
            .map(\.element)
        switch edges.count {
        case 2:
            return [(edges[0], edges[1])]
        case 4:
            // A saddle: the value in the middle decides which corners belong together.
            let middle = corners.reduce(0) { $0 + $1 / 4 }
            return (middle >= level) == above[0] ? [(bottom, right), (top, left)] : [(left, bottom), (right, top)]
        default:
            return []
        }
    }

    /// Walks from edge to edge: first the lines that end at the border, then the closed ones.
    private static func chains(_ neighbours: [Edge: [Edge]], _ order: [Edge]) -> [[Edge]] {
        var visited: Set<Edge> = []
        var result: [[Edge]] = []
        let ends = order.filter { neighbours[$0]?.count == 1 }
        for start in ends + order where !visited.contains(start) {
            var chain = [start]
            visited.insert(start)
            while let last = chain.last, let next = neighbours[last]?.first(where: { !visited.contains($0) }) {
                chain.append(next)
                visited.insert(next)
            }
            // A closed line comes back to its start.
            if chain.count > 2, let last = chain.last, neighbours[start]?.count == 2,
                neighbours[last]?.contains(start) == true
            {
                chain.append(start)
            }
            if chain.count > 1 { result.append(chain) }
        }
        return result
    }

    private static func point(on edge: Edge, _ grid: Grid, _ level: Double) -> Point {
        let index = edge.row * grid.x.count + edge.column
        let (x, y) = (grid.x[edge.column], grid.y[edge.row])
        let start = grid.values[index]
        let end = grid.values[edge.isHorizontal ? index + 1 : index + grid.x.count]
        let share = min(max((level / 2 - start / 2) / (end / 2 - start / 2), 0), 1)
        return edge.isHorizontal
            ? Point(x + share * (grid.x[edge.column + 1] - x), y) : Point(x, y + share * (grid.y[edge.row + 1] - y))
    }
}
