/// Reads the little Markdown that prose is written in, once and for all writers: `*emphasis*`, `**strong**`, `` `code` ``,
/// `$mathematics$`, `[words](address)`, paragraphs, and lists with `-` or `1.`. An address may be a reference, and a reference may
/// stand alone in brackets: see ``References``.
///
/// A backslash takes a sign of punctuation literally. What is opened and never closed is a mistake, and not an asterisk.
struct ProseParser {
    private let source: String
    private let references: References
    private var rest: Substring
    /// The last character before `rest`.
    private var before: Character = " "

    private init(_ source: String, _ references: References) {
        self.source = source
        self.references = references
        rest = source[...]
    }

    /// Running text, with its macros expanded already.
    ///
    /// - Throws: ``ReportError/openMarkup(_:in:)``, ``ReportError/unknownReference(_:)``.
    static func inlines(_ source: String, _ references: References) throws -> [Inline] {
        var parser = ProseParser(source, references)
        return try parser.inlines(until: nil)
    }

    /// Paragraphs and lists, with their macros expanded already.
    ///
    /// - Throws: ``ReportError/openMarkup(_:in:)``, ``ReportError/unknownReference(_:)``.
    static func blocks(_ source: String, _ references: References) throws -> [Block] {
        var blocks: [Block] = []
        for chunk in chunks(source) {
            let lines = chunk.split(separator: "\n")
            let bullet = lines.firstIndex { $0.hasPrefix("- ") } ?? lines.endIndex
            // A number begins a list only after a blank line: within a paragraph, it is the end of a sentence.
            let first = lines.first.flatMap(number)
            let start = first == nil ? bullet : 0
            if start > 0 { blocks.append(.paragraph(try inlines(lines[..<start].joined(separator: "\n"), references))) }
            guard start < lines.endIndex else { continue }
            let items = items(lines[start...], isNumbered: first != nil)
            blocks.append(.list(try items.map { [.paragraph(try inlines($0, references))] }, numberedFrom: first))
        }
        return blocks
    }

    /// The number with which a line begins as an item of a list: one of one or two digits, so that no year begins a list.
    private static func number(_ line: Substring) -> Int? {
        let digits = line.prefix(while: \.isNumber)
        return digits.count <= 2 && line.dropFirst(digits.count).hasPrefix(". ") ? Int(digits) : nil
    }

    /// The text between blank lines.
    private static func chunks(_ source: String) -> [String] {
        source.split(separator: "\n", omittingEmptySubsequences: false)
            .split { $0.allSatisfy(\.isWhitespace) }
            .map { $0.joined(separator: "\n") }
    }

    /// The items of a list, without their marks and the indentation below these.
    private static func items(_ lines: ArraySlice<Substring>, isNumbered: Bool) -> [String] {
        var items: [String] = []
        for line in lines {
            let digits = line.prefix(while: \.isNumber)
            let mark = isNumbered ? digits + ". " : "- "
            if line.hasPrefix(mark), !isNumbered || !digits.isEmpty {
                items.append(String(line.dropFirst(mark.count)))
            } else {
                items[items.count - 1] += "\n" + line.drop { $0 == " " }
            }
        }
        return items
    }

    // MARK: Running text

    private mutating func inlines(until end: String?) throws -> [Inline] {
        var pieces: [Inline] = []
        var text = ""
        func flushed() -> [Inline] { text.isEmpty ? pieces : pieces + [.text(text)] }
        while let character = rest.first {
            if let end, rest.hasPrefix(end), closes(end) {
                skip(end.count)
                return flushed()
            }
            if let piece = try markup(character) {
                pieces = flushed() + piece
                text = ""
            } else {
                if character == "\\", let next = rest.dropFirst().first, next.isPunctuation || next.isSymbol { skip(1) }
                text.append(rest.first ?? character)
                skip(1)
            }
        }
        if let end { throw ReportError.openMarkup(end, in: source) }
        return flushed()
    }

    /// What begins here, if it is more than a character.
    private mutating func markup(_ character: Character) throws -> [Inline]? {
        switch character {
        case "$": return [.math(try span("$"))]
        case "`": return [.code(try span("`"))]
        case "*":
            let mark = rest.hasPrefix("**") ? "**" : "*"
            guard let next = rest.dropFirst(mark.count).first, !next.isWhitespace else { return nil }
            skip(mark.count)
            let inner = try inlines(until: mark)
            return [mark == "*" ? .emphasis(inner) : .strong(inner)]
        case "[": return try reference()
        default: return nil
        }
    }

    /// `[words](address)`, `[words](fig:ridge)`, or `[fig:ridge]`; nil for a bracket that is just a bracket.
    private mutating func reference() throws -> [Inline]? {
        guard let bracket = rest.firstIndex(of: "]") else { return nil }
        let words = String(rest[..<bracket].dropFirst())
        let after = rest[rest.index(after: bracket)...]
        if after.first == "(", let close = after.firstIndex(of: ")"), !words.contains("[") {
            let address = String(after[..<close].dropFirst())
            skip(rest[...close].count)
            let inner = try Self.inlines(words, references)
            if let reference = try references.find(address) {
                return reference.target.map { [.link(inner, to: $0)] } ?? inner
            }
            return [.link(inner, to: address.hasPrefix("#") ? .anchor(String(address.dropFirst())) : .web(address))]
        }
        guard let reference = try references.find(words) else { return nil }
        skip(words.count + 2)
        let inner = [Inline.text(reference.words)]
        return reference.target.map { [.link(inner, to: $0)] } ?? inner
    }

    /// What stands between two marks in which nothing is markup.
    private mutating func span(_ mark: Character) throws -> String {
        skip(1)
        guard let end = rest.firstIndex(of: mark) else { throw ReportError.openMarkup(String(mark), in: source) }
        let inside = String(rest[..<end])
        skip(inside.count + 1)
        return inside
    }

    /// A mark closes after a word. One asterisk does not close if it is the first of two, which belong to a stress inside.
    private func closes(_ mark: String) -> Bool {
        guard !before.isWhitespace else { return false }
        return mark != "*" || !rest.hasPrefix("**") || rest.hasPrefix("***")
    }

    private mutating func skip(_ count: Int) {
        before = rest.prefix(count).last ?? before
        rest = rest.dropFirst(count)
    }
}
