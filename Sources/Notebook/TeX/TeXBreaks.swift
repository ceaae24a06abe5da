/// Where a long formula on lines of its own may be broken: before a relation, and between statements; if that is not enough, before a plus
/// or a minus, and if a part is wider than paper, also inside its brackets. TeX breaks in the same places. In a line of text, a formula
/// is broken after its signs: see ``pieces(ofTextFormula:)``.
struct TeXBreaks {
    /// A part of a formula that stays together if it can: a statement, or a relation and its right side.
    struct Clause: Equatable {
        /// What stays together in any case; there is a place to break before each but the first.
        var pieces: [String]
        /// The blank before the clause, in ems; 0 before a relation.
        var gap: Double
    }

    private var clauses: [Clause] = [Clause(pieces: [""], gap: 0)]
    private var before: Before = .nothing

    /// What stands before a sign.
    enum Before { case nothing, thing, phrase, punctuation }

    /// The clauses of a formula in the order in which they are read. Together they are the formula.
    static func clauses(of tex: String) -> [Clause] {
        outerClauses(of: tex).map { Clause(pieces: $0.pieces.flatMap { cutInside($0) }, gap: $0.gap) }
    }

    /// The clauses, with no piece cut inside of its brackets.
    static func outerClauses(of tex: String) -> [Clause] {
        var breaks = TeXBreaks()
        breaks.read(tex)
        return breaks.clauses.map { clause in
            Clause(pieces: clause.pieces.map(trimmed).filter { !$0.isEmpty }, gap: clause.gap)
        }.filter { !$0.pieces.isEmpty }
    }

    /// The rows of an alignment, each of cells, if the whole formula is one; nil otherwise.
    static func rows(of tex: String) -> [[String]]? {
        let (begin, end) = (#"\begin{aligned}"#, #"\end{aligned}"#)
        guard tex.hasPrefix(begin), tex.hasSuffix(end), tex.components(separatedBy: begin).count == 2 else {
            return nil
        }
        var rows = [[""]]
        var depth = 0
        var scanner = TeXScanner(String(tex.dropFirst(begin.count).dropLast(end.count)))
        while let token = scanner.next() {
            depth += depthChange(token)
            switch token {
            case .character("&") where depth == 0: rows[rows.count - 1].append("")
            case .command("cr") where depth == 0: rows.append([""])
            default: rows[rows.count - 1][rows[rows.count - 1].count - 1] += token.text
            }
        }
        return rows.map { $0.map(trimmed) }
    }

    private mutating func read(_ tex: String) {
        var depth = 0
        var previous: TeXScanner.Token?
        var scanner = TeXScanner(tex)
        while let token = scanner.next() {
            if depth == 0, breakBefore(token) { continue }
            depth += Self.depthChange(token)
            append(token.text)
            if token != .character(" ") {
                before = depth == 0 && Self.isPunctuation(token) ? .punctuation : Self.after(token)
                // Words that end in a blank go before their value, and a minus after them is a sign.
                if token == .character("}"), previous == .character(" ") { before = .phrase }
            }
            previous = token
        }
    }

    /// Braces, round and square brackets, `\left … \right` and environments.
    static func depthChange(_ token: TeXScanner.Token) -> Int {
        switch token {
        case .character("{"), .character("("), .character("["), .command("left"), .command("begin"), .command("lbrace"):
            1
        case .character("}"), .character(")"), .character("]"), .command("right"), .command("end"), .command("rbrace"):
            -1
        default: 0
        }
    }

    /// Opens a clause or a piece, if the token is a place to do so.
    ///
    /// - Returns: whether the token is gone: a blank between two statements.
    private mutating func breakBefore(_ token: TeXScanner.Token) -> Bool {
        switch Self.sign(token) {
        case .relation? where before == .thing || before == .phrase: clauses.append(Clause(pieces: [""], gap: 0))
        case .binary? where before == .thing: clauses[clauses.count - 1].pieces.append("")
        default:
            guard case .command(let name) = token, case .space(let em)? = TeXCommand(rawValue: name)?.rule, em >= 1
            else { return false }
            clauses.append(Clause(pieces: [""], gap: em))
            before = .nothing
            return true
        }
        return false
    }

    private mutating func append(_ text: String) {
        let (clause, piece) = (clauses.count - 1, clauses[clauses.count - 1].pieces.count - 1)
        clauses[clause].pieces[piece] = TeXScanner.joined(clauses[clause].pieces[piece], text)
    }

    /// A relation or an operator before which a line may begin. A product stays together, and so does what is given.
    static func sign(_ token: TeXScanner.Token) -> TeXSign? {
        switch token {
        case .character("="): .relation
        case .character("+"), .character("-"): .binary
        case .command("mid"), .character, .command("colon"): nil
        case .command(let name):
            if case .sign(_, let sign)? = TeXCommand(rawValue: name)?.rule, sign == .relation || name == "times" {
                sign
            } else {
                nil
            }
        }
    }

    static func isPunctuation(_ token: TeXScanner.Token) -> Bool {
        [.character(","), .character(";"), .character(":"), .command("colon")].contains(token)
    }

    /// After an operator, `-` is a sign.
    static func after(_ token: TeXScanner.Token) -> Before {
        if sign(token) != nil { return .nothing }
        switch token {
        case .character("_"), .character("^"): return .nothing
        default: return .thing
        }
    }

    static func trimmed(_ text: String) -> String {
        String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
