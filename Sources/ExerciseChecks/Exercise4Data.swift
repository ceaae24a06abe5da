import Foundation
import Grading
import MixtureModels

/// Three coins, some sets of flips, and responsibilities made up for Q and the M-step. The number of flips is never 10.
struct HeadCounts {
    var weights: [Double]
    var probabilities: [Double]
    let flips: Int
    let heads: [Int]
    let given: [[Double]]

    init(_ student: Student, _ stream: Int, sets: Int = 8) {
        var random = student.fresh(stream)
        weights = random.weights(3)
        // Far apart, so that the counts are spread more widely than those of one coin.
        let probabilities = [0.15...0.25, 0.45...0.55, 0.75...0.85].flatMap { random.numbers(1, in: $0) }
        self.probabilities = probabilities
        let flips = 11 + random.integer(below: 4)
        self.flips = flips
        // Above 0 and below 10, so that a program with 10 flips in it returns a number.
        heads = (0..<sets).map { min(9, max(1, random.binomial(trials: flips, probability: probabilities[$0 % 3]))) }
        given = random.responsibilities(rows: sets, columns: 3)
    }

    func with(weights: [Double], probabilities: [Double]) -> HeadCounts {
        var changed = self
        (changed.weights, changed.probabilities) = (weights, probabilities)
        return changed
    }

    /// π_k times the chance of set n from coin k; `chance` gets the head probability, the heads and the tails.
    func joint(
        weighted: Bool = true, coefficient: Bool = false,
        chance: (Double, Double, Double) -> Double = { pow($0, $1) * pow(1 - $0, $2) }
    ) -> [[Double]] {
        heads.indices.map { n in
            zip(weights, probabilities).map {
                (weighted ? $0 : 1) * (coefficient ? exp(logCoefficients[n]) : 1)
                    * chance($1, Double(heads[n]), Double(flips - heads[n]))
            }
        }
    }

    var logCoefficients: [Double] { heads.map { Binomial.logCoefficient(of: HeadCount(heads: $0, flips: flips)) } }

    /// ℓ without the binomial coefficients.
    var logLikelihood: Double { joint().reduce(0) { $0 + log($1.reduce(0, +)) } }

    /// Σ_n ln Σ_k γ_nk π_k p(x_n | k), a mistake.
    var logOfExpectation: Double {
        zip(joint(), given).reduce(0) { $0 + log(zip($1.0, $1.1).reduce(0) { $0 + $1.0 * $1.1 }) }
    }

    /// The same sets with parameters near a maximum of ℓ, where a step of anything but EM lowers it.
    var nearMaximum: HeadCounts {
        (0..<30).reduce(self) { sets, _ in
            let rows = normalised(sets.joint())
            let counts = rows.columnSums
            let expected = zip(sets.heads, rows).map { heads, row in row.map { $0 * Double(heads) } }.columnSums
            return sets.with(
                weights: counts.map { $0 / Double(sets.heads.count) },
                probabilities: zip(expected, counts).map { $0 / $1 / Double(sets.flips) })
        }
    }

    /// The expected number of heads that each coin showed, under the given responsibilities.
    var expectedHeads: [Double] { zip(heads, given).map { heads, row in row.map { $0 * Double(heads) } }.columnSums }

    /// Q under the given responsibilities or others; `chance` gets the head probability, the heads and the tails.
    func q(
        weighted: Bool = true, rows: [[Double]]? = nil,
        chance: (Double, Double, Double) -> Double = { $1 * log($0) + $2 * log(1 - $0) }
    ) -> Double {
        zip(heads, rows ?? given).reduce(0) { sum, set in
            let (heads, row) = set
            return sum
                + row.indices.reduce(0) {
                    $0 + row[$1]
                        * ((weighted ? log(weights[$1]) : 0)
                            + chance(probabilities[$1], Double(heads), Double(flips - heads)))
                }
        }
    }
}
