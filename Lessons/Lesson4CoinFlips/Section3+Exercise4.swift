import Foundation
import MixtureModels
import Notebook
import Verification

// Exercise 4.2 and 4.3: expected complete-data log-likelihood and updates, for several flips per example.

extension TenFlips {
    // MARK: 4.2: the expectation

    func expectation(in report: inout Report) throws {
        let count = enumerableRows
        let rows = Array(data.firstRows[..<count])
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
        report.prose(
            #"""
            **The expectation** is the last line of section 2's chain again, with counts in the place of one flip: beside $\nlog \weight{k}$ stands
            $\headcount{n} \nlog \headprob{k} + (\flips - \headcount{n}) \nlog (1 - \headprob{k})$. The binomial coefficient moves $\Q{\params}{\paramsat{t}}$ up or
            down, but not the place of its maximum, and may be left out.
            """#)
        report.folded("Exercise 4.2 of the handout, answered: the formula in numbers") { report in
            report.equation(
                "cs181.ex4.2",
                formula: #"""
                    \Q{\params}{\paramsat{t}} = \sumobs \sumclasses \resp{n}{k} \left[ \nlog \weight{k} + \nlog \binom{\flips}{\headcount{n}}
                    + \headcount{n} \nlog \headprob{k} + (\flips - \headcount{n}) \nlog (1 - \headprob{k}) \right]
                    """#,
                numbers: #"""
                    \text{row 1, \#(self.count(rows[0].heads, "head")):} \quad \#(firstTerms.joined(separator: " + ")); \qquad
                    \text{first \#(self.count(count, "row")):} \quad \Q{\paramsat{0}}{\paramsat{0}} = \#(ours, .significant(6))
                    """#,
                value: .number(ours),
                again: .exact(
                    .number(second),
                    "enumeration of all \(assignments.count) assignments of coins to the first \(count) rows",
                    tolerance: .enumeration, relative: abs(second) > 1000))
        }
    }

    /// How many rows can be enumerated with at most 4096 assignments of coins.
    private var enumerableRows: Int {
        let most = data.classCount == 1 ? 12 : Int(log(4096.5) / log(Double(data.classCount)))
        return max(1, min(most, data.rowCount))
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
            \weight{1} = \frac{\#(totals.rows[0], .significant(6))}{\#(data.rowCount)} = \#(new.weights[0], .fixed(4))
            """#
        report.prose(
            #"""
            **The updates** are shares once more; the table has them beside those of single flips.
            """#)
        report.folded("Exercise 4.3 of the handout, answered: the updates in numbers, and their algebra") { report in
            algebraOfExercise4(in: &report)
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
                again: .search(
                    .vector(searched),
                    "golden-section search on the expected complete-data log-likelihood, one coordinate at a time",
                    tolerance: .goldenSection),
                telling: .entry(0, data.weightsAreFixed ? #"$\headprob{1}$"# : #"$\weight{1}$"#),
                note:
                    "In `results.json` the values are \(data.weightsAreFixed ? "" : "first all weights, then ")all head probabilities after one step."
            )
        }
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
            $\flips + 1$ values, and the data tell how often each occurs: $\flips$ numbers, since the shares sum to 1. Their mean alone is what single flips tell; their
            *spread* tells that there is more than one coin; and the shape beyond that is needed, too. Two coins and a free weight are three numbers, so two flips per
            set still leave a ridge, on which mean and spread are the same. It takes three, and for $\classcount$ coins with free weights
            $2 \classcount - 1$ ([lesson:5]).
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
}
