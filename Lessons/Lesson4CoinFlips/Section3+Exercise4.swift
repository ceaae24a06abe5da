import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

// Exercise 4: posterior, expected complete-data log-likelihood and updates, for several flips per example.

extension TenFlips {
    // MARK: 4.1: the posterior

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
            check: .compare(
                .matrix(q), with: .matrix(chained),
                how: "\(flips) single flips in a row, each time taking the last posterior as the next weights",
                tolerance: .enumeration),
            note:
                "The values are those of the table below, a row for each head count."
        )
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
        report.figure(try posteriorFigure(report))
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
            printed: "the distribution of the latent variable “given the data and an estimate for θ”; “updates for θ”",
            corrected: "given estimates for θ **and π**; updates for both (in the handout's letters: π are the coins)",
            shown: #"""
                weights alone do not fix the posterior: after \#(example.heads) heads in \#(example.flips), with equal weights,
                coin 1 has probability \#(q[0], .fixed(4)) if the coins show heads with \#(coins, .significant(3)),
                and \#(other[0], .fixed(4)) if they do with \#(moved, .significant(3))
                """#)
    }

    // MARK: 4.2: the expectation

    func expectation(in report: inout Report) throws {
        let count = enumerableRows
        let rows = Array(data.rows[..<count])
        let q = Matrix(try rows.map { try data.start.responsibilities(at: $0) })
        let ours = data.start.expectedCompleteLogLikelihood(of: rows, responsibilities: q)
        // A coin without responsibility for the row contributes nothing, even where the logarithm is infinite.
        let firstTerms = data.start.logJoint(at: rows[0]).enumerated().filter { q[0, $0.offset] > 0 }.map { k, term in
            #"\#(NumberFormat.fixed(4).tex(q[0, k])) \times (\#(NumberFormat.fixed(4).tex(term)))"#
        }
        let assignments = try Assignments(items: count, classes: data.classCount)
        let terms = rows.map { row in data.start.heads.indices.map { logJointByHand(row, coin: $0) } }
        func logJoint(_ story: [Int]) -> Double { zip(terms, story).reduce(0) { $0 + $1.0[$1.1] } }
        let second = try assignments.expectation(of: logJoint, logJoint: logJoint)
        report.equation(
            "cs181.ex4.2",
            formula: #"""
                \Qname = \sumobs \sumclasses \resp{n}{k} \left[ \nlog \weight{k} + \nlog \binom{\flips}{\headcount{n}}
                + \headcount{n} \nlog \headprob{k} + (\flips - \headcount{n}) \nlog (1 - \headprob{k}) \right]
                """#,
            numbers: #"""
                \text{row 1, \#(self.count(rows[0].heads, "head")):} \quad \#(firstTerms.joined(separator: " + ")); \qquad
                \text{first \#(self.count(count, "row")):} \quad \Qname = \#(ours, .significant(6))
                """#,
            value: .number(ours),
            check: .compare(
                .number(ours), with: .number(second),
                how: "enumeration of all \(assignments.count) assignments of coins to the first \(count) rows",
                tolerance: .enumeration, relative: abs(second) > 1000),
            note: #"""
                The same as equation 21 with counts for the exponents. The binomial coefficient does not depend on the
                parameters: it moves $\Qname$ up or down, but not the place of its maximum, and may be left out.
                """#)
    }

    /// How many rows can be enumerated with at most 4096 assignments of coins.
    private var enumerableRows: Int {
        let most = data.classCount == 1 ? 12 : Int(log(4096.5) / log(Double(data.classCount)))
        return max(1, min(most, data.rows.count))
    }

    /// ln of the joint probability of a head count and its coin, with the binomial coefficient as a plain product.
    private func logJointByHand(_ row: HeadCount, coin: Int) -> Double {
        (0..<row.heads).reduce(logJointOfOneOrder(row, coin: coin)) { sum, i in
            sum + log(Double(row.flips - i) / Double(row.heads - i))
        }
    }

    /// The same without the binomial coefficient: ln of the weight and of a product of head and tail probabilities.
    private func logJointOfOneOrder(_ row: HeadCount, coin: Int) -> Double {
        let (p, tails) = (data.start.components[coin].probability, row.flips - row.heads)
        return log(data.start.weights[coin]) + (row.heads > 0 ? Double(row.heads) * log(p) : 0)
            + (tails > 0 ? Double(tails) * log(1 - p) : 0)
    }

    // MARK: 4.3: the updates

    func updates(in report: inout Report) throws {
        let new = run.rows[min(1, run.steps)].mixture
        let searched = try searchedUpdate(around: new)
        let totals = try expectedTotals()
        let weightNumbers: TeX =
            data.weightsAreFixed
            ? #"\weight{1} \text{ is kept}"#
            : #"""
            \weight{1} = \frac{\#(totals.rows[0], .significant(6))}{\#(data.rows.count)} = \#(new.weights[0], .fixed(4))
            """#
        report.equation(
            "cs181.ex4.3",
            formula: #"""
                \weight{k} = \frac{1}{\obscount} \sumobs \resp{n}{k}, \qquad
                \headprob{k} = \frac{\sumobs \resp{n}{k} \thinspace \headcount{n}}{\flips \sumobs \resp{n}{k}}
                """#,
            numbers: #"""
                \#(weightNumbers), \qquad
                \headprob{1} = \frac{\#(totals.heads[0], .significant(6))}{\#(totals.flips[0], .significant(6))}
                = \#(new.heads[0], .fixed(4))
                """#,
            value: .vector((data.weightsAreFixed ? [] : new.weights) + new.heads),
            check: .compare(
                .vector((data.weightsAreFixed ? [] : new.weights) + new.heads), with: .vector(searched),
                how: "golden-section search on the expected complete-data log-likelihood, one coordinate at a time",
                tolerance: .goldenSection),
            note:
                "The values are \(data.weightsAreFixed ? "" : "first the weights, then ")the head probabilities after one step."
        )
        report.table(
            ["", "one flip (Exercise 3)", #"$\flips$ flips (Exercise 4)"#],
            rows: [
                ["weight", #"$\frac{1}{\obscount} \sumobs \resp{n}{k}$"#, "the same"],
                [
                    "coin", #"$\frac{\sumobs \resp{n}{k} \heads{n}}{\sumobs \resp{n}{k}}$"#,
                    #"$\frac{\sumobs \resp{n}{k} \headcount{n}}{\flips \sumobs \resp{n}{k}}$"#,
                ],
                ["in words", "heads per example", "heads per flip"],
                [
                    "what one example tells", "two possible posteriors",
                    Prose("\(count(flips + 1, "possible posterior"))"),
                ],
            ],
            caption: #"The updates side by side. Exercise 3 is Exercise 4 with $\flips = 1$."#)
        report.prose(
            #"""
            The formulas hardly differ. What differs is the responsibilities that go into them: one flip can take two values, so
            that a dozen flips or a million are summarised by one number. The number of heads in $\flips$ flips can take
            $\flips + 1$ values, and it is their *spread* that tells two coins from one.
            """#)
    }

    /// Golden section for each free parameter, the others held at the update. A weight is varied with the rest of the weights
    /// in the proportions of the start.
    private func searchedUpdate(around new: Mixture<Binomial>) throws -> [Double] {
        let inside = 1e-12...(1 - 1e-12)
        var result: [Double] = []
        if !data.weightsAreFixed {
            let (counts, start) = (try expectedTotals().rows, data.start.weights)
            for k in new.weights.indices {
                guard new.weights.count > 1, start[k] < 1 else {
                    result.append(1)
                    continue
                }
                result.append(
                    try GoldenSection.maximum(
                        of: { weight in
                            new.weights.indices.reduce(0) { sum, j in
                                let share = j == k ? weight : start[j] * (1 - weight) / (1 - start[k])
                                return counts[j] == 0 ? sum : sum + counts[j] * log(share)
                            }
                        }, in: inside
                    ).argument)
            }
        }
        let totals = try expectedTotals()
        for k in new.heads.indices {
            result.append(
                try GoldenSection.maximum(
                    of: { p in totals.heads[k] * log(p) + (totals.flips[k] - totals.heads[k]) * log(1 - p) }, in: inside
                ).argument)
        }
        return result
    }

    /// Σ γ, Σ γ x and Σ γ M for each coin, summed over the distinct rows.
    private func expectedTotals() throws -> (rows: [Double], heads: [Double], flips: [Double]) {
        var (rows, heads, flips) = (
            data.start.weights.map { _ in 0.0 }, data.start.weights.map { _ in 0.0 },
            data.start.weights.map { _ in 0.0 }
        )
        for (row, count) in zip(distinct.rows, distinct.counts) {
            let logJoint = data.start.weights.indices.map { logJointOfOneOrder(row, coin: $0) }
            let largest = logJoint.max() ?? 0
            let q = normalised(logJoint.map { exp($0 - largest) })
            for k in q.indices {
                rows[k] += count * q[k]
                heads[k] += count * q[k] * Double(row.heads)
                flips[k] += count * q[k] * Double(row.flips)
            }
        }
        return (rows, heads, flips)
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
