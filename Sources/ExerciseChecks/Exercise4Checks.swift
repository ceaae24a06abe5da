import ExerciseProtocol
import Foundation
import Grading
import MixtureModels
import Verification

/// EM for sets of flips: cs181.ex4.1, cs181.ex4.2 and cs181.ex4.3.
let exercise4: Exercise = Exercise(
    number: 4, name: "Exercise4TenFlips", title: "EM for sets of ten flips", hiddenPoints: 3,
    checks: [
        TestCase(
            "posterior", "the posterior of the coins is Bayes' rule with powers of the head probabilities", points: 2,
            hint: "Flips of one coin are independent given the coin, so their probabilities multiply: heads and tails."
        ) { student in
            let sets = HeadCounts(student, 0)
            let got = try await student.call("posterior", sets.heads, sets.flips, sets.weights, sets.probabilities)
            let table = try got.table(rows: sets.heads.count, columns: 3, what: "the posterior")
            let joint = sets.joint()
            let wrong = { (chance: (Double, Double, Double) -> Double) in normalised(sets.joint(chance: chance)).flat }
            return .compare(
                table.flat, with: normalised(joint).flat, what: "the posterior",
                mistakes: [
                    Mistake("heads and tails are swapped", gives: wrong { pow($0, $2) * pow(1 - $0, $1) }),
                    Mistake("the weights are ignored", gives: normalised(sets.joint(weighted: false)).flat),
                    Mistake("the tails are left out", gives: wrong { heads, count, _ in pow(heads, count) }),
                    Mistake(
                        "only one flip of each set is counted",
                        gives: wrong { heads, count, _ in count > 0 ? heads : 1 - heads }),
                    Mistake(
                        "every set is taken to have 10 flips: the number is an argument",
                        gives: wrong { heads, count, _ in pow(heads, count) * pow(1 - heads, 10 - count) }),
                    Mistake(
                        "they are normalised over the data, and not over the coins",
                        gives: normalisedOverData(joint).flat),
                    Mistake("they are not normalised: a row must sum to 1", gives: joint.flat),
                    Mistake(
                        "they are not normalised: a row must sum to 1", gives: sets.joint(coefficient: true).flat),
                    Mistake(
                        "this is a hard assignment: all of each set goes to the likeliest coin",
                        gives: normalised(joint).hard.flat),
                ])
        },
        TestCase(
            "expectation",
            "the expected complete-data log-likelihood weighs log joint probabilities by responsibilities",
            points: 2,
            hint: "For each set and coin: a responsibility, times the logarithm of weight and probability of the flips."
        ) { student in
            let sets = HeadCounts(student, 1)
            let got = try await student.call(
                "expectedCompleteDataLogLikelihood", sets.heads, sets.flips, sets.given, sets.weights,
                sets.probabilities)
            let coefficients = sets.logCoefficients.reduce(0, +)
            let right = sets.q()
            // Each mistake with the binomial coefficient and without.
            let mistakes: [(String, Double, Double)] = [
                ("this is a logarithm to base 10", right / log(10), coefficients / log(10)),
                ("this is a logarithm to base 2", right / log(2), coefficients / log(2)),
                ("heads and tails are swapped", sets.q { $1 * log(1 - $0) + $2 * log($0) }, coefficients),
                ("the weights are missing: how probable was the coin itself?", sets.q(weighted: false), coefficients),
                ("the tails are left out", sets.q { heads, count, _ in count * log(heads) }, coefficients),
                (
                    "the responsibilities are ignored", sets.q(rows: sets.given.map { $0.map { _ in 1 } }),
                    coefficients * 3
                ),
                (
                    "this is the log of a sum over the coins, the log-likelihood; here each coin's log is weighed by its responsibility",
                    sets.logLikelihood, coefficients
                ),
                (
                    "the logarithm of the expectation is taken; the expectation of the logarithm is wanted",
                    sets.logOfExpectation, coefficients
                ),
                (
                    "the responsibilities are computed anew from the parameters; those given are to be used",
                    sets.q(rows: normalised(sets.joint())), coefficients
                ),
                (
                    "the responsibilities are rounded to hard assignments", sets.q(rows: sets.given.hard), coefficients
                ),
                (
                    "the entropy of the responsibilities is added: this is the lower bound, and not Q",
                    right - sets.given.flat.reduce(0) { $0 + $1 * log($1) }, coefficients
                ),
                ("this is the mean over the sets, and not the sum", right / 8, coefficients / 8),
                ("the sign is wrong", -right, -coefficients),
            ]
            return .compare(
                [try got.as(Double.self)], with: [right], [right + coefficients],
                what: "the expected complete-data log-likelihood",
                mistakes: mistakes.flatMap { [Mistake($0.0, gives: [$0.1]), Mistake($0.0, gives: [$0.1 + $0.2])] })
        },
        TestCase(
            "update-weights", "the new weights are the coins' shares of the sets", points: 1,
            hint: "Compare exercise 3: which of the two updates does not care how often a coin is flipped?"
        ) { student in
            let sets = HeadCounts(student, 2)
            let got = try await student.call("update", sets.heads, sets.flips, sets.given)
            let total = Double(sets.heads.count)
            let sums = sets.given.columnSums
            return .compare(
                try got["weights"].numbers(3, what: "the weights"), with: sums.map { $0 / total }, what: "the weights",
                mistakes: [
                    Mistake("they are not divided by the number of sets", gives: sums),
                    Mistake(
                        "they are divided by the number of flips, and not of sets",
                        gives: sums.map { $0 / total / Double(sets.flips) }),
                    Mistake(
                        "they are shares of the heads, and not of the sets",
                        gives: sets.expectedHeads.map { $0 / sets.expectedHeads.reduce(0, +) }),
                    Mistake(
                        "this counts hard assignments, and not responsibilities",
                        gives: sets.given.hard.columnSums.map { $0 / total }),
                    Mistake("the coins are taken to be equally likely", gives: [1.0 / 3, 1.0 / 3, 1.0 / 3]),
                ])
        },
        TestCase(
            "update-probabilities", "the new head probabilities are heads per flip, coin by coin", points: 2,
            hint: "How many heads is a coin responsible for? And out of how many flips?"
        ) { student in
            let sets = HeadCounts(student, 3)
            let got = try await student.call("update", sets.heads, sets.flips, sets.given)
            let (flips, total) = (Double(sets.flips), Double(sets.heads.count))
            let sums = sets.given.columnSums
            let heads = sets.expectedHeads
            let right = zip(heads, sums).map { $0 / $1 / flips }
            let share = Double(sets.heads.reduce(0, +)) / flips / total
            let hard = sets.given.hard
            let hardHeads = zip(sets.heads, hard).map { heads, row in row.map { $0 * Double(heads) } }.columnSums
            return .compare(
                try got["probabilities"].numbers(3, what: "the head probabilities"), with: right,
                what: "the head probabilities",
                mistakes: [
                    Mistake("you divided by N, not by N_k", gives: heads.map { $0 / total / flips }),
                    Mistake("these are heads per set, and not heads per flip", gives: right.map { $0 * flips }),
                    Mistake(
                        "you divided by N, not by N_k, and these are heads per set", gives: heads.map { $0 / total }),
                    Mistake("heads and tails are swapped", gives: right.map { 1 - $0 }),
                    Mistake(
                        "every set is taken to have 10 flips: the number is an argument",
                        gives: right.map { $0 * flips / 10 }),
                    Mistake(
                        "the responsibilities are ignored: all coins get the share of heads in the data",
                        gives: [share, share, share]),
                    Mistake(
                        "you divided by all heads, not by the flips of this coin",
                        gives: heads.map { $0 / heads.reduce(0, +) }),
                    Mistake(
                        "this counts hard assignments, and not responsibilities",
                        gives: zip(hardHeads, hard.columnSums).map { $0 / $1 / flips }),
                    Mistake("they are not divided by anything: these are expected numbers of heads", gives: heads),
                ])
        },
        // BEGIN HIDDEN TESTS
        TestCase(
            "certain-coins", "coins that always show the same face have a posterior, too", points: 1, .hidden,
            hint: "What is 0 to the power 0? And what is 0 times the logarithm of 0?"
        ) { student in
            let got = try await student.call("posterior", [0, 6, 6, 2], 6, [0.2, 0.3, 0.5], [0, 1, 0.5])
            let table = try got.table(rows: 4, columns: 3, what: "the posterior")
            guard !table.flat.contains(where: \.isNaN) else {
                return .failed("the posterior: with a coin that always shows the same face it is NaN")
            }
            let half = 0.5 / 64
            let joint: [[Double]] = [[0.2, 0, half], [0, 0.3, half], [0, 0.3, half], [0, 0, 1]]
            return .compare(
                table.flat, with: normalised(joint).flat,
                what: "the posterior, with coins that always show the same face")
        },
        TestCase(
            "enumeration", "Q is the average over all assignments of coins to sets", points: 1, .hidden,
            hint: "A story that the responsibilities rule out adds nothing, whatever its logarithm."
        ) { student in
            let sets = HeadCounts(student, 4)
            let got = try await student.call(
                "expectedCompleteDataLogLikelihood", sets.heads, sets.flips, sets.given, sets.weights,
                sets.probabilities)
            // 3⁸ assignments, each weighed by the product of its responsibilities.
            let logJoint = sets.joint().map { row in row.map { log($0) } }
            let logGiven = sets.given.map { row in row.map { log($0) } }
            let sum = { (table: [[Double]], coins: [Int]) in zip(table, coins).reduce(0) { $0 + $1.0[$1.1] } }
            let right = try Assignments(items: 8, classes: 3).expectation(
                of: { sum(logJoint, $0) }, logJoint: { sum(logGiven, $0) })
            let many = HeadCounts(student, 6, sets: 120)
            let gotMany = try await student.call(
                "expectedCompleteDataLogLikelihood", many.heads, many.flips, many.given, many.weights,
                many.probabilities)
            let certain = try await student.call(
                "expectedCompleteDataLogLikelihood", [3, 0], 3, [[0.0, 1.0], [0.5, 0.5]], [0.5, 0.5], [0.0, 0.5]
            ).as(Double.self)
            guard certain.isFinite else {
                return .failed(
                    "a coin that cannot have shown the flips, and has responsibility 0: the result is not finite. What is 0 times the logarithm of 0?"
                )
            }
            let plain = log(0.5) + log(0.125) + 0.5 * log(0.5) + 0.5 * (log(0.5) + log(0.125))
            return .all([
                .compare(
                    [try got.as(Double.self)], with: [right], [right + sets.logCoefficients.reduce(0, +)],
                    what: "Q, beside the average over all assignments"),
                .compare([certain], with: [plain], what: "Q with a coin that never shows heads"),
                .compare(
                    [try gotMany.as(Double.self)], with: [many.q()], [many.q() + many.logCoefficients.reduce(0, +)],
                    what: "Q of 120 sets"),
            ])
        },
        TestCase(
            "maximum", "Q is level at the update of 120 sets, and a whole step never lowers the log-likelihood",
            points: 1,
            .hidden,
            hint: "Differentiate Q by each probability, and by each weight with the sum held at 1, at your own update."
        ) { student in
            let sets = HeadCounts(student, 5, sets: 120).nearMaximum
            let posterior = try await student.call(
                "posterior", sets.heads, sets.flips, sets.weights, sets.probabilities
            ).table(rows: 120, columns: 3, what: "the posterior")
            let updates = try await student.calls(
                "update", [[sets.heads, sets.flips, sets.given], [sets.heads, sets.flips, posterior]])
            var new: [HeadCounts] = []
            for update in updates {
                let weights = try update["weights"].numbers(3, what: "the weights")
                let probabilities = try update["probabilities"].numbers(3, what: "the head probabilities")
                new.append(sets.with(weights: weights, probabilities: probabilities))
            }
            for step in new {
                guard (step.weights + step.probabilities).allSatisfy({ $0 > 0 && $0 < 1 }),
                    abs(step.weights.reduce(0, +) - 1) < Closeness.sameFormula
                else {
                    return .failed("the update: weights that sum to 1 and probabilities between 0 and 1 were expected")
                }
            }
            let slopes = try CentralDifference.gradient(
                of: { sets.with(weights: [$0[0], $0[1], 1 - $0[0] - $0[1]], probabilities: Array($0[2...])).q() },
                at: new[0].weights.dropLast() + new[0].probabilities)
            if slopes.contains(where: { abs($0) > Closeness.stationary * Double(120 * sets.flips) }) {
                return .failed("Q still rises when the parameters of the update are moved")
            }
            let after = new[1].logLikelihood
            return after >= sets.logLikelihood - Closeness.sameFormula
                ? .passed : .failed("after a whole step, E and M, the log-likelihood is lower than before")
        },
        // END HIDDEN TESTS
    ])
