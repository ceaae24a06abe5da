extension TeXBreaks {
    /// A part of a formula in a line of text, after which the line may end.
    struct TextPiece: Equatable {
        /// What it is cut into on a phone, where it would run off the page; one part, if it would not.
        var parts: [String]
        /// The blank before the piece, in ems; 0 after a sign.
        var gap: Double
    }

    /// Where a formula in a line of text may be broken: the one rule for pages, and that of TeX.
    ///
    /// A short formula is not broken. A longer one is broken at the blanks between its statements and after its relations; and after a plus,
    /// a minus or a times, where what stands between two relations is not short. Never before a sign, so that a line does not begin
    /// with `= 3` or `- 2`, and never inside of brackets, but on a phone.
    static func pieces(ofTextFormula tex: String) -> [TextPiece] {
        if isShort(tex) { return [TextPiece(parts: [tex], gap: 0)] }
        var clauses: [Clause] = []
        for clause in outerClauses(of: tex) {
            var pieces = clause.pieces
            // Of a piece that begins with its sign, the sign goes to the end of the one before.
            for place in pieces.indices.dropFirst() {
                let (sign, rest) = split(pieces[place])
                pieces[place - 1] = trimmed(pieces[place - 1] + " " + sign)
                pieces[place] = rest
            }
            if clause.gap == 0, let last = clauses.indices.last {
                let (sign, rest) = split(pieces[0])
                clauses[last].pieces[clauses[last].pieces.count - 1] += " " + sign
                pieces[0] = rest
            }
            clauses.append(Clause(pieces: pieces, gap: clause.gap))
        }
        return clauses.flatMap { clause in
            let whole = clause.pieces.joined(separator: " ")
            let pieces = isShort(whole) ? [whole] : clause.pieces
            return pieces.enumerated().map { place, piece in
                TextPiece(parts: cutForPhone(piece, keepsTall: false), gap: place == 0 ? clause.gap : 0)
            }
        }
    }

    private static func isShort(_ tex: String) -> Bool { TeXWidth.ems(tex).map { $0 <= TeXWidth.short } ?? true }

    /// The first token of a piece, and the rest.
    private static func split(_ piece: String) -> (first: String, rest: String) {
        var scanner = TeXScanner(piece)
        let first = scanner.next()?.text ?? ""
        return (first, trimmed(String(piece.dropFirst(first.count))))
    }
}
