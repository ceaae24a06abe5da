import CCairo

/// The letters of a page's figures: each outline once, in thousandths of its em, and words that come back once, too.
struct SheetLetters {
    private struct Letter: Hashable {
        var font: Font
        var glyph: UInt
    }

    private struct Word: Hashable {
        var font: Font
        var string: String
    }

    private static let unitsPerEm = 1000.0

    private var letters: [Letter: Int] = [:]
    private var outlines: [String] = []
    /// Each word's uses of letters.
    private var words: [Word: String] = [:]
    private var counts: [Word: Int] = [:]
    private var ids: [Word: Int] = [:]
    private var order: [Word] = []

    /// Sees a run of text.
    ///
    /// - Throws: `FigureError` for a font or a letter that is not there.
    mutating func count(_ run: TextRun) throws(FigureError) {
        let word = Word(font: run.font, string: run.string)
        counts[word, default: 0] += 1
        if words[word] == nil { words[word] = try uses(of: word) }
        guard counts[word] == 2, run.string.count > 1 else { return }
        ids[word] = order.count
        order.append(word)
    }

    /// The element that writes a run.
    func element(_ run: TextRun, at origin: Point) -> String {
        let word = Word(font: run.font, string: run.string)
        let scale = Int((run.size * SheetPath.unitsPerPixel).rounded())
        let place = "translate(\(SheetPath.units(origin.x)) \(SheetPath.units(origin.y)))scale(\(Self.thousandths(scale)))"
        let inside = ids[word].map { "<use href=\"#g-w\($0)\"/>" } ?? words[word] ?? ""
        return inside.isEmpty ? "" : "<g transform=\"\(place)\">\(inside)</g>"
    }

    /// The outlines, and the words that came back.
    var definitions: String {
        let outlines = outlines.enumerated().map { "<path id=\"g-\($0.offset)\" d=\"\($0.element)\"/>" }
        let words = order.enumerated().map { "<g id=\"g-w\($0.offset)\">\(self.words[$0.element] ?? "")</g>" }
        return (outlines + words).joined()
    }

    /// `.26` for 260: sizes have few digits.
    private static func thousandths(_ number: Int) -> String {
        var digits = String(number % 1000 + 1000).dropFirst()
        while digits.last == "0" { digits.removeLast() }
        return (number < 1000 ? "" : "\(number / 1000)") + (digits.isEmpty ? "" : "." + digits)
    }

    private mutating func uses(of word: Word) throws(FigureError) -> String {
        let font = try ScaledFont(for: TextRun(word.string, font: word.font, size: Self.unitsPerEm))
        var result = ""
        for glyph in try font.glyphs(at: Point(0, 0)) {
            let letter = Letter(font: word.font, glyph: glyph.index)
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
            result += "<use href=\"#g-\(id)\"\(x == 0 ? "" : " x=\"\(x)\"")/>"
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
            func point(_ offset: Int) -> Point { Point(data[position + offset].point.x, data[position + offset].point.y) }
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
