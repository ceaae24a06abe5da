/// A piece of running text. Nothing in it is markup any more: a writer only has to write it down.
///
/// `Inline` is closed on purpose. A writer switches over all cases, so a new case does not compile until every writer has it.
public indirect enum Inline: Sendable, Equatable {
    /// Plain characters. A line break stands where the lesson's source has one, and means a space.
    case text(String)
    /// Mathematics: plain TeX that has passed the lint, without dollars and without macros of ours.
    case math(String)
    /// Stressed words.
    case emphasis([Inline])
    /// Words that stand out.
    case strong([Inline])
    /// A name or a command, character by character.
    case code(String)
    /// Words that lead to another place.
    case link([Inline], to: Target)

    /// Where a link leads. A ``Document`` knows the address, since only it knows where it lies itself.
    public enum Target: Sendable, Equatable {
        /// A place in the same document.
        case anchor(String)
        /// Another lesson's report, by the lesson's name (`Lesson4CoinFlips`), or a place in it.
        case lesson(String, anchor: String?)
        /// Another lesson's one-sheet summary, by the lesson's name.
        case summary(of: String)
        /// A page elsewhere.
        case web(String)
    }
}

extension [Inline] {
    /// The same text in one line.
    var inOneLine: [Inline] {
        map { piece in
            switch piece {
            case .text(let text): .text(text.replacing("\n", with: " "))
            case .emphasis(let inner): .emphasis(inner.inOneLine)
            case .strong(let inner): .strong(inner.inOneLine)
            case .link(let inner, let target): .link(inner.inOneLine, to: target)
            case .math, .code: piece
            }
        }
    }
}

extension [Inline] {
    /// The same in plain characters, or nil if there is mathematics in it.
    var plain: String? {
        var result = ""
        for piece in self {
            switch piece {
            case .text(let text), .code(let text): result += text
            case .emphasis(let inner), .strong(let inner), .link(let inner, _):
                guard let text = inner.plain else { return nil }
                result += text
            case .math: return nil
            }
        }
        return result
    }
}
