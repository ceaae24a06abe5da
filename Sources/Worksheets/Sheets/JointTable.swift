import Figures
import Foundation
import Notebook
import Verification

extension Worksheet {
    /// The joint table of a hidden coin and a visible flip, and the posterior that it holds.
    static let jointTable = Worksheet(
        name: "joint-table", lesson: 1, title: "The joint table, and what a flip tells about the coin", model: .coins
    ) { draw in
        let weights = draw.weights(3)
        let heads = draw.probabilities(3, hundredths: 10...90)
        return JointTable(weights: weights, heads: heads, asked: draw.integer(0...2)).draft
    }
}

/// Three coins, one of which is drawn and flipped.
private struct JointTable {
    let weights: [Double]
    let heads: [Double]
    /// The coin that is asked about, counted from 0.
    let asked: Int

    var joint: [Double] { zip(weights, heads).map { $0 * $1 } }
    var probabilityOfHeads: Double { joint.reduce(0, +) }
    var posterior: [Double] { joint.map { $0 / probabilityOfHeads } }
    var posteriorOfTails: [Double] { zip(weights, heads).map { $0 * (1 - $1) / (1 - probabilityOfHeads) } }

    /// The same by counting: of 10,000 draws and flips, how many show this face of that coin. All are whole numbers.
    private static func counts(_ weights: [Double], _ faces: [Double]) -> [Int] {
        zip(weights, faces).map { Int((100 * $0).rounded()) * Int((100 * $1).rounded()) }
    }

    var draft: Worksheet.Draft? {
        guard let best = Choice.largest(posteriorOfTails, margin: 0.05) else { return nil }
        return Worksheet.Draft(story: story, questions: [jointly, marginally, backwards, tails(best), bars])
    }

    private var story: [Passage] {
        [
            .prose(
                """
                A bag holds coins of three kinds. Somebody draws one, flips it once, and tells you the face, and not the coin.
                """),
            .table(
                [
                    "coin", #"is drawn with probability $\weight{k}$"#,
                    #"shows heads, once drawn, with probability $\headprob{k}$"#,
                ],
                (0..<3).map { k in
                    [#"\#(k + 1)"#, #"\#(weights[k], .fixed(2))"#, #"\#(heads[k], .fixed(2))"#]
                }),
        ]
    }

    private var jointly: Question {
        let (k, weight, head) = (asked + 1, weights[asked], heads[asked])
        let again = Double(Self.counts(weights, heads)[asked]) / 10_000
        return .number(
            "a", "coin and heads together",
            #"How probable is it that coin \#(k) is drawn *and* shows heads?"#, joint[asked], .decimals(4),
            working: #"\#(weight, .fixed(2)) \cdot \#(head, .fixed(2)) = \#(joint[asked], .fixed(4))"#,
            slips: [
                Slip(
                    head,
                    #"That is how often coin \#(k) shows heads once it is drawn. It also has to be drawn: multiply by its weight."#
                ),
                Slip(weight * (1 - head), #"That is coin \#(k) with tails."#),
                Slip(
                    posterior[asked],
                    #"That is the probability of coin \#(k) *given* heads. Here nobody has said that it is heads."#),
            ]
        ) { .exact(.number(again), "counting among 10,000 draws") }
    }

    private var marginally: Question {
        let tails = Self.counts(weights, heads.map { 1 - $0 }).reduce(0, +)
        return .number(
            "b", "heads of any coin", "How probable is heads, whichever coin is drawn?", probabilityOfHeads,
            .decimals(4),
            working: TeX(
                zip(weights, heads).map { (#"\#($0, .fixed(2)) \cdot \#($1, .fixed(2))"# as TeX).source }
                    .joined(separator: " + ") + (#" = \#(probabilityOfHeads, .fixed(4))"# as TeX).source),
            slips: [
                Slip(
                    heads.reduce(0, +) / 3,
                    "The coins are not drawn equally often: each probability of heads counts with its coin's weight."),
                Slip(1 - probabilityOfHeads, "That is the probability of tails."),
                Slip(
                    heads.reduce(0, +),
                    "The weights are missing: each probability of heads counts with its coin's weight."),
            ]
        ) { .exact(.number(Double(10_000 - tails) / 10_000), "counting the tails among 10,000 draws") }
    }

    private var backwards: Question {
        let k = asked + 1
        let (weights, heads, asked) = (weights, heads, asked)
        return .number(
            "c", "the coin, given heads", #"It is heads. How probable is coin \#(k) now?"#, posterior[asked],
            .decimals(3),
            working: #"""
                \frac{\#(joint[asked], .fixed(4))}{\#(probabilityOfHeads, .fixed(4))} = \#(posterior[asked], .fixed(3))
                """#,
            slips: [
                Slip(
                    heads[asked] / heads.reduce(0, +),
                    "The weights are missing: compare weight times probability of heads, and not the probabilities of heads alone."
                ),
                Slip(joint[asked], "That is coin and heads together. Divide by the probability of heads."),
                Slip(
                    heads[asked],
                    #"That is heads given coin \#(k). Asked is coin \#(k) given heads: Bayes' rule turns the one into the other."#
                ),
                Slip(weights[asked], "That was known before the flip; the flip has told something."),
                Slip(posteriorOfTails[asked], "That is the probability given tails."),
            ]
        ) {
            let posterior = try Assignments(items: 1, classes: 3).expectation(
                of: { $0[0] == asked ? 1 : 0 }, logJoint: { log(weights[$0[0]] * heads[$0[0]]) })
            return .exact(.number(posterior), "an average over the three coins")
        }
    }

    private func tails(_ best: Int) -> Question {
        let counts = Self.counts(weights, heads.map { 1 - $0 })
        let mostDrawn = weights.indices.max { weights[$0] < weights[$1] }
        let fewestHeads = heads.indices.min { heads[$0] < heads[$1] }
        let options = (0..<3).map { k -> Choice.Option in
            var feedback: Prose = "Compare weight times probability of tails, coin by coin."
            if k == mostDrawn { feedback = "This coin is drawn most often; but the flip has told something since." }
            if k == fewestHeads {
                feedback = "This coin shows tails most often once it is drawn; but it is not drawn often enough."
            }
            return Choice.Option(#"coin \#(k + 1)"#, feedback)
        }
        let list = posteriorOfTails
        return .choice(
            "d", "the likeliest coin, given tails", "And if it had been tails: which coin would be the most probable?",
            options,
            right: best, again: counts.indices.max { counts[$0] < counts[$1] } ?? 0,
            reason: #"Given tails, the three coins have probabilities \#(list, .fixed(3))."#)
    }

    private var bars: Question {
        let groups = [
            BarGroup("before the flip", heights: weights, color: .dataGrey),
            BarGroup("after heads", heights: posterior, color: .blue),
        ]
        func figure(_ id: String, _ layers: [Layer], _ alt: String) -> Figure {
            Figure(
                id: id, title: "The coins before and after heads", alt: alt,
                panels: [
                    Panel(
                        x: Axis(
                            "coin", range: 0.4...3.6, ticks: .labelled([(1, "1"), (2, "2"), (3, "3")])),
                        y: Axis("probability", range: 0...1, ticks: .at([0, 0.2, 0.4, 0.6, 0.8, 1])), layers: layers)
                ], size: Size(width: 460, height: 250))
        }
        let answer = Layer.groupedBars(x: [1, 2, 3], groups: groups, width: 0.6)
        return .drawing(
            "e", "bars before and after",
            "Draw two bars for each coin: how probable it was before the flip, and how probable it is after heads.",
            paper: figure("paper", [.rule(y: 0)], "Empty axes: three coins, and probabilities from 0 to 1."),
            answer: figure(
                "answer", answer,
                (#"Bars before the flip: \#(weights, .fixed(2)); after heads: \#(posterior, .fixed(3))."# as Prose)
                    .source),
            lookFor: #"""
                Before: \#(weights, .fixed(2)). After: \#(posterior, .fixed(3)). The bars of each kind sum to 1; those coins have grown
                that show heads more often than the average \#(probabilityOfHeads, .fixed(4)).
                """#)
    }
}
