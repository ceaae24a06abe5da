import ExerciseProtocol
import Foundation
import Grading
import MixtureModels
import Verification

/// The joint table of coin and flip: cs181.ex2, cs181.16 and cs181.17.
let exercise2: Exercise = Exercise(
    number: 2, name: "Exercise2JointTable", title: "the joint table", hiddenPoints: 1,
    checks: [
        TestCase(
            "table", "the table holds the joint probabilities of coin and flip", points: 2,
            hint: "The probability of two things together: that of the first, times that of the second given the first."
        ) { student in
            var random = student.fresh(0)
            let weights = random.weights(3)
            let probabilities = random.numbers(3, in: 0.1...0.9)
            let got = try await student.call("jointTable", weights, probabilities)
            let table = try got.table(rows: 3, columns: 2, what: "the table")
            let right = zip(weights, probabilities).map { [$0 * $1, $0 * (1 - $1)] }
            let columns = right.columnSums
            let given = probabilities.map { [$0, 1 - $0] }
            return .compare(
                table.flat, with: right.flat, what: "the table",
                mistakes: [
                    Mistake("heads and tails are swapped", gives: right.map { $0.reversed() }.flat),
                    Mistake(
                        "the weights are ignored: these are the probabilities of a flip given the coin",
                        gives: given.flat),
                    Mistake(
                        "these are the probabilities of a coin given the flip, and not of both together",
                        gives: right.flatMap { row in zip(row, columns).map { $0 / $1 } }),
                    Mistake(
                        "the coins are taken to be equally likely",
                        gives: given.flat.map { $0 / 3 }),
                    Mistake(
                        "tails are what is left of 1, and not what is left of the coin's weight",
                        gives: right.flatMap { [$0[0], 1 - $0[0]] }),
                    Mistake(
                        "weight and probability are added, and not multiplied",
                        gives: zip(weights, given).flatMap { weight, row in row.map { $0 + weight } }),
                ])
        },
        TestCase(
            "marginals", "the sums of the table are the marginal probabilities", points: 1,
            hint:
                "To forget the flip, add up what belongs to one coin; to forget the coin, add up what belongs to one face."
        ) { student in
            var random = student.fresh(1)
            let weights = random.weights(4)
            let table = zip(weights, random.numbers(4, in: 0.1...0.9)).map { [$0 * $1, $0 * (1 - $1)] }
            let got = try await student.call("marginals", table)
            let (coins, faces) = (try got["coins"].as([Double].self), try got["faces"].as([Double].self))
            if coins.count == 2, faces.count == 4 { return .failed("the sums: coins and faces are swapped") }
            let right = (coins: table.map { $0[0] + $0[1] }, faces: table.columnSums)
            return .all([
                .compare(
                    coins, with: right.coins, what: "the probabilities of the coins",
                    mistakes: [
                        Mistake("these are means, and sums are wanted", gives: right.coins.map { $0 / 2 }),
                        Mistake("only heads are counted", gives: table.map { $0[0] }),
                    ]),
                .compare(
                    faces, with: right.faces, what: "the probabilities of the faces",
                    mistakes: [
                        Mistake("heads and tails are swapped", gives: right.faces.reversed()),
                        Mistake("these are means, and sums are wanted", gives: right.faces.map { $0 / 4 }),
                    ]),
            ])
        },
        TestCase(
            "complete-data", "the complete-data log-likelihood is the log of the product of joint probabilities",
            points: 1,
            hint:
                "The pairs of coin and flip are independent, so their joint probabilities multiply. And the logarithm of a product?"
        ) { student in
            let story = Story(student, 2, flips: 9)
            let got = try await student.call(
                "completeDataLogLikelihood", story.coins, story.flips, story.weights, story.probabilities)
            let product = story.joints.reduce(1, *)
            let right = log(product)
            let seen = zip(story.coins, story.flips).map { $1 ? story.probabilities[$0] : 1 - story.probabilities[$0] }
            let other = zip(story.coins, story.flips).map {
                story.weights[$0] * ($1 ? 1 - story.probabilities[$0] : story.probabilities[$0])
            }
            // The log-likelihood of the flips alone: all coins that they could have come from, enumerated.
            let marginal = try Assignments(items: story.flips.count, classes: 3).logSum { coins in
                story.logJoint(coins)
            }
            return .compare(
                [try got.as(Double.self)], with: [right], what: "the complete-data log-likelihood",
                mistakes: [
                    Mistake("heads and tails are swapped", gives: [log(other.reduce(1, *))]),
                    Mistake(
                        "the weights are missing: how probable was the coin itself?", gives: [log(seen.reduce(1, *))]),
                    Mistake("this is a logarithm to base 10", gives: [log10(product)]),
                    Mistake("this is a logarithm to base 2", gives: [log2(product)]),
                    Mistake("this is the likelihood, and not its logarithm", gives: [product]),
                    Mistake(
                        "this is the log of a sum; a sum of logs is wanted", gives: [log(story.joints.reduce(0, +))]),
                    Mistake("the sign is wrong", gives: [-right]),
                    Mistake("this is the mean over the flips, and not the sum", gives: [right / 9]),
                    Mistake(
                        "the coins are summed away, as if nobody had told them: this is the log-likelihood of the flips",
                        gives: [marginal]),
                ])
        },
        // BEGIN HIDDEN TESTS
        TestCase(
            "long-and-certain", "long stories keep a finite logarithm, and impossible ones have minus infinity",
            points: 1, .hidden,
            hint: "Try three thousand flips, and a coin that always shows heads."
        ) { student in
            let story = Story(student, 3, flips: 3000)
            let long = try await student.call(
                "completeDataLogLikelihood", story.coins, story.flips, story.weights, story.probabilities
            ).as(Double.self)
            if long == -.infinity {
                return .failed(
                    "a long story: the product of 3000 probabilities underflows to 0 before its logarithm is taken")
            }
            let right = story.joints.map { log($0) }.reduce(0, +)
            let weights = [0.25, 0.75]
            let certain = try await student.calls(
                "completeDataLogLikelihood",
                [[true, false], [true, true], [false, true]].map { [[0, 1], $0, weights, [1.0, 0.0]] }
            ).map { try $0.as(Double.self) }
            if certain.contains(where: \.isNaN) {
                return .failed(
                    "coins that always show the same face: the result is NaN. What is 0 times the logarithm of 0?")
            }
            return .all([
                .compare([long], with: [right], what: "a long story"),
                .compare(
                    certain, with: [log(0.1875), -.infinity, -.infinity],
                    what: "stories of a coin that always shows heads and one that never does"),
            ])
        },
        // END HIDDEN TESTS
    ])

/// Three coins, and flips of which we know the coins.
private struct Story {
    let weights: [Double]
    let probabilities: [Double]
    let coins: [Int]
    let flips: [Bool]

    init(_ student: Student, _ stream: Int, flips count: Int) {
        var random = student.fresh(stream)
        weights = random.weights(3)
        probabilities = random.numbers(3, in: 0.15...0.85)
        coins = (0..<count).map { _ in random.integer(below: 3) }
        flips = (0..<count).map { $0 < 2 ? $0 == 0 : random.bernoulli(0.6) }
    }

    /// p(x_n, z_n), for each n.
    var joints: [Double] {
        zip(coins, flips).map { weights[$0] * ($1 ? probabilities[$0] : 1 - probabilities[$0]) }
    }

    /// ln p(X, Z) for any coins.
    func logJoint(_ coins: [Int]) -> Double {
        zip(coins, flips).reduce(0) { sum, pair in
            let (coin, heads) = pair
            return sum + log(weights[coin]) + log(heads ? probabilities[coin] : 1 - probabilities[coin])
        }
    }
}
