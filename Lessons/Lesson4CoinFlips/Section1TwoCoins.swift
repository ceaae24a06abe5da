import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 1: two coins, a chooser, and the joint table.
struct TwoCoins {
    /// The coins of the story: the chooser picks the first with probability 0.4.
    let weights = [0.4, 0.6]
    let heads = [0.3, 0.8]

    func mixture() throws -> Mixture<Bernoulli> {
        try Mixture(weights: weights, components: heads.map { try Bernoulli(probability: $0) })
    }

    func explain(in report: inout Report) throws {
        let mixture = try mixture()
        report.section("Two coins, a chooser, and the algorithm")
        report.prose(
            #"""
            Somebody sits behind a curtain with three coins. The first is the *chooser*: when it shows heads, coin 1 is
            flipped, otherwise coin 2. We hear the result of that second flip, and nothing else. The two coins are biased,
            and which of them was flipped stays hidden.

            Hidden variables are the whole difficulty of mixture models, and here they are as small as they can be: one
            bit per flip. Whatever confuses us in this lesson would confuse us in any other mixture, with more
            letters around it.

            Let the chooser pick coin $\classindex$ with probability $\weight{k}$, and let coin $\classindex$ show heads with probability
            $\headprob{k}$; here there are $\classcount = 2$ coins. For the story we need numbers: $\weight{1} = \#(weights[0], .significant(3))$,
            $\headprob{1} = \#(heads[0], .significant(3))$ and $\headprob{2} = \#(heads[1], .significant(3))$. The
            result of flip number $\obsindex$ is $\obs{n}$: $\ishead{n}$ stands for heads, $\istail{n}$ for tails.
            [fig:coin-tree] shows all that can happen.
            """#)
        report.define(#"\weight{k}"#, "weight", #"probability that coin $\classindex$ is chosen"#)
        report.define(#"\headprob{k}"#, "head probability", #"probability that coin $\classindex$ shows heads"#)
        report.figure(
            try treeFigure(report),
            caption: #"""
                All that can happen, with the probability of each path at the right. Only the last letter is heard; it is heads with probability
                \#(weights[0] * heads[0] + weights[1] * heads[1], .significant(3)).
                """#)
        try headProbability(mixture, in: &report)
        try jointTable(mixture, in: &report)
    }

    // MARK: Equations

    private func headProbability(_ mixture: Mixture<Bernoulli>, in report: inout Report) throws {
        let (weights, heads) = (weights, heads)
        let flips = try Simulation.proportion(count: 400_000, seed: report.seed) { random in
            random.uniform() < (random.uniform() < weights[0] ? heads[0] : heads[1])
        }
        let probability = mixture.density(at: true)
        report.equation(
            "cs181.coin-diagram",
            formula: #"p(\ishead{n}) = \sumclasses \weight{k} \thinspace \headprob{k}"#,
            numbers: #"""
                p(\ishead{n}) = \#(weights[0], .significant(3)) \times \#(heads[0], .significant(3))
                + \#(weights[1], .significant(3)) \times \#(heads[1], .significant(3))
                = \#(probability, .significant(4))
                """#,
            value: .number(probability),
            again: .simulation(flips, "flipping the chooser and its coin 400,000 times"),
            note: #"""
                From outside, the three coins are one coin that shows heads with probability
                \#(probability, .significant(4)). Single flips can tell no more about the three than this one number; section 2 shows what
                EM makes of that.
                """#)
        report.exercise(
            #"""
            Find other coins, and another chooser, that sound exactly the same from outside.
            """#,
            answer: #"""
                There are many. All that is needed is
                $\weight{1}\headprob{1} + \weight{2}\headprob{2} = \#(probability, .significant(4))$. Two coins with \#(probability - 0.1, .significant(3)) and
                \#(probability + 0.1, .significant(3)), chosen equally often, will do; so will a single coin with
                \#(probability, .significant(3)).
                """#)
    }

    private func jointTable(_ mixture: Mixture<Bernoulli>, in report: inout Report) throws {
        report.prose(
            #"""
            What should the hidden variable be? Anything that, once known, would make the problem easy. If we knew which
            coin was flipped each time, we would sort the flips by coin and count. So let $\latentvec{n}$ say which: $\isclass{n}{1}$ for coin 1, $\isclass{n}{2}$ for coin 2.
            Its joint distribution with the flip has four entries. (For sums and exponents we shall want it as a *one-hot* vector:
            $\latent{n}{1}$ is 1 if coin 1 was flipped and 0 if not, and $\latent{n}{2}$ likewise. The handout has a name for the one-hot
            vector of each coin, $\classvec{1}$ and $\classvec{2}$.)
            """#)
        report.define(
            #"\latent{n}{k}"#, "latent variable",
            #"1 if coin $\classindex$ was flipped for observation $\obsindex$, else 0; nobody sees it"#)
        let table = [true, false].map { flip in mixture.logJoint(at: flip).map { exp($0) } }
        // table[flip][coin]; the report shows a row per coin.
        let rows: [[Double]] = [0, 1].map { coin in [table[0][coin], table[1][coin]] }
        let rowSums: [Double] = rows.map { $0[0] + $0[1] }
        let columnSums: [Double] = [rows[0][0] + rows[1][0], rows[0][1] + rows[1][1]]
        let names: [Prose] = [#"coin 1, $\isclass{n}{1}$"#, #"coin 2, $\isclass{n}{2}$"#, "sum"]
        let numbers: [[Double]] = [
            rows[0] + [rowSums[0]], rows[1] + [rowSums[1]], columnSums + [columnSums[0] + columnSums[1]],
        ]
        report.table(
            ["", "heads", "tails", "sum"], rows: zip(names, numbers).map { [$0] + cells($1) },
            caption: "The joint table of hidden coin and visible flip. Everything else in this lesson is read off it.")
        let probability = weights[0] * heads[0] + weights[1] * heads[1]
        let seed = report.seed
        try report.folded("Exercise 2 of the handout, answered: the table as one formula") { report in
            report.equation(
                "cs181.ex2",
                formula: #"""
                    p(\obs{n}, \isclass{n}{k})
                    = \weight{k} \thinspace \headprob{k}^{\heads{n}} \thinspace \tailprob{k}^{\tails{n}}
                    """#,
                numbers: #"""
                    p(\ishead{n}, \isclass{n}{1}) = \#(weights[0], .significant(3)) \times \#(heads[0], .significant(3))
                    = \#(rows[0][0], .significant(4)), \quad
                    p(\istail{n}, \isclass{n}{2}) = \#(weights[1], .significant(3)) \times \#(1 - heads[1], .significant(3))
                    = \#(rows[1][1], .significant(4))
                    """#,
                value: .matrix(rows),
                again: .simulation(
                    try countedCells(seed: seed),
                    "playing the game 400,000 times and counting how often each coin gave heads and tails"),
                telling: .entry(1, 0, "P(second coin, heads)"))
        }
        report.check(
            "joint-table-sums", value: .vector(rowSums + columnSums),
            again: .exact(
                .vector(weights + [probability, 1 - probability]),
                "comparing the sums of the table's rows with the weights, and those of its columns with p(heads) and p(tails)"
            ))
    }

    /// The four shares of coin and flip among plays of the game, a row for each coin.
    private func countedCells(seed: UInt64) throws -> [[SimulationEstimate]] {
        let (weights, heads) = (weights, heads)
        let cells = try Simulation.proportions(classes: 4, count: 400_000, seed: seed &+ 2) { random in
            let coin = random.uniform() < weights[0] ? 0 : 1
            return 2 * coin + (random.uniform() < heads[coin] ? 0 : 1)
        }
        return [Array(cells[..<2]), Array(cells[2...])]
    }

    private func cells(_ numbers: [Double]) -> [Prose] { numbers.map { "\($0, .fixed(2))" } }

    // MARK: Symbols

    private func letters(_ notation: Notation) -> String {
        notation == .house
            ? "This report keeps to its own letters, and shows each equation in its source's letters too."
            : "This copy is written in the letters of \(notation.name), as far as it has any, and shows an equation of another source "
                + "in that source's letters too."
    }

    /// Which letter stands for what, in each source. It comes at the end of the section, where nothing has to wait for it.
    func symbols(in report: inout Report) throws {
        report.prose(
            #"""
            A word on letters before we go on, because the five sources of this course use six alphabets. In CS 181, **π is the mixing weight in section 2.3, and the bias of a coin in section 2.4, where the weight
            is θ** (as it is in section 1.2). Nothing is wrong with the mathematics, but a formula
            carried from one page to the next changes its meaning. \#(letters(report.notation)) (The fold below has a table, to
            come back to.)
            """#)
        let things: [(Prose, TeX)] = [
            (#"mixing weight of class $\classindex$"#, #"\weight{k}"#),
            (#"head probability of coin $\classindex$"#, #"\headprob{k}"#),
            ("responsibility", #"\resp{n}{k}"#), ("hidden class", #"\latentvec{n}"#),
            ("1 for the class that was drawn, else 0", #"\latent{n}{k}"#),
            ("observation", #"\obs{n}"#), ("number of observations", #"\obscount"#), ("all parameters", #"\params"#),
            ("log-likelihood", #"\loglik{\params}"#), ("complete-data log-likelihood", #"\completeloglik{\params}"#),
            ("its expectation", #"\Qname"#),
        ]
        let notations = Notation.ids.compactMap { Notation.named($0, for: .coins) }
        /// In two tables: one would be wider than a page.
        func table(_ notations: ArraySlice<Notation>, _ caption: Prose?, in report: inout Report) throws {
            let rows = try things.map { name, symbol in
                [name]
                    + (try notations.map { try $0.ownSymbol(symbol).map { Prose(#"$\printed{"# + $0 + "}$") } ?? "-" })
            }
            report.table([""] + notations.map { Prose($0.name) }, rows: rows, caption: caption)
        }
        try report.folded("The letters of six texts, and two errata about names") { report in
            try table(notations.prefix(3), nil, in: &report)
            try table(
                notations.dropFirst(3),
                """
                One thing, written in six ways. A dash: the source has no symbol for it, and its formulas are shown with this course's.
                (Mind θ: in the column of CS 181 it is the weight of a coin, in the others all parameters.) Run with `--notation cs181` to
                read the whole report in that handout's letters.
                """, in: &report)
            report.erratum(
                "errata.cs181.symbols",
                printed: #"""
                    π for the mixing weight (section 2.3) and for the bias of a coin (section 2.4); $\pi_{k}$ a number, also
                    written $p_{k}$, then a vector; $C_{k}$ a class, then a coin; the $j$ of $x_{n,j}$ an outcome, then a flip;
                    **w** with θ inside, and beside it
                    """#,
                corrected: "one letter for one thing, as in the table of letters",
                shown: #"""
                    none needed; but read $\pi_{1} = 0.3$ as a weight, and the joint table of coin and flip is another table
                    """#)
            report.erratum(
                "errata.cs181.binomial",
                printed: "“a mixture of binomials”, for one flip per example",
                corrected: """
                    a mixture of Bernoullis, as the beginning of the section and its footnote 1 have it; binomials proper come in Exercise 4, with ten \
                    flips
                    """,
                shown: "none needed: a Bernoulli is the binomial of one flip, so the phrase is loose rather than wrong")
        }
    }

    // MARK: Figure

    private func treeFigure(_ report: Report) throws -> Figure {
        func coin(_ k: Int) throws -> TreeNode {
            func leaf(_ result: String, _ probability: Double, _ name: Prose) throws -> TreeNode.Branch {
                TreeNode.Branch(
                    try report.label(#"$\#(name) = \#(probability, .significant(3))$"#),
                    to: TreeNode(
                        Label(result),
                        caption: Label(NumberFormat.fixed(2).string(weights[k] * probability)), shape: .circle,
                        isShaded: true))
            }
            return TreeNode(
                Label("coin \(k + 1)"),
                branches: [
                    try leaf("H", heads[k], #"\headprob{\#(k + 1)}"#),
                    try leaf("T", 1 - heads[k], #"1-\headprob{\#(k + 1)}"#),
                ])
        }
        func branch(_ k: Int, _ result: String) throws -> TreeNode.Branch {
            TreeNode.Branch(
                try report.label(#"\#(result), $\weight{\#(k + 1)} = \#(weights[k], .significant(3))$"#),
                to: try coin(k))
        }
        return Figure(
            id: "coin-tree", title: "One coin chooses, another is flipped",
            subtitle: "Grey: what we hear; all to its left is hidden. At the right: the probability of each path",
            alt: report.words(
                #"""
                Tree: the chooser shows heads with probability \#(weights[0], .significant(3)) and leads to coin 1, else to coin
                2; coin 1 shows heads with probability \#(heads[0], .significant(3)), coin 2 with
                \#(heads[1], .significant(3)). The four paths have probabilities
                \#(weights[0] * heads[0], .fixed(2)), \#(weights[0] * (1 - heads[0]), .fixed(2)),
                \#(weights[1] * heads[1], .fixed(2)) and \#(weights[1] * (1 - heads[1]), .fixed(2)).
                """#),
            diagram: Diagram(
                tree: TreeNode("chooser", branches: [try branch(0, "heads"), try branch(1, "tails")]),
                spacing: Size(width: 190, height: 58)))
    }
}
