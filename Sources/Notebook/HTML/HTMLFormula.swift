/// Formulas on a page: MathML in pieces between which a browser may begin a new line.
///
/// Browsers do not break mathematics. A line that is too long for a phone or for paper would run out of it, so a formula is written as
/// several `<math>` elements in a row, cut by ``TeXBreaks``: a clause goes to the next line as a whole if it can, and only a clause that is
/// itself too long is broken inside. In a display the parts stand in boxes within boxes, each of which the style of the page breaks only
/// when it is too long for a line.
enum HTMLFormula {
    /// A formula on a line of its own.
    ///
    /// - Throws: ``TeXError``.
    static func display(_ tex: String) throws(TeXError) -> String {
        guard let rows = TeXBreaks.rows(of: tex), rows.allSatisfy({ $0.count <= 2 }) else {
            return "<div class=\"formula\">\(try lines(tex))</div>"
        }
        var cells = ""
        let isPlain = rows.allSatisfy { $0.count < 2 || $0[0].isEmpty }
        for row in rows {
            if !isPlain {
                cells += "<span class=\"left\">\(row.count > 1 ? try lines(row[0]) : "")</span>"
            }
            cells += try lines(row.last ?? "", continues: !isPlain)
        }
        return "<div class=\"formula\"><div class=\"rows\(isPlain ? " plain" : "")\">\(cells)</div></div>"
    }

    /// A formula in a line of text; where a line may end in it, says ``TeXBreaks/pieces(ofTextFormula:)``.
    ///
    /// - Parameter marks: what follows in the same line, such as a full stop.
    /// - Throws: ``TeXError``.
    static func inline(_ tex: String, followedBy marks: String = "") throws(TeXError) -> String {
        var pieces: [String] = []
        let all = TeXBreaks.pieces(ofTextFormula: tex)
        for (place, piece) in all.enumerated() {
            var parts: [String] = []
            for part in piece.parts { parts.append(try MathML.write(part, continues: !parts.isEmpty)) }
            if place == all.count - 1, !marks.isEmpty {
                let last = parts.removeLast()
                parts.append("<span class=\"whole\">\(last)\(HTMLText.escaped(marks))</span>")
            }
            let space = pieces.isEmpty ? "" : piece.gap > 0 ? "<span class=\"gap\"> </span>" : "<wbr>"
            let whole = parts.joined(separator: "<wbr>")
            pieces.append(space + (parts.count > 1 ? "<span class=\"cut\">\(whole)</span>" : whole))
        }
        return pieces.joined()
    }

    // MARK: Displays

    /// What goes to the next line as one, if it fits there: a formula, or parts in their order.
    private indirect enum Part {
        case formula(String)
        case parts([Part], areStatements: Bool)

        /// Parts as one; a single part needs no box.
        static func together(_ parts: [Part], areStatements: Bool = false) -> Part {
            parts.count == 1 ? parts[0] : .parts(parts, areStatements: areStatements)
        }

        func html(_ name: String = "clause") -> String {
            switch self {
            case .formula(let math): name == "clause" ? math : "<span class=\"\(name)\">\(math)</span>"
            case .parts(let parts, let areStatements):
                "<span class=\"\(name)\(areStatements ? " statements" : "")\">\(parts.map { $0.html() }.joined())</span>"
            }
        }
    }

    /// Statements with blanks between them, each of clauses, each of pieces, and a piece that is too wide for a phone of what it is cut into.
    private static func lines(_ tex: String, continues: Bool = false) throws(TeXError) -> String {
        var statements: [[Part]] = []
        for clause in TeXBreaks.clauses(of: tex) {
            var pieces: [Part] = []
            for piece in clause.pieces {
                var parts: [Part] = []
                for part in TeXBreaks.cutForPhone(piece, keepsTall: true) {
                    let isFirst = statements.isEmpty && pieces.isEmpty && parts.isEmpty
                    let goesOn =
                        isFirst ? continues && clause.gap == 0 : !pieces.isEmpty || !parts.isEmpty || clause.gap == 0
                    parts.append(.formula(try MathML.write(part, continues: goesOn)))
                }
                pieces.append(.together(parts))
            }
            if statements.isEmpty || clause.gap > 0 { statements.append([]) }
            statements[statements.count - 1].append(.together(pieces))
        }
        let all = Part.together(statements.map { .together($0) }, areStatements: statements.count > 1)
        return all.html("lines")
    }
}
