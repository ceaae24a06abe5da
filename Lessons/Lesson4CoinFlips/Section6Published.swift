import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 6: the example of Do and Batzoglou (2008), number by number, and what changes when the weights are free.
struct PublishedExample {
    /// Five sets of ten flips; the number of heads of each. Source: Do and Batzoglou (2008).
    private let data = [5, 9, 8, 4, 7].map { HeadCount(heads: $0, flips: 10) }
    private let start: Mixture<Binomial>
    private let fixed: CoinRun
    private let free: CoinRun

    init(progress: RunProgress) throws {
        start = try binomialMixture(weights: [0.5, 0.5], heads: [0.6, 0.5], flips: 10)
        let stop = StoppingRule<Binomial>.any(.relativeChange(1e-15), .maximumSteps(2000))
        fixed = try CoinRun(HeadCountTable(data), start: start, weights: .fixed, stop: stop, progress: progress)
        free = try CoinRun(HeadCountTable(data), start: start, weights: .free, stop: stop, progress: progress)
    }

    /// ln of the product of binomial coefficients, which the published example leaves out.
    private var logCoefficients: Double {
        data.reduce(0) { $0 + start.components[0].logDensity(at: $1) - start.components[0].logKernel(at: $1) }
    }

    func explain(in report: inout Report) throws {
        let q = try EM(data: data, start: start, weights: .fixed).eStep(start)
        report.section("The published example")
        report.prose(
            #"""
            The five sets of [fig:known-and-hidden], with 5, 9, 8, 4 and 7 heads, are the worked example of a primer by Do and Batzoglou, in
            which the coins start at 0.60 and 0.50. If our code is right it must print
            their numbers. (Log-likelihoods in this section are without the binomial coefficients, as is usual for this example.)
            """#)
        var figures = KnownAndHidden().estimatesIfKnown.enumerated().map { k, estimate in
            figure("coin \(["A", "B"][k]), if the coins are known", [0.80, 0.45][k], 2, estimate)
        }
        figures += (0..<data.count).map { n in
            figure(
                "responsibility of coin A, set \(n + 1) (\(data[n].heads) heads)", [0.45, 0.80, 0.73, 0.35, 0.65][n], 2,
                q[n, 0])
        }
        let heads = [0, 1].map { k in data.indices.reduce(0) { $0 + q[$1, k] * Double(data[$1].heads) } }
        let tails = [0, 1].map { k in data.indices.reduce(0) { $0 + q[$1, k] * Double(10 - data[$1].heads) } }
        for k in 0..<2 {
            let coin = ["A", "B"][k]
            figures += [
                figure("expected heads of coin \(coin), first E-step", [21.3, 11.7][k], 1, heads[k]),
                figure("expected tails of coin \(coin), first E-step", [8.6, 8.4][k], 1, tails[k]),
            ]
        }
        for (t, values) in [(1, [0.71, 0.58]), (10, [0.80, 0.52])] {
            for k in 0..<2 {
                figures.append(
                    figure(
                        "coin \(["A", "B"][k]) after \(t == 1 ? "one step" : "ten steps")", values[k], 2,
                        fixed.rows[t].mixture.heads[k]))
            }
        }
        report.published(figures)
        try secondSetByHand(in: &report)
        try fixedAndFree(in: &report)
        try literalExpectation(in: &report)
    }

    private func secondSetByHand(in report: inout Report) throws {
        let (a, b) = (power(0.6, 9) * 0.4, power(0.5, 10))
        report.exercise(
            "Compute the responsibility of coin A for the second set, 9 heads in ten, with a pocket calculator.",
            answer: #"""
                Coin A gives these flips with probability $0.6^{9} \times 0.4 = \#(a, .significant(4))$, coin B with
                $0.5^{10} = \#(b, .significant(4))$. The weights are equal and cancel, so the answer is
                $\#(a, .significant(4)) / (\#(a, .significant(4)) + \#(b, .significant(4))) = \#(a / (a + b), .fixed(3))$.
                """#)
    }

    private func figure(_ quantity: String, _ published: Double, _ decimals: Int, _ ours: Double) -> PublishedFigure {
        PublishedFigure(
            id: "do-batzoglou-2008", quantity: "Do and Batzoglou: \(quantity)", published: published,
            decimals: decimals, ours: ours)
    }

    // MARK: Fixed and free weights

    /// The head probability of a single coin that explains all flips best.
    private var pass: Double {
        Double(data.reduce(0) { $0 + $1.heads }) / Double(data.reduce(0) { $0 + $1.flips })
    }

    /// The free fit against the maximum that a search without derivatives finds, which knows nothing of EM.
    private func checkFreeFit(_ fit: Mixture<Binomial>, in report: inout Report) throws {
        let found = try NelderMead.maximum(
            of: { p in
                data.reduce(0) { sum, row in
                    let (h, t) = (row.heads, row.flips - row.heads)
                    return sum
                        + log(
                            p[0] * power(p[1], h) * power(1 - p[1], t) + (1 - p[0]) * power(p[2], h)
                                * power(1 - p[2], t))
                }
            }, from: [0.5, 0.7, 0.5])
        let ours = [fit.weights[0]] + fit.heads + [free.last.logLikelihood - logCoefficients]
        report.check(
            "free-weights-limit", value: .vector(ours),
            again: .search(
                .vector(found.argument + [found.value]),
                "the simplex search of Nelder and Mead, which knows nothing of EM: weight, both coins, log-likelihood"))
    }

    private func fixedAndFree(in report: inout Report) throws {
        let (a, b) = (fixed.last.mixture, free.last.mixture)
        report.prose(
            #"""
            One thing is easy to miss, and whoever programs the example after this lesson's equations gets other
            numbers: in the primer **both coins are equally probable, and stay so**. There is no weight to estimate. Exercise 4 does
            estimate it. From the same start, until a step changes the log-likelihood by no more than a part in $10^{15}$:
            """#)
        report.table(
            [
                "weights", "coin A", "coin B", "weight of A", "log-likelihood, without the binomial coefficients",
                "steps",
            ],
            rows: [("fixed at 1/2", a, fixed), ("free", b, free)].map { name, mixture, run in
                [
                    Prose(name), "\(mixture.heads[0], .fixed(5))", "\(mixture.heads[1], .fixed(5))",
                    "\(mixture.weights[0], .fixed(5))", "\(run.last.logLikelihood - logCoefficients, .fixed(6))",
                    "\(run.steps)",
                ]
            })
        try checkFreeFit(b, in: &report)
        report.prose(
            #"""
            Why do they differ? With the weight free, the fit may say that coin A, which shows more heads, was chosen more often: it
            gives it \#(100 * b.weights[0], .fixed(1)) of every hundred sets. \#(try movedSets(from: a, to: b)) A model with one more free parameter cannot fit worse, and it does not:
            the log-likelihood is higher by \#(free.last.logLikelihood - fixed.last.logLikelihood, .significant(3)). Five sets
            hardly tell the two models apart.

            The map in [fig:two-summits] is the log-likelihood over all pairs of coins, with weights 1/2. It has two equal summits, mirror images
            of each other at the dashed diagonal, where the coins are equal, since nothing says which coin is called A. Between them lies a pass, where both coins are
            equal to the share of heads in all the flips, \#(pass, .fixed(2)). EM starts low on the slope, on the side of the
            lower right summit, and climbs that one.
            """#)
        report.figure(
            try mapFigure(report),
            caption: #"""
                The log-likelihood over both head probabilities, for equal weights. EM climbs from (0.6, 0.5) to the summit at
                \#(fixed.last.mixture.heads, .fixed(3)); the other summit is its mirror image, with the names of the coins exchanged.
                """#)
    }

    /// What moves from coin B to coin A when the weight is free, and what that does to the averages of the two.
    private func movedSets(from fixed: Mixture<Binomial>, to free: Mixture<Binomial>) throws -> Prose {
        let before = try EM(data: data, start: fixed).eStep(fixed).column(0)
        let after = try EM(data: data, start: free).eStep(free).column(0)
        let moves = zip(before, after).map { $1 - $0 }
        let most = data.indices.sorted { moves[$0] > moves[$1] }.prefix(2)
        let doubtful = most.sorted { data[$0].heads < data[$1].heads }
        let (one, other) = (doubtful[0], doubtful[1])
        let moved = zip(moves, data).reduce(0) { $0 + $1.0 * Double($1.1.heads) } / moves.reduce(0, +)
        let averages = fixed.heads.map { 10 * $0 }
        let conclusion: Prose =
            averages[1] < moved && moved < averages[0]
            ? #"less than A's sets had, \#(averages[0], .fixed(2)), and more than B's, \#(averages[1], .fixed(2)). So A's average falls because it comes, and B's because it goes:"#
            : #"A's sets had \#(averages[0], .fixed(2)), and B's \#(averages[1], .fixed(2)). So"#
        return #"""
            \#(moves.allSatisfy { $0 > 0 } ? "A little of every set" : "On the whole, something") then moves over from B to A, and the most comes from the doubtful sets: those with
            \#(data[one].heads) and \#(data[other].heads) heads, whose share in A grows from \#(before[one], .fixed(3)) to \#(after[one], .fixed(3)) and from
            \#(before[other], .fixed(3)) to \#(after[other], .fixed(3)). All that moves has
            \#(moved, .fixed(2)) heads in ten on average: \#(conclusion) the head probabilities come out as
            \#(free.heads, .fixed(3)) instead of \#(fixed.heads, .fixed(3)).
            """#
    }

    private func mapFigure(_ report: Report) throws -> Figure {
        let axis = (0...60).map { 0.3 + 0.65 * Double($0) / 60 }
        let rows = try axis.map { second in
            try axis.map { first in
                try binomialMixture(weights: [0.5, 0.5], heads: [first, second], flips: 10).logLikelihood(of: data)
                    - logCoefficients
            }
        }
        let grid = Grid(x: axis, y: axis, values: rows.flatMap { $0 })
        func path(_ run: CoinRun) -> [Point] { run.rows.map { Point($0.mixture.heads[0], $0.mixture.heads[1]) } }
        let best = fixed.last.logLikelihood - logCoefficients
        return Figure(
            id: "two-summits", title: "Two summits, one climb",
            subtitle: "Log-likelihood for equal weights, and the path of EM; dashed: equal coins",
            alt: report.words(
                #"""
                Contour map of the log-likelihood over the two head probabilities, symmetric about the diagonal, with maxima
                of \#(best, .fixed(3)) at \#(fixed.last.mixture.heads, .fixed(3)) and at its mirror image. The path of EM
                goes from (0.6, 0.5) to the first of them.
                """#),
            panels: [
                Panel(
                    x: Axis(try report.label(#"head probability of coin A, $\headprob{1}$"#)),
                    y: Axis(try report.label(#"head probability of coin B, $\headprob{2}$"#)),
                    layers: [
                        .line([Point(0.3, 0.3), Point(0.95, 0.95)], style: .reference),
                        .contour(
                            grid, levels: [-44, -40, -37, -35, -34, -33, -32.5, -32, -31.7], isLabelled: true,
                            clearOf: path(fixed)),
                        .scatter([Point(pass, pass)], style: MarkerStyle(.ink, .cross, size: 8)),
                        .annotation("pass", at: Point(pass, pass), anchor: .left),
                        .line(path(fixed), style: LineStyle(.vermillion, width: 2), marker: .circle, label: "EM"),
                        .annotation("start", at: Point(0.648, 0.335), anchor: .center, pointingAt: path(fixed)[0]),
                    ], legend: .none, aspect: .equal)
            ])
    }

    // MARK: The expectation, taken literally

    /// Equations 18-20 take the expectation under the parameters that are maximised. Taken literally that maximises
    /// ℓ(w) - H(w), which punishes uncertainty.
    private func literalExpectation(in report: inout Report) throws {
        func parameters(_ p: [Double]) throws -> Mixture<Binomial> {
            try binomialMixture(weights: [p[0], 1 - p[0]], heads: [p[1], p[2]], flips: 10)
        }
        func literal(_ p: [Double]) throws -> Double {
            let mixture = try parameters(p)
            let q = try EM(data: data, start: mixture).eStep(mixture)
            return mixture.expectedCompleteLogLikelihood(of: data, responsibilities: q) - logCoefficients
        }
        let starts = [[0.5, 0.8, 0.5], [0.7, 0.7, 0.6], [0.9, 0.66, 0.5], [0.97, 0.66, 0.6]]
        let ends = try starts.map { try NelderMead.maximum(of: literal, from: $0, size: 0.02) }
        guard let best = ends.max(by: { $0.value < $1.value }) else { return }
        let coin = best.argument[0] > 0.5 ? best.argument[1] : best.argument[2]
        report.erratum(
            "errata.cs181.expectation",
            printed: #"""
                an expectation over the hidden coins with the index $\mathbf{Z} \mid \mathbf{X}; \mathbf{w}$ (equations 18-20): the same
                $\mathbf{w}$ that is maximised; and, in the last line, the expectation of $\mathcal{L}_{c}$, which is one already
                """#,
            corrected: #"""
                the expectation under the old parameters $\mathbf{w}^{(t)}$, which then stand still while $\mathbf{w}$ moves:
                $\mathbf{w}^{(t+1)}$ maximises $\mathcal{L}_{c}$. The handout means this, and says so in step 4: equation 22 is
                maximised with the $\mathbf{q}$ of step 2, and “here we do *not* use $\mathbf{w}^{(t)}$” besides. It is the index that
                says something else
                """#,
            shown: #"""
                taken literally, one maximises the log-likelihood minus the entropy, which rewards certainty about the coins. On Do
                and Batzoglou's five sets that picks **one** coin (weight \#(max(best.argument[0], 1 - best.argument[0]), .fixed(3))) with
                p = \#(coin, .fixed(2)) and log-likelihood \#(try parameters(best.argument).logLikelihood(of: data) - logCoefficients, .fixed(3)),
                where the maximum is \#(free.last.logLikelihood - logCoefficients, .fixed(3))
                """#)
    }
}
