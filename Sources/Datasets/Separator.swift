/// What stands between the cells of a row.
public enum Separator: Sendable, Equatable {
    /// A comma.
    case comma
    /// A semicolon, as spreadsheets write where the comma is the decimal mark.
    case semicolon
    /// A tab.
    case tab
    /// A vertical bar.
    case bar
    /// One or more spaces or tabs, as R's `write.table` writes; those at the beginning and the end of a line do not count.
    case blanks
    /// Another character, which Excel's mark `sep=` names in the file's first line.
    case other(UInt8)

    /// The byte; a space for ``blanks``.
    var byte: UInt8 {
        switch self {
        case .comma: UInt8(ascii: ",")
        case .semicolon: UInt8(ascii: ";")
        case .tab: UInt8(ascii: "\t")
        case .bar: UInt8(ascii: "|")
        case .blanks: UInt8(ascii: " ")
        case .other(let byte): byte
        }
    }

    /// The separator of that byte.
    init(byte: UInt8) {
        self = [.comma, .semicolon, .tab, .bar, .blanks].first { $0.byte == byte } ?? .other(byte)
    }

    /// The separator in the plural, as in "separated by commas".
    public var words: String {
        switch self {
        case .comma: "commas"
        case .semicolon: "semicolons"
        case .tab: "tabs"
        case .bar: "vertical bars"
        case .blanks: "blanks"
        case .other(let byte): "the character \(quoted(String(UnicodeScalar(byte))))"
        }
    }
}
