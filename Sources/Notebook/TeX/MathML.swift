/// Writes formulas as MathML Core, which all current browsers draw without a script.
///
/// What TeX knows and MathML does not is said here: where a function is set off by a thin space, and whether `-` is a sign or a
/// difference. All else is the browser's: its dictionary of operators knows the space around `=` and `+`.
enum MathML {
    /// `<math>` with the TeX beside it, for readers without MathML.
    ///
    /// - Parameter continues: Whether something stands before the formula in the same line, so that `-` at its start is a difference.
    /// - Throws: ``TeXError`` for what the lint refuses, too.
    static func write(_ tex: String, continues: Bool = false) throws(TeXError) -> String {
        let body = elements(try TeXParser.parse(tex), continues: continues).joined()
        // In a display, the page's style sets `math-style`, so that it need not be said for every piece.
        return "<math alttext=\"\(HTMLText.escaped(tex))\">\(body)</math>"
    }

    // MARK: Rows

    /// The elements of a row; signs look at their neighbours.
    private static func elements(_ nodes: [TeXNode], continues: Bool = false) -> [String] {
        var result: [String] = []
        var before: Neighbour = continues ? .thing : .nothing
        for (position, node) in nodes.enumerated() {
            if needsThinSpace(between: before, and: Neighbour(node)) { result.append(thinSpace) }
            switch node {
            case .sign(let symbol, let sign):
                let isAtEnd = result.isEmpty || position == nodes.count - 1
                result.append(element(symbol, sign, after: before, isAtEnd: isAtEnd))
            case .group(let inner) where inner.isEmpty: break
            default: result.append(element(node))
            }
            if case .space(let em) = node {
                // What stands behind a gap begins anew.
                if em >= 1 { before = .nothing }
                continue
            }
            before = Neighbour(node)
        }
        return result
    }

    /// What a sign or a function sees beside it.
    private enum Neighbour {
        case nothing, thing, function, opening, separator

        init(_ node: TeXNode) {
            switch node {
            case .function: self = .function
            case .scripts(let base, _, _, _): self = Neighbour(base)
            case .sign(_, .ordinary), .sign(_, .closing): self = .thing
            case .sign: self = .separator
            case .fence(_, .opening, _): self = .opening
            case .largeOperator, .space: self = .nothing
            // A phrase that ends in a blank goes before its value: “evidence -693”. Without one, it is a thing.
            case .words(let words) where words.last == " ": self = .separator
            case .identifier, .number, .words, .fence, .group, .fenced, .fraction, .root, .accent, .underbrace, .table,
                .style:
                self = .thing
            }
        }
    }

    /// ln x and x ln, but ln(x).
    private static func needsThinSpace(between before: Neighbour, and after: Neighbour) -> Bool {
        switch (before, after) {
        case (.function, .thing), (.function, .function), (.thing, .function): true
        default: false
        }
    }

    private static let thinSpace = #"<mspace width=".17em"/>"#

    /// One element: what stands in an index, or in the numerator.
    private static func single(_ nodes: [TeXNode]) -> String {
        if nodes.count == 1, case .group(let inner) = nodes[0] { return single(inner) }
        let parts = elements(nodes)
        if parts.count == 1 { return parts[0] }
        // Text counts as a blank, and in a row of blanks and a sign the sign's space goes around the row. So there it is a name.
        let areWords = nodes.allSatisfy {
            switch $0 {
            case .words, .sign: true
            default: false
            }
        }
        let row = parts.joined()
        return "<mrow>\(areWords ? row.replacing("mtext>", with: "mi>") : row)</mrow>"
    }

    // MARK: Nodes

    private static func element(_ node: TeXNode) -> String {
        switch node {
        case .identifier(let name, let isUpright):
            // A single letter is slanted unless told otherwise; letters of the mathematical alphabets are what they are.
            let isPlain =
                isUpright && name.unicodeScalars.count == 1 && name.unicodeScalars.allSatisfy { $0.value < 0x1D400 }
            return "<mi\(isPlain ? #" mathvariant="normal""# : "")>\(HTMLText.escaped(name))</mi>"
        case .number(let digits): return "<mn>\(digits)</mn>"
        case .words(let words): return "<mtext>\(HTMLText.escaped(words.replacing(" ", with: "\u{A0}")))</mtext>"
        case .sign(let symbol, let sign): return element(symbol, sign, after: .thing, isAtEnd: true)
        case .fence(let symbol, let sign, let em): return fence(symbol, sign, em: em)
        case .largeOperator(let symbol, _): return "<mo>\(symbol)</mo>"
        case .function(let name, _): return "<mi>\(name)</mi>"
        case .space(let em): return #"<mspace width="\#(length(em))"/>"#
        case .group(let inner): return single(inner)
        case .fenced(let left, let inner, let right): return fenced(left, elements(inner).joined(), right)
        case .scripts(let base, let below, let above, let hasLimits):
            return scripts(on: base, below: below, above: above, hasLimits: hasLimits)
        case .fraction(let kind, let top, let bottom): return fraction(kind, top, bottom)
        case .root(let inner): return "<msqrt>\(elements(inner).joined())</msqrt>"
        case .accent(let symbol, let isStretched, let inner):
            return "<mover accent=\"true\">\(single(inner))<mo stretchy=\"\(isStretched)\">\(symbol)</mo></mover>"
        case .underbrace(let inner, let label):
            let braced = "<munder>\(single(inner))<mo stretchy=\"true\">⏟</mo></munder>"
            return label.map { "<munder>\(braced)\(single($0))</munder>" } ?? braced
        case .table(let kind, let rows): return table(kind, rows)
        case .style(let isDisplay, let inner):
            return "<mstyle displaystyle=\"\(isDisplay)\" scriptlevel=\"0\">\(elements(inner).joined())</mstyle>"
        }
    }

    private static func length(_ em: Double) -> String { em == em.rounded() ? "\(Int(em))em" : ".17em" }

    /// A sign. At either end of a row, a browser takes what stands between two things for what stands before or after one.
    private static func element(
        _ symbol: String, _ sign: TeXSign, after before: Neighbour, isAtEnd: Bool
    ) -> String {
        let text = HTMLText.escaped(symbol)
        let infix = isAtEnd ? " form=\"infix\"" : ""
        switch sign {
        case .binary: return "<mo\(before == .thing ? infix : " form=\"prefix\"")>\(text)</mo>"
        case .relation where symbol == "|" || symbol == ":":
            return "<mo stretchy=\"false\" lspace=\".28em\" rspace=\".28em\">\(text)</mo>"
        case .relation: return "<mo\(infix)>\(text)</mo>"
        // The dictionary knows commas and semicolons, and a colon as a relation.
        case .punctuation where symbol != ":": return "<mo>\(text)</mo>"
        case .punctuation: return "<mo lspace=\"0\" rspace=\".17em\">\(text)</mo>"
        case .opening, .closing: return fence(symbol, sign, em: nil)
        case .ordinary: return "<mo lspace=\"0\" rspace=\"0\">\(text)</mo>"
        }
    }

    private static func fence(_ symbol: String, _ sign: TeXSign, em: Double?) -> String {
        if symbol.isEmpty { return "" }
        // The dictionary knows on which side a bracket stands, and leaves no space there; a line may be on either.
        let isBracket = "()[]{}".contains(symbol)
        let size =
            em.map { "stretchy=\"true\" symmetric=\"true\" minsize=\"\($0)em\" maxsize=\"\($0)em\"" }
            ?? "stretchy=\"false\""
        return "<mo \(size)\(isBracket ? "" : #" lspace="0" rspace="0""#)>\(symbol)</mo>"
    }

    /// Fences that grow with what is inside.
    private static func fenced(_ left: String, _ inside: String, _ right: String) -> String {
        func mark(_ symbol: String, _ form: String) -> String {
            // At its end of a row, a bracket is what the dictionary takes it for; a line may be on either side.
            if "()[]{}".contains(symbol), !symbol.isEmpty { return "<mo>\(symbol)</mo>" }
            return symbol.isEmpty
                ? "" : "<mo form=\"\(form)\" stretchy=\"true\" lspace=\"0\" rspace=\"0\">\(symbol)</mo>"
        }
        return "<mrow>\(mark(left, "prefix"))\(inside)\(mark(right, "postfix"))</mrow>"
    }

    private static func scripts(on base: TeXNode, below: [TeXNode]?, above: [TeXNode]?, hasLimits: Bool) -> String {
        let stands: Bool
        let core: String
        switch base {
        case .largeOperator(let symbol, let takesLimits):
            stands = takesLimits || hasLimits
            core = hasLimits ? "<mo movablelimits=\"false\">\(symbol)</mo>" : "<mo>\(symbol)</mo>"
        case .function(let name, let takesLimits) where takesLimits || hasLimits:
            stands = true
            core = "<mo movablelimits=\"\(!hasLimits)\" lspace=\"0\" rspace=\"0\">\(name)</mo>"
        default:
            stands = hasLimits
            core = single([base])
        }
        switch (below, above) {
        case (let below?, let above?):
            let (name, parts) = (stands ? "munderover" : "msubsup", core + single(below) + single(above))
            return "<\(name)>\(parts)</\(name)>"
        case (let below?, nil):
            let name = stands ? "munder" : "msub"
            return "<\(name)>\(core)\(single(below))</\(name)>"
        case (nil, let above?):
            let name = stands ? "mover" : "msup"
            return "<\(name)>\(core)\(single(above))</\(name)>"
        case (nil, nil): return core
        }
    }

    private static func fraction(_ kind: TeXFraction, _ top: [TeXNode], _ bottom: [TeXNode]) -> String {
        let parts = single(top) + single(bottom)
        switch kind {
        case .plain: return "<mfrac>\(parts)</mfrac>"
        case .display: return "<mstyle displaystyle=\"true\" scriptlevel=\"0\"><mfrac>\(parts)</mfrac></mstyle>"
        case .text: return "<mstyle displaystyle=\"false\"><mfrac>\(parts)</mfrac></mstyle>"
        case .binomial: return fenced("(", "<mfrac linethickness=\"0\">\(parts)</mfrac>", ")")
        }
    }

    private static func table(_ kind: TeXEnvironment, _ rows: [[[TeXNode]]]) -> String {
        let body = rows.map { row in
            let cells = row.enumerated().map { column, cell in
                // What follows `&` in an alignment goes on in the same line.
                "<mtd>\(elements(cell, continues: kind == .aligned && column % 2 == 1).joined())</mtd>"
            }
            return "<mtr>\(cells.joined())</mtr>"
        }
        let style = kind == .aligned ? " displaystyle=\"true\"" : ""
        let table = "<mtable class=\"\(kind.rawValue)\"\(style)>\(body.joined())</mtable>"
        return kind == .aligned ? table : fenced(kind.fences.left, table, kind.fences.right)
    }
}
