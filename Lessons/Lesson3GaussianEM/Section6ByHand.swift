import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 6: one round of EM with pencil and paper: six points, two classes, one dimension; then the same as an exercise.
struct ByHand {
    private let round = HandRound.lesson
    private let exercise = HandRound.exercise

    func explain(in report: inout Report) throws {
        report.section("One round by hand")
        introduce(in: &report)
        responsibilities(in: &report)
        update(in: &report)
        try gain(in: &report)
        try check(round, named: "by-hand", in: &report)
        try equalStarts(in: &report)
        try yourTurn(in: &report)
    }

    private func introduce(in report: inout Report) {
        report.prose(
            #"""
            Take six points, $\obs{n} = \#(list(round.points))$, and two classes with numbers in them that are easy to work with:
            """#)
        report.formula(
            #"""
            \weight{1} = \weight{2} = \frac{1}{2}, \qquad \mean{1} = \#(round.start.means[0], .significant(2)), \quad
            \mean{2} = \#(round.start.means[1], .significant(2)), \qquad
            \variance{1} = \variance{2} = \#(round.start.variances[0], .significant(2))
            """#)
        report.predict(
            "Which of the six points will be shared equally, and which way will the two means move?",
            answer: #"""
                The point 4, which is as far from the one mean as from the other: weights and variances are equal, so that nothing else
                decides. Each class answers mostly for the points on its own side, so the means move apart: to
                \#(round.end.means[0], .fixed(2)) and \#(round.end.means[1], .fixed(2)).
                """#)
    }

    // MARK: E-step

    private func responsibilities(in report: inout Report) {
        report.prose(
            #"""
            **E-step.** One row for each point, one column for each class. The exponents $-(\obs{n} - \mean{k})^{2} / (2 \variance{k})$ come first; then $e$
            to that power. What a density has besides, the factor $\weight{k} / \sqrt{2 \pi \variance{k}}$, is the same for both classes in
            this round and cancels. Divide each row by its sum, and it sums to 1: these are the responsibilities.
            """#)
        report.formula(
            #"""
            \#(matrix: round.exponents, .fixed(2)) \quad \to \quad
            \#(matrix: round.exponents.map { $0.map { exp($0) } }, .fixed(4)) \quad \to \quad
            \left( \resp{n}{k} \right) = \#(matrix: round.responsibilities, .fixed(4))
            """#)
    }

    // MARK: M-step

    private func update(in report: inout Report) {
        let (end, count) = (round.end, round.points.count)
        report.prose(
            #"""
            **M-step.** The sums of the columns are the effective counts, and divided by the number of points they are the new weights:
            """#)
        report.formula(
            #"""
            \#(fractions(round.counts, over: [Double(count), Double(count)], equal: end.weights) { #"\weight{\#($0)}"# })
            """#)
        report.prose(
            #"""
            Next the points times their responsibilities, $\resp{n}{k} \thinspace \obs{n}$; the sums of these columns, divided by the effective
            counts, are the new means. With them the squares $\resp{n}{k} \thinspace (\obs{n} - \mean{k})^{2}$, and
            the new variances from their sums.
            """#)
        report.formula(
            #"""
            \left( \resp{n}{k} \thinspace \obs{n} \right) = \#(matrix: round.products, .fixed(4)), \qquad
            \#(fractions(round.sums, over: round.counts, equal: end.means) { #"\mean{\#($0)}"# })
            """#)
        report.formula(
            #"""
            \left( \resp{n}{k} \thinspace (\obs{n} - \mean{k})^{2} \right) = \#(matrix: round.squares, .fixed(4)), \qquad
            \#(fractions(round.scatters, over: round.counts, equal: end.variances) { #"\variance{\#($0)}"# })
            """#)
    }

    private func fractions(
        _ sums: [Double], over counts: [Double], equal results: [Double], name: (Int) -> String
    ) -> TeX {
        let format = NumberFormat.fixed(4)
        let parts = sums.indices.map { k in
            let below = counts[k] == counts[k].rounded() ? NumberFormat.significant(3) : format
            return
                #"\#(name(k + 1)) = \frac{\#(format.tex(sums[k]))}{\#(below.tex(counts[k]))} = \#(format.tex(results[k]))"#
        }
        return TeX(parts.joined(separator: #", \quad "#))
    }

    // MARK: What it brought

    private func gain(in report: inout Report) throws {
        let (before, after) = (round.logLikelihoods[0], round.logLikelihoods[1])
        report.prose(
            #"""
            Was it worth the trouble? The log-likelihood is the sum of the logarithms of six densities, and now the factor that we left
            away counts: it rises from $\#(before, .fixed(4))$ to $\#(after, .fixed(4))$. The next round begins with these
            parameters, and gains less. The figure shows the mixture before and after.
            """#)
        report.figure(
            try HandFigure(round).figure(report),
            caption: #"""
                The round that was just done by hand. The colour of a point mixes the colours of the classes by its responsibilities, and the number below it is
                $\resp{n}{1}$. Left: the start. Right: after one round; the two Gaussians have moved apart, towards the points that they answer for.
                """#)
    }

    /// Everything that the round shows, by routes that share no code with it.
    private func check(_ round: HandRound, named name: String, in report: inout Report) throws {
        let start = try Mixture(
            weights: round.start.weights,
            components: [0, 1].map { try Normal(mean: round.start.means[$0], variance: round.start.variances[$0]) })
        let em = try EM(data: round.points, start: start)
        let q = try em.eStep(start)
        report.check(
            "\(name)-responsibilities", value: .matrix(round.responsibilities),
            again: .exact(
                .matrix(round.points.indices.map(q.row)), "the package's E-step, in logarithms", tolerance: .rounding())
        )
        func expectation(_ p: [Double]) -> Double {
            let odds = exp(p[0])
            return zip(round.points, round.responsibilities).reduce(0) { sum, row in
                sum + row.1[0] * (log(odds / (1 + odds)) + logDensity(row.0, p[1], p[3]))
                    + row.1[1] * (log(1 / (1 + odds)) + logDensity(row.0, p[2], p[4]))
            }
        }
        let found = try NelderMead.maximum(of: expectation, from: [0] + round.start.means + [0, 0]).argument
        let odds = exp(found[0])
        report.check(
            "\(name)-parameters", value: .vector(round.end.weights + round.end.means + round.end.variances),
            again: .search(
                .vector(
                    [odds / (1 + odds), 1 / (1 + odds), found[1], found[2], exp(2 * found[3]), exp(2 * found[4])]),
                "Nelder and Mead's search for the largest expected complete-data log-likelihood, over all five parameters"
            ))
        report.check(
            "\(name)-log-likelihood", value: .vector(round.logLikelihoods),
            again: .exact(
                .vector(try [round.start, round.end].map { try enumerated(round.points, $0) }),
                "adding up the densities of all 64 ways to give the six points their classes, before and after",
                tolerance: .enumeration))
    }

    private func logDensity(_ x: Double, _ mean: Double, _ logDeviation: Double) -> Double {
        -0.5 * log(2 * Double.pi) - logDeviation - (x - mean) * (x - mean) / 2 * exp(-2 * logDeviation)
    }

    private func enumerated(_ points: [Double], _ p: HandRound.Parameters) throws -> Double {
        try Assignments(items: points.count, classes: 2).logSum { classes in
            zip(points, classes).reduce(0) { sum, pair in
                sum + log(p.weights[pair.1]) + logDensity(pair.0, p.means[pair.1], log(p.variances[pair.1]) / 2)
            }
        }
    }

    // MARK: How not to start

    private func equalStarts(in report: inout Report) throws {
        let points = round.points
        let equal = try Normal(mean: 3, variance: 2)
        let fit = try EM(
            data: points, start: Mixture(weights: [0.5, 0.5], components: [equal, equal]), stop: .maximumSteps(100)
        ).fit()
        let ends = fit.mixture.components
        let count = Double(points.count)
        let mean = points.reduce(0, +) / count
        let variance = points.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
        report.predict(
            "**How not to start.** Give both classes the mean 3. What will they look like after one round, and after a hundred?",
            answer: "Like one another: equal for ever.")
        report.prose(
            #"""
            With equal classes every point has the same density under both, every row of
            responsibilities is $(\weight{1}, \weight{2})$, and both classes are fitted to the same points with the same shares: they are equal again. After
            \#(fit.trace.count - 1) \#(fit.trace.count == 2 ? "round" : "rounds") both have the mean \#(ends[0].mean, .significant(5)) and the variance
            \#(ends[0].variance, .significant(5)), those of all six points together, and there they stay. The log-likelihood is level at
            that place, but not high: EM from the start above gets higher in its first round.
            """#)
        report.check(
            "equal-starts", value: .vector(ends.flatMap { [$0.mean, $0.variance] }),
            again: .exact(.vector([mean, variance, mean, variance]), "mean and variance of all six points, twice"))
    }

    // MARK: Exercise

    private func yourTurn(in report: inout Report) throws {
        let (start, end) = (exercise.start, exercise.end)
        report.exercise(
            #"""
            Do the same with pencil and paper: points $\obs{n} = \#(list(exercise.points))$, weights $\weight{1} = 2/3$ and $\weight{2} = 1/3$, means
            $\mean{1} = \#(start.means[0], .significant(2))$ and $\mean{2} = \#(start.means[1], .significant(2))$, both variances
            \#(start.variances[0], .significant(2)). Mind that now the weights do not cancel.
            """#,
            answer: #"""
                The first class has twice the weight of the second, so the rows are
                $(2 e^{-(\obs{n} - \#(start.means[0], .significant(2)))^{2} / \#(2 * start.variances[0], .significant(2))}, e^{-(\obs{n} - \#(start.means[1], .significant(2)))^{2} / \#(2 * start.variances[1], .significant(2))})$,
                divided by their sums. The responsibilities of the first class are \#(exercise.responsibilities.map { $0[0] }, .fixed(4)), those of
                the second are what is missing to 1. The effective counts are \#(exercise.counts, .fixed(4)), so the new weights are
                \#(end.weights, .fixed(4)). The sums of $\resp{n}{k} \thinspace \obs{n}$ are \#(exercise.sums, .fixed(4)), the new means
                \#(end.means, .fixed(4)); the sums of the squares are \#(exercise.scatters, .fixed(4)), the new variances
                \#(end.variances, .fixed(4)). The log-likelihood goes from \#(exercise.logLikelihoods[0], .fixed(4)) to
                \#(exercise.logLikelihoods[1], .fixed(4)).
                """#)
        try check(exercise, named: "by-hand-exercise", in: &report)
    }

    private func list(_ points: [Double]) -> String {
        points.map { NumberFormat.significant(3).string($0) }.joined(separator: ", ")
    }
}
