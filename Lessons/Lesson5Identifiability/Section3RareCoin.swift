import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 3: the handout's closing example, a fair coin with a rare one against two coins, which is true in a limit only.
struct RareCoin {
    /// The rival: two coins, chosen equally often, which show heads half of the time together.
    private let rival = CoinStory(weights: [0.5, 0.5], heads: [0.4, 0.6])
    /// The weights of the rare coin for which verdicts are simulated.
    private let simulated = [0.5, 0.2, 0.1]
    /// 1.645 standard deviations of a normal distribution leave 5 in 100 on one side.
    private let z = 1.645

    private func story(_ weight: Double) -> CoinStory { CoinStory(weights: [1 - weight, weight], heads: [0.5, 0.1]) }

    func explain(in report: inout Report) throws {
        report.section("Almost never is not never")
        report.prose(
            #"""
            At its end the handout gives a second example. One coin with $\headprob{1} = 0.5$ is chosen with high probability, and another with
            $\headprob{2} = 0.1$ “almost never”. It is impossible, we read, to tell this from two equally likely coins with 0.4 and
            0.6. Apply what the first section taught: what comes through the curtain is the probability of heads, and nothing else. For the two coins it is
            $0.5 \times 0.4 + 0.5 \times 0.6 = \#(rival.moment(1), .significant(3))$. For the other story it depends on how often
            “almost never” is:
            """#)
        report.formula(
            #"p(\ishead{n}) = (1 - \weight{2}) \times 0.5 + \weight{2} \times 0.1 = 0.5 - 0.4 \thinspace \weight{2}"#)
        report.prose(
            #"""
            These are two different numbers, unless $\weight{2} = 0$. So with patience the stories *can* be told apart: listen
            long enough, and take the one under which the heads that you heard are more probable. How long is long enough?
            Let us ask for a verdict that is right about 95 times in 100, whichever story is true, and suppose that $\weight{2}$ is known. Call the
            probability of heads $a$ under the rare coin's story, and $b = 0.5$ under the other. The share of heads in $\obscount$ flips spreads
            around $a$ with the standard error $\sqrt{a (1 - a) / \obscount}$, or around $b$ with $\sqrt{b (1 - b) / \obscount}$, and a normal number
            is more than 1.645 standard errors too high 5 times in 100, and as often too low. So the dividing line should lie 1.645 of the first
            standard errors above $a$, and 1.645 of the second below $b$. These two distances together are $b - a$, and that gives $\obscount$:
            """#)
        try patience(in: &report)
        report.figure(
            try figure(report),
            caption: #"""
                Left: the probability of heads under both stories. Right: how often the more probable story is the true one. Ninety-five verdicts in
                100 are right after \#(flipsNeeded(0.5)), \#(flipsNeeded(0.2)) and \#(flipsNeeded(0.1)) flips, if the rare coin has weight 0.5, 0.2 and 0.1.
                """#)
        report.erratum(
            "errata.cs181.closing",
            printed: #"""
                “it is impossible to tell the difference” between one coin chosen with high probability with 0.5 (and another picked
                almost never with 0.1) and two equally likely coins with 0.4 and 0.6
                """#,
            corrected: #"""
                impossible only in the limit where the rare coin is never picked; in general p(heads) is
                $0.5 - 0.4 \thinspace \weight{2}$ against 0.5
                """#,
            shown: #"""
                if the rare coin is picked once in ten times, p(heads) is \#(story(0.1).moment(1), .significant(3)), and
                \#(flipsNeeded(0.1)) flips tell the two apart with 95 right verdicts in 100; if once in a hundred times,
                \#(flipsNeeded(0.01)) flips do
                """#)
        let twin = story(0.1).moment(1)
        report.prose(
            #"""
            The handout's point stands all the same: there *is* a pair of equally likely coins that cannot be told from the rare coin's
            story, only it is not 0.4 and 0.6. With $\weight{2} = 0.1$ it would be, for instance,
            \#(twin - 0.1, .significant(3)) and \#(twin + 0.1, .significant(3)), which together show heads with probability
            \#(twin, .significant(3)), too.
            """#)
        report.exercise(
            #"""
            The rare coin is picked half as often. How many times as many flips do you need?
            """#,
            answer: #"""
                About four times as many: the difference of the two probabilities is halved, and the flips grow with one over its
                square. From $\weight{2} = 0.1$ to 0.05 they grow from \#(flipsNeeded(0.1)) to \#(flipsNeeded(0.05)), which is
                \#(Double(flipsNeeded(0.05)) / Double(flipsNeeded(0.1)), .fixed(2)) times as many.
                """#)
    }

    // MARK: Flips needed

    /// The flips after which the more probable story is the true one 95 times in 100, by the normal approximation.
    func flipsNeeded(_ weight: Double) -> Int {
        let (p, q) = (story(weight).moment(1), rival.moment(1))
        let spread = (p * (1 - p)).squareRoot() + (q * (1 - q)).squareRoot()
        let root = z * spread / (q - p)
        return Int((root * root).rounded(.up))
    }

    /// The number of heads below which the story of the rare coin is the more probable one.
    private func threshold(_ weight: Double, flips: Int) -> Double {
        let (p, q) = (story(weight).moment(1), rival.moment(1))
        return Double(flips) * log((1 - p) / (1 - q)) / log(q * (1 - p) / (p * (1 - q)))
    }

    /// The probability of a right verdict, averaged over the two stories.
    private func rightVerdicts(_ weight: Double, flips: Int) throws -> Double {
        try rightUnderEach(weight, flips: flips).reduce(0, +) / 2
    }

    /// The probability of a right verdict if the rare coin's story is true, and if its rival is: exact, by the binomial
    /// distribution.
    private func rightUnderEach(_ weight: Double, flips: Int) throws -> [Double] {
        let limit = Int(threshold(weight, flips: flips).rounded(.up))
        let coins = try [story(weight), rival].map { try Binomial(trials: flips, probability: $0.moment(1)) }
        let below = coins.map { coin in
            (0..<max(0, limit)).reduce(0) { $0 + exp(coin.logDensity(at: HeadCount(heads: $1, flips: flips))) }
        }
        return [below[0], 1 - below[1]]
    }

    private func patience(in report: inout Report) throws {
        let rows = try simulated.map { [story($0).moment(1), try rightVerdicts($0, flips: flipsNeeded($0))] }
        let estimates = try simulated.enumerated().map { index, weight in
            try simulate(weight, flips: flipsNeeded(weight), seed: report.seed &+ UInt64(index))
        }
        let shortest = try rightUnderEach(simulated[0], flips: flipsNeeded(simulated[0]))
        report.equation(
            "cs181.closing",
            formula: #"""
                \obscount \approx \left( \frac{1.645 \left( \sqrt{a (1 - a)} + \sqrt{b (1 - b)} \right)}{b - a} \right)^{2},
                \qquad a = 0.5 - 0.4 \thinspace \weight{2}, \quad b = 0.5
                """#,
            numbers: #"""
                \weight{2} = 0.1: \quad a = \#(rows[2][0], .significant(3)), \quad
                \obscount \approx \left( \frac{1.645 \times (\#((rows[2][0] * (1 - rows[2][0])).squareRoot(), .fixed(4)) + 0.5)}
                {\#(0.5 - rows[2][0], .significant(3))} \right)^{2} \approx \#(flipsNeeded(0.1))
                """#,
            value: .matrix(rows),
            again: .simulation(
                estimates,
                """
                playing both stories 3000 times, with rare coins of weight 0.5, 0.2 and 0.1: the share of heads under the \
                rare coin's story, and how often the verdict was right
                """),
            telling: .entry(0, 1, "P(right verdict) after \(flipsNeeded(simulated[0])) flips"),
            note: #"""
                The formula is ours, after the handout's example; 1.645 is the 95 % point of the normal distribution.
                """#,
            details: #"""
                Each pair of numbers is p(heads) under the rare coin's story, and the probability of a right
                verdict, averaged over both stories, after \#(flipsNeeded(0.5)), \#(flipsNeeded(0.2)) and
                \#(flipsNeeded(0.1)) flips, exact by the binomial distribution. The formula is a normal approximation, and a number of
                heads is a whole number, so the verdicts are right in about, not exactly, 95 cases of 100: after
                \#(flipsNeeded(simulated[0])) flips in \#(shortest[0], .percent(1)) of the cases if the rare coin's story is true, and in
                \#(shortest[1], .percent(1)) if the other is.
                """#)
        report.table(
            ["weight of the rare coin", "p(heads)", "flips for 95 right verdicts in 100"],
            rows: [0.5, 0.2, 0.1, 0.05, 0.01, 0.001].map { weight in
                ["\(weight, .significant(3))", "\(story(weight).moment(1), .fixed(4))", "\(flipsNeeded(weight))"]
            }, caption: "“Almost never” costs patience: ten times as rare, a hundred times as many flips.")
    }

    /// Plays both stories with all their hidden coins: the share of heads under the first, and the right verdicts.
    private func simulate(_ weight: Double, flips: Int, seed: UInt64) throws -> [SimulationEstimate] {
        let limit = threshold(weight, flips: flips)
        let stories = [story(weight), rival]
        return try Simulation.means(count: 3000, seed: seed &+ 31) { random in
            let heads = stories.map { story in
                let second = random.successes(in: flips, probability: story.weights[1])
                return random.successes(in: flips - second, probability: story.heads[0])
                    + random.successes(in: second, probability: story.heads[1])
            }
            let right = (Double(heads[0]) < limit ? 0.5 : 0) + (Double(heads[1]) < limit ? 0 : 0.5)
            return [Double(heads[0]) / Double(flips), right]
        }
    }

    // MARK: Figure

    private func figure(_ report: Report) throws -> Figure {
        let line = Panel(
            title: "p(heads) under both stories",
            x: Axis(try report.label(#"weight $\weight{2}$ of the rare coin"#), range: 0...0.5),
            y: Axis(nil, range: 0.28...0.52),
            layers: [
                .function(over: 0...0.5, style: LineStyle(.blue)) { story($0).moment(1) },
                .rule(y: 0.5, label: "coins 0.4 and 0.6"),
                .scatter(simulated.map { Point($0, story($0).moment(1)) }, style: MarkerStyle(.blue, .circle, size: 8)),
                .annotation("0.5, and rarely 0.1", at: Point(0.3, 0.37), anchor: .topRight, color: .blue),
            ], legend: .none)
        // Fewer than 30 flips would show the steps of the numbers of heads.
        let counts = [30] + (18...45).map { Int(pow(10, Double($0) / 12).rounded()) }
        let curves = try simulated.enumerated().map { index, weight in
            Layer.line(
                try counts.map { Point(Double($0), try rightVerdicts(weight, flips: $0)) }, style: .series(index))
        }
        // Each weight is named under its own curve, where no other is near.
        let named = [31, 105, 31]
        let marks = try simulated.enumerated().flatMap { index, weight -> [Layer] in
            let needed = Point(Double(flipsNeeded(weight)), try rightVerdicts(weight, flips: flipsNeeded(weight)))
            return [
                .scatter([needed], style: MarkerStyle(Palette.series(index), .circle, size: 8)),
                .annotation(
                    Label("\(flipsNeeded(weight))"), at: Point(needed.x * 1.05, needed.y - 0.01),
                    anchor: .topLeft, color: Palette.series(index)),
                .annotation(
                    try report.label(#"$\weight{2} = \#(weight, .significant(2))$"#),
                    at: Point(Double(named[index]), try rightVerdicts(weight, flips: named[index]) - 0.01),
                    anchor: .topLeft,
                    color: Palette.series(index)),
            ]
        }
        let power = Panel(
            title: "Right verdicts",
            x: Axis("flips", range: 30...10_000, ticks: .at([30, 100, 300, 1000, 3000, 10_000]), scale: .logarithmic),
            y: Axis(nil, range: 0.5...1.02, ticks: .at([0.5, 0.6, 0.7, 0.8, 0.9, 1]), format: .percent),
            layers: [.rule(y: 0.95, label: "95 %")] + curves + marks, legend: .none)
        return Figure(
            id: "rare-coin", title: "A rare coin shows, if one listens long enough",
            subtitle: "Left: what comes through the curtain. Right: how often the more probable story is the true one",
            alt: report.words(
                #"""
                Left: the probability of heads falls in a straight line from 0.5, where the rare coin is never chosen, to
                \#(story(0.5).moment(1), .significant(2)), where its weight is one half; for the coins 0.4 and 0.6 it is 0.5. Right: the
                share of right verdicts rises with the number of flips and reaches 95 percent after \#(flipsNeeded(0.5)),
                \#(flipsNeeded(0.2)) and \#(flipsNeeded(0.1)) flips for weights 0.5, 0.2 and 0.1.
                """#),
            panels: [line, power], columns: 2, size: Size(width: 860, height: 400))
    }
}
