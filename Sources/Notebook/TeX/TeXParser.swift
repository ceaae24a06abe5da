/// Reads a formula into a tree. It takes what ``TeXLint`` lets through, and all of it.
struct TeXParser {
    private let source: String
    private var scanner: TeXScanner
    /// A token that was looked at and not taken.
    private var ahead: TeXScanner.Token?

    /// The formula's nodes.
    ///
    /// - Throws: ``TeXError``, where the lint would throw it, too.
    static func parse(_ tex: String) throws(TeXError) -> [TeXNode] {
        var parser = TeXParser(tex)
        let nodes = try parser.nodes()
        guard parser.peek() == nil else { throw .unbalanced("braces or fences", in: tex) }
        return nodes
    }

    private init(_ source: String) {
        self.source = source
        scanner = TeXScanner(source)
    }

    // MARK: Tokens

    /// The next token that is no blank.
    private mutating func peek() -> TeXScanner.Token? {
        while ahead == nil || ahead == .character(" ") || ahead == .character("\n") {
            guard let token = scanner.next() else {
                ahead = nil
                return nil
            }
            ahead = token
        }
        return ahead
    }

    private mutating func take() -> TeXScanner.Token? {
        defer { ahead = nil }
        return peek()
    }

    private mutating func take(_ token: TeXScanner.Token) -> Bool {
        guard peek() == token else { return false }
        ahead = nil
        return true
    }

    private mutating func expect(_ token: TeXScanner.Token) throws(TeXError) {
        guard take(token) else { throw .unbalanced(token.text, in: source) }
    }

    // MARK: Rows

    /// Everything up to what ends a row: a closing brace, `&`, `\cr`, `\end`, `\right`.
    private mutating func nodes() throws(TeXError) -> [TeXNode] {
        var nodes: [TeXNode] = []
        while let token = peek(), !Self.ends(token) {
            if case .command(let name) = token, case .style(let isDisplay)? = TeXCommand(rawValue: name)?.rule {
                ahead = nil
                return nodes + [.style(isDisplay: isDisplay, try self.nodes())]
            }
            nodes.append(try scripted())
        }
        return nodes
    }

    private static func ends(_ token: TeXScanner.Token) -> Bool {
        switch token {
        case .character("}"), .character("&"), .command("cr"), .command("end"), .command("right"): true
        default: false
        }
    }

    /// A nucleus with what hangs on it.
    private mutating func scripted() throws(TeXError) -> TeXNode {
        let nucleus = try nucleus()
        var (below, above): ([TeXNode]?, [TeXNode]?)
        var hasLimits = false
        while let token = peek() {
            switch token {
            case .command("limits"):
                ahead = nil
                hasLimits = true
            case .character("_"):
                ahead = nil
                guard below == nil else { throw .doubleScript("_", in: source) }
                below = try argument()
            case .character("^"):
                ahead = nil
                guard above == nil else { throw .doubleScript("^", in: source) }
                above = try argument()
            case .character("'"):
                ahead = nil
                above = (above ?? []) + [.sign("′", .ordinary)]
            default: return Self.joined(nucleus, below, above, hasLimits)
            }
        }
        return Self.joined(nucleus, below, above, hasLimits)
    }

    private static func joined(
        _ nucleus: TeXNode, _ below: [TeXNode]?, _ above: [TeXNode]?, _ hasLimits: Bool
    ) -> TeXNode {
        if below == nil, above == nil { return nucleus }
        if case .underbrace(let inside, nil) = nucleus, above == nil { return .underbrace(inside, label: below) }
        return .scripts(nucleus, below: below, above: above, hasLimits: hasLimits)
    }

    /// What stands in braces, or the next thing.
    private mutating func argument() throws(TeXError) -> [TeXNode] {
        guard take(.character("{")) else { return [try nucleus()] }
        let inside = try nodes()
        try expect(.character("}"))
        return inside
    }

    // MARK: Nuclei

    private mutating func nucleus() throws(TeXError) -> TeXNode {
        guard let token = take() else { throw .unbalanced("an index or an argument", in: source) }
        switch token {
        case .character("{"):
            let inside = try nodes()
            try expect(.character("}"))
            return .group(inside)
        case .character(let character):
            if character.isNumber { return number(from: character) }
            return try Self.node(of: character, in: source)
        case .command("left"):
            let left = try fence()
            let inside = try nodes()
            try expect(.command("right"))
            return .fenced(left.symbol, inside, try fence().symbol)
        case .command("begin"): return try environment()
        case .command(let name):
            guard let command = TeXCommand(rawValue: name) else { throw .unknownCommand(name, in: source) }
            return try node(of: command)
        }
    }

    /// Digits, a point between digits, and `{,}` between thousands.
    private mutating func number(from first: Character) -> TeXNode {
        var digits = String(first)
        while true {
            let before = scanner
            switch scanner.next() {
            case .character(let next)? where next.isNumber: digits.append(next)
            case .character(".")?:
                guard case .character(let next)? = scanner.next(), next.isNumber else {
                    scanner = before
                    return .number(digits)
                }
                digits += ".\(next)"
            case .character("{")? where scanner.next() == .character(",") && scanner.next() == .character("}"):
                digits += ","
            default:
                scanner = before
                return .number(digits)
            }
        }
    }

    private static func node(of character: Character, in source: String) throws(TeXError) -> TeXNode {
        switch character {
        case "-": .sign("−", .binary)
        case "+": .sign("+", .binary)
        case "=", ":": .sign(String(character), .relation)
        case ",", ";": .sign(String(character), .punctuation)
        case "(", "[": .fence(String(character), .opening, em: nil)
        case ")", "]": .fence(String(character), .closing, em: nil)
        case "/", ".", "!": .sign(String(character), .ordinary)
        case _ where character.isLetter: .identifier(String(character), isUpright: false)
        default: throw .unknownCommand(String(character), in: source)
        }
    }

    private mutating func node(of command: TeXCommand) throws(TeXError) -> TeXNode {
        switch command.rule {
        case .identifier(let letter, let isUpright): return .identifier(letter, isUpright: isUpright)
        case .sign(let symbol, let sign): return .sign(symbol, sign)
        case .fence(let symbol, let sign): return .fence(symbol, sign, em: nil)
        case .largeOperator(let symbol, let takesLimits): return .largeOperator(symbol, takesLimits: takesLimits)
        case .function(let name, let takesLimits): return .function(name, takesLimits: takesLimits)
        case .alphabet(let alphabet): return alphabet.applied(to: try argument())
        case .words: return .words(try words())
        case .accent(let symbol, let isStretched):
            return .accent(symbol, isStretched: isStretched, try argument())
        case .underbrace: return .underbrace(try argument(), label: nil)
        case .fraction(let kind): return .fraction(kind, try argument(), try argument())
        case .root: return .root(try argument())
        case .sized(let em):
            let (symbol, sign) = try fence()
            return .fence(symbol, sign, em: em)
        case .space(let em): return .space(em: em)
        case .limits, .style, .row: throw .unbalanced("\\" + command.rawValue, in: source)
        }
    }

    /// Words with their blanks.
    private mutating func words() throws(TeXError) -> String {
        guard let words = scanner.nextGroup() else { throw .missingArgument(of: "text", in: source) }
        return words
    }

    /// A fence after `\left`, `\right` or a size: empty for a point.
    private mutating func fence() throws(TeXError) -> (symbol: String, sign: TeXSign) {
        switch take() {
        case .character(".")?: return ("", .ordinary)
        case .character(let character)?:
            if case .fence(let symbol, let sign, _) = try Self.node(of: character, in: source) { return (symbol, sign) }
        case .command(let name)?:
            if case .fence(let symbol, let sign)? = TeXCommand(rawValue: name)?.rule { return (symbol, sign) }
        case nil: break
        }
        throw .unbalanced(#"\left and \right"#, in: source)
    }

    private mutating func environment() throws(TeXError) -> TeXNode {
        guard let name = scanner.nextGroup(), let kind = TeXEnvironment(rawValue: name) else {
            throw .unknownCommand("begin", in: source)
        }
        var rows: [[[TeXNode]]] = [[]]
        while true {
            rows[rows.count - 1].append(try nodes())
            if take(.character("&")) { continue }
            if take(.command("cr")) {
                rows.append([])
                continue
            }
            try expect(.command("end"))
            guard scanner.nextGroup() == name else { throw .unbalanced(#"\begin and \end"#, in: source) }
            return .table(kind, rows)
        }
    }
}
