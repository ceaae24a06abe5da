/// A figure: a value that says what is to be seen, and can be drawn on any canvas.
///
///     let figure = Figure(
///         id: "log-likelihood", title: "The log-likelihood never falls",
///         alt: "The log-likelihood rises from −35.2 to −31.6 in 12 steps.",
///         panels: [
///             Panel(
///                 x: Axis("step $t$", ticks: .integers), y: Axis("$\\ell(\\theta^{(t)})$"),
///                 layers: [.line(points, marker: .circle)])
///         ])
///     let bytes = try figure.render(.svg)
public struct Figure: Sendable {
    private enum Content: Sendable {
        case panels([Panel], columns: Int, sharesX: Bool, sharesY: Bool)
        case diagram(Diagram)
    }

    /// The stem of the file's name: letters, digits, `-` and `_`.
    public private(set) var id: String
    /// The title: what the figure shows or, better, what there is to be learnt from it.
    public let title: Label
    /// A line in grey below the title.
    public let subtitle: Label?
    /// The finding in words, with its numbers: for readers who cannot see the figure. `<desc>` in SVG, alt text in Markdown.
    public let alt: String
    private let content: Content
    private let size: Size?

    /// A figure of panels in a grid, row by row.
    ///
    /// - Parameters:
    ///   - columns: panels per row.
    ///   - sharedX: all panels have the first one's x axis, with a range that holds everybody's data; its labels are written
    ///     once per column, its title once.
    ///   - sharedY: the same for y; labels once per row.
    ///   - size: width and height in pixels; nil chooses both.
    public init(
        id: String, title: Label, subtitle: Label? = nil, alt: String, panels: [Panel], columns: Int = 1,
        sharedX: Bool = false, sharedY: Bool = false, size: Size? = nil
    ) {
        self.id = id
        self.title = title
        self.subtitle = subtitle
        self.alt = alt
        self.size = size
        content = .panels(panels, columns: columns, sharesX: sharedX, sharesY: sharedY)
    }

    /// The same figure under another name: for a document that shows one figure in many versions.
    public func named(_ id: String) -> Figure {
        var figure = self
        figure.id = id
        return figure
    }

    /// A figure of one diagram, as large as it needs to be.
    public init(id: String, title: Label, subtitle: Label? = nil, alt: String, diagram: Diagram) {
        self.id = id
        self.title = title
        self.subtitle = subtitle
        self.alt = alt
        size = nil
        content = .diagram(diagram)
    }

    /// The figure as a file of the given format: the same figure gives the same bytes.
    ///
    /// - Throws: `FigureError`.
    public func render(_ format: FigureFormat) throws -> [UInt8] {
        guard !id.isEmpty, id.utf8.count <= 100,
            id.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") })
        else { throw FigureError.invalidID(id) }
        let layout = try Layout(self)
        let info = DocumentInfo(title: try title.plainText(), description: alt)
        let canvas = try CairoCanvas(format, size: layout.size, info: info)
        try layout.draw(on: canvas)
        return try canvas.finish()
    }

    /// Draws the figure, for example on a `RecordingCanvas`.
    ///
    /// - Returns: the figure's size in pixels.
    /// - Throws: `FigureError`.
    @discardableResult
    public func draw(on canvas: any Canvas) throws -> Size {
        let layout = try Layout(self)
        try layout.draw(on: canvas)
        return layout.size
    }

    /// Title, subtitle and content, measured and placed.
    private struct Layout {
        private enum Body {
            case panels(PanelGrid)
            case diagram(DiagramLayout)
        }

        let size: Size
        private let title: TextBlock
        private let subtitle: TextBlock?
        private let body: Body
        private let bodySize: Size

        private static let margin = 18.0
        /// From the title's baseline to the subtitle's capitals, and from the header to the body.
        private static let (titleGap, headerGap) = (11.0, 22.0)

        init(_ figure: Figure) throws(FigureError) {
            let margin = Layout.margin
            if let size = figure.size { try Layout.check(size) }
            var bodyWidth = (figure.size?.width).map { $0 - 2 * margin }
            if bodyWidth == nil {
                // The body decides about the width; a longer title may widen it up to the usual width of a figure.
                let natural = try TextBlock(figure.title, size: TextSize.title, isBold: true).width
                bodyWidth = max(try Layout.body(figure, width: nil, height: nil).size.width, min(natural, 664))
            }
            let width = max(bodyWidth ?? 0, 60)
            title = try TextBlock(figure.title, size: TextSize.title, isBold: true, maxWidth: width)
            subtitle = try figure.subtitle.map { label throws(FigureError) in
                try TextBlock(label, size: TextSize.body, maxWidth: width)
            }
            let header = title.height + (subtitle.map { $0.height + Layout.titleGap } ?? 0) + Layout.headerGap
            let height = (figure.size?.height).map { $0 - 2 * margin - header }
            if let size = figure.size, let height, height < 1 { throw .tooSmall(size) }
            (body, bodySize) = try Layout.body(figure, width: figure.size == nil ? nil : width, height: height)
            size =
                figure.size
                ?? Size(
                    width: (width + 2 * margin).rounded(.up),
                    height: (bodySize.height + header + 2 * margin).rounded(.up))
            try Layout.check(size)
        }

        /// Cairo's bitmaps end at 32,767 dots, and a bitmap of 16 million pixels is 256 megabytes.
        private static func check(_ size: Size) throws(FigureError) {
            guard (1...16_000).contains(size.width), (1...16_000).contains(size.height),
                size.width * size.height <= 16_000_000
            else {
                throw .invalidData(
                    "a figure of \(size.width) × \(size.height) pixels is too large or too small: 1 to 16000 either way, and 16 million in all"
                )
            }
        }

        private static func body(_ figure: Figure, width: Double?, height: Double?) throws(FigureError) -> (
            body: Body, size: Size
        ) {
            switch figure.content {
            case .panels(let panels, let columns, let sharesX, let sharesY):
                let grid = try PanelGrid(
                    panels, columns: columns, sharesX: sharesX, sharesY: sharesY, width: width, height: height)
                return (.panels(grid), grid.size)
            case .diagram(let diagram):
                let layout = try DiagramLayout(diagram)
                return (.diagram(layout), layout.size)
            }
        }

        func draw(on canvas: any Canvas) throws {
            var pen = Point(Layout.margin, Layout.margin)
            try title.draw(at: pen, .topLeft, color: .ink, on: canvas)
            pen.y += title.height
            if let subtitle {
                pen.y += Layout.titleGap
                try subtitle.draw(at: pen, .topLeft, color: .quietInk, on: canvas)
                pen.y += subtitle.height
            }
            pen.y += Layout.headerGap
            switch body {
            case .panels(let grid): try grid.draw(at: pen, on: canvas)
            case .diagram(let layout): try layout.draw(at: pen, on: canvas)
            }
        }
    }
}
