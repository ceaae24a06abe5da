#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The generator of the simulated second routes (Steele, Lea and Flood 2014): a counter whose value is scrambled.
///
/// It is not the core's generator, on purpose. The same seed gives the same numbers on every machine.
public struct SplitMix64: Sendable {
    private var state: UInt64

    /// Starts the sequence that belongs to `seed`; any seed is good.
    public init(seed: UInt64) { state = seed }

    /// The next 64 random bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// The next number, uniform on the multiples of 2⁻⁵³ in [0, 1).
    public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// A standard normal number by Marsaglia's polar method: a point is drawn in a square until it falls into the disc.
    ///
    /// The core draws its normals by another method, so that a slip in one of the two would show.
    public mutating func standardNormal() -> Double {
        while true {
            let (u, v) = (2 * uniform() - 1, 2 * uniform() - 1)
            let s = u * u + v * v
            if s > 0, s < 1 { return u * (-2 * log(s) / s).squareRoot() }
        }
    }
}

extension SplitMix64 {
    /// How many of independent trials succeed, each with the given probability: counted one by one, so that a simulation of
    /// millions of flips shares nothing with a formula for their number.
    public mutating func successes(in trials: Int, probability: Double) -> Int {
        var successes = 0
        for _ in 0..<max(0, trials) where uniform() < probability { successes += 1 }
        return successes
    }
}
