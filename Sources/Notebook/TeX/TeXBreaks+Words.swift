extension TeXBreaks {
    /// A piece that is wider than a phone, in parts: cut inside its brackets, and between the words of a phrase.
    ///
    /// - Parameter keepsTall: as in ``cutInside(_:ifWiderThan:keepsTall:)``.
    static func cutForPhone(_ piece: String, keepsTall: Bool) -> [String] {
        cutInside(piece, ifWiderThan: TeXWidth.phone, keepsTall: keepsTall).flatMap {
            cutWords($0, ifWiderThan: TeXWidth.phone)
        }
    }

    /// A piece that is too wide, cut before its phrases and between their words: `\text{has several maxima, and is not convex}`. A phrase inside of
    /// something, such as a fraction, stays whole, and so does a short one.
    ///
    /// - Parameter limit: what is too wide, in ems.
    static func cutWords(_ piece: String, ifWiderThan limit: Double) -> [String] {
        guard let width = TeXWidth.ems(piece), width > limit else { return [piece] }
        var pieces = [""]
        var depth = 0
        var scanner = TeXScanner(piece)
        while let token = scanner.next() {
            var text = token.text
            if token == .command("text"), let words = scanner.nextGroup() {
                text += "{\(words)}"
                let parts = depth == 0 ? lines(of: words, ofAtMost: limit / 2) : [words]
                if depth == 0, !pieces[pieces.count - 1].allSatisfy({ $0 == " " }) { pieces.append("") }
                if parts.count > 1 {
                    for part in parts.dropLast() {
                        pieces[pieces.count - 1] = TeXScanner.joined(pieces[pieces.count - 1], "\\text{\(part)}")
                        pieces.append("")
                    }
                    text = "\\text{\(parts[parts.count - 1])}"
                }
            }
            depth += depthChange(token)
            pieces[pieces.count - 1] = TeXScanner.joined(pieces[pieces.count - 1], text)
        }
        return pieces.map(trimmed).filter { !$0.isEmpty }
    }

    /// Words in lines, each with the blank at its end; a word that is wider than a line has one to itself.
    private static func lines(of words: String, ofAtMost ems: Double) -> [String] {
        var lines = [""]
        for word in words.split(separator: " ", omittingEmptySubsequences: false) {
            let longer = lines[lines.count - 1] + word
            if !lines[lines.count - 1].isEmpty, !word.isEmpty, TeXWidth.ems("\\text{\(longer)}") ?? 0 > ems {
                lines.append("")
            }
            lines[lines.count - 1] += word + " "
        }
        lines[lines.count - 1].removeLast()
        return lines
    }
}
