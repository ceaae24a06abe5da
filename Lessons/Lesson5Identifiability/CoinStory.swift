import Foundation
import MixtureModels
import Verification

/// A chooser and its coins: one explanation of what is heard behind the curtain.
struct CoinStory {
    let weights: [Double]
    let heads: [Double]

    init(weights: [Double], heads: [Double]) {
        self.weights = weights
        self.heads = heads
    }

    /// The story with these free parameters: all weights but the last, then the head probabilities.
    init(freeParameters p: [Double]) {
        let classes = (p.count + 1) / 2
        let first = Array(p.prefix(classes - 1))
        self.init(weights: first + [1 - first.reduce(0, +)], heads: Array(p.suffix(classes)))
    }

    var freeParameters: [Double] { Array(weights.dropLast()) + heads }

    /// Each set is one flip.
    func singleFlips() throws -> Mixture<Bernoulli> {
        try Mixture(weights: weights, components: heads.map { try Bernoulli(probability: $0) })
    }

    /// Each set is `flips` flips of one coin, told by its number of heads.
    func sets(ofFlips flips: Int) throws -> Mixture<Binomial> {
        try Mixture(weights: weights, components: heads.map { try Binomial(trials: flips, probability: $0) })
    }

    /// The probabilities of 0, 1, …, `flips` heads in a set.
    func countProbabilities(flips: Int) throws -> [Double] {
        let mixture = try sets(ofFlips: flips)
        return (0...flips).map { mixture.density(at: HeadCount(heads: $0, flips: flips)) }
    }

    /// E[μ^order], the moments of the hidden head probability: of order 1, the probability of heads.
    func moment(_ order: Int) -> Double {
        zip(weights, heads).reduce(0) { sum, coin in
            sum + (0..<order).reduce(coin.0) { product, _ in product * coin.1 }
        }
    }
}

// What a set of flips says about the parameters.

extension CoinStory {
    /// Fisher's information of one set about the free parameters, Σ_h p(h) s_h s_hᵀ, where the scores s_h = ∂ ln p(h) are
    /// central differences.
    func information(flips: Int) throws -> [[Double]] {
        let probabilities = try countProbabilities(flips: flips)
        let scores = try (0...flips).map { heads in
            try CentralDifference.gradient(
                of: {
                    try CoinStory(freeParameters: $0).sets(ofFlips: flips).logDensity(
                        at: HeadCount(heads: heads, flips: flips))
                },
                at: freeParameters)
        }
        let size = freeParameters.count
        return (0..<size).map { i in
            (0..<size).map { j in
                zip(probabilities, scores).reduce(0) { $0 + $1.0 * $1.1[i] * $1.1[j] }
            }
        }
    }

    /// The eigenvalues of the information, smallest first.
    func informationEigenvalues(flips: Int) throws -> [Double] {
        try symmetricEigenvalues(of: information(flips: flips))
    }

    /// How many directions of parameter space a set says anything about.
    func rank(flips: Int) throws -> Int {
        try informationEigenvalues(flips: flips).count { $0 > CoinStory.zeroEigenvalue }
    }

    /// Eigenvalues up to this are 0 but for rounding, which leaves about 1e-15 of them. The smallest that is not 0 in this
    /// lesson is about 0.01.
    static let zeroEigenvalue = 1e-8

    /// The standard errors of the free parameters for one set: to be divided by the root of the number of sets.
    func standardErrors(flips: Int) throws -> [Double] {
        let factor = try CholeskyFactor(Matrix(information(flips: flips)))
        return freeParameters.indices.map { i in
            var unit = freeParameters.map { _ in 0.0 }
            unit[i] = 1
            return factor.solve(unit)[i].squareRoot()
        }
    }
}
