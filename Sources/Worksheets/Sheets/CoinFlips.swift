import Foundation
import Notebook
import Verification

extension Worksheet {
    /// One round of EM for sets of ten flips.
    static let coinFlips = Worksheet(
        name: "coin-flips", lesson: 4, title: "One round of EM for two coins", model: .coins
    ) { draw in
        let low = draw.one(of: [20, 25, 30, 35, 40, 45, 50])
        let probabilities = draw.shuffled([low, low + draw.one(of: [15, 20, 25, 30, 35])]).map { Double($0) / 100 }
        let weight = Double(draw.one(of: [25, 30, 35, 40, 45, 55, 60, 65, 70, 75])) / 100
        let heads = draw.different(5, of: Array(1...9))
        return CoinRound(
            heads: heads, weights: [weight, 1 - weight], probabilities: probabilities, missing: draw.integer(0...4),
            below: draw.integer(0...4)
        ).draft
    }
}

/// Five sets of ten flips, and where EM stands.
private struct CoinRound {
    let heads: [Int]
    let weights: [Double]
    let probabilities: [Double]
    /// The set whose responsibility is not on the sheet, counted from 0.
    let missing: Int
    /// How many of the five options of the last question are below the right one, as far as there is room.
    let below: Int

    private static let flips = 10

    private static func joint(_ heads: Int, _ weight: Double, _ probability: Double) -> Double {
        weight * pow(probability, Double(heads)) * pow(1 - probability, Double(flips - heads))
    }

    /// The responsibility of coin 1.
    private func share(_ heads: Int) -> Double {
        let both = (0...1).map { Self.joint(heads, weights[$0], probabilities[$0]) }
        return both[0] / (both[0] + both[1])
    }

    /// As on the sheet, with three decimals, and the missing one in full precision.
    private var shares: [Double] {
        heads.indices.map { $0 == missing ? share(heads[$0]) : rounded(share(heads[$0]), 3) }
    }

    private func headsOfFirst(_ shares: [Double]) -> Double {
        zip(shares, heads).reduce(0) { $0 + $1.0 * Double($1.1) }
    }

    private func probability(_ shares: [Double]) -> Double {
        headsOfFirst(shares) / (Double(Self.flips) * shares.reduce(0, +))
    }

    var draft: Worksheet.Draft? {
        let shares = shares
        guard (0.08...0.92).contains(shares[missing]), let boundary else { return nil }
        return Worksheet.Draft(
            story: story, questions: [responsibility, weight, probabilityOfHeads, border(boundary)])
    }

    private var story: [Passage] {
        [
            .prose(
                #"""
                Five times somebody picked one of two coins and flipped it \#(Self.flips) times. You see the numbers of heads, and not the coins.
                EM stands at these parameters: coin 1 is picked with probability $\weight{1} = \#(weights[0], .fixed(2))$ and shows heads
                with probability $\headprob{1} = \#(probabilities[0], .fixed(2))$; coin 2 is picked with probability
                $\weight{2} = \#(weights[1], .fixed(2))$ and shows heads with probability
                $\headprob{2} = \#(probabilities[1], .fixed(2))$. The E-step is nearly done: of the responsibilities of coin 1 only one is
                missing.
                """#),
            .table(
                ["set"] + (1...5).map { #"\#($0)"# as Prose },
                [
                    [#"heads of \#(Self.flips)"#] + heads.map { #"\#($0)"# as Prose },
                    [#"$\resp{n}{1}$"#]
                        + shares.enumerated().map {
                            $0.offset == missing ? "?" as Prose : #"\#($0.element, .fixed(3))"#
                        },
                ]),
        ]
    }

    private var responsibility: Question {
        let (weights, probabilities) = (weights, probabilities)
        let count = heads[missing]
        let both = (0...1).map { Self.joint(count, weights[$0], probabilities[$0]) }
        let answer = share(count)
        let plain = (0...1).map { Self.joint(count, 1, probabilities[$0]) }
        let headsOnly = (0...1).map { weights[$0] * pow(probabilities[$0], Double(count)) }
        let swapped = (0...1).map { Self.joint(Self.flips - count, weights[$0], probabilities[$0]) }
        return .number(
            "a", "the missing responsibility",
            #"Compute the missing responsibility $\resp{\#(missing + 1)}{1}$, of coin 1 for the set with \#(count) heads."#,
            answer,
            .decimals(3),
            working:
                #"\frac{\#(both[0], .significant(4))}{\#(both[0], .significant(4)) + \#(both[1], .significant(4))} = \#(answer, .fixed(3))"#,
            slips: [
                Slip(
                    plain[0] / (plain[0] + plain[1]),
                    "The weights are missing: each coin counts with how often it is picked."),
                Slip(1 - answer, "That is the responsibility of coin 2."),
                Slip(
                    headsOnly[0] / (headsOnly[0] + headsOnly[1]),
                    "The tails are missing: they tell about the coin as the heads do."),
                Slip(swapped[0] / (swapped[0] + swapped[1]), "Heads and tails were exchanged."),
            ]
        ) {
            let posterior = try Assignments(items: 1, classes: 2).expectation(of: { $0[0] == 0 ? 1 : 0 }) { z in
                let (tails, p) = (Self.flips - count, probabilities[z[0]])
                return log(weights[z[0]]) + Double(count) * log(p) + Double(tails) * log(1 - p)
            }
            return .exact(.number(posterior), "an average over the two coins, in logarithms")
        }
    }

    private var weight: Question {
        let shares = shares
        let (count, sets) = (shares.reduce(0, +), Double(heads.count))
        return .number(
            "b", "the new weight", #"What is the new weight $\weight{1}$?"#, count / sets, .decimals(3),
            working: #"\frac{\#(count, .fixed(3))}{\#(heads.count)} = \#(count / sets, .fixed(3))"#,
            byHand: shares.reduce(0) { $0 + rounded($1, 3) } / sets,
            slips: [
                Slip(1 - count / sets, "That is the new weight of coin 2."),
                Slip(count, "That is the effective count of coin 1. Divide by the number of sets."),
                Slip(
                    Double(shares.count { $0 > 0.5 }) / sets,
                    "The sets were counted whole. In EM each counts with its responsibility."),
                Slip(weights[0], "That is the old weight."),
            ]
        ) {
            let found = try GoldenSection.maximum(of: { count * log($0) + (sets - count) * log(1 - $0) }, in: 0...1)
            return .search(
                .number(found.argument), "a search for the weight with the largest Q", tolerance: .goldenSection)
        }
    }

    private var probabilityOfHeads: Question {
        let (shares, heads) = (shares, heads)
        let (count, sum, answer) = (shares.reduce(0, +), headsOfFirst(shares), probability(shares))
        let (sets, flips) = (Double(heads.count), Double(Self.flips))
        return .number(
            "c", "the new probability of heads", #"What is the new probability of heads $\headprob{1}$?"#, answer,
            .decimals(3),
            working: #"\frac{\#(sum, .fixed(3))}{\#(Self.flips) \cdot \#(count, .fixed(3))} = \#(answer, .fixed(3))"#,
            byHand: probability(shares.map { rounded($0, 3) }),
            slips: [
                Slip(sum / count, "That is heads for each set. A set has ten flips: divide by ten more."),
                Slip(
                    sum / (flips * sets),
                    "The heads were divided by all flips. Divide by the flips of coin 1: ten times its effective count."
                ),
                Slip(probability(shares.map { 1 - $0 }), "That is the new probability of coin 2."),
                Slip(
                    heads.reduce(0) { $0 + Double($1) } / (flips * sets),
                    "That is the share of heads in all sets: the responsibilities are missing."),
                Slip(1 - answer, "That is the probability of tails."),
            ]
        ) {
            let found = try GoldenSection.maximum(
                of: { p in
                    zip(shares, heads).reduce(0) {
                        $0 + $1.0 * (Double($1.1) * log(p) + (flips - Double($1.1)) * log(1 - p))
                    }
                }, in: 0...1)
            return .search(
                .number(found.argument), "a search for the probability with the largest Q", tolerance: .goldenSection)
        }
    }

    /// From how many heads on the coin with more heads is the likelier one: with the weights, and without. Nil if there is no such
    /// number among 1 to 9, or if it is a close race.
    private var boundary: (right: Int, unweighted: Int)? {
        let upper = probabilities[0] > probabilities[1] ? 0 : 1
        let slope =
            log(probabilities[upper] / probabilities[1 - upper])
            - log((1 - probabilities[upper]) / (1 - probabilities[1 - upper]))
        let level = Double(Self.flips) * log((1 - probabilities[upper]) / (1 - probabilities[1 - upper]))
        let crossing = -(level + log(weights[upper] / weights[1 - upper])) / slope
        let right = Int(crossing.rounded(.up))
        guard abs(crossing - crossing.rounded()) > 0.05, (2...8).contains(right) else { return nil }
        return (right, Int((-level / slope).rounded(.up)))
    }

    private func border(_ boundary: (right: Int, unweighted: Int)) -> Question {
        let upper = probabilities[0] > probabilities[1] ? 0 : 1
        let lowest = min(max(1, boundary.right - below), 5)
        let numbers = Array(lowest...(lowest + 4))
        let again = (0...Self.flips).first { count in
            Self.joint(count, weights[upper], probabilities[upper])
                > Self.joint(count, weights[1 - upper], probabilities[1 - upper])
        }
        let options = numbers.map { number -> Choice.Option in
            number == boundary.unweighted && number != boundary.right
                ? Choice.Option(#"\#(number)"#, "That would be so if both coins were picked equally often.")
                : Choice.Option(
                    #"\#(number)"#,
                    "Compare weight times probability of the flips for both coins, on either side of this number.")
        }
        return .choice(
            "d", "the border between the coins",
            #"""
            Under the parameters that EM stands at (not the new ones): from how many heads on is coin \#(upper + 1) the more probable one?
            """#, options, right: numbers.firstIndex(of: boundary.right) ?? 0,
            again: again.flatMap(numbers.firstIndex(of:)) ?? -1,
            reason: #"""
                With \#(boundary.right) heads coin \#(upper + 1) has probability
                \#(upper == 0 ? share(boundary.right) : 1 - share(boundary.right), .fixed(3)); with one head less, it has
                \#(upper == 0 ? share(boundary.right - 1) : 1 - share(boundary.right - 1), .fixed(3)).
                """#)
    }
}
