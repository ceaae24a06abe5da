import Testing

@testable import Figures

struct SheetTests {
    private func figure(_ id: String, _ points: [Point]) -> Figure {
        Figure(
            id: id, title: "One & two", alt: "Points.",
            panels: [Panel(x: Axis("x"), y: Axis("y"), layers: [.scatter(points)])])
    }

    @Test("Figures share outlines, marks and words, and each is far smaller than its file")
    func shared() throws {
        let points = (0..<60).map { Point(Double($0), Double($0 * $0 % 17)) }
        let figures = [figure("a", points), figure("b", points.reversed())]
        let sheet = try FigureSheet(figures)
        let (a, b) = (try #require(sheet["a"]), try #require(sheet["b"]))
        #expect(sheet["c"] == nil)
        #expect(a.hasPrefix("<svg role=\"img\" aria-label=\"Points.\"") && a.hasSuffix("</svg>"))
        let files = try figures.map { try $0.render(.svg).count }
        #expect((sheet.shared + a + b).utf8.count * 2 < files.reduce(0, +))
        // No figure has ids, and all that they use is in the shared part, once.
        #expect(!a.contains(" id=") && !b.contains(" id="))
        let ids = sheet.shared.matches(of: /\sid="([^"]*)"/).map { String($0.1) }
        #expect(Set(ids).count == ids.count)
        for match in (sheet.shared + a + b).matches(of: /href="#([^"]*)"/) { #expect(ids.contains(String(match.1))) }
        #expect(try FigureSheet(figures).shared == sheet.shared)
    }

    @Test("Steps are differences of rounded places, so that rounding does not add up")
    func rounding() {
        let points = (0...1000).map { Point(Double($0) * 0.013, 1) }
        let path = SheetPath(Path(points), scale: SheetPath.unitsPerPixel)
        let steps = path.steps.split(separator: "h").compactMap { Int($0) }
        #expect(path.x + steps.reduce(0, +) == SheetPath.units(13) && path.y == SheetPath.units(1))
    }

    @Test("A path in units: where it begins, and relative steps with few signs")
    func path() {
        let path = SheetPath(Path([Point(1, 1), Point(2, 1), Point(2, 3), Point(1, 2)], closed: true))
        #expect(path.x == 10 && path.y == 10 && path.steps == "h10v20l-10-10z")
        #expect(SheetPath(Path()).steps == "")
        #expect(SheetPath.units(1e300) == 1_000_000_000)
    }

    @Test("A curve keeps the points that it needs, and no point that it loses was farther from it than an eye can see")
    func thinned() {
        let wave = (0...600).map { Point(Double($0), 80 * (Double($0) / 60).wave) }
        let kept = SheetLines.thinned(wave, tolerance: 0.07)
        #expect(kept.first == wave.first && kept.last == wave.last && kept.count < wave.count / 2)
        for point in wave {
            let distances = zip(kept, kept.dropFirst()).map { a, b in
                let share = min(1, max(0, (point.x - a.x) / (b.x - a.x)))
                return abs(point.y - a.y - share * (b.y - a.y))
            }
            // Measured upright, which is farther than across: the wave is nowhere steeper than 3 to 2.
            #expect((distances.min() ?? .infinity) <= 0.07 * 2)
        }
        // Corners stay, whatever is around them, and so do dots.
        let corner = [Point(0, 0), Point(5, 0), Point(10, 0), Point(10, 5), Point(10, 10)]
        #expect(SheetLines.thinned(corner, tolerance: 0.07) == [Point(0, 0), Point(10, 0), Point(10, 10)])
        let back = [Point(0, 0), Point(9, 0), Point(0, 0)]
        #expect(SheetLines.thinned(back, tolerance: 0.07) == back)
        var dots = Path()
        for place in 0..<3 { dots.addDot(at: Point(Double(place), 0)) }
        #expect(dots.thinned(tolerance: 0.07) == dots)
    }

    @Test("Marks of one kind have the same steps wherever they stand, and begin where they should")
    func marks() {
        func mark(_ x: Double, _ y: Double) -> SheetPath {
            SheetPath(
                Path([(3.04, 0), (0, 3.04), (-3.04, 0), (0, -3.04)].map { Point(x + $0.0, y + $0.1) }, closed: true))
        }
        let marks = (0..<200).map { mark(Double($0) * 0.737, Double($0) * 0.313) }
        #expect(Set(marks.map(\.steps)).count == 1)
        for (n, mark) in marks.enumerated() {
            #expect(
                abs(Double(mark.x) - (Double(n) * 7.37 + 30.4)) <= 0.5 && abs(Double(mark.y) - Double(n) * 3.13) <= 0.5)
        }
    }
}

extension Double {
    /// A parabola after another, up and down: smooth enough for a curve, and no function of the standard library.
    fileprivate var wave: Double {
        let place = truncatingRemainder(dividingBy: 2)
        let half = place < 1 ? place : place - 1
        return (place < 1 ? 1 : -1) * 4 * half * (1 - half) / 4
    }
}
