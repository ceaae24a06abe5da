import Figures
import Foundation
import MixtureModels
import Notebook

/// Section 5: the general rule, and how well coins are identified once they are.
struct HowWell {
    private let story: CoinStory
    private let equal = CoinStory(weights: [0.4, 0.6], heads: [0.5, 0.5])

    init(_ story: CoinStory) { self.story = story }

    func explain(in report: inout Report) throws {
        report.section("The general rule, and what it does not promise")
        report.prose(
            #"""
            For $\classcount$ coins there are $\classcount - 1$ free weights and $\classcount$ head probabilities: $2 \classcount - 1$
            unknowns, so $2 \classcount - 1$ flips per set. That this many are also enough, if all coins are different and all
            weights positive, is a theorem (Blischke 1964). The table counts the directions that the data see. Where
            their number reaches the number of unknowns, a model is identified at least locally, and Blischke's theorem says that it is so
            globally, up to the names of the coins.
            """#)
        try ranks(in: &report)
        report.prose(
            #"""
            The last row is a warning. At two *equal* coins the matrix has rank 1, however often they are flipped. The weight is lost for
            ever: no data can say how often each of two equal coins was chosen. Whoever fits more coins than there are often meets this place: two of the
            fitted coins become nearly equal, the likelihood is nearly flat in their weights, and EM, whose steps shorten where there is little to
            gain, creeps. [Lesson:10] measures how slowly, for two Gaussians with all their parameters free.
            """#)
        try report.folded("That two coins are unlike is seen, but only to second order") {
            $0.prose(
                #"""
                That the coins move *apart* is seen from two flips
                on (two coins \#(equal.heads[0], .significant(2)) show 0, 1 and 2 heads with \#(try equal.countProbabilities(flips: 2), .significant(2)), the coins
                \#(story.heads[0], .significant(2)) and \#(story.heads[1], .significant(2)) with
                \#(try story.countProbabilities(flips: 2), .significant(2))), but only to second order. The rank is higher at
                all unequal neighbours, so it is not constant, and Rothenberg's rule does not apply at this point.
                """#)
        }
        report.prose(
            #"""
            **Identified is not the same as well estimated.** The rule says that some number of sets is enough. It does not say how
            many. That is written in the information matrix: where its smallest eigenvalue is tiny (all three parameters being
            probabilities, one may compare them), the likelihood is *nearly* a ridge, and the estimate slides along it.
            """#)
        try precision(in: &report)
        box(in: &report)
        report.figure(
            try figure(report),
            caption: #"""
                Left: the eigenvalues of the information of a set, of which the third is positive only from three flips per set on. (How large they
                are depends on the units of the parameters, here probabilities; which of them are zero does not.) Right: for a
                standard error of 0.05 of both head probabilities it takes \#(try setsNeeded(3) * 3) flips in all with three per set, and
                \#(try setsNeeded(10) * 10) with ten.
                """#)
    }

    private func ranks(in report: inout Report) throws {
        let stories: [(name: Prose, story: CoinStory)] = [
            ("1 coin: 0.5", CoinStory(weights: [1], heads: [0.5])),
            ("2 coins: 0.3, 0.7", story),
            ("3 coins: 0.1, 0.4, 0.8", CoinStory(weights: [0.2, 0.3, 0.5], heads: [0.1, 0.4, 0.8])),
            ("2 equal coins: 0.5, 0.5", equal),
        ]
        let flips = Array(1...7)
        report.table(
            ["", "unknowns"] + flips.map { "\($0)" },
            rows: try stories.map { name, story in
                let size = story.freeParameters.count
                let cells = try flips.map { flips -> Prose in
                    let rank = try story.rank(flips: flips)
                    return rank == size ? "**\(rank)**" : "\(rank)"
                }
                return [name, "\(size)"] + cells
            },
            caption: """
                Directions seen to first order, for 1 to 7 flips per set: eigenvalues of the information matrix of a set that are not zero. Bold:
                as many as there are unknowns.
                """)
    }

    private func box(in report: inout Report) {
        report.box("Which coins can be found") { box in
            box.prose(
                #"""
                - One flip per choice: only the probability of heads, $\sumclasses \weight{k} \thinspace \headprob{k}$. Never the coins.
                - $\flips$ flips per choice: the first $\flips$ moments
                  $\sumclasses \weight{k} \thinspace \headprob{k}^{m}$, and nothing else.
                - $\classcount$ different coins with positive weights have $2 \classcount - 1$ unknowns. They are found, up to their order, from
                  $\flips \ge 2 \classcount - 1$ flips per choice on.
                - To test a model: count the eigenvalues of its information matrix that are not zero. If there are as many as free parameters,
                  the model is identified at least locally.
                """#)
        }
    }

    // MARK: Precision

    /// Sets of flips until the head probabilities have a standard error of 0.05.
    func setsNeeded(_ flips: Int) throws -> Int {
        let root = (try story.standardErrors(flips: flips).dropFirst().max() ?? .infinity) / 0.05
        return Int((root * root).rounded(.up))
    }

    /// The standard error of the weight of coin 1 after a number of sets.
    private func weightError(_ flips: Int, sets: Int) throws -> Double {
        try story.standardErrors(flips: flips)[0] / Double(sets).squareRoot()
    }

    /// Sets of flips until the weight has a standard error of 0.05.
    private func setsForWeight(_ flips: Int) throws -> Int {
        let root = try story.standardErrors(flips: flips)[0] / 0.05
        return Int((root * root).rounded(.up))
    }

    private let tabulated = [3, 4, 5, 10, 20]

    private func precision(in report: inout Report) throws {
        let rows = try tabulated.map { flips -> [Prose] in
            let values = try story.informationEigenvalues(flips: flips)
            let sets = try setsNeeded(flips)
            return [
                "\(flips)", "\(values, .fixed(3))", "\(sets)", "\(sets * flips)",
                "\(try weightError(flips, sets: sets), .fixed(2))",
            ]
        }
        report.table(
            [
                "flips per set", "eigenvalues of the information of a set", "sets", "flips in all",
                "standard error of the weight",
            ], rows: rows,
            caption: #"""
                The coins 0.3 and 0.7: how many sets, and flips, it takes until both head probabilities are known with a standard
                error of 0.05, and with what standard error the weight is known then.
                """#)
        try report.folded("Where the standard errors come from") {
            $0.prose(
                #"""
                From $\obscount$ sets with the information $\mathcal{I}$ each, the standard error of a parameter is the root of its entry on the
                diagonal of $(\obscount \thinspace \mathcal{I})^{-1}$, for large $\obscount$, the weight being unknown as well. For as
                few sets as in the last row, \#(try setsNeeded(tabulated[4])), that is a rough guide only.
                """#)
        }
        let (three, ten) = (try setsNeeded(3), try setsNeeded(10))
        let weightErrors = try tabulated.map { try weightError($0, sets: setsNeeded($0)) }
        let weight = story.weights[0]
        let atLeast = Int((weight * (1 - weight) / (0.05 * 0.05)).rounded())
        report.prose(
            #"""
            With three flips per set the coins are identified, and it takes \#(three) sets to know both head probabilities that well. With
            ten flips, \#(ten) sets do, and \#(three * 3) flips in all have become \#(ten * 10). If it is the head probabilities that you want to know, and you may
            choose how to spend your flips, flip the same coin often.
            """#)
        report.predict(
            """
            From ten flips per set to twenty the head probabilities become cheaper still: by the large-sample formula, \(try setsNeeded(20) * 20) flips in
            all instead of \(ten * 10). Does the weight become cheaper, too?
            """,
            answer: #"""
                \#(try setsForWeight(20) * 20 < setsForWeight(10) * 10 ? "Yes" : "No"). For a standard error of 0.05 of the weight it takes
                \#(try setsForWeight(10) * 10) flips in all with ten per set, and \#(try setsForWeight(20) * 20) with twenty. As soon as a set is long enough
                to show which coin was flipped, what counts for the weight is the number of sets. (With three flips per set, where the coin
                is hardly recognised, it takes \#(try setsForWeight(3)) sets, and \#(try setsForWeight(3) * 3) flips.)
                """#)
        report.prose(
            #"""
            The weight is another matter. A set shows a single choice of the chooser, however often the chosen coin is flipped. So with
            the sets of the table, the weight's standard error is still \#(weightErrors.min() ?? .nan, .fixed(2)) to
            \#(weightErrors.max() ?? .nan, .fixed(2)). For one of 0.05 it takes \#(try setsForWeight(10)) sets of ten flips or
            \#(try setsForWeight(20)) of twenty, which are \#(try setsForWeight(10) * 10) and \#(try setsForWeight(20) * 20) flips in
            all. Even if one were told which coin was chosen, it would take
            $\weight{1} (1 - \weight{1}) / 0.05^{2} = \#(atLeast)$ sets: whoever wants to know the weight has to let the chooser choose often.
            """#)
    }

    private func figure(_ report: Report) throws -> Figure {
        let eigenvalues = try (1...20).map { try story.informationEigenvalues(flips: $0) }
        let lines = (0..<3).map { i in
            Layer.line(
                eigenvalues.enumerated().compactMap { index, values in
                    values[i] > CoinStory.zeroEigenvalue ? Point(Double(index + 1), values[i]) : nil
                }, style: .series(2 - i), marker: .circle)
        }
        func value(_ flips: Int, _ i: Int) -> Double { eigenvalues[flips - 1][i] }
        let information = Panel(
            title: "Eigenvalues of the information of a set",
            x: Axis("flips per set", range: 0...20.5, ticks: .at([1, 3, 5, 10, 15, 20])),
            y: Axis(
                nil, range: 0.02...100, ticks: .labelled([(0.1, "0.1"), (1, "1"), (10, "10"), (100, "100")]),
                scale: .logarithmic),
            layers: lines + [
                .annotation("largest", at: Point(8, value(8, 2) * 1.15), anchor: .bottomRight, color: .blue),
                .annotation(
                    "second: from 2 flips on", at: Point(12, value(12, 1) * 0.92), anchor: .topLeft, color: .vermillion),
                .annotation(
                    "smallest: from 3 flips on", at: Point(9, value(9, 0) * 0.85), anchor: .topLeft, color: .green),
            ], legend: .none)
        let flips = try (3...20).map { Point(Double($0), Double(try setsNeeded($0) * $0)) }
        let cost = Panel(
            title: "Flips in all until both coins have the standard error 0.05",
            x: Axis("flips per set", range: 0...20.5, ticks: .at([1, 3, 5, 10, 15, 20])),
            y: Axis(nil, range: 100...10_000, scale: .logarithmic),
            layers: [
                .line(flips, style: LineStyle(.ink), marker: .circle),
                .rule(x: 2.6),
                .annotation("never", at: Point(1.3, 6000), anchor: .center),
                .annotation(Label("3 flips: \(Int(flips[0].y)) in all"), at: Point(4.5, flips[0].y), anchor: .left),
            ], legend: .none)
        return Figure(
            id: "information", title: "Identified from three flips per set on, and cheaper with more",
            subtitle: "Coins 0.3 and 0.7, chosen equally often. Left: what is zero is not drawn",
            alt: report.words(
                #"""
                Left: of the three eigenvalues of the information matrix one is positive from 1 flip per set on, one from 2, and the
                last from 3, where it is \#(value(3, 0), .significant(2)); with 20 flips they are \#(eigenvalues[19], .significant(3)).
                Right: the flips needed for a standard error of 0.05 of both head probabilities fall from \#(Int(flips[0].y)) with 3 flips per set to
                \#(Int(flips[7].y)) with 10.
                """#),
            panels: [information, cost], columns: 2, size: Size(width: 880, height: 400))
    }
}
