// Unusual: takes the last posterior as the next weights, flip by flip.
// Scores: 10

import Foundation

/// Exercise 4: EM for sets of ten flips.
public enum Exercise4 {
    /// Exercise 4.1, the E-step: how far each coin is responsible for each set of flips.
    public static func posterior(
        heads: [Int], flips: Int, weights: [Double], probabilities: [Double]
    ) -> [[Double]] {
        heads.map { count in
            var belief = weights
            for flip in 0..<flips {
                for k in belief.indices { belief[k] *= flip < count ? probabilities[k] : 1 - probabilities[k] }
                let total = belief.reduce(0, +)
                for k in belief.indices { belief[k] /= total }
            }
            return belief
        }
    }

    /// Exercise 4.2: the expected complete-data log-likelihood Q of the parameters, under given responsibilities.
    public static func expectedCompleteDataLogLikelihood(
        heads: [Int], flips: Int, responsibilities: [[Double]], weights: [Double], probabilities: [Double]
    ) -> Double {
        // What the coins are expected to have shown, in all, is all that Q needs.
        let (weightsNow, probabilitiesNow) = update(heads: heads, flips: flips, responsibilities: responsibilities)
        let sets = Double(heads.count)
        var q = 0.0
        for k in weights.indices where weightsNow[k] > 0 {
            q += sets * weightsNow[k] * log(weights[k])
            let share = probabilitiesNow[k]
            if share > 0 { q += sets * weightsNow[k] * Double(flips) * share * log(probabilities[k]) }
            if share < 1 { q += sets * weightsNow[k] * Double(flips) * (1 - share) * log(1 - probabilities[k]) }
        }
        return q
    }

    /// Exercise 4.3, the M-step: the parameters which maximise Q.
    public static func update(
        heads: [Int], flips: Int, responsibilities: [[Double]]
    ) -> (weights: [Double], probabilities: [Double]) {
        let components = responsibilities.first?.count ?? 0
        var weights: [Double] = []
        var probabilities: [Double] = []
        for k in 0..<components {
            let sets = responsibilities.reduce(0) { $0 + $1[k] }
            let expectedHeads = zip(heads, responsibilities).reduce(0) { $0 + Double($1.0) * $1.1[k] }
            weights.append(sets / Double(heads.count))
            probabilities.append(expectedHeads / (sets * Double(flips)))
        }
        return (weights, probabilities)
    }
}
