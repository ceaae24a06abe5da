/// The text of a cell that is no plain decimal number, and what it may mean nevertheless.
struct CellText {
    /// The text as it stands in the file.
    let original: String
    /// What was done to make it plain: nothing else is ever changed.
    private(set) var conversions: Set<Conversion> = []
    /// The text with plain signs and exponents.
    let plain: String

    /// A spelling that is read without being asked, since it has one meaning only.
    enum Conversion: Sendable, CaseIterable {
        /// U+2212 or another dash as the minus sign.
        case minus
        /// Fortran's exponent, 1.8D+00.
        case fortranExponent
        /// A no-break space or another invisible character around the number.
        case invisible
    }

    /// What a cell may mean.
    enum Reading: Equatable {
        case number(Double)
        /// The comma can only be a decimal mark: `1,8`, `0,125`, `1.284,5`.
        case decimalComma(Double)
        /// The commas can only separate thousands: `1,284,000`, `1,284.5`.
        case grouped(Double)
        /// `1,284` is both.
        case either(decimal: Double, grouped: Double)
        /// A code for a missing value, or nothing.
        case missing
        case wrong
    }

    init(_ text: String) {
        original = text
        var scalars = Array(text.unicodeScalars.prefix(400))
        let (count, first) = (scalars.count, scalars.prefix(1))
        while let last = scalars.last, Self.isSpace(last) { scalars.removeLast() }
        scalars = Array(scalars.drop(while: Self.isSpace))
        if scalars.count != count || scalars.prefix(1) != first { conversions.insert(.invisible) }
        for i in scalars.indices where Self.dashes.contains(scalars[i]) {
            // A dash is a sign in front of a number or an exponent; alone it is a code for a missing value.
            let isSign = i == 0 || "eEdD".unicodeScalars.contains(scalars[i - 1])
            guard isSign, i + 1 < scalars.count, "0123456789.,".unicodeScalars.contains(scalars[i + 1]) else {
                continue
            }
            scalars[i] = "-"
            conversions.insert(.minus)
        }
        let isFortran = scalars.count { $0 == "d" || $0 == "D" } == 1
        if isFortran, let place = scalars.firstIndex(where: { $0 == "d" || $0 == "D" }), place > 0,
            place + 1 < scalars.count
        {
            var others = scalars
            others[place] = "e"
            if decimalNumber(String(String.UnicodeScalarView(others))) != nil {
                scalars = others
                conversions.insert(.fortranExponent)
            }
        }
        plain = String(String.UnicodeScalarView(scalars))
    }

    /// The number, if the plain text is one without commas.
    var plainNumber: Double? { decimalNumber(plain) }

    /// What the cell may mean.
    var reading: Reading {
        guard original.unicodeScalars.prefix(401).count <= 400 else { return .wrong }
        if Self.isMissing(plain) { return .missing }
        if let number = plainNumber { return .number(number) }
        return commaReading ?? .wrong
    }

    private var commaReading: Reading? {
        var body = Substring(plain)
        let isNegative = body.first == "-"
        if body.first == "-" || body.first == "+" { body.removeFirst() }
        func signed(_ text: String) -> Double? {
            guard let first = text.unicodeScalars.first, first != "-", first != "+" else { return nil }
            return decimalNumber(text).map { isNegative ? -$0 : $0 }
        }
        let (commas, points) = (body.count { $0 == "," }, body.count { $0 == "." })
        if commas == 1, points == 0 {
            guard let decimal = signed(String(body.replacing(",", with: "."))) else { return nil }
            if let whole = Self.ungrouped(body, ","), let grouped = signed(whole) {
                return .either(decimal: decimal, grouped: grouped)
            }
            return .decimalComma(decimal)
        }
        // Points that separate thousands go with a decimal comma, commas with a decimal point.
        func reading(_ group: Character, _ decimal: Character) -> Double? {
            let parts = body.split(separator: decimal, omittingEmptySubsequences: false)
            guard parts.count <= 2, let whole = Self.ungrouped(parts[0], group) else { return nil }
            return signed(parts.count == 2 ? "\(whole).\(parts[1])" : whole)
        }
        if commas >= 1, points <= 1, let value = reading(",", ".") { return .grouped(value) }
        if points >= 1, commas <= 1, let value = reading(".", ",") { return .decimalComma(value) }
        return nil
    }

    /// `1,284,000` without its commas; nil if it is not one to three digits, the first no zero, followed by groups of three.
    static func ungrouped(_ text: Substring, _ mark: Character) -> String? {
        let groups = text.split(separator: mark, omittingEmptySubsequences: false)
        guard groups.count >= 2, groups.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }) else {
            return nil
        }
        guard (1...3).contains(groups[0].utf8.count), groups[0].first != "0" else { return nil }
        return groups.dropFirst().allSatisfy { $0.utf8.count == 3 } ? groups.joined() : nil
    }

    /// Codes that programs and people write for a missing value.
    static func isMissing(_ text: String) -> Bool {
        text.unicodeScalars.prefix(13).count <= 12 && missingCodes.contains(text.lowercased())
    }

    private static let missingCodes: Set<String> = [
        "", "na", "n/a", "n.a.", "#n/a", "#na", "<na>", "nan", "-nan", "null", "#null!", "none", "nil", "\\n",
        "?", "??", "???", ".", "..", "...", "-", "--", "---", "–", "—", "−", "*", "missing",
    ]

    private static let dashes: Set<UnicodeScalar> = [
        "\u{2212}", "\u{2010}", "\u{2011}", "\u{2013}", "\u{FE63}", "\u{FF0D}",
    ]

    /// Spaces other than the plain one and the tab, and characters without width.
    static func isInvisible(_ scalar: UnicodeScalar) -> Bool {
        scalar == "\u{A0}" || ("\u{2000}"..."\u{200F}").contains(scalar) || scalar == "\u{202F}" || scalar == "\u{205F}"
            || scalar == "\u{2060}" || scalar == "\u{3000}" || scalar == "\u{FEFF}" || scalar == "\u{AD}"
            || ("\u{202A}"..."\u{202E}").contains(scalar)
    }

    private static func isSpace(_ scalar: UnicodeScalar) -> Bool {
        isInvisible(scalar) || scalar == " " || scalar == "\t"
    }

    /// Whether a text is a unit: something in brackets without a digit in front, or one of the common units.
    static func isUnit(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last,
            text.unicodeScalars.prefix(31).count <= 30
        else { return false }
        if first == "(" && last == ")" || first == "[" && last == "]" {
            return decimalNumber(String(text.dropFirst().dropLast())) == nil
        }
        return units.contains(text) || units.contains(text.lowercased())
    }

    private static let units: Set<String> = Set(
        """
        % ‰ ° °C °F K C F cm mm m km nm µm μm um in inch inches ft yd mi mile miles g kg mg µg μg ug ng lb lbs oz t s sec secs \
        second seconds ms min mins minute minutes h hr hrs hour hours d day days week weeks month months y yr yrs year years l L \
        ml mL dl dL mol mmol M mM Hz kHz MHz N J kJ kcal cal W kW V A Pa kPa hPa bar mmHg mg/dl mg/dL mmol/l mmol/L g/dl g/dL m/s \
        km/h mph m2 m3 cm2 cm3 m² m³ cm² cm³ kg/m² kg/m2 $ € £ usd eur dollars euro euros count counts number unit units points \
        score bpm ppm ppb
        """.split(separator: " ").map(String.init))
}
