/// What a command is to a reader of TeX: which arguments it takes, and what it makes of them.
enum TeXRule: Equatable, Sendable {
    /// A letter or a sign that stands for a thing; Latin and small Greek letters are slanted, others are not.
    case identifier(String, isUpright: Bool)
    /// An operator, a relation or a punctuation mark.
    case sign(String, TeXSign)
    /// A fence: a bracket, or a line that may be on either side.
    case fence(String, TeXSign)
    /// A sum, a product, an integral; limits stand above and below in a display.
    case largeOperator(String, takesLimits: Bool)
    /// A function's name, upright.
    case function(String, takesLimits: Bool)
    /// The argument in another alphabet.
    case alphabet(TeXAlphabet)
    /// The argument as words, blanks and all.
    case words
    /// Something over the argument.
    case accent(String, isStretched: Bool)
    /// A brace under the argument; an index is its label.
    case underbrace
    /// Two arguments, one above the other.
    case fraction(TeXFraction)
    /// The argument under a root.
    case root
    /// The next fence, as high as so many ems.
    case sized(em: Double)
    /// Limits of the operator before stand above and below.
    case limits
    /// So many ems of nothing.
    case space(em: Double)
    /// The rest of the group is set as in a display, or as in a line.
    case style(isDisplay: Bool)
    /// The end of a row.
    case row
}

/// What a sign is between its neighbours: it decides about the space around it, and where a long formula may be broken.
enum TeXSign: Equatable, Sendable {
    case binary, relation, punctuation, opening, closing
    /// No space around it.
    case ordinary
}

/// The alphabets.
enum TeXAlphabet: Equatable, Sendable { case bold, boldItalic, script, doubleStruck, upright }

/// The kinds of fractions.
enum TeXFraction: Equatable, Sendable {
    /// As the style around it asks for.
    case plain
    /// Always as in a display.
    case display
    /// Always as in a line.
    case text
    /// No bar, and round brackets.
    case binomial
}

extension TeXCommand {
    /// What the command is. No default: a new command needs a rule.
    var rule: TeXRule {
        switch self {
        case .alpha: .slanted("α")
        case .beta: .slanted("β")
        case .gamma: .slanted("γ")
        case .delta: .slanted("δ")
        case .epsilon: .slanted("ϵ")
        case .varepsilon: .slanted("ε")
        case .zeta: .slanted("ζ")
        case .eta: .slanted("η")
        case .theta: .slanted("θ")
        case .kappa: .slanted("κ")
        case .lambda: .slanted("λ")
        case .mu: .slanted("μ")
        case .nu: .slanted("ν")
        case .xi: .slanted("ξ")
        case .pi: .slanted("π")
        case .rho: .slanted("ρ")
        case .sigma: .slanted("σ")
        case .tau: .slanted("τ")
        case .phi: .slanted("ϕ")
        case .varphi: .slanted("φ")
        case .chi: .slanted("χ")
        case .psi: .slanted("ψ")
        case .omega: .slanted("ω")
        case .capitalGamma: .upright("Γ")
        case .capitalDelta: .upright("Δ")
        case .capitalTheta: .upright("Θ")
        case .capitalLambda: .upright("Λ")
        case .capitalSigma: .upright("Σ")
        case .capitalPhi: .upright("Φ")
        case .capitalPsi: .upright("Ψ")
        case .capitalOmega: .upright("Ω")
        case .ell: .upright("ℓ")
        case .infty: .upright("∞")
        case .nabla: .upright("∇")
        case .partial: .slanted("∂")
        case .top: .upright("⊤")
        case .ldots: .upright("…")
        case .cdots: .upright("⋯")
        case .vdots: .upright("⋮")
        case .mathbf: .alphabet(.bold)
        case .boldsymbol: .alphabet(.boldItalic)
        case .mathcal: .alphabet(.script)
        case .mathbb: .alphabet(.doubleStruck)
        case .mathrm: .alphabet(.upright)
        case .text: .words
        case .bar: .accent("¯", isStretched: false)
        case .hat: .accent("^", isStretched: false)
        case .tilde: .accent("~", isStretched: false)
        case .overline: .accent("¯", isStretched: true)
        case .underbrace: .underbrace
        case .frac: .fraction(.plain)
        case .dfrac: .fraction(.display)
        case .tfrac: .fraction(.text)
        case .binom: .fraction(.binomial)
        case .sqrt: .root
        case .sum: .largeOperator("∑", takesLimits: true)
        case .prod: .largeOperator("∏", takesLimits: true)
        case .int: .largeOperator("∫", takesLimits: false)
        case .log, .ln, .exp, .arg: .function(rawValue, takesLimits: false)
        case .max, .min, .lim, .probability: .function(rawValue, takesLimits: true)
        case .limits: .limits
        case .mid: .sign("|", .relation)
        case .vert: .fence("|", .ordinary)
        case .lVert: .fence("‖", .opening)
        case .rVert: .fence("‖", .closing)
        case .lbrace: .fence("{", .opening)
        case .rbrace: .fence("}", .closing)
        case .bigl, .bigr: .sized(em: 1.2)
        case .largeLeft, .largeRight: .sized(em: 1.8)
        case .biggl, .biggr: .sized(em: 2.4)
        case .cdot: .sign("⋅", .binary)
        case .times: .sign("×", .binary)
        case .pm: .sign("±", .binary)
        case .ast: .sign("∗", .binary)
        case .circ: .sign("∘", .binary)
        case .star: .sign("⋆", .binary)
        case .le: .sign("≤", .relation)
        case .ge: .sign("≥", .relation)
        case .lt: .sign("<", .relation)
        case .gt: .sign(">", .relation)
        case .ne: .sign("≠", .relation)
        case .approx: .sign("≈", .relation)
        case .equiv: .sign("≡", .relation)
        case .sim: .sign("∼", .relation)
        case .propto: .sign("∝", .relation)
        case .in: .sign("∈", .relation)
        case .to, .rightarrow: .sign("→", .relation)
        case .gets: .sign("←", .relation)
        case .mapsto: .sign("↦", .relation)
        case .implies: .sign("⇒", .relation)
        case .longImplies: .sign("⟹", .relation)
        case .colon: .sign(":", .punctuation)
        case .quad: .space(em: 1)
        case .qquad: .space(em: 2)
        case .thinspace: .space(em: 1.0 / 6)
        case .cr: .row
        case .displaystyle: .style(isDisplay: true)
        case .textstyle: .style(isDisplay: false)
        }
    }
}

extension TeXRule {
    fileprivate static func slanted(_ letter: String) -> TeXRule { .identifier(letter, isUpright: false) }
    fileprivate static func upright(_ letter: String) -> TeXRule { .identifier(letter, isUpright: true) }
}
