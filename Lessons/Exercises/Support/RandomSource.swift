import Foundation

/// Random numbers for the exercises: the same seed gives the same numbers.
///
/// Part of the package, not of what you hand in: the grader uses its own copy.
public struct RandomSource: RandomNumberGenerator {
    private var state: UInt64

    /// Starts from a seed.
    public init(seed: UInt64) { state = seed }

    /// 64 random bits (SplitMix64, by Steele, Lea and Flood).
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A number drawn evenly from 0 (included) to 1 (not included).
    public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// A number drawn from the standard normal distribution, mean 0 and standard deviation 1 (Box and Muller).
    public mutating func standardNormal() -> Double {
        let radius = (-2 * log(1 - uniform())).squareRoot()
        return radius * cos(2 * .pi * uniform())
    }
}
