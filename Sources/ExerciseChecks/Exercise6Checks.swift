import ExerciseProtocol
import Foundation
import Grading
import MixtureModels
import Verification

/// Bayes' rule by logarithms: lesson 2, section 5.
let exercise6: Exercise = Exercise(
    number: 6, name: "Exercise6StableResponsibilities", title: "responsibilities that do not underflow",
    hiddenPoints: 2,
    checks: [
        TestCase(
            "log-sum-exp", "the logarithm of a sum, from terms of ordinary size", points: 1,
            hint: "Undo the logarithms, add, take the logarithm. If you took the largest out first, put it back."
        ) { student in
            var random = student.fresh(0)
            let cases = [3, 2, 5].map { random.numbers($0, in: -4...3) }
            let got = try await student.calls("logSumExp", cases.map { [$0] })
            let right = cases.map { terms in log(terms.reduce(0) { $0 + exp($1) }) }
            return .compare(
                try got.map { try $0.as(Double.self) }, with: right, what: "the logarithms",
                mistakes: [
                    Mistake("this is the largest term; the others count, too", gives: cases.map { $0.max() ?? 0 }),
                    Mistake(
                        "the largest term was taken out, and not put back",
                        gives: zip(cases, right).map { $1 - ($0.max() ?? 0) }),
                    Mistake("this is a logarithm to base 10", gives: right.map { $0 / log(10) }),
                    Mistake("this is the sum, and not its logarithm", gives: right.map { exp($0) }),
                    Mistake("the terms are added as they are", gives: cases.map { $0.reduce(0, +) }),
                    Mistake(
                        "this is the logarithm of the mean, and not of the sum",
                        gives: zip(cases, right).map { $1 - log(Double($0.count)) }),
                ])
        },
        TestCase(
            "log-sum-exp-far", "the logarithm of a sum, from terms far from 0", points: 1,
            hint:
                "exp(-800) is 0 in a computer, and exp(800) infinite. Take the largest term out before you exponentiate."
        ) { student in
            var random = student.fresh(1)
            let near = random.numbers(3, in: -4...3)
            let shifts: [Double] = [-800, 800, -20_000]
            let got = try await student.calls("logSumExp", shifts.map { shift in [near.map { $0 + shift }] })
            let numbers = try got.map { try $0.as(Double.self) }
            if numbers[0] == -.infinity || numbers[1] == .infinity || numbers.contains(where: \.isNaN) {
                return .failed("the logarithms: it underflows for terms far below 0, or overflows far above")
            }
            let right = shifts.map { shift in shift + log(near.reduce(0) { $0 + exp($1) }) }
            return .compare(
                numbers, with: right, what: "the logarithms",
                mistakes: [
                    Mistake(
                        "this is the largest term; the others count, too", gives: shifts.map { $0 + (near.max() ?? 0) })
                ])
        },
        TestCase(
            "log-joint", "the logarithms of the joint densities, near and far", points: 2,
            hint:
                "A constant, the width, the distance in standard deviations, the prior: four terms. None of them needs `exp`."
        ) { student in
            let classes = Classes(student, 2)
            let places = [-1, 3, 60.0]
            let got = try await student.calls("logJoint", places.map { classes.question($0) })
            let numbers = try got.flatMap { try $0.numbers(3, what: "the logarithms") }
            if numbers.contains(-.infinity) {
                return .failed(
                    "the logarithms: the density underflows for far points; write its logarithm out, do not take it afterwards"
                )
            }
            let right = places.flatMap { classes.logJoint($0) }
            let constant = log(2 * Double.pi) / 2
            let each = { (change: (Double, Int) -> Double) in
                places.flatMap { x in (0..<3).map { k in classes.logJoint(x)[k] + change(x, k) } }
            }
            return .compare(
                numbers, with: right, what: "the logarithms",
                mistakes: [
                    Mistake("the weights are missing", gives: each { -log(classes.weights[$1]) }),
                    Mistake("the ½ in the exponent is missing", gives: each { -classes.squaredDistance($0, $1) / 2 }),
                    Mistake("the constant with 2π is missing", gives: each { _, _ in constant }),
                    Mistake("the ½ at ln 2π is missing", gives: each { _, _ in -constant }),
                    Mistake("ln σ is missing", gives: each { log(classes.deviations[$1]) }),
                    Mistake(
                        "it is ln σ, or half of ln σ²: you have half of ln σ",
                        gives: each { log(classes.deviations[$1]) / 2 }),
                    Mistake(
                        "it is ln σ, or half of ln σ²: you have ln σ²", gives: each { -log(classes.deviations[$1]) }),
                    Mistake("this is a logarithm to base 10", gives: right.map { $0 / log(10) }),
                    Mistake(
                        "the standard deviation is taken for a variance",
                        gives: places.flatMap {
                            Classes.logJoint(
                                $0, classes.weights, classes.means, classes.deviations.map { $0.squareRoot() })
                        }),
                    Mistake("the exponent has the wrong sign", gives: each { classes.squaredDistance($0, $1) }),
                    Mistake(
                        "the weights are not in logarithms",
                        gives: each { classes.weights[$1] - log(classes.weights[$1]) }),
                ])
        },
        TestCase(
            "responsibilities", "the responsibilities, from logarithms near 0 and far from it", points: 1,
            hint: "They depend on differences of the logarithms only: move all of them so that the largest is 0."
        ) { student in
            var random = student.fresh(3)
            let near = random.numbers(3, in: -3...2)
            let shifts: [Double] = [0, -1000, 900]
            let got = try await student.calls("responsibilities", shifts.map { shift in [near.map { $0 + shift }] })
            let rows = try got.map { try $0.numbers(3, what: "the responsibilities") }
            let joint = near.map { exp($0) }
            let right = joint.map { $0 / joint.reduce(0, +) }
            let fine = Closeness.agree(rows[0], right)
            if fine, rows.flat.contains(where: { !$0.isFinite }) || rows[1].allSatisfy({ $0 == 0 }) {
                return .failed("the responsibilities: it underflows for far points (0 divided by 0), or overflows")
            }
            let verdict = Verdict.compare(
                rows[0], with: right, what: "the responsibilities",
                mistakes: [
                    Mistake(
                        "the logarithms themselves are normalised; undo them first",
                        gives: near.map { $0 / near.reduce(0, +) }),
                    Mistake("they are not normalised: they must sum to 1", gives: joint),
                    Mistake(
                        "they are not normalised: they must sum to 1",
                        gives: near.map { exp($0 - (near.max() ?? 0)) }),
                    Mistake("these are logarithms of the responsibilities", gives: right.map { log($0) }),
                    Mistake(
                        "this is a hard assignment: everything goes to the likeliest class", gives: [joint].hard.flat),
                ])
            return .all([
                verdict,
                .compare(
                    rows.flat, with: right + right + right,
                    what: "the responsibilities, when all logarithms are moved by the same number",
                    mistakes: [
                        Mistake(
                            "far points get equal shares, as if nothing were known",
                            gives: right + Array(repeating: 1.0 / 3, count: 6))
                    ]),
            ])
        },
        // BEGIN HIDDEN TESTS
        TestCase(
            "impossible", "impossible classes, a single class, and enormous logarithms", points: 1, .hidden,
            hint: "Minus infinity minus minus infinity is not a number. Where could that happen?"
        ) { student in
            let none = -Double.infinity
            let logs = try await student.calls(
                "logSumExp", [[none, 2, none], [none, none], [7.5], [-1e300, 1e300], [-1e300, none]].map { [$0] }
            ).map { try $0.as(Double.self) }
            let rows = try await student.calls(
                "responsibilities",
                [[none, 0, 0], [-5000], [-1e300, 1e300], [-1e300, none], [none, -900, none]].map { [$0] }
            ).map { try $0.as([Double].self) }
            let impossible = try await student.call("logJoint", 1.0, [0.0, 1.0], [1.0, 1.0], [1.0, 1.0])
                .numbers(2, what: "the logarithms")
            if (logs + rows.flat + impossible).contains(where: \.isNaN) {
                return .failed("with an impossible class or enormous logarithms something is NaN")
            }
            return .all([
                .compare(logs, with: [2, none, 7.5, 1e300, -1e300], what: "the logarithms of sums"),
                .compare(
                    rows.flat, with: [0, 0.5, 0.5, 1, 0, 1, 1, 0, 0, 1, 0], what: "the responsibilities"),
                .compare(
                    impossible, with: [none, -log(2 * Double.pi) / 2], what: "the joint density of an impossible class"),
            ])
        },
        TestCase(
            "collars", "two classes 40 to 1000 standard deviations away are told apart", points: 1, .hidden,
            hint: "Lesson 2, section 5 has the table for this, with the exact values in its last column."
        ) { student in
            var random = student.fresh(4)
            let weights = random.weights(2)
            let offset = 0.01 + 0.01 * random.uniform()
            let distances: [Double] = [5, 40, 100, 1000]
            let joints = try await student.calls(
                "logJoint", distances.map { [offset, weights, [-$0, $0], [1.0, 1.0]] })
            let rows = try await student.calls("responsibilities", joints.map { [$0] })
            let second = try rows.map { try $0.numbers(2, what: "the responsibilities")[1] }
            if second.contains(where: \.isNaN) {
                return .failed("the responsibilities: it underflows for far points (0 divided by 0)")
            }
            // Equal variances: the log odds are linear in x, and no small number is ever formed.
            let right = distances.map { 1 / (1 + weights[0] / weights[1] * exp(-2 * $0 * offset)) }
            return .compare(
                second, with: right, what: "the responsibilities of the second class",
                mistakes: [
                    Mistake(
                        "far points get the weights, as if they had not been seen",
                        gives: [right[0], weights[1], weights[1], weights[1]])
                ])
        },
        // END HIDDEN TESTS
    ])

/// Three normal classes on a line.
private struct Classes {
    let weights: [Double]
    let means: [Double]
    let deviations: [Double]

    init(_ student: Student, _ stream: Int) {
        var random = student.fresh(stream)
        weights = random.weights(3)
        means = random.numbers(3, in: -2...4)
        deviations = random.numbers(1, in: 0.3...0.6) + random.numbers(2, in: 1.5...2.5)
    }

    func question(_ x: Double) -> [any Exchangeable] { [x, weights, means, deviations] }

    func squaredDistance(_ x: Double, _ k: Int) -> Double { pow((x - means[k]) / deviations[k], 2) }

    func logJoint(_ x: Double) -> [Double] { Self.logJoint(x, weights, means, deviations) }

    static func logJoint(_ x: Double, _ weights: [Double], _ means: [Double], _ deviations: [Double]) -> [Double] {
        weights.indices.map { k in
            let variance = deviations[k] * deviations[k]
            return log(weights[k]) - log(2 * Double.pi * variance) / 2 - (x - means[k]) * (x - means[k])
                / (2 * variance)
        }
    }
}
