/// Formulas on a page: MathML in pieces between which a browser may begin a new line.
///
/// Browsers do not break mathematics. A line that is too long for a phone or for paper would run out of it, so a formula is written as
/// several `<math>` elements in a row, cut by ``TeXBreaks``: a clause goes to the next line as a whole if it can, and only a clause that is
/// itself too long is broken inside.
enum HTMLFormula {
    /// A formula on a line of its own.
    ///
    /// - Throws: ``TeXError``.
    static func display(_ tex: String) throws(TeXError) -> String {
        guard let rows = TeXBreaks.rows(of: tex), rows.allSatisfy({ $0.count <= 2 }) else {
            return "<div class=\"formula\"><span class=\"lines\">\(try clauses(tex, isDisplay: true))</span></div>"
        }
        var cells = ""
        let isPlain = rows.allSatisfy { $0.count < 2 || $0[0].isEmpty }
        for row in rows {
            if !isPlain { cells += "<span class=\"left\">\(try clauses(row.count > 1 ? row[0] : "", isDisplay: true))</span>" }
            cells += "<span class=\"lines\">\(try clauses(row.last ?? "", isDisplay: true, continues: !isPlain))</span>"
        }
        return "<div class=\"formula\"><div class=\"rows\(isPlain ? " plain" : "")\">\(cells)</div></div>"
    }

    /// A formula in a line of text; a long one may be broken at its relations.
    ///
    /// - Throws: ``TeXError``.
    static func inline(_ tex: String) throws(TeXError) -> String {
        if tex.utf8.count < 40 { return try MathML.write(tex, isDisplay: false) }
        return try clauses(tex, isDisplay: false)
    }

    private static func clauses(_ tex: String, isDisplay: Bool, continues: Bool = false) throws(TeXError) -> String {
        var result = ""
        for (position, clause) in TeXBreaks.clauses(of: tex).enumerated() {
            var pieces: [String] = []
            for piece in clause.pieces {
                let isFirst = position == 0 && pieces.isEmpty
                let goesOn = isFirst ? continues : !pieces.isEmpty || clause.gap == 0
                pieces.append(try MathML.write(piece, isDisplay: isDisplay, continues: goesOn))
            }
            if position > 0 { result += clause.gap > 0 ? "<span class=\"gap\"> </span>" : "<wbr>" }
            let inside = pieces.joined(separator: "<wbr>")
            result += pieces.count > 1 && isDisplay ? "<span class=\"clause\">\(inside)</span>" : inside
        }
        return result
    }
}
