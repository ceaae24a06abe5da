import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 2: the ridge of the likelihood of single flips, and the directions in which it is flat.
struct Ridge {
    private let story = CoinStory(weights: [0.5, 0.5], heads: [0.3, 0.7])
    private let flipCount = 200
    private let headCount: Int

    init(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed).stream(1)
        headCount = try story.singleFlips().sample(count: flipCount, using: &generator).count { $0.observation }
    }

    private var share: Double { Double(headCount) / Double(flipCount) }

    func explain(in report: inout Report) throws {
        report.section("A ridge, and the directions in which it is flat")
        report.prose(
            #"""
            What does a likelihood look like that cannot choose? Here are \#(flipCount) flips of the unlike coins, of which
            \#(headCount) showed heads. For every pair of coins, chosen equally often, the left of [fig:ridge] shows the log-likelihood.
            """#)
        report.predict(
            "For which pairs of coins is it largest: for one, for two, or for more?",
            answer: #"""
                For all pairs whose mean is the share of heads, \#(share, .fixed(3)): a whole line of them. The coins that made the flips,
                \#(story.heads, .significant(2)) with the mean \#(story.moment(1), .significant(2)), are
                \#(abs(story.moment(1) - share) < 1e-9 ? "on it, and have no advantage over the others" : "not even on it, only near it: a sample's share of heads is seldom exactly the probability").
                """#)
        report.figure(
            try figure(report),
            caption: #"""
                Left: the log-likelihood over all pairs of coins; its highest values form a crest, on which the mean of the two coins is
                \#(share, .fixed(3)). Right: along the crest nothing changes; across it, with each coin 0.1 higher, the log-likelihood has fallen by
                \#(-height(share + 0.1, share + 0.1), .fixed(1)).
                """#)
        report.prose(
            #"""
            It is not a peak but a ridge. (The picture shows the slice of equal weights; the weight is a third direction.) Its crest is the line on which the *mean* of the two coins is the share of heads,
            \#(share, .fixed(3)). Along the crest the height does not change at all, from two equal coins in the middle
            to coins that are as unlike as they can be at the ends. [Lesson:4], with other data, let EM climb such a
            ridge from thirty places: it takes one step to the crest, and stays wherever it arrives.

            **How flat is flat?** What data say about the parameters is measured by the *information matrix*
            $\mathcal{I}$ of Fisher: minus the expected second derivatives of the log-likelihood, for one observation, here one flip. Where it has
            an eigenvalue 0, there is a direction in which the parameters can move and the likelihood does not notice, at least
            not to first order (here not at all). There are three free parameters, $\weight{1}$, $\headprob{1}$ and $\headprob{2}$, and at the unlike coins this comes out:
            """#)
        try directions(in: &report)
        let p = story.moment(1)
        let perHeads = 1 / (p * (1 - p))
        let slopes = [story.heads[0] - story.heads[1], story.weights[0], story.weights[1]]
        report.prose(
            #"""
            One eigenvalue is positive, two are zero. The data see one thing, the probability of heads; every change of the
            parameters that leaves it alone is invisible. With pencil and paper: a flip shows heads with the probability $p$, and its information
            about $p$ is $1 / (p (1 - p)) = \#(perHeads, .significant(3))$. The slopes of $p$ in the three parameters are
            $g = (\headprob{1} - \headprob{2}, \weight{1}, \weight{2}) = \#(slopes, .significant(2))$, so the matrix is
            $\#(perHeads, .significant(3)) \thinspace g \thinspace g^{\top}$. That has one direction, $g$, with the eigenvalue
            $\#(perHeads, .significant(3)) \times \#(slopes.reduce(0) { $0 + $1 * $1 }, .significant(3)) = \#(perHeads * slopes.reduce(0) { $0 + $1 * $1 }, .significant(4))$,
            and everything at right angles to it is invisible.
            """#)
        report.folded("What the rank proves, and what the size of an eigenvalue does not") {
            $0.prose(
                #"""
                A model with an information matrix of full rank is identifiable at least among its neighbours, and one with
                a constant smaller rank is not: Rothenberg 1971. So counting the eigenvalues that are not zero is more than an
                illustration, and we shall use it as a test. Only that count is free of units: how *large* an eigenvalue is depends on how
                the parameters are measured, and changes if one of them is measured otherwise, by its logarithm, say. Zero stays zero.
                """#)
        }
    }

    private func directions(in report: inout Report) throws {
        let information = try story.information(flips: 1)
        let moves: [(name: Prose, along: [Double])] = [
            ("both coins show heads more often", [0, 1, 1]),
            ("one more often, the other less", [0, 1, -1]),
            ("coin 1 is chosen more often, and both coins make up for it", [1, 0.4, 0.4]),
        ]
        let curvatures = moves.map { quadraticForm(information, $0.along) }
        report.table(
            [
                "the parameters move like this", #"$(\weight{1}, \headprob{1}, \headprob{2})$ along"#,
                "information about it, per flip",
            ],
            rows: zip(moves, curvatures).map { move, curvature in
                [
                    move.name, "\(move.along, .significant(2))",
                    curvature < CoinStory.zeroEigenvalue ? "0" : "\(curvature, .fixed(3))",
                ]
            },
            caption: #"""
                The information about a movement, for a step of length 1, by central differences of the log probabilities. The
                eigenvalues of the whole matrix are \#(try eigenvalueList()): the largest belongs to the direction that the data see best, which moves the
                weight, too, and so exceeds the first row.
                """#)
    }

    private func eigenvalueList() throws -> Prose {
        let values = try story.informationEigenvalues(flips: 1).map { value -> String in
            value < CoinStory.zeroEigenvalue ? "0" : NumberFormat.fixed(3).string(value)
        }
        return Prose(values.joined(separator: ", "))
    }

    /// vᵀ A v for the unit vector in the direction of v.
    private func quadraticForm(_ matrix: [[Double]], _ v: [Double]) -> Double {
        let size = v.reduce(0) { $0 + $1 * $1 }
        var sum = 0.0
        for i in v.indices {
            for j in v.indices { sum += v[i] * matrix[i][j] * v[j] }
        }
        return sum / size
    }

    // MARK: Figure

    /// ℓ less its maximum, for two coins chosen equally often.
    private func height(_ first: Double, _ second: Double) -> Double {
        let p = (first + second) / 2
        let (heads, tails) = (Double(headCount), Double(flipCount - headCount))
        let best = xlogy(heads, share) + xlogy(tails, 1 - share)
        return xlogy(heads, p) + xlogy(tails, 1 - p) - best
    }

    private func figure(_ report: Report) throws -> Figure {
        let grid = Grid(x: 0...1, y: 0...1, columns: 81, rows: 81) { max(-60, height($0, $1)) }
        let ticks = Axis.Ticks.at([0, 0.25, 0.5, 0.75, 1])
        let m = share
        let crest = Layer.function(over: 0...1, style: LineStyle(.white, width: 2.2, dash: .dashed)) { x in
            let y = 2 * m - x
            return (0...1).contains(y) ? y : .nan
        }
        let places = [Point(0.3, 0.7), Point(0.5, 0.5), Point(0.7, 0.3)]
        // The two names keep out of each other's way.
        let (fair, walks): (Anchor, Anchor) = m < 0.5 ? (.bottomLeft, .topRight) : (.topRight, .bottomLeft)
        let plane = Panel(
            title: "Log-likelihood, minus its maximum",
            x: Axis(try report.label(#"$\headprob{1}$"#), range: 0...1, ticks: ticks),
            y: Axis(try report.label(#"$\headprob{2}$"#), range: 0...1, ticks: ticks),
            layers: [
                .heatMap(grid, range: -60...0, title: "log units", isSmooth: true), crest,
                .scatter(places, style: MarkerStyle(.vermillion, .circle, size: 8)),
                .scatter([Point(m, m)], style: MarkerStyle(.ink, .cross, size: 11)),
                .annotation("unlike coins", at: places[0], anchor: .bottomLeft),
                .annotation("fair coins", at: places[1], anchor: fair),
                .annotation("unlike, renamed", at: places[2], anchor: .topRight),
                .annotation("start of the walks", at: Point(m, m), anchor: walks),
            ], legend: .none, aspect: .equal)
        // Walks through the point of the crest that is nearest to the fair coins; s is the distance, in units of a coin.
        func along(_ s: Double) -> Double { height(m + s, m - s) }
        func across(_ s: Double) -> Double { height(m + s, m + s) }
        let profile = Panel(
            title: "The same, on two walks from the cross",
            x: Axis("how far each coin is moved", range: -0.3...0.3, ticks: .at([-0.3, -0.15, 0, 0.15, 0.3])),
            y: Axis("log-likelihood, minus its maximum", range: -60...6),
            layers: [
                .function(over: -0.3...0.3, style: LineStyle(.vermillion, width: 2.4)) { along($0) },
                .function(over: -0.3...0.3, style: LineStyle(.blue, dash: .dashed)) { across($0) },
                .annotation(
                    "along the crest: one up, one down", at: Point(0, 0.6), anchor: .bottom, color: .vermillion),
                .annotation("across it: both up, or both down", at: Point(0, -34), anchor: .top, color: .blue),
            ], legend: .none)
        return Figure(
            id: "ridge", title: "Single flips: the log-likelihood is a ridge, not a peak",
            subtitle: try report.label(
                #"\#(headCount) heads in \#(flipCount) flips; two coins, $\weight{1} = 1/2$; dashed: the crest; colours end at -60"#
            ),
            alt: report.words(
                #"""
                Left: colour map of the log-likelihood over pairs of head probabilities; the highest values form a straight crest on
                which the two average to \#(m, .fixed(3)); it passes close by the unlike coins 0.3 and 0.7 and the fair coins. Right:
                walking along the crest the log-likelihood does not change; walking 0.1 across it, it falls by
                \#(-across(0.1), .fixed(1)).
                """#),
            panels: [plane, profile], columns: 2, size: Size(width: 860, height: 430))
    }
}
