/// How a value is written down: words with a space between them, which need no library to be read, so that the process that runs a
/// student's functions starts in half the time that it would need with one that reads JSON.
///
///     0.25 true 'some%20text [ 1.0 2.0 ] { 'means [ 0.5 ] 'weights [ 1.0 ] }
///
/// A number is as Swift prints it, which is exact; `nan`, `inf` and `-inf` are numbers, too.
extension Value {
    /// This, in words.
    public var text: String {
        var text = ""
        write(to: &text)
        return text
    }

    private func write(to text: inout String) {
        switch self {
        case .number(let x): x.write(to: &text)
        case .boolean(let x): text += x ? "true" : "false"
        case .text(let x): text += "'" + x.asOneWord
        case .list(let items):
            text += "["
            for item in items {
                text += " "
                item.write(to: &text)
            }
            text += " ]"
        case .record(let parts):
            text += "{"
            for (name, part) in parts.sorted(by: { $0.key < $1.key }) {
                text += " '" + name.asOneWord + " "
                part.write(to: &text)
            }
            text += " }"
        }
    }

    /// Reads what `text` has written, and refuses anything else.
    ///
    /// - Throws: `Malformed`.
    public init(text: some StringProtocol) throws {
        var words = text.utf8.split(separator: UInt8(ascii: " "))[...]
        self = try Self.read(&words, depth: 0)
        guard words.isEmpty else { throw Malformed("a value was expected, and more than one came") }
    }

    /// No function of an exercise takes or returns anything nested deeper. A stranger's text could be, until the stack is full.
    private static let deepest = 16

    private static func read<Word: Collection>(_ words: inout ArraySlice<Word>, depth: Int) throws -> Value
    where Word.Element == UInt8 {
        guard let word = words.popFirst() else { throw Malformed("a value was expected, and nothing came") }
        switch word.first {
        case UInt8(ascii: "["), UInt8(ascii: "{"):
            guard word.count == 1, depth < deepest else { throw Malformed("a value was expected, and nonsense came") }
            return word.first == UInt8(ascii: "[")
                ? .list(try list(&words, depth: depth + 1)) : .record(try record(&words, depth: depth + 1))
        case UInt8(ascii: "'"): return .text(try String(word: word.dropFirst()))
        default:
            let text = String(decoding: word, as: UTF8.self)
            switch text {
            case "true": return .boolean(true)
            case "false": return .boolean(false)
            default:
                guard let x = Double(text) else { throw Malformed("a value was expected, and nonsense came") }
                return .number(x)
            }
        }
    }

    private static func list<Word: Collection>(_ words: inout ArraySlice<Word>, depth: Int) throws -> [Value]
    where Word.Element == UInt8 {
        var items: [Value] = []
        while words.first?.elementsEqual("]".utf8) == false { items.append(try read(&words, depth: depth)) }
        guard words.popFirst() != nil else { throw Malformed("the end of a list is missing") }
        return items
    }

    private static func record<Word: Collection>(_ words: inout ArraySlice<Word>, depth: Int) throws -> [String: Value]
    where Word.Element == UInt8 {
        var parts: [String: Value] = [:]
        while let name = words.popFirst() {
            if name.elementsEqual("}".utf8) { return parts }
            guard name.first == UInt8(ascii: "'") else { throw Malformed("a name was expected, and nonsense came") }
            parts[try String(word: name.dropFirst())] = try read(&words, depth: depth)
        }
        throw Malformed("the end of named values is missing")
    }
}

extension Double {
    fileprivate func write(to text: inout String) { text += isNaN ? "nan" : description }
}

extension String {
    /// This without spaces, line ends and other control characters, each of which becomes a percent sign with two digits.
    var asOneWord: String {
        var word: [UInt8] = []
        for byte in utf8 {
            if byte <= UInt8(ascii: " ") || byte == UInt8(ascii: "%") {
                word.append(UInt8(ascii: "%"))
                word += (byte < 16 ? "0" : "").utf8
                word += String(byte, radix: 16).utf8
            } else {
                word.append(byte)
            }
        }
        return String(decoding: word, as: UTF8.self)
    }

    /// The text that became this word.
    ///
    /// - Throws: `Malformed` if none did.
    init(word: some Sequence<UInt8>) throws {
        var (bytes, rest) = ([UInt8](), Array(word)[...])
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2, let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
                throw Malformed("a text was expected, and nonsense came")
            }
            bytes.append(code)
            rest.removeFirst(2)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Malformed("a text was expected, and nonsense came")
        }
        self = text
    }
}
