import ExerciseProtocol
import Foundation
import Grading
import MixtureModels
import Verification

/// One E-step and one M-step for single flips: cs181.13 and cs181.ex3.
let exercise3: Exercise = Exercise(
    number: 3, name: "Exercise3SingleFlips", title: "EM for single flips", hiddenPoints: 3,
    checks: [
        TestCase(
            "responsibilities", "the responsibilities are Bayes' rule, coin by coin", points: 2,
            hint: "Multiply weight and probability of what was seen; then divide by the sum over the coins."
        ) { student in
            let coins = Coins(student, 0)
            let got = try await student.call("responsibilities", coins.flips, coins.weights, coins.probabilities)
            let table = try got.table(rows: coins.flips.count, columns: 3, what: "the responsibilities")
            let joint = coins.joint { $0 ? $1 : 1 - $1 }
            return .compare(
                table.flat, with: normalised(joint).flat, what: "the responsibilities",
                mistakes: [
                    Mistake("heads and tails are swapped", gives: normalised(coins.joint { $0 ? 1 - $1 : $1 }).flat),
                    Mistake(
                        "the weights are ignored",
                        gives: normalised(coins.joint(weighted: false) { $0 ? $1 : 1 - $1 }).flat),
                    Mistake("they are not normalised: a row must sum to 1", gives: joint.flat),
                    Mistake(
                        "they are normalised over the data, and not over the coins",
                        gives: normalisedOverData(joint).flat),
                    Mistake(
                        "this is a hard assignment: all of each flip goes to the likeliest coin",
                        gives: normalised(joint).hard.flat),
                    Mistake(
                        "every flip is treated as heads",
                        gives: normalised(coins.joint { _, probability in probability }).flat),
                ])
        },
        TestCase(
            "update-weights", "the new weights are the coins' shares of the flips", points: 1,
            hint: "How many flips is a coin responsible for, in all? And out of how many?"
        ) { student in
            let coins = Coins(student, 1)
            let got = try await student.call("update", coins.flips, coins.given)
            let total = Double(coins.flips.count)
            let sums = coins.given.columnSums
            return .compare(
                try got["weights"].numbers(3, what: "the weights"), with: sums.map { $0 / total }, what: "the weights",
                mistakes: [
                    Mistake("they are not divided by the number of flips", gives: sums),
                    Mistake(
                        "this counts hard assignments, and not responsibilities",
                        gives: coins.given.hard.columnSums.map { $0 / total }),
                    Mistake(
                        "only the flips that show heads are counted",
                        gives: coins.expectedHeads.map { $0 / coins.expectedHeads.reduce(0, +) }),
                    Mistake(
                        "only the flips that show heads are counted", gives: coins.expectedHeads.map { $0 / total }),
                    Mistake("the coins are taken to be equally likely", gives: [1.0 / 3, 1.0 / 3, 1.0 / 3]),
                    Mistake("you divided by N - 1, not by N", gives: sums.map { $0 / (total - 1) }),
                ])
        },
        TestCase(
            "update-probabilities", "the new head probabilities are shares of heads, coin by coin", points: 2,
            hint: "Of the flips for which this coin is responsible, which share shows heads?"
        ) { student in
            let coins = Coins(student, 2)
            let got = try await student.call("update", coins.flips, coins.given)
            let total = Double(coins.flips.count)
            let sums = coins.given.columnSums
            let heads = coins.expectedHeads
            let right = zip(heads, sums).map { $0 / $1 }
            let share = Double(coins.flips.filter { $0 }.count) / total
            let hard = coins.given.hard
            let hardHeads = zip(coins.flips, hard).map { flip, row in flip ? row : [0, 0, 0] }.columnSums
            return .compare(
                try got["probabilities"].numbers(3, what: "the head probabilities"), with: right,
                what: "the head probabilities",
                mistakes: [
                    Mistake("you divided by N, not by N_k", gives: heads.map { $0 / total }),
                    Mistake("heads and tails are swapped", gives: right.map { 1 - $0 }),
                    Mistake("they are not divided by anything: these are expected numbers of heads", gives: heads),
                    Mistake(
                        "the responsibilities are ignored: all coins get the share of heads in the data",
                        gives: [share, share, share]),
                    Mistake("you divided by all heads, not by N_k", gives: heads.map { $0 / (total * share) }),
                    Mistake(
                        "this counts hard assignments, and not responsibilities",
                        gives: zip(hardHeads, hard.columnSums).map { $0 / $1 }),
                    Mistake("you divided by N_k - 1, not by N_k", gives: zip(heads, sums).map { $0 / ($1 - 1) }),
                ])
        },
        // BEGIN HIDDEN TESTS
        TestCase(
            "gradient", "Q is level at the update of 120 flips, in every direction", points: 2, .hidden,
            hint: "Differentiate Q by each probability, and by each weight with the sum held at 1, at your own update."
        ) { student in
            let coins = Coins(student, 3, flips: 120)
            let got = try await student.call("update", coins.flips, coins.given)
            let weights = try got["weights"].numbers(3, what: "the weights")
            let probabilities = try got["probabilities"].numbers(3, what: "the head probabilities")
            guard probabilities.allSatisfy({ $0 > 0 && $0 < 1 }), weights.allSatisfy({ $0 > 0 && $0 < 1 }) else {
                return .failed("some weight or probability of the update is not between 0 and 1")
            }
            guard abs(weights.reduce(0, +) - 1) < Closeness.sameFormula else {
                return .failed("the weights of the update do not sum to 1")
            }
            let slopes = try CentralDifference.gradient(
                of: { coins.q(weights: [$0[0], $0[1], 1 - $0[0] - $0[1]], probabilities: Array($0[2...])) },
                at: weights.dropLast() + probabilities)
            let size = Double(coins.flips.count)
            if slopes.prefix(2).contains(where: { abs($0) > Closeness.stationary * size }) {
                return .failed("Q still rises when the weights of the update are moved")
            }
            if slopes.suffix(3).contains(where: { abs($0) > Closeness.stationary * size }) {
                return .failed("Q still rises when the head probabilities of the update are moved")
            }
            return .passed
        },
        TestCase(
            "whole-step", "after a whole step the mixture shows heads as often as the data", points: 1, .hidden,
            hint:
                "Lesson 4 calls it the trap of the single flip: cs181.one-step. Try a coin that never shows heads, too."
        ) { student in
            let coins = Coins(student, 4, flips: 120)
            let certain = [0, 0.35, 1]
            let got = try await student.call("responsibilities", coins.flips, coins.weights, certain)
            let table = try got.table(rows: coins.flips.count, columns: 3, what: "the responsibilities")
            guard !table.flat.contains(where: \.isNaN) else {
                return .failed("with coins that always show the same face some responsibilities are NaN")
            }
            for (heads, row) in zip(coins.flips, table) {
                guard row[heads ? 0 : 2] == 0, abs(row.reduce(0, +) - 1) < Closeness.sameFormula else {
                    return .failed(
                        "a coin that can only show the other face is responsible for a flip, or a row does not sum to 1"
                    )
                }
            }
            let new = try await student.call("update", coins.flips, table)
            let weights = try new["weights"].numbers(3, what: "the weights")
            let probabilities = try new["probabilities"].numbers(3, what: "the head probabilities")
            let share = Double(coins.flips.filter { $0 }.count) / Double(coins.flips.count)
            let after = zip(weights, probabilities).reduce(0) { $0 + $1.0 * $1.1 }
            return .all([
                .compare([after], with: [share], what: "the mixture's probability of heads after a step"),
                .compare(
                    [probabilities[0], probabilities[2]], with: [0, 1], what: "the coins that always show the same face"
                ),
            ])
        },
        // END HIDDEN TESTS
    ])

/// Three coins, some flips, and responsibilities made up for the M-step.
private struct Coins {
    let weights: [Double]
    let probabilities: [Double]
    let flips: [Bool]
    let given: [[Double]]

    init(_ student: Student, _ stream: Int, flips count: Int = 20) {
        var random = student.fresh(stream)
        let weights = random.weights(3)
        self.weights = weights
        probabilities = random.numbers(3, in: 0.1...0.9)
        flips = [true, false, true] + (3..<count).map { _ in random.bernoulli(0.6) }
        given = random.responsibilities(rows: count, columns: 3)
    }

    func joint(weighted: Bool = true, chance: (Bool, Double) -> Double) -> [[Double]] {
        flips.map { flip in zip(weights, probabilities).map { (weighted ? $0 : 1) * chance(flip, $1) } }
    }

    /// The expected number of heads that each coin showed, under the given responsibilities.
    var expectedHeads: [Double] { zip(flips, given).map { flip, row in flip ? row : [0, 0, 0] }.columnSums }

    /// The expected complete-data log-likelihood under the given responsibilities.
    func q(weights: [Double], probabilities: [Double]) -> Double {
        var sum = 0.0
        for (flip, row) in zip(flips, given) {
            for k in row.indices {
                sum += row[k] * (log(weights[k]) + log(flip ? probabilities[k] : 1 - probabilities[k]))
            }
        }
        return sum
    }
}
