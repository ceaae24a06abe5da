/// Text of a report: Markdown with mathematics in dollars and semantic macros in the mathematics.
///
///     let text: Prose = #"The first coin shows heads with probability $\headprob{1} = \#(p, .fixed(2))$."#
///
/// Numbers get in by interpolation, and a `Double` only together with a ``NumberFormat``: a number that was typed in, or
/// printed with sixteen digits, would not compile. The macros are expanded when the report is rendered, by the table of
/// the ``Notation`` asked for.
public struct Prose: Sendable, Equatable, ExpressibleByStringInterpolation {
    /// The text with its macros not yet expanded.
    public let source: String

    /// Text that holds no numbers, or holds them already formatted.
    public init(_ source: String) { self.source = source }

    /// A literal without interpolation.
    public init(stringLiteral value: String) { source = value }

    /// A literal with interpolation.
    public init(stringInterpolation: StringInterpolation) { source = stringInterpolation.text }

    /// Collects the pieces of an interpolated literal.
    public struct StringInterpolation: StringInterpolationProtocol {
        private(set) var text = ""
        /// An odd number of dollars so far means that mathematics is open.
        private var isInsideMathematics = false

        /// Starts an empty text.
        public init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity) }

        /// A piece of the literal.
        public mutating func appendLiteral(_ literal: String) { append(literal) }

        /// A number, in the format given. Inside `$…$` it is written as TeX.
        public mutating func appendInterpolation(_ number: Double, _ format: NumberFormat) {
            append(isInsideMathematics ? format.tex(number) : format.string(number))
        }

        /// A vector, written `(a, b, c)`.
        public mutating func appendInterpolation(_ numbers: [Double], _ format: NumberFormat) {
            let parts = numbers.map { isInsideMathematics ? format.tex($0) : format.string($0) }
            append("(" + parts.joined(separator: ", ") + ")")
        }

        /// A whole number; thousands are separated by commas in text, and by `{,}` in mathematics.
        public mutating func appendInterpolation(_ number: Int) {
            append(Prose.grouped(number, separator: isInsideMathematics ? "{,}" : ","))
        }

        /// A word that was chosen by code.
        public mutating func appendInterpolation(_ word: String) { append(word) }

        /// Another piece of prose.
        public mutating func appendInterpolation(_ prose: Prose) { append(prose.source) }

        private mutating func append(_ piece: String) {
            text += piece
            for byte in piece.utf8 where byte == UInt8(ascii: "$") { isInsideMathematics.toggle() }
        }
    }

    /// A whole number with its thousands separated: `1000000` becomes `1,000,000`; four digits stay together.
    static func grouped(_ number: Int, separator: String) -> String {
        let digits = String(number.magnitude)
        guard digits.count > 4 else { return String(number) }
        var groups: [Substring] = []
        var rest = digits[...]
        while !rest.isEmpty {
            groups.insert(rest.suffix(3), at: 0)
            rest = rest.dropLast(3)
        }
        return (number < 0 ? "-" : "") + groups.joined(separator: separator)
    }
}

/// A formula: TeX with semantic macros, without dollars.
///
/// The same rules as for ``Prose``: a `Double` is interpolated together with its format.
public struct TeX: Sendable, Equatable, ExpressibleByStringInterpolation {
    /// The formula with its macros not yet expanded.
    public let source: String

    /// A formula that holds no numbers, or holds them already formatted.
    public init(_ source: String) { self.source = source }

    /// A literal without interpolation.
    public init(stringLiteral value: String) { source = value }

    /// A literal with interpolation.
    public init(stringInterpolation: StringInterpolation) { source = stringInterpolation.text }

    /// Collects the pieces of an interpolated literal.
    public struct StringInterpolation: StringInterpolationProtocol {
        var text = ""

        /// Starts an empty formula.
        public init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity) }

        /// A piece of the literal.
        public mutating func appendLiteral(_ literal: String) { text += literal }

        /// A number, in the format given.
        public mutating func appendInterpolation(_ number: Double, _ format: NumberFormat) {
            text += format.tex(number)
        }

        /// A column vector.
        public mutating func appendInterpolation(column numbers: [Double], _ format: NumberFormat) {
            text += #"\begin{bmatrix} \#(numbers.map(format.tex).joined(separator: #" \cr "#)) \end{bmatrix}"#
        }

        /// A matrix, row by row.
        public mutating func appendInterpolation(matrix rows: [[Double]], _ format: NumberFormat) {
            let lines = rows.map { $0.map(format.tex).joined(separator: " & ") }
            text += #"\begin{bmatrix} \#(lines.joined(separator: #" \cr "#)) \end{bmatrix}"#
        }

        /// A vector, written `(a, b, c)`.
        public mutating func appendInterpolation(_ numbers: [Double], _ format: NumberFormat) {
            text += "(" + numbers.map(format.tex).joined(separator: ", ") + ")"
        }

        /// A whole number.
        public mutating func appendInterpolation(_ number: Int) { text += Prose.grouped(number, separator: "{,}") }

        /// A piece of TeX that was chosen by code.
        public mutating func appendInterpolation(_ piece: String) { text += piece }

        /// Another formula.
        public mutating func appendInterpolation(_ formula: TeX) { text += formula.source }
    }
}
