import ExerciseProtocol
import Foundation
import Grading
import Verification

/// The M-step with Beta and Dirichlet priors: prml.9.33.
let exercise15: Exercise = Exercise(
    number: 15, name: "Exercise15MAPUpdates", title: "EM with priors", hiddenPoints: 2,
    checks: [
        TestCase(
            "probabilities", "the probabilities are the mode of the posterior", points: 2,
            hint: "Write the first and the second line of Q' for one coin below each other. Which numbers add up?"
        ) { student in
            let cases = (1...3).map { Flips(seed: student.seed &+ $0) }
            let got = try await student.calls("probabilities", cases.map(\.probabilityArguments))
            func gives(
                _ rule: (_ heads: Double, _ sets: Double, _ c: Flips) -> (Double, Double)
            ) -> [Double] {
                cases.flatMap { c in
                    c.counts.indices.map { k in
                        let (heads, all) = rule(c.headCounts[k], c.counts[k], c)
                        return heads / all
                    }
                }
            }
            let m = Double(cases[0].perSet)
            return .compare(
                try got.flatMap { try $0.as([Double].self) },
                with: gives { h, n, c in (h + c.a - 1, m * n + c.a + c.b - 2) }, what: "the probabilities",
                mistakes: [
                    Mistake(
                        "this is the posterior mean; the mode was asked for",
                        gives: gives { h, n, c in (h + c.a, m * n + c.a + c.b) }),
                    Mistake("the prior is ignored", gives: gives { h, n, _ in (h, m * n) }),
                    Mistake(
                        "the prior is counted for heads only, not for tails",
                        gives: gives { h, n, c in (h + c.a - 1, m * n + c.a - 1) }),
                    Mistake(
                        "the prior stands in the numerator only",
                        gives: gives { h, n, c in (h + c.a - 1, m * n) }),
                    Mistake(
                        "a is added to the heads where the exponent of the prior is another number",
                        gives: gives { h, n, c in (h + c.a, m * n + c.a + c.b - 2) }),
                    Mistake(
                        "b is added where the exponent of the prior is another number",
                        gives: gives { h, n, c in (h + c.a - 1, m * n + c.a + c.b - 1) }),
                    Mistake(
                        "the flips of a set are forgotten: you divided by a number of sets, not of flips",
                        gives: gives { h, n, c in (h + c.a - 1, n + c.a + c.b - 2) }),
                    Mistake(
                        "a and b are exchanged",
                        gives: gives { h, n, c in (h + c.b - 1, m * n + c.a + c.b - 2) }),
                    Mistake(
                        "heads and tails are swapped",
                        gives: gives { h, n, c in (m * n - h + c.b - 1, m * n + c.a + c.b - 2) }),
                    Mistake(
                        "the prior is counted once for each set",
                        gives: gives { h, n, c in
                            let sets = Double(c.heads.count)
                            return (h + sets * (c.a - 1), m * n + sets * (c.a + c.b - 2))
                        }),
                    Mistake(
                        "the responsibilities are ignored: all coins get the same",
                        gives: gives { _, _, c in
                            let heads = Double(c.heads.reduce(0, +))
                            return (heads + c.a - 1, m * Double(c.heads.count) + c.a + c.b - 2)
                        }),
                ])
        },
        TestCase(
            "weights", "the weights are the mode of the posterior, and sum to 1", points: 1,
            hint: "The first and the third line of Q' both hold logarithms of the weights. Exercise 14 has the rest."
        ) { student in
            let cases = (1...3).map { Flips(seed: student.seed &+ 10 &+ $0) }
            let got = try await student.calls("weights", cases.map { [$0.responsibilities, $0.alpha] })
            func gives(_ rule: (_ count: Double, _ alpha: Double, _ c: Flips) -> (Double, Double)) -> [Double] {
                cases.flatMap { c in
                    zip(c.counts, c.alpha).map { count, alpha in
                        let (share, all) = rule(count, alpha, c)
                        return share / all
                    }
                }
            }
            return .compare(
                try got.flatMap { try $0.as([Double].self) },
                with: gives { n, α, c in (n + α - 1, c.total + c.prior - c.size) }, what: "the weights",
                mistakes: [
                    Mistake("the prior of the weights is ignored", gives: gives { n, _, c in (n, c.total) }),
                    Mistake(
                        "this is the posterior mean; the mode was asked for",
                        gives: gives { n, α, c in (n + α, c.total + c.prior) }),
                    Mistake(
                        "they do not sum to 1: you divided by N, as if there were no prior",
                        gives: gives { n, α, c in (n + α - 1, c.total) }),
                    Mistake(
                        "they do not sum to 1: the divisor counts another prior than the numerators",
                        gives: gives { n, α, c in (n + α - 1, c.total + c.prior) }),
                    Mistake(
                        "they do not sum to 1: the divisor counts another prior than the numerators",
                        gives: gives { n, α, c in (n + α - 1, c.total + c.prior - 1) }),
                ])
        },
        TestCase(
            "flat-priors", "flat priors change nothing", points: 1,
            hint: "With a = b = 1, and all α_k = 1, the updates are those of Exercise 4."
        ) { student in
            var flips = Flips(seed: student.seed &+ 20)
            (flips.a, flips.b, flips.alpha) = (1, 1, flips.alpha.map { _ in 1 })
            let probabilities = try await student.calls("probabilities", [flips.probabilityArguments])
            let weights = try await student.call("weights", flips.responsibilities, flips.alpha)
            let m = Double(flips.perSet)
            return .all([
                .compare(
                    try probabilities.flatMap { try $0.as([Double].self) },
                    with: zip(flips.headCounts, flips.counts).map { $0 / (m * $1) },
                    what: "the probabilities with a flat prior"),
                .compare(
                    try weights.as([Double].self), with: flips.counts.map { $0 / flips.total },
                    what: "the weights with a flat prior"),
            ])
        },
        // BEGIN HIDDEN TESTS
        TestCase(
            "gradient", "the gradient of Q' is zero at the updates, with 120 sets of 12 flips", points: 1, .hidden,
            hint: "Differentiate Q' by one probability, and put your own update in."
        ) { student in
            let flips = Flips(seed: student.seed &+ 30, components: 4, sets: 120, perSet: 12)
            let first = try await student.calls("probabilities", [flips.probabilityArguments])
            let probabilities = try first.flatMap { try $0.as([Double].self) }
            let weights = try await student.call("weights", flips.responsibilities, flips.alpha).as([Double].self)
            let size = flips.alpha.count
            guard weights.count == size, probabilities.count == size else {
                return .failed("\(size) probabilities and \(size) weights were expected")
            }
            guard (weights + probabilities).allSatisfy({ $0 > 2 * Closeness.sameFormula && $0 < 1 }) else {
                return .failed("all weights and probabilities should lie between 0 and 1")
            }
            guard Closeness.agree([weights.reduce(0, +)], [1]) else { return .failed("the weights do not sum to 1") }
            // The last weight is what the others leave, so that nothing is constrained.
            let gradient = try CentralDifference.gradient(
                of: { unknowns in
                    let free = unknowns.prefix(size - 1)
                    return flips.objective(free + [1 - free.reduce(0, +)], Array(unknowns.suffix(size)))
                }, at: weights.dropLast() + probabilities)
            let steep = gradient.contains { !($0.magnitude <= Closeness.stationary * Double(flips.heads.count)) }
            return steep ? .failed("Q' still rises in some direction from your updates") : .passed
        },
        TestCase(
            "no-data", "a coin without data has the mode of the prior", points: 1, .hidden,
            hint: "Which probability is most probable before anything is seen?"
        ) { student in
            let none: [any Exchangeable] = [[Int](), 10, [[Double]](), 2, 3.0, 2.0]
            let unused: [any Exchangeable] = [[10, 10], 10, [[1.0, 0], [1.0, 0]], 2, 2.0, 5.0]
            let probabilities = try await student.calls("probabilities", [none, unused])
            let noSets: [any Exchangeable] = [[[Double]](), [2.0, 1.0, 4.0]]
            let oneUnused: [any Exchangeable] = [[[1.0, 0], [1.0, 0]], [1.0, 3.0]]
            let weights = try await student.calls("weights", [noSets, oneUnused])
            return .all([
                .compare(
                    try probabilities.flatMap { try $0.as([Double].self) }, with: [2.0 / 3, 2.0 / 3, 21.0 / 25, 0.2],
                    what: "the probabilities of coins without data"),
                .compare(
                    try weights.flatMap { try $0.as([Double].self) }, with: [0.25, 0, 0.75, 0.5, 0.5],
                    what: "the weights of coins without data"),
            ])
        },
        // END HIDDEN TESTS
    ])

/// Sets of flips with responsibilities, and priors.
private struct Flips {
    let perSet: Int
    let heads: [Int]
    let responsibilities: [[Double]]
    var alpha: [Double]
    var a: Double
    var b: Double

    init(seed: UInt64, components: Int = 3, sets: Int = 8, perSet: Int = 10) {
        var generator = SplitMix64(seed: seed)
        self.perSet = perSet
        heads = (0..<sets).map { _ in Int(generator.uniform() * Double(perSet + 1)) }
        responsibilities = heads.map { _ in
            let shares = (0..<components).map { _ in 0.1 + generator.uniform() }
            return shares.map { $0 / shares.reduce(0, +) }
        }
        alpha = (0..<components).map { 1.5 + Double($0) + generator.uniform() }
        a = 2.5 + generator.uniform()
        b = 4.5 + generator.uniform()
    }

    var probabilityArguments: [any Exchangeable] { [heads, perSet, responsibilities, alpha.count, a, b] }

    /// N_k.
    var counts: [Double] { alpha.indices.map { k in responsibilities.reduce(0) { $0 + $1[k] } } }

    /// The expected heads of each coin.
    var headCounts: [Double] {
        alpha.indices.map { k in zip(heads, responsibilities).reduce(0) { $0 + Double($1.0) * $1.1[k] } }
    }

    var total: Double { Double(heads.count) }
    var prior: Double { alpha.reduce(0, +) }
    var size: Double { Double(alpha.count) }
    // BEGIN HIDDEN TESTS

    /// Q', as the task writes it.
    func objective(_ weights: [Double], _ probabilities: [Double]) -> Double {
        var sum = 0.0
        for k in alpha.indices {
            let (logHeads, logTails) = (log(probabilities[k]), log(1 - probabilities[k]))
            for (x, row) in zip(heads, responsibilities) {
                sum += row[k] * (log(weights[k]) + Double(x) * logHeads + Double(perSet - x) * logTails)
            }
            sum += (a - 1) * logHeads + (b - 1) * logTails + (alpha[k] - 1) * log(weights[k])
        }
        return sum
    }
    // END HIDDEN TESTS
}
