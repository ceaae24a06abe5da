import Testing

@testable import Figures

@Suite struct ImageTests {
    private let scale = ColorScale.white(to: .ink)
    /// Two rows of three pixels: off, half, on; on, not known, off.
    private let image = PixelImage(columns: 3, values: [0, 0.5, 1, 1, .nan, 0])

    /// The colour on top at a place in shares of the plot, x from the left and y from the top; nil where nothing was filled.
    private func color(_ x: Double, _ y: Double, _ canvas: RecordingCanvas) throws -> Color? {
        let rect = try canvas.plotRect()
        let place = Point(rect.minX + x * rect.width, rect.minY + y * rect.height)
        return canvas.fills.last { fill in rectangles(fill.path).contains { $0.contains(place) } }?.color
    }

    /// The rectangles of a path that has nothing else.
    private func rectangles(_ path: Path) -> [Rect] {
        var corners: [[Point]] = []
        for element in path.elements {
            switch element {
            case .move(let point): corners.append([point])
            case .line(let point): corners[corners.count - 1].append(point)
            case .curve, .close: break
            }
        }
        return corners.map { points in
            let (xs, ys) = (points.map(\.x), points.map(\.y))
            return Rect(minX: xs.min() ?? 0, minY: ys.min() ?? 0, maxX: xs.max() ?? 0, maxY: ys.max() ?? 0)
        }
    }

    @Test("The first row is at the top, every pixel in its shade, and unknown ones in their own colour")
    func places() throws {
        let canvas = try record(figure([probe, .image(image, x: 2...8, y: 1...9)]))
        // Forty shades: the middle is the twentieth or the twenty-first. Near each corner of each pixel:
        let expected = [
            [scale.color(at: 0), scale.color(at: 20.0 / 39), scale.color(at: 1)],
            [scale.color(at: 1), .unknownPixel, scale.color(at: 0)],
        ]
        for (row, colors) in expected.enumerated() {
            for (column, wanted) in colors.enumerated() {
                for (x, y) in [(0.005, 0.005), (0.195, 0.005), (0.005, 0.395), (0.195, 0.395)] {
                    let found = try color(0.2 + 0.2 * Double(column) + x, 0.1 + 0.4 * Double(row) + y, canvas)
                    #expect(found == wanted, "row \(row), column \(column)")
                }
            }
        }
        let colors = Set(expected.joined())
        #expect(canvas.fills.count { colors.contains($0.color) } >= colors.count)
        for (x, y) in [(0.19, 0.5), (0.81, 0.5), (0.5, 0.09), (0.5, 0.91)] {
            #expect(try color(x, y, canvas).map(colors.contains) != true)
        }
    }

    @Test("Values outside the range have the end's colour, and the frame is drawn once")
    func range() throws {
        let wide = PixelImage(columns: 2, values: [-7, 300])
        let frame = LineStyle(Color(hex: 0xABCDEF), width: 1)
        let canvas = try record(figure([probe, .image(wide, x: 0...10, y: 0...10, range: 0...100, frame: frame)]))
        #expect(try color(0.25, 0.5, canvas) == scale.color(at: 0))
        #expect(try color(0.75, 0.5, canvas) == scale.color(at: 1))
        #expect(canvas.strokes.count { $0.style == frame } == 1)
        let bare = try record(figure([probe, .image(wide, x: 0...10, y: 0...10, frame: nil)]))
        #expect(!bare.strokes.contains { $0.style == frame })
    }

    @Test("An image of one pixel will do, and what lies outside the plot is cut off")
    func small() throws {
        let canvas = try record(figure([probe, .image(PixelImage(columns: 1, values: [1]), x: 5...20, y: -4...5)]))
        #expect(try color(0.75, 0.75, canvas) == scale.color(at: 1))
        let path = try #require(canvas.fills.first { $0.color == scale.color(at: 1) }).path
        let rect = try canvas.plotRect()
        #expect(path.points.allSatisfy { rect.contains($0, tolerance: Tolerance.pixel) })
    }

    @Test("A panel takes the image's edges as its range")
    func extent() throws {
        let extent = ImageMark(
            image: image, x: -1...2, y: 3...4, scale: scale, range: 0...1, unknown: .unknownPixel, frame: nil
        ).extent(x: .linear, y: .linear)
        #expect(extent.x?.lower == -1 && extent.x?.upper == 2 && extent.y?.lower == 3 && extent.y?.upper == 4)
    }

    @Test("Images that are none are refused with a reason")
    func refused() {
        let bad: [Layer] = [
            .image(PixelImage(columns: 0, values: []), x: 0...1, y: 0...1),
            .image(PixelImage(columns: 3, values: [1, 2, 3, 4]), x: 0...1, y: 0...1),
            .image(PixelImage(columns: -1, values: [1]), x: 0...1, y: 0...1),
            .image(PixelImage(columns: 1, values: Array(repeating: 0, count: 1001)), x: 0...1, y: 0...1),
            .image(image, x: 1...1, y: 0...1), .image(image, x: 0...1, y: 0...(.infinity)),
            .image(image, x: 0...1, y: 0...1, range: 2...2),
        ]
        for layer in bad { #expect(throws: FigureError.self, "\(layer)") { try record(figure([layer])) } }
    }

    @Test("SVG: a path for each shade, in its colour")
    func svg() throws {
        let bytes = try figure([.image(image, x: 2...8, y: 1...9)]).render(.svg)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(try figure([.image(image, x: 2...8, y: 1...9)]).render(.svg) == bytes)
        let more = PixelImage(columns: 3, values: Array(repeating: image.values, count: 30).flatMap { $0 })
        let tall = String(decoding: try figure([.image(more, x: 2...8, y: 1...9)]).render(.svg), as: UTF8.self)
        func paths(_ text: String) -> Int { text.components(separatedBy: "<path").count }
        #expect(paths(text) == paths(tall), "thirty times as many pixels in as many paths")
    }

    @Test("PNG: the middle of every pixel has its colour")
    func png() throws {
        let size = Size(width: 600, height: 400)
        let frame = LineStyle(Color(hex: 0xABCDEF), width: 1)
        let drawn = figure([probe, .image(image, x: 2...8, y: 1...9, frame: frame)])
        let rect = try record(drawn).plotRect()
        let picture = try PNGTests.Picture(file: figure([.image(image, x: 2...8, y: 1...9, frame: frame)]).render(.png))
        #expect(picture.width == 2 * Int(size.width) && picture.height == 2 * Int(size.height))
        func dot(_ column: Int, _ row: Int) -> UInt32 {
            let x = rect.minX + rect.width * (0.3 + 0.2 * Double(column))
            let y = rect.minY + rect.height * (0.3 + 0.4 * Double(row))
            return picture.pixels[Int(2 * y) * picture.width + Int(2 * x)]
        }
        #expect(dot(0, 0) == 0xFFFFFF && dot(2, 1) == 0xFFFFFF)
        #expect(dot(2, 0) == 0x1F2328 && dot(0, 1) == 0x1F2328)
        #expect(dot(1, 1) == 0xC9DEF0)
        let grey = dot(1, 0)
        #expect(grey & 255 > 0x28 && grey & 255 < 0xFF)
    }
}
