import ExerciseProtocol
import Foundation
import Grading
import MixtureModels
import Verification

/// Sets of flips with a guess q about the coins, and parameters which are not the best for it.
struct FlipSets {
    let heads: [Int]
    let flips: Int
    let responsibilities: [[Double]]
    private(set) var weights: [Double]
    private(set) var probabilities: [Double]

    init(_ student: Student, _ stream: Int, sets: Int = 5, coins: Int = 3) {
        var random = student.fresh(stream)
        let flips = 6 + random.integer(below: 3)
        self.flips = flips
        heads = (0..<sets).map { _ in 1 + random.integer(below: flips - 1) }
        responsibilities = random.responsibilities(rows: sets, columns: coins)
        weights = random.weights(coins)
        probabilities = random.numbers(coins, in: 0.1...0.9)
    }

    var arguments: [any Exchangeable] { [heads, flips, responsibilities, weights, probabilities] }

    var numbers: [Double] { weights + probabilities }

    func with(weights: [Double], probabilities: [Double]) -> FlipSets {
        var changed = self
        (changed.weights, changed.probabilities) = (weights, probabilities)
        return changed
    }

    /// Whether these are parameters of so many coins, none of them 0 or 1.
    var isPossible: Bool {
        weights.count == responsibilities[0].count && probabilities.count == weights.count
            && numbers.allSatisfy { $0 > 0 && $0 < 1 }
    }

    /// N_k, and the heads and tails that each coin has a share in.
    private var shares: [(sets: Double, heads: Double, tails: Double)] {
        weights.indices.map { k in
            let sets = responsibilities.reduce(0) { $0 + $1[k] }
            let shown = zip(heads, responsibilities).reduce(0) { $0 + Double($1.0) * $1.1[k] }
            return (sets, shown, Double(flips) * sets - shown)
        }
    }

    /// The parameters which are best for this q.
    var updated: FlipSets {
        with(
            weights: shares.map { $0.sets / Double(heads.count) },
            probabilities: shares.map { $0.heads / ($0.heads + $0.tails) })
    }

    /// What Q gains from these parameters to others, the three parts of it by factors of their own.
    func gain(to new: FlipSets, weights factor: Double = 1, heads: Double = 1, tails: Double = 1) -> Double {
        zip(0..., shares).reduce(0) { sum, pair in
            let (k, share) = pair
            return sum + factor * share.sets * log(new.weights[k] / weights[k])
                + heads * share.heads * log(new.probabilities[k] / probabilities[k])
                + tails * share.tails * log((1 - new.probabilities[k]) / (1 - probabilities[k]))
        }
    }

    /// ln p(x, z = k) of one set, for the order in which its flips fell.
    private func logJoint(_ count: Int, _ k: Int) -> Double {
        log(weights[k] * pow(probabilities[k], Double(count)) * pow(1 - probabilities[k], Double(flips - count)))
    }

    /// Q of these parameters, without binomial coefficients.
    var q: Double {
        zip(heads, responsibilities).reduce(0) { sum, set in
            sum + set.1.indices.reduce(0) { $0 + set.1[$1] * logJoint(set.0, $1) }
        }
    }

    var logLikelihood: Double {
        heads.reduce(0) { sum, count in sum + log(weights.indices.reduce(0) { $0 + exp(logJoint(count, $1)) }) }
    }

    /// Σ_Z q(Z) ln(p(X, Z | new) / p(X, Z | old)), labelling by labelling.
    func enumeratedGain(to new: FlipSets) throws -> Double {
        let rises = heads.map { count in weights.indices.map { new.logJoint(count, $0) - logJoint(count, $0) } }
        let logs = responsibilities.map { row in row.map { log($0) } }
        func sum(_ table: [[Double]], _ labels: [Int]) -> Double {
            zip(table, labels).reduce(0) { $0 + $1.0[$1.1] }
        }
        return try Assignments(items: heads.count, classes: weights.count).expectation(
            of: { sum(rises, $0) }, logJoint: { sum(logs, $0) })
    }
}
