// Unusual: works in logarithms, counts the binomial coefficients in, and updates by heads and tails.
// Scores: 10

import Foundation

/// Exercise 4: EM for sets of ten flips.
public enum Exercise4 {
    /// Exercise 4.1, the E-step: how far each coin is responsible for each set of flips.
    public static func posterior(
        heads: [Int], flips: Int, weights: [Double], probabilities: [Double]
    ) -> [[Double]] {
        heads.map { count in
            let logs = zip(weights, probabilities).map {
                log($0) + logCoefficient(count, flips) + times(count, $1) + times(flips - count, 1 - $1)
            }
            let largest = logs.max() ?? 0
            let sum = largest + log(logs.map { exp($0 - largest) }.reduce(0, +))
            return logs.map { exp($0 - sum) }
        }
    }

    /// Exercise 4.2: the expected complete-data log-likelihood Q of the parameters, under given responsibilities.
    public static func expectedCompleteDataLogLikelihood(
        heads: [Int], flips: Int, responsibilities: [[Double]], weights: [Double], probabilities: [Double]
    ) -> Double {
        var q = 0.0
        for k in weights.indices {
            for n in heads.indices {
                let gamma = responsibilities[n][k]
                if gamma == 0 { continue }
                q += gamma * log(weights[k])
                q += gamma * logCoefficient(heads[n], flips)
                q += gamma * (times(heads[n], probabilities[k]) + times(flips - heads[n], 1 - probabilities[k]))
            }
        }
        return q
    }

    /// Exercise 4.3, the M-step: the parameters which maximise Q.
    public static func update(
        heads: [Int], flips: Int, responsibilities: [[Double]]
    ) -> (weights: [Double], probabilities: [Double]) {
        let K = responsibilities[0].count
        var (h, t, s) = (
            Array(repeating: 0.0, count: K), Array(repeating: 0.0, count: K), Array(repeating: 0.0, count: K)
        )
        for n in heads.indices {
            for k in 0..<K {
                h[k] += responsibilities[n][k] * Double(heads[n])
                t[k] += responsibilities[n][k] * Double(flips - heads[n])
                s[k] += responsibilities[n][k]
            }
        }
        return (s.map { $0 / s.reduce(0, +) }, zip(h, t).map { $0 / ($0 + $1) })
    }

    /// x ln p, and 0 if x is 0.
    private static func times(_ x: Int, _ p: Double) -> Double { x == 0 ? 0 : Double(x) * log(p) }

    /// ln of the number of orders.
    private static func logCoefficient(_ count: Int, _ flips: Int) -> Double {
        var sum = 0.0
        for i in stride(from: 1, through: count, by: 1) { sum += log(Double(flips - count + i)) - log(Double(i)) }
        return sum
    }
}
