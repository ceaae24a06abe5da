extension TeXAlphabet {
    /// Letters and numbers in this alphabet; everything else stays as it is.
    func applied(to nodes: [TeXNode]) -> TeXNode {
        let word = nodes.reduce(into: "" as String?) { word, node in
            switch node {
            case .identifier(let letter, _), .number(let letter): word? += letter
            default: word = nil
            }
        }
        // A word, such as the name of a function, is one thing and no product of its letters.
        if let word { return .identifier(letters(word), isUpright: true) }
        return .group(
            nodes.map { node in
                switch node {
                case .identifier(let letter, _): .identifier(letters(letter), isUpright: true)
                case .number(let digits): .number(letters(digits))
                case .scripts(let base, let below, let above, let hasLimits):
                    .scripts(applied(to: [base]), below: below, above: above, hasLimits: hasLimits)
                default: node
                }
            })
    }

    /// Characters of Unicode's mathematical alphabets, which MathML Core asks for.
    private func letters(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars { result.unicodeScalars.append(letter(scalar)) }
        return result
    }

    private func letter(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        if let exception = exceptions[scalar] { return exception }
        for (first, last, start) in ranges where (first...last).contains(scalar) {
            return Unicode.Scalar(start + scalar.value - first.value) ?? scalar
        }
        return scalar
    }

    /// From, to, and where the alphabet puts the first.
    private var ranges: [(Unicode.Scalar, Unicode.Scalar, UInt32)] {
        switch self {
        case .bold: [("A", "Z", 0x1D400), ("a", "z", 0x1D41A), ("Α", "Ω", 0x1D6A8), ("α", "ω", 0x1D6C2), ("0", "9", 0x1D7CE)]
        // TeX's bold capitals of Greek stand upright.
        case .boldItalic:
            [("A", "Z", 0x1D468), ("a", "z", 0x1D482), ("Α", "Ω", 0x1D6A8), ("α", "ω", 0x1D736), ("0", "9", 0x1D7CE)]
        case .script: [("A", "Z", 0x1D49C)]
        case .doubleStruck: [("A", "Z", 0x1D538), ("a", "z", 0x1D552), ("0", "9", 0x1D7D8)]
        case .upright: []
        }
    }

    /// Letters that Unicode had before it had the alphabets.
    private var exceptions: [Unicode.Scalar: Unicode.Scalar] {
        switch self {
        case .script:
            ["B": "ℬ", "E": "ℰ", "F": "ℱ", "H": "ℋ", "I": "ℐ", "L": "ℒ", "M": "ℳ", "R": "ℛ"]
        case .doubleStruck: ["C": "ℂ", "H": "ℍ", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ"]
        case .boldItalic: ["ϵ": "𝝐", "ϕ": "𝝓", "∂": "𝝏"]
        case .bold: ["ϵ": "𝛜", "ϕ": "𝛟", "∂": "𝛛"]
        case .upright: [:]
        }
    }
}
