import Foundation

/// A table of symbols: how one source writes the things that all five write differently.
///
/// Reports are written in semantic macros, `\weight{k}` and not `\pi_k`, and a notation says what they stand for. That
/// is how one report serves five courses, and how an equation can be shown both in this course's letters and in the
/// letters of the handout it comes from, from the same TeX.
public struct Notation: Sendable, Equatable {
    /// Whose symbols these are.
    public let source: Source
    /// What each macro stands for; `#1`, `#2` are its arguments. A macro that is missing here is the house's.
    let macros: [String: String]
    /// The letters of running indices: `n` (observations) and `k` (classes) in the house, `i` and `j` elsewhere.
    let indices: [String: String]
    /// Macros for things that the source has no symbol for. Formulas need one, and take the house's; tables that compare symbols do not.
    var missing: Set<String> = []

    /// The model that a report is about. Only CS 181 changes its letters between models: π is the mixing weight of its
    /// Gaussians (section 2.3), but the bias of its coins (section 2.4), where the weight is θ.
    public enum Model: Sendable {
        /// A mixture of Gaussians.
        case gaussians
        /// Coins behind a curtain.
        case coins
    }

    /// The ids accepted by `--notation`, the house first.
    public static let ids = Source.allCases.map(\.rawValue)

    /// The table of a source.
    ///
    /// - Returns: nil for an id that is not one of ``ids``.
    public static func named(_ id: String, for model: Model) -> Notation? {
        Source(rawValue: id).map { $0.notation(for: model) }
    }

    /// The name given to `--notation`, and the prefix of the source's equation ids: `house`, `cs181`, …
    public var id: String { source.rawValue }

    /// The name as a reader knows it: `CS 181`.
    public var name: String { source.name }

    /// Whether the latent variable of an observation is the number of its class, as `Z_i = 2`, and not a one-hot vector. Words
    /// have to follow: a number has no entries.
    public var latentIsNumber: Bool { template(for: "isclass")?.hasSuffix("=#2") ?? false }

    /// The template of a macro, from this table or else from the house's; nil for a macro that nobody knows.
    func template(for macro: String) -> String? { macros[macro] ?? Self.house.macros[macro] }
}

extension Notation {
    /// A formula in this notation, as plain TeX.
    ///
    /// - Throws: ``TeXError`` for a macro without its arguments. What TeX itself would refuse is found when the report is
    ///   rendered.
    public func expand(_ formula: TeX) throws -> String { try expandTeX(formula.source) }

    /// A symbol in this notation, or nil if it is of something for which the source has none.
    ///
    /// - Throws: ``TeXError``, as ``expand(_:)-(TeX)`` does.
    public func ownSymbol(_ symbol: TeX) throws -> String? {
        var scanner = TeXScanner(symbol.source)
        while let token = scanner.next() {
            if case .command(let name) = token, missing.contains(name) { return nil }
        }
        return try expand(symbol)
    }

    /// Text in which the mathematics between dollars is expanded: for prose, and for the labels of figures.
    ///
    /// - Throws: ``TeXError``, as ``expand(_:)-(TeX)`` does, and for a dollar without its partner.
    public func expand(_ prose: Prose) throws -> String {
        var result = ""
        for (position, piece) in prose.source.split(separator: "$", omittingEmptySubsequences: false).enumerated() {
            let isMathematics = position % 2 == 1
            if isMathematics { result += "$" + (try expandTeX(String(piece))) + "$" } else { result += piece }
        }
        guard prose.source.count(where: { $0 == "$" }) % 2 == 0 else {
            throw TeXError.oddDollars(in: prose.source)
        }
        return result
    }

    /// Expands macros from left to right; arguments are expanded before they are put into the template.
    ///
    /// A command is kept apart from a letter after it, whichever of the two an expansion brought in: `\cdot\obs{n}` is
    /// `\cdot x_{n}` and not the unknown `\cdotx_{n}`.
    func expandTeX(_ source: String, depth: Int = 0) throws -> String {
        guard depth < 12 else { throw TeXError.macroRecursion(in: source) }
        var result = ""
        var scanner = TeXScanner(source)
        while let token = scanner.next() {
            guard case .command(let name) = token, let template = template(for: name) else {
                result = TeXScanner.joined(result, token.text)
                continue
            }
            var body = template
            for place in 1...9 where template.contains("#\(place)") {
                guard let argument = scanner.nextGroup() else { throw TeXError.missingArgument(of: name, in: source) }
                let expanded = try expandTeX(indices[argument] ?? argument, depth: depth + 1)
                // All means together are \meanvec{}: μ, without an empty index.
                if expanded.isEmpty { body = body.replacingOccurrences(of: "_{#\(place)}", with: "") }
                let pieces = body.components(separatedBy: "#\(place)")
                body = pieces.dropFirst().reduce(pieces[0]) {
                    TeXScanner.joined(TeXScanner.joined($0, expanded), $1)
                }
            }
            result = TeXScanner.joined(result, try expandTeX(body, depth: depth + 1))
        }
        return result
    }
}
