import Foundation

/// The xoshiro256** generator of Blackman and Vigna (2018): small, fast, with a period of 2^256 - 1.
///
/// The same seed gives the same numbers on every machine. The transforms in the extensions below are our own for the same
/// reason: the standard library may change how `Double.random(in:using:)` uses its generator.
public struct SeededGenerator: RandomNumberGenerator, Sendable, Equatable {
    private var state: SIMD4<UInt64>

    /// The generator that belongs to `seed`; SplitMix64 spreads the seed over the 256 bits of state.
    public init(seed: UInt64) {
        var splitMix = seed
        state = .zero
        for index in 0..<4 {
            splitMix &+= 0x9e37_79b9_7f4a_7c15
            var word = splitMix
            word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
            word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
            state[index] = word ^ (word >> 31)
        }
    }

    /// A generator in a given state of four words, not all zero: for comparison with published sequences.
    init(state: SIMD4<UInt64>) {
        self.state = state
    }

    /// The next 64 random bits.
    public mutating func next() -> UInt64 {
        let result = rotated(state[1] &* 5, by: 7) &* 9
        let shifted = state[1] << 17
        state[2] ^= state[0]
        state[3] ^= state[1]
        state[1] ^= state[2]
        state[0] ^= state[3]
        state[2] ^= shifted
        state[3] = rotated(state[3], by: 45)
        return result
    }

    /// Stream number `index` (from 0), 2^128 (index + 1) numbers further on in the sequence.
    ///
    /// Give each experiment a stream of its own, and adding draws to one leaves the others as they were. Negative indices
    /// count as 0. The time grows with the index: meant for tens of streams, not millions.
    public func stream(_ index: Int) -> SeededGenerator {
        var generator = self
        for _ in 0...max(0, index) { generator.jump() }
        return generator
    }

    /// Moves 2^128 numbers on, by the polynomial which the authors of the generator publish.
    private mutating func jump() {
        let polynomial: [UInt64] = [
            0x180e_c6d3_3cfd_0aba, 0xd5a6_1266_f0c9_392c, 0xa958_2618_e03f_c9aa, 0x39ab_dc45_29b1_661c,
        ]
        var target = SIMD4<UInt64>.zero
        for word in polynomial {
            for bit in 0..<64 {
                if word >> UInt64(bit) & 1 == 1 { target ^= state }
                _ = next()
            }
        }
        state = target
    }

    private func rotated(_ word: UInt64, by count: UInt64) -> UInt64 {
        (word << count) | (word >> (64 - count))
    }
}

extension SeededGenerator {
    /// A uniform number in [0, 1), a multiple of 2^-53.
    public mutating func uniform() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// A uniform integer in 0 ..< bound, for a positive bound, without the bias of a remainder (Lemire 2019).
    public mutating func integer(below bound: Int) -> Int {
        precondition(bound > 0, "there is no integer in an empty range")
        let width = UInt64(bound)
        var product = next().multipliedFullWidth(by: width)
        while product.low < (0 &- width) % width { product = next().multipliedFullWidth(by: width) }
        return Int(product.high)
    }

    /// A number from the standard normal distribution, by the transform of Box and Muller.
    ///
    /// The transform makes two; the second is thrown away, so that the generator has no memory besides its state.
    public mutating func standardNormal() -> Double {
        let radius = (-2 * log(1 - uniform())).squareRoot()
        return radius * cos(2 * Double.pi * uniform())
    }

    /// True with the given probability; always at 1, never at 0.
    public mutating func bernoulli(_ probability: Double) -> Bool {
        uniform() < probability
    }

    /// An index, each drawn in proportion to its weight, and never one of weight 0.
    ///
    /// The weights need not sum to 1; they must be non-negative and finite, and one of them positive.
    public mutating func categorical(_ weights: [Double]) -> Int {
        var remaining = uniform() * weights.reduce(0, +)
        for (index, weight) in weights.enumerated() where weight > 0 {
            if remaining < weight { return index }
            remaining -= weight
        }
        // Rounding may leave a crumb beyond the last weight; it belongs to the last index that is possible.
        guard let last = weights.lastIndex(where: { $0 > 0 }) else {
            preconditionFailure("one of the weights must be positive")
        }
        return last
    }

    /// The number of successes in independent trials, counted one by one.
    public mutating func binomial(trials: Int, probability: Double) -> Int {
        var successes = 0
        for _ in 0..<max(0, trials) where bernoulli(probability) { successes += 1 }
        return successes
    }

    /// Puts the elements into random order, every order equally likely (Fisher and Yates).
    public mutating func shuffle<Element>(_ elements: inout [Element]) {
        for index in elements.indices.dropFirst().reversed() {
            elements.swapAt(index, integer(below: index + 1))
        }
    }
}
