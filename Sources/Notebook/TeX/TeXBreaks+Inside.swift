extension TeXBreaks {
    /// A piece that is too wide, cut before the plus and minus signs inside its outermost brackets; any other stays whole.
    ///
    /// Brackets that grow with their inside cannot stand in two lines: those which are cut get a fixed size, as one does in TeX.
    ///
    /// - Parameters:
    ///   - limit: what is too wide, in ems.
    ///   - keepsTall: Whether brackets around something tall, such as a sum or a fraction, are left whole and growing: for them, no
    ///     fixed size is right.
    static func cutInside(
        _ piece: String, ifWiderThan limit: Double = TeXWidth.sheet, keepsTall: Bool = false
    ) -> [String] {
        guard let width = TeXWidth.ems(piece), width > limit else { return [piece] }
        let tokens = tokens(of: piece)
        let tall = tallBrackets(in: tokens)
        let cuts = cuts(in: tokens).filter { cut in !keepsTall || !tall.contains { $0.contains(cut) } }
        guard !cuts.isEmpty else { return [piece] }
        var pieces = [""]
        var sizes: [(left: String, right: String)?] = []
        for (position, token) in tokens.enumerated() {
            if cuts.contains(position) { pieces.append("") }
            var text = token.text
            switch token {
            case .command("left"):
                let end = partner(of: position, in: tokens)
                let isCut = cuts.contains { (position..<end).contains($0) }
                // As high as a fraction, which stays whole inside; larger than the brackets inside; or just larger than a letter.
                let isTall = tall.contains { $0.lowerBound == position }
                let size = isTall ? "bigg" : keepsTall ? "big" : "Big"
                sizes.append(isCut ? (#"\\#(size)l"#, #"\\#(size)r"#) : nil)
                if let size = sizes.last ?? nil { text = size.left }
            case .command("right"): if let size = sizes.popLast() ?? nil { text = size.right }
            default: break
            }
            pieces[pieces.count - 1] = TeXScanner.joined(pieces[pieces.count - 1], text)
        }
        return pieces.map(trimmed)
    }

    private static func tokens(of tex: String) -> [TeXScanner.Token] {
        var scanner = TeXScanner(tex)
        var tokens: [TeXScanner.Token] = []
        while let token = scanner.next() { tokens.append(token) }
        return tokens
    }

    /// The places of plus and minus signs that stand directly in an outermost bracket; not those in braces, which are arguments.
    private static func cuts(in tokens: [TeXScanner.Token]) -> Set<Int> {
        var cuts: Set<Int> = []
        var open: [TeXScanner.Token] = []
        var before = Before.nothing
        var isFence = false
        for (position, token) in tokens.enumerated() {
            // The bracket after \left and \right belongs to them.
            let change = isFence ? 0 : depthChange(token)
            isFence = token == .command("left") || token == .command("right")
            switch change {
            case 1: open.append(token)
            case -1: _ = open.popLast()
            default: break
            }
            if let bracket = open.first, open.count == 1, bracket != .character("{"), bracket != .command("begin"),
                sign(token) == .binary, token != .command("times"), before == .thing
            {
                cuts.insert(position)
            }
            if token != .character(" ") {
                before = isFence || depthChange(token) == 1 || isPunctuation(token) ? .nothing : after(token)
            }
        }
        return cuts
    }

    /// The places of growing brackets that hold something taller than a letter with its indices.
    private static func tallBrackets(in tokens: [TeXScanner.Token]) -> [Range<Int>] {
        tokens.indices.filter { tokens[$0] == .command("left") }.compactMap { left in
            let inside = left..<partner(of: left, in: tokens)
            return inside.contains { Self.isTall(tokens[$0]) } ? inside : nil
        }
    }

    private static func isTall(_ token: TeXScanner.Token) -> Bool {
        guard case .command(let name) = token else { return false }
        switch TeXCommand(rawValue: name)?.rule {
        case .fraction, .largeOperator, .underbrace: return true
        default: return name == "begin"
        }
    }

    /// The `\right` of a `\left`.
    private static func partner(of left: Int, in tokens: [TeXScanner.Token]) -> Int {
        var depth = 0
        for position in left..<tokens.count {
            if tokens[position] == .command("left") { depth += 1 }
            if tokens[position] == .command("right") { depth -= 1 }
            if depth == 0 { return position }
        }
        return tokens.count
    }
}
