extension HTMLText {
    /// Running text with its numbers as they are set in print: `-3` with a minus sign, `1.2e-7` as 1.2 × 10⁻⁷.
    ///
    /// Markdown keeps the plain characters, which are found by a search and read by a machine; here the reader is a person. Powers are written in
    /// characters and not in raised type, so that what is copied from the page is still a power.
    static func set(_ text: String) -> String {
        var result = ""
        var rest = Substring(text)
        var before: Character?
        while let character = rest.first {
            let after = rest.dropFirst()
            if !isInWord(before), let number = rest.prefixMatch(of: /(\d+(?:\.\d+)?)e(-?\d{1,3})/),
                !isInWord(rest[number.range.upperBound...].first)
            {
                result += power(mantissa: number.1, exponent: number.2)
                before = number.2.last
                rest = rest[number.range.upperBound...]
                continue
            }
            switch character {
            case "-" where isBeforeSign(before) && after.prefixMatch(of: /\.?\d|∞/) != nil: result += "\u{2212}"
            // A number stays with the sign that compares it, and this with the word before.
            case " " where "<>≤≥≈±".contains(before ?? " ") && after.prefixMatch(of: /-?[.\d]/) != nil,
                " " where after.prefixMatch(of: /[<>≤≥≈±] -?[.\d]/) != nil:
                result += "\u{A0}"
            default: result.append(character)
            }
            before = character
            rest = after
        }
        return result
    }

    /// Whether a number could not begin, or end, beside this character.
    private static func isInWord(_ character: Character?) -> Bool {
        character.map { $0.isLetter || $0.isNumber || $0 == "_" } ?? false
    }

    /// After a letter, a digit or a closing bracket, `-` is a hyphen or a dash.
    private static func isBeforeSign(_ character: Character?) -> Bool {
        character.map { $0.isWhitespace || "([{<>≤≥=≈±,;:/×·|“‘".contains($0) } ?? true
    }

    private static func power(mantissa: Substring, exponent: Substring) -> String {
        let raised: [Character: Character] = [
            "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸",
            "9": "⁹",
        ]
        let power = "10" + String(exponent.map { raised[$0] ?? $0 })
        return mantissa == "1" ? power : "\(mantissa)\u{A0}×\u{A0}\(power)"
    }
}
