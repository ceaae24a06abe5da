#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension Layer {
    /// Contour lines.
    ///
    /// - Parameters:
    ///   - levels: the values at which lines are drawn.
    ///   - style: one style for all lines; nil colours them by viridis, dark for low levels.
    ///   - isLabelled: whether each level is written on its longest line.
    public static func contour(
        _ grid: Grid, levels: [Double], style: LineStyle? = nil, isLabelled: Bool = false, label: Label? = nil
    ) -> Layer {
        Layer(ContourMark(grid: grid, levels: levels, style: style, isLabelled: isLabelled, label: label))
    }
}

struct ContourMark: Mark {
    var grid: Grid
    var levels: [Double]
    var style: LineStyle?
    var isLabelled: Bool
    var label: Label?

    var swatch: Swatch? { .line(style(at: levels.count / 2), nil) }

    func validate() throws(FigureError) {
        try grid.validate()
        guard levels.allSatisfy(\.isFinite) else { throw .invalidData("contour levels must be finite") }
    }

    func extent(x: Axis.Scale, y: Axis.Scale) -> Extent {
        Extent(x: Span(grid.x, on: x, isTight: true), y: Span(grid.y, on: y, isTight: true))
    }

    func draw(in frame: PlotFrame, on canvas: any Canvas) throws {
        let names = TickFormat.labels(for: levels, format: .automatic)
        var taken: [Rect] = []
        for (index, level) in levels.enumerated() {
            let style = style(at: index)
            var path = Path()
            var longest: [Point] = []
            for chain in MarchingSquares.contours(of: grid, at: level) {
                for visible in frame.rect.clipped(chain: chain.map(frame.pixel)) {
                    path.add(visible)
                    if visible.count > longest.count { longest = visible }
                }
            }
            guard !path.isEmpty else { continue }
            canvas.stroke(path, style: style)
            guard isLabelled else { continue }
            let block = try TextBlock(names[index], size: TextSize.note)
            // A short line, and even more a small loop, would disappear under its label.
            let length = zip(longest, longest.dropFirst()).map { hypot($1.x - $0.x, $1.y - $0.y) }.reduce(0, +)
            guard length > block.width * (longest.first == longest.last ? 4 : 1.8) else { continue }
            // The first of a few places on the line where the label is free of others and inside the plot.
            let places = [0.5, 0.25, 0.75, 0.38, 0.62, 0.1, 0.9].map { longest[Int(Double(longest.count - 1) * $0)] }
            let free = places.first { place in
                let box = block.box(at: place, .center).insetBy(-4)
                return frame.rect.contains(Point(box.minX, box.minY)) && frame.rect.contains(Point(box.maxX, box.maxY))
                    && !taken.contains(where: box.overlaps)
            }
            guard let free else { continue }
            taken.append(block.box(at: free, .center).insetBy(-4))
            try block.drawOnChip(at: free, .center, color: style.color.forText, on: canvas)
        }
    }

    private func style(at index: Int) -> LineStyle {
        if let style { return style }
        // The palest tenth of viridis would be lost on white.
        let share = levels.count > 1 ? Double(index) / Double(levels.count - 1) : 0.5
        return LineStyle(ColorScale.viridis.color(at: share * 0.9), width: 1.5)
    }
}
