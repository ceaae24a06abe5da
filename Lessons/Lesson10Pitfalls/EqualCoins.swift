import Foundation
import MixtureModels

/// Do and Batzoglou's five sets of ten flips, and two coins that start alike.
struct EqualCoins: Sendable {
    /// Heads of ten, in the example of Do and Batzoglou (2008).
    static let heads = [5, 9, 8, 4, 7]
    static let flips = 10
    /// Where both coins start.
    static let start = 0.6
    let weights: [Double]

    static var sets: [HeadCount] { heads.map { HeadCount(heads: $0, flips: flips) } }
    /// The binomial coefficients' part of the log-likelihood, in how many orders the heads can come.
    static var logCoefficients: Double {
        heads.reduce(0) { $0 + lgamma(Double(flips + 1)) - lgamma(Double($1 + 1)) - lgamma(Double(flips - $1 + 1)) }
    }
    /// The share of heads of all flips.
    static var share: Double { Double(heads.reduce(0, +)) / Double(heads.count * flips) }
    /// Σ (x_n - M p)², how much the head counts scatter.
    static var scatter: Double {
        heads.reduce(0) { $0 + (Double($1) - Double(flips) * share) * (Double($1) - Double(flips) * share) }
    }
    /// N M p (1 - p): if there is one coin, the expected sum of squares about its true mean.
    static var expectedScatter: Double { Double(heads.count * flips) * share * (1 - share) }
    /// What S itself would be on average, with one coin: about the mean of the sample the squares are smaller.
    static var expectedAboutSampleMean: Double { expectedScatter * Double(heads.count - 1) / Double(heads.count) }
    /// How probable it is, with one coin, that the counts scatter at least as much: the upper tail of χ² with four degrees of freedom.
    static var chance: Double {
        let half = scatter / (Double(flips) * share * (1 - share)) / 2
        return exp(-half) * (1 + half)
    }
    /// How much a difference of the coins grows in a round of EM.
    static var growth: Double { scatter / expectedScatter }

    func mixture(_ coins: [Double]) throws -> Mixture<Binomial> {
        try Mixture(weights: weights, components: coins.map { try Binomial(trials: Self.flips, probability: $0) })
    }

    /// The package's EM, with free weights.
    func em(from coins: [Double], steps: Int) throws -> EM<Binomial> {
        try EM(data: Self.sets, start: mixture(coins), stop: .maximumSteps(steps))
    }

    /// Rounds of EM with nothing but sums, products and quotients.
    ///
    /// Every processor rounds these alike, to the last bit, as it need not round logarithms: so what rounding does here is the same on
    /// every machine.
    func path(from coins: [Double], steps: Int) -> [(weights: [Double], coins: [Double])] {
        var path = [(weights: weights, coins: coins)]
        for _ in 0..<steps {
            let now = path[path.count - 1]
            let none: [Double] = [0, 0]
            var (rows, heads, flips) = (none, none, none)
            for count in Self.heads {
                let joint: [Double] = [0, 1].map { k in
                    let (heads, tails) = (now.coins[k], 1 - now.coins[k])
                    return (0..<Self.flips).reduce(now.weights[k]) { $0 * ($1 < count ? heads : tails) }
                }
                let sum = joint[0] + joint[1]
                for k in 0...1 {
                    let share = joint[k] / sum
                    rows[k] += share
                    heads[k] += share * Double(count)
                    flips[k] += share * Double(Self.flips)
                }
            }
            path.append(
                (
                    [0, 1].map { rows[$0] / Double(Self.heads.count) }, [0, 1].map { heads[$0] / flips[$0] }
                ))
        }
        return path
    }
}
