/// What remains of a file when names, comments and layout are taken away.
///
/// Two files have the same fingerprint if one can be made from the other by renaming one name for one, consistently, and by changing
/// comments and white space: each name counts as the place of its first occurrence (a *parameterised match*; B. S. Baker, “On finding
/// duplication and near-duplication in large software systems”, WCRE 1995). What is reordered, or written in another way, has another
/// fingerprint; winnowing (S. Schleimer, D. S. Wilkerson and A. Aiken, SIGMOD 2003), which tolerates that, needs a person to judge.
public struct Fingerprint: Codable, Sendable, Hashable {
    /// Changes with everything but names, comments and layout.
    public let digest: String
    /// How many tokens there are.
    public let tokens: Int

    init(digest: String, tokens: Int) { (self.digest, self.tokens) = (digest, tokens) }

    /// Takes the fingerprint of a file.
    public init(of text: String) {
        var (digest, count) = (Digest(), 0)
        var places: [String: Int] = [:]
        for token in Tokens(text) {
            count += 1
            switch token {
            case .name(let name):
                let place = places[name] ?? places.count
                places[name] = place
                digest.add("#\(place)")
            case .other(let text): digest.add(text)
            }
        }
        (self.digest, tokens) = (digest.text, count)
    }
}

/// The words of a Swift file, without comments. It reads wrong programs, too, and so never fails.
struct Tokens: Sequence, IteratorProtocol {
    enum Token: Equatable {
        /// Something with a name that could be another.
        case name(String)
        /// A keyword, a number, a character of an operator, a piece of text.
        case other(String)
    }

    private var rest: Substring.UnicodeScalarView

    init(_ text: String) { rest = text[...].unicodeScalars }

    private static let keywords: Set<String> = [
        "as", "break", "case", "catch", "class", "continue", "default", "defer", "do", "else", "enum", "extension",
        "false", "for", "func", "guard", "if", "import", "in", "init", "inout", "is", "let", "nil", "private", "public",
        "repeat", "return", "self", "Self", "static", "struct", "switch", "throw", "throws", "true", "try", "typealias",
        "var", "where", "while",
    ]

    mutating func next() -> Token? {
        while let first = rest.first {
            if first.properties.isWhitespace {
                rest.removeFirst()
            } else if starts(with: "//") {
                rest = rest.drop { !$0.endsALine }
            } else if starts(with: "/*") {
                dropComment()
            } else {
                return token(first)
            }
        }
        return nil
    }

    private mutating func token(_ first: Unicode.Scalar) -> Token {
        if first == "\"" {
            return .other(text())
        } else if first == "_" || first == "$" || first.properties.isXIDStart {
            let name = take { $0 == "_" || $0 == "$" || $0.properties.isXIDContinue }
            return Self.keywords.contains(name) ? .other(name) : .name(name)
        } else if ("0"..."9").contains(first) {
            return .other(take { $0 == "_" || $0.properties.isXIDContinue }.filter { $0 != "_" })
        } else if first == "`" {
            rest.removeFirst()
            let name = take { $0 != "`" }
            rest = rest.dropFirst()
            return .name(name)
        }
        return .other(String(rest.removeFirst()))
    }

    /// A text in quotation marks, to its end or the line's. Of a text of many lines, each is a piece.
    private mutating func text() -> String {
        var text = String(rest.removeFirst())
        while let next = rest.first, !next.endsALine {
            text.unicodeScalars.append(rest.removeFirst())
            if next == "\"" { break }
            if next == "\\", let escaped = rest.popFirst() { text.unicodeScalars.append(escaped) }
        }
        return text
    }

    private mutating func dropComment() {
        var depth = 0
        repeat {
            if starts(with: "/*") {
                (depth, rest) = (depth + 1, rest.dropFirst(2))
            } else if starts(with: "*/") {
                (depth, rest) = (depth - 1, rest.dropFirst(2))
            } else {
                rest = rest.dropFirst()
            }
        } while depth > 0 && !rest.isEmpty
    }

    private func starts(with mark: String) -> Bool { rest.starts(with: mark.unicodeScalars) }

    private mutating func take(while belongs: (Unicode.Scalar) -> Bool) -> String {
        let taken = rest.prefix(while: belongs)
        rest = rest[taken.endIndex...]
        return String(String.UnicodeScalarView(taken))
    }
}

extension Unicode.Scalar {
    fileprivate var endsALine: Bool { Character(self).isNewline }
}
