extension TeXBreaks {
    /// A formula as plain TeX in lines that are no wider than a column, if it is wider and can be broken; else as it is.
    ///
    /// GitHub cuts off what is wider than its column, behind a bar to scroll. Lines after the first are indented.
    ///
    /// - Parameter column: the width in ems.
    static func inLines(_ tex: String, column: Double) -> String {
        guard let width = TeXWidth.ems(tex), width > column, rows(of: tex) == nil else { return tex }
        let clauses = clauses(of: tex)
        var lines: [String] = []
        var filled = 0.0
        func add(_ text: String, gap: Double) {
            let length = TeXWidth.ems(text) ?? 0
            if lines.isEmpty || filled + gap + length > column - (lines.count > 1 ? indent : 0) {
                lines.append(text)
                filled = length
            } else {
                let space = gap >= 2 ? #" \qquad "# : gap >= 1 ? #" \quad "# : " "
                lines[lines.count - 1] = lines[lines.count - 1] + space + text
                filled += gap + length
            }
        }
        func wide(_ clauses: [Clause]) -> Double {
            TeXWidth.ems(clauses.flatMap(\.pieces).joined(separator: " ")) ?? 0
        }
        // A statement goes to the next line as a whole; only one that is too wide for any line is broken before its relations, and
        // only a clause that is too wide for any line is broken inside.
        for statement in statements(clauses) {
            let gap = statement[0].gap
            if wide(statement) <= column - indent {
                add(statement.flatMap(\.pieces).joined(separator: " "), gap: gap)
                continue
            }
            for clause in statement {
                if wide([clause]) <= column - indent {
                    add(clause.pieces.joined(separator: " "), gap: clause.gap)
                } else {
                    for (place, piece) in clause.pieces.enumerated() { add(piece, gap: place == 0 ? clause.gap : 0) }
                }
            }
        }
        guard lines.count > 1 else { return tex }
        let rows = lines.enumerated().map { $0.offset == 0 ? "& \($0.element)" : #"& \quad "# + $0.element }
        return #"\begin{aligned} "# + rows.joined(separator: #" \cr "#) + #" \end{aligned}"#
    }

    /// Clauses in groups, each of which begins after a blank.
    private static func statements(_ clauses: [Clause]) -> [[Clause]] {
        clauses.reduce(into: []) { groups, clause in
            if groups.isEmpty || clause.gap > 0 { groups.append([]) }
            groups[groups.count - 1].append(clause)
        }
    }

    /// The indentation of later lines, in ems.
    private static let indent = 1.0
}
