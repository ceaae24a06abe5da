import Foundation

/// What can be wrong with a formula. Each is a mistake in a lesson's source, found when the report is rendered.
public enum TeXError: Error, Equatable, CustomStringConvertible {
    /// A semantic macro that lacks one of its arguments in braces.
    case missingArgument(of: String, in: String)
    /// Macros that expand into each other without end.
    case macroRecursion(in: String)
    /// An odd number of dollars: some mathematics has no end.
    case oddDollars(in: String)
    /// Braces, `\left … \right` or `\begin … \end` that do not balance.
    case unbalanced(String, in: String)
    /// A command that is neither a macro of ours nor one that GitHub and KaTeX both know.
    case unknownCommand(String, in: String)
    /// A second exponent or a second index on one symbol, such as `x^{a}^{b}`: TeX refuses it.
    case doubleScript(String, in: String)
    /// A running index, or a number of observations or classes, that was typed where a macro stands for it in every notation.
    case hardCodedIndex(String, in: String)
    /// Words about the latent variable that are wrong in the notation: a number that is called a vector.
    case numberCalledVector(in: String)
    /// A TeX command in the text, where nothing expands or typesets it.
    case outsideMathematics(String, in: String)
    /// A sequence that Markdown eats or misreads before TeX sees it; the second string says what to write instead.
    case eatenByMarkdown(String, writeInstead: String, in: String)

    /// The mistake in words.
    public var description: String {
        switch self {
        case .missingArgument(let macro, let source): #"\\#(macro) lacks an argument in braces, in: \#(source)"#
        case .macroRecursion(let source): "macros expand into each other without end, in: \(source)"
        case .oddDollars(let source): "an odd number of dollars, in: \(source)"
        case .unbalanced(let what, let source): "\(what) do not balance, in: \(source)"
        case .unknownCommand(let command, let source): #"unknown command \\#(command), in: \#(source)"#
        case .doubleScript(let script, let source):
            "two “\(script)” on one symbol; put the first into braces, in: \(source)"
        case .hardCodedIndex(let letter, let source):
            #"“\#(letter)” is another letter in other notations; write \obsindex, \classindex, \otherindex, \sumclasses …, in: \#(source)"#
        case .numberCalledVector(let source):
            "the latent variable is a number in this notation, and no vector, in: \(source)"
        case .outsideMathematics(let command, let source): #"\\#(command) stands outside the dollars, in: \#(source)"#
        case .eatenByMarkdown(let sequence, let instead, let source):
            "“\(sequence)” does not survive Markdown; write \(instead), in: \(source)"
        }
    }
}

/// Splits TeX into commands and single characters: all that macro expansion needs to see.
struct TeXScanner {
    enum Token: Equatable {
        case command(String)
        case character(Character)

        var text: String {
            switch self {
            case .command(let name): "\\" + name
            case .character(let character): String(character)
            }
        }
    }

    private var rest: Substring

    init(_ source: String) { rest = source[...] }

    mutating func next() -> Token? {
        guard let first = rest.popFirst() else { return nil }
        guard first == "\\" else { return .character(first) }
        let name = rest.prefix { $0.isASCII && $0.isLetter }
        if name.isEmpty { return .command(rest.popFirst().map(String.init) ?? "") }
        rest = rest.dropFirst(name.count)
        return .command(String(name))
    }

    /// The contents of the next `{…}`, or nil if none follows.
    mutating func nextGroup() -> String? {
        rest = rest.drop { $0 == " " }
        guard rest.first == "{" else { return nil }
        var depth = 0
        for index in rest.indices {
            if rest[index] == "{" { depth += 1 }
            if rest[index] == "}" { depth -= 1 }
            if depth == 0 {
                let inside = rest[rest.index(after: rest.startIndex)..<index]
                rest = rest[rest.index(after: index)...]
                return String(inside)
            }
        }
        return nil
    }

    /// Two pieces of TeX, with a space between a command such as `\pi` and a letter, which would make another command.
    static func joined(_ left: String, _ right: String) -> String {
        let startsWithLetter = right.first.map { $0.isASCII && $0.isLetter } ?? false
        return left + (startsWithLetter && endsInCommand(left) ? " " : "") + right
    }

    private static func endsInCommand(_ text: String) -> Bool {
        let letters = text.reversed().prefix { $0.isASCII && $0.isLetter }
        guard !letters.isEmpty else { return false }
        return text.dropLast(letters.count).last == "\\"
    }
}
