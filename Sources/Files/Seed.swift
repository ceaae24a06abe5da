/// What is wrong with a seed on a command line.
public struct SeedError: Error, Equatable, CustomStringConvertible {
    /// The rule that was broken.
    public let description: String
}

extension UInt64 {
    /// Reads a seed as it stands on a command line: a whole number from 0 to 18446744073709551615, in digits.
    ///
    /// - Parameter text: the word of the command line.
    /// - Throws: `SeedError`, which says what is wrong with this one.
    public init(seed text: String) throws(SeedError) {
        let range = "a seed is a whole number from 0 to \(UInt64.max)"
        if text.allSatisfy(\.isWhitespace) { throw SeedError(description: "it is empty; \(range)") }
        if text.utf8.allSatisfy(isDigit) {
            guard let number = UInt64(text) else { throw SeedError(description: "it is too large; \(range)") }
            self = number
            return
        }
        if text.hasPrefix("-"), text.utf8.count > 1, text.utf8.dropFirst().allSatisfy(isDigit) {
            throw SeedError(description: "it is negative; \(range)")
        }
        throw SeedError(description: "\(range), written in digits only")
    }
}

private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
