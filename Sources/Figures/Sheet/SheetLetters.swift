import CCairo

/// The letters of a page's figures: each outline once, in 500ths of its em, and words that come back once, too.
struct SheetLetters {
    private struct Letter: Hashable {
        var font: Font
        var glyph: UInt
    }

    private static let unitsPerEm = 500.0

    private var letters: [Letter: Int] = [:]
    private var outlines: [String] = []
    /// Each word's uses of letters.
    private var words: [TextRun: String] = [:]
    private var counts: [TextRun: Int] = [:]
    private var ids: [TextRun: Int] = [:]
    private var order: [TextRun] = []

    /// Sees a run of text.
    ///
    /// - Throws: `FigureError` for a font or a letter that is not there.
    mutating func count(_ run: TextRun) throws(FigureError) {
        counts[run, default: 0] += 1
        if words[run] == nil { words[run] = try uses(of: run) }
        guard counts[run] == 2 else { return }
        ids[run] = order.count
        order.append(run)
    }

    /// The element that writes a run.
    func element(_ run: TextRun, at origin: Point) -> String {
        guard let letters = words[run], !letters.isEmpty else { return "" }
        let (x, y) = (SheetPath.units(origin.x), SheetPath.units(origin.y))
        if let id = ids[run] { return "<use href=\"#w\(id)\" x=\"\(x)\" y=\"\(y)\"/>" }
        return "<g transform=\"translate(\(x) \(y))\(Self.scale(run))\">\(letters)</g>"
    }

    /// The outlines, and the words that came back.
    var definitions: String {
        let outlines = outlines.enumerated().map { "<path id=\"g\($0.offset)\" d=\"\($0.element)\"/>" }
        let words = order.enumerated().map { place, run in
            "<g id=\"w\(place)\" transform=\"\(Self.scale(run))\">\(self.words[run] ?? "")</g>"
        }
        return (outlines + words).joined()
    }

    /// From 500ths of the em to units.
    private static func scale(_ run: TextRun) -> String { "scale(\(thousandths(2 * SheetPath.units(run.size))))" }

    /// `.26` for 260: sizes have few digits.
    private static func thousandths(_ number: Int) -> String {
        var digits = String(number % 1000 + 1000).dropFirst()
        while digits.last == "0" { digits.removeLast() }
        return (number < 1000 ? "" : "\(number / 1000)") + (digits.isEmpty ? "" : "." + digits)
    }

    private mutating func uses(of run: TextRun) throws(FigureError) -> String {
        let font = try ScaledFont(for: TextRun(run.string, font: run.font, size: Self.unitsPerEm))
        var result = ""
        for glyph in try font.glyphs(at: Point(0, 0)) {
            let letter = Letter(font: run.font, glyph: glyph.index)
            let id: Int
            if let known = letters[letter] {
                id = known
            } else {
                let path = SheetPath(try font.outline(of: glyph.index), scale: 1)
                id = outlines.count
                outlines.append(path.steps.isEmpty ? "" : "M\(path.x) \(path.y)\(path.steps)")
                letters[letter] = id
            }
            if outlines[id].isEmpty { continue }
            let x = Int(glyph.x.rounded())
            result += "<use href=\"#g\(id)\"\(x == 0 ? "" : " x=\"\(x)\"")/>"
        }
        return result
    }
}

extension ScaledFont {
    /// A letter's outline, its baseline starting at the origin.
    func outline(of glyph: UInt) throws(FigureError) -> Path {
        let surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1)
        defer { cairo_surface_destroy(surface) }
        let context = cairo_create(surface)
        defer { cairo_destroy(context) }
        cairo_set_scaled_font(context, pointer)
        var glyph = cairo_glyph_t(index: glyph, x: 0, y: 0)
        cairo_glyph_path(context, &glyph, 1)
        let copy = cairo_copy_path(context)
        defer { cairo_path_destroy(copy) }
        try checkStatus(cairo_status(context))
        guard let path = copy?.pointee, let data = path.data else { return Path() }
        try checkStatus(path.status)
        var result = Path()
        var position = 0
        while position < Int(path.num_data) {
            let header = data[position].header
            func point(_ offset: Int) -> Point {
                Point(data[position + offset].point.x, data[position + offset].point.y)
            }
            switch header.type {
            case CAIRO_PATH_MOVE_TO: result.add(.move(point(1)))
            case CAIRO_PATH_LINE_TO: result.add(.line(point(1)))
            case CAIRO_PATH_CURVE_TO: result.add(.curve(point(1), point(2), point(3)))
            default: result.add(.close)
            }
            position += max(1, Int(header.length))
        }
        return result
    }
}
