// Wrong: takes its random numbers from the system.
// Scores: 5
// Fails: each-on-its-own
// Told: the same seed gave other animals

import Foundation

/// Exercise 1: the pet store.
public enum Exercise1 {
    /// Draws animals, each on its own: first its species, then its weight.
    public static func sample(
        count: Int, shares: [Double], means: [Double], standardDeviations: [Double], using random: inout RandomSource
    ) -> [(species: Int, weight: Double)] {
        (0..<count).map { _ in
            var remaining = Double.random(in: 0..<1)
            var species = 0
            while species < shares.count - 1 && remaining >= shares[species] {
                remaining -= shares[species]
                species += 1
            }
            let angle = Double.random(in: 0..<(2 * Double.pi))
            let radius = (-2 * log(1 - Double.random(in: 0..<1))).squareRoot()
            return (species, means[species] + standardDeviations[species] * radius * cos(angle))
        }
    }

    /// The probability that an animal weighs more than a given weight, whatever its species.
    public static func probability(
        heavierThan threshold: Double, shares: [Double], means: [Double], standardDeviations: [Double]
    ) -> Double {
        var probability = 0.0
        for k in shares.indices {
            let z = (threshold - means[k]) / standardDeviations[k]
            probability += shares[k] * erfc(z / 2.0.squareRoot()) / 2
        }
        return probability
    }
}
