/// Reads a label: plain text, and between dollars a small part of TeX.
struct LabelParser {
    private let label: String
    private let characters: [Character]
    private var position = 0

    /// Groups in groups beyond this are refused, before they could exhaust the stack.
    private static let deepest = 32

    private init(_ label: String) {
        self.label = label
        characters = Array(label)
    }

    /// The label's lines as atoms; plain text comes as atoms of kind `.plain`.
    static func lines(of label: Label) throws(FigureError) -> [[MathAtom]] {
        var parser = LabelParser(label.source)
        return try parser.parseLabel()
    }

    private mutating func parseLabel() throws(FigureError) -> [[MathAtom]] {
        var lines: [[MathAtom]] = [[]]
        var plain = ""
        func add(_ atoms: [MathAtom]) {
            if !plain.isEmpty { lines[lines.count - 1].append(MathAtom(.plain, plain)) }
            plain = ""
            lines[lines.count - 1] += atoms
        }
        while let character = next() {
            if character == "\\", peek == "$" {
                position += 1
                plain.append("$")
            } else if character == "$" {
                // In one group, so that a line is not broken inside it.
                add([MathAtom(group: try parseMath(until: "$", .italic))])
            } else if character == "\n" || character == "\r\n" {
                add([])
                lines.append([])
            } else {
                plain.append(character)
            }
        }
        add([])
        return lines
    }

    private var peek: Character? { position < characters.count ? characters[position] : nil }

    private mutating func next() -> Character? {
        guard let character = peek else { return nil }
        position += 1
        return character
    }

    private func malformed(_ problem: String) -> FigureError { .malformedLabel(problem, label: label) }

    /// Atoms up to the closing character, which is consumed.
    private mutating func parseMath(
        until end: Character, _ alphabet: MathSymbols.Alphabet, depth: Int = 0
    ) throws(FigureError) -> [MathAtom] {
        var atoms: [MathAtom] = []
        while let character = next() {
            switch character {
            case end:
                return MathAtom.resolvingSigns(atoms)
            case "}", "$":
                throw malformed("“\(character)” without its partner")
            case "_", "^":
                if atoms.isEmpty { atoms.append(MathAtom(.ordinary, "")) }
                let script = try parseArgument(alphabet, depth: depth, after: String(character))
                let last = atoms.count - 1
                if character == "_" {
                    atoms[last].subscripts += script
                } else {
                    atoms[last].superscripts += script
                }
            case "'":
                if atoms.isEmpty { atoms.append(MathAtom(.ordinary, "")) }
                atoms[atoms.count - 1].superscripts.append(MathAtom(.ordinary, "′"))
            case " ", "\n", "\t":
                continue
            default:
                atoms += try parseAtom(character, alphabet, depth: depth)
            }
        }
        throw malformed("“\(end)” is missing")
    }

    /// A braced group, or a single character or command.
    private mutating func parseArgument(
        _ alphabet: MathSymbols.Alphabet, depth: Int, after command: String
    ) throws(FigureError) -> [MathAtom] {
        while peek == " " { position += 1 }
        guard let character = next(), !"}$^_".contains(character) else {
            throw malformed("nothing follows \(command)")
        }
        return try parseAtom(character, alphabet, depth: depth + 1)
    }

    private mutating func parseAtom(
        _ first: Character, _ alphabet: MathSymbols.Alphabet, depth: Int
    ) throws(FigureError) -> [MathAtom] {
        guard depth < LabelParser.deepest else { throw malformed("more than \(LabelParser.deepest) nested groups") }
        switch first {
        case "{":
            return [MathAtom(group: try parseMath(until: "}", alphabet, depth: depth + 1))]
        case "\\":
            return try parseCommand(alphabet, depth: depth)
        case "-": return [MathAtom(.binary, "−")]
        case "*": return [MathAtom(.binary, "∗")]
        case "+", "±", "×", "·", "−": return [MathAtom(.binary, String(first))]
        case "=", "<", ">", ":", "≤", "≥", "≈", "∝", "→", "≠", "∼": return [MathAtom(.relation, String(first))]
        case "(", "[": return [MathAtom(.opening, String(first))]
        case ")", "]", "!": return [MathAtom(.closing, String(first))]
        case ",", ";": return [MathAtom(.punctuation, String(first))]
        case "~": return [MathAtom(.space(0.318), "")]
        case "0"..."9":
            // Digits and decimal points keep together, so that the point is no punctuation.
            var number = String(first)
            while let more = peek, "0"..."9" ~= more || more == "." { number.append(next() ?? more) }
            return [letters(number, alphabet)]
        default: return [letters(String(first), alphabet)]
        }
    }

    private func letters(_ text: String, _ alphabet: MathSymbols.Alphabet) -> MathAtom {
        let isVariable = text.allSatisfy { $0.isLetter && !("Α"..."Ω" ~= $0) }
        return switch alphabet {
        case .italic: MathAtom(.ordinary, text, Font(isSlanted: isVariable))
        case .roman: MathAtom(.ordinary, text)
        case .bold: MathAtom(.ordinary, text, Font(isBold: true))
        case .boldItalic: MathAtom(.ordinary, text, Font(isBold: true, isSlanted: isVariable))
        case .calligraphic: MathAtom(.ordinary, text, Font(isSlanted: true, isSerif: true))
        case .blackboard: MathAtom(.ordinary, text.map(MathSymbols.blackboard).joined())
        }
    }

    private mutating func commandName() -> String {
        guard let first = next() else { return "" }
        var name = String(first)
        guard first.isLetter else { return name }
        while let more = peek, more.isLetter, more.isASCII { name.append(next() ?? more) }
        return name
    }

    private mutating func parseCommand(
        _ alphabet: MathSymbols.Alphabet, depth: Int
    ) throws(FigureError) -> [MathAtom] {
        let name = commandName()
        let command = "\\" + name
        if MathSymbols.ignored.contains(name) {
            if name == "left" || name == "right", peek == "." { position += 1 }
            return []
        }
        if MathSymbols.texts.contains(name) { return [try parseText(command)] }
        if let chosen = MathSymbols.alphabets[name] {
            return [MathAtom(group: try parseArgument(chosen, depth: depth, after: command))]
        }
        if let accent = MathSymbols.accents[name] {
            var atom = MathAtom(group: try parseArgument(alphabet, depth: depth, after: command))
            atom.accent = accent
            return [atom]
        }
        switch name {
        case "frac", "tfrac", "dfrac":
            let over = try parseArgument(alphabet, depth: depth, after: command)
            let under = try parseArgument(alphabet, depth: depth, after: command)
            return bracketed(over) + [MathAtom(.ordinary, "/")] + bracketed(under)
        case "sqrt":
            return [MathAtom(.ordinary, "√")] + bracketed(try parseArgument(alphabet, depth: depth, after: command))
        default:
            guard let symbol = MathSymbols.symbol(name) else { throw .unknownCommand(command, label: label) }
            let isBold = alphabet == .bold || alphabet == .boldItalic
            let isSlanted = symbol.isSlanted && alphabet != .bold && alphabet != .roman
            return [MathAtom(symbol.kind, symbol.text, Font(isBold: isBold, isSlanted: isSlanted))]
        }
    }

    /// Fractions and roots are set in one line, so longer parts need parentheses.
    private func bracketed(_ atoms: [MathAtom]) -> [MathAtom] {
        var content = atoms
        while content.count == 1, case .group(let inner) = content[0].nucleus, content[0].accent == nil,
            content[0].subscripts.isEmpty, content[0].superscripts.isEmpty
        {
            content = inner
        }
        guard content.count > 1 else { return atoms }
        return [MathAtom(.opening, "(")] + content + [MathAtom(.closing, ")")]
    }

    /// The braces after `\text` and its like, in which every character stands for itself.
    private mutating func parseText(_ command: String) throws(FigureError) -> MathAtom {
        if peek == "*" { position += 1 }
        while peek == " " { position += 1 }
        guard next() == "{" else { throw malformed("“{” must follow \(command)") }
        var text = ""
        while let character = next() {
            if character == "}" {
                let font = Font(isBold: command == "\\textbf", isSlanted: command == "\\textit")
                return MathAtom(command == "\\operatorname" ? .largeOperator : .ordinary, text, font)
            }
            guard character != "{", character != "$" else { throw malformed("“\(character)” inside \(command)") }
            // Inside \operatorname, \, separates words.
            if character == "\\" {
                switch next() {
                case ",", ":", ";", " ": text += " "
                case let other?: text.append(other)
                case nil: break
                }
            } else {
                text.append(character)
            }
        }
        throw malformed("“}” is missing")
    }
}
