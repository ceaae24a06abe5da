extension Layer {
    /// Colours for the values of a grid, with a colour bar beside the panel.
    ///
    /// Each crossing of the grid becomes a rectangle that reaches halfway to its neighbours; NaN and infinite values stay white. A
    /// smooth map fills the areas between contour lines instead, and ends at the outermost crossings; it is for functions without
    /// holes. Values are shown in 40 shades.
    /// - Parameters:
    ///   - range: the values of the scale's ends; nil takes the smallest and the largest value. Values outside have the end's
    ///     colour.
    ///   - title: what the colours mean, written over the colour bar. Without a title there is no bar.
    ///   - isSmooth: whether areas between contour lines are filled instead of cells.
    public static func heatMap(
        _ grid: Grid, scale: ColorScale = .viridis, range: ClosedRange<Double>? = nil, title: Label? = nil,
        isSmooth: Bool = false
    ) -> Layer {
        Layer(HeatMapMark(grid: grid, scale: scale, range: range, title: title, isSmooth: isSmooth))
    }
}

struct HeatMapMark: Mark {
    var grid: Grid
    var scale: ColorScale
    var range: ClosedRange<Double>?
    var title: Label?
    var isSmooth = false

    /// More would not be told apart, and the drawing grows with their number.
    static let shades = 40

    var colorBar: ColorBar? {
        guard let title, let range = try? range ?? grid.valueRange() else { return nil }
        return ColorBar(scale: scale, range: range, title: title)
    }

    func validate() throws(FigureError) {
        try grid.validate()
        guard !isSmooth || grid.values.allSatisfy(\.isFinite) else {
            throw .invalidData("a smooth heat map needs finite values everywhere")
        }
        if let range {
            guard range.lowerBound.isFinite, range.upperBound.isFinite, range.lowerBound < range.upperBound else {
                throw .invalidData("the range of a colour scale must be finite and not empty, not \(range)")
            }
        } else {
            _ = try grid.valueRange()
        }
    }

    func extent(x: Axis.Scale, y: Axis.Scale) -> Extent {
        if isSmooth { return Extent(x: Span(grid.x, on: x, isTight: true), y: Span(grid.y, on: y, isTight: true)) }
        return Extent(
            x: Span(HeatMapMark.edges(grid.x), on: x, isTight: true),
            y: Span(HeatMapMark.edges(grid.y), on: y, isTight: true))
    }

    /// Shades are painted from the lowest to the highest, each over everything that is at least as high: so neighbouring cells
    /// overlap and no white seams shine through, and one path per shade keeps the file small.
    func draw(in frame: PlotFrame, on canvas: any Canvas) throws {
        let range = try range ?? grid.valueRange()
        if isSmooth { return drawAreas(range, in: frame, on: canvas) }
        let last = Double(HeatMapMark.shades - 1)
        let shades = grid.values.map { value in
            value.isFinite ? Int((min(max(range.share(of: value), 0), 1) * last).rounded()) : -1
        }
        // Quarters of a pixel, which nobody sees, need half the digits.
        func snapped(_ pixel: Double?) -> Double? { pixel.map { ($0 * 4).rounded() / 4 } }
        let columns = HeatMapMark.edges(grid.x).map { snapped(frame.pixel(x: $0)) }
        let rows = HeatMapMark.edges(grid.y).map { snapped(frame.pixel(y: $0)) }
        for shade in Set(shades).filter({ $0 >= 0 }).sorted() {
            var path = Path()
            for row in grid.y.indices {
                for run in HeatMapMark.runs(shades[(row * grid.x.count)...].prefix(grid.x.count), atLeast: shade) {
                    guard let x0 = columns[run.lowerBound], let x1 = columns[run.upperBound], let y0 = rows[row],
                        let y1 = rows[row + 1]
                    else { continue }
                    let cell = Rect(minX: x0, minY: y1, maxX: x1, maxY: y0)
                    let visible = frame.rect.clipped(polygon: cell.corners)
                    if visible.count > 2 { path.add(visible, closed: true) }
                }
            }
            if !path.isEmpty { canvas.fill(path, color: scale.color(at: Double(shade) / last)) }
        }
    }

    /// As with cells, each shade over the area of all that are at least as high.
    private func drawAreas(_ range: ClosedRange<Double>, in frame: PlotFrame, on canvas: any Canvas) {
        let last = Double(HeatMapMark.shades - 1)
        for shade in 0..<HeatMapMark.shades {
            // A shade stands for the values that are nearest to its own.
            let share = (Double(shade) - 0.5) / last
            let level = range.lowerBound * (1 - share) + range.upperBound * share
            let rings =
                shade == 0
                ? [
                    [
                        Point(grid.x[0], grid.y[0]), Point(grid.x[grid.x.count - 1], grid.y[0]),
                        Point(grid.x[grid.x.count - 1], grid.y[grid.y.count - 1]),
                        Point(grid.x[0], grid.y[grid.y.count - 1]),
                    ]
                ]
                : MarchingSquares.areas(of: grid, atLeast: level)
            var path = Path()
            for ring in rings {
                // Quarters of a pixel, which nobody sees, need half the digits.
                let corners = ring.compactMap(frame.pixel).map {
                    Point(($0.x * 4).rounded() / 4, ($0.y * 4).rounded() / 4)
                }
                let visible = frame.rect.clipped(polygon: corners)
                if visible.count > 2 { path.add(visible.simplified(within: 0.2), closed: true) }
            }
            if !path.isEmpty { canvas.fill(path, color: scale.color(at: Double(shade) / last)) }
        }
    }

    /// Maximal runs of columns whose shade is high enough.
    static func runs(_ shades: ArraySlice<Int>, atLeast least: Int) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var start: Int?
        for (column, shade) in shades.enumerated() {
            if shade >= least {
                start = start ?? column
            } else if let begun = start {
                result.append(begun..<column)
                start = nil
            }
        }
        return result + (start.map { [$0..<shades.count] } ?? [])
    }

    /// The boundaries of the cells around positions: halfway to the neighbours, and as far outside at both ends.
    static func edges(_ positions: [Double]) -> [Double] {
        guard positions.count > 1, let first = positions.first, let last = positions.last else { return positions }
        let middles = zip(positions, positions.dropFirst()).map { $0 / 2 + $1 / 2 }
        return [2 * first - middles[0]] + middles + [2 * last - middles[middles.count - 1]]
    }
}
