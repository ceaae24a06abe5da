import ExerciseProtocol
import Foundation
import Grading
import Verification

/// The EM loop for sets of flips: rows that belong together, a rule to stop. cs181.ex4.1, cs181.ex4.3, errata.cs181.converge.
let exercise12: Exercise = Exercise(
    number: 12, name: "Exercise12EMLoop", title: "the EM loop", hiddenPoints: 3,
    checks: [
        TestCase(
            "start", "row 0 is the start", points: 1,
            hint: "With no steps at all there is one row. What is in it?"
        ) { student in
            let tosses = (1...2).map { EMTosses(seed: student.seed &+ $0) }
            let got = try await student.calls("run", tosses.map { $0.arguments(tolerance: 0, maximumSteps: 0) })
            for (value, tosses) in zip(got, tosses) {
                let rows = try EMRow.rows(value)
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
        TestCase(
            "own-likelihood", "each row holds the log-likelihood of its own parameters", points: 2,
            hint: "Take a row of your result, compute the log-likelihood of its parameters by hand, and compare."
        ) { student in
            let tosses = EMTosses(seed: student.seed &+ 10)
            let got = try await student.calls("run", [tosses.arguments(tolerance: 0, maximumSteps: 5)])
            let rows = try EMRow.rows(got[0])
            guard rows.count > 1 else {
                return .failed("6 rows were expected, the start included, and \(rows.count) came")
            }
            return tosses.problem(of: rows).map { .failed($0) } ?? tosses.compareLikelihoods(of: rows)
        },
        TestCase(
            "steps", "each row is one step of EM after the row before", points: 2,
            hint: "All responsibilities of a step come from the row before, and all new parameters from these."
        ) { student in
            // Of runs of two steps only the first is looked at, so that whoever stops a row early has not lost the steps as well.
            let short = (1...3).map { EMTosses(seed: student.seed &+ 20 &+ $0, isShort: true) }
            let tosses = EMTosses(seed: student.seed &+ 20)
            let got = try await student.calls(
                "run",
                short.map { $0.arguments(tolerance: 0, maximumSteps: 2) }
                    + [tosses.arguments(tolerance: 0, maximumSteps: 4)])
            let first = try judgeFirstSteps(got.dropLast(), short)
            if first != .passed { return first }
            let rows = try EMRow.rows(got[3])
            guard rows.count > 1 else {
                return .failed("5 rows were expected, the start included, and \(rows.count) came")
            }
            if let problem = tosses.problem(of: rows) { return .failed(problem) }
            // However many rows have come: how many there must be is another check's question.
            return .all(
                (1..<rows.count).map { t in
                    .compare(
                        rows[t].weights + rows[t].probabilities, with: tosses.step(rows[t - 1])?.numbers ?? [],
                        what: "row \(t), as the step after row \(t - 1)")
                })
        },
        TestCase(
            "three-coins", "with three coins, other numbers of flips and 120 sets the step is the same", points: 1,
            hint: "How many coins, flips and sets there are is told by the arguments."
        ) { student in
            let usual = EMTosses(seed: student.seed &+ 30, isShort: true)
            let many = (1...2).map {
                EMTosses(seed: student.seed &+ 30 &+ $0, coins: 3, sets: 120, flips: 11 + Int($0), isShort: true)
            }
            let got = try await student.calls(
                "run", ([usual] + many).map { $0.arguments(tolerance: 0, maximumSteps: 2) })
            return try judgeFirstSteps(got.dropFirst(), many, slip: usual.slip(in: EMRow.rows(got[0])))
        },
        // BEGIN HIDDEN TESTS
        TestCase(
            "stopping", "the loop stops when the task says, the last row included", points: 2, .hidden,
            hint: "Count the rows for a very large tolerance, and for at most one step."
        ) { student in
            let tosses = EMTosses(seed: student.seed &+ 40)
            let limits = tosses.limits
            let got = try await student.calls(
                "run", limits.map { tosses.arguments(tolerance: $0.tolerance, maximumSteps: $0.maximumSteps) })
            let runs = try got.map { try EMRow.rows($0) }
            for rows in runs {
                if let problem = tosses.problem(of: rows) { return .failed(problem) }
            }
            // The rule is judged on the log-likelihoods that the loop itself goes by: a wrong one is lost once, not twice. A loop
            // that never gets beyond its first step has no rule to be judged.
            let loops = runs.contains { $0.count > 2 }
            if loops,
                zip(runs, limits).allSatisfy({ EMRow.obey($0, tolerance: $1.tolerance, maximum: $1.maximumSteps) })
            {
                return .passed
            }
            func gives(_ steps: (_ tolerance: Double, _ maximum: Int) -> Int) -> [Double] {
                limits.map { Double(1 + steps($0.tolerance, $0.maximumSteps)) }
            }
            let right = gives { tosses.run(tolerance: $0, maximumSteps: $1).count - 1 }
            let byTolerance = right.indices.map { right[$0] < Double(1 + limits[$0].maximumSteps) }
            return .compare(
                runs.map { Double($0.count) }, with: right, what: "the numbers of rows",
                mistakes: [
                    Mistake(
                        "no run gets beyond its first step, whatever the tolerance: does it compare row 0's log-likelihood with itself?",
                        gives: right.map { min($0, 2) }),
                    Mistake(
                        "the first step is not tested: from t = 1 on the tolerance may stop the loop",
                        gives: zip(right, limits).map { $0 == 2 && $1.maximumSteps > 1 ? 3 : $0 }),
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
        TestCase(
            "fixed-point", "at the end of a long run the gradient of ℓ is zero", points: 1, .hidden,
            hint: "Run your loop with a tiny tolerance and many steps. What must be true of the last row?"
        ) { student in
            let tosses = EMTosses(seed: student.seed &+ 50)
            let got = try await student.calls("run", [tosses.arguments(tolerance: 1e-13, maximumSteps: 5000)])
            let rows = try EMRow.rows(got[0])
            if let problem = tosses.problem(of: rows) { return .failed(problem) }
            guard let last = rows.last else { return .failed("no row came") }
            guard last.numbers.allSatisfy({ $0 > 0 && $0 < 1 }) else {
                return .failed("the last row holds a weight or a probability of 0 or 1; the maximum does not")
            }
            let gradient = try CentralDifference.gradient(
                of: { unknowns in
                    tosses.logLikelihood(
                        EMRow(weights: [unknowns[0], 1 - unknowns[0]], probabilities: Array(unknowns.dropFirst())))
                }, at: [last.weights[0]] + last.probabilities)
            // EM stops a little before the maximum: the gradient is about the square root of the last rise.
            return gradient.allSatisfy { $0.magnitude < 100 * Closeness.stationary }
                ? .passed : .failed("the last row is not a maximum: the log-likelihood still rises in some direction")
        },
        // END HIDDEN TESTS
    ])

/// Judges the first row after the start, of runs of two steps.
///
/// - Parameter slip: the place among `wrongSteps` of a mistake that was paid for elsewhere; here it counts as right.
private func judgeFirstSteps(
    _ got: some Sequence<Value>, _ tosses: [EMTosses], slip: Int? = nil
) throws -> Verdict {
    var (rows, right, mistakes) = ([Double](), [Double](), [[Mistake]]())
    for (value, tosses) in zip(got, tosses) {
        let run = try EMRow.rows(value)
        guard run.count > 1 else {
            return .failed("with maximumSteps 2 three rows were expected, the start included, and \(run.count) came")
        }
        rows += run[1].numbers
        right += tosses.step(tosses.start)?.numbers ?? []
        mistakes.append(tosses.wrongSteps)
    }
    // The same mistake in all runs.
    let all = (mistakes.first ?? []).indices.map { i in
        Mistake(mistakes[0][i].what, gives: mistakes.flatMap { $0[i].numbers })
    }
    let following = slip.map { all[$0].numbers } ?? right
    return .compare(rows, with: right, following, what: "row 1", mistakes: all)
}
