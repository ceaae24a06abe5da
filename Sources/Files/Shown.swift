// Names come from outside: paths, words of the command line, ids of students, names of folders that were handed in. A name may hold
// line breaks, and orders that a terminal obeys. The rule for every message of this package: what is printed of a name is its
// visible form.

/// A name as it stands in a message: on one line, with nothing in it that a terminal would obey or that hides, and no longer than
/// anybody reads.
public func shown(_ name: some StringProtocol) -> String {
    let most = 1000
    let scalars = name.unicodeScalars
    guard scalars.dropFirst(most).isEmpty else {
        // Of a path both ends count.
        return visible(scalars.prefix(most / 2)) + "…" + visible(scalars.suffix(most / 2))
    }
    return visible(scalars)
}

/// Scalars, with those that break a line, or hide in it, written as in Swift's strings: `\n`, `\u{1B}`.
public func visible(_ scalars: some Sequence<UnicodeScalar>) -> String {
    var text = ""
    for scalar in scalars {
        if isHidden(scalar) {
            text += scalar.escaped(asASCII: true)
        } else {
            text.unicodeScalars.append(scalar)
        }
    }
    return text
}

/// A whole message in its visible form. Its own lines stay lines.
///
/// - Parameters:
///   - message: the message.
///   - words: words of the command line, which a message may quote in ' ' as they are; so it names them in their shown form.
public func visibleMessage(_ message: String, quoting words: [String] = []) -> String {
    var message = message
    // An option's value may stand behind an equals sign in the same word.
    let values = words.compactMap { word in word.firstIndex(of: "=").map { String(word[word.index(after: $0)...]) } }
    for word in words + values where shown(word) != word {
        message = message.replacing("'\(word)'", with: "'\(shown(word))'")
    }
    return message.split(separator: "\n", omittingEmptySubsequences: false).map { visible($0.unicodeScalars) }
        .joined(separator: "\n")
}

/// Whether a scalar is seen as nothing, or as a plain blank that it is not. (U+200D joins the parts of an emoji.)
private func isHidden(_ scalar: UnicodeScalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    case .format: scalar != "\u{200D}"
    case .spaceSeparator: scalar != " "
    default: false
    }
}
