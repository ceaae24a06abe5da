import Foundation

/// A number as students write it.
///
/// Read are a decimal point or a decimal comma, a minus sign of any kind, powers of ten (`6.5e-1`, `6,5·10^-1`), fractions (`13/20`),
/// percentages, what stands before an equals sign, and a unit behind the number. Nothing is guessed: of two numbers in a cell, or of
/// words with a number among them, nothing is read.
enum AnswerNumber {
    /// The number, or nil.
    static func read(_ text: String) -> Double? {
        guard text.unicodeScalars.count <= 200 else { return nil }
        var rest = plain(text)
        // “γ = 0.65”, “≈ 0.65”.
        if let sign = rest.lastIndex(where: { "=≈~".contains($0) }) { rest = String(rest[rest.index(after: sign)...]) }
        rest = rest.trimmingCharacters(in: .whitespaces)
        let slashes = rest.split(separator: "/", omittingEmptySubsequences: false)
        if slashes.count == 2, let above = decimalNumber(slashes[0]), let (below, factor) = withUnit(slashes[1]),
            below != 0
        {
            return finite(above / below * factor)
        }
        // “(0.65)” is a number in brackets, and “0.65 (approximately)” one with words behind it.
        if rest.hasPrefix("("), rest.hasSuffix(")") { rest = String(rest.dropFirst().dropLast()) }
        return withUnit(Substring(rest)).flatMap { finite($0.number * $0.factor) }
    }

    private static func finite(_ x: Double) -> Double? { x.isFinite ? x : nil }

    /// The text with plain signs and blanks.
    private static func plain(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\u{2212}", "\u{2010}", "\u{2011}", "\u{2013}", "\u{FE63}", "\u{FF0D}": result += "-"
            case "\u{A0}", "\u{2000}"..."\u{200F}", "\u{202F}", "\u{205F}", "\u{2060}", "\u{3000}", "\u{FEFF}", "\t":
                result += " "
            case "\u{2044}", "\u{2215}": result += "/"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// A number and what its unit makes of it: `65 %` is 0.65, `65 kg` is 65. A unit has no digits.
    private static func withUnit(_ text: Substring) -> (number: Double, factor: Double)? {
        var end = text.endIndex
        while end > text.startIndex {
            if let number = decimalNumber(text[..<end]) {
                let unit = text[end...].trimmingCharacters(in: .whitespaces)
                guard !unit.contains(where: \.isNumber), !unit.contains("±"), !unit.hasPrefix(",") else { return nil }
                return (number, unit.hasPrefix("%") ? 0.01 : unit.hasPrefix("‰") ? 0.001 : 1)
            }
            end = text.index(before: end)
        }
        return nil
    }

    /// A decimal number with perhaps a power of ten, and nothing else but blanks around it.
    private static func decimalNumber(_ text: Substring) -> Double? {
        let text = text.trimmingCharacters(in: .whitespaces)
        guard
            let match = text.wholeMatch(
                of:
                    /([+\-]?)\s*(\d+(?:[.,]\d*)*|[.,]\d+)(?:[eE]([+\-]?\d{1,3})|\s*[·×*x]\s*10\s*\^\s*[({]?([+\-]?\d{1,3})[)}]?)?/
            )
        else { return nil }
        guard let digits = withPoint(match.2) else { return nil }
        let exponent = match.3 ?? match.4 ?? "0"
        return Double("\(match.1)\(digits)e\(exponent)")
    }

    /// Digits with one point at most: a lone comma is a decimal mark, and where there are both, the last of them is.
    private static func withPoint(_ digits: Substring) -> String? {
        let marks = digits.filter { $0 == "." || $0 == "," }
        guard let last = marks.last else { return String(digits) }
        let parts = digits.split(separator: last, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let other: Character = last == "." ? "," : "."
        let groups = parts[0].split(separator: other, omittingEmptySubsequences: false)
        guard
            groups.count == 1 || groups.dropFirst().allSatisfy({ $0.count == 3 }) && (1...3).contains(groups[0].count),
            !parts[1].contains(other)
        else { return nil }
        return groups.joined() + "." + (parts[1].isEmpty ? "0" : parts[1])
    }
}
