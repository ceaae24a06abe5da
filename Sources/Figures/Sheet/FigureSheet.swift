/// Several figures for one page of HTML, as SVG that stands in the page itself.
///
/// Files of their own repeat the outline of every letter in every size. On a page the figures share: a letter's outline is
/// written once for all sizes, and so are words and marks that come back. With whole numbers for coordinates, the figures of a
/// lesson take a tenth of the bytes of their files. What is seen is the same within a tenth of a pixel.
///
/// The shared outlines have ids, a letter and a number (`g7`); no figure has ids of its own, so figures cannot take each other's.
public struct FigureSheet: Sendable {
    /// An invisible `<svg>` that holds what the figures share; it has to stand in the page once, before them.
    public let shared: String
    private let drawings: [String: String]

    /// Draws figures for one page.
    ///
    /// - Throws: `FigureError`.
    public init(_ figures: [Figure]) throws {
        let recordings = try figures.map { figure in
            let canvas = RecordingCanvas()
            let size = try figure.draw(on: canvas)
            return (figure, size, canvas.commands)
        }
        var letters = SheetLetters()
        var shapes = SheetShapes()
        for (_, _, commands) in recordings {
            for command in commands {
                switch command {
                case .text(let run, _, _): try letters.count(run)
                case .fill(let path, _), .stroke(let path, _): shapes.count(SheetPath(path))
                }
            }
        }
        var drawings: [String: String] = [:]
        for (figure, size, commands) in recordings {
            drawings[figure.id] = Self.drawing(figure, size, commands, letters, shapes)
        }
        self.drawings = drawings
        shared =
            drawings.isEmpty
            ? ""
            : "<svg width=\"0\" height=\"0\" style=\"position:absolute\" aria-hidden=\"true\"><defs>"
                + "\(letters.definitions)\(shapes.definitions)</defs></svg>"
    }

    /// A figure as an `<svg>` element with its description; nil for an id that is not on the sheet.
    public subscript(_ id: String) -> String? { drawings[id] }

    private static func drawing(
        _ figure: Figure, _ size: Size, _ commands: [DrawCommand], _ letters: SheetLetters, _ shapes: SheetShapes
    ) -> String {
        let (width, height) = (SheetPath.units(size.width), SheetPath.units(size.height))
        var body = SheetBody()
        var rest = commands[...]
        while let command = rest.popFirst() {
            switch command {
            case .text(let run, let origin, let color):
                body.add(letters.element(run, at: origin), line: "", area: fill(color))
            case .fill(let path, let color):
                var line = ""
                if case .stroke(path, let style)? = rest.first {
                    line = stroke(style)
                    rest.removeFirst()
                }
                body.add(shapes.element(SheetPath(path)), line: line, area: fill(color))
            case .stroke(let path, let style):
                var (line, area) = (stroke(style), "")
                // A mark with a halo: the line first, as it was drawn.
                if case .fill(path, let color)? = rest.first {
                    line += " paint-order=\"stroke\""
                    area = fill(color)
                    rest.removeFirst()
                }
                body.add(shapes.element(SheetPath(path)), line: line, area: area)
            }
        }
        let label = SVGDocument.escaped(figure.alt.replacing("\n", with: " "))
        return "<svg role=\"img\" aria-label=\"\(label)\" width=\"\(pixels(width))\" "
            + "height=\"\(pixels(height))\" viewBox=\"0 0 \(width) \(height)\" fill=\"none\" "
            + "stroke-linecap=\"round\" stroke-linejoin=\"round\">\(body.closed)</svg>"
    }

    /// Whole pixels.
    private static func pixels(_ units: Int) -> Int { units / Int(SheetPath.unitsPerPixel) }

    // MARK: Paint

    private static func fill(_ color: Color) -> String {
        "fill=\"\(hex(color))\"" + opacity(color, "fill")
    }

    private static func stroke(_ style: LineStyle) -> String {
        var paint = "stroke=\"\(hex(style.color))\" stroke-width=\"\(SheetPath.units(style.width))\""
        paint += opacity(style.color, "stroke")
        if style.dash != .solid {
            let dashes = style.dash.pattern.map { String(SheetPath.units($0 * style.width)) }
            paint += " stroke-linecap=\"butt\" stroke-dasharray=\"\(dashes.joined(separator: " "))\""
        }
        return paint
    }

    private static func opacity(_ color: Color, _ kind: String) -> String {
        let percent = Int((color.opacity * 100).rounded())
        return percent == 100 ? "" : " \(kind)-opacity=\"\(percent)%\""
    }

    private static func hex(_ color: Color) -> String {
        let digits = [color.red, color.green, color.blue].map { part in
            let byte = String(Int((part * 255).rounded()), radix: 16)
            return byte.count == 1 ? "0" + byte : byte
        }
        // #aabbcc is #abc.
        let isShort = digits.allSatisfy { $0.first == $0.last }
        return "#" + (isShort ? digits.map { String($0.prefix(1)) } : digits).joined()
    }
}
