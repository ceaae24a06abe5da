import Testing

@testable import Figures

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite struct LayerTests {
    private let mark = LineStyle(Color(hex: 0xABCDEF), width: 2)

    @Test("A point is drawn where the scales say")
    func position() throws {
        let style = MarkerStyle(Color(hex: 0xABCDEF), .circle, size: 8)
        let canvas = try record(figure([probe, .scatter([Point(2.5, 7.5)], style: style)]))
        let rect = try canvas.plotRect()
        let dot = try #require(canvas.fills.first { $0.color == style.color })
        let center = Point(rect.minX + 0.25 * rect.width, rect.minY + 0.25 * rect.height)
        #expect(dot.path == Path(circleAt: center, radius: 4))
    }

    @Test("Lines end at the plot's edge, and NaN and infinite points are gaps")
    func lineClipping() throws {
        let points = [
            Point(5, 5), Point(1e300, 1e300), Point(.nan, 5), Point(1, 1), Point(2, .infinity), Point(3, 3),
            Point(4, 4),
        ]
        let canvas = try record(figure([probe, .line(points, style: mark)]))
        let rect = try canvas.plotRect()
        let path = try #require(canvas.strokes.first { $0.style == mark }).path
        try #require(path.points.count == 4, "two pieces of two points each")
        #expect(path.points.allSatisfy { rect.contains($0, tolerance: Tolerance.pixel) })
        #expect(isClose(path.points[0], rect.center))
        #expect(isClose(path.points[1], Point(rect.maxX, rect.minY)))
        #expect(isClose(path.points[3], Point(rect.minX + 0.4 * rect.width, rect.maxY - 0.4 * rect.height)))
    }

    @Test("Clipping keeps exactly the part of a segment inside")
    func segments() throws {
        let rect = Rect(minX: 0, minY: 0, maxX: 10, maxY: 10)
        let (a, b) = try #require(rect.clipped(from: Point(-5, 5), to: Point(15, 5)))
        #expect(a == Point(0, 5) && b == Point(10, 5))
        let (c, d) = try #require(rect.clipped(from: Point(1e200, 2), to: Point(-1e200, 2)))
        #expect(c == Point(10, 2) && d == Point(0, 2))
        #expect(rect.clipped(from: Point(-5, 0), to: Point(0, 20)) == nil)
        #expect(rect.clipped(from: Point(-1, 11), to: Point(11, 11)) == nil)
        let square = rect.clipped(polygon: [Point(5, 5), Point(15, 5), Point(15, 15), Point(5, 15)])
        #expect(Set(square) == [Point(5, 5), Point(10, 5), Point(10, 10), Point(5, 10)])
        #expect(rect.clipped(polygon: [Point(20, 20), Point(30, 20), Point(30, 30)]).isEmpty)
    }

    @Test("A staircase holds each height around its point")
    func steps() throws {
        let canvas = try record(figure([probe, .step([Point(4, 2), Point(6, 8)], shape: .centered, style: mark)]))
        let rect = try canvas.plotRect()
        let path = try #require(canvas.strokes.first { $0.style == mark }).path
        let shares = path.points.map { Point(($0.x - rect.minX) / rect.width, (rect.maxY - $0.y) / rect.height) }
        let expected = [Point(0.3, 0.2), Point(0.5, 0.2), Point(0.5, 0.8), Point(0.7, 0.8)]
        #expect(shares.count == 4)
        #expect(zip(shares, expected).allSatisfy { isClose($0, $1) })
    }

    @Test("Bars stand on zero and reach their heights")
    func bars() throws {
        let color = Color(hex: 0xABCDEF)
        let canvas = try record(
            figure([probe, .bars([Point(5, 4), Point(8, -1), Point(1, .nan)], width: 2, color: color)]))
        let rect = try canvas.plotRect()
        let bars = canvas.fills.filter { $0.color == color }
        #expect(bars.count == 1, "below zero there is no room, and NaN has no height")
        let ys = bars[0].path.points.map(\.y)
        #expect(abs((ys.max() ?? 0) - rect.maxY) < Tolerance.pixel)
        #expect(abs((ys.min() ?? 0) - (rect.maxY - 0.4 * rect.height)) < Tolerance.pixel)
        let xs = bars[0].path.points.map(\.x)
        #expect(abs(((xs.min() ?? 0) + (xs.max() ?? 0)) / 2 - rect.center.x) < Tolerance.pixel)
    }

    @Test("A histogram counts each value once, edges included, and its density has area 1")
    func histogram() {
        let values = [0.0, 0, 1, 1.5, 2, 4, .nan, .infinity].filter(\.isFinite)
        let mark = HistogramMark(values: values, bins: .edges([0, 1, 2, 4]), scale: .count, color: .blue)
        #expect(mark.bars().heights == [2, 2, 2])
        let density = HistogramMark(values: values, bins: .count(5), scale: .density, color: .blue).bars()
        let widths: [Double] = zip(density.edges, density.edges.dropFirst()).map { $1 - $0 }
        let area: Double = zip(widths, density.heights).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(abs(area - 1) < 1e-12)
        let integers = HistogramMark(values: [3, 3, 5], bins: .integers, scale: .proportion, color: .blue).bars()
        #expect(integers.edges == [2.5, 3.5, 4.5, 5.5])
        let heights: [Double] = [2.0 / 3, 0, 1.0 / 3]
        #expect(integers.heights == heights)
    }

    @Test("The contour of x² + y² at 1 is one closed circle of radius 1")
    func contour() throws {
        let grid = Grid(x: -2...2, y: -2...2, columns: 81, rows: 81) { x, y in x * x + y * y }
        let chains = MarchingSquares.contours(of: grid, at: 1)
        #expect(chains.count == 1)
        let circle = try #require(chains.first)
        #expect(circle.first == circle.last && circle.count > 100)
        for point in circle { #expect(abs(hypot(point.x, point.y) - 1) < Tolerance.contour) }
    }

    @Test("A level is not written across a line that another layer draws on top, but elsewhere on its contour")
    func contourNames() throws {
        let cone = Grid(x: 0...10, y: 0...10, columns: 61, rows: 61) { x, y in hypot(x - 5, y - 5) }
        func name(clearOf path: [Point]) throws -> (x: Double, plot: Rect) {
            let canvas = try record(
                figure([probe, .contour(cone, levels: [3], style: LineStyle(.ink), isLabelled: true, clearOf: path)]))
            let run = try #require(canvas.texts.first { $0.run.string == "3" })
            return (run.origin.x, try canvas.plotRect())
        }
        let (x, plot) = try name(clearOf: [])
        // A little to the right of where the name begins.
        let across = 10 * (x + 3 - plot.minX) / (plot.maxX - plot.minX)
        #expect(try abs(name(clearOf: [Point(across, 0), Point(across, 10)]).x - x) > 10)
        let beside = across > 5 ? 0.5 : 9.5
        #expect(try isClose(Point(name(clearOf: [Point(beside, 0), Point(beside, 10)]).x, 0), Point(x, 0)))
    }

    @Test("A level is not written where a note stands, whichever layer is drawn first")
    func contourNamesBesideNotes() throws {
        let cone = Grid(x: 0...10, y: 0...10, columns: 61, rows: 61) { x, y in hypot(x - 5, y - 5) }
        let contour = Layer.contour(cone, levels: [3], style: LineStyle(.ink), isLabelled: true)
        func name(_ layers: [Layer]) throws -> (place: Point, plot: Rect) {
            let canvas = try record(figure([probe] + layers))
            return (try #require(canvas.texts.first { $0.run.string == "3" }).origin, try canvas.plotRect())
        }
        let (place, plot) = try name([contour])
        let share = Point((place.x - plot.minX) / plot.width, (plot.maxY - place.y) / plot.height)
        let note = Layer.annotation("here", at: Point(10 * share.x, 10 * share.y), anchor: .center)
        for layers in [[contour, note], [note, contour]] {
            let other = try name(layers).place
            #expect(hypot(other.x - place.x, other.y - place.y) > 15)
            // Nor so close below it that both are read as one.
            let lower = try name([
                .annotation("here", at: Point(10 * share.x, 10 * share.y + 0.55), anchor: .center), contour,
            ])
            #expect(lower.place != place)
        }
        let far = Layer.annotation("there", at: Point(5, 5), anchor: .center)
        #expect(try name([far, contour]).place == place)
    }

    @Test("Two separate hills have two contours, a saddle does not cross itself, holes interrupt lines")
    func contourTopology() {
        let hills = Grid(x: -3...3, y: -1...1, columns: 61, rows: 21) { x, y in
            exp(-4 * ((x - 1.5) * (x - 1.5) + y * y)) + exp(-4 * ((x + 1.5) * (x + 1.5) + y * y))
        }
        #expect(MarchingSquares.contours(of: hills, at: 0.5).count == 2)
        let saddle = Grid(x: [0, 1], y: [0, 1], values: [1, 0, 0, 1])
        #expect(MarchingSquares.contours(of: saddle, at: 0.4).map(\.count) == [2, 2])
        let hole = Grid(x: [0, 1, 2, 3], y: [0, 1], values: [0, 0, .nan, 0, 1, 1, 1, 1])
        #expect(MarchingSquares.contours(of: hole, at: 0.5).map(Set.init) == [[Point(0, 0.5), Point(1, 0.5)]])
    }

    @Test("An ellipse's half axes are √(λ · quantile) along the eigenvectors")
    func ellipse() {
        // Eigenvalues 9 and 1 along (1, 1) and (1, -1); the 95 % quantile of χ² with two degrees of freedom is 5.991.
        let mark = EllipseMark(
            mean: Point(3, -2), covariance: [[5, 4], [4, 5]], level: 0.95, style: LineStyle(), isFilled: false)
        let radii = mark.outline.map { hypot($0.x - 3, $0.y + 2) }
        #expect(
            abs((radii.max() ?? 0) - 3 * 5.991464547107979.squareRoot()) < 0.01, "120 points miss the tip by a hair")
        #expect(abs((radii.min() ?? 0) - 5.991464547107979.squareRoot()) < 0.01)
        for point in mark.outline {
            let (dx, dy) = (point.x - 3, point.y + 2)
            let mahalanobis = (5 * dx * dx - 8 * dx * dy + 5 * dy * dy) / 9
            #expect(abs(mahalanobis - 5.991464547107979) < 1e-9)
        }
    }

    @Test("A heat map paints every cell in its shade and leaves holes white")
    func heatMap() throws {
        let grid = Grid(x: [2.5, 7.5], y: [2.5, 7.5], values: [0, 1, .nan, 0.5])
        let canvas = try record(figure([probe, .heatMap(grid)]))
        let rect = try canvas.plotRect()
        let low = try #require(canvas.fills.first { $0.color == ColorScale.viridis.color(at: 0) }).path
        let high = try #require(canvas.fills.first { $0.color == ColorScale.viridis.color(at: 1) }).path
        // Quarter pixels: positions are rounded to those.
        #expect(
            isClose(
                try #require(high.points.first { $0.y > rect.center.y + 1 && $0.x < rect.center.x + 1 }),
                Point(rect.center.x, rect.maxY), 0.25))
        #expect(!low.points.contains { $0.x < rect.center.x - 1 && $0.y < rect.center.y - 1 }, "the hole is upper left")
    }

    @Test("Large scatters are drawn in few paths, each place once")
    func largeScatter() throws {
        let points = (0..<100_000).map { Point(Double($0 % 317) / 31.7, Double($0 % 101) / 10.1) }
        let style = MarkerStyle(Color(hex: 0xABCDEF), size: 3)
        let canvas = try record(figure([.scatter(points, style: style)]))
        let batches = canvas.strokes.filter { $0.style.color == style.color }
        #expect(batches.count <= 16)
        let places = batches.flatMap(\.path.points)
        #expect(places.count == 2 * Set(places).count, "a dot is a line between two equal points")
        let dots = try record(figure([.scatter(Array(points.prefix(20)), style: style)]))
        #expect(
            dots.fills.allSatisfy { $0.color != style.color }, "dots of 3 pixels have no halo, however few they are")
        let larger = MarkerStyle(style.color, size: 5)
        let few = try record(figure([.scatter(Array(points.prefix(20)), style: larger)]))
        #expect(few.fills.filter { $0.color == style.color }.count == 20)
    }

    @Test("Arrows end at their tips")
    func arrows() throws {
        let style = LineStyle(Color(hex: 0xABCDEF), width: 1)
        let arrows = [Arrow(from: Point(1, 1), to: Point(5, 5)), Arrow(from: Point(2, 2), to: Point(2, 2))]
        let canvas = try record(figure([probe, .arrows(arrows, style: style)]))
        let rect = try canvas.plotRect()
        let heads = try #require(canvas.fills.first { $0.color == style.color }).path
        #expect(isClose(heads.points[0], rect.center))
    }

    @Test(
        "A grid of one value, or of values next to each other, is drawn wherever they lie",
        arguments: [0.0, 1.0, Double.leastNonzeroMagnitude, Double.greatestFiniteMagnitude].flatMap { [$0, -$0] })
    func flatGrids(value: Double) throws {
        for other in [value, value.nextUp, -value] where other.isFinite {
            let grid = Grid(x: [0, 1], y: [0, 1], values: [value, value, other, other])
            _ = try record(figure([.heatMap(grid, title: "v")]))
        }
    }

    @Test("Layers whose data do not fit together are refused with a reason")
    func refused() {
        let grid = Grid(x: [0, 1], y: [0, 1], values: [1, 2, 3])
        let flat = Grid(x: [0, 1], y: [0, 1], values: [.nan, .nan, .nan, .nan])
        let bad: [Layer] =
            [
                .contour(grid, levels: [1]), .heatMap(grid), .heatMap(flat), .heatMap(flat, range: 1...1),
                .contour(Grid(x: [0, 0], y: [0, 1], values: [1, 2, 3, 4]), levels: [1]),
                .ellipse(mean: Point(0, 0), covariance: [[1, 2], [2, 1]]),
                .ellipse(mean: Point(0, 0), covariance: [[1, 0.5], [0.2, 1]]),
                .ellipse(mean: Point(0, 0), covariance: [[1]]),
                .ellipse(mean: Point(0, 0), covariance: [[1, 0], [0, 1]], level: 1),
                .band(x: [1], low: [], high: [2]), .errorBars([Point(1, 1)], errors: [-1]),
                .errorBars([Point(1, 1)], errors: []), .histogram([1], bins: .count(0)),
                .histogram([1], bins: .edges([2, 1])), .histogram([0, 1e9], bins: .integers),
                .histogram([1e300], bins: .integers),
                .scatter([Point(1, 1)], colors: []), .bars([Point(1, 1)], width: 0),
            ] + Layer.groupedBars(x: [1, 2], groups: [BarGroup("a", heights: [1], color: .blue)])
        for layer in bad {
            #expect(throws: FigureError.self, "\(layer)") { try record(figure([layer])) }
        }
    }
}
