extension CellText {
    /// Why a cell is no number, and how to write it: a sentence with a blank in front, or nothing where there is nothing to say.
    var cause: String {
        guard original.unicodeScalars.prefix(401).count <= 400 else { return "" }
        let text = plain
        let lower = text.lowercased()
        if Self.isMissing(text) { return Self.missingHint }
        if ["inf", "+inf", "-inf", "infinity", "+infinity", "-infinity", "∞", "-∞", "+∞", "1.#inf"].contains(lower) {
            return " Infinite values have no place in a fit: the row must be left out."
        }
        if lower.hasPrefix("#"), lower.hasSuffix("!") || lower.hasSuffix("?") {
            return " This is a spreadsheet's error: mend the formula, or leave the row out."
        }
        return truthCause(lower) ?? scriptCause ?? dateCause ?? signCause ?? groupCause ?? notationCause ?? unitCause
            ?? ""
    }

    static let missingHint = " If the value is missing: --missing drop leaves such rows out."

    private func truthCause(_ lower: String) -> String? {
        switch lower {
        case "true", "false", "t", "f", "yes", "no", "y", "n", "wahr", "falsch": " Write 1 and 0 for true and false."
        case "h", "heads", "head", "tails", "tail": " Write 1 for heads and 0 for tails."
        default: nil
        }
    }

    /// Invisible characters and digits of other scripts, by name: nobody sees them.
    private var scriptCause: String? {
        for scalar in plain.unicodeScalars {
            let code =
                "U+" + String(repeating: "0", count: max(0, 4 - String(scalar.value, radix: 16).count))
                + String(scalar.value, radix: 16, uppercase: true)
            if Self.isInvisible(scalar) {
                let name = scalar == "\u{A0}" || scalar == "\u{202F}" ? "a no-break space" : "an invisible character"
                return " There is \(name) (\(code)) in it: take it out."
            }
            if scalar.properties.numericType == .decimal, !scalar.isASCII {
                return " It has digits of another script (\(code)): write them as 0 to 9."
            }
            if scalar.value == 0xFFFD { return " It has bytes that are not UTF-8: save the file in UTF-8." }
            if scalar == "\u{2212}" { return " It has a minus sign (U+2212) in an unusual place." }
        }
        return nil
    }

    private var dateCause: String? {
        for mark in ["-", "/", "."] as [Character] {
            let parts = plain.prefix(10).split(separator: mark, omittingEmptySubsequences: false)
            let isDate = parts.count == 3 && parts.allSatisfy { (1...4).contains($0.utf8.count) && Int($0) != nil }
            if isDate && (plain.utf8.count <= 10 || " T".contains(plain.dropFirst(10).first ?? "?")) {
                return " It looks like a date: give the days, or the years, since a fixed day as a number."
            }
        }
        let parts = plain.split(separator: ":", omittingEmptySubsequences: false)
        if (2...3).contains(parts.count), parts.allSatisfy({ decimalNumber(String($0)) != nil }) {
            return " It looks like a time: write it as a number of minutes or seconds."
        }
        return nil
    }

    private var signCause: String? {
        if plain.hasSuffix("%"), let number = Self.spelled(plain.dropLast()) {
            return " Leave the percent sign out, in all rows: \(number)."
        }
        if let first = plain.first, let last = plain.last {
            if first == "(", last == ")", let number = Self.spelled(plain.dropFirst().dropLast()) {
                return " If brackets mean a negative number, write -\(number)."
            }
            if last == "-", let number = Self.spelled(plain.dropLast()) {
                return " Write the sign in front: -\(number)."
            }
            let isMoney = { (mark: Character) in
                mark.unicodeScalars.contains { $0.properties.generalCategory == .currencySymbol }
            }
            let rest = plain.filter { !isMoney($0) && $0 != " " }
            if plain.contains(where: isMoney), let number = Self.spelled(rest[...]) {
                return " Leave the sign of the currency out: \(number)."
            }
            if "<>≤≥~≈".contains(first), Self.spelled(plain.drop { "<>≤≥=~≈ ".contains($0) }) != nil {
                return " It is a bound, not a value: decide on a number, or leave the row out."
            }
        }
        return nil
    }

    private var groupCause: String? {
        for (mark, name) in [(" ", "a blank"), ("'", "an apostrophe"), ("’", "an apostrophe"), ("_", "a low line")] {
            let parts = plain.split(separator: Character(mark), omittingEmptySubsequences: false)
            guard parts.count >= 2, parts.allSatisfy({ $0.first?.isWholeNumber ?? false || $0 == parts[0] }) else {
                continue
            }
            if parts.dropFirst().allSatisfy({ $0.prefix { $0.isASCII && $0.isNumber }.count == 3 }),
                let number = Self.spelled(parts.joined()[...])
            {
                return " It has \(name) between its digits: write \(number)."
            }
        }
        return nil
    }

    private var notationCause: String? {
        let lower = plain.lowercased()
        let digits = lower.drop { $0 == "-" || $0 == "+" }
        if digits.hasPrefix("0x"), digits.dropFirst(2).allSatisfy(\.isHexDigit), digits.utf8.count > 2 {
            return " Hexadecimal numbers are not read: write it in decimal."
        }
        if lower.contains("10^") || lower.contains("10**") || lower.contains("×10") {
            return " Write powers of ten with an e: 1.5e3."
        }
        for mark in ["/", "-", "–", "±"] as [Character] {
            let parts = plain.split(separator: mark, omittingEmptySubsequences: false)
            if parts.count == 2, parts.allSatisfy({ Self.spelled($0) != nil }) {
                let name = mark == "/" ? "a fraction" : mark == "±" ? "a value with its error" : "a range"
                return " It is \(name), not one number."
            }
        }
        return nil
    }

    /// A number with something behind it: a unit, or the mark of a footnote.
    private var unitCause: String? {
        let number = plain.prefix { "+-0123456789.,".contains($0) }
        let rest = plain.dropFirst(number.count)
        guard !number.isEmpty, !rest.isEmpty, rest.utf8.count <= 20, let value = Self.spelled(number) else {
            return nil
        }
        let word = rest.drop { $0 == " " }
        let isExponent = word.first == "e" || word.first == "E" ? !(word.dropFirst().first?.isLetter ?? false) : false
        guard let first = word.first, !first.isNumber, !isExponent, first != "_",
            !word.contains(where: \.isNumber) || Self.isUnit(String(word))
        else { return nil }
        return
            " A cell holds the number alone: write \(value), and put what follows it into the column's name or a column of its own."
    }

    /// A number as it should be written, where there is no doubt about it.
    private static func spelled(_ text: Substring) -> String? {
        let text = text.drop { $0 == " " }
        guard text.utf8.count <= 30 else { return nil }
        let cell = CellText(String(text))
        switch cell.reading {
        case .number: return cell.plain
        case .decimalComma, .grouped:
            let isDecimal = if case .decimalComma = cell.reading { true } else { false }
            return String(cell.plain.filter { $0 != (isDecimal ? "." : ",") }).replacing(",", with: ".")
        default: return nil
        }
    }
}
