import ExerciseProtocol
import Foundation
import Grading
import Verification

/// The EM loop for sets of flips: rows that belong together, a rule to stop. cs181.ex4.1, cs181.ex4.3, errata.cs181.converge.
let exercise12 = Exercise(
    number: 12, name: "Exercise12EMLoop", title: "the EM loop", hiddenPoints: 3,
    checks: [
        Check(
            "start", "row 0 is the start", points: 1,
            hint: "With no steps at all there is one row. What is in it?"
        ) { student in
            let tosses = (1...2).map { Tosses(seed: student.seed &+ $0) }
            let got = try await student.calls("run", tosses.map { $0.arguments(tolerance: 0, maximumSteps: 0) })
            for (value, tosses) in zip(got, tosses) {
                let rows = try Row.rows(value)
                guard rows.count == 1 else {
                    return .failed("with maximumSteps 0 one row was expected, and \(rows.count) came")
                }
                let verdict = Verdict.compare(
                    rows[0].weights + rows[0].probabilities, with: tosses.start.weights + tosses.start.probabilities,
                    what: "row 0",
                    mistakes: [
                        Mistake(
                            "this is the start after one step already",
                            gives: tosses.step(tosses.start).map { $0.weights + $0.probabilities } ?? [])
                    ])
                if verdict != .passed { return verdict }
            }
            return .passed
        },
        Check(
            "own-likelihood", "each row holds the log-likelihood of its own parameters", points: 2,
            hint: "Take a row of your result, compute the log-likelihood of its parameters by hand, and compare."
        ) { student in
            let tosses = Tosses(seed: student.seed &+ 10)
            let got = try await student.calls("run", [tosses.arguments(tolerance: 0, maximumSteps: 5)])
            let rows = try Row.rows(got[0])
            if let problem = tosses.problem(of: rows, expected: 6) { return .failed(problem) }
            return tosses.compareLikelihoods(of: rows)
        },
        Check(
            "steps", "each row is one step of EM after the row before", points: 2,
            hint: "All responsibilities of a step come from the row before, and all new parameters from these."
        ) { student in
            let tosses = Tosses(seed: student.seed &+ 20)
            let got = try await student.calls("run", [tosses.arguments(tolerance: 0, maximumSteps: 4)])
            let rows = try Row.rows(got[0])
            guard rows.count > 1 else { return .failed("5 rows were expected, and \(rows.count) came") }
            let first = Verdict.compare(
                rows[1].weights + rows[1].probabilities, with: tosses.step(tosses.start)?.numbers ?? [], what: "row 1",
                mistakes: tosses.wrongSteps)
            if first != .passed { return first }
            if let problem = tosses.problem(of: rows, expected: 5) { return .failed(problem) }
            return .all(
                (2..<5).map { t in
                    .compare(
                        rows[t].weights + rows[t].probabilities, with: tosses.step(rows[t - 1])?.numbers ?? [],
                        what: "row \(t), as the step after row \(t - 1)")
                })
        },
        Check(
            "ascent", "with three coins, too, the log-likelihood rises from row to row to a maximum", points: 1,
            hint: "If it falls, a step is wrong. If it ends too low, the loop ends too early."
        ) { student in
            let tosses = Tosses(seed: student.seed &+ 30, coins: 3, sets: 24)
            let got = try await student.calls("run", [tosses.arguments(tolerance: 1e-8, maximumSteps: 3000)])
            let rows = try Row.rows(got[0])
            if let problem = tosses.problem(of: rows, expected: nil) { return .failed(problem) }
            let heights = rows.map { tosses.logLikelihood($0) }
            guard heights.count > 1 else { return .failed("several rows were expected, and \(heights.count) came") }
            guard zip(heights, heights.dropFirst()).allSatisfy({ $1 >= $0 - Closeness.sameFormula }) else {
                return .failed("the log-likelihood falls from one row to the next, which EM never does")
            }
            let right = tosses.run(tolerance: 1e-8, maximumSteps: 3000)
            guard let last = right.last, abs(tosses.logLikelihood(last) - heights[heights.count - 1]) < 1e-4 else {
                return .failed("the log-likelihood of the last row is not where EM gets from this start")
            }
            return .passed
        },
        // BEGIN HIDDEN TESTS
        Check(
            "stopping", "the loop stops when the task says, the last row included", points: 2, .hidden,
            hint: "Count the rows for a very large tolerance, and for at most one step."
        ) { student in
            let tosses = Tosses(seed: student.seed &+ 40)
            let limits = tosses.limits
            let got = try await student.calls(
                "run", limits.map { tosses.arguments(tolerance: $0.tolerance, maximumSteps: $0.maximumSteps) })
            func gives(_ steps: (_ tolerance: Double, _ maximum: Int) -> Int) -> [Double] {
                limits.map { Double(1 + steps($0.tolerance, $0.maximumSteps)) }
            }
            let right = gives { tosses.run(tolerance: $0, maximumSteps: $1).count - 1 }
            let byTolerance = right.indices.map { right[$0] < Double(1 + limits[$0].maximumSteps) }
            return .compare(
                try got.map { Double(try Row.rows($0).count) }, with: right, what: "the numbers of rows",
                mistakes: [
                    Mistake("the tolerance is ignored", gives: gives { $1 }),
                    Mistake(
                        "maximumSteps is ignored",
                        gives: gives { tolerance, _ in tosses.run(tolerance: tolerance, maximumSteps: 50).count - 1 }),
                    Mistake(
                        "the last row is missing where the tolerance stops the loop",
                        gives: zip(right, byTolerance).map { $1 ? $0 - 1 : $0 }),
                    Mistake(
                        "there is one row too many where the tolerance stops the loop",
                        gives: zip(right, byTolerance).map { $1 ? $0 + 1 : $0 }),
                    Mistake(
                        "a row is missing: maximumSteps counts steps, and row 0 is not one", gives: right.map { $0 - 1 }
                    ),
                    Mistake(
                        "a row is missing where maximumSteps stops the loop: it counts steps, and row 0 is not one",
                        gives: zip(right, byTolerance).map { $1 ? $0 : $0 - 1 }),
                    Mistake("there is one row too many", gives: right.map { $0 + 1 }),
                    Mistake(
                        "there is one row too many where maximumSteps stops the loop",
                        gives: zip(right, byTolerance).map { $1 ? $0 : $0 + 1 }),
                    Mistake("only one row comes: all iterates were asked for", gives: right.map { _ in 1 }),
                    Mistake(
                        "the change is compared relative to the size of ℓ; the task compares the change itself",
                        gives: gives { tolerance, maximum in
                            tosses.run(tolerance: tolerance, maximumSteps: maximum, relative: true).count - 1
                        }),
                ])
        },
        Check(
            "fixed-point", "at the end of a long run the gradient of ℓ is zero", points: 1, .hidden,
            hint: "Run your loop with a tiny tolerance and many steps. What must be true of the last row?"
        ) { student in
            let tosses = Tosses(seed: student.seed &+ 50)
            let got = try await student.calls("run", [tosses.arguments(tolerance: 1e-13, maximumSteps: 5000)])
            let rows = try Row.rows(got[0])
            if let problem = tosses.problem(of: rows, expected: nil) { return .failed(problem) }
            guard rows.count > 1, let last = rows.last else { return .failed("only one row came") }
            let gradient = try CentralDifference.gradient(
                of: { unknowns in
                    tosses.logLikelihood(
                        Row(weights: [unknowns[0], 1 - unknowns[0]], probabilities: Array(unknowns.dropFirst())))
                }, at: [last.weights[0]] + last.probabilities)
            // EM stops a little before the maximum: the gradient is about the square root of the last rise.
            return gradient.allSatisfy { $0.magnitude < 100 * Closeness.stationary }
                ? .passed : .failed("the last row is not a maximum: the log-likelihood still rises in some direction")
        },
        // END HIDDEN TESTS
    ])

/// One row of a run.
private struct Row {
    var weights: [Double]
    var probabilities: [Double]
    var logLikelihood = 0.0

    var numbers: [Double] { weights + probabilities }

    static func rows(_ value: Value) throws -> [Row] {
        try value.as([Value].self).map {
            Row(
                weights: try $0["weights"].as(), probabilities: try $0["probabilities"].as(),
                logLikelihood: try $0["logLikelihood"].as())
        }
    }
}

/// Sets of ten flips, and a start.
private struct Tosses {
    static let flips = 10
    let heads: [Int]
    let start: Row

    init(seed: UInt64, coins: Int = 2, sets: Int = 14) {
        var generator = SplitMix64(seed: seed)
        let truth = coins == 2 ? [0.25, 0.75] : [0.1, 0.5, 0.9]
        heads = (0..<sets).map { generator.successes(in: Tosses.flips, probability: truth[$0 % 5 % coins]) }
        let shares = (0..<coins).map { _ in 0.5 + generator.uniform() }
        start = Row(
            weights: shares.map { $0 / shares.reduce(0, +) },
            probabilities: truth.map { 0.5 + 0.4 * ($0 - 0.5) + 0.05 * generator.uniform() })
    }

    func arguments(tolerance: Double, maximumSteps: Int) -> [any Exchangeable] {
        [heads, Tosses.flips, start.weights, start.probabilities, tolerance, maximumSteps]
    }

    /// π_k times the probability of an order of flips with these heads, in probability space: sets of ten are short enough.
    private func joint(_ count: Int, _ row: Row) -> [Double] {
        zip(row.weights, row.probabilities).map {
            $0 * pow($1, Double(count)) * pow(1 - $1, Double(Tosses.flips - count))
        }
    }

    func logLikelihood(_ row: Row) -> Double {
        heads.reduce(0) { $0 + log(joint($1, row).reduce(0, +)) }
    }

    /// What the binomial coefficients add to every log-likelihood.
    private var coefficients: Double {
        heads.reduce(0) { $0 + lgamma(11) - lgamma(Double($1) + 1) - lgamma(11 - Double($1)) }
    }

    private func responsibilities(_ row: Row) -> [[Double]] {
        heads.map { count in
            let joint = joint(count, row)
            return joint.map { $0 / joint.reduce(0, +) }
        }
    }

    private func update(_ q: [[Double]]) -> Row {
        let counts = start.weights.indices.map { k in q.reduce(0) { $0 + $1[k] } }
        return Row(
            weights: counts.map { $0 / Double(heads.count) },
            probabilities: counts.indices.map { k in
                zip(heads, q).reduce(0) { $0 + Double($1.0) * $1.1[k] } / (Double(Tosses.flips) * counts[k])
            })
    }

    /// One step of EM; nil from parameters of another shape.
    func step(_ row: Row) -> Row? {
        guard row.numbers.count == start.numbers.count else { return nil }
        return update(responsibilities(row))
    }

    /// What is wrong with the shape of a result, if anything is.
    func problem(of rows: [Row], expected: Int?) -> String? {
        if let expected, rows.count != expected {
            return "\(expected) rows were expected, the start included, and \(rows.count) came"
        }
        for (t, row) in rows.enumerated() {
            guard row.weights.count == start.weights.count, row.probabilities.count == start.weights.count else {
                return "row \(t) should hold \(start.weights.count) weights and as many probabilities"
            }
            guard row.numbers.allSatisfy({ $0 >= 0 && $0 <= 1 + Closeness.sameFormula }) else {
                return "row \(t) holds a weight or a probability that is not between 0 and 1"
            }
        }
        return nil
    }

    /// Compares the log-likelihoods of some rows with their own parameters'.
    func compareLikelihoods(of rows: [Row]) -> Verdict {
        let right = rows.map(logLikelihood)
        let constant = coefficients
        func mistakes(_ what: String, _ numbers: [Double], coefficients scale: Double = 1) -> [Mistake] {
            [Mistake(what, gives: numbers), Mistake(what, gives: numbers.map { $0 + scale * constant })]
        }
        let before = [rows[0]] + rows.dropLast()
        let after = rows.dropFirst() + [rows.last.flatMap(step) ?? rows[0]]
        let total = Double(heads.count)
        return .compare(
            rows.map(\.logLikelihood), with: right, right.map { $0 + constant }, what: "the log-likelihoods",
            mistakes: mistakes(
                "each row, from row 1 on, holds the log-likelihood of the parameters before; it must be that of its own",
                before.map(logLikelihood))
                + mistakes(
                    "each row holds the log-likelihood of the parameters after; it must be that of its own",
                    after.map(logLikelihood))
                + mistakes(
                    "this is Q, the expected complete-data log-likelihood, which is not ℓ",
                    rows.map { expectedLogLikelihood(of: $0, under: $0) })
                + mistakes(
                    "this is Q, the expected complete-data log-likelihood, which is not ℓ",
                    zip(rows, before).map { expectedLogLikelihood(of: $0, under: $1) })
                + mistakes("you returned log base 10", right.map { $0 / log(10) }, coefficients: 1 / log(10))
                + mistakes("you returned log base 2", right.map { $0 / log(2) }, coefficients: 1 / log(2))
                + mistakes("you divided by N", right.map { $0 / total }, coefficients: 1 / total)
                + mistakes("the sign is the wrong way round", right.map { -$0 }, coefficients: -1)
                + mistakes(
                    "weights ignored",
                    rows.map { logLikelihood(Row(weights: $0.weights.map { _ in 1 }, probabilities: $0.probabilities)) }
                )
                + [Mistake("this is the likelihood itself: take its logarithm", gives: right.map { exp($0) })])
    }

    /// Q of some parameters, with the responsibilities of others.
    private func expectedLogLikelihood(of row: Row, under old: Row) -> Double {
        zip(heads, responsibilities(old)).reduce(0) { sum, set in
            sum + zip(set.1, joint(set.0, row)).reduce(0) { $0 + $1.0 * log($1.1) }
        }
    }

    /// What a first step that is wrong in a known way leads to.
    var wrongSteps: [Mistake] {
        let q = responsibilities(start)
        let new = update(q)
        let mixed = update(responsibilities(Row(weights: new.weights, probabilities: start.probabilities)))
        let mixedToo = update(responsibilities(Row(weights: start.weights, probabilities: new.probabilities)))
        let equal = update(
            responsibilities(Row(weights: start.weights.map { _ in 1 }, probabilities: start.probabilities)))
        let hard = update(q.map { row in row.map { $0 == row.max() ? 1 : 0 } })
        let perSet = Double(Tosses.flips)
        let perN = zip(new.probabilities, new.weights).map { $0 * $1 }
        let again =
            "the responsibilities are computed anew in the middle of the step, with some parameters new and some old"
        return [
            Mistake("this is the start again", gives: start.numbers),
            Mistake("this is two steps after row 0", gives: step(new)?.numbers ?? []),
            Mistake(again, gives: new.weights + mixed.probabilities),
            Mistake(again, gives: mixedToo.weights + new.probabilities),
            Mistake("weights ignored in the E-step", gives: equal.numbers),
            Mistake("the weights have not moved", gives: start.weights + new.probabilities),
            Mistake("the probabilities have not moved", gives: new.weights + start.probabilities),
            Mistake("each set is given to one coin as a whole, and not by shares", gives: hard.numbers),
            Mistake(
                "the probabilities are heads per set, not per flip",
                gives: new.weights + new.probabilities.map { $0 * perSet }),
            Mistake("you divided by N, not by N_k", gives: new.weights + perN),
            Mistake("you divided by N, not by N_k", gives: new.weights + perN.map { $0 * perSet }),
            Mistake("heads and tails are swapped", gives: new.weights + new.probabilities.map { 1 - $0 }),
        ]
    }

    /// The rows of a run.
    func run(tolerance: Double, maximumSteps: Int, relative: Bool = false) -> [Row] {
        var rows = [start]
        while rows.count <= maximumSteps, let last = rows.last, let next = step(last) {
            rows.append(next)
            let change = logLikelihood(next) - logLikelihood(last)
            if change <= tolerance * (relative ? abs(logLikelihood(next)) : 1) { break }
        }
        return rows
    }
    // BEGIN HIDDEN TESTS

    /// Tolerances half way between two rises, so that rounding decides nothing, and maxima of steps.
    var limits: [(tolerance: Double, maximumSteps: Int)] {
        let heights = run(tolerance: 0, maximumSteps: 8).map(logLikelihood)
        let rises = zip(heights, heights.dropFirst()).map { $1 - $0 }
        func between(_ t: Int) -> Double { (rises[t - 1] * rises[t]).squareRoot() }
        return [(1e9, 7), (0, 1), (0, 3), (between(2), 9), (between(4), 20), (between(3), 2)]
    }
    // END HIDDEN TESTS
}
