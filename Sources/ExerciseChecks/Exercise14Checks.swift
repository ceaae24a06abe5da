import ExerciseProtocol
import Foundation
import Grading
import Verification

/// The weights by a Lagrange multiplier: prml.9.60, stat215a.m-pi.
let exercise14: Exercise = Exercise(
    number: 14, name: "Exercise14LagrangeUpdate", title: "the price of weight", hiddenPoints: 2,
    checks: [
        TestCase(
            "multiplier", "λ makes the weights sum to 1", points: 1,
            hint: "Set the derivatives to 0, multiply each by its weight, and add them up. Mind which sign λ has in L."
        ) { student in
            let cases = countsForChecks(seed: student.seed)
            let got = try await student.calls("multiplier", cases.map { [$0] })
            let totals = cases.map { $0.reduce(0, +) }
            return .compare(
                try got.map { try $0.as(Double.self) }, with: totals.map { -$0 }, what: "λ",
                mistakes: [
                    Mistake("the sign is the wrong way round: look at the sign of λ in L", gives: totals),
                    Mistake("this is -K, the number of components", gives: cases.map { -Double($0.count) }),
                    Mistake("you divided by K", gives: zip(totals, cases).map { -$0 / Double($1.count) }),
                    Mistake("this is -1 over what it should be", gives: totals.map { -1 / $0 }),
                    Mistake("this is 1: the sum of the weights, not their price", gives: cases.map { _ in 1 }),
                ])
        },
        TestCase(
            "weights", "the weights are the best among those that sum to 1", points: 1,
            hint: "With the right λ, solve each of the K equations for its own weight."
        ) { student in
            let cases = countsForChecks(seed: student.seed &+ 1)
            let got = try await student.calls("weights", cases.map { [$0] })
            func gives(_ weight: (_ count: Double, _ all: [Double]) -> Double) -> [Double] {
                cases.flatMap { all in all.map { weight($0, all) } }
            }
            return .compare(
                try got.flatMap { try $0.as([Double].self) }, with: gives { $0 / $1.reduce(0, +) }, what: "the weights",
                mistakes: [
                    Mistake("you forgot to normalise: they do not sum to 1", gives: gives { count, _ in count }),
                    Mistake("you divided by K, the number of components", gives: gives { $0 / Double($1.count) }),
                    Mistake("the weights are negative: a sign got lost", gives: gives { -$0 / $1.reduce(0, +) }),
                    Mistake("all weights are equal: the counts are ignored", gives: gives { 1 / Double($1.count) }),
                    Mistake(
                        "exponentials of the counts are normalised, not the counts",
                        gives: gives { count, all in
                            exp(count - (all.max() ?? 0)) / all.reduce(0) { $0 + exp($1 - (all.max() ?? 0)) }
                        }),
                ])
        },
        TestCase(
            "residuals", "the residuals are the derivatives of L", points: 1,
            hint: "Differentiate L by one weight while the others stand still; then by λ."
        ) { student in
            let cases = countsForChecks(seed: student.seed &+ 2)
            let places = cases.map { counts in
                (weights: counts.indices.map { 0.15 + 0.1 * Double($0) }, multiplier: -3.5 * Double(counts.count))
            }
            let got = try await student.calls(
                "residuals", zip(cases, places).map { [$0, $1.weights, $1.multiplier] })
            let right = try zip(cases, places).flatMap { counts, place in
                try CentralDifference.gradient(
                    of: { lagrangian(counts, $0) }, at: place.weights + [place.multiplier])
            }
            func gives(_ entry: (_ count: Double, _ weight: Double, _ λ: Double) -> Double, last: (Double) -> Double)
                -> [Double]
            {
                zip(cases, places).flatMap { counts, place -> [Double] in
                    let entries: [Double] = zip(counts, place.weights).map { entry($0, $1, place.multiplier) }
                    return entries + [last(place.weights.reduce(0, +))]
                }
            }
            return .compare(
                try got.flatMap { try $0.as([Double].self) }, with: right, what: "the residuals",
                tolerance: Closeness.stationary,
                mistakes: [
                    Mistake(
                        "the sign of λ is the wrong way round",
                        gives: gives {
                            $0 / $1 - $2
                        } last: {
                            $0 - 1
                        }),
                    Mistake(
                        "the last number has the wrong sign",
                        gives: gives {
                            $0 / $1 + $2
                        } last: {
                            1 - $0
                        }),
                    Mistake(
                        "the last number is the sum of the weights: how far is that from 1?",
                        gives: gives {
                            $0 / $1 + $2
                        } last: {
                            $0
                        }),
                    Mistake(
                        "the derivative of N_k ln π_k is N_k / π_k; you multiplied",
                        gives: gives {
                            $0 * $1 + $2
                        } last: {
                            $0 - 1
                        }),
                    Mistake(
                        "the derivatives are multiplied by the weights",
                        gives: gives {
                            $0 + $1 * $2
                        } last: {
                            $0 - 1
                        }),
                    Mistake(
                        "the derivative of a logarithm is missing: this is the logarithm itself",
                        gives: gives {
                            $0 * log($1) + $2
                        } last: {
                            $0 - 1
                        }),
                    Mistake(
                        "λ is missing",
                        gives: gives { count, weight, _ in
                            count / weight
                        } last: {
                            $0 - 1
                        }),
                ])
        },
        TestCase(
            "derivative", "with one weight left, the derivative has a root at the best weight", points: 1,
            hint: "As π_1 grows, ln(1 - π_1) falls."
        ) { student in
            let cases = countsForChecks(seed: student.seed &+ 3).map { Array($0.prefix(2)) }
            let weights = [0.15, 0.4, 0.7]
            let best = cases.map { $0[0] / ($0[0] + $0[1]) }
            let got = try await student.calls(
                "derivative", zip(cases, weights).map { [$0, $1] } + zip(cases, best).map { [$0, $1] })
            let right = try zip(cases, weights).map { counts, weight in
                try CentralDifference.derivative(
                    of: { counts[0] * log($0) + counts[1] * log(1 - $0) }, at: weight)
            }
            func gives(_ wrong: (_ a: Double, _ b: Double, _ weight: Double) -> Double) -> [Double] {
                zip(cases + cases, weights + best).map { wrong($0[0], $0[1], $1) }
            }
            return .compare(
                try got.map { try $0.as(Double.self) }, with: right + best.map { _ in 0 }, what: "the derivative",
                tolerance: Closeness.stationary,
                mistakes: [
                    Mistake(
                        "the two terms are added, as on the slides of STAT 215A: it is positive everywhere and has no root",
                        gives: gives { $0 / $2 + $1 / (1 - $2) }),
                    Mistake("the sign is the wrong way round", gives: gives { $1 / (1 - $2) - $0 / $2 }),
                    Mistake("the second term is missing", gives: gives { a, _, weight in a / weight }),
                    Mistake("the counts are exchanged", gives: gives { $1 / $2 - $0 / (1 - $2) }),
                    Mistake(
                        "this has the right root, but it is the derivative times π_1 (1 - π_1)",
                        gives: gives { $0 * (1 - $2) - $1 * $2 }),
                    Mistake(
                        "these are the logarithms, not yet differentiated",
                        gives: gives { $0 * log($2) + $1 * log(1 - $2) }),
                ])
        },
        // BEGIN HIDDEN TESTS
        TestCase(
            "known-weight", "with the last weight known, the derivatives by the free weights are 0", points: 2, .hidden,
            hint: "The free weights sum to something less than 1. What is the price then?"
        ) { student in
            let cases = countsForChecks(seed: student.seed &+ 4)
            let known = [0.2, 0.55, 0.1]
            let got = try await student.calls("update", zip(cases, known).map { [$0, $1] })
            let weights = try got.map { try $0["weights"].as([Double].self) }
            let multipliers = try got.map { try $0["multiplier"].as(Double.self) }
            for (n, (counts, last)) in zip(cases, known).enumerated() {
                guard weights[n].count == counts.count else {
                    return .failed("all \(counts.count) weights were expected, and \(weights[n].count) came")
                }
                guard Closeness.agree([weights[n][counts.count - 1]], [last]) else {
                    return .failed("the last weight is not the one that is given")
                }
                guard weights[n].allSatisfy({ $0 > 0 && $0.isFinite }) else {
                    return .failed("a weight is negative, 0, or not a number")
                }
                guard Closeness.agree([weights[n].reduce(0, +)], [1]) else {
                    return .failed("all weights together, the given one included, do not sum to 1")
                }
                guard multipliers[n].isFinite else { return .failed("λ is \(multipliers[n])") }
                let slopes = try CentralDifference.gradient(
                    of: { lagrangian(counts, $0 + [last, multipliers[n]]) }, at: Array(weights[n].dropLast()))
                let prices = slopes.map { $0 - multipliers[n] }
                guard Closeness.agree(prices, prices.map { _ in prices[0] }, within: Closeness.stationary) else {
                    return .failed("the free weights are not the best: a little of one is worth more than of another")
                }
                guard Closeness.agree(slopes, slopes.map { _ in 0 }, within: Closeness.stationary) else {
                    let total = counts.reduce(0, +)
                    let what =
                        Closeness.agree([multipliers[n]], [-total])
                        ? "λ is -N, as if all weights were free"
                        : Closeness.agree([multipliers[n]], [prices[0]], within: Closeness.stationary)
                            ? "λ has the wrong sign" : "λ does not make the derivatives by the free weights 0"
                    return .failed("the weights are right, but \(what)")
                }
            }
            return .passed
        },
        // END HIDDEN TESTS
    ])

/// Effective counts of 2, 3 and 5 components.
private func countsForChecks(seed: UInt64) -> [[Double]] {
    var generator = SplitMix64(seed: seed)
    return [2, 3, 5].map { components -> [Double] in (0..<components).map { _ in 0.5 + 9 * generator.uniform() } }
}

/// L at the unknowns: the weights, and last λ.
private func lagrangian(_ counts: [Double], _ unknowns: [Double]) -> Double {
    let weights = unknowns.dropLast()
    let λ = unknowns[unknowns.count - 1]
    return zip(counts, weights).reduce(0) { $0 + $1.0 * log($1.1) } + λ * (weights.reduce(0, +) - 1)
}
