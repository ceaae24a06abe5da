import Figures

/// Small pictures in one panel, each in a square or a strip of its own.
struct Pictures {
    private(set) var layers: [Layer] = []

    /// A picture whose top left corner is at (x, y), with pixels of this size.
    mutating func add(
        _ values: [Double], columns: Int, x: Double, y: Double, pixel: Double = 1, frame: Color = .grey
    ) {
        let image = PixelImage(columns: columns, values: values)
        layers.append(
            .image(
                image, x: x...(x + pixel * Double(columns)), y: (y - pixel * Double(image.rows))...y,
                frame: LineStyle(frame, width: frame == .grey ? 1 : 2)))
    }

    /// A picture of pixels that are on or off.
    mutating func add(
        _ pixels: [Bool], columns: Int, x: Double, y: Double, pixel: Double = 1, frame: Color = .grey
    ) {
        add(pixels.map { $0 ? 1 : 0 }, columns: columns, x: x, y: y, pixel: pixel, frame: frame)
    }

    /// Words beside or below a picture.
    mutating func note(_ text: Label, x: Double, y: Double, anchor: Anchor = .top) {
        layers.append(.annotation(text, at: Point(x, y), anchor: anchor))
    }

    /// A panel of these pictures, without axes.
    func panel(title: Label? = nil, x: ClosedRange<Double>, y: ClosedRange<Double>) -> Panel {
        Panel(
            title: title, x: Axis(range: x, ticks: .none, hasLine: false), y: Axis(range: y, ticks: .none),
            layers: layers, legend: .none, aspect: .equal)
    }
}
