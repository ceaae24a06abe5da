import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

/// Where EM ends from many starts on the exact probabilities of the counts: what it would find with data without end.
struct EndsOfEM {
    let flips: Int
    /// The pairs of coins at the ends.
    let ends: [CoinStory]
    /// ℓ per set at the ends.
    let logLikelihoods: [Double]

    init(story: CoinStory, flips: Int, seed: UInt64, starts: Int = 16) throws {
        self.flips = flips
        let rows = (0...flips).map { HeadCount(heads: $0, flips: flips) }
        let probabilities = try story.countProbabilities(flips: flips)
        var generator = SeededGenerator(seed: seed).stream(2)
        let fits = try (0..<starts).map { _ in
            // As many of a thousand sets as are expected: EM wants to see at least as many rows as there are coins.
            try EndsOfEM.end(
                of: rows, counts: probabilities.map { 1000 * $0 }, start: EndsOfEM.start(flips, &generator))
        }
        ends = fits.map { CoinStory(weights: $0.weights, heads: $0.components.map(\.probability)) }
        logLikelihoods = fits.map { $0.logLikelihood(of: rows, counts: probabilities) }
    }

    /// Two coins on either side of one half, in either order.
    static func start(_ flips: Int, _ generator: inout SeededGenerator) throws -> Mixture<Binomial> {
        let weight = 0.2 + 0.6 * generator.uniform()
        let (low, high) = (0.05 + 0.4 * generator.uniform(), 0.55 + 0.4 * generator.uniform())
        let heads = generator.bernoulli(0.5) ? [low, high] : [high, low]
        return try CoinStory(weights: [weight, 1 - weight], heads: heads).sets(ofFlips: flips)
    }

    /// EM until no parameter moves by more than `precision` in a step, or for 5000 steps.
    static func end(
        of rows: [HeadCount], counts: [Double], start: Mixture<Binomial>, precision: Double = 1e-8
    ) throws -> Mixture<Binomial> {
        let stop = StoppingRule<Binomial>.any(.atRest(precision), .maximumSteps(5000))
        return try EM(data: rows, counts: counts, start: start, stop: stop).fit().mixture
    }

    /// From where to where a number of the ends goes.
    func range(_ number: (CoinStory) -> Double) -> (low: Double, high: Double) {
        let all = ends.map(number)
        return (all.min() ?? 0, all.max() ?? 0)
    }
}

extension CoinStory {
    /// The same story with the coins in the order of their head probabilities.
    var sorted: CoinStory {
        let order = heads.indices.sorted { heads[$0] < heads[$1] }
        return CoinStory(weights: order.map { weights[$0] }, heads: order.map { heads[$0] })
    }
}

// The equation, the table and the figure.

extension FlipsPerSet {
    func identifiable(ends: EndsOfEM, in report: inout Report) throws {
        let counts = try [1, 2, 3].flatMap { flips in
            try [first, second].map { try $0.countProbabilities(flips: flips) }
        }
        let enumerated = try [1, 2, 3].flatMap { flips in try [first, second].map { try added($0, flips: flips) } }
        let flips = Array(1...6)
        let ranks = flips.map { Double(min($0, 3)) }
        let counted = try flips.map { Double(try first.rank(flips: $0)) }
        let truth = first.sorted.freeParameters
        /// The end that is farthest from the truth.
        let worst = ends.ends.map(\.sorted.freeParameters).max { distance($0, truth) < distance($1, truth) } ?? []
        report.equation(
            "cs181.identifiable",
            formula: #"""
                p(\headcount{n} = h) = \sumclasses \weight{k} \binom{\flips}{h} \thinspace \headprob{k}^{h} \thinspace
                (1 - \headprob{k})^{\flips - h}, \qquad \flips \ge 2 \classcount - 1
                """#,
            numbers: #"""
                \begin{aligned} & \flips = 2: \quad \#(counts[2], .fixed(2)) = \#(counts[3], .fixed(2)) \cr
                & \flips = 3: \quad \#(counts[4], .fixed(3)) \ne \#(counts[5], .fixed(3)) \end{aligned}
                """#,
            value: .matrix(counts + [ranks, truth]),
            again: .search(
                .matrix(enumerated + [counted, worst]),
                """
                adding up every sequence of flips and coins; counting the eigenvalues of the information matrix, by central \
                differences, that are not zero, for 1 to 6 flips; and EM from \(ends.ends.count) starts on the exact \
                probabilities of three flips, up to swapping the coins
                """),
            telling: .entry(4, 0, "P(no heads in three flips), first story"),
            note: #"""
                Here $\headcount{n}$ is the number of heads in set $\obsindex$, and $h$ is any number from 0 to $\flips$. The handout says in words that several flips per example help; the formula is ours,
                after the handout's example.
                """#,
            details: #"""
                The numbers compared are the probabilities of the counts under both stories for 1, 2 and 3 flips; then the number of directions that the
                data see, \#(flips.map { "\(min($0, 3))" }.joined(separator: ", ")) for 1 to 6 flips; and last the weight
                and coins that EM finds from three flips.
                """#)
    }

    private func distance(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).map { abs($0 - $1) }.max() ?? .infinity }

    /// The probabilities of the counts, by adding up all sequences: the first entry of an assignment is the coin.
    private func added(_ story: CoinStory, flips: Int) throws -> [Double] {
        var sums = Array(repeating: 0.0, count: flips + 1)
        for assignment in try Assignments(items: flips + 1, classes: 2) {
            let coin = assignment[0]
            let probability = assignment.dropFirst().reduce(story.weights[coin]) {
                $0 * ($1 == 1 ? story.heads[coin] : 1 - story.heads[coin])
            }
            sums[assignment.dropFirst().count { $0 == 1 }] += probability
        }
        return sums
    }

    func endTable(_ all: [EndsOfEM], in report: inout Report) throws {
        report.prose(
            #"""
            **What EM does about it.** Give it data without end: instead of the counts of a sample, their exact probabilities under
            the first story. Start it from \#(all[0].ends.count) random places, with one coin below 1/2 and the other above, and see where it comes to rest.
            """#)
        report.table(
            ["flips per set", "lower coin", "higher coin", "weight of the lower", "log-likelihoods differ by"],
            rows: all.map { ends in
                let numbers: [(CoinStory) -> Double] = [
                    { $0.sorted.heads[0] }, { $0.sorted.heads[1] }, { $0.sorted.weights[0] },
                ]
                let spread = (ends.logLikelihoods.max() ?? 0) - (ends.logLikelihoods.min() ?? 0)
                return ["\(ends.flips)"] + numbers.map { rangeText(ends.range($0)) } + ["\(spread, .bound)"]
            },
            caption: #"""
                The ends of \#(all[0].ends.count) runs of EM. With one and two flips the ends are all over the place, and yet
                they have one log-likelihood; with three there is one answer.
                """#)
    }

    private func rangeText(_ range: (low: Double, high: Double)) -> Prose {
        range.high - range.low < 1e-4
            ? "\(range.low, .fixed(3))" : "\(range.low, .fixed(3)) to \(range.high, .fixed(3))"
    }

    // MARK: Figure

    /// Above: the ends on exact counts, on the set of all pairs of coins that explain them. Below: fits to samples.
    func endFigure(_ report: Report, exact: [EndsOfEM]) throws -> Figure {
        let many = try EndsOfEM(story: first, flips: 10, seed: report.seed)
        let above = try (exact + [many]).map { ends in
            try panel(
                report, Label("\(ends.flips) \(ends.flips == 1 ? "flip" : "flips"), exact"), flips: ends.flips,
                ends: ends.ends)
        }
        var generator = SeededGenerator(seed: report.seed).stream(3)
        let samples = try [1, 2, 3, 10].map { flips in
            try (0..<30).map { _ in try fitToSample(flips: flips, &generator) }
        }
        let below = try zip([1, 2, 3, 10], samples).map { flips, fits in
            try panel(report, Label("\(flips) \(flips == 1 ? "flip" : "flips"), 300 sets"), flips: flips, ends: fits)
        }
        let errors = samples[3].map { distance($0.sorted.heads, first.sorted.heads) }
        return Figure(
            id: "ends-of-em", title: "Where EM ends: in two squares, on two curves, at two points",
            subtitle:
                "Grey, in both rows: all pairs of coins that explain the exact counts. Above: EM on these; below: on 30 samples",
            alt: report.words(
                #"""
                Eight panels in the plane of the two head probabilities. With exact counts the ends of EM fill two rectangles for one
                flip per set, lie on the two branches of a hyperbola for two, and are just the two points (0.3, 0.7) and
                (0.7, 0.3) for three and for ten. Fitted to 30 samples of 300 sets, they scatter widely for three flips, and for ten
                no coin is off by more than \#(errors.max() ?? 0, .fixed(2)).
                """#),
            panels: above + below, columns: 4, sharedX: true, sharedY: true, size: Size(width: 880, height: 560))
    }

    private func fitToSample(flips: Int, _ generator: inout SeededGenerator) throws -> CoinStory {
        let sample = try first.sets(ofFlips: flips).sample(count: 300, using: &generator).map(\.observation.heads)
        let counts = (0...flips).map { heads in sample.count { $0 == heads } }
        let seen = counts.indices.filter { counts[$0] > 0 }
        let end = try EndsOfEM.end(
            of: seen.map { HeadCount(heads: $0, flips: flips) }, counts: seen.map { Double(counts[$0]) },
            start: EndsOfEM.start(flips, &generator), precision: 1e-6)
        return CoinStory(weights: end.weights, heads: end.components.map(\.probability))
    }

    private func panel(_ report: Report, _ title: Label, flips: Int, ends: [CoinStory]) throws -> Panel {
        let ticks = Axis.Ticks.at([0, 0.5, 1])
        return Panel(
            title: title, x: Axis(try report.label(#"$\headprob{1}$"#), range: 0...1, ticks: ticks),
            y: Axis(try report.label(#"$\headprob{2}$"#), range: 0...1, ticks: ticks),
            layers: explanations(flips: flips) + [
                .scatter(
                    ends.map { Point($0.heads[0], $0.heads[1]) },
                    style: MarkerStyle(.blue.opacity(0.75), .circle, size: 5))
            ], legend: .none, aspect: .equal)
    }

    /// All pairs of coins with which some weight gives the counts of the first story their probabilities.
    private func explanations(flips: Int) -> [Layer] {
        let mean = first.moment(1)
        let variance = first.moment(2) - mean * mean
        switch flips {
        case 1:  // one coin above the mean, one below
            return [
                .band(x: [0, mean], low: [mean, mean], high: [1, 1], color: .dataGrey),
                .band(x: [mean, 1], low: [0, 0], high: [mean, mean], color: .dataGrey),
            ]
        case 2:  // (μ1 - mean)(mean - μ2) = variance
            return [0...(mean - 0.01), (mean + 0.01)...1].map { range in
                .function(over: range, style: LineStyle(.dataGrey, width: 6)) { x in
                    let y = mean - variance / (x - mean)
                    return (0...1).contains(y) ? y : .nan
                }
            }
        default:
            return [
                .scatter(
                    [Point(first.heads[0], first.heads[1]), Point(first.heads[1], first.heads[0])],
                    style: MarkerStyle(.dataGrey, .circle, size: 15))
            ]
        }
    }
}
