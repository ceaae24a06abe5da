/// Something that draws. A figure calls these three methods and no others; all coordinates are finite pixels.
public protocol Canvas: AnyObject {
    /// Fills the inside of a path.
    func fill(_ path: Path, color: Color)
    /// Draws along a path, with round ends and joins (dashes are cut square).
    func stroke(_ path: Path, style: LineStyle)
    /// Draws a run of text, its baseline starting at `origin`.
    ///
    /// - Throws: `FigureError.missingFont`, `.missingGlyph`.
    func draw(_ run: TextRun, at origin: Point, color: Color) throws
}

/// Text in one font and size.
public struct TextRun: Hashable, Sendable {
    /// The characters.
    public var string: String
    /// The font.
    public var font: Font
    /// Size of the em square in pixels.
    public var size: Double

    /// A run of text.
    public init(_ string: String, font: Font, size: Double) {
        self.string = string
        self.font = font
        self.size = size
    }
}

/// One of the fonts in which figures are lettered.
public struct Font: Hashable, Sendable {
    /// Bold weight.
    public var isBold = false
    /// Slanted by shearing: the italics are not installed everywhere.
    public var isSlanted = false
    /// DejaVu Serif, which stands in for calligraphic letters; otherwise DejaVu Sans.
    public var isSerif = false

    /// The family's name as the system knows it.
    public var family: String { isSerif ? "DejaVu Serif" : "DejaVu Sans" }
}

/// One call to a canvas.
public enum DrawCommand: Hashable, Sendable {
    /// A filled path.
    case fill(Path, Color)
    /// A stroked path.
    case stroke(Path, LineStyle)
    /// A run of text.
    case text(TextRun, at: Point, Color)
}

/// A canvas that draws nothing and remembers everything, for tests.
public final class RecordingCanvas: Canvas {
    /// All calls, in order.
    public private(set) var commands: [DrawCommand] = []

    /// An empty recording.
    public init() {}

    /// Records the call.
    public func fill(_ path: Path, color: Color) { commands.append(.fill(path, color)) }

    /// Records the call.
    public func stroke(_ path: Path, style: LineStyle) { commands.append(.stroke(path, style)) }

    /// Records the call.
    public func draw(_ run: TextRun, at origin: Point, color: Color) { commands.append(.text(run, at: origin, color)) }

    /// The filled paths, in order.
    public var fills: [(path: Path, color: Color)] {
        commands.compactMap { if case .fill(let path, let color) = $0 { (path, color) } else { nil } }
    }

    /// The stroked paths, in order.
    public var strokes: [(path: Path, style: LineStyle)] {
        commands.compactMap { if case .stroke(let path, let style) = $0 { (path, style) } else { nil } }
    }

    /// The runs of text, in order.
    public var texts: [(run: TextRun, origin: Point, color: Color)] {
        commands.compactMap { if case .text(let run, let at, let color) = $0 { (run, at, color) } else { nil } }
    }
}
