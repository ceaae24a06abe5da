import CCairo

/// A file format for figures.
public enum FigureFormat: String, Hashable, Sendable, CaseIterable {
    /// Scalable Vector Graphics, with `<title>` and `<desc>`; letters are outlines, so no font is needed to show it.
    case svg
    /// A bitmap with two dots per pixel of the figure.
    case png
    /// One page, with embedded fonts.
    case pdf
}

/// What a document says about itself.
struct DocumentInfo {
    var title: String
    var description: String
}

/// Draws with Cairo into memory.
///
/// Cairo's own functions for files leave truncated files on a full disk; therefore bytes are collected, the surface's status is
/// checked after it has been finished, and writing is left to `Files`.
final class CairoCanvas: Canvas {
    /// Bytes that Cairo has written.
    private final class Sink {
        var bytes: [UInt8] = []

        static let write: cairo_write_func_t = { closure, data, length in
            guard let closure, let data else { return CAIRO_STATUS_WRITE_ERROR }
            let sink = Unmanaged<Sink>.fromOpaque(closure).takeUnretainedValue()
            sink.bytes += UnsafeBufferPointer(start: data, count: Int(length))
            return CAIRO_STATUS_SUCCESS
        }
    }

    private let sink = Sink()
    private let format: FigureFormat
    private let info: DocumentInfo
    private let surface: OpaquePointer?
    private let context: OpaquePointer?

    /// A white canvas.
    init(_ format: FigureFormat, size: Size, info: DocumentInfo) throws(FigureError) {
        self.format = format
        self.info = info
        let closure = Unmanaged.passUnretained(sink).toOpaque()
        switch format {
        case .svg:
            surface = cairo_svg_surface_create_for_stream(Sink.write, closure, size.width, size.height)
            cairo_svg_surface_set_document_unit(surface, CAIRO_SVG_UNIT_PX)
        case .pdf:
            surface = cairo_pdf_surface_create_for_stream(Sink.write, closure, size.width, size.height)
            // The date of the course's birth stands for all dates: the same figure must give the same bytes.
            cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "2025-01-01T00:00:00Z")
            cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, info.title)
            cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT, info.description)
        case .png:
            surface = cairo_image_surface_create(
                CAIRO_FORMAT_RGB24, Int32(clamping: Int(clamping: size.width * CairoCanvas.pngScale)),
                Int32(clamping: Int(clamping: size.height * CairoCanvas.pngScale)))
            cairo_surface_set_device_scale(surface, CairoCanvas.pngScale, CairoCanvas.pngScale)
        }
        context = cairo_create(surface)
        try checkStatus(cairo_surface_status(surface))
        try checkStatus(cairo_status(context))
        // Explicitly white: pages in dark mode would otherwise show dark text on a dark ground.
        fill(Path(Rect(minX: 0, minY: 0, maxX: size.width, maxY: size.height)), color: .white)
        cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
    }

    deinit {
        cairo_destroy(context)
        cairo_surface_destroy(surface)
    }

    /// Dots of a PNG per pixel of the figure, for screens with fine dots.
    static let pngScale = 2.0

    func fill(_ path: Path, color: Color) {
        trace(path)
        setSource(color)
        cairo_fill(context)
    }

    func stroke(_ path: Path, style: LineStyle) {
        trace(path)
        setSource(style.color)
        cairo_set_line_width(context, style.width)
        cairo_set_line_cap(context, style.dash == .solid ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT)
        let dashes = style.dash.pattern.map { $0 * style.width }
        cairo_set_dash(context, dashes, Int32(dashes.count), 0)
        cairo_stroke(context)
    }

    func draw(_ run: TextRun, at origin: Point, color: Color) throws {
        let font = try ScaledFont(for: run)
        let glyphs = try font.glyphs(at: origin)
        setSource(color)
        cairo_set_scaled_font(context, font.pointer)
        cairo_show_glyphs(context, glyphs, Int32(clamping: glyphs.count))
    }

    /// Ends the drawing and hands its bytes over.
    func finish() throws(FigureError) -> [UInt8] {
        defer { withExtendedLifetime(self) {} }
        try checkStatus(cairo_status(context))
        if format == .png { return try PNGDocument.file(of: surface) }
        cairo_surface_finish(surface)
        try checkStatus(cairo_surface_status(surface))
        return format == .svg ? SVGDocument.finished(sink.bytes, info: info) : sink.bytes
    }

    private func setSource(_ color: Color) {
        cairo_set_source_rgba(context, color.red, color.green, color.blue, color.opacity)
    }

    private func trace(_ path: Path) {
        cairo_new_path(context)
        for element in path.elements {
            switch element {
            case .move(let p): cairo_move_to(context, p.x, p.y)
            case .line(let p): cairo_line_to(context, p.x, p.y)
            case .curve(let a, let b, let c): cairo_curve_to(context, a.x, a.y, b.x, b.y, c.x, c.y)
            case .close: cairo_close_path(context)
            }
        }
    }
}
