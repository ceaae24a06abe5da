/// What goes wrong when the letters change and the text does not: looks at a report before its macros are expanded.
extension TeXLint {
    /// Letters that are other letters in some notation: the running indices, and how many observations and classes there are.
    private static let changing: Set<Character> = ["n", "k", "i", "j", "N", "K"]

    /// What follows these is no mathematics of ours: words, environments, a formula in the letters of its source.
    private static let wordsFollow: Set<String> = ["text", "mathrm", "begin", "end", "printed"]

    /// No index is typed in where a macro stands for it: `\sum_{k=1}^{3} \weight{k}` would add up `\pi_{j}` over k in STAT 215A.
    ///
    /// Letters in an argument of a macro are translated with it, and letters in `\text{…}` are words.
    ///
    /// - Throws: ``TeXError/hardCodedIndex(_:in:)``.
    static func checkIndices(_ source: String) throws {
        guard !source.contains("NaN") else { return }  // a number that is none: found, and named, after expansion
        var scanner = TeXScanner(source)
        while let token = scanner.next() {
            switch token {
            case .character(let letter) where changing.contains(letter):
                throw TeXError.hardCodedIndex(String(letter), in: source)
            case .character: continue
            case .command(let name) where wordsFollow.contains(name): _ = scanner.nextGroup()
            case .command(let name):
                let template = Notation.house.template(for: name) ?? ""
                for place in 1...9 where template.contains("#\(place)") {
                    // An argument is an index, which the notation translates, or a formula of its own.
                    if let argument = scanner.nextGroup(), argument.contains("\\") { try checkIndices(argument) }
                }
            }
        }
    }

    /// The same for the mathematics in a text, and that its words fit the notation.
    ///
    /// - Throws: ``TeXError``.
    static func checkLetters(_ text: String, in notation: Notation) throws {
        for (position, piece) in text.split(separator: "$", omittingEmptySubsequences: false).enumerated()
        where position % 2 == 1 {
            try checkIndices(String(piece))
        }
        guard notation.latentIsNumber else { return }
        for sentence in text.split(whereSeparator: { ".:;".contains($0) }) where sentence.contains("\\latentvec") {
            guard sentence.contains("one-hot") || sentence.contains("vector $\\latentvec") else { continue }
            throw TeXError.numberCalledVector(in: String(sentence))
        }
    }
}
