import ExerciseProtocol
import Foundation
import Grading
import Verification

/// Mean and covariance of a mixture: prml.9.49, prml.9.50.
let exercise11: Exercise = Exercise(
    number: 11, name: "Exercise11MixtureMoments", title: "mean and covariance of a mixture", hiddenPoints: 2,
    checks: [
        TestCase(
            "mean", "the mean is the weighted mean of the components' means", points: 1,
            hint: "A component that is chosen twice as often counts twice as much."
        ) { student in
            let mixtures = (1...3).map { Pieces(seed: student.seed &+ $0) }
            let got = try await student.calls("mean", mixtures.map { [$0.weights, $0.means] })
            return .compare(
                try got.flatMap { try $0.as([Double].self) }, with: mixtures.flatMap(\.mean), what: "the mean",
                mistakes: [
                    Mistake(
                        "weights ignored: this is the plain mean of the means", gives: mixtures.flatMap(\.plainMean)),
                    Mistake(
                        "you divided by K: the weights already sum to 1",
                        gives: mixtures.flatMap { m in m.mean.map { $0 / Double(m.weights.count) } }),
                    Mistake(
                        "weights ignored: this is the sum of the means",
                        gives: mixtures.flatMap { m in m.plainMean.map { $0 * Double(m.weights.count) } }),
                ])
        },
        TestCase(
            "covariance", "the covariance has a part within the components and a part between them", points: 2,
            hint: "Two components of variance 0, at -1 and at 1, make a distribution whose variance is not 0."
        ) { student in
            try await judgeCovariance(student, (1...3).map { Pieces(seed: student.seed &+ 10 &+ $0) })
        },
        TestCase(
            "bernoulli", "a mixture of Bernoulli vectors, against all its outcomes", points: 1,
            hint: "Within a component the coordinates are independent. Are they in the mixture?"
        ) { student in
            let mixture = Pieces(bernoulliVectorsFrom: student.seed &+ 20)
            let got = try await student.call("covariance", mixture.weights, mixture.means, mixture.covariances)
            let outcomes = try Assignments(items: mixture.mean.count, classes: 2)
            let right = try mixture.mean.indices.flatMap { i in
                try mixture.mean.indices.map { j in
                    try outcomes.expectation(
                        of: { (Double($0[i]) - mixture.mean[i]) * (Double($0[j]) - mixture.mean[j]) },
                        logJoint: mixture.logProbability)
                }
            }
            return .compare(
                try got.as([[Double]].self).flatMap { $0 }, with: right, what: "the covariance",
                mistakes: [
                    Mistake(
                        "the part between the components is missing",
                        gives: mixture.matrix { $0.within($1, $2) }),
                    Mistake(
                        "it is diagonal; the mixture's coordinates go together all the same",
                        gives: mixture.matrix { $1 == $2 ? $0.within($1, $2) + $0.between($1, $2) : 0 }),
                    Mistake(
                        "this is what independent coordinates would have",
                        gives: mixture.matrix { $1 == $2 ? $0.mean[$1] * (1 - $0.mean[$1]) : 0 }),
                ])
        },
        // BEGIN HIDDEN TESTS
        TestCase(
            "shift", "moving all components by the same vector changes nothing", points: 1, .hidden,
            hint: "A covariance is about distances from the mean."
        ) { student in
            let here = Pieces(seed: student.seed &+ 30)
            return try await judgeCovariance(student, [here, here.shifted(by: [100, -60, 25])])
        },
        TestCase(
            "single", "one component alone, and several that are the same", points: 1, .hidden,
            hint: "A mixture of equal components is not different from one of them."
        ) { student in
            let one = Pieces(seed: student.seed &+ 40, components: 1)
            let line = Pieces(seed: student.seed &+ 41, components: 4, dimension: 1)
            return .all([
                try await judgeCovariance(student, [one, one.repeated(weights: [0.125, 0.5, 0.375])]),
                try await judgeCovariance(student, [line]),
            ])
        },
        // END HIDDEN TESTS
    ])

/// Compares the student's covariances with the law of total covariance, and looks for symmetry.
private func judgeCovariance(_ student: Student, _ mixtures: [Pieces]) async throws -> Verdict {
    let got = try await student.calls("covariance", mixtures.map { [$0.weights, $0.means, $0.covariances] })
    func gives(_ entry: (_ pieces: Pieces, _ i: Int, _ j: Int) -> Double) -> [Double] {
        mixtures.flatMap { $0.matrix(entry) }
    }
    return .compare(
        try got.flatMap { try $0.as([[Double]].self).flatMap { $0 } },
        with: gives { $0.within($1, $2) + $0.between($1, $2) }, what: "the covariance",
        mistakes: [
            Mistake("the part between the components is missing", gives: gives { $0.within($1, $2) }),
            Mistake("the part within the components is missing", gives: gives { $0.between($1, $2) }),
            Mistake(
                "this is the mean of the products: the product of the means is not taken off",
                gives: gives { $0.within($1, $2) + $0.between($1, $2) + $0.mean[$1] * $0.mean[$2] }),
            Mistake(
                "it is diagonal: the entries beside the diagonal are missing",
                gives: gives { $1 == $2 ? $0.within($1, $2) + $0.between($1, $2) : 0 }),
            Mistake(
                "the part between the components stands on the diagonal only",
                gives: gives { $0.within($1, $2) + ($1 == $2 ? $0.between($1, $2) : 0) }),
            Mistake(
                "standard deviations are averaged, and squared at the end; variances should be",
                gives: gives { pieces, i, j in
                    i == j ? square(pieces.average { $0[i][i].squareRoot() }) : pieces.within(i, j)
                }),
            Mistake(
                "standard deviations are averaged; variances should be",
                gives: gives { pieces, i, j in
                    let within = i == j ? square(pieces.average { $0[i][i].squareRoot() }) : pieces.within(i, j)
                    return within + pieces.between(i, j)
                }),
            Mistake(
                "the covariances are multiplied by the squares of the weights",
                gives: gives { pieces, i, j in
                    pieces.weights.indices.reduce(pieces.between(i, j)) {
                        $0 + square(pieces.weights[$1]) * pieces.covariances[$1][i][j]
                    }
                }),
            Mistake(
                "the sign of the part between the components is the wrong way round",
                gives: gives { $0.within($1, $2) - $0.between($1, $2) }),
            Mistake(
                "the components' means are compared with their plain mean; the weights count there, too",
                gives: gives { pieces, i, j in
                    let centre = pieces.plainMean
                    return pieces.weights.indices.reduce(pieces.within(i, j)) {
                        $0 + pieces.weights[$1] * (pieces.means[$1][i] - centre[i]) * (pieces.means[$1][j] - centre[j])
                    }
                }),
        ])
}

private func square(_ x: Double) -> Double { x * x }

/// What a mixture is made of.
private struct Pieces {
    let weights: [Double]
    let means: [[Double]]
    let covariances: [[[Double]]]

    init(seed: UInt64, components: Int = 3, dimension: Int = 3) {
        var generator = SplitMix64(seed: seed)
        let shares = (0..<components).map { _ in 0.2 + generator.uniform() }
        weights = shares.map { $0 / shares.reduce(0, +) }
        means = (0..<components).map { _ in (0..<dimension).map { _ in 6 * generator.uniform() - 2 } }
        covariances = (0..<components).map { _ in
            // A product of a matrix with its own transpose, so that it is a covariance.
            let root = (0..<dimension).map { _ in (0..<dimension).map { _ in 2 * generator.uniform() - 0.5 } }
            return root.map { a in root.map { b in zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } } }
        }
    }

    init(bernoulliVectorsFrom seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let first = 0.2 + 0.3 * generator.uniform()
        let chances = (0..<2).map { _ in (0..<3).map { _ in 0.1 + 0.8 * generator.uniform() } }
        let diagonals = chances.map { p in
            p.indices.map { i in p.indices.map { j in i == j ? p[i] * (1 - p[i]) : 0 } }
        }
        self.init(weights: [first, 1 - first], means: chances, covariances: diagonals)
    }

    private init(weights: [Double], means: [[Double]], covariances: [[[Double]]]) {
        self.weights = weights
        self.means = means
        self.covariances = covariances
    }

    var mean: [Double] { means[0].indices.map { d in zip(weights, means).reduce(0) { $0 + $1.0 * $1.1[d] } } }

    var plainMean: [Double] {
        means[0].indices.map { d in means.reduce(0) { $0 + $1[d] } / Double(means.count) }
    }

    func average(_ f: ([[Double]]) -> Double) -> Double {
        zip(weights, covariances).reduce(0) { $0 + $1.0 * f($1.1) }
    }

    /// The part of the covariance that lies within the components.
    func within(_ i: Int, _ j: Int) -> Double { average { $0[i][j] } }

    /// The part between the components, pair by pair, which needs no mean at all.
    func between(_ i: Int, _ j: Int) -> Double {
        var sum = 0.0
        for k in weights.indices {
            for l in 0..<k {
                sum += weights[k] * weights[l] * (means[k][i] - means[l][i]) * (means[k][j] - means[l][j])
            }
        }
        return sum
    }

    func matrix(_ entry: (_ pieces: Pieces, _ i: Int, _ j: Int) -> Double) -> [Double] {
        means[0].indices.flatMap { i in means[0].indices.map { j in entry(self, i, j) } }
    }

    /// The log probability of a vector of zeros and ones, if the means are probabilities.
    func logProbability(_ outcome: [Int]) -> Double {
        var sum = 0.0
        for (weight, chances) in zip(weights, means) {
            sum += zip(chances, outcome).reduce(weight) { $0 * ($1.1 == 1 ? $1.0 : 1 - $1.0) }
        }
        return log(sum)
    }
    // BEGIN HIDDEN TESTS

    func shifted(by vector: [Double]) -> Pieces {
        Pieces(weights: weights, means: means.map { zip($0, vector).map { $0 + $1 } }, covariances: covariances)
    }

    /// The first component several times.
    func repeated(weights: [Double]) -> Pieces {
        Pieces(weights: weights, means: weights.map { _ in means[0] }, covariances: weights.map { _ in covariances[0] })
    }
    // END HIDDEN TESTS
}
