// Wrong: counts the species from 1.
// Scores: 3
// Fails: species, animals-of-a-species, each-on-its-own
// Told: they are counted from 0

import Foundation

/// Exercise 1: the pet store.
public enum Exercise1 {
    /// Draws animals, each on its own: first its species, then its weight.
    public static func sample(
        count: Int, shares: [Double], means: [Double], standardDeviations: [Double], using random: inout RandomSource
    ) -> [(species: Int, weight: Double)] {
        var animals: [(species: Int, weight: Double)] = []
        for _ in 0..<count {
            var remaining = random.uniform()
            var species = 0
            while species < shares.count - 1 && remaining >= shares[species] {
                remaining -= shares[species]
                species += 1
            }
            let weight = means[species] + standardDeviations[species] * random.standardNormal()
            animals.append((species + 1, weight))
        }
        return animals
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
