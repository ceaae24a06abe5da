import Foundation

/// # Exercise 1: the pet store (6 points)
///
/// A pet store sells K species of animals. Of all animals sold, a share of `shares[k]` is of species k; the weight of an animal of
/// species k is normally distributed with mean `means[k]` and standard deviation `standardDeviations[k]`, in kilograms. This is
/// the mixture of CS 181's Exercise 1, which asks in words what its letters stand for: the shares are the vector θ there (π in our
/// lessons, where they are also called the weights; here that word is taken). The handout writes N(μ_k, σ_k) and leaves open
/// whether σ_k is the standard deviation or the variance. Here it is the **standard deviation**.
///
/// You show that you know what the letters stand for by writing the recipe down: draw animals by it, and compute a probability
/// from it. Species are counted from 0: with K = 3 they are 0, 1 and 2.
///
/// Read first: lesson 1, sections 1 and 2 (`Output/Lesson1MixtureGeneration/README.md`), equations `cs181.generative` and `cs181.ex1`.
public enum Exercise1 {
    /// Draws animals, each on its own: first its species, then its weight.
    ///
    /// Take every random number from `random`, so that the same seed gives the same animals: `random.uniform()` is a number
    /// drawn evenly from 0 to 1, and `random.standardNormal()` one from the normal distribution with mean 0 and standard
    /// deviation 1. How many you take, and in which order, is up to you.
    ///
    /// - Parameters:
    ///   - count: N, how many animals to draw.
    ///   - shares: K shares, which sum to 1.
    ///   - means: K mean weights, in kg.
    ///   - standardDeviations: K standard deviations of the weights, in kg.
    ///   - random: where the random numbers come from.
    /// - Returns: N animals, each with its species (0 to K - 1) and its weight in kg.
    ///
    /// Example: with shares 0.25 and 0.75, means 1 and 9, and standard deviations 0.3 and 2.5, four animals might be
    /// (1, 10.2), (1, 7.7), (0, 1.1), (1, 8.4).
    public static func sample(
        count: Int, shares: [Double], means: [Double], standardDeviations: [Double], using random: inout RandomSource
    ) -> [(species: Int, weight: Double)] {
        // BEGIN SOLUTION
        var animals: [(species: Int, weight: Double)] = []
        for _ in 0..<count {
            var remaining = random.uniform()
            var species = 0
            while species < shares.count - 1 && remaining >= shares[species] {
                remaining -= shares[species]
                species += 1
            }
            let weight = means[species] + standardDeviations[species] * random.standardNormal()
            animals.append((species, weight))
        }
        return animals
        // END SOLUTION
    }

    /// The probability that an animal weighs more than a given weight, whatever its species.
    ///
    /// The distribution function of the standard normal is Φ(z) = erfc(-z / √2) / 2, and `erfc` is in Foundation. Small
    /// probabilities have to come out right, too, to eight digits: 1 - Φ(10) is 7.6e-24, and not 0. (What is left when two nearly
    /// equal numbers are subtracted?)
    ///
    /// - Parameters:
    ///   - threshold: the weight in kg that is to be exceeded.
    ///   - shares: K shares, which sum to 1.
    ///   - means: K mean weights, in kg.
    ///   - standardDeviations: K standard deviations of the weights, in kg.
    /// - Returns: P(weight > threshold), between 0 and 1.
    ///
    /// Example: with shares 0.5 and 0.5, means 1 and 5, and standard deviations 0.5 and 2, the probability of more than
    /// 3 kg is 0.5 × 0.0000316712 + 0.5 × 0.8413447461 = 0.4206882087.
    public static func probability(
        heavierThan threshold: Double, shares: [Double], means: [Double], standardDeviations: [Double]
    ) -> Double {
        // BEGIN SOLUTION
        var probability = 0.0
        for k in shares.indices {
            let z = (threshold - means[k]) / standardDeviations[k]
            probability += shares[k] * erfc(z / 2.0.squareRoot()) / 2
        }
        return probability
        // END SOLUTION
    }
}
