/// A name and a sample of the look that goes with it.
struct LegendEntry: Hashable {
    var swatch: Swatch
    var label: Label
}

/// A legend, set and measured: in rows, or as a list.
struct LegendBlock {
    private struct Item {
        var swatch: Swatch
        var text: TextBlock
        var origin: Point
    }

    private var items: [Item] = []
    private(set) var width = 0.0
    private(set) var height = 0.0

    private static let swatchWidth = 22.0
    private static let swatchGap = 6.0
    private static let itemGap = 20.0
    private static let leading = 20.0

    /// Entries side by side, in as many rows as `maxWidth` asks for; with `isList`, one below the other.
    init(_ entries: [LegendEntry], maxWidth: Double, isList: Bool = false) throws(FigureError) {
        var pen = Point(0, 0)
        for entry in entries {
            let lead = LegendBlock.swatchWidth + LegendBlock.swatchGap
            let text = try TextBlock(entry.label, size: TextSize.body, maxWidth: max(40, maxWidth - lead))
            let itemWidth = lead + text.width
            if pen.x > 0, isList || pen.x + itemWidth > maxWidth { pen = Point(0, height) }
            items.append(Item(swatch: entry.swatch, text: text, origin: pen))
            width = max(width, pen.x + itemWidth)
            height = max(height, pen.y + text.height - TextSize.body * 0.73 + LegendBlock.leading)
            pen.x += itemWidth + LegendBlock.itemGap
        }
    }

    var isEmpty: Bool { items.isEmpty }

    /// Draws the legend with its top left corner at `origin`.
    func draw(at origin: Point, on canvas: any Canvas) throws {
        for item in items {
            let (x, y) = (origin.x + item.origin.x, origin.y + item.origin.y + LegendBlock.leading / 2)
            item.swatch.draw(from: x, width: LegendBlock.swatchWidth, middle: y, on: canvas)
            let top = Point(x + LegendBlock.swatchWidth + LegendBlock.swatchGap, y - TextSize.body * 0.365)
            try item.text.draw(at: top, .topLeft, color: .ink, on: canvas)
        }
    }
}

extension Swatch {
    fileprivate func draw(from x: Double, width: Double, middle y: Double, on canvas: any Canvas) {
        let center = Point(x + width / 2, y)
        switch self {
        case .line(let style, let marker):
            canvas.stroke(Path([Point(x, y), Point(x + width, y)]), style: style)
            marker?.draw(at: center, on: canvas)
        case .marker(let style):
            MarkerStyle(style.color.opacity(max(style.color.opacity, 0.7)), style.marker, size: max(style.size, 6))
                .draw(at: center, on: canvas)
        case .area(let color, let outline):
            let box = Rect(minX: x + 3, minY: y - 5.5, maxX: x + width - 3, maxY: y + 5.5)
            canvas.fill(Path(box, radius: 1.5), color: color)
            if let outline { canvas.stroke(Path(box, radius: 1.5), style: outline) }
        }
    }
}
