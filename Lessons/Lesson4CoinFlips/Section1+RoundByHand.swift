import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

/// One round of EM on five small sets of flips, with numbers that a pencil can follow.
struct RoundByHand {
    /// The sets as they were heard, H for heads; all have equally many flips.
    let sets: [String]
    /// Where EM starts: two coins, chosen equally often.
    let start: Mixture<Binomial>
    /// The responsibilities under the start, a row for each set.
    let shares: [[Double]]
    /// After one step.
    let after: Mixture<Binomial>

    /// The round of the text: with these coins all responsibilities are ninths.
    static func shown() throws -> RoundByHand {
        try RoundByHand(sets: ["HHH", "HTT", "TTT", "HHT", "HHH"], heads: [1.0 / 3, 2.0 / 3])
    }

    /// The round of the exercise: here they are tenths.
    static func exercise() throws -> RoundByHand {
        try RoundByHand(sets: ["HH", "HT", "TT", "HH", "TH"], heads: [0.25, 0.75])
    }

    private init(sets: [String], heads: [Double]) throws {
        self.sets = sets
        start = try binomialMixture(weights: [0.5, 0.5], heads: heads, flips: sets[0].count)
        let em = try EM(data: Self.data(sets), start: start)
        let matrix = try em.eStep(start)
        shares = sets.indices.map { matrix.row($0) }
        after = try em.mStep(matrix)
    }

    static func data(_ sets: [String]) -> [HeadCount] {
        sets.map { set in HeadCount(heads: set.count { $0 == "H" }, flips: set.count) }
    }

    var data: [HeadCount] { Self.data(sets) }
    var flips: Int { sets[0].count }

    /// ℓ of the flips in the order heard, that is, without the binomial coefficients.
    func logLikelihood(_ mixture: Mixture<Binomial>) -> Double {
        data.reduce(0) { sum, row in
            let (h, t) = (row.heads, row.flips - row.heads)
            return sum
                + log(
                    zip(mixture.weights, mixture.heads).reduce(0) { $0 + $1.0 * power($1.1, h) * power(1 - $1.1, t) })
        }
    }

    // MARK: The four lines

    /// Likelihoods, responsibilities, heads shared out, and the ratios: the formulas of one round, in numbers.
    func lines() -> [(words: Prose, formula: TeX)] {
        let likelihoods = data.map { row in
            start.heads.map { power($0, row.heads) * power(1 - $0, row.flips - row.heads) }
        }
        let headShares = zip(data, shares).map { row, share in share.map { $0 * Double(row.heads) } }
        let (sets, heads, unit) = (sums(shares), sums(headShares), unit(of: shares))
        return [
            (
                #"""
                *E-step, first half: likelihoods.* A row for each set, a column for each coin:
                $\headprob{k}^{\headcount{n}} (1 - \headprob{k})^{\flips - \headcount{n}}$ with $\flips = \#(flips)$.
                """#, matrix(likelihoods, unit: self.unit(of: likelihoods))
            ),
            (
                #"""
                *E-step, second half: responsibilities.* The weights are equal and cancel, so each row is divided by its sum. Beside the matrix
                stand the sums of its columns: the sets that each coin is given.
                """#,
                #"\resps = \#(matrix(shares, unit: unit)), \qquad \sumobs \resp{n}{k}: \quad \#(matrix([sets], unit: unit))"#
            ),
            (
                #"""
                *M-step, first half: heads.* Each row is multiplied by the number of its heads, \#(words(data.map(\.heads))); then the columns are added up.
                """#,
                #"""
                \resp{n}{k} \thinspace \headcount{n}: \quad \#(matrix(headShares, unit: unit)), \qquad
                \sumobs \resp{n}{k} \thinspace \headcount{n}: \quad \#(matrix([heads], unit: unit))
                """#
            ),
            (
                #"""
                *M-step, second half: ratios.* The weight of a coin is its sets over all \#(data.count) sets. Its head probability is its heads over its
                flips, which are \#(flips) times its sets.\#(unit > 1 ? " (In both, the sets and heads are counted in parts of 1/\(unit).)" : "")
                """#,
                #"""
                \begin{aligned} \#(ratios(0, sets: sets[0], heads: heads[0], unit: unit)) \cr
                \#(ratios(1, sets: sets[1], heads: heads[1], unit: unit)) \end{aligned}
                """#
            ),
        ]
    }

    /// The update of one coin from its sets and heads, both counted in parts of 1/`unit`.
    private func ratios(_ k: Int, sets: Double, heads: Double, unit: Int) -> TeX {
        let parts = (sets: sets * Double(unit), heads: heads * Double(unit))
        return #"""
            \weight{\#(k + 1)} = {} & \frac{\#(parts.sets, .significant(6))}{\#(unit) \times \#(data.count)} = \#(after.weights[k], .fixed(4)), \qquad
            \headprob{\#(k + 1)} = \frac{\#(parts.heads, .significant(6))}{\#(flips) \times \#(parts.sets, .significant(6))} = \#(after.heads[k], .fixed(4))
            """#
    }

    private func words(_ numbers: [Int]) -> String {
        numbers.dropLast().map(String.init).joined(separator: ", ") + " and \(numbers[numbers.count - 1])"
    }

    private func sums(_ rows: [[Double]]) -> [Double] { [0, 1].map { k in rows.reduce(0) { $0 + $1[k] } } }

    /// The smallest common denominator of the entries, if there is one up to a hundred; else 1.
    private func unit(of rows: [[Double]]) -> Int {
        let unit = (1...100).first { unit in
            rows.joined().allSatisfy { abs($0 * Double(unit) - ($0 * Double(unit)).rounded()) < 1e-9 }
        }
        return unit ?? 1
    }

    /// A matrix with a denominator in front: `1/9 [1 8; …]`.
    private func matrix(_ rows: [[Double]], unit: Int) -> TeX {
        let parts = rows.map { $0.map { $0 * Double(unit) } }
        return unit == 1
            ? #"\#(matrix: parts, .significant(4))"# : #"\frac{1}{\#(unit)} \#(matrix: parts, .significant(4))"#
    }

    // MARK: Second route

    /// Weights and head probabilities after one step, from averages over all assignments of coins to sets.
    func updateByEnumeration() throws -> [Double] {
        let sums = try Assignments(items: sets.count, classes: 2).expectation(
            of: { story in
                var counts = [0.0, 0, 0, 0]
                for (row, coin) in zip(data, story) {
                    counts[coin] += 1
                    counts[2 + coin] += Double(row.heads)
                }
                return counts
            },
            logJoint: { story in
                log(
                    zip(data, story).reduce(1) { product, pair in
                        let p = start.heads[pair.1]
                        return product * power(p, pair.0.heads) * power(1 - p, pair.0.flips - pair.0.heads)
                    })
            })
        return [sums[0], sums[1]].map { $0 / Double(sets.count) }
            + [0, 1].map { sums[2 + $0] / (sums[$0] * Double(flips)) }
    }
}
