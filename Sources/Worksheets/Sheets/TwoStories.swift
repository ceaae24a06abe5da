import Foundation
import Notebook
import Verification

extension Worksheet {
    /// Two sets of coins with one likelihood.
    static let twoStories = Worksheet(
        name: "two-stories", lesson: 5, title: "Two stories with one likelihood", model: .coins
    ) { draw in
        let weight = Double(draw.one(of: [20, 25, 30, 35, 40, 60, 65, 70, 75, 80])) / 100
        let probabilities = draw.probabilities(2, hundredths: 10...90)
        let other = Double(draw.one(of: [20, 25, 30, 40, 50, 60, 70, 75, 80])) / 100
        let flips = draw.integer(8...12)
        return TwoStories(
            weight: weight, probabilities: probabilities, otherWeight: other,
            otherFirst: draw.probabilities(1, hundredths: 10...90)[0], flips: flips,
            heads: draw.integer(2...(flips - 2)),
            coins: draw.integer(3...6), order: draw.shuffled([0, 1, 2, 3, 4])
        ).draft
    }
}

/// One story of two coins, half of another, and flips that cannot tell them apart.
private struct TwoStories {
    let weight: Double
    let probabilities: [Double]
    let otherWeight: Double
    let otherFirst: Double
    let flips: Int
    let heads: Int
    /// For the last question: how many coins there are.
    let coins: Int
    /// The order of its options.
    let order: [Int]

    private var weights: [Double] { [weight, 1 - weight] }
    private var ofHeads: Double { weights[0] * probabilities[0] + weights[1] * probabilities[1] }
    private var otherSecond: Double { (ofHeads - otherWeight * otherFirst) / (1 - otherWeight) }

    var draft: Worksheet.Draft? {
        guard (0.05...0.95).contains(otherSecond), abs(otherFirst - otherSecond) > 0.1,
            !probabilities.contains(where: { abs($0 - otherFirst) < 0.04 })
        else { return nil }
        return Worksheet.Draft(story: story, questions: [single, second, logLikelihood, pairs, enough])
    }

    private var story: [Passage] {
        [
            .prose(
                #"""
                Again and again somebody picks one of two coins, flips it *once*, and puts it back. Two people explain the flips.
                """#),
            .table(
                ["", "coin 1 is picked", "heads of coin 1", "heads of coin 2"],
                [
                    [
                        "Ada's story", #"\#(weight, .fixed(2))"#, #"\#(probabilities[0], .fixed(2))"#,
                        #"\#(probabilities[1], .fixed(2))"#,
                    ],
                    ["Ben's story", #"\#(otherWeight, .fixed(2))"#, #"\#(otherFirst, .fixed(2))"#, "?"],
                ]),
            .prose("Each number is a probability; coin 2 is picked whenever coin 1 is not."),
        ]
    }

    private var single: Question {
        let (w, p) = (weights, probabilities)
        let hundred = zip(w, p).reduce(0) { $0 + Int((100 * $1.0).rounded()) * Int((100 - 100 * $1.1).rounded()) }
        return .number(
            "a", "the probability of heads", "How probable is heads in Ada's story?", ofHeads, .decimals(4),
            working:
                #"\#(w[0], .fixed(2)) \cdot \#(p[0], .fixed(2)) + \#(w[1], .fixed(2)) \cdot \#(p[1], .fixed(2)) = \#(ofHeads, .fixed(4))"#,
            slips: [
                Slip((p[0] + p[1]) / 2, "The coins are not picked equally often: each counts with its weight."),
                Slip(w[1] * p[0] + w[0] * p[1], "The weights of the two coins were exchanged."),
                Slip(1 - ofHeads, "That is the probability of tails."),
            ]
        ) { .exact(.number(1 - Double(hundred) / 10_000), "counting the tails among 10,000 flips") }
    }

    private var second: Question {
        let (answer, p, v, first) = (otherSecond, ofHeads, otherWeight, otherFirst)
        return .number(
            "b", "the same likelihood",
            """
            With which probability must coin 2 show heads in Ben's story, so that heads is exactly as probable as in Ada's?
            """, answer, .decimals(3),
            working:
                #"\frac{\#(p, .fixed(4)) - \#(v, .fixed(2)) \cdot \#(first, .fixed(2))}{\#(1 - v, .fixed(2))} = \#(answer, .fixed(3))"#,
            slips: [
                Slip(
                    p - v * first,
                    "That is what coin 2 contributes: its weight times its probability. Divide by the weight."),
                Slip((p - v * first) / v, "Divide by the weight of coin 2, and not by that of coin 1."),
                Slip((p - (1 - v) * first) / v, "The weights of the two coins were exchanged."),
                Slip(2 * p - first, "The two probabilities were averaged as if both coins were picked equally often."),
                Slip(
                    probabilities[1],
                    "That is Ada's second coin. Ben's first coin is another one, so his second has to make up for it."),
            ]
        ) {
            let found = try GoldenSection.maximum(of: { -pow(v * first + (1 - v) * $0 - p, 2) }, in: 0...1)
            return .search(
                .number(found.argument), "a search for the probability with which both stories agree",
                tolerance: .goldenSection)
        }
    }

    private var logLikelihood: Question {
        let (p, w, each) = (ofHeads, weights, probabilities)
        let (h, t) = (Double(heads), Double(flips - heads))
        let answer = h * log(p) + t * log(1 - p)
        let inside = zip(w, each).reduce(0) { $0 + $1.0 * (h * log($1.1) + t * log(1 - $1.1)) }
        let (flips, heads) = (flips, heads)
        return .number(
            "c", "the log-likelihood",
            #"""
            \#(flips) flips showed heads \#(heads) times. What is the log-likelihood of Ada's story: the natural logarithm of the probability
            of these flips, in the order in which they came?
            """#, answer, .decimals(2),
            working:
                #"\#(heads) \nlog \#(p, .fixed(4)) + \#(flips - heads) \nlog \#(1 - p, .fixed(4)) = \#(answer, .fixed(2))"#,
            slips: [
                Slip(answer / log(10), "The logarithm is to base 10; asked is the natural one."),
                Slip(h * log(p), "The tails are missing."),
                Slip(inside, "The logarithm was taken of each coin. It comes after the sum over the coins."),
                Slip(-answer, "The logarithm of a probability is negative."),
                Slip(h * log(1 - p) + t * log(p), "Heads and tails were exchanged."),
            ]
        ) {
            let sum = try Assignments(items: flips, classes: 2).logSum { z in
                z.enumerated().reduce(0) { sum, flip in
                    let (n, k) = flip
                    return sum + log(w[k] * (n < heads ? each[k] : 1 - each[k]))
                }
            }
            return .exact(.number(sum), "a sum over all ways to choose the coins", tolerance: .enumeration)
        }
    }

    private var pairs: Question {
        let (w, p) = (weights, probabilities)
        let answer = w[0] * p[0] * p[0] + w[1] * p[1] * p[1]
        let ben = otherWeight * otherFirst * otherFirst + (1 - otherWeight) * otherSecond * otherSecond
        return .number(
            "d", "two flips of one coin",
            "Now each coin that is picked is flipped *twice*. How probable is heads both times in Ada's story?", answer,
            .decimals(3),
            working:
                #"\#(w[0], .fixed(2)) \cdot \#(p[0], .fixed(2))^{2} + \#(w[1], .fixed(2)) \cdot \#(p[1], .fixed(2))^{2} = \#(answer, .fixed(3))"#,
            slips: [
                Slip(
                    ofHeads * ofHeads,
                    "That would be so if a coin were picked anew for each flip. Two flips of one coin belong together: square each coin's probability, then average."
                ),
                Slip((p[0] * p[0] + p[1] * p[1]) / 2, "The weights are missing."),
                Slip(
                    pow(w[0] * p[0], 2) + pow(w[1] * p[1], 2),
                    "The weights were squared, too. A coin is picked only once."),
                Slip(ben, "That is Ben's story, which two flips tell from Ada's."),
            ]
        ) {
            let sum = try Assignments(items: 1, classes: 2).logSum { z in log(w[z[0]]) + 2 * log(p[z[0]]) }
            return .exact(.number(exp(sum)), "a sum over the two coins, in logarithms")
        }
    }

    private var enough: Question {
        // With M flips the data have M probabilities that are free; K coins have K head probabilities and K - 1 free weights.
        let unknowns = coins + (coins - 1)
        let numbers = [unknowns, coins, unknowns - 1, unknowns + 1, unknowns + coins]
        let feedback: [Prose] = [
            "", "There are as many probabilities of heads as coins; but their weights are unknown, too.",
            "This is one too few: count the unknowns once more. The weights sum to 1, so that one of them is not free.",
            "This is enough, but one fewer is, too: the weights sum to 1.", "This is enough, but fewer are, too.",
        ]
        let again = (1...40).first { MomentMap(coins: coins, flips: $0).tellsAll }
        return .choice(
            "e", "how many flips are enough",
            #"""
            Somebody has \#(coins) different coins, each picked with a probability above 0. How many flips of each picked coin does it take, at
            least, until endless data could tell all weights and probabilities, up to the order of the coins?
            """#, order.map { Choice.Option(#"\#(numbers[$0])"#, feedback[$0]) },
            right: order.firstIndex(of: 0) ?? 0, again: order.firstIndex { numbers[$0] == again } ?? -1,
            reason: #"""
                There are \#(coins) probabilities and \#(coins - 1) free weights: \#(unknowns) unknowns; and the flips tell one moment each.
                """#, isOrdered: false)
    }
}
