/// Reads a decimal number: digits with an optional sign, point and exponent, such as `-3`, `.5`, `+2.5e-3`.
///
/// Nothing else counts as a number: no hexadecimal digits, no `nan` and `inf`, no digit separators, no decimal comma.
///
/// - Parameters:
///   - text: the bytes, without blanks around them.
///   - hasPoint: becomes true if the number has a decimal point.
/// - Returns: the nearest double, infinite where the number exceeds the doubles' range; nil if this is not a number.
func decimalNumber(_ text: UnsafeBufferPointer<UInt8>, hasPoint: inout Bool) -> Double? {
    var position = text.startIndex
    let end = text.endIndex
    var digits: UInt64 = 0  // all digits before the exponent, as one whole number
    var digitCount = 0

    func skipSign() {
        if position < end, text[position] == UInt8(ascii: "+") || text[position] == UInt8(ascii: "-") { position += 1 }
    }
    func skipDigits() -> Int {
        let start = position
        while position < end, UInt8(ascii: "0")...UInt8(ascii: "9") ~= text[position] {
            digits = digits &* 10 &+ UInt64(text[position] - UInt8(ascii: "0"))
            position += 1
        }
        return position - start
    }

    skipSign()
    digitCount = skipDigits()
    var decimals = 0
    if position < end, text[position] == UInt8(ascii: ".") {
        position += 1
        decimals = skipDigits()
        digitCount += decimals
        hasPoint = true
    }
    guard digitCount > 0 else { return nil }
    if position == end && digitCount <= 15 {
        // Both numbers are exact doubles, and one division rounds once: the result is the nearest double.
        let magnitude = Double(digits) / powersOfTen[decimals]
        return text.first == UInt8(ascii: "-") ? -magnitude : magnitude
    }
    if position < end, text[position] == UInt8(ascii: "e") || text[position] == UInt8(ascii: "E") {
        position += 1
        skipSign()
        guard skipDigits() > 0 else { return nil }
    }
    guard position == end else { return nil }
    // The standard library's conversion rounds correctly and, unlike C's strtod, knows no locale.
    return Double(String(decoding: text, as: UTF8.self))
}

/// The same for a text in memory.
func decimalNumber(_ text: String) -> Double? {
    var hasPoint = false
    return Array(text.utf8).withUnsafeBufferPointer { decimalNumber($0, hasPoint: &hasPoint) }
}

/// 10⁰, 10¹, … 10¹⁵, all exact.
private let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
]
