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
    public init(text: String) throws { try self.init(bytes: Array(text.utf8)[...]) }

    /// Reads what `text` has written, as bytes in UTF-8, and refuses anything else.
    ///
    /// - Throws: `Malformed`.
    public init(bytes: ArraySlice<UInt8>) throws {
        var words = Words(bytes)
        self = try Self.read(&words, depth: 0)
        guard words.next() == nil else { throw Malformed("a value was expected, and more than one came") }
    }

    /// No function of an exercise takes or returns anything nested deeper. A stranger's text could be, until the stack is full.
    private static let deepest = 16

    private static func read(_ words: inout Words, depth: Int) throws -> Value {
        guard let word = words.next() else { throw Malformed("a value was expected, and nothing came") }
        return try read(word, &words, depth: depth)
    }

    private static func read(_ word: ArraySlice<UInt8>, _ words: inout Words, depth: Int) throws -> Value {
        switch word[word.startIndex] {
        case Letter.list, Letter.record:
            guard word.count == 1, depth < deepest else { throw Malformed("a value was expected, and nonsense came") }
            return word[word.startIndex] == Letter.list
                ? .list(try list(&words, depth: depth + 1)) : .record(try record(&words, depth: depth + 1))
        case Letter.text: return .text(try String(word: word.dropFirst()))
        default:
            let text = String(decoding: word, as: UTF8.self)
            if let x = Double(text) { return .number(x) }
            switch text {
            case "true": return .boolean(true)
            case "false": return .boolean(false)
            default: throw Malformed("a value was expected, and nonsense came")
            }
        }
    }

    private static func list(_ words: inout Words, depth: Int) throws -> [Value] {
        var items: [Value] = []
        while let word = words.next() {
            if word.count == 1, word[word.startIndex] == Letter.endOfList { return items }
            items.append(try read(word, &words, depth: depth))
        }
        throw Malformed("the end of a list is missing")
    }

    private static func record(_ words: inout Words, depth: Int) throws -> [String: Value] {
        var parts: [String: Value] = [:]
        while let name = words.next() {
            if name.count == 1, name[name.startIndex] == Letter.endOfRecord { return parts }
            guard name[name.startIndex] == Letter.text else {
                throw Malformed("a name was expected, and nonsense came")
            }
            parts[try String(word: name.dropFirst())] = try read(&words, depth: depth)
        }
        throw Malformed("the end of named values is missing")
    }
}

/// What words begin with, or are.
private enum Letter {
    static let space = UInt8(ascii: " ")
    static let list = UInt8(ascii: "[")
    static let endOfList = UInt8(ascii: "]")
    static let record = UInt8(ascii: "{")
    static let endOfRecord = UInt8(ascii: "}")
    static let text = UInt8(ascii: "'")
    static let percent = UInt8(ascii: "%")
}

/// The words of a line, one after another, none of them empty. By hand: what reads a line for everybody is not optimised, and Swift's
/// own `split` is ten times as slow then.
private struct Words {
    private let bytes: ArraySlice<UInt8>
    private var place: Int

    init(_ bytes: ArraySlice<UInt8>) { (self.bytes, place) = (bytes, bytes.startIndex) }

    mutating func next() -> ArraySlice<UInt8>? {
        let end = bytes.endIndex
        while place < end, bytes[place] == Letter.space { place += 1 }
        let start = place
        while place < end, bytes[place] != Letter.space { place += 1 }
        return start < place ? bytes[start..<place] : nil
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
    init(word: ArraySlice<UInt8>) throws {
        var (bytes, place) = ([UInt8](), word.startIndex)
        while place < word.endIndex {
            let byte = word[place]
            place += 1
            guard byte == Letter.percent else {
                bytes.append(byte)
                continue
            }
            guard place + 1 < word.endIndex,
                let code = UInt8(String(decoding: word[place...(place + 1)], as: UTF8.self), radix: 16)
            else { throw Malformed("a text was expected, and nonsense came") }
            bytes.append(code)
            place += 2
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Malformed("a text was expected, and nonsense came")
        }
        self = text
    }
}
