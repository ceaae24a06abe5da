import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 1: the footnote's two stories, which no data of single flips can tell apart.
struct TwoStories {
    /// Two unlike coins, chosen equally often.
    private let different = CoinStory(weights: [0.5, 0.5], heads: [0.3, 0.7])
    /// Two fair coins.
    private let equal = CoinStory(weights: [0.5, 0.5], heads: [0.5, 0.5])
    /// A thousand flips of the two unlike coins.
    private let flips: [Bool]

    init(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed).stream(0)
        flips = try different.singleFlips().sample(count: 1000, using: &generator).map(\.observation)
    }

    func explain(in report: inout Report) throws {
        report.section("Two stories, one likelihood")
        report.prose(
            #"""
            Behind the curtain of [Lesson:4], a chooser picks a coin, the coin is flipped once, and we hear the result. Two people
            explain what they hear. *The first:* there are two unlike coins, one shows heads with probability
            $\headprob{1} = \#(different.heads[0], .significant(2))$ and the other with
            $\headprob{2} = \#(different.heads[1], .significant(2))$, and they are chosen equally often. *The second:* nonsense, both
            coins are fair. Who is right?

            The footnote of the CS 181 handout says that this cannot be decided. Let us take it at its word, “the same likelihood on
            **any** data set”, and try data sets. In letters: flip $\obsindex$ of $\obscount$ shows heads, $\ishead{n}$, or tails,
            $\istail{n}$. The chooser picks coin $\classindex$ of $\classcount$ (here $\classcount = \#(different.heads.count)$) with the
            probability $\weight{k}$, its *weight*, and that coin shows heads with the probability $\headprob{k}$. All weights and head
            probabilities together are the parameters $\params$, and $\loglik{\params}$ is the log-likelihood: the natural logarithm
            of the probability of the data.
            """#)
        try table(in: &report)
        try everyDataSet(in: &report)
        report.prose(
            #"""
            So it is not that the data are too few. Under both stories each flip is heads with probability 1/2,
            independently of all others, and that is *all* that the flips are. The two stories differ in what goes on behind the curtain,
            and nothing of that comes through.

            A model is called **identifiable** if different sets of parameters always give different distributions of an observation. (For
            mixtures one adds: up to the order of the components. Teicher 1963 asks which finite mixtures are identifiable in this
            sense.) This is a statement about the model, before there are any data. Where two sets give the same distribution,
            no sample can tell them apart, however large. This model is not identifiable. It is worth knowing before one fits it: EM will still return two coins, with
            as many digits as you like.
            """#)
    }

    // MARK: A few data sets

    private var named: [(name: Prose, flips: [Bool])] {
        [
            ("12 flips of the unlike coins", Array(flips.prefix(12))),
            ("heads, 12 times", Array(repeating: true, count: 12)),
            ("heads and tails in turn, 12 flips", (0..<12).map { $0 % 2 == 0 }),
        ]
    }

    private func logLikelihoods(of flips: [Bool]) throws -> [Double] {
        try [different, equal].map { try $0.singleFlips().logLikelihood(of: flips) }
    }

    private func table(in report: inout Report) throws {
        let sets = named + [("1000 flips of the unlike coins", flips)]
        report.table(
            ["data", "heads", #"$\loglik{\params}$, unlike coins"#, #"$\loglik{\params}$, fair coins"#, "difference"],
            rows: try sets.map { name, flips in
                let pair = try logLikelihoods(of: flips)
                return [
                    name, "\(flips.count { $0 }) of \(flips.count)", "\(pair[0], .significant(6))",
                    "\(pair[1], .significant(6))", "\(pair[0] - pair[1], .bound)",
                ]
            },
            caption: "Even twelve heads in a row, which seem to speak for a coin that likes heads, speak for neither.")
    }

    // MARK: All data sets

    private func everyDataSet(in report: inout Report) throws {
        let all = try compareAll(upTo: 12)
        let values = try named.map { try logLikelihoods(of: $0.flips) }
        let (p, q) = (different.heads[0], different.heads[1])
        report.equation(
            "cs181.footnote1",
            formula: #"""
                p(\ishead{n}) = \sumclasses \weight{k} \thinspace \headprob{k}, \qquad
                \loglik{\params} = \sumobs \nlog \sumclasses \weight{k} \thinspace \headprob{k}^{\heads{n}} \thinspace
                \tailprob{k}^{\tails{n}}
                """#,
            numbers: #"""
                0.5 \times \#(p, .significant(2)) + 0.5 \times \#(q, .significant(2)) = \#(different.moment(1), .significant(4))
                = 0.5 \times 0.5 + 0.5 \times 0.5, \qquad
                \loglik{\params} = 12 \nlog \#(different.moment(1), .significant(4)) = \#(values[0][0], .significant(6)) \quad
                \text{under both}
                """#,
            value: .matrix(values),
            again: .property(
                "every data set of up to twelve flips, not only these, has the same probability under both stories",
                by: """
                    comparing the log-likelihoods with exact probabilities, in whole numbers, for every one of the \
                    \(all.count) data sets of 1 to 12 flips and both stories
                    """,
                the: "largest difference", is: all.largestError, tolerance: .enumeration),
            telling: .entry(0, 0, #"$\loglik{\params}$ of the first data set"#),
            note: #"""
                Of the \#(all.count) data sets of up to 12 flips, \#(all.unequal == 0 ? "not a single one has" : "\(all.unequal) have")
                different probabilities under the two stories.
                """#)
        try report.folded("How the check counts, without any rounding") {
            $0.prose(
                #"""
                In units of $20^{-\obscount}$ these probabilities are whole numbers: each hidden coin has 10 chances in 20, of which
                3, 7 or 5 are heads. They can be added up over all choices of coins.
                """#)
            try $0.code(
                "private func chances(", in: "Lessons/Lesson5Identifiability/Section1TwoStories.swift",
                caption: "The sum over all hidden coins, in whole numbers. It factorises, flip by flip:")
        }
    }

    /// 20^N times the probability of a data set: each coin has 10 chances in 20, of which `heads` show heads.
    private func chances(of flips: [Int], heads: [Int]) -> Int {
        flips.reduce(1) { total, flip in
            heads.reduce(0) { $0 + total * (flip == 1 ? $1 : 10 - $1) }
        }
    }

    /// Both stories on every data set of 1 … N flips: how many there are, on how many the stories differ, and the largest
    /// difference between the log-likelihood and the logarithm of the exact probability.
    private func compareAll(upTo most: Int) throws -> (count: Int, unequal: Int, largestError: Double) {
        let mixtures = try [different, equal].map { try $0.singleFlips() }
        var (count, unequal, largest) = (0, 0, 0.0)
        for size in 1...most {
            for flips in try Assignments(items: size, classes: 2) {
                let exact = [chances(of: flips, heads: [3, 7]), chances(of: flips, heads: [5, 5])]
                count += 1
                if exact[0] != exact[1] { unequal += 1 }
                for (mixture, chances) in zip(mixtures, exact) {
                    let logarithm = log(Double(chances)) - Double(size) * log(20)
                    largest = max(largest, abs(mixture.logLikelihood(of: flips.map { $0 == 1 }) - logarithm))
                }
            }
        }
        return (count, unequal, largest)
    }
}
