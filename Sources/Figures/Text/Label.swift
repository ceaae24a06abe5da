/// Text with inline mathematics between dollars: `"weight $\\pi_{1}$ of coin 1"`.
///
/// Between dollars a small part of TeX is understood: scripts, Greek letters, relations, `\mathbf`, `\log`, `\hat`, `\frac` and
/// the like (`MathSymbols`). Outside, every character stands for itself, a line feed starts a new line, and `\$` is a dollar.
/// A label is parsed when the figure is drawn, and mistakes are errors then.
public struct Label: Hashable, Sendable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    /// The text as written.
    public var source: String

    /// A label from its source.
    public init(_ source: String) { self.source = source }

    /// A label from a literal.
    public init(stringLiteral value: String) { self.init(value) }

    /// Text from elsewhere (the name of a column, say), in which dollars are nothing special.
    public static func plain(_ text: String) -> Label {
        Label(text.split(separator: "$", omittingEmptySubsequences: false).joined(separator: "\\$"))
    }

    /// The label without markup, for titles of documents: `$\pi_{1}$` becomes `π_1`.
    ///
    /// - Throws: `FigureError.unknownCommand`, `.malformedLabel`.
    public func plainText() throws(FigureError) -> String {
        try LabelParser.lines(of: self).map { line in line.map(\.plainText).joined() }.joined(separator: " ")
    }
}
