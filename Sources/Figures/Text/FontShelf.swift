import CCairo
import Synchronization

/// The fonts in use, made once and kept until the program ends.
///
/// Cairo keeps fonts in a table of the process. Between the moment when the last user drops a font and the moment when Cairo looks at
/// it again, another thread may take the same font from the table and begin to work with it, and then Cairo aborts the program
/// (`Assertion !scaled_font->cache_frozen`; seen in cairo 1.16). A font that nobody drops cannot meet this fate. Figures are lettered
/// in a handful of fonts and sizes, so that keeping them costs little.
enum FontShelf {
    /// What tells two fonts apart.
    private struct Key: Hashable {
        var font: Font
        var size: Double
    }

    /// Cairo's pointer. Its functions for fonts may be called from all threads at once.
    private struct Entry: @unchecked Sendable {
        var pointer: OpaquePointer
        /// Contexts which are never drawn on again, and through which Cairo keeps the fonts that it derives from this one.
        var witnesses: [OpaquePointer]
    }

    private static let shelf = Mutex<[Key: Entry]>([:])

    /// The font at a size in pixels.
    ///
    /// - Throws: `FigureError.missingFont` if the family is not installed, `.cairo` if Cairo fails.
    static func pointer(of font: Font, size: Double) throws(FigureError) -> OpaquePointer {
        let key = Key(font: font, size: size)
        let result = shelf.withLock { shelf -> Result<Entry, FigureError> in
            if let known = shelf[key] { return .success(known) }
            do throws(FigureError) {
                let pointer = try ScaledFont.make(font, size: size)
                let entry = Entry(pointer: pointer, witnesses: witnesses(of: pointer))
                shelf[key] = entry
                return .success(entry)
            } catch { return .failure(error) }
        }
        return try result.get().pointer
    }

    /// A picture of two dots to the pixel is lettered in a font that Cairo makes from ours, twice as large, and a PDF file in one of size
    /// 1: what holds for our fonts holds for these. A context keeps the font in which it
    /// was last lettered, and a file those of the pages it has shown.
    private static func witnesses(of pointer: OpaquePointer) -> [OpaquePointer] {
        let bitmap = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 8, 8)
        cairo_surface_set_device_scale(bitmap, CairoCanvas.pngScale, CairoCanvas.pngScale)
        let outline = cairo_image_surface_create(CAIRO_FORMAT_A8, 8, 8)
        let page = cairo_pdf_surface_create_for_stream({ _, _, _ in CAIRO_STATUS_SUCCESS }, nil, 8, 8)
        let drawing = cairo_svg_surface_create_for_stream({ _, _, _ in CAIRO_STATUS_SUCCESS }, nil, 8, 8)
        return [bitmap, outline, page, drawing].compactMap { surface in
            guard let surface, let context = cairo_create(surface) else { return nil }
            cairo_surface_destroy(surface)
            cairo_set_scaled_font(context, pointer)
            cairo_move_to(context, 0, 8)
            cairo_show_text(context, "H")
            cairo_show_page(context)
            return context
        }
    }
}
