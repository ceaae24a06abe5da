/// The TeX commands that labels understand.
enum MathSymbols {
    /// A command that stands for characters.
    struct Symbol {
        let text: String
        let kind: MathAtom.Class
        var isSlanted = false
    }

    /// The meaning of a command without its backslash, if it stands for characters.
    static func symbol(_ command: String) -> Symbol? {
        if let text = lowercaseGreek[command] { return Symbol(text: text, kind: .ordinary, isSlanted: true) }
        if let text = ordinary[command] { return Symbol(text: text, kind: .ordinary) }
        if let text = relations[command] { return Symbol(text: text, kind: .relation) }
        if let text = binaries[command] { return Symbol(text: text, kind: .binary) }
        if let text = largeOperators[command] { return Symbol(text: text, kind: .largeOperator) }
        if let text = openings[command] { return Symbol(text: text, kind: .opening) }
        if let text = closings[command] { return Symbol(text: text, kind: .closing) }
        if functions.contains(command) { return Symbol(text: command, kind: .largeOperator) }
        if let width = spaces[command] { return Symbol(text: "", kind: .space(width)) }
        return nil
    }

    /// Commands that only concern the size or place of what follows.
    static let ignored: Set<String> = [
        "left", "right", "middle", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "displaystyle", "textstyle",
        "limits", "nolimits", "nonumber", "mathstrut",
    ]

    /// Commands that put a sign above their argument.
    static let accents: [String: Character] = [
        "hat": "ˆ", "widehat": "ˆ", "bar": "ˉ", "overline": "ˉ", "tilde": "˜", "widetilde": "˜", "dot": "˙",
    ]

    /// The font in which letters are set.
    enum Alphabet {
        /// Variables slanted, everything else upright.
        case italic
        /// Everything upright, words without spaces between letters.
        case roman
        /// Upright bold.
        case bold
        /// Bold, variables slanted.
        case boldItalic
        /// Calligraphic letters, for which slanted DejaVu Serif stands in.
        case calligraphic
        /// Doubled strokes, as in 𝔼.
        case blackboard
    }

    /// Commands that choose the font of their mathematical argument.
    static let alphabets: [String: Alphabet] = [
        "mathbf": .bold, "boldsymbol": .boldItalic, "bm": .boldItalic, "mathrm": .roman, "mathit": .italic,
        "mathcal": .calligraphic, "mathscr": .calligraphic, "mathbb": .blackboard, "mathsf": .roman,
    ]

    /// Commands whose argument is text, in which spaces count.
    static let texts: Set<String> = ["text", "textrm", "textbf", "textit", "mbox", "operatorname"]

    /// Functions with names of letters.
    private static let functions: Set<String> = [
        "log", "ln", "exp", "max", "min", "arg", "det", "Pr", "lim", "sup", "inf", "sin", "cos", "tan", "argmax", "argmin",
        "dim", "ker", "tr",
    ]

    private static let lowercaseGreek = [
        "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε", "zeta": "ζ", "eta": "η",
        "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ",
        "omicron": "ο", "pi": "π", "rho": "ρ", "varrho": "ϱ", "sigma": "σ", "varsigma": "ς", "tau": "τ", "upsilon": "υ",
        "phi": "ϕ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    ]

    private static let ordinary = [
        "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ",
        "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "ell": "ℓ", "infty": "∞", "partial": "∂", "nabla": "∇", "emptyset": "∅",
        "prime": "′", "top": "⊤", "bot": "⊥", "forall": "∀", "exists": "∃", "neg": "¬", "ldots": "…", "dots": "…",
        "cdots": "⋯", "vdots": "⋮", "degree": "°", "vert": "|", "Vert": "‖", "|": "‖", "hbar": "ℏ", "Re": "ℜ", "Im": "ℑ",
        "%": "%", "$": "$", "#": "#", "&": "&", "_": "_", "backslash": "\\", "checkmark": "✓",
    ]

    private static let relations = [
        "mid": "|", "ge": "≥", "geq": "≥", "le": "≤", "leq": "≤", "ne": "≠", "neq": "≠", "approx": "≈", "equiv": "≡",
        "sim": "∼", "simeq": "≃", "propto": "∝", "to": "→", "rightarrow": "→", "leftarrow": "←", "gets": "←",
        "Rightarrow": "⇒", "Leftrightarrow": "⇔", "leftrightarrow": "↔", "mapsto": "↦", "in": "∈", "notin": "∉",
        "subset": "⊂", "subseteq": "⊆", "ll": "≪", "gg": "≫", "perp": "⊥", "parallel": "∥", "implies": "⇒", "iff": "⇔",
        "colon": ":", "coloneqq": "≔", "lt": "<", "gt": ">", "uparrow": "↑", "downarrow": "↓",
    ]

    private static let binaries = [
        "times": "×", "cdot": "·", "pm": "±", "mp": "∓", "div": "÷", "ast": "∗", "star": "⋆", "circ": "∘", "cup": "∪",
        "cap": "∩", "setminus": "∖", "oplus": "⊕", "otimes": "⊗", "wedge": "∧", "vee": "∨", "land": "∧", "lor": "∨",
    ]

    private static let largeOperators = ["sum": "∑", "prod": "∏", "int": "∫", "coprod": "∐"]

    private static let openings = ["{": "{", "lbrace": "{", "lbrack": "[", "langle": "⟨", "lfloor": "⌊", "lceil": "⌈"]

    private static let closings = ["}": "}", "rbrace": "}", "rbrack": "]", "rangle": "⟩", "rfloor": "⌋", "rceil": "⌉"]

    private static let spaces = [
        ",": 3.0 / 18, ":": 4.0 / 18, ">": 4.0 / 18, ";": 5.0 / 18, "!": -3.0 / 18, " ": 0.318, "quad": 1, "qquad": 2,
    ]

    /// A letter with doubled strokes: from the block of letter-like symbols, or from the mathematical alphabets.
    static func blackboard(_ letter: Character) -> String {
        let early: [Character: String] = ["C": "ℂ", "H": "ℍ", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ"]
        if let found = early[letter] { return found }
        guard let ascii = letter.asciiValue else { return String(letter) }
        let code: UInt32? =
            switch letter {
            case "A"..."Z": 0x1D538 + UInt32(ascii - 65)
            case "a"..."z": 0x1D552 + UInt32(ascii - 97)
            case "0"..."9": 0x1D7D8 + UInt32(ascii - 48)
            default: nil
            }
        return code.flatMap(Unicode.Scalar.init).map { String(Character($0)) } ?? String(letter)
    }
}
