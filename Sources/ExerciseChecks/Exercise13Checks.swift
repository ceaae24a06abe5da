import ExerciseProtocol
import Grading
import Verification

/// Parameters that no data can tell apart: cs181.footnote1, cs181.identifiable.
let exercise13: Exercise = Exercise(
    number: 13, name: "Exercise13SecondParameterSet", title: "other coins, the same likelihood", hiddenPoints: 1,
    checks: [
        TestCase(
            "one-flip", "with one flip per set the other coins have the same likelihood", points: 1,
            hint: "All that single flips tell is the probability of heads."
        ) { student in
            try await judge(student, (1...5).map { Coins(seed: student.seed &+ $0, extreme: false) }, flips: 1)
        },
        TestCase(
            "two-flips", "with two flips per set the other coins have the same likelihood", points: 2,
            hint: "Compute the probability of two heads under both pairs of coins."
        ) { student in
            try await judge(student, (11...15).map { Coins(seed: student.seed &+ $0, extreme: false) }, flips: 2)
        },
        TestCase(
            "three-flips", "with three flips or more there are no other coins", points: 1,
            hint: "What does the task say about three flips and more?"
        ) { student in
            let coins = Coins(seed: student.seed &+ 20, extreme: false)
            let got = try await student.calls("other", [1, 3, 4, 10].map { coins.arguments(flips: $0) })
            guard got[0] != noCoins else {
                return .failed("nil came for one flip per set, where there are other coins")
            }
            guard got[1...].allSatisfy({ $0 == noCoins }) else {
                return .failed(
                    "with three flips per set or more nil was expected: no other coins agree on every data set")
            }
            return .passed
        },
        // BEGIN HIDDEN TESTS
        TestCase(
            "in-range", "probabilities stay between 0 and 1, whatever the coins", points: 1, .hidden,
            hint: "Try weights 0.1 and 0.9 with the coins 0.9 and 0.1, and the same coins exchanged."
        ) { student in
            let corners = [0.1, 0.5, 0.9].flatMap { weight in
                [[0.1, 0.9], [0.9, 0.1], [0.1, 0.3], [0.9, 0.7], [0.4, 0.6]].map {
                    Coins(weights: [weight, 1 - weight], probabilities: $0)
                }
            }
            let coins = corners + (31...40).map { Coins(seed: student.seed &+ $0, extreme: true) }
            return .all([
                try await judge(student, coins, flips: 1), try await judge(student, coins, flips: 2),
            ])
        },
        // END HIDDEN TESTS
    ])

/// What stands for nil.
private let noCoins = Value.text("nil")

/// Judges other coins by what the task asks of them, and by nothing else.
private func judge(_ student: Student, _ given: [Coins], flips: Int) async throws -> Verdict {
    let got = try await student.calls("other", given.map { $0.arguments(flips: flips) })
    return .all(
        try zip(got, given).map { value, given in
            guard value != noCoins else { return .failed("nil came for \(given), where there are other coins") }
            let other = Coins(weights: try value["weights"].as(), probabilities: try value["probabilities"].as())
            return other.problem(comparedWith: given, flips: flips).map { .failed("for \(given): \($0)") } ?? .passed
        })
}

/// Two coins.
private struct Coins: CustomStringConvertible {
    let weights: [Double]
    let probabilities: [Double]

    init(weights: [Double], probabilities: [Double]) {
        self.weights = weights
        self.probabilities = probabilities
    }

    /// Numbers of two digits, so that a message about them can be read.
    init(seed: UInt64, extreme: Bool) {
        var generator = SplitMix64(seed: seed)
        func between(_ low: Int, _ high: Int) -> Double {
            Double(low + Int(generator.uniform() * Double(high - low + 1))) / 100
        }
        let first = extreme ? between(10, 90) : between(35, 47)
        let low = extreme ? between(10, 70) : between(35, 40)
        let high = extreme ? between(Int(100 * low + 20.5), 90) : between(62, 66)
        self.init(
            weights: [first, (100 - 100 * first).rounded() / 100],
            probabilities: generator.uniform() < 0.5 ? [low, high] : [high, low])
    }

    var description: String {
        "weights \(weights[0]) and \(weights[1]) with coins \(probabilities[0]) and \(probabilities[1])"
    }

    func arguments(flips: Int) -> [any Exchangeable] { [weights, probabilities, flips] }

    /// What is wrong with these coins as others than the given ones, if anything is.
    func problem(comparedWith given: Coins, flips: Int) -> String? {
        guard weights.count == 2, probabilities.count == 2 else {
            return "2 weights and 2 probabilities were expected, and \(weights.count) and \(probabilities.count) came"
        }
        let numbers = weights + probabilities
        guard numbers.allSatisfy(\.isFinite) else { return "a number that came is NaN or infinite" }
        guard probabilities.allSatisfy({ (-rounding...1 + rounding).contains($0) }) else {
            return "a probability lies outside 0 to 1; another choice is needed for these coins"
        }
        guard weights.allSatisfy({ $0 >= -rounding }) else { return "a weight is negative" }
        guard Closeness.agree([weights[0] + weights[1]], [1]) else { return "the weights do not sum to 1" }
        guard isFar(from: given.weights + given.probabilities) else { return "these are the given coins again" }
        guard isFar(from: given.weights.reversed() + given.probabilities.reversed()) else {
            return "these are the given coins under exchanged names"
        }
        guard Closeness.agree([moment(1)], [given.moment(1)]) else {
            return "the probability of heads is not the same, so that single flips already tell them apart"
        }
        // All of two flips of the same coin: tails and tails, one of each, heads and heads.
        guard flips < 2 || Closeness.agree([moment(2)], [given.moment(2)]) else {
            return "single flips agree, but the probability of two heads in a set of two is not the same"
        }
        return nil
    }

    /// The probability that all of some flips of a hidden coin show heads.
    func moment(_ flips: Int) -> Double {
        zip(weights, probabilities).reduce(0) { sum, coin in
            sum + (0..<flips).reduce(coin.0) { product, _ in product * coin.1 }
        }
    }

    private func isFar(from given: [Double]) -> Bool {
        zip(weights + probabilities, given).contains { ($0 - $1).magnitude >= 0.01 - rounding }
    }
}

/// How far rounding may carry a number across a limit.
private let rounding = Closeness.sameFormula
