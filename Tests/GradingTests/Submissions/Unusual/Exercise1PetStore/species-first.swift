// Unusual: draws all species first, through cumulative shares, and the normals by the polar method.
// Scores: 6

import Foundation

/// Exercise 1: the pet store.
public enum Exercise1 {
    /// Draws animals, each on its own: first its species, then its weight.
    public static func sample(
        count: Int, shares: [Double], means: [Double], standardDeviations: [Double], using random: inout RandomSource
    ) -> [(species: Int, weight: Double)] {
        let bounds = shares.indices.map { k in shares[...k].reduce(0, +) }
        var species: [Int] = []
        for _ in 0..<count {
            let u = random.uniform()
            species.append(bounds.firstIndex { u < $0 } ?? shares.count - 1)
        }
        var animals: [(species: Int, weight: Double)] = []
        for k in species {
            var (x, square) = (0.0, 0.0)
            repeat {
                x = 2 * random.uniform() - 1
                let y = 2 * random.uniform() - 1
                square = x * x + y * y
            } while square >= 1 || square == 0
            animals.append((k, means[k] + standardDeviations[k] * x * (-2 * log(square) / square).squareRoot()))
        }
        return animals
    }

    /// The probability that an animal weighs more than a given weight, whatever its species.
    public static func probability(
        heavierThan threshold: Double, shares: [Double], means: [Double], standardDeviations: [Double]
    ) -> Double {
        zip(shares, zip(means, standardDeviations)).map { share, parameters in
            let z = (threshold - parameters.0) / parameters.1
            // The smaller side directly, the larger one by subtraction.
            let smaller = 0.5 * erfc(abs(z) * 0.5.squareRoot())
            return share * (z > 0 ? smaller : 1 - smaller)
        }.reversed().reduce(0, +)
    }
}
