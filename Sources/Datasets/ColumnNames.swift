/// Names of columns as they are typed: `height,weight`, or `"wait, minutes",duration` for a name that holds a comma, or `#2`
/// for the second column.
public enum ColumnNames {
    /// The names in a list separated by commas.
    ///
    /// Blanks around a name do not count; within quotation marks a comma is part of the name, and a quotation mark is written
    /// twice. A quotation mark within a name that begins without one is a character like any other.
    ///
    /// - Returns: the names, empty ones too (`a,,b` has three); nil if a quotation mark is never closed, or text follows a
    ///   closing one.
    public static func split(_ list: String) -> [String]? {
        var names: [String] = []
        var name: [UnicodeScalar] = []
        var state = State.before
        var blanksAfterQuote = false
        func finished() -> String {
            var text = String(String.UnicodeScalarView(name))
            if state == .plain || state == .before {
                while let last = text.unicodeScalars.last, last == " " || last == "\t" {
                    text.unicodeScalars.removeLast()
                }
            }
            return text
        }
        for scalar in list.unicodeScalars {
            switch (state, scalar) {
            case (.before, " "), (.before, "\t"): continue
            case (.closed, " "), (.closed, "\t"): blanksAfterQuote = true
            case (.before, "\""): state = .quoted
            case (.quoted, "\""): (state, blanksAfterQuote) = (.closed, false)
            case (.closed, "\"") where !blanksAfterQuote:
                name.append(scalar)
                state = .quoted
            case (.before, ","), (.plain, ","), (.closed, ","):
                names.append(finished())
                name = []
                state = .before
            case (.closed, _): return nil
            case (.before, _):
                name.append(scalar)
                state = .plain
            default: name.append(scalar)
            }
        }
        if state == .quoted { return nil }
        names.append(finished())
        return names
    }

    private enum State { case before, plain, quoted, closed }

    /// The place that `#2` means, counted from 0; nil for every other name.
    static func place(_ name: String) -> Int? {
        guard name.first == "#", let number = Int(name.dropFirst()), number >= 1, !name.contains("+") else {
            return nil
        }
        return number - 1
    }
}
