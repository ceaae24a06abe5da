import ExerciseProtocol
import Foundation
import Grading
import MixtureModels
import Verification

/// The lower bound of the log-likelihood: stat215a.lower-bound, stat215a.q-function.
let exercise16: Exercise = Exercise(
    number: 16, name: "Exercise16LowerBound", title: "the lower bound at a point", hiddenPoints: 1,
    checks: [
        TestCase(
            "value", "F is the average of ln(p(X, Z) / q(Z)) over all labellings", points: 2,
            hint: "Take one observation and two classes, and write the two terms down. Which sign has ln q in them?"
        ) { student in
            let cases = [LabelledRows(student, 0), LabelledRows(student, 1, rows: 4, classes: 4)]
            let got = try await student.calls("lowerBound", cases.map { [$0.q, $0.logJoint] })
            let right = try cases.map { try $0.bound() }
            let heights = try cases.map { try $0.logLikelihood() }
            func gives(_ term: (_ q: Double, _ logJoint: Double, _ posterior: Double) -> Double) -> [Double] {
                cases.map { $0.sum(term) }
            }
            return .compare(
                try got.map { try $0.as(Double.self) }, with: right, what: "F",
                mistakes: [
                    Mistake(
                        "this is Q, the expected complete-data log-likelihood: the entropy is missing",
                        gives: gives { q, a, _ in q * a }),
                    Mistake("the entropy has the wrong sign", gives: gives { q, a, _ in q * (a + log(q)) }),
                    Mistake(
                        "this is ℓ, which F touches only where q is the posterior: the q that is given has to be used",
                        gives: heights),
                    Mistake("this is the entropy alone", gives: gives { q, _, _ in -q * log(q) }),
                    Mistake("the sign is the wrong way round", gives: right.map { -$0 }),
                    Mistake(
                        "this is ℓ - F, the gap, and not F", gives: zip(heights, right).map { $0 - $1 }),
                    Mistake(
                        "q does not multiply the terms: F is an average", gives: gives { q, a, _ in a - log(q) }),
                    Mistake(
                        "a pair of brackets is missing: q multiplies both the log joint density and ln q",
                        gives: gives { q, a, _ in q * a - log(q) }),
                    Mistake(
                        "the log joint densities are logarithms already: they are exponentiated",
                        gives: gives { q, a, _ in q * (exp(a) - log(q)) }),
                    Mistake(
                        "the log joint densities are logarithms already: another logarithm is taken",
                        gives: gives { q, a, _ in q * (log(abs(a)) - log(q)) }),
                    Mistake(
                        "you divided by N: F is a sum over the data, not an average",
                        gives: zip(right, cases).map { $0 / Double($1.q.count) }),
                    Mistake("this is in logarithms to base 10", gives: right.map { $0 / log(10) }),
                    Mistake(
                        "ln q is a logarithm to base 10, and the log joint densities are natural ones",
                        gives: gives { q, a, _ in q * (a - log10(q)) }),
                    Mistake(
                        "ln q is a logarithm to base 2, and the log joint densities are natural ones",
                        gives: gives { q, a, _ in q * (a - log2(q)) }),
                    Mistake(
                        "q is rounded to certain labels",
                        gives: cases.map { c in
                            zip(c.q.hard, c.logJoint).reduce(0) { $0 + zip($1.0, $1.1).reduce(0) { $0 + $1.0 * $1.1 } }
                        }),
                ])
        },
        TestCase(
            "touches", "with the posterior for q, F is the log-likelihood", points: 1,
            hint: "Where the fraction p(X, Z) / q(Z) is the same for every Z, its average needs no averaging."
        ) { student in
            var rows = LabelledRows(student, 2)
            rows.q = rows.posterior
            let got = try await student.call("lowerBound", rows.q, rows.logJoint)
            return .compare(
                [try got.as(Double.self)], with: [try rows.logLikelihood()], what: "F at the posterior",
                mistakes: [
                    Mistake(
                        "this is Q, the expected complete-data log-likelihood: the entropy is missing",
                        gives: [rows.sum { q, a, _ in q * a }]),
                    Mistake("the entropy has the wrong sign", gives: [rows.sum { q, a, _ in q * (a + log(q)) }]),
                ])
        },
        TestCase(
            "certain-labels", "where q is 0 the term is 0, whatever the log joint density", points: 1,
            hint: "In a Double, 0 times minus infinity is NaN. Which terms need not be computed at all?"
        ) { student in
            var rows = LabelledRows(student, 3)
            let labels = rows.q.indices.map { ($0 + 1) % 3 }
            rows.q = labels.map { label in (0..<3).map { $0 == label ? 1 : 0 } }
            let right = zip(rows.logJoint, labels).reduce(0) { $0 + $1.0[$1.1] }
            var impossible = rows
            for (n, label) in labels.enumerated() { impossible.logJoint[n][(label + 1) % 3] = -.infinity }
            let got = try await student.calls("lowerBound", [rows, impossible].map { [$0.q, $0.logJoint] })
            let bounds = try got.map { try $0.as(Double.self) }
            guard bounds[0].isFinite else {
                return .failed("F is \(bounds[0]) where some q are 0: 0 ln 0 must count as 0")
            }
            guard bounds[1].isFinite else {
                return .failed(
                    "F is \(bounds[1]) where a log joint density is minus infinity and q is 0: a term with q = 0 must count as 0"
                )
            }
            return .compare(bounds, with: [right, right], what: "F with certain labels")
        },
        // BEGIN HIDDEN TESTS
        TestCase(
            "far-and-many", "many observations far from all classes, and a q that allows what cannot be", points: 1,
            .hidden,
            hint:
                "Does your program leave logarithms on its way? And what is F where q gives something to an impossible class?"
        ) { student in
            let near = LabelledRows(student, 4, rows: 150, classes: 4)
            let far = near.lowered(by: 3000)
            var none = LabelledRows(student, 5)
            none.logJoint[2][1] = -.infinity
            let got = try await student.calls("lowerBound", [far, none].map { [$0.q, $0.logJoint] })
            let bounds = try got.map { try $0.as(Double.self) }
            guard bounds[0].isFinite else {
                return .failed("F is \(bounds[0]) for observations far from all classes, whose densities underflow")
            }
            // ℓ less the Kullback-Leibler divergence, both of log joint densities near 0.
            let height = near.logJoint.reduce(0) { $0 + log($1.reduce(0) { $0 + exp($1) }) } - 150 * 3000
            let divergence = near.sum { q, _, p in q * log(q / p) }
            guard bounds[1] == -.infinity else {
                return .failed("F is \(bounds[1]) where q gives something to an impossible class; it is minus infinity")
            }
            return .compare(
                [bounds[0]], with: [height - divergence], what: "F of 150 observations far from all classes")
        },
        // END HIDDEN TESTS
    ])
