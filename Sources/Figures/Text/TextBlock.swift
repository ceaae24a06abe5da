/// Where a text lies relative to the point at which it is put: `.left` means that its left edge's middle is there.
public enum Anchor: Hashable, Sendable, CaseIterable {
    /// A corner, the middle of an edge, or the centre of the text.
    case topLeft, top, topRight, left, center, right, bottomLeft, bottom, bottomRight

    /// 0 if the point is at the text's left edge, 1 at the right edge.
    var horizontal: Double {
        switch self {
        case .topLeft, .left, .bottomLeft: 0
        case .top, .center, .bottom: 0.5
        case .topRight, .right, .bottomRight: 1
        }
    }

    /// 0 if the point is at the text's top edge, 1 at the bottom edge.
    var vertical: Double {
        switch self {
        case .topLeft, .top, .topRight: 0
        case .left, .center, .right: 0.5
        case .bottomLeft, .bottom, .bottomRight: 1
        }
    }
}

/// A label set in lines, measured, and ready to be drawn.
struct TextBlock {
    /// One line: runs of text relative to the left end of its baseline.
    private let lines: [TypesetLine]
    let size: Double
    let width: Double

    /// Sets a label, breaking lines at spaces if it is wider than `maxWidth`.
    ///
    /// - Throws: `FigureError` for unknown commands, missing glyphs and missing fonts.
    init(_ label: Label, size: Double, isBold: Bool = false, maxWidth: Double = .infinity) throws(FigureError) {
        self.size = size
        var lines: [TypesetLine] = []
        for atoms in try LabelParser.lines(of: label) {
            lines += try Typesetter(isBold: isBold).lines(atoms, size: size, maxWidth: maxWidth)
        }
        self.lines = lines
        width = lines.map(\.width).max() ?? 0
    }

    /// Distance between baselines.
    private var leading: Double { size * 1.32 }
    /// From the top of the box to the first baseline: the height of capitals and digits.
    private static let capHeight = 0.73
    /// Height from the top of the first line's capitals to the last baseline: what the eye sees as the text's body.
    var height: Double { Double(lines.count - 1) * leading + size * TextBlock.capHeight }
    /// How far letters like g reach below the last baseline.
    var descent: Double { size * 0.24 }

    /// The box (capitals to baseline) of the text with its `anchor` at `point`.
    func box(at point: Point, _ anchor: Anchor) -> Rect {
        let left = point.x - anchor.horizontal * width
        let top = point.y - anchor.vertical * height
        return Rect(minX: left, minY: top, maxX: left + width, maxY: top + height)
    }

    /// Draws the text; lines are flushed as the anchor says.
    func draw(at point: Point, _ anchor: Anchor, color: Color, on canvas: any Canvas) throws {
        let box = box(at: point, anchor)
        for (index, line) in lines.enumerated() {
            let x = box.minX + anchor.horizontal * (width - line.width)
            let y = box.minY + size * TextBlock.capHeight + Double(index) * leading
            for placed in line.runs where !placed.run.string.isEmpty {
                try canvas.draw(placed.run, at: Point(x + placed.x, y + placed.y), color: color)
            }
        }
    }
}
