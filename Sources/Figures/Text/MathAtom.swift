/// One piece of a label: characters or a group, its scripts, and its class, which decides the space around it.
struct MathAtom: Hashable {
    /// TeX's classes of atoms, and spaces.
    enum Class: Hashable {
        case ordinary, largeOperator, binary, relation, opening, closing, punctuation
        /// A space of the given share of an em.
        case space(Double)
        /// Text outside dollars: no spaces are put around it, and lines may be broken at its spaces.
        case plain
    }

    /// What the atom shows.
    indirect enum Nucleus: Hashable {
        case characters(String, Font)
        case group([MathAtom])
    }

    var kind: Class
    var nucleus: Nucleus
    var subscripts: [MathAtom] = []
    var superscripts: [MathAtom] = []
    /// A hat, a bar or the like, drawn above the nucleus.
    var accent: Character?

    init(_ kind: Class, _ text: String, _ font: Font = Font()) {
        self.kind = kind
        nucleus = .characters(text, font)
    }

    init(group: [MathAtom]) {
        kind = .ordinary
        nucleus = .group(group)
    }

    /// Characters without markup; scripts follow `_` and `^`.
    var plainText: String {
        func script(_ sign: String, _ atoms: [MathAtom]) -> String {
            atoms.isEmpty ? "" : sign + atoms.map(\.plainText).joined()
        }
        let text: String =
            switch (kind, nucleus) {
            case (.space(let width), _): width > 0.2 ? " " : ""
            case (.relation, .characters(let text, _)): " \(text) "
            case (_, .characters(let text, _)): text
            case (_, .group(let atoms)): atoms.map(\.plainText).joined()
            }
        return text + script("_", subscripts) + script("^", superscripts)
    }

    /// The space which TeX puts between two neighbours, in em (from the table of The TeXbook, chapter 18).
    static func space(between left: Class, and right: Class, inScript: Bool) -> Double {
        let (thin, medium, thick) = (3.0 / 18, inScript ? 0 : 4.0 / 18, inScript ? 0 : 5.0 / 18)
        switch (left, right) {
        case (.plain, _), (_, .plain), (.space, _), (_, .space), (.opening, _): return 0
        case (.relation, .relation), (.relation, .closing), (.relation, .punctuation): return 0
        case (.relation, _), (_, .relation): return thick
        case (.binary, _), (_, .binary): return medium
        case (.punctuation, _): return inScript ? 0 : thin
        case (.largeOperator, .opening), (.largeOperator, .closing), (.largeOperator, .punctuation): return 0
        case (.largeOperator, _), (.ordinary, .largeOperator), (.closing, .largeOperator): return thin
        default: return 0
        }
    }

    /// A binary sign without a left operand is a sign, as in −1 (TeX's rules 5 and 6).
    static func resolvingSigns(_ atoms: [MathAtom]) -> [MathAtom] {
        var result = atoms
        var previous: Class?
        for index in result.indices {
            if case .space = result[index].kind { continue }
            if result[index].kind == .binary {
                switch previous {
                case nil, .binary, .relation, .opening, .punctuation, .largeOperator: result[index].kind = .ordinary
                default: break
                }
            }
            previous = result[index].kind
        }
        return result
    }
}
