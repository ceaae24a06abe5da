/// One layer of a panel: a line, points, bars, a contour plot, a note. Made by the static functions in this folder.
///
/// A layer with a `label` is told in words: at its end (lines) or in the legend (`LegendPlacement`).
public struct Layer: Sendable {
    let mark: any Mark

    init(_ mark: any Mark) { self.mark = mark }
}

/// What a layer has to be able to do. A new kind of layer is one file: a mark, and a static function on `Layer`.
protocol Mark: Sendable {
    /// The ranges of the data that the axes have to show.
    func extent(x: Axis.Scale, y: Axis.Scale) -> Extent
    /// Refuses data that do not fit together.
    func validate() throws(FigureError)
    /// Where the layer's notes stand: others, who can choose, write nothing there.
    func notes(in frame: PlotFrame) throws -> [Rect]
    /// Draws the layer inside the frame.
    func draw(in frame: PlotFrame, on canvas: any Canvas) throws
    /// The layer's name.
    var label: Label? { get }
    /// What stands before the name in a legend.
    var swatch: Swatch? { get }
    /// Where a line ends, if the name can be written there.
    var directLabel: DirectLabel? { get }
    /// The meaning of the layer's colours.
    var colorBar: ColorBar? { get }
}

extension Mark {
    func extent(x: Axis.Scale, y: Axis.Scale) -> Extent { Extent() }
    func validate() throws(FigureError) {}
    func notes(in frame: PlotFrame) throws -> [Rect] { [] }
    var label: Label? { nil }
    var swatch: Swatch? { nil }
    var directLabel: DirectLabel? { nil }
    var colorBar: ColorBar? { nil }
}

/// The ranges of a layer's data.
struct Extent {
    var x: Span?
    var y: Span?

    init(x: Span? = nil, y: Span? = nil) {
        self.x = x
        self.y = y
    }

    /// The range of points.
    init(_ points: some Sequence<Point>, x: Axis.Scale, y: Axis.Scale) {
        let points = points.filter(\.isFinite)
        self.init(x: Span(points.map(\.x), on: x), y: Span(points.map(\.y), on: y))
    }
}

/// A sample of a layer's look.
enum Swatch: Hashable {
    case line(LineStyle, MarkerStyle?)
    case marker(MarkerStyle)
    case area(Color, LineStyle?)
}

/// A name to be written beside the end of a line.
struct DirectLabel {
    var text: Label
    var at: Point
    /// The point before the last: the label avoids the side from which the line comes.
    var previous: Point?
    var color: Color
}

/// A colour scale with the values of its ends.
struct ColorBar {
    var scale: ColorScale
    var range: ClosedRange<Double>
    var title: Label?
}
