// Wrong: draws all species equally often.
// Scores: 4
// Fails: species, each-on-its-own
// Told: the shares are ignored

import Foundation

/// Exercise 1: the pet store.
public enum Exercise1 {
    /// Draws animals, each on its own: first its species, then its weight.
    public static func sample(
        count: Int, shares: [Double], means: [Double], standardDeviations: [Double], using random: inout RandomSource
    ) -> [(species: Int, weight: Double)] {
        (0..<count).map { _ in
            let species = Int(random.uniform() * Double(shares.count))
            return (species, means[species] + standardDeviations[species] * random.standardNormal())
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
