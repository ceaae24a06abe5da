import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

// Exercise 4.1: the posterior of the hidden coin after several flips.

extension TenFlips {
    /// At most eleven head counts between 0 and M that are possible at the start; all of them for ten flips.
    private var headCountsShown: [HeadCount] {
        let last = min(10, flips)
        return (0...max(1, last)).map { HeadCount(heads: $0 * flips / max(1, last), flips: flips) }
            .filter { data.start.logDensity(at: $0) > -.infinity }
    }

    func posterior(in report: inout Report) throws {
        let counts = headCountsShown
        let q = try counts.map { try data.start.responsibilities(at: $0) }
        let chained = counts.map { posteriorFlipByFlip($0) }
        report.prose(
            #"""
            **The latent variable** is still which coin was flipped, one for each *set* of flips. Within a set the flips share
            their coin, so their likelihoods multiply: the powers of equation 13 grow from 0 or 1 to the counts of heads and
            tails. (Let $\headcount{n}$ be the number of heads among the $\flips$ flips from now on. The binomial coefficient, which
            counts the orders in which they can come, is the same for every coin and cancels. It is
            part of the log-likelihoods of this section all the same: they are those of the head counts.\#(
                data.hasEqualFlips ? "" : #" In your data $\flips$ differs from row to row."#))
            """#)
        let example = counts[counts.count * 7 / 10]
        let rows = data.start.components.indices.map { k in
            let p = data.start.heads[k]
            return #"""
                \#(base(p))^{\#(example.heads)} \times \#(base(1 - p))^{\#(example.flips - example.heads)} \times
                \#(NumberFormat.significant(4).tex(data.start.weights[k]))
                """#
        }
        let posterior = try data.start.responsibilities(at: example)
        report.folded("Exercise 4.1 of the handout, answered: the posterior in numbers") { report in
            report.equation(
                "cs181.ex4.1",
                formula: #"""
                    \resp{n}{k} = \frac{\weight{k} \thinspace \headprob{k}^{\headcount{n}} \thinspace
                    (1 - \headprob{k})^{\flips - \headcount{n}}}
                    {\sum_{\otherindex} \weight{j} \thinspace \headprob{j}^{\headcount{n}} \thinspace
                    (1 - \headprob{j})^{\flips - \headcount{n}}}
                    """#,
                numbers: #"""
                    \text{\#(count(example.heads, "head")) in \#(count(example.flips, "flip")):} \quad
                    \begin{bmatrix} \#(rows.joined(separator: #" \cr "#)) \end{bmatrix} \propto \#(column: posterior, .fixed(4))
                    """#,
                value: .matrix(q),
                again: .exact(
                    .matrix(chained),
                    "\(flips) single flips in a row, each time taking the last posterior as the next weights",
                    tolerance: .enumeration),
                telling: .entry(
                    0, "P(first coin, given \(count(counts[0].heads, "head")) in \(count(counts[0].flips, "flip")))"),
                note:
                    "The values are those of the table below (in `results.json` each head count has a row)."
            )
        }
        report.table(
            ["heads"] + counts.map { "\($0.heads)" },
            rows: data.start.components.indices.map { k in
                [Prose("coin \(k + 1)")] + q.map { "\($0[k], .fixed(3))" }
            }, caption: Prose("The posterior after \(count(flips, "flip")), by the number of heads."))
        if startTellsCoinsApart {
            report.prose(
                """
                As heads are added, the posterior swings from one coin to the other. A single flip has only the two ends of such a
                curve, and mild ones.
                """)
        }
        report.figure(
            try posteriorFigure(report),
            caption: #"""
                The responsibility of each coin for a set of \#(count(flips, "flip")), by its number of heads, with the parameters of the start. That
                of coin 1 is \#(q[0][0], .fixed(3)) at \#(count(counts[0].heads, "head")) and \#(q[q.count - 1][0], .fixed(3)) at
                \#(counts[counts.count - 1].heads).
                """#)
        try ambiguousExercise(in: &report)
    }

    /// A number as the base of a power: one with a power of ten in it needs brackets.
    private func base(_ number: Double) -> String {
        let text = NumberFormat.significant(4).tex(number)
        return text.contains("^") ? "(\(text))" : text
    }

    /// The second route: Bayes' rule for single flips, one after the other, with heads and tails evenly mixed. All tails first,
    /// and thousands of them could rule out a coin (its probability underflows) that the heads to come would speak for.
    private func posteriorFlipByFlip(_ count: HeadCount) -> [Double] {
        var belief = data.start.weights
        for flip in 0..<count.flips {
            let isHeads = (flip + 1) * count.heads / count.flips > flip * count.heads / count.flips
            let likelihoods = data.start.heads.map { isHeads ? $0 : 1 - $0 }
            // Relative to the largest one that counts: so they cannot all underflow.
            let largest = zip(likelihoods, belief).reduce(0) { $1.1 > 0 ? max($0, $1.0) : $0 }
            belief = normalised(zip(belief, likelihoods).map { $0 == 0 ? 0 : $0 * ($1 / largest) })
        }
        return belief
    }

    /// Two pairs of coins with the same weights. They are not the reader's, whose single or certain coin may show nothing.
    private func ambiguousExercise(in report: inout Report) throws {
        let example = HeadCount(heads: 7, flips: 10)
        func posterior(_ heads: [Double]) throws -> [Double] {
            try binomialMixture(weights: [0.5, 0.5], heads: heads, flips: 10).responsibilities(at: example)
        }
        let (coins, moved) = ([0.4, 0.6], [0.16, 0.36])
        let (q, other) = (try posterior(coins), try posterior(moved))
        report.erratum(
            "errata.cs181.ex4",
            printed:
                "the distribution of the latent variable “given the data … and an estimate for θ”; “update equations for $\\theta^{(t)}$”",
            corrected: "given estimates for θ **and π**; updates for both (in the handout's letters: π are the coins)",
            shown: #"""
                weights alone do not fix the posterior: after \#(example.heads) heads in \#(example.flips), with equal weights,
                coin 1 has probability \#(q[0], .fixed(4)) if the coins show heads with \#(coins, .significant(3)),
                and \#(other[0], .fixed(4)) if they do with \#(moved, .significant(3))
                """#)
    }

    // MARK: Figure

    private func posteriorFigure(_ report: Report) throws -> Figure {
        let counts = (0...min(200, flips)).map { HeadCount(heads: $0 * flips / max(1, min(200, flips)), flips: flips) }
            .filter { data.start.logDensity(at: $0) > -.infinity }
        let q = try counts.map { try data.start.responsibilities(at: $0) }
        let layers = data.start.components.indices.map { k in
            Layer.line(
                zip(counts, q).map { Point(Double($0.heads), $1[k]) }, style: .series(k),
                marker: counts.count <= 31 ? Marker.allCases[k % Marker.allCases.count] : nil,
                label: Label("coin \(k + 1)"))
        }
        return Figure(
            id: "posterior-by-head-count", title: "Few heads point to one coin, many to another",
            subtitle: try report.label(
                #"Responsibilities at the start, where the coins show heads with \#(data.start.heads, .significant(3))"#
            ),
            alt: report.words(
                #"""
                Responsibility of each coin against the number of heads in \#(flips): that of coin 1 goes from
                \#(q[0][0], .fixed(3)) at \#(counts[0].heads) heads to \#(q[q.count - 1][0], .fixed(3)) at
                \#(counts[counts.count - 1].heads).
                """#),
            panels: [
                Panel(
                    x: Axis(Label("heads in \(flips) flips"), ticks: .integers),
                    y: Axis("responsibility", range: 0...1, ticks: .at([0, 0.25, 0.5, 0.75, 1])), layers: layers)
            ])
    }
}
