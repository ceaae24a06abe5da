/// Why a figure cannot be drawn. The description says what to change.
public enum FigureError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A TeX command which labels do not know.
    case unknownCommand(String, label: String)
    /// Dollars or braces which do not pair up, or a script without content.
    case malformedLabel(String, label: String)
    /// A character for which the font has no glyph.
    case missingGlyph(Unicode.Scalar, family: String)
    /// The font is not installed, or another one was put in its place.
    case missingFont(family: String)
    /// The figure's id cannot be a file name.
    case invalidID(String)
    /// Numbers which do not fit together: a message which names them.
    case invalidData(String)
    /// A diagram's edge or plate names a node which does not exist.
    case unknownNode(String)
    /// The size leaves no room for the panels.
    case tooSmall(Size)
    /// Cairo reports a failure.
    case cairo(String)

    /// What is wrong, and where.
    public var description: String {
        switch self {
        case .unknownCommand(let command, let label):
            "unknown command \(excerpt(command)) in the label “\(excerpt(label))”"
        case .malformedLabel(let problem, let label): "\(problem) in the label “\(excerpt(label))”"
        case .missingGlyph(let scalar, let family):
            "the font \(family) has no glyph for “\(scalar)” (U+\(String(scalar.value, radix: 16, uppercase: true)))"
        case .missingFont(let family):
            "the font \(family) is missing; on Debian it is in the package fonts-dejavu-core"
        case .invalidID(let id):
            "the figure id “\(excerpt(id))” cannot be a file name: use letters, digits, “-” and “_”"
        case .invalidData(let problem): problem
        case .unknownNode(let id): "the diagram has no node “\(excerpt(id))”"
        case .tooSmall(let size):
            "\(Int(clamping: size.width)) × \(Int(clamping: size.height)) px leave no room for the panels"
        case .cairo(let status): "Cairo: \(status)"
        }
    }
}

/// The beginning of a text, as long as fits in a message. Scalars are counted, since one letter can have a million accents.
private func excerpt(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let end = scalars.index(scalars.startIndex, offsetBy: 60, limitedBy: scalars.endIndex), end < scalars.endIndex
    else { return text }
    return String(scalars[..<end]) + "…"
}

extension Int {
    /// The nearest integer; NaN gives 0, and values beyond the integers the last one.
    init(clamping value: Double) {
        if value.isNaN {
            self = 0
        } else {
            self = Int(exactly: value.rounded()) ?? (value < 0 ? .min : .max)
        }
    }
}
