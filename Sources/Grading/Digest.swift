/// A number that changes when what was put into it does (after FNV-1a, 64 bits, by words of eight bytes). It tells an old version
/// from a new one, and is no seal: who wants two texts with the same number can find them.
public struct Digest: Sendable {
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325

    /// Of nothing.
    public init() {}

    /// Puts bytes in, eight at a time: a program has tens of millions.
    public mutating func add(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { bytes in
            let words = bytes.count / 8
            for word in 0..<words { add(bytes.loadUnaligned(fromByteOffset: 8 * word, as: UInt64.self)) }
            for byte in bytes[(8 * words)...] { add(UInt64(byte)) }
        }
    }

    private mutating func add(_ number: UInt64) {
        state = (state ^ number) &* 0x100_0000_01B3
        // A product's low bits never hear of the high ones.
        state ^= state >> 29
    }

    /// Puts a text in, so that neither its parts nor its neighbours' can be moved from one to the other unnoticed.
    public mutating func add(_ text: String) {
        add(Array("\(text.utf8.count):".utf8))
        add(Array(text.utf8))
    }

    /// In sixteen hexadecimal digits.
    public var text: String {
        let digits = String(state, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
