import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 1: the weights of a Bernoulli mixture in the M-step. A maximum that runs away, and the price that holds it.
struct Survey {
    /// The answers of each person: five questions, yes or no.
    let answers: [[Bool]]
    /// EM's guess, under which the responsibilities are computed.
    let guess: Mixture<BernoulliVector>
    /// The effective counts under the guess.
    let counts: [Double]
    private static let kinds: [[Double]] = [
        [0.9, 0.8, 0.2, 0.1, 0.5], [0.2, 0.3, 0.8, 0.9, 0.4], [0.7, 0.2, 0.3, 0.8, 0.9],
    ]

    init(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed).stream(0)
        let truth = try Mixture(
            weights: [0.55, 0.33, 0.12], components: Self.kinds.map { try BernoulliVector(probabilities: $0) })
        answers = truth.sample(count: 200, using: &generator).map(\.observation)
        guess = try Mixture(
            weights: [0.4, 0.3, 0.3],
            components: Self.kinds.map { try BernoulliVector(probabilities: $0.map { 0.15 + 0.7 * $0 }) })
        counts = try effectiveCounts(guess, data: answers)
    }

    var total: Double { Double(answers.count) }

    func explain(in report: inout Report) throws {
        report.section("A maximum that runs away, and the price that holds it")
        report.prose(
            #"""
            \#(answers.count) people have answered five questions with yes or no. We believe that there are three kinds of people, each with its own
            probability of a yes to every question (a *Bernoulli vector*, [lesson:9]), and fit a mixture of the three. After an E-step every person is shared out among the kinds: kind $\classindex$ gets the
            share $\resp{n}{k}$ of person $\obsindex$, its *responsibility*. The shares of a kind add up to its *effective count*
            $\effcount{k} = \sumobs \resp{n}{k}$: $\effcount{1} = \#(counts[0], .fixed(3))$, $\effcount{2} = \#(counts[1], .fixed(3))$,
            $\effcount{3} = \#(counts[2], .fixed(3))$, which together are $\obscount = \#(answers.count)$. The M-step maximises $\Qname$, the
            expected complete-data log-likelihood, and the part of it that the weights have a say in is
            """#)
        report.formula(
            #"\sumobs \sumclasses \resp{n}{k} \nlog \weight{k} = \sumclasses \effcount{k} \nlog \weight{k}"#)
        report.prose(
            #"""
            Which weights make it largest? *All as large as possible*: each logarithm rises for ever, so without a
            constraint there is no answer. With the constraint $\sumclasses \weight{k} = 1$ every bit of weight that one kind gets is
            taken from another, and the question makes sense. (The set of all weights that are not negative and sum to 1 is called
            the *simplex*.)

            Now think of weight as something that is sold. At a price of $-\lambda$ per unit, and the first unit for free, the best
            deal is the maximum of
            """#)
        report.formula(
            #"""
            L(\weights, \lambda) = \sumclasses \effcount{k} \nlog \weight{k}
            + \lambda \left( \sumclasses \weight{k} - 1 \right)
            """#)
        report.prose(
            #"""
            with no constraint at all. A little more $\weight{k}$ is worth $\effcount{k} / \weight{k}$: much while
            $\weight{k}$ is small, little when it is large. So one buys of each kind until what a little more is worth has sunk to the price, which is at
            $\weight{k} = \effcount{k} / (-\lambda)$. If the price is too low, the weights bought sum to more than 1, and if it is too high,
            to less. **There is one price at which they sum to exactly 1. That is the multiplier.**
            """#)
        report.predict(
            #"""
            Suppose that the weights may sum to 1.01 instead of 1. By how much does the maximum of $\Qname$ rise, with
            \#(answers.count) people?
            """#,
            answer: #"""
                By \#(total * log(1.01), .fixed(4)), nearly a hundredth of the number of people: every weight becomes 1.01 times as large, and
                each of the \#(answers.count) people adds $\nlog 1.01$. At a sum of 1 the maximum rises at the rate of \#(answers.count) per unit of weight. The
                rate falls as one buys more: a sum of 2 instead of 1 brings \#(total * log(2), .fixed(1)), not \#(answers.count).
                """#)
        report.figure(
            try figure(report),
            caption: #"""
                Left: what a little more weight of each kind is worth. Right: all the weight that is bought at a price. It sums to 1 at the price
                \#(answers.count), where each kind gets the weight of its dot, \#(counts.map { $0 / total }, .fixed(3)).
                """#)
        try multiplier(in: &report)
        try table(in: &report)
    }

    // MARK: Equation

    private func multiplier(in report: inout Report) throws {
        let weights = try EM(data: answers, start: guess).mStep(EM(data: answers, start: guess).eStep(guess)).weights
        let lambda = -counts.reduce(0, +)
        let table = try densities()
        let old = guess.weights
        let found = try constrainedMaximum(
            of: { table.expectedLogLikelihood($0, posteriorsUnder: old) }, from: [0.34, 0.33, 0.33])
        report.equation(
            "prml.9.60",
            formula: #"""
                \frac{\partial L}{\partial \weight{k}} = \sumobs \frac{\resp{n}{k}}{\weight{k}} + \lambda = 0
                \quad \Rightarrow \quad \lambda = -\sumclasses \effcount{k} = -\obscount, \qquad
                \weight{k} = \frac{\effcount{k}}{\obscount}
                """#,
            numbers: #"""
                \lambda = -(\#(counts[0], .fixed(3)) + \#(counts[1], .fixed(3)) + \#(counts[2], .fixed(3)))
                = \#(lambda, .significant(6)), \qquad \weight{1} = \frac{\#(counts[0], .fixed(3))}{\#(answers.count)}
                = \#(weights[0], .fixed(4)), \quad \weight{2} = \#(weights[1], .fixed(4)), \quad
                \weight{3} = \#(weights[2], .fixed(4))
                """#,
            value: .vector([lambda] + weights),
            again: .search(
                .vector([found.multiplier] + found.weights),
                """
                projected gradient on the simplex, which knows no multiplier; and, for λ, how fast the maximum of Q rises with the sum \
                that the weights may have, by central differences
                """),
            telling: .entry(0, #"$\lambda$"#),
            note: #"""
                To find $\lambda$, multiply the first equation by $\weight{k}$ and sum over $\classindex$: the weights sum to 1, the shares of one person
                sum to 1, and so the shares of all sum to $\obscount$.
                """#,
            details: #"""
                The check goes uphill and projects each step back onto
                the simplex (Held, Wolfe and Crowder 1974). It *measures* the price: it searches for the maximum again with weights that
                sum to a little more than 1, and to a little less, and divides the change of the maximum by the change of the sum.
                """#)
    }

    /// p_k(x) of every person and kind, by multiplying.
    func densities() throws -> DensityTable {
        try DensityTable(
            answers.map { x in
                guess.components.map { kind in
                    zip(x, kind.probabilities).reduce(1) { $0 * ($1.0 ? $1.1 : 1 - $1.1) }
                }
            })
    }

    private func table(in report: inout Report) throws {
        let prices = [total / 2, total, 2 * total]
        report.table(
            [#"price $-\lambda$"#, #"$\weight{1}$"#, #"$\weight{2}$"#, #"$\weight{3}$"#, "sum"],
            rows: prices.map { price in
                let bought = counts.map { $0 / price }
                return ["\(price, .significant(4))"] + (bought + [bought.reduce(0, +)]).map { "\($0, .fixed(4))" }
            }, caption: "What is bought at half the right price, at the right price, and at twice the right price.")
        report.exercise(
            #"""
            The third weight is known, $\weight{3} = 0.2$, and must not be changed. What is the multiplier now, and what are the other
            two weights?
            """#,
            answer: #"""
                The first two share what is left, $1 - 0.2 = 0.8$, in the proportion of their counts:
                $\weight{1} = 0.8 \times \#(counts[0], .fixed(3)) / \#(counts[0] + counts[1], .fixed(3)) = \#(0.8 * counts[0] / (counts[0] + counts[1]), .fixed(4))$ and
                $\weight{2} = 0.8 \times \#(counts[1], .fixed(3)) / \#(counts[0] + counts[1], .fixed(3)) = \#(0.8 * counts[1] / (counts[0] + counts[1]), .fixed(4))$. The price is
                $-\lambda = (\effcount{1} + \effcount{2}) / 0.8 = \#((counts[0] + counts[1]) / 0.8, .significant(5))$: it is no longer
                $\obscount$.
                """#)
    }

    // MARK: Figure

    private func figure(_ report: Report) throws -> Figure {
        let n = total
        let curves = try counts.enumerated().map { k, count in
            Layer.function(
                over: 0.04...0.9, style: .series(k),
                label: try report.label(#"$\effcount{\#(k + 1)} / \weight{\#(k + 1)}$"#)
            ) { count / $0 }
        }
        let crossings = counts.enumerated().map { k, count in
            Layer.scatter([Point(count / n, n)], style: MarkerStyle(Palette.series(k), .circle, size: 8))
        }
        let worth = Panel(
            title: "What a little more weight is worth",
            x: Axis(try report.label(#"$\weight{k}$"#), range: 0...0.9),
            y: Axis(nil, range: 0...(4 * n)),
            layers: curves + [
                .rule(y: n, label: try report.label(#"price $-\lambda = \obscount$"#)),
                .rule(y: 2 * n, label: "twice the price"),
            ] + crossings)
        let sums = Panel(
            title: "All the weight that is bought",
            x: Axis(try report.label(#"price $-\lambda$"#), range: (0.3 * n)...(3 * n)),
            y: Axis(nil, range: 0...3.2),
            layers: [
                .function(over: (0.32 * n)...(3 * n), style: LineStyle(.ink)) { n / $0 },
                .rule(y: 1, label: "sum 1"),
                .scatter([Point(n, 1)], style: MarkerStyle(.vermillion, .circle, size: 8)),
                .annotation(
                    try report.label(#"$\lambda = -\obscount = -\#(answers.count)$"#), at: Point(1.12 * n, 1.5),
                    anchor: .left, pointingAt: Point(n, 1), color: .vermillion),
            ], legend: .none)
        return Figure(
            id: "price", title: "One price for all kinds, and the weights sum to 1",
            subtitle: "Each kind gets weight until a little more of it is worth no more than its price",
            alt: report.words(
                #"""
                Left: three falling curves, the worth of a little more weight for each kind; they cross the price
                \#(answers.count) at weights \#(counts.map { $0 / n }, .fixed(3)). Right: the sum of the weights bought
                falls with the price, and is 1 at the price \#(answers.count).
                """#),
            panels: [worth, sums], columns: 2, size: Size(width: 880, height: 400))
    }
}
