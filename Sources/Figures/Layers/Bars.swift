/// One of several series of bars that stand side by side.
public struct BarGroup: Sendable {
    /// The series' name.
    public var label: Label
    /// One height for each position.
    public var heights: [Double]
    /// The bars' colour.
    public var color: Color

    /// A series of bars.
    public init(_ label: Label, heights: [Double], color: Color) {
        self.label = label
        self.heights = heights
        self.color = color
    }
}

extension Layer {
    /// Bars from zero to the height y, centred at x.
    ///
    /// - Parameter width: each bar's width in units of x.
    public static func bars(
        _ points: [Point], width: Double = 0.8, color: Color = .dataGrey, label: Label? = nil
    ) -> Layer {
        Layer(BarsMark(points: points, offset: 0, width: width, color: color, label: label))
    }

    /// Several series of bars side by side at each position: one layer for each series.
    ///
    /// - Parameter width: the width of all bars at one position together, in units of x.
    public static func groupedBars(x: [Double], groups: [BarGroup], width: Double = 0.8) -> [Layer] {
        let each = width / Double(max(groups.count, 1))
        return groups.enumerated().map { index, group in
            let offset = (Double(index) - Double(groups.count - 1) / 2) * each
            let isComplete = group.heights.count == x.count
            return Layer(
                BarsMark(
                    points: zip(x, group.heights).map(Point.init), offset: offset, width: each, color: group.color,
                    label: group.label,
                    problem: isComplete ? nil : "\(x.count) positions of bars and \(group.heights.count) heights"))
        }
    }

    /// How a histogram divides the axis into bins.
    public enum Bins: Hashable, Sendable {
        /// This number of equally wide bins, from the smallest value to the largest.
        case count(Int)
        /// Bins between consecutive edges, which rise. A value on an edge belongs to the bin at its right; the last edge
        /// belongs to the last bin.
        case edges([Double])
        /// One bin for each integer, half a unit to either side.
        case integers
    }

    /// What the height of a histogram's bar says.
    public enum HistogramScale: Hashable, Sendable {
        /// The number of values in the bin.
        case count
        /// The share of all finite values.
        case proportion
        /// Share divided by the bin's width, so that the area is 1: comparable with a density.
        case density
    }

    /// A histogram. NaN and infinite values are left out.
    public static func histogram(
        _ values: [Double], bins: Bins = .count(20), scale: HistogramScale = .count, color: Color = .dataGrey,
        label: Label? = nil
    ) -> Layer {
        Layer(HistogramMark(values: values.filter(\.isFinite), bins: bins, scale: scale, color: color, label: label))
    }
}

extension Color {
    /// The pale grey of observed data behind a fit.
    public static let dataGrey = Color(hex: 0xC6CCD3)
}

struct BarsMark: Mark {
    var points: [Point]
    /// By how much the bars are moved to the right of their positions, in units of x.
    var offset: Double
    var width: Double
    var color: Color
    var label: Label?
    var problem: String?

    var swatch: Swatch? { .area(color, nil) }

    func validate() throws(FigureError) {
        if let problem { throw .invalidData(problem) }
        guard width > 0, width.isFinite else { throw .invalidData("bars need a positive width, not \(width)") }
    }

    func extent(x: Axis.Scale, y: Axis.Scale) -> Extent {
        let points = points.filter(\.isFinite)
        guard !points.isEmpty else { return Extent() }
        var heights = Span(points.map(\.y), on: y)
        if y == .linear { heights?.add(0, isTight: true) }
        let edges = points.flatMap { point -> [Double] in
            let center = point.x + offset
            return [center - width / 2, center + width / 2]
        }
        return Extent(x: Span(edges, on: x), y: heights)
    }

    func draw(in frame: PlotFrame, on canvas: any Canvas) {
        for point in points where point.isFinite {
            let center = point.x + offset
            frame.fillBar(from: center - width / 2, to: center + width / 2, height: point.y, color: color, on: canvas)
        }
    }
}

extension PlotFrame {
    /// Fills a bar that stands on zero (on a logarithmic axis: on the panel's foot), leaving a hair of white to its neighbour.
    func fillBar(from left: Double, to right: Double, height: Double, color: Color, on canvas: any Canvas) {
        guard let x0 = pixel(x: left), let x1 = pixel(x: right), let top = pixel(y: height) else { return }
        let foot = pixel(y: 0) ?? rect.maxY
        let gap = min(0.5, (x1 - x0) * 0.1)
        let bar = Rect(minX: x0 + gap, minY: min(top, foot), maxX: x1 - gap, maxY: max(top, foot))
        let visible = rect.clipped(polygon: bar.corners)
        if visible.count > 2, bar.height > 0 { canvas.fill(Path(visible, closed: true), color: color) }
    }
}
