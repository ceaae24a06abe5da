import CCairo

/// A run of text in its font: measures it and turns it into glyphs.
///
/// Font options are fixed (grey antialiasing, no hinting, no rounding of metrics), so that a text is equally wide on every
/// machine. Cairo replaces a missing font or glyph without a word; here both are errors.
struct ScaledFont {
    /// The font, which `FontShelf` keeps for good.
    let pointer: OpaquePointer
    private let run: TextRun

    /// The font of a run of text.
    ///
    /// - Throws: `FigureError.missingFont` if the family is not installed, `.cairo` if Cairo fails.
    init(for run: TextRun) throws(FigureError) {
        self.run = run
        pointer = try FontShelf.pointer(of: run.font, size: run.size)
    }

    /// A font at a size, made anew and tried; for `FontShelf`.
    static func make(_ font: Font, size: Double) throws(FigureError) -> OpaquePointer {
        let face = cairo_toy_font_face_create(
            font.family, CAIRO_FONT_SLANT_NORMAL, font.isBold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL)
        defer { cairo_font_face_destroy(face) }
        let options = makeOptions()
        defer { cairo_font_options_destroy(options) }
        var matrix = cairo_matrix_t()
        cairo_matrix_init(&matrix, size, 0, font.isSlanted ? -0.2 * size : 0, size, 0, 0)
        var identity = cairo_matrix_t()
        cairo_matrix_init_identity(&identity)
        guard let pointer = cairo_scaled_font_create(face, &matrix, &identity, options) else {
            throw .cairo("out of memory")
        }
        do throws(FigureError) {
            try checkStatus(cairo_scaled_font_status(pointer))
            try checkFamily(of: pointer, font: font, size: size)
        } catch {
            cairo_scaled_font_destroy(pointer)
            throw error
        }
        return pointer
    }

    /// Font options for measuring and drawing alike; the caller destroys them.
    static func makeOptions() -> OpaquePointer? {
        let options = cairo_font_options_create()
        cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
        return options
    }

    /// The glyphs of the run, the first at `origin`.
    ///
    /// - Throws: `FigureError.missingGlyph` with the first character that the font does not have.
    func glyphs(at origin: Point) throws(FigureError) -> [cairo_glyph_t] {
        var glyphs: UnsafeMutablePointer<cairo_glyph_t>?
        var count: Int32 = 0
        let bytes = run.string.utf8.map { CChar(bitPattern: $0) }
        let status = cairo_scaled_font_text_to_glyphs(
            pointer, origin.x, origin.y, bytes, Int32(clamping: bytes.count), &glyphs, &count, nil, nil, nil)
        defer { cairo_glyph_free(glyphs) }
        try checkStatus(status)
        let result = Array(UnsafeBufferPointer(start: glyphs, count: Int(count)))
        // The toy API makes one glyph of each Unicode scalar; glyph 0 is the empty box.
        let scalars = Array(run.string.unicodeScalars)
        for (index, scalar) in scalars.enumerated() where index >= result.count || result[index].index == 0 {
            throw .missingGlyph(scalar, family: run.font.family)
        }
        return result
    }

    /// Width, and the distance from the baseline to the top of the ink, in pixels.
    func measure() throws(FigureError) -> (advance: Double, inkTop: Double) {
        let glyphs = try glyphs(at: Point(0, 0))
        var extents = cairo_text_extents_t()
        cairo_scaled_font_glyph_extents(pointer, glyphs, Int32(clamping: glyphs.count), &extents)
        return (extents.x_advance, -extents.y_bearing)
    }

    /// Without any font Cairo draws its built-in one (type USER); without this family fontconfig picks another one. The
    /// widths of two letters tell the DejaVu fonts (2048 units per em) from every other.
    private static func checkFamily(of pointer: OpaquePointer, font: Font, size: Double) throws(FigureError) {
        let expected: (m: Double, i: Double) =
            switch (font.isSerif, font.isBold) {
            case (false, false): (1767, 569)
            case (false, true): (2038, 702)
            case (true, false): (2097, 655)
            case (true, true): (2267, 778)
            }
        var (m, i) = (cairo_text_extents_t(), cairo_text_extents_t())
        cairo_scaled_font_text_extents(pointer, "M", &m)
        cairo_scaled_font_text_extents(pointer, "i", &i)
        let unit = size / 2048
        let isRight = abs(m.x_advance - expected.m * unit) < 4 * unit && abs(i.x_advance - expected.i * unit) < 4 * unit
        guard cairo_scaled_font_get_type(pointer) != CAIRO_FONT_TYPE_USER, isRight else {
            throw .missingFont(family: font.family)
        }
    }
}

/// Turns a Cairo status into an error.
func checkStatus(_ status: cairo_status_t) throws(FigureError) {
    guard status != CAIRO_STATUS_SUCCESS else { return }
    throw .cairo(cairo_status_to_string(status).map { String(cString: $0) } ?? "status \(status.rawValue)")
}
