import Foundation
import Notebook
import Verification

extension Worksheet {
    /// The Lagrange multiplier of the weights, and what is stationary.
    static let lagrange = Worksheet(
        name: "lagrange", lesson: 6, title: "The multiplier, and where Q is stationary", model: .gaussians
    ) { draw in
        let rows = draw.one(of: [4, 5])
        let shares = (0..<rows).map { _ -> [Int] in
            let cuts = draw.different(2, of: Array(1...9)).sorted()
            return draw.shuffled([cuts[0], cuts[1] - cuts[0], 10 - cuts[1]])
        }
        return Lagrange(
            tenths: shares, trial: draw.weights(3, least: 10), asked: draw.integer(0...2),
            order: draw.shuffled([0, 1, 2, 3, 4])
        ).draft
    }
}

/// Responsibilities of three classes, and the weights that they ask for.
private struct Lagrange {
    /// A row for each observation: its responsibilities, in tenths.
    let tenths: [[Int]]
    /// Weights that are not the best ones.
    let trial: [Double]
    let asked: Int
    /// The order of the last question's options.
    let order: [Int]

    private var observations: Int { tenths.count }
    private var counts: [Double] { (0...2).map { k in Double(tenths.reduce(0) { $0 + $1[k] }) / 10 } }
    private var best: [Double] { counts.map { $0 / Double(observations) } }

    var draft: Worksheet.Draft? {
        guard Set(counts).count == 3, abs(trial[asked] - best[asked]) > 0.04 else { return nil }
        return Worksheet.Draft(story: story, questions: [multiplier, weight, residual, maximum, twice])
    }

    private var story: [Passage] {
        [
            .prose(
                #"""
                The E-step has shared out \#(observations) observations among three classes. The M-step looks for weights that sum to 1 and
                maximise $Q = \effcount{1} \nlog \weight{1} + \effcount{2} \nlog \weight{2} + \effcount{3} \nlog \weight{3}$. The condition is
                added with a multiplier $\lambda$: stationary is
                $L = Q + \lambda \thinspace (\weight{1} + \weight{2} + \weight{3} - 1)$.
                """#),
            .table(
                ["responsibility of", "class 1", "class 2", "class 3"],
                tenths.enumerated().map { n, row in
                    [#"observation \#(n + 1)"#] + row.map { #"\#(Double($0) / 10, .fixed(1))"# as Prose }
                }),
        ]
    }

    private static func goal(_ counts: [Double]) -> @Sendable ([Double]) -> Double {
        { weights in zip(counts, weights).reduce(0) { $0 + $1.0 * log($1.1) } }
    }

    private var multiplier: Question {
        let (counts, best, asked) = (counts, best, asked)
        let all = Double(observations)
        return .number(
            "a", "the multiplier", #"What is the multiplier $\lambda$ where $L$ is stationary?"#, -all, .whole,
            working: #"""
                \lambda = -(\#(counts[0], .fixed(1)) + \#(counts[1], .fixed(1)) + \#(counts[2], .fixed(1))) = \#(-all, .fixed(0))
                """#,
            slips: [
                Slip(
                    all,
                    "The sign is wrong: the derivative is the effective count over the weight, plus the multiplier, and that is 0."
                ),
                Slip(-1, "The counts sum to the number of observations, and not to 1."),
                Slip(-3, "That is the number of classes. Add up the effective counts."),
                Slip(0, "Without the condition there would be no maximum: larger weights are always better."),
            ]
        ) {
            let slope = try CentralDifference.gradient(of: Self.goal(counts), at: best)[asked]
            return .difference(.number(-slope), "central differences of Q at the best weights")
        }
    }

    private var weight: Question {
        let (counts, asked, answer) = (counts, asked, best[asked])
        return .number(
            "b", "the best weight", #"What is the best weight $\weight{\#(asked + 1)}$?"#, answer, .decimals(3),
            working: #"\frac{\#(counts[asked], .fixed(1))}{\#(observations)} = \#(answer, .fixed(3))"#,
            slips: [
                Slip(counts[asked], "That is the effective count. Divide by the number of observations."),
                Slip(counts[asked] / 3, "Divide by the number of observations, and not by the number of classes."),
                Slip(
                    Double(tenths.count { row in row[asked] == row.max() }) / Double(observations),
                    "The observations were counted whole, each for its likeliest class. Add up the responsibilities."),
                Slip(
                    -answer,
                    "The sign is wrong: minus the effective count over the multiplier, and the multiplier is negative."),
            ]
        ) {
            let found = try ProjectedGradient.maximum(of: Self.goal(counts), from: [1.0 / 3, 1.0 / 3, 1.0 / 3])
            return .search(.number(found.argument[asked]), "a search over all weights")
        }
    }

    private var residual: Question {
        let (counts, trial, asked, all) = (counts, trial, asked, Double(observations))
        let answer = counts[asked] / trial[asked] - all
        return .number(
            "c", "the derivative elsewhere",
            #"""
            Somebody proposes the weights \#(trial, .fixed(2)). What is the derivative of $L$ with respect to $\weight{\#(asked + 1)}$ there, with
            the multiplier of (a)?
            """#, answer, .decimals(2),
            working:
                #"\frac{\#(counts[asked], .fixed(1))}{\#(trial[asked], .fixed(2))} - \#(observations) = \#(answer, .fixed(2))"#,
            slips: [
                Slip(counts[asked] / trial[asked], "The multiplier is missing."),
                Slip(counts[asked] / trial[asked] + all, "The multiplier is negative."),
                Slip(
                    counts[asked] - all * trial[asked],
                    "That is the derivative times the weight. The derivative of the logarithm is 1 over the weight."),
                Slip(counts[asked] * log(trial[asked]) - all, "The logarithm has to be differentiated."),
            ]
        ) {
            let slope = try CentralDifference.gradient(
                of: { Self.goal(counts)($0) - all * ($0.reduce(0, +) - 1) }, at: trial)[asked]
            return .difference(.number(slope), "central differences of L")
        }
    }

    private var maximum: Question {
        let (counts, best) = (counts, best)
        let answer = Self.goal(counts)(best)
        return .number(
            "d", "the largest value",
            #"How large is $Q$ at the best weights (natural logarithms)?"#, answer, .decimals(2),
            working: #"""
                \#(counts[0], .fixed(1)) \nlog \#(best[0], .fixed(3)) + \#(counts[1], .fixed(1)) \nlog \#(best[1], .fixed(3)) +
                \#(counts[2], .fixed(1)) \nlog \#(best[2], .fixed(3)) = \#(answer, .fixed(2))
                """#,
            byHand: Self.goal(counts)(best.map { rounded($0, 3) }),
            slips: [
                Slip(answer / log(10), "The logarithms are to base 10; asked are natural ones."),
                Slip(
                    answer / Double(observations),
                    "The weights stand before the logarithms, in place of the effective counts."),
                Slip(best.reduce(0) { $0 + log($1) }, "The effective counts before the logarithms are missing."),
                Slip(-answer, "The logarithm of a weight is negative."),
                Slip(Self.goal(counts)(trial), "That is the value at the weights of (c), which are not the best ones."),
            ]
        ) {
            let found = try ProjectedGradient.maximum(of: Self.goal(counts), from: [1.0 / 3, 1.0 / 3, 1.0 / 3])
            return .search(.number(found.value), "a search over all weights")
        }
    }

    private var twice: Question {
        let n = Double(observations)
        let multipliers = [-2 * n, -n, -n / 2, 2 * n, -n * n]
        let feedback: [Prose] = [
            "", "The weights stay, but each effective count is doubled.",
            "The effective counts are doubled, and not halved.", "The sign is wrong.",
            "The effective counts are doubled, and not squared.",
        ]
        // The same by counting each observation twice, in tenths.
        let counted = -Double((tenths + tenths).joined().reduce(0, +)) / 10
        return .choice(
            "e", "all observations twice",
            "Each observation is entered twice by mistake. What becomes of the multiplier?",
            order.map { place in
                let value = multipliers[place]
                return Choice.Option(#"$\#(value, .fixed(value == value.rounded() ? 0 : 1))$"#, feedback[place])
            }, right: order.firstIndex(of: 0) ?? 0, again: order.firstIndex { multipliers[$0] == counted } ?? -1,
            reason:
                "Each effective count is doubled, and the multiplier is minus their sum; the weights stay what they are.",
            isOrdered: false)
    }
}
