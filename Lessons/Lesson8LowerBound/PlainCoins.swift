import Foundation
import MixtureModels

/// A mixture of coins by plain multiplication, flip by flip, for second routes: no logarithms of densities, and none of the core's
/// formulas.
struct PlainCoins {
    let sets: [HeadCount]
    let weights: [Double]

    /// π_k p_k(x_n): the number of orders of the flips, times a factor for each flip.
    func joint(_ set: HeadCount, _ heads: [Double]) -> [Double] {
        let orders = (0..<set.heads).reduce(1.0) { $0 * Double(set.flips - $1) / Double($1 + 1) }
        return zip(weights, heads).map { weight, p in
            (0..<set.flips).reduce(weight * orders) { $0 * ($1 < set.heads ? p : 1 - p) }
        }
    }

    /// Σ_n ln p(x_n)
    func logLikelihood(_ heads: [Double]) -> Double {
        sets.reduce(0) { $0 + log(joint($1, heads).reduce(0, +)) }
    }

    /// p(z_n given x_n), row by row.
    func posterior(_ heads: [Double]) -> [[Double]] {
        sets.map { set in
            let parts = joint(set, heads)
            return parts.map { $0 / parts.reduce(0, +) }
        }
    }

    /// KL(q, p) = Σ_n Σ_k q_nk ln(q_nk / p_nk), set by set, where p is the posterior under these coins.
    func divergences(of q: [[Double]], from heads: [Double]) -> [Double] {
        zip(q, posterior(heads)).map { mine, theirs in
            zip(mine, theirs).reduce(0) { $1.0 == 0 ? $0 : $0 + $1.0 * log($1.0 / $1.1) }
        }
    }

    /// F(q, θ) as ℓ less the divergence.
    func potential(_ heads: [Double], _ q: [[Double]]) -> Double {
        logLikelihood(heads) - divergences(of: q, from: heads).reduce(0, +)
    }

    /// Σ_n Σ_k q_nk ln(π_k p_k(x_n))
    func expected(_ heads: [Double], _ q: [[Double]]) -> Double {
        var sum = 0.0
        for (set, row) in zip(sets, q) {
            for (part, share) in zip(joint(set, heads), row) where share > 0 { sum += share * log(part) }
        }
        return sum
    }
}

extension Matrix {
    /// The rows as arrays.
    var rowList: [[Double]] { (0..<rows).map { row($0) } }
}
