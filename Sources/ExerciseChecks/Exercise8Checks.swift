import ExerciseProtocol
import Foundation
import Grading
import Verification

/// Q and the entropy of a mixture of Gaussians on the line: cs181.6, cs181.7, prml.9.40.
let exercise8: Exercise = Exercise(
    number: 8, name: "Exercise8ExpectedLogLikelihood", title: "the expected complete-data log-likelihood",
    hiddenPoints: 2,
    checks: [
        TestCase(
            "enumeration", "Q is the average of ln p(X, Z) over all labellings", points: 2,
            hint:
                "Take two numbers and two components: write out the 4 labellings, with their probabilities, and average."
        ) { student in
            try await judgeQ(student, (1...3).map { Sample(seed: student.seed &+ $0) })
        },
        TestCase(
            "entropy", "the entropy is that of the labellings", points: 1,
            hint: "For one number with responsibilities 0.5 and 0.5 the entropy is the natural logarithm of 2."
        ) { student in
            let samples = (1...3).map { Sample(seed: student.seed &+ 10 &+ $0) }
            let got = try await student.calls("entropy", samples.map { [$0.responsibilities] })
            let right = try samples.map { try $0.entropy() }
            return .compare(
                try got.map { try $0.as(Double.self) }, with: right, what: "the entropy",
                mistakes: [
                    Mistake("the sign is the wrong way round", gives: right.map { -$0 }),
                    Mistake("you returned log base 10", gives: right.map { $0 / log(10) }),
                    Mistake("you returned log base 2", gives: right.map { $0 / log(2) }),
                    Mistake(
                        "you divided by N: the entropies of the numbers are added up, not averaged",
                        gives: zip(right, samples).map { $0 / Double($1.data.count) }),
                    Mistake(
                        "the logarithms are added up without the responsibilities in front of them",
                        gives: samples.map { -$0.sum { r, _ in log(r) } }),
                ])
        },
        TestCase(
            "certain-labels", "labels that are certain: 0 ln 0 counts as 0", points: 1,
            hint: "In a Double, 0 times minus infinity is NaN. Which terms need not be computed at all?"
        ) { student in
            let sample = Sample(seed: student.seed &+ 20)
            let labels = sample.data.indices.map { $0 % 2 }
            let rows = labels.map { $0 == 0 ? [1.0, 0, 0] : [0, 1.0, 0] }
            let weights = [0.25, 0.75, 0]
            let means = sample.new.means + [1]
            let variances = sample.new.variances + [2]
            let q = try await student.call("expectedLogLikelihood", sample.data, rows, weights, means, variances)
            let h = try await student.call("entropy", rows)
            let got = [try q.as(Double.self), try h.as(Double.self)]
            guard got.allSatisfy(\.isFinite) else {
                return .failed(
                    "\(got[0].isFinite ? "the entropy" : "Q") is \(got[0].isFinite ? got[1] : got[0]) where some responsibilities are 0: a term with responsibility 0 must count as 0, and 0 ln 0 too"
                )
            }
            let parameters = Parameters(weights: weights, means: means, variances: variances)
            let logJoint = zip(sample.data, labels).reduce(0) { $0 + parameters.logJoint($1.0)[$1.1] }
            return .compare(got, with: [logJoint, 0], what: "Q and the entropy with certain labels")
        },
        // BEGIN HIDDEN TESTS
        TestCase(
            "bound", "Q + H is ℓ at the parameters of the responsibilities, and nowhere above ℓ", points: 1, .hidden,
            hint: "Compute the responsibilities, Q, H and the log-likelihood of one number by hand."
        ) { student in
            let samples = (1...3).map { Sample(seed: student.seed &+ 30 &+ $0, components: 3, items: 5) }
            let h = try await student.calls("entropy", samples.map { [$0.responsibilities] })
            let old = try await student.calls("expectedLogLikelihood", samples.map { $0.arguments($0.old) })
            let new = try await student.calls("expectedLogLikelihood", samples.map { $0.arguments($0.new) })
            let oldBounds = try zip(old, h).map { try $0.as(Double.self) + $1.as(Double.self) }
            let newBounds = try zip(new, h).map { try $0.as(Double.self) + $1.as(Double.self) }
            let below = try zip(newBounds, samples).allSatisfy { bound, sample in
                try bound <= sample.logLikelihood(sample.new) + Closeness.sameFormula
            }
            return .all([
                .compare(
                    oldBounds, with: try samples.map { try $0.logLikelihood($0.old) },
                    what: "Q + H at the parameters of the responsibilities"),
                below ? .passed : .failed("at other parameters Q + H is above the log-likelihood; it must not be"),
            ])
        },
        TestCase(
            "far-points", "130 numbers, some of them far away from a component", points: 1, .hidden,
            hint: "Does your program compute a density before it takes the logarithm?"
        ) { student in
            var sample = Sample(seed: student.seed &+ 40, items: 130)
            sample.data[0] = 90
            sample.data[1] = -400
            let got = try await student.calls("expectedLogLikelihood", [sample.arguments(sample.new)])
            let q = try got.map { try $0.as(Double.self) }
            guard q.allSatisfy(\.isFinite) else {
                return .failed("Q is \(q[0]): it underflows for far points, whose density is too small for a Double")
            }
            // The entropies of both halves add up to that of all, whatever the logarithm.
            let rows = sample.responsibilities
            let h = try await student.calls("entropy", [rows, Array(rows[..<65]), Array(rows[65...])].map { [$0] })
                .map { try $0.as(Double.self) }
            return .all([
                .compare(q, with: [sample.q(sample.new)], what: "Q with far points"),
                .compare([h[0]], with: [h[1] + h[2]], what: "the entropy of 130 rows, beside that of its halves"),
            ])
        },
        // END HIDDEN TESTS
    ])

/// Compares the student's Q with enumeration.
private func judgeQ(_ student: Student, _ samples: [Sample]) async throws -> Verdict {
    let got = try await student.calls("expectedLogLikelihood", samples.map { $0.arguments($0.new) })
    let right = try samples.map { try $0.enumeratedQ() }
    func gives(_ wrong: (Sample) throws -> Double) rethrows -> [Double] { try samples.map(wrong) }
    return .compare(
        try got.map { try $0.as(Double.self) }, with: right, what: "Q",
        mistakes: [
            Mistake(
                "this is the log-likelihood, a log of sums over the components; Q is a sum of logs",
                gives: try gives { try $0.logLikelihood($0.new) }),
            Mistake("you returned log base 10", gives: right.map { $0 / log(10) }),
            Mistake("the sign is the wrong way round", gives: right.map { -$0 }),
            Mistake("weights ignored", gives: gives { s in s.sum(s.new) { r, p, _, density in r * density } }),
            Mistake(
                "only the weights are there: the densities are missing",
                gives: gives { s in s.sum(s.new) { r, p, _, _ in r * p } }),
            Mistake(
                "the responsibilities are computed anew from the new parameters; they are given",
                gives: gives { s in s.q(s.new, responsibilities: s.new) }),
            Mistake(
                "a pair of brackets is missing: the responsibility multiplies a part of the log joint density only",
                gives: gives { s in
                    s.sum(s.new) { r, p, square, density in p + density + 0.5 * square - r * 0.5 * square }
                }),
            Mistake(
                "a pair of brackets is missing: the responsibility multiplies a part of the log joint density only",
                gives: gives { s in s.sum(s.new) { r, p, _, density in r * p + density } }),
            Mistake(
                "a pair of brackets is missing: the responsibility multiplies a part of the log joint density only",
                gives: gives { s in s.sum(s.new) { r, p, _, density in p + r * density } }),
            Mistake(
                "the responsibilities are ignored",
                gives: gives { s in s.sum(s.new) { _, p, _, density in p + density } }),
            Mistake(
                "the factor 1/2 before the squared distance is missing",
                gives: gives { s in s.sum(s.new) { r, p, square, density in r * (p + density - 0.5 * square) } }),
            Mistake(
                "the constant with 2π is missing",
                gives: gives { s in s.sum(s.new) { r, p, _, density in r * (p + density + 0.5 * log(2 * .pi)) } }),
            Mistake(
                "the variance is used as if it were a standard deviation", gives: gives { s in s.q(s.new.squared) }),
            Mistake(
                "you divided by N: Q is a sum over the data, not an average",
                gives: zip(right, samples).map { $0 / Double($1.data.count) }),
            Mistake(
                "this is Q + H: the entropy is not a part of Q",
                gives: try gives { try $0.enumeratedQ() + $0.entropy() }),
            Mistake(
                "only the likeliest component of each number is counted; Q averages over all of them",
                gives: gives { s in s.hardQ() }),
        ])
}

/// The parameters of a mixture of Gaussians on the line.
private struct Parameters {
    var weights: [Double]
    var means: [Double]
    var variances: [Double]

    /// The mixture that somebody has who takes variances for standard deviations.
    var squared: Parameters { Parameters(weights: weights, means: means, variances: variances.map { $0 * $0 }) }

    func logJoint(_ x: Double) -> [Double] {
        weights.indices.map { log(weights[$0]) + logDensity(x, $0) }
    }

    func logDensity(_ x: Double, _ k: Int) -> Double {
        -0.5 * (x - means[k]) * (x - means[k]) / variances[k] - 0.5 * log(variances[k]) - 0.5 * log(2 * .pi)
    }

    func responsibilities(_ x: Double) -> [Double] {
        let joint = logJoint(x).map { exp($0) }
        return joint.map { $0 / joint.reduce(0, +) }
    }
}

/// Some numbers, with old and new parameters.
private struct Sample {
    var data: [Double]
    let old: Parameters
    let new: Parameters
    let responsibilities: [[Double]]

    init(seed: UInt64, components: Int = 2, items: Int = 6) {
        var generator = SplitMix64(seed: seed)
        func parameters() -> Parameters {
            let shares = (0..<components).map { _ in 0.3 + generator.uniform() }
            return Parameters(
                weights: shares.map { $0 / shares.reduce(0, +) },
                means: (0..<components).map { 2 * Double($0) + generator.uniform() },
                variances: (0..<components).map { _ in 0.5 + 2 * generator.uniform() })
        }
        data = (0..<items).map { 2 * Double($0 % components) + 2 * generator.uniform() - 0.5 }
        old = parameters()
        new = parameters()
        responsibilities = data.map(old.responsibilities)
    }

    func arguments(_ parameters: Parameters) -> [any Exchangeable] {
        [data, responsibilities, parameters.weights, parameters.means, parameters.variances]
    }

    /// The average of ln p(X, Z) at the new parameters over all labellings, as probable as the old ones make them.
    func enumeratedQ() throws -> Double {
        try average { z in zip(data, z).reduce(0) { $0 + new.logJoint($1.0)[$1.1] } }
    }

    /// Minus the average of the log probability of a labelling.
    func entropy() throws -> Double {
        try average { z in -zip(responsibilities, z).reduce(0) { $0 + log($1.0[$1.1]) } }
    }

    func logLikelihood(_ parameters: Parameters) throws -> Double {
        let rows = data.map(parameters.logJoint)
        return try Assignments(items: data.count, classes: parameters.weights.count).logSum { z in
            zip(rows, z).reduce(0) { $0 + $1.0[$1.1] }
        }
    }

    private func average(_ f: ([Int]) -> Double) throws -> Double {
        let rows = data.map(old.logJoint)
        return try Assignments(items: data.count, classes: old.weights.count).expectation(
            of: f, logJoint: { z in zip(rows, z).reduce(0) { $0 + $1.0[$1.1] } })
    }

    /// A sum over numbers and components of something made of the responsibility and the place.
    func sum(_ term: (_ r: Double, _ place: (n: Int, k: Int)) -> Double) -> Double {
        var sum = 0.0
        for (n, row) in responsibilities.enumerated() {
            for (k, r) in row.enumerated() { sum += term(r, (n, k)) }
        }
        return sum
    }

    /// The same of the responsibility, ln π, (x - μ)²/σ² and ln N.
    func sum(
        _ p: Parameters, _ term: (_ r: Double, _ logWeight: Double, _ square: Double, _ logDensity: Double) -> Double
    ) -> Double {
        sum { r, place in
            let (x, k) = (data[place.n], place.k)
            return term(r, log(p.weights[k]), (x - p.means[k]) * (x - p.means[k]) / p.variances[k], p.logDensity(x, k))
        }
    }

    func q(_ parameters: Parameters) -> Double {
        sum(parameters) { r, p, _, density in r * (p + density) }
    }

    /// Q with the responsibilities that other parameters give.
    func q(_ parameters: Parameters, responsibilities other: Parameters) -> Double {
        data.reduce(0) { sum, x in
            let terms: [Double] = zip(other.responsibilities(x), parameters.logJoint(x)).map { $0 * $1 }
            return sum + terms.reduce(0, +)
        }
    }

    /// Q with 1 for the largest responsibility and 0 for the others.
    func hardQ() -> Double {
        sum { r, place in
            r == responsibilities[place.n].max() ? new.logJoint(data[place.n])[place.k] : 0
        }
    }
}
