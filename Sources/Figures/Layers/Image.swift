/// A small picture: values of pixels, row by row from the top, as a screen or a page has them.
public struct PixelImage: Hashable, Sendable {
    /// The number of columns.
    public var columns: Int
    /// The values, row by row from the top left; a value that is not finite is a pixel that is not known.
    public var values: [Double]

    /// A picture of given values; whether they fill whole rows is checked when it is drawn.
    public init(columns: Int, values: [Double]) {
        self.columns = columns
        self.values = values
    }

    /// The number of rows.
    public var rows: Int { columns > 0 ? values.count / columns : 0 }
}

extension Layer {
    /// A picture: every pixel a rectangle, all inside a thin frame.
    ///
    /// Unlike a heat map it has its first row at the top, and stands where it is put, so that one panel can hold many. In a
    /// panel with equal units, and `x` and `y` in proportion to columns and rows, pixels are squares.
    /// - Parameters:
    ///   - x: from the left edge to the right, in data coordinates.
    ///   - y: from the lower edge to the upper.
    ///   - scale: the colours; white to ink, unless something else is asked for.
    ///   - range: the values of the scale's ends; values outside have the end's colour.
    ///   - unknown: the colour of pixels whose value is not finite.
    ///   - frame: the line around the picture; nil for none.
    public static func image(
        _ image: PixelImage, x: ClosedRange<Double>, y: ClosedRange<Double>, scale: ColorScale = .white(to: .ink),
        range: ClosedRange<Double> = 0...1, unknown: Color = .unknownPixel,
        frame: LineStyle? = LineStyle(.grey, width: 1)
    ) -> Layer {
        Layer(ImageMark(image: image, x: x, y: y, scale: scale, range: range, unknown: unknown, frame: frame))
    }
}

extension Color {
    /// A pale blue that no shade of grey can be taken for: pixels that are not known.
    public static let unknownPixel = Color(hex: 0xC9DEF0)
}

struct ImageMark: Mark {
    var image: PixelImage
    var x: ClosedRange<Double>
    var y: ClosedRange<Double>
    var scale: ColorScale
    var range: ClosedRange<Double>
    var unknown: Color
    var frame: LineStyle?

    func validate() throws(FigureError) {
        guard (1...Grid.mostLines).contains(image.columns), (1...Grid.mostLines).contains(image.rows),
            image.values.count == image.columns * image.rows
        else {
            throw .invalidData(
                "an image of \(image.columns) columns cannot have \(image.values.count) values: 1 to \(Grid.mostLines) full rows"
            )
        }
        for (what, ends) in [("range of a colour scale", range), ("width of an image", x), ("height of an image", y)] {
            guard ends.lowerBound.isFinite, ends.upperBound.isFinite, ends.lowerBound < ends.upperBound else {
                throw .invalidData("the \(what) must be finite and not empty, not \(ends)")
            }
        }
    }

    func extent(x xScale: Axis.Scale, y yScale: Axis.Scale) -> Extent {
        Extent(
            x: Span([x.lowerBound, x.upperBound], on: xScale, isTight: true),
            y: Span([y.lowerBound, y.upperBound], on: yScale, isTight: true))
    }

    /// As in a heat map, shades are painted from the lightest to the darkest, each over everything that is at least as dark: no
    /// seams, and one path for each shade.
    func draw(in plot: PlotFrame, on canvas: any Canvas) throws {
        let last = Double(HeatMapMark.shades - 1)
        let shades = image.values.map { value in
            value.isFinite ? Int((min(max(range.share(of: value), 0), 1) * last).rounded()) : -1
        }
        func edges(_ ends: ClosedRange<Double>, _ count: Int, _ pixel: (Double) -> Double?) -> [Double?] {
            (0...count).map { step in
                let share = Double(step) / Double(count)
                return pixel(ends.lowerBound * (1 - share) + ends.upperBound * share).map { ($0 * 4).rounded() / 4 }
            }
        }
        let columns = edges(x, image.columns) { plot.pixel(x: $0) }
        let rows = Array(edges(y, image.rows) { plot.pixel(y: $0) }.reversed())
        for shade in Set(shades).sorted() {
            var path = Path()
            for row in 0..<image.rows {
                let own = shades[(row * image.columns)...].prefix(image.columns)
                for run in HeatMapMark.runs(shade < 0 ? own.map { $0 < 0 ? 0 : -1 }[...] : own, atLeast: max(shade, 0))
                {
                    guard let x0 = columns[run.lowerBound], let x1 = columns[run.upperBound], let y0 = rows[row],
                        let y1 = rows[row + 1]
                    else { continue }
                    let visible = plot.rect.clipped(polygon: Rect(minX: x0, minY: y0, maxX: x1, maxY: y1).corners)
                    if visible.count > 2 { path.add(visible, closed: true) }
                }
            }
            guard !path.isEmpty else { continue }
            canvas.fill(path, color: shade < 0 ? unknown : scale.color(at: Double(shade) / last))
        }
        guard let frame else { return }
        let corners = [
            Point(x.lowerBound, y.lowerBound), Point(x.upperBound, y.lowerBound), Point(x.upperBound, y.upperBound),
            Point(x.lowerBound, y.upperBound), Point(x.lowerBound, y.lowerBound),
        ]
        plot.stroke(corners, style: frame, on: canvas)
    }
}
