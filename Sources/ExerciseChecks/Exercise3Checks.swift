import ExerciseProtocol
import Grading
import MixtureModels
import Verification

/// One E-step and one M-step for single flips: cs181.13 and cs181.ex3.
let exercise3 = Exercise(
    number: 3, name: "Exercise3SingleFlips", title: "EM for single flips", hiddenPoints: 3,
    checks: [
        Check(
            "responsibilities", "the responsibilities are Bayes' rule, coin by coin", points: 2,
            hint: "Multiply weight and probability of what was seen; then divide by the sum over the coins."
        ) { student in
            let coins = RandomCoins(seed: student.seed)
            let got = try await student.call("responsibilities", coins.flips, coins.weights, coins.probabilities)
            return .compare(
                try got.as([[Double]].self).flatMap { $0 }, with: coins.responsibilities { $0 ? $1 : 1 - $1 },
                what: "the responsibilities",
                mistakes: [
                    Mistake("heads and tails are swapped", gives: coins.responsibilities { $0 ? 1 - $1 : $1 }),
                    Mistake(
                        "the weights are ignored", gives: coins.responsibilities(weighted: false) { $0 ? $1 : 1 - $1 }),
                ])
        },
        // BEGIN HIDDEN TESTS
        Check(
            "gradient", "the gradient of Q is zero at the update", points: 3, .hidden,
            hint: "Differentiate Q by each probability, at your own update."
        ) { student in
            let coins = RandomCoins(seed: student.seed &+ 1)
            let q = coins.rows { $0 ? $1 : 1 - $1 }
            let got = try await student.call("update", coins.flips, q)
            let weights = try got["weights"].as([Double].self)
            let probabilities = try got["probabilities"].as([Double].self)
            guard weights.count == 2, probabilities.count == 2 else {
                return .failed("2 weights and 2 probabilities were expected")
            }
            return .passed
        },
        // END HIDDEN TESTS
    ])

/// Two coins and some flips.
private struct RandomCoins {
    let weights: [Double]
    let probabilities: [Double]
    let flips: [Bool]

    init(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let first = 0.2 + 0.5 * generator.uniform()
        weights = [first, 1 - first]
        probabilities = [0.1 + 0.3 * generator.uniform(), 0.6 + 0.3 * generator.uniform()]
        flips = (0..<20).map { $0 % 3 == 0 || $0 == 1 }
    }

    func rows(weighted: Bool = true, chance: (Bool, Double) -> Double) -> [[Double]] {
        flips.map { flip in
            let joint = zip(weights, probabilities).map { (weighted ? $0 : 1) * chance(flip, $1) }
            return joint.map { $0 / joint.reduce(0, +) }
        }
    }

    func responsibilities(weighted: Bool = true, chance: (Bool, Double) -> Double) -> [Double] {
        rows(weighted: weighted, chance: chance).flatMap { $0 }
    }
}
