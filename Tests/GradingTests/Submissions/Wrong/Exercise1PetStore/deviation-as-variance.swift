// Wrong: takes the standard deviation for a variance.
// Scores: 2
// Fails: animals-of-a-species, heavier-than, far-tail
// Told: the standard deviation is taken for a variance

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
            let weight = means[species] + standardDeviations[species].squareRoot() * random.standardNormal()
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
            let z = (threshold - means[k]) / standardDeviations[k].squareRoot()
            probability += shares[k] * erfc(z / 2.0.squareRoot()) / 2
        }
        return probability
    }
}
