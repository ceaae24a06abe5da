// Wrong: draws weights that are spread evenly around the mean.
// Scores: 5
// Fails: animals-of-a-species
// Told: spread evenly

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
            let weight = means[species] + standardDeviations[species] * (random.uniform() - 0.5) * 12.0.squareRoot()
            animals.append((species, weight))
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
