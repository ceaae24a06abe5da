/// How wide a formula is, roughly, in ems: enough to see which ones do not fit.
enum TeXWidth {
    /// What fits on a sheet of paper at the size of its text, with a margin for this being rough.
    static let sheet = 33.0

    /// What fits on a phone, in a line of text: there nothing can scroll.
    static let phone = 16.0

    /// What is not broken in a line of text: it leaves no larger gap at the end of a line than a long word.
    static let short = 10.0

    /// The width of a formula in a display; nil for one that the parser refuses.
    static func ems(_ tex: String) -> Double? { (try? TeXParser.parse(tex)).map(width) }

    private static func width(_ nodes: [TeXNode]) -> Double { nodes.reduce(0) { $0 + width($1) } }

    private static func width(_ node: TeXNode) -> Double {
        switch node {
        case .identifier(let name, _): 0.58 * Double(name.count)
        case .number(let digits): 0.5 * Double(digits.count)
        case .words(let words): 0.48 * Double(words.count)
        case .sign(_, .binary), .sign(_, .relation): 1.27
        case .sign: 0.45
        case .fence(_, _, let em): em == nil ? 0.39 : 0.6
        case .largeOperator: 1.5
        case .function(let name, _): 0.5 * Double(name.count) + 0.17
        case .space(let em): em
        case .group(let inner), .style(_, let inner), .accent(_, _, let inner): width(inner)
        case .fenced(_, let inner, _): width(inner) + 1.1
        case .scripts(let base, let below, let above, let hasLimits):
            scripts(width(base), max(width(below ?? []), width(above ?? [])) * 0.7, hasLimits || takesLimits(base))
        case .fraction(_, let top, let bottom): max(width(top), width(bottom)) + 0.3
        case .root(let inner): width(inner) + 0.9
        case .underbrace(let inner, let label): max(width(inner), width(label ?? []) * 0.7)
        case .table(_, let rows): table(rows)
        }
    }

    private static func scripts(_ base: Double, _ scripts: Double, _ areLimits: Bool) -> Double {
        areLimits ? max(base, scripts) : base + scripts
    }

    private static func takesLimits(_ node: TeXNode) -> Bool {
        switch node {
        case .largeOperator(_, let takesLimits), .function(_, let takesLimits): takesLimits
        default: false
        }
    }

    private static func table(_ rows: [[[TeXNode]]]) -> Double {
        let columns = rows.map(\.count).max() ?? 0
        return (0..<columns).reduce(1) { sum, column in
            sum + 0.8 + (rows.compactMap { column < $0.count ? width($0[column]) : nil }.max() ?? 0)
        }
    }
}
