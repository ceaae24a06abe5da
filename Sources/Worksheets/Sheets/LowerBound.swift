import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

extension Worksheet {
    /// The lower bound at a point.
    static let lowerBound = Worksheet(
        name: "lower-bound", lesson: 8, title: "The lower bound at a point", model: .coins
    ) { draw in
        let weight = Double(draw.one(of: Array(21...45) + Array(55...79))) / 100
        let probabilities = draw.probabilities(2, hundredths: 20...80)
        let flips = draw.integer(4...8)
        return LowerBound(
            weights: [weight, 1 - weight], probabilities: probabilities, flips: flips,
            heads: draw.integer(1...(flips - 1)),
            share: Double(draw.integer(2...18) * 5) / 100
        ).draft
    }
}

/// One set of flips of two coins, and a distribution q over the coins that need not be the posterior.
private struct LowerBound {
    let weights: [Double]
    let probabilities: [Double]
    let flips: Int
    let heads: Int
    /// q of coin 1.
    let share: Double

    private var logJoint: [Double] {
        zip(weights, probabilities).map { weight, p in
            log(weight) + Double(heads) * log(p) + Double(flips - heads) * log(1 - p)
        }
    }

    private var logLikelihood: Double { log(exp(logJoint[0]) + exp(logJoint[1])) }
    private var posterior: Double { exp(logJoint[0] - logLikelihood) }

    private static func entropy(_ q: Double) -> Double { -q * log(q) - (1 - q) * log(1 - q) }

    private static func bound(_ q: Double, _ logJoint: [Double]) -> Double {
        q * logJoint[0] + (1 - q) * logJoint[1] + entropy(q)
    }

    private static func divergence(_ q: Double, from p: Double) -> Double {
        q * log(q / p) + (1 - q) * log((1 - q) / (1 - p))
    }

    var draft: Worksheet.Draft? {
        let candidates = Self.candidates
        guard (0.06...0.94).contains(posterior),
            let best = Choice.largest(candidates.map { -Self.divergence($0, from: posterior) }, margin: 0.03)
        else { return nil }
        return Worksheet.Draft(
            story: story, questions: [height, bound, gap, touching, highest(candidates, best), curve])
    }

    private static let candidates = [0.1, 0.3, 0.5, 0.7, 0.9]

    private var story: [Passage] {
        [
            .prose(
                #"""
                Somebody picked one of two coins and flipped it \#(flips) times: \#(heads) of the flips were heads. Coin 1 is picked with probability
                $\weight{1} = \#(weights[0], .fixed(2))$ and shows heads with probability $\headprob{1} = \#(probabilities[0], .fixed(2))$;
                coin 2 is picked with probability $\weight{2} = \#(weights[1], .fixed(2))$ and shows heads with probability
                $\headprob{2} = \#(probabilities[1], .fixed(2))$. Let $p_{1}$ be the probability of coin 1 *and* these flips, in the order in
                which they came, and $p_{2}$ that of coin 2 and these flips. For any probabilities $q_{1}$ and $q_{2}$ of the coins that sum to 1
                there is a lower bound on the log-likelihood (all logarithms are natural ones):
                """#),
            .formula(
                #"""
                F(q) = q_{1} \nlog \frac{p_{1}}{q_{1}} + q_{2} \nlog \frac{p_{2}}{q_{2}}
                """#),
        ]
    }

    private var height: Question {
        let (a, answer) = (logJoint, logLikelihood)
        let (weights, probabilities) = (weights, probabilities)
        let coefficient = Binomial.logCoefficient(of: HeadCount(heads: heads, flips: flips))
        let plain = log(exp(a[0]) / weights[0] + exp(a[1]) / weights[1])
        let (flips, heads) = (flips, heads)
        return .number(
            "a", "the log-likelihood", #"What is the log-likelihood $\nlog (p_{1} + p_{2})$?"#, answer, .decimals(2),
            working:
                #"\nlog (\#(exp(a[0]), .significant(4)) + \#(exp(a[1]), .significant(4))) = \#(answer, .fixed(2))"#,
            byHand: log(exp(rounded(a[0], 3)) + exp(rounded(a[1], 3))),
            slips: [
                Slip(answer / log(10), "The logarithm is to base 10; asked is the natural one."),
                Slip(
                    answer + coefficient,
                    "The binomial coefficient is in it. The flips came in one order, which is known."),
                Slip(plain, "The weights are missing."),
                Slip(
                    weights[0] * (a[0] - log(weights[0])) + weights[1] * (a[1] - log(weights[1])),
                    "The logarithms were averaged. The logarithm comes after the sum."),
                Slip(a[0] + a[1], "The logarithms were added. The logarithm comes after the sum."),
            ]
        ) {
            // Flip by flip: each tells by its probability given those before it.
            var (shares, sum) = (weights, 0.0)
            for flip in 0..<flips {
                let each = zip(shares, probabilities).map { $0 * (flip < heads ? $1 : 1 - $1) }
                let total = each[0] + each[1]
                sum += log(total)
                shares = each.map { $0 / total }
            }
            return .exact(.number(sum), "one flip after the other")
        }
    }

    private var bound: Question {
        let (a, q, answer) = (logJoint, share, Self.bound(share, logJoint))
        let (height, posterior) = (logLikelihood, posterior)
        let expected = q * a[0] + (1 - q) * a[1]
        return .number(
            "b", "the bound",
            #"How high is the bound $F(q)$ for $q_{1} = \#(q, .fixed(2))$ and $q_{2} = \#(1 - q, .fixed(2))$?"#, answer,
            .decimals(2),
            working: #"""
                \#(q, .fixed(2)) \cdot (\#(a[0], .fixed(3))) + \#(1 - q, .fixed(2)) \cdot (\#(a[1], .fixed(3))) +
                \#(Self.entropy(q), .fixed(3)) = \#(answer, .fixed(2))
                """#,
            byHand: q * rounded(a[0], 3) + (1 - q) * rounded(a[1], 3) + rounded(Self.entropy(q), 3),
            slips: [
                Slip(expected, "The entropy of q is missing: each logarithm is of p over q."),
                Slip(expected - Self.entropy(q), "The entropy of q has the wrong sign: it is added."),
                Slip(
                    (1 - q) * a[0] + q * a[1] + Self.entropy(q), "The two coins were exchanged."),
                Slip(answer / log(10), "The logarithms are to base 10; asked are natural ones."),
                Slip(height, "That is the log-likelihood. The bound lies below it unless q is the posterior."),
            ]
        ) { .exact(.number(height - Self.divergence(q, from: posterior)), "the log-likelihood less the divergence") }
    }

    private var gap: Question {
        let (q, posterior) = (share, posterior)
        let answer = logLikelihood - Self.bound(q, logJoint)
        let a = logJoint.map { rounded($0, 3) }
        return .number(
            "c", "the gap", "How far is the bound below the log-likelihood?", answer, .decimals(2),
            working:
                #"\#(logLikelihood, .fixed(3)) - (\#(Self.bound(q, logJoint), .fixed(3))) = \#(answer, .fixed(2))"#,
            byHand: rounded(log(exp(a[0]) + exp(a[1])), 3) - rounded(Self.bound(q, a), 3),
            slips: [
                Slip(-answer, "The log-likelihood is the larger of the two."),
                Slip(
                    Self.divergence(posterior, from: q),
                    "That is the divergence the other way round: of the posterior from q. The gap is that of q from the posterior."
                ),
                Slip(answer / log(10), "The logarithms are to base 10; asked are natural ones."),
                Slip(
                    logLikelihood - Self.bound(q, logJoint) + Self.entropy(q),
                    "The entropy of q is missing in the bound."),
            ]
        ) {
            .exact(.number(Self.divergence(q, from: posterior)), "the divergence of q from the posterior")
        }
    }

    private var touching: Question {
        let (a, answer) = (logJoint, posterior)
        let plain = zip(a, weights).map { exp($0) / $1 }
        return .number(
            "d", "where the bound touches", #"For which $q_{1}$ does the bound touch the log-likelihood?"#, answer,
            .decimals(3),
            working:
                #"\frac{\#(exp(a[0]), .significant(4))}{\#(exp(a[0]) + exp(a[1]), .significant(4))} = \#(answer, .fixed(3))"#,
            slips: [
                Slip(plain[0] / (plain[0] + plain[1]), "The weights are missing."),
                Slip(1 - answer, "That is the probability of coin 2."),
                Slip(weights[0], "That is the probability of coin 1 before the flips; the flips have told something."),
                Slip(0.5, "There the entropy is largest; but the bound has a second part."),
                Slip(a[0] / (a[0] + a[1]), "The logarithms were divided. Divided are the probabilities themselves."),
            ]
        ) {
            let found = try GoldenSection.maximum(of: { Self.bound($0, a) }, in: 0...1)
            return .search(.number(found.argument), "a search for the highest bound", tolerance: .goldenSection)
        }
    }

    private func highest(_ candidates: [Double], _ best: Int) -> Question {
        let heights = candidates.map { Self.bound($0, logJoint) }
        return .choice(
            "e", "the highest bound", #"For which of these $q_{1}$ is the bound highest?"#,
            candidates.map { q in
                Choice.Option(
                    #"\#(q, .fixed(1))"#,
                    q == 0.5
                        ? "There the entropy is largest; but the bound has a second part."
                        : "The bound is the higher, the smaller the divergence of q from the posterior.")
            }, right: best, again: heights.indices.max { heights[$0] < heights[$1] } ?? -1,
            reason:
                #"The heights are \#(heights, .fixed(2)); the posterior probability of coin 1 is \#(posterior, .fixed(3))."#
        )
    }

    private var curve: Question {
        let (a, height, touch, q) = (logJoint, logLikelihood, posterior, share)
        let low = Swift.min(a[0], a[1])
        let range = (low - 0.3).rounded(.down)...(height + 0.5).rounded(.up)
        func figure(_ id: String, _ layers: [Layer], _ alt: String) -> Figure {
            Figure(
                id: id, title: "The bound for every q", alt: alt,
                panels: [
                    Panel(
                        x: Axis("q of coin 1", range: 0...1, ticks: .at([0, 0.2, 0.4, 0.6, 0.8, 1])),
                        y: Axis("height", range: range), layers: layers, legend: .none)
                ], size: Size(width: 460, height: 260))
        }
        let curve = Layer.function(over: 0...1, count: 161, style: LineStyle(.blue, width: 2)) { q in
            q <= 0 ? a[1] : q >= 1 ? a[0] : Self.bound(q, a)
        }
        return .drawing(
            "f", "the bound as a curve",
            #"Draw the log-likelihood as a line, and the bound as a curve over $q_{1}$, with your results of (b) and (d)."#,
            paper: figure("paper", [.rule(x: 0), .rule(x: 1)], "Empty axes: q from 0 to 1, and heights."),
            answer: figure(
                "answer",
                [
                    .rule(y: height), curve,
                    .scatter(
                        [Point(touch, height), Point(q, Self.bound(q, a))], style: MarkerStyle(.vermillion, size: 8)),
                ],
                (#"The bound touches the line at \#(height, .fixed(2)) where q is \#(touch, .fixed(3))."# as Prose)
                    .source),
            lookFor: #"""
                The curve is arched, ends at \#(a[1], .fixed(2)) on the left and at \#(a[0], .fixed(2)) on the right, and touches the line at
                \#(height, .fixed(2)) from below where $q_{1} = \#(touch, .fixed(3))$. At \#(q, .fixed(2)) it is \#(Self.bound(q, a), .fixed(2)) high.
                """#)
    }
}
