import ExerciseProtocol
import Foundation
import Grading
import MixtureModels
import Verification

/// The blanks of CS229 for a Gaussian mixture in the plane: cs229.blank-conditional, cs229.responsibilities, cs181.goals.
let exercise5: Exercise = Exercise(
    number: 5, name: "Exercise5BayesPosterior", title: "Bayes' rule in the plane", hiddenPoints: 1,
    checks: [
        TestCase(
            "conditional-density", "the density of a point whose class is known is the Gaussian's", points: 2,
            hint:
                "Three parts: the quadratic form with the inverse covariance, the half in the exponent, the root of the determinant."
        ) { student in
            let plane = Plane(student, 0)
            let cases = plane.points.map { ($0, plane.means[0], plane.covariances[0]) }
            let got = try await student.calls("conditionalDensity", cases.map { [$0.0, $0.1, $0.2] })
            let normal = try MultivariateNormal(mean: plane.means[0], covariance: Matrix(plane.covariances[0]))
            let right = plane.points.map { exp(normal.logDensity(at: $0)) }
            return .compare(
                try got.map { try $0.as(Double.self) }, with: right, what: "the densities",
                mistakes: [
                    Mistake(
                        "the ½ in the exponent is missing",
                        gives: cases.map { wrong($0) { exp(-$0) / ($1.squareRoot() * 2 * .pi) } }),
                    Mistake(
                        "the root of the determinant is missing",
                        gives: cases.map { wrong($0) { exp(-$0 / 2) / ($1 * 2 * .pi) } }),
                    Mistake(
                        "the determinant is missing",
                        gives: cases.map { wrong($0) { distance, _ in exp(-distance / 2) / (2 * .pi) } }),
                    Mistake(
                        "the factor 2π belongs to D = 2 dimensions: you have the one for a number",
                        gives: cases.map { wrong($0) { exp(-$0 / 2) / ($1 * 2 * .pi).squareRoot() } }),
                    Mistake(
                        "the factor with 2π is missing, or squared or rooted",
                        gives: cases.map { wrong($0) { exp(-$0 / 2) / $1.squareRoot() } }),
                    Mistake("this is the logarithm of the density", gives: right.map { log($0) }),
                    Mistake(
                        "the exponent has the wrong sign",
                        gives: cases.map { wrong($0) { exp($0 / 2) / ($1.squareRoot() * 2 * .pi) } }),
                    Mistake(
                        "the covariance in the quadratic form is not inverted",
                        gives: cases.map { wrong($0, form: { $0 }) { exp(-$0 / 2) / ($1.squareRoot() * 2 * .pi) } }),
                    Mistake(
                        "the entries off the diagonal of the covariance are ignored",
                        gives: cases.map { point, mean, covariance in
                            let diagonal = [[covariance[0][0], 0], [0, covariance[1][1]]]
                            return wrong((point, mean, diagonal)) { exp(-$0 / 2) / ($1.squareRoot() * 2 * .pi) }
                        }),
                    Mistake(
                        "the inverse of the covariance has the wrong sign off its diagonal",
                        gives: cases.map {
                            wrong(
                                $0,
                                form: {
                                    let s = inverse($0); return [[s[0][0], -s[0][1]], [-s[1][0], s[1][1]]]
                                }
                            ) {
                                exp(-$0 / 2) / ($1.squareRoot() * 2 * .pi)
                            }
                        }),
                    Mistake(
                        "the inverse of the covariance has its diagonal the wrong way round",
                        gives: cases.map {
                            wrong(
                                $0,
                                form: {
                                    let s = inverse($0); return [[s[1][1], s[0][1]], [s[1][0], s[0][0]]]
                                }
                            ) {
                                exp(-$0 / 2) / ($1.squareRoot() * 2 * .pi)
                            }
                        }),
                ])
        },
        TestCase(
            "marginal-density", "the density of a point whose class is not known is the weighted sum", points: 1,
            hint: "Whatever the class was, the point is there: add up over the classes, each by its weight."
        ) { student in
            let plane = Plane(student, 1)
            let got = try await student.calls(
                "marginalDensity", plane.points.map { [$0, plane.weights, plane.means, plane.covariances] })
            let joint = try plane.joint()
            let plain = try plane.joint(weighted: false)
            let right = joint.map { $0.reduce(0, +) }
            let following = try await plane.joint(of: student)?.map { $0.reduce(0, +) }
            return .compare(
                try got.map { try $0.as(Double.self) }, with: right, following ?? right, what: "the densities",
                mistakes: [
                    Mistake("the weights are ignored", gives: plain.map { $0.reduce(0, +) }),
                    Mistake(
                        "the weights are ignored: the classes are averaged as if they were equally likely",
                        gives: plain.map { $0.reduce(0, +) / 3 }),
                    Mistake("this is the logarithm of the density", gives: joint.map { log($0.reduce(0, +)) }),
                    Mistake("this is a product over the classes, and not a sum", gives: joint.map { $0.reduce(1, *) }),
                    Mistake("this is the largest term only, and not the sum", gives: joint.map { $0.max() ?? 0 }),
                    Mistake(
                        "this is the density of one Gaussian with averaged parameters, and not of a mixture",
                        gives: try plane.averaged()),
                ])
        },
        TestCase(
            "responsibilities", "the posterior probabilities are Bayes' rule", points: 1,
            hint: "Divide the joint density of point and class by what a row of them sums to."
        ) { student in
            let plane = Plane(student, 2)
            let got = try await student.call(
                "responsibilities", plane.points, plane.weights, plane.means, plane.covariances)
            let table = try got.table(rows: plane.points.count, columns: 3, what: "the responsibilities")
            let joint = try plane.joint()
            let right = normalised(joint).flat
            let following = try await plane.joint(of: student).map { normalised($0).flat }
            return .compare(
                table.flat, with: right, following ?? right, what: "the responsibilities",
                mistakes: [
                    Mistake("the weights are ignored", gives: normalised(try plane.joint(weighted: false)).flat),
                    Mistake("they are not normalised: a row must sum to 1", gives: joint.flat),
                    Mistake(
                        "they are normalised over the data, and not over the classes",
                        gives: normalisedOverData(joint).flat),
                    Mistake(
                        "the sum in the denominator lacks the weights",
                        gives: zip(joint, try plane.joint(weighted: false)).flatMap { row, plain in
                            row.map { $0 / plain.reduce(0, +) }
                        }),
                    Mistake(
                        "this is a hard assignment: all of each point goes to the likeliest class",
                        gives: normalised(joint).hard.flat),
                    Mistake(
                        "these are logarithms of the responsibilities", gives: right.map { log($0) }),
                ])
        },
        TestCase(
            "decisions", "the guess is the most probable class, and its errors are expected", points: 1,
            hint: "A guess is right with the probability of the class that it names."
        ) { student in
            var random = student.fresh(3)
            let rows = random.responsibilities(rows: 150, columns: 4)
            let got = try await student.call("decisions", rows)
            let classes = try got["classes"].numbers(150, what: "the guesses")
            let best = rows.map { row in Double(row.indices.max { row[$0] < row[$1] } ?? 0) }
            let right = rows.map { $0.max() ?? 0 }.reduce(0, +)
            let worst = rows.map { row in Double(row.indices.min { row[$0] < row[$1] } ?? 0) }
            return .all([
                .compare(
                    classes, with: best, what: "the guesses",
                    mistakes: [
                        Mistake("the classes are counted from 1; the task counts from 0", gives: best.map { $0 + 1 }),
                        Mistake("this is the least probable class", gives: worst),
                    ]),
                .compare(
                    [try got["expectedErrors"].as(Double.self)], with: [1 - right / 150],
                    what: "the expected share of errors",
                    mistakes: [
                        Mistake("this is the expected share of right guesses", gives: [right / 150]),
                        Mistake("this is the expected number of errors, and not their share", gives: [150 - right]),
                        Mistake("this is the expected number of right guesses", gives: [right]),
                        Mistake("this is the error of the doubtful points only", gives: [0]),
                    ]),
            ])
        },
        // BEGIN HIDDEN TESTS
        TestCase(
            "volume", "the density has volume 1, and the joint density of a class has its weight", points: 1, .hidden,
            hint: "Add up your density over a fine grid, for a covariance with a strong correlation."
        ) { student in
            let (means, weights) = ([[0.5, -0.8], [-0.3, 0.5]], [0.3, 0.7])
            let covariances = [[[0.9, -0.6], [-0.6, 0.8]], [[0.6, 0.35], [0.35, 0.9]]]
            // On a square from -6.4 to 6.4 everything has died away at the edges; with this spacing the sum is exact to rounding.
            let count = 33
            let ticks: [Double] = (0..<count).map { -6.4 + 12.8 * Double($0) / Double(count - 1) }
            let grid = ticks.flatMap { x in ticks.map { [x, $0] } }
            let cell = pow(12.8 / Double(count - 1), 2)
            let marginal = try await student.calls("marginalDensity", grid.map { [$0, weights, means, covariances] })
            let density = try marginal.map { try $0.as(Double.self) }
            let rows = try await student.call("responsibilities", grid, weights, means, covariances)
                .table(rows: grid.count, columns: 2, what: "the responsibilities")
            // Far out both densities underflow and the rows are 0/0; there the density is 0, and nothing is added.
            // Means of the product of both coordinates: with the covariances, and as the density has them.
            let products = zip(weights, zip(means, covariances)).reduce(0) {
                $0 + $1.0 * ($1.1.1[0][1] + $1.1.0[0] * $1.1.0[1])
            }
            let found = zip(density, grid).reduce(0) { $0 + $1.0 * $1.1[0] * $1.1[1] } * cell
            let shares = (0..<2).map { k in
                zip(density, rows).reduce(0) { $0 + ($1.0 > 0 ? $1.0 * $1.1[k] : 0) } * cell
            }
            return .all([
                .compare([density.reduce(0, +) * cell], with: [1], what: "the volume under the density"),
                .compare(shares, with: weights, what: "the volumes under the joint densities of the classes"),
                .compare(
                    [found], with: [products], what: "the mean of the product of both coordinates under the density"),
            ])
        },
        // END HIDDEN TESTS
    ])

/// Three Gaussians in the plane and points near them, so that no density is near 0.
private struct Plane {
    let weights: [Double]
    let means: [[Double]]
    let covariances: [[[Double]]]
    let points: [[Double]]

    init(_ student: Student, _ stream: Int) {
        var random = student.fresh(stream)
        weights = random.weights(3)
        means = (0..<3).map { _ in random.numbers(2, in: -0.7...0.7) }
        covariances = (0..<3).map { _ in
            let variances = random.numbers(2, in: 0.3...0.6) + random.numbers(1, in: 0.9...1.5)
            let covariance = (0.4 + 0.3 * random.uniform()) * (variances[1] * variances[2]).squareRoot()
            return [[variances[1], covariance], [covariance, variances[2]]]
        }
        points = (0..<6).map { _ in random.numbers(2, in: -1...1) }
    }

    /// Rows of joint densities, by the core's Gaussian; or of conditional ones.
    func joint(weighted: Bool = true) throws -> [[Double]] {
        let normals = try zip(means, covariances).map { try MultivariateNormal(mean: $0, covariance: Matrix($1)) }
        return points.map { point in
            zip(weights, normals).map { (weighted ? $0 : 1) * exp($1.logDensity(at: point)) }
        }
    }

    /// The same by the student's own density, so that a mistake there is not paid for twice; nil if that gives no densities, or
    /// one and the same for all points.
    func joint(of student: Student) async throws -> [[Double]]? {
        let cases = points.flatMap { point in zip(means, covariances).map { [point, $0, $1] as [any Exchangeable] } }
        guard let got = try? await student.calls("conditionalDensity", cases),
            let densities = try? got.map({ try $0.as(Double.self) }),
            densities.allSatisfy({ $0 > 0 && $0 < .infinity }), Set(densities).count == densities.count
        else { return nil }
        return points.indices.map { n in weights.indices.map { k in weights[k] * densities[3 * n + k] } }
    }

    /// The density of the one Gaussian whose mean and covariance are the weighted averages, a mistake.
    func averaged() throws -> [Double] {
        let average = { (numbers: [Double]) in zip(weights, numbers).reduce(0) { $0 + $1.0 * $1.1 } }
        let mean = (0..<2).map { d in average(means.map { $0[d] }) }
        let covariance = (0..<2).map { i in (0..<2).map { j in average(covariances.map { $0[i][j] }) } }
        let normal = try MultivariateNormal(mean: mean, covariance: Matrix(covariance))
        return points.map { exp(normal.logDensity(at: $0)) }
    }
}

private func inverse(_ s: [[Double]]) -> [[Double]] {
    let determinant = s[0][0] * s[1][1] - s[0][1] * s[1][0]
    return [[s[1][1] / determinant, -s[0][1] / determinant], [-s[1][0] / determinant, s[0][0] / determinant]]
}

/// A density that is wrong in a known way: made by `density` from the quadratic form (with another matrix than the inverse, if
/// `form` says so) and the determinant.
private func wrong(
    _ what: (point: [Double], mean: [Double], covariance: [[Double]]),
    form: ([[Double]]) -> [[Double]] = inverse, density: (Double, Double) -> Double
) -> Double {
    let (s, matrix) = (what.covariance, form(what.covariance))
    let (x, y) = (what.point[0] - what.mean[0], what.point[1] - what.mean[1])
    let distance = matrix[0][0] * x * x + (matrix[0][1] + matrix[1][0]) * x * y + matrix[1][1] * y * y
    return density(distance, s[0][0] * s[1][1] - s[0][1] * s[1][0])
}
