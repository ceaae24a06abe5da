import Foundation
import Testing

@testable import Figures

@Suite("Areas between contour lines")
struct AreaTests {
    /// A bumpy function of the plane, the same for the same number.
    private func bumps(_ seed: Int) -> (Double, Double) -> Double {
        { x, y in
            let (a, b) = (1 + Double(seed % 5), 1 + Double(seed / 5 % 5))
            return sin(a * x + 0.3 * Double(seed)) * cos(b * y) + 0.4 * sin(2.1 * b * x - a * y)
        }
    }

    /// The area to the left of closed rings: holes count as negative.
    private func signedArea(_ rings: [[Point]]) -> Double {
        var sum = 0.0
        for ring in rings {
            for (index, a) in ring.enumerated() {
                let b = ring[(index + 1) % ring.count]
                sum += (a.x * b.y - b.x * a.y) / 2
            }
        }
        return sum
    }

    @Test("The rings enclose, holes taken off, what lies above the level", arguments: 0..<20)
    func area(seed: Int) {
        let f = bumps(seed)
        let grid = Grid(x: -2...2, y: -1...2, columns: 121, rows: 91, f)
        for level in [-0.9, -0.3, 0.0, 0.4, 1.1] {
            let rings = MarchingSquares.areas(of: grid, atLeast: level)
            let (columns, rows) = (400, 300)
            var inside = 0
            for i in 0..<columns {
                for j in 0..<rows {
                    let x = -2 + 4 * (Double(i) + 0.5) / Double(columns)
                    let y = -1 + 3 * (Double(j) + 0.5) / Double(rows)
                    if f(x, y) >= level { inside += 1 }
                }
            }
            let counted = 12 * Double(inside) / Double(columns * rows)
            #expect(abs(signedArea(rings) - counted) < Tolerance.area, "level \(level)")
        }
    }

    @Test("A plateau, a hole, and levels beyond all values")
    func extremes() {
        let plateau = Grid(x: [0, 1, 2], y: [0, 1], values: [5, 5, 5, 5, 5, 5])
        #expect(abs(signedArea(MarchingSquares.areas(of: plateau, atLeast: 5)) - 2) < 1e-12)
        #expect(MarchingSquares.areas(of: plateau, atLeast: 6).isEmpty)
        let crater = Grid(x: -2...2, y: -2...2, columns: 161, rows: 161) { x, y in x * x + y * y }
        #expect(abs(signedArea(MarchingSquares.areas(of: crater, atLeast: 1)) - (16 - Double.pi)) < Tolerance.area)
        let largest = Grid(x: [0, 1], y: [0, 1], values: [0, .greatestFiniteMagnitude, 0, 0])
        #expect(MarchingSquares.areas(of: largest, atLeast: 1).joined().allSatisfy { $0.x.isFinite && $0.y.isFinite })
    }

    @Test("A smooth heat map paints nested areas inside the plot, and refuses holes")
    func smooth() throws {
        let grid = Grid(x: -2...2, y: -2...2, columns: 41, rows: 41) { x, y in exp(-x * x - y * y) }
        let canvas = try record(figure([.heatMap(grid, range: 0...1, title: "height", isSmooth: true)]))
        #expect(canvas.fills.count >= 2 * HeatMapMark.shades, "an area for each shade, and the colour bar")
        var hole = grid
        hole.values[17] = .nan
        #expect(throws: FigureError.self) { _ = try record(figure([.heatMap(hole, isSmooth: true)])) }
    }

    @Test("No contour line passes through a level's name")
    func gaps() throws {
        let rect = Rect(minX: 2, minY: 2, maxX: 5, maxY: 4)
        func wave(_ k: Int, _ i: Int) -> Point { Point(Double(i) / 6, 3 + 2 * sin(Double(i * (k + 1)) / 9)) }
        let chains = (0..<50).map { k in (0...40).map { wave(k, $0) } }
        for chain in chains {
            let pieces = rect.cutOut(of: chain)
            let inner = rect.insetBy(1e-9)
            for piece in pieces {
                for (a, b) in zip(piece, piece.dropFirst()) {
                    guard let (c, d) = inner.clipped(from: a, to: b) else { continue }
                    #expect(hypot(c.x - d.x, c.y - d.y) < 1e-6)
                }
            }
            func length(_ chain: [Point]) -> Double {
                zip(chain, chain.dropFirst()).reduce(0) { $0 + hypot($1.1.x - $1.0.x, $1.1.y - $1.0.y) }
            }
            let covered = zip(chain, chain.dropFirst()).reduce(0.0) { sum, pair in
                guard let (c, d) = rect.clipped(from: pair.0, to: pair.1) else { return sum }
                return sum + hypot(c.x - d.x, c.y - d.y)
            }
            let kept = pieces.reduce(0) { $0 + length($1) }
            #expect(abs(kept + covered - length(chain)) < 1e-9, "nothing else is lost")
        }
    }

    @Test("A simplified chain keeps its ends and stays within the tolerance")
    func simplification() {
        let chain = (0...300).map { Point(Double($0) / 10, 5 * sin(Double($0) / 40)) }
        let simple = chain.simplified(within: 0.05)
        #expect(simple.first == chain.first && simple.last == chain.last && simple.count < 60)
        for point in chain {
            let nearest =
                zip(simple, simple.dropFirst()).map { a, b -> Double in
                    let (dx, dy) = (b.x - a.x, b.y - a.y)
                    let t = min(max(((point.x - a.x) * dx + (point.y - a.y) * dy) / (dx * dx + dy * dy), 0), 1)
                    return hypot(point.x - a.x - t * dx, point.y - a.y - t * dy)
                }.min() ?? .infinity
            #expect(nearest <= 0.05 + 1e-12)
        }
    }
}
