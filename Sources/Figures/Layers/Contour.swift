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
    ///   - isLabelled: whether each level is written in a gap of its longest line.
    ///   - path: a line that another layer draws on top; no level is written across it, nor where a note stands.
    public static func contour(
        _ grid: Grid, levels: [Double], style: LineStyle? = nil, isLabelled: Bool = false, clearOf path: [Point] = [],
        label: Label? = nil
    ) -> Layer {
        Layer(ContourMark(grid: grid, levels: levels, style: style, isLabelled: isLabelled, path: path, label: label))
    }
}

struct ContourMark: Mark {
    var grid: Grid
    var levels: [Double]
    var style: LineStyle?
    var isLabelled: Bool
    var path: [Point] = []
    var label: Label?

    var swatch: Swatch? { .line(style(at: levels.count / 2), nil) }

    func validate() throws(FigureError) {
        try grid.validate()
        guard levels.allSatisfy(\.isFinite) else { throw .invalidData("contour levels must be finite") }
    }

    func extent(x: Axis.Scale, y: Axis.Scale) -> Extent {
        Extent(x: Span(grid.x, on: x, isTight: true), y: Span(grid.y, on: y, isTight: true))
    }

    /// One level's lines inside the plot, and its name, which stands in a gap of the longest of them.
    private struct Line {
        var style: LineStyle
        var chains: [[Point]]
        var name: (block: TextBlock, place: Point)?
    }

    func draw(in frame: PlotFrame, on canvas: any Canvas) throws {
        let names = TickFormat.labels(for: levels, format: .automatic)
        var lines = levels.enumerated().map { index, level in
            Line(
                style: style(at: index),
                chains: MarchingSquares.contours(of: grid, at: level).flatMap {
                    frame.rect.clipped(chain: $0.map(frame.pixel))
                })
        }
        let path = frame.rect.clipped(chain: path.map(frame.pixel))
        var gaps: [Rect] = []
        for index in lines.indices where isLabelled {
            let block = try TextBlock(names[index], size: TextSize.note)
            let taken = gaps + frame.notes
            guard let place = place(for: block, on: lines[index].chains, besides: taken, and: path, in: frame.rect)
            else {
                continue
            }
            lines[index].name = (block, place)
            gaps.append(gap(block, place))
        }
        // Lines stop before a name, whether it is theirs or another's, so that none is struck through.
        for line in lines {
            var drawn = Path()
            for chain in gaps.reduce(line.chains, { chains, gap in chains.flatMap(gap.cutOut) }) { drawn.add(chain) }
            if !drawn.isEmpty { canvas.stroke(drawn, style: line.style) }
        }
        for line in lines {
            if let (block, place) = line.name {
                try block.draw(at: place, .center, color: line.style.color.forText, on: canvas)
            }
        }
    }

    private func gap(_ block: TextBlock, _ place: Point) -> Rect { block.box(at: place, .center).insetBy(-3) }

    /// The first of a few places on the longest chain where the name is free of others and inside the plot. A short line, and even
    /// more a small loop, would disappear under its name and has none.
    private func place(
        for block: TextBlock, on chains: [[Point]], besides gaps: [Rect], and path: [[Point]], in plot: Rect
    ) -> Point? {
        guard let longest = chains.max(by: { $0.count < $1.count }) else { return nil }
        let length = zip(longest, longest.dropFirst()).map { hypot($1.x - $0.x, $1.y - $0.y) }.reduce(0, +)
        guard length > block.width * (longest.first == longest.last ? 4 : 1.8) else { return nil }
        return [0.38, 0.62, 0.25, 0.75, 0.5, 0.1, 0.9].map { longest[Int(Double(longest.count - 1) * $0)] }.first {
            let box = gap(block, $0)
            return box.corners.allSatisfy { plot.contains($0) } && !gaps.contains(where: box.overlaps)
                && path.allSatisfy { box.insetBy(-4).cutOut(of: $0) == [$0] }
        }
    }

    private func style(at index: Int) -> LineStyle {
        if let style { return style }
        // The palest tenth of viridis would be lost on white.
        let share = levels.count > 1 ? Double(index) / Double(levels.count - 1) : 0.5
        return LineStyle(ColorScale.viridis.color(at: share * 0.9), width: 1.5)
    }
}
