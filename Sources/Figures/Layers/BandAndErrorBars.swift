extension Layer {
    /// The area between two curves over the same x: a range of uncertainty, the inside of a bound. NaN makes a gap.
    public static func band(
        x: [Double], low: [Double], high: [Double], color: Color = .blue.opacity(0.18), label: Label? = nil
    ) -> Layer {
        Layer(BandMark(x: x, low: low, high: high, color: color, label: label))
    }

    /// Points with a vertical bar of length `error` above and below: a mean and its standard error, say.
    public static func errorBars(
        _ points: [Point], errors: [Double], style: MarkerStyle = MarkerStyle(), label: Label? = nil
    ) -> Layer {
        Layer(ErrorBarsMark(points: points, errors: errors, style: style, label: label))
    }
}

struct BandMark: Mark {
    var x: [Double]
    var low: [Double]
    var high: [Double]
    var color: Color
    var label: Label?

    var swatch: Swatch? { .area(color, nil) }

    func validate() throws(FigureError) {
        guard x.count == low.count, x.count == high.count else {
            throw .invalidData("a band has \(x.count) positions, \(low.count) lower and \(high.count) upper ends")
        }
    }

    func extent(x xScale: Axis.Scale, y yScale: Axis.Scale) -> Extent {
        Extent(x: Span(x, on: xScale), y: Span(low + high, on: yScale))
    }

    func draw(in frame: PlotFrame, on canvas: any Canvas) {
        var (upper, lower): ([Point], [Point]) = ([], [])
        func fillAndBeginAgain() {
            frame.fill(upper + lower.reversed(), color: color, on: canvas)
            (upper, lower) = ([], [])
        }
        for (x, (low, high)) in zip(x, zip(low, high)) {
            if frame.pixel(Point(x, low)) != nil, frame.pixel(Point(x, high)) != nil {
                lower.append(Point(x, low))
                upper.append(Point(x, high))
            } else {
                fillAndBeginAgain()
            }
        }
        fillAndBeginAgain()
    }
}

struct ErrorBarsMark: Mark {
    var points: [Point]
    var errors: [Double]
    var style: MarkerStyle
    var label: Label?

    var swatch: Swatch? { .marker(style) }

    func validate() throws(FigureError) {
        guard points.count == errors.count else {
            throw .invalidData("\(points.count) points and \(errors.count) errors")
        }
        if let negative = errors.first(where: { $0 < 0 }) {
            throw .invalidData("an error bar cannot have the length \(negative)")
        }
    }

    func extent(x: Axis.Scale, y: Axis.Scale) -> Extent {
        let ends = zip(points, errors).flatMap { point, error in
            [point, Point(point.x, point.y - error), Point(point.x, point.y + error)]
        }
        return Extent(ends, x: x, y: y)
    }

    func draw(in frame: PlotFrame, on canvas: any Canvas) {
        let line = LineStyle(style.color, width: 1.4)
        for (point, error) in zip(points, errors) {
            frame.stroke([Point(point.x, point.y - error), Point(point.x, point.y + error)], style: line, on: canvas)
            if let pixel = frame.visiblePixel(point) { style.draw(at: pixel, on: canvas) }
        }
    }
}
