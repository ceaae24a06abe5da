/// Runs of text placed relative to the left end of a baseline, y downwards.
struct TypesetLine {
    struct Placed {
        var run: TextRun
        var x: Double
        var y: Double
    }

    var runs: [Placed] = []
    var width = 0.0
    /// Height of the ink above the baseline: accents go on top of it.
    var inkTop = 0.0

    /// Appends another line's runs, raised by `raise`, and moves the pen.
    mutating func append(_ other: TypesetLine, raise: Double = 0) {
        runs += other.runs.map { Placed(run: $0.run, x: $0.x + width, y: $0.y - raise) }
        inkTop = max(inkTop, other.inkTop + raise)
        width += other.width
    }
}

/// Sets atoms in lines: TeX's spaces, scripts at 70 %, accents above.
struct Typesetter {
    /// Whether all text is bold, as in titles.
    var isBold: Bool

    /// Scripts are no smaller than this share of the label's size, however deep.
    private static let smallestScript = 0.5

    /// Breaks a line's atoms at the spaces of plain text so that no line is wider than `maxWidth` (a single word may be).
    func lines(_ atoms: [MathAtom], size: Double, maxWidth: Double) throws(FigureError) -> [TypesetLine] {
        var done: [TypesetLine] = []
        var line = TypesetLine()
        var word = TypesetLine()
        var gap = 0.0
        func endWord() {
            guard word.width > 0 else { return }
            if line.width > 0, line.width + gap + word.width > maxWidth {
                done.append(line)
                line = TypesetLine()
            } else {
                line.width += gap
            }
            line.append(word)
            word = TypesetLine()
            gap = 0
        }
        for atom in atoms {
            guard atom.kind == .plain, case .characters(let text, let font) = atom.nucleus else {
                word.append(try typeset([atom], size: size, base: size))
                continue
            }
            let space = try run(" ", font, size).width
            let words = text.split(separator: " ", omittingEmptySubsequences: false)
            for (index, part) in words.enumerated() {
                if index > 0 {
                    endWord()
                    gap += space
                }
                if !part.isEmpty { word.append(try run(String(part), font, size)) }
            }
        }
        endWord()
        return done + [line]
    }

    /// One run of characters.
    private func run(_ text: String, _ font: Font, _ size: Double) throws(FigureError) -> TypesetLine {
        guard !text.isEmpty else { return TypesetLine() }
        var font = font
        font.isBold = font.isBold || isBold
        let run = TextRun(text, font: font, size: size)
        let (advance, inkTop) = try ScaledFont(for: run).measure()
        return TypesetLine(runs: [.init(run: run, x: 0, y: 0)], width: advance, inkTop: inkTop)
    }

    private func typeset(_ atoms: [MathAtom], size: Double, base: Double) throws(FigureError) -> TypesetLine {
        var line = TypesetLine()
        var previous: MathAtom.Class?
        for atom in atoms {
            if let previous {
                line.width += size * MathAtom.space(between: previous, and: atom.kind, inScript: size < base)
            }
            if case .space(let width) = atom.kind { line.width += width * size }
            line.append(try typeset(atom, size: size, base: base))
            previous = atom.kind
        }
        return line
    }

    private func typeset(_ atom: MathAtom, size: Double, base: Double) throws(FigureError) -> TypesetLine {
        var box: TypesetLine
        switch atom.nucleus {
        case .characters(let text, let font): box = try run(text, font, size)
        case .group(let atoms): box = try typeset(atoms, size: size, base: base)
        }
        if let accent = atom.accent { try add(accent, to: &box, size: size) }
        guard !(atom.subscripts.isEmpty && atom.superscripts.isEmpty) else { return box }

        let scriptSize = max(size * 0.7, base * Typesetter.smallestScript)
        let lower = try typeset(atom.subscripts, size: scriptSize, base: base)
        let upper = try typeset(atom.superscripts, size: scriptSize, base: base)
        // A slanted letter leans over its superscript, which therefore moves right a little.
        let lean = box.runs.last?.run.font.isSlanted == true ? 0.06 * size : 0.02 * size
        let drop = atom.superscripts.isEmpty ? 0.17 * size : 0.24 * size
        let rise = max(0.38 * size, box.inkTop - 0.36 * size)
        let start = box.width
        box.append(lower, raise: -drop)
        let end = box.width
        box.width = start + (upper.width > 0 ? lean : 0)
        box.append(upper, raise: rise)
        box.width = max(box.width, end) + 0.03 * size
        return box
    }

    /// Centres an accent over the box; the font draws accents for letters as high as x.
    private func add(_ accent: Character, to box: inout TypesetLine, size: Double) throws(FigureError) {
        let mark = try run(String(accent), Font(), size)
        let isSlanted = box.runs.first?.run.font.isSlanted == true
        let raise = max(0, box.inkTop - 0.56 * size)
        let lean = isSlanted ? 0.2 * (0.5 * box.inkTop + 0.1 * size) : 0
        for placed in mark.runs {
            let x = (box.width - mark.width) / 2 + lean
            box.runs.append(.init(run: placed.run, x: x, y: -raise))
        }
        box.inkTop = max(box.inkTop, mark.inkTop + raise)
    }
}
