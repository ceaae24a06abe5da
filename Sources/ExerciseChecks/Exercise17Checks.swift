import ExerciseProtocol
import Foundation
import Grading
import MixtureModels
import Verification

/// Coordinate ascent on F: stat215a.increase, cs229.coordinate-ascent.
let exercise17: Exercise = Exercise(
    number: 17, name: "Exercise17HalfSteps", title: "two half-steps uphill", hiddenPoints: 2,
    checks: [
        TestCase(
            "new-q", "the E-half puts the posterior in the place of q", points: 1,
            hint: "Which q makes F equal to the log-likelihood? The old one has no say in it."
        ) { student in
            let rows = LabelledRows(student, 0)
            let got = try await student.call("eHalf", rows.q, rows.logJoint)
            let table = try got["responsibilities"].table(rows: 5, columns: 3, what: "the new q")
            let joint = rows.logJoint.map { row in row.map { exp($0) } }
            let mixed = zip(joint, rows.q).map { joint, q in zip(joint, q).map { $0 * $1 } }
            return .compare(
                table.flat, with: rows.posterior.flat, what: "the new q",
                mistakes: [
                    Mistake("this is the old q", gives: rows.q.flat),
                    Mistake("the rows are not normalised: each must sum to 1", gives: joint.flat),
                    Mistake(
                        "the old q is counted as if it were a prior; the log joint densities hold the weights already",
                        gives: normalised(mixed).flat),
                    Mistake(
                        "it is normalised over the data, and not over the classes",
                        gives: normalisedOverData(joint).flat),
                    Mistake(
                        "the logarithms themselves are normalised; undo them first",
                        gives: normalised(rows.logJoint).flat),
                    Mistake(
                        "this is a hard assignment: all of each observation goes to the likeliest class",
                        gives: joint.hard.flat),
                ])
        },
        TestCase(
            "e-gain", "the E-half gains ℓ(θ) - F(old q, θ)", points: 2,
            hint:
                "A sum with the *old* q in front of each logarithm. And which of the two stands above in the fraction?"
        ) { student in
            let rows = LabelledRows(student, 1)
            let got = try await student.call("eHalf", rows.q, rows.logJoint)
            let (height, bound) = (try rows.logLikelihood(), try rows.bound())
            let right = height - bound
            // By the q that the student's half-step returns, so that a slip there is not paid for twice.
            let returned = try? got["responsibilities"].table(rows: 5, columns: 3, what: "the new q")
            let following = returned.flatMap { followed($0, from: rows.q) } ?? right
            return .compare(
                [try got["gain"].as(Double.self)], with: [right], [following], what: "the gain of the E-half",
                mistakes: [
                    Mistake(
                        "old and new are exchanged: this is the divergence of the posterior from the old q",
                        gives: [rows.sum { q, _, p in p * log(p / q) }]),
                    Mistake("the sign is the wrong way round", gives: [-right]),
                    Mistake("this is F after the half-step, and not what it gained", gives: [height]),
                    Mistake("this is F before the half-step, and not what it gained", gives: [bound]),
                    Mistake(
                        "this is what Q gains: the entropy changes, too",
                        gives: [rows.sum { q, a, p in (p - q) * a }]),
                    Mistake(
                        "the logarithms are added up without the old q in front of them",
                        gives: [rows.sum { q, _, p in log(q / p) }]),
                    Mistake("you divided by N: F is a sum over the data", gives: [right / 5]),
                    Mistake("this is a logarithm to base 10", gives: [right / log(10)]),
                    Mistake("this is a logarithm to base 2", gives: [right / log(2)]),
                ])
        },
        TestCase(
            "m-parameters", "the M-half puts the shares of sets and of heads in the place of the parameters", points: 1,
            hint: "These are the updates of Exercise 4. The old parameters have no say in them."
        ) { student in
            let sets = FlipSets(student, 2)
            let got = try await student.calls("mHalf", [sets.arguments])[0]
            let (new, flips) = (sets.updated, Double(sets.flips))
            let total = Double(sets.heads.count)
            return .compare(
                try got["weights"].numbers(3, what: "the weights")
                    + (try got["probabilities"].numbers(3, what: "the probabilities")),
                with: new.weights + new.probabilities, what: "the new weights and probabilities",
                mistakes: [
                    Mistake("these are the old parameters", gives: sets.weights + sets.probabilities),
                    Mistake("the weights have not moved", gives: sets.weights + new.probabilities),
                    Mistake(
                        "the probabilities are heads per set, not per flip",
                        gives: new.weights + new.probabilities.map { $0 * flips }),
                    Mistake(
                        "you divided by N, not by N_k",
                        gives: new.weights + zip(new.probabilities, new.weights).map { $0 * $1 }),
                    Mistake("heads and tails are swapped", gives: new.weights + new.probabilities.map { 1 - $0 }),
                    Mistake(
                        "the weights are not divided by the number of sets",
                        gives: new.weights.map { $0 * total } + new.probabilities),
                ])
        },
        TestCase(
            "m-gain", "the M-half gains what F gains, added up over all labellings", points: 2,
            hint:
                "For each coin three terms: the sets, the heads and the tails that it has a share in, each times a logarithm."
        ) { student in
            let sets = FlipSets(student, 3)
            let got = try await student.calls("mHalf", [sets.arguments])[0]
            let right = try sets.enumeratedGain(to: sets.updated)
            let (new, total) = (sets.updated, Double(sets.heads.count))
            var mistakes = [
                Mistake(
                    "this is what the log-likelihood gains; F gains less",
                    gives: [new.logLikelihood - sets.logLikelihood]),
                Mistake("the sign is the wrong way round", gives: [-right]),
                Mistake("the gain of the weights is missing", gives: [sets.gain(to: new, weights: 0)]),
                Mistake("the gain of the probabilities is missing", gives: [sets.gain(to: new, heads: 0, tails: 0)]),
                Mistake("the tails are left out", gives: [sets.gain(to: new, tails: 0)]),
                Mistake("this is Q after the half-step, and not what it gained", gives: [new.q]),
                Mistake("you divided by N: F is a sum over the data", gives: [right / total]),
                Mistake("this is a logarithm to base 10", gives: [right / log(10)]),
                Mistake("this is a logarithm to base 2", gives: [right / log(2)]),
            ]
            var following = right
            // By the parameters that the student's half-step returns, so that a slip there is not paid for twice.
            if let returned = try? sets.with(weights: got["weights"].as(), probabilities: got["probabilities"].as()),
                returned.isPossible, !Closeness.agree(returned.numbers, sets.numbers)
            {
                following = sets.gain(to: returned)
                mistakes.append(
                    Mistake(
                        "this is what the log-likelihood gains; F gains less",
                        gives: [returned.logLikelihood - sets.logLikelihood]))
            }
            return .compare(
                [try got["gain"].as(Double.self)], with: [right], [following], what: "the gain of the M-half",
                mistakes: mistakes)
        },
        // BEGIN HIDDEN TESTS
        TestCase(
            "nothing-left",
            "a second half-step of the same kind gains nothing; and many observations gain as they must",
            points: 1, .hidden,
            hint: "Give the new q, or the new parameters, to the same half-step once more."
        ) { student in
            var done = LabelledRows(student, 4, classes: 4)
            done.q = done.posterior
            let many = LabelledRows(student, 5, rows: 150, classes: 4)
            let height = many.logJoint.reduce(0) { $0 + log($1.reduce(0) { $0 + exp($1) }) }
            let e = try await student.calls("eHalf", [done, many].map { [$0.q, $0.logJoint] })
            let sets = FlipSets(student, 6, sets: 150, coins: 4)
            let best = sets.updated
            let m = try await student.calls("mHalf", [best.arguments, sets.arguments])
            return .all([
                .compare(
                    try e.map { try $0["gain"].as(Double.self) },
                    with: [0, height - many.sum { q, a, _ in q * (a - log(q)) }],
                    what: "the gains of the E-half, at the posterior and for 150 observations"),
                .compare(
                    try m.map { try $0["gain"].as(Double.self) }, with: [0, best.q - sets.q],
                    what: "the gains of the M-half, at the best parameters and for 150 sets"),
            ])
        },
        TestCase(
            "digits", "the gain keeps its digits where F is a million million times as large", points: 1, .hidden,
            hint: "What is left of the digits when two numbers near 1,000,000,000,000 are subtracted?"
        ) { student in
            var rows = LabelledRows(student, 7)
            // Whole multiples of 1/1024, so that lowering them by a power of two is exact.
            rows.logJoint = rows.logJoint.map { row in row.map { ($0 * 0x1p10).rounded() / 0x1p10 } }
            rows.q[0] = [0, 1, 0]
            let low = rows.lowered(by: 0x1p40)
            let got = try await student.calls("eHalf", [rows, low].map { [$0.q, $0.logJoint] })
            let gains = try got.map { try $0["gain"].as(Double.self) }
            guard gains[0].isFinite else {
                return .failed("the gain is \(gains[0]) where some old q are 0: these terms count as 0")
            }
            guard gains[0] > 0 else {
                return .failed("the gain is \(gains[0]); q is not the posterior, so it is positive")
            }
            guard gains[1].isFinite else {
                return .failed("the gain is \(gains[1]) where the log joint densities are far below 0: it underflows")
            }
            // Lowering all log joint densities by the same number changes nothing. Compared with the student's own gain: whether
            // that is right is another check's question.
            return Closeness.agree([gains[1]], [gains[0]])
                ? .passed
                : .failed(
                    "the gain is another where all log joint densities are lower by the same number: most digits are lost"
                )
        },
        // END HIDDEN TESTS
    ])

/// What the E-half would gain if its new q were this: Σ q ln(q / new). Nil if that is the old one again, or no distribution.
private func followed(_ new: [[Double]], from old: [[Double]]) -> Double? {
    guard new.flat.allSatisfy({ $0 > 0 && $0 <= 1 }), !Closeness.agree(new.flat, old.flat),
        new.allSatisfy({ abs($0.reduce(0, +) - 1) < Closeness.sameFormula })
    else { return nil }
    return zip(old.flat, new.flat).reduce(0) { $0 + $1.0 * log($1.0 / $1.1) }
}
