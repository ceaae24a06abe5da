import Figures
import Foundation
import LessonKit
import MixtureModels
import Notebook
import Verification

/// Section 4: how many flips of the chosen coin it takes until two coins can be found.
struct FlipsPerSet {
    /// Two coins, chosen equally often.
    let first = CoinStory(weights: [0.5, 0.5], heads: [0.3, 0.7])
    /// Two other coins, whose first two moments are the same.
    let second = CoinStory(weights: [0.8, 0.2], heads: [0.4, 0.9])

    func explain(in report: inout Report, progress: RunProgress) throws {
        report.section("How many flips per set?")
        introduce(in: &report)
        try countTable(in: &report)
        report.figure(
            try countFigure(report),
            caption: #"""
                The probability of each number of heads under the two stories. With one flip per set and with two they are the same; from three
                flips on they part.
                """#)
        moments(in: &report)
        progress.update("EM on exact counts")
        let ends = try [1, 2, 3].map { try EndsOfEM(story: first, flips: $0, seed: report.seed) }
        try identifiable(ends: ends[2], in: &report)
        try endTable(ends, in: &report)
        progress.update("EM on simulated counts")
        report.figure(
            try endFigure(report, exact: ends),
            caption: #"""
                Where EM ends, for more and more flips per set; grey are all pairs of coins that explain the exact counts. On exact counts (above) the
                ends lie all over two rectangles, then on a curve, and from three flips on at two points; on samples of 300 sets (below) they
                scatter.
                """#)
        exercise(in: &report)
        report.furtherFits = try [1, 2, 3, 10].map { try followed(flips: $0) }
    }

    /// EM on the exact counts from one start, to be followed step by step.
    private func followed(flips: Int) throws -> FitSummary {
        let start = CoinStory(weights: [0.35, 0.65], heads: [0.2, 0.85])
        let rows = (0...flips).map { HeadCount(heads: $0, flips: flips) }
        let counts = try first.countProbabilities(flips: flips).map { 1000 * $0 }
        let fit = try EM(
            data: rows, counts: counts, start: start.sets(ofFlips: flips),
            stop: .any(.atRest(1e-8), .maximumSteps(FitSummary.mostSteps))
        ).fit()
        return FitSummary(
            flips == 1 ? "1 flip per set" : "\(flips) flips per set",
            model: "mixture of 2 binomials, exact counts of \(flips) flips", fit, of: rows, counts: counts)
    }

    private func introduce(in report: inout Report) {
        report.prose(
            #"""
            The remedy of the CS 181 handout's Exercise 4 is to flip the chosen coin several times before choosing again. Each set of
            flips then has its own hidden coin, and the number of heads among its $\flips$ flips is what we hear: an observation
            $\headcount{n}$ is from here on not a flip, but the number of heads in set $\obsindex$ of $\obscount$. [Lesson:4] took $\flips = 10$ and
            found its coins. But how many flips does it *take*?

            Twice would be the natural guess: two flips of one coin agree more often than two flips of two different coins, so
            pairs do tell something about how different the coins are. Here are two stories to try it on. In the first, the coins
            show heads with 0.7 and 0.3 and are chosen equally often. In the second they show heads with 0.9 and 0.4, and the first of them is
            chosen once in five times. (Both show heads half of the time, or single flips would do.)
            """#)
        report.predict(
            "How many flips per set does it take until the two stories give different probabilities: one, two, three, or more?",
            answer: """
                Three. With two flips per set the numbers of heads have exactly the same probabilities under both stories, as the table
                shows.
                """)
        report.prose(
            #"""
            The last column of the table says how much patience it takes. The *log odds* for the first story are its log-likelihood
            minus that of the second; if they are $\nlog 20$, the data are 20 times as probable under the first. When the first story
            made the sets, each set adds the same amount on average, and the column counts the sets until the mean is $\nlog 20$. (That is a measure
            of distance, and not a promise: around the mean the log odds scatter, and 20 is a custom.)
            """#)
    }

    // MARK: The counts

    private func counts(_ flips: Int) throws -> [[Double]] {
        try [first, second].map { try $0.countProbabilities(flips: flips) }
    }

    /// Σ p ln (p / q): what a set that the first story made speaks for it, on average, in nats.
    private func evidence(_ flips: Int) throws -> Double {
        let pair = try counts(flips)
        return zip(pair[0], pair[1]).reduce(0) { $0 + $1.0 * log($1.0 / $1.1) }
    }

    /// Sets until the mean log odds for the first story, which made them, reach ln 20; nil if the stories cannot be told apart.
    func setsNeeded(_ flips: Int) throws -> Int? {
        let evidence = try evidence(flips)
        return evidence < 1e-12 ? nil : Int((log(20) / evidence).rounded(.up))
    }

    private func countTable(in report: inout Report) throws {
        report.table(
            [
                "flips per set", "0.5 on 0.7, 0.5 on 0.3", "0.2 on 0.9, 0.8 on 0.4",
                "sets until the mean log odds are ln 20",
            ],
            rows: try [1, 2, 3, 4, 5, 10].map { flips in
                let pair = try counts(flips)
                let isShort = flips <= 4
                let patience: Prose = try setsNeeded(flips).map { "\($0)" } ?? "for ever"
                return [
                    "\(flips)", isShort ? "\(pair[0], .fixed(3))" : "…", isShort ? "\(pair[1], .fixed(3))" : "…",
                    patience,
                ]
            },
            caption: """
                The probabilities of 0, 1, 2, … heads in a set under the two stories, and the number of sets after which the
                mean log odds for the first story, which made them, reach ln 20.
                """)
    }

    private func countFigure(_ report: Report) throws -> Figure {
        let panels = try [1, 2, 3, 5, 10].map { flips in
            let pair = try counts(flips)
            let x = (0...flips).map(Double.init)
            let difference = zip(pair[0], pair[1]).map { abs($0 - $1) }.max() ?? 0
            let ticks = flips <= 3 ? x : flips == 5 ? [0, 1, 2, 3, 4, 5] : [0, 2, 4, 6, 8, 10]
            return Panel(
                title: Label(
                    (flips == 1 ? "1 flip" : "\(flips) flips") + (difference < 1e-9 ? ": the same" : "")),
                x: Axis("heads", ticks: .at(ticks)), y: Axis(nil, range: 0...0.55),
                layers: Layer.groupedBars(
                    x: x,
                    groups: [
                        BarGroup("0.5 on 0.7 and 0.5 on 0.3", heights: pair[0], color: .blue),
                        BarGroup("0.2 on 0.9 and 0.8 on 0.4", heights: pair[1], color: .orange),
                    ]))
        }
        let three = try counts(3)
        return Figure(
            id: "two-stories", title: "Two pairs of coins, seen through more and more flips per set",
            subtitle: "Probability of each number of heads. From three flips on, the two stories part",
            alt: report.words(
                #"""
                Five bar charts of the number of heads for 1, 2, 3, 5 and 10 flips per set under two stories. For 1 and 2 flips the
                bars are equal; for 3 flips they are \#(three[0], .fixed(3)) against \#(three[1], .fixed(3)); for 10 flips the
                shapes are plainly different.
                """#),
            panels: panels, columns: 5, sharedY: true, size: Size(width: 880, height: 330))
    }

    private func moments(in report: inout Report) {
        let rows: [[Prose]] = (1...4).map { order in
            [
                "\(order)", "\(first.moment(order), .fixed(4))", "\(second.moment(order), .fixed(4))",
            ]
        }
        report.prose(
            #"""
            **Once, no. Twice: still no.** The two stories give 0, 1 and 2 heads with exactly the same probabilities. Three times:
            yes, though the bars are so alike that it takes hundreds of sets.

            Why three? The head probability of the coin that happens to be chosen is a random number, and what a set of
            $\flips$ flips shows is determined by its first $\flips$ *moments*: the probability that all of $m$ flips show heads is the mean of
            the $m$-th power of that number, and every other probability is made of these by adding and subtracting. So each further
            flip per set adds **one** number to what can be known. Two coins have three unknowns: a weight and two head
            probabilities. With two numbers they cannot be found. With three they can, though that takes a theorem, in the next section.
            """#)
        report.folded("The moments of both stories, of which the third is the first to differ") {
            $0.table(
                ["order", "0.5 on 0.7, 0.5 on 0.3", "0.2 on 0.9, 0.8 on 0.4"], rows: rows,
                caption: #"The moments $\sumclasses \weight{k} \thinspace \headprob{k}^{m}$."#)
        }
    }

    private func exercise(in report: inout Report) {
        let third = CoinStory(weights: [2.0 / 3, 1.0 / 3], heads: [0.5 - 0.02.squareRoot(), 0.5 + 0.08.squareRoot()])
        report.exercise(
            #"""
            Find a third pair of coins that two flips per set cannot tell from these. (The mean has to be 0.5, and the
            variance of the hidden head probability 0.04. Choose a weight, say $\weight{1} = 2/3$.)
            """#,
            answer: #"""
                With weights 2/3 and 1/3, the first coin lies $a$ below the mean and the second $2a$ above it, and the variance is
                $2a^{2} = 0.04$. So $a = \#(0.02.squareRoot(), .fixed(4))$, and the coins show heads with
                \#(third.heads, .fixed(4)). Their moments are \#((1...3).map(third.moment), .fixed(4)): the third gives them
                away.
                """#)
    }
}
