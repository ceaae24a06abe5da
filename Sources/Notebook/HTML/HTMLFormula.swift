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
            if !isPlain {
                cells += "<span class=\"left\">\(try clauses(row.count > 1 ? row[0] : "", isDisplay: true))</span>"
            }
            cells += "<span class=\"lines\">\(try clauses(row.last ?? "", isDisplay: true, continues: !isPlain))</span>"
        }
        return "<div class=\"formula\"><div class=\"rows\(isPlain ? " plain" : "")\">\(cells)</div></div>"
    }

    /// A formula in a line of text; a long one may be broken at its relations.
    ///
    /// - Throws: ``TeXError``.
    static func inline(_ tex: String) throws(TeXError) -> String {
        if tex.utf8.count < 40 { return try MathML.write(tex) }
        return try clauses(tex, isDisplay: false)
    }

    /// Statements with blanks between them, each of clauses, each of pieces; whatever fits in a line stays together.
    private static func clauses(_ tex: String, isDisplay: Bool, continues: Bool = false) throws(TeXError) -> String {
        var statements: [[String]] = []
        for clause in TeXBreaks.clauses(of: tex) {
            let parts =
                isDisplay
                ? clause.pieces : clause.pieces.flatMap { TeXBreaks.cutInside($0, ifWiderThan: TeXWidth.phone) }
            var pieces: [String] = []
            for piece in parts {
                let isFirst = statements.isEmpty && pieces.isEmpty
                let goesOn = isFirst ? continues : !pieces.isEmpty || clause.gap == 0
                pieces.append(try MathML.write(piece, continues: goesOn))
            }
            let whole = isDisplay ? together(pieces) : pieces.joined(separator: "<wbr>")
            if statements.isEmpty || clause.gap > 0 {
                statements.append([whole])
            } else {
                statements[statements.count - 1].append(whole)
            }
        }
        guard isDisplay, statements.count > 1 else {
            return statements.map { $0.joined(separator: "<wbr>") }.joined(separator: gap)
        }
        return statements.map(together).joined(separator: gap)
    }

    private static let gap = "<span class=\"gap\"> </span>"

    /// Parts that go to the next line as one, if they fit there.
    private static func together(_ parts: [String]) -> String {
        parts.count == 1 ? parts[0] : "<span class=\"clause\">\(parts.joined(separator: "<wbr>"))</span>"
    }
}
