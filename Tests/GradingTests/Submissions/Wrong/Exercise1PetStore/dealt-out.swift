// Wrong: deals the species out in fixed numbers, and does not draw them.
// Scores: 5
// Fails: each-on-its-own
// Told: dealt out in fixed numbers

import Foundation

/// Exercise 1: the pet store.
public enum Exercise1 {
    /// Draws animals, each on its own: first its species, then its weight.
    public static func sample(
        count: Int, shares: [Double], means: [Double], standardDeviations: [Double], using random: inout RandomSource
    ) -> [(species: Int, weight: Double)] {
        var animals: [(species: Int, weight: Double)] = []
        for species in shares.indices {
            for _ in 0..<Int((shares[species] * Double(count)).rounded()) {
                animals.append((species, means[species] + standardDeviations[species] * random.standardNormal()))
            }
        }
        while animals.count < count { animals.append((0, means[0] + standardDeviations[0] * random.standardNormal())) }
        return Array(animals.prefix(count))
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
