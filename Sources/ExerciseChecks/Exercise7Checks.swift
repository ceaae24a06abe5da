import ExerciseProtocol
import Foundation
import Grading
import MixtureModels
import Verification

/// The M-step of a Gaussian mixture: cs229.m-step, cs181.8 to cs181.10, stat215a.m-mu and stat215a.m-sigma.
let exercise7 = Exercise(
    number: 7, name: "Exercise7GaussianMStep", title: "the M-step of a Gaussian mixture", hiddenPoints: 3,
    checks: [
        TestCase(
            "weights", "the new weights are the classes' shares of the points", points: 1,
            hint: "How many points is a class responsible for, in all? And out of how many?"
        ) { student in
            let cloud = Cloud(student, 0, dimensions: 3)
            let got = try await student.call("update", cloud.points, cloud.given, cloud.oldMeans)
            let total = Double(cloud.points.count)
            return .compare(
                try got["weights"].numbers(2, what: "the weights"), with: cloud.counts.map { $0 / total },
                what: "the weights",
                mistakes: [
                    Mistake("they are not divided by the number of points", gives: cloud.counts),
                    Mistake(
                        "this counts hard assignments, and not responsibilities",
                        gives: cloud.given.hard.columnSums.map { $0 / total }),
                    Mistake("the classes are taken to be equally likely", gives: [0.5, 0.5]),
                    Mistake("you divided by N - 1, not by N", gives: cloud.counts.map { $0 / (total - 1) }),
                ])
        },
        TestCase(
            "means", "the new means are the weighted means of the points", points: 2,
            hint: "Each point counts by its responsibility. What do these counts sum to?"
        ) { student in
            let cloud = Cloud(student, 1, dimensions: 3)
            let got = try await student.call("update", cloud.points, cloud.given, cloud.oldMeans)
            let table = try got["means"].table(rows: 2, columns: 3, what: "the means")
            let total = Double(cloud.points.count)
            let right = cloud.means(by: cloud.given)
            let sums = zip(right, cloud.counts).map { mean, count in mean.map { $0 * count } }
            let everything = cloud.points.columnSums.map { $0 / total }
            return .compare(
                table.flat, with: right.flat, what: "the means",
                mistakes: [
                    Mistake("you divided by N, not by N_k", gives: sums.flat.map { $0 / total }),
                    Mistake("they are not divided by anything: these are sums", gives: sums.flat),
                    Mistake("these are the old means", gives: cloud.oldMeans.flat),
                    Mistake(
                        "the responsibilities are ignored: both classes get the mean of all points",
                        gives: everything + everything),
                    Mistake(
                        "this counts hard assignments, and not responsibilities",
                        gives: cloud.means(by: cloud.given.hard).flat),
                    Mistake(
                        "you divided by N_k - 1, not by N_k",
                        gives: zip(sums, cloud.counts).flatMap { sum, count in sum.map { $0 / (count - 1) } }),
                    Mistake("the classes are swapped", gives: Array(right.reversed()).flat),
                ])
        },
        TestCase(
            "covariances", "the new covariances are the weighted covariances of the points", points: 2,
            hint: "Deviations from which mean? Mind the superscript in cs181.10. And divided by what?"
        ) { student in
            let cloud = Cloud(student, 2, dimensions: 3)
            let got = try await student.call("update", cloud.points, cloud.given, cloud.oldMeans)
            let matrices = try got["covariances"].as([Value].self)
            guard matrices.count == 2 else {
                return .failed("the covariances: 2 matrices were expected, and \(matrices.count) came")
            }
            let numbers = try matrices.flatMap { try $0.table(rows: 3, columns: 3, what: "a covariance").flat }
            let total = Double(cloud.points.count)
            let new = cloud.means(by: cloud.given)
            let right = cloud.covariances(around: new)
            let returned = try got["means"].table(rows: 2, columns: 3, what: "the means")
            let scaled = { (factor: (Double) -> Double) in
                zip(right, cloud.counts).flatMap { matrix, count in matrix.map { $0 * factor(count) } }
            }
            let mean = cloud.points.columnSums.map { $0 / total }
            return .compare(
                numbers, with: right.flat, what: "the covariances",
                mistakes: [
                    Mistake(
                        "the covariance uses the old mean; it wants the new one",
                        gives: cloud.covariances(around: cloud.oldMeans).flat),
                    Mistake("you divided by N, not by N_k", gives: scaled { $0 / total }),
                    Mistake(
                        "this is the N - 1 estimate: you divided by N_k - 1, not by N_k",
                        gives: scaled { $0 / ($0 - 1) }),
                    Mistake("they are not divided by anything: these are sums", gives: scaled { $0 }),
                    Mistake(
                        "the deviations are from the mean of all points, and not of the class",
                        gives: cloud.covariances(around: [mean, mean]).flat),
                    Mistake(
                        "the mean is not subtracted: these are means of products",
                        gives: cloud.covariances(around: [[0, 0, 0], [0, 0, 0]]).flat),
                    Mistake(
                        "the entries off the diagonal are missing",
                        gives: right.flatMap { matrix in matrix.enumerated().map { $0.offset % 4 == 0 ? $0.element : 0 }
                        }),
                    Mistake(
                        "they are right for the means that you returned; but those are not right",
                        gives: cloud.covariances(around: returned).flat),
                    Mistake(
                        "the responsibilities are squared", gives: cloud.covariances(around: new, squared: true).flat),
                    Mistake(
                        "the responsibilities are ignored: each class gets the covariance of all points around its mean",
                        gives: cloud.covariances(around: new, by: cloud.given.map { $0.map { _ in 1 } }).flat),
                ])
        },
        TestCase(
            "one-dimension", "in one dimension both means and both variances are right", points: 1,
            hint: "The similar process: every index 1 becomes a 2. And a variance is a mean of squares."
        ) { student in
            let cloud = Cloud(student, 3, dimensions: 1)
            let values = cloud.points.flat
            let got = try await student.call("updateInOneDimension", values, cloud.given)
            let means = cloud.means(by: cloud.given)
            let right = cloud.covariances(around: means).flat
            let total = Double(values.count)
            let sums = zip(means.flat, cloud.counts).map { $0 * $1 }
            return .all([
                .compare(
                    try got["means"].numbers(2, what: "the means"), with: means.flat, what: "the means",
                    mistakes: [
                        Mistake("you divided by N, not by N_k", gives: sums.map { $0 / total }),
                        Mistake("the second is the first once more", gives: [means[0][0], means[0][0]]),
                        Mistake("they are not divided by anything: these are sums", gives: sums),
                    ]),
                .compare(
                    try got["variances"].numbers(2, what: "the variances"), with: right, what: "the variances",
                    mistakes: [
                        Mistake(
                            "these are standard deviations, and variances are wanted",
                            gives: right.map { $0.squareRoot() }),
                        Mistake(
                            "you divided by N, not by N_k", gives: zip(right, cloud.counts).map { $0 * $1 / total }),
                        Mistake(
                            "this is the N - 1 estimate: you divided by N_k - 1, not by N_k",
                            gives: zip(right, cloud.counts).map { $0 * $1 / ($1 - 1) }),
                        Mistake(
                            "they are not divided by anything: these are sums",
                            gives: zip(right, cloud.counts).map { $0 * $1 }),
                        Mistake(
                            "the second uses the mean of the first",
                            gives: cloud.covariances(around: [means[0], means[0]]).flat),
                        Mistake("the second is the first once more", gives: [right[0], right[0]]),
                        Mistake(
                            "the deviations are from the mean of all values, and not of the class",
                            gives: cloud.covariances(around: [
                                [values.reduce(0, +) / total], [values.reduce(0, +) / total],
                            ]).flat),
                    ]),
            ])
        },
        // BEGIN HIDDEN TESTS
        TestCase(
            "maximum", "Q is level at the update, in every direction", points: 2, .hidden,
            hint: "Differentiate Q by each entry of the means and the covariances, at your own update."
        ) { student in
            let cloud = Cloud(student, 4, dimensions: 2)
            let got = try await student.call("update", cloud.points, cloud.given, cloud.oldMeans)
            let weights = try got["weights"].numbers(2, what: "the weights")
            let means = try got["means"].table(rows: 2, columns: 2, what: "the means")
            let covariances = try got["covariances"].as([Value].self)
                .map { try $0.table(rows: 2, columns: 2, what: "a covariance") }
            guard weights.allSatisfy({ $0 > 0 && $0 < 1 }), abs(weights.reduce(0, +) - 1) < Closeness.sameFormula else {
                return .failed("the weights of the update do not sum to 1")
            }
            guard covariances.count == 2,
                covariances.allSatisfy({
                    $0[0][0] > 0 && $0[0][0] * $0[1][1] > $0[0][1] * $0[1][0] && Closeness.agree([$0[0][1]], [$0[1][0]])
                })
            else {
                return .failed("2 symmetric covariances with positive determinants were expected")
            }
            guard means.flat.allSatisfy(\.isFinite) else { return .failed("the means of the update are not finite") }
            let size = Double(cloud.points.count) * Closeness.stationary
            let slope = try CentralDifference.derivative(
                of: { cloud.counts[0] * log($0) + cloud.counts[1] * log(1 - $0) }, at: weights[0])
            if abs(slope) > size { return .failed("Q still rises when the weights of the update are moved") }
            for k in 0..<2 {
                let place = means[k] + [covariances[k][0][0], covariances[k][0][1], covariances[k][1][1]]
                let slopes = try CentralDifference.gradient(of: { cloud.q(of: k, $0) }, at: place)
                if slopes.prefix(2).contains(where: { abs($0) > size }) {
                    return .failed("Q still rises when the means of the update are moved")
                }
                if slopes.suffix(3).contains(where: { abs($0) > size }) {
                    return .failed("Q still rises when the covariances of the update are moved")
                }
            }
            return .passed
        },
        TestCase(
            "far-from-zero", "moving all points far away moves the means and nothing else", points: 1, .hidden,
            hint: "Two large squares that are nearly equal have few digits left when one is subtracted from the other."
        ) { student in
            let cloud = Cloud(student, 5, dimensions: 2)
            var spreads: [[Double]] = []
            for shift in [0, 1_048_576.0] {
                let moved = { (table: [[Double]]) in table.map { row in row.map { $0 + shift } } }
                let points = moved(cloud.points)
                let got = try await student.call("update", points, cloud.given, moved(cloud.oldMeans))
                let line = try await student.call("updateInOneDimension", points.map { $0[0] }, cloud.given)
                let means = try got["means"].table(rows: 2, columns: 2, what: "the means")
                let verdict = Verdict.compare(
                    means.flat, with: moved(cloud.means(by: cloud.given)).flat,
                    what: "the means of points moved by \(shift)")
                guard verdict == .passed else { return verdict }
                let covariances = try got["covariances"].as([Value].self)
                    .flatMap { try $0.table(rows: 2, columns: 2, what: "a covariance").flat }
                spreads.append(covariances + (try line["variances"].numbers(2, what: "the variances")))
            }
            let matrices = cloud.covariances(around: cloud.means(by: cloud.given))
            let right = matrices.flat + matrices.map { $0[0] }
            let verdict = Verdict.compare(spreads[0], with: right, what: "the covariances and variances")
            guard verdict == .passed, !Closeness.agree(spreads[1], right) else { return verdict }
            return .failed(
                "the covariances or variances are right near zero, and wrong for points far from zero: most digits are lost"
            )
        },
        // END HIDDEN TESTS
    ])

/// Points, responsibilities of two classes, and the means that these might have come from.
private struct Cloud {
    let points: [[Double]]
    let given: [[Double]]
    let oldMeans: [[Double]]

    init(_ student: Student, _ stream: Int, dimensions: Int) {
        var random = student.fresh(stream)
        points = (0..<25).map { _ in
            let shared = random.standardNormal()
            // Quarters of 2⁻¹⁰, so that moving them far away is exact.
            return (0..<dimensions).map { d in
                ((Double(d + 1) + shared + random.standardNormal()) * 4096).rounded() / 4096
            }
        }
        given = random.responsibilities(rows: 25, columns: 2)
        oldMeans = (0..<2).map { _ in random.numbers(dimensions, in: -1...4) }
    }

    /// N_k.
    var counts: [Double] { given.columnSums }

    func means(by rows: [[Double]]) -> [[Double]] {
        zip(0..., rows.columnSums).map { k, count in
            points[0].indices.map { d in zip(points, rows).reduce(0) { $0 + $1.1[k] * $1.0[d] } / count }
        }
    }

    /// For each class Σ_n γ_nk (x_n - c_k)(x_n - c_k)ᵀ / N_k, row by row.
    func covariances(around centres: [[Double]], squared: Bool = false, by rows: [[Double]]? = nil) -> [[Double]] {
        let rows = rows ?? given
        return zip(0..., centres).map { k, centre in
            centre.indices.flatMap { i in
                centre.indices.map { j in
                    let scatter = zip(points, rows).reduce(0) { sum, pair in
                        let (point, row) = pair
                        return sum + (squared ? row[k] * row[k] : row[k]) * (point[i] - centre[i])
                            * (point[j] - centre[j])
                    }
                    return scatter / rows.columnSums[k]
                }
            }
        }
    }

    /// The part of Q that a Gaussian in the plane has, up to a constant; its parameters are 2 of the mean and 3 of the covariance.
    func q(of k: Int, _ parameters: [Double]) -> Double {
        let (a, b, c) = (parameters[2], parameters[3], parameters[4])
        let determinant = a * c - b * b
        return zip(points, given).reduce(0) { sum, pair in
            let (x, y) = (pair.0[0] - parameters[0], pair.0[1] - parameters[1])
            return sum - pair.1[k] * (log(determinant) + (c * x * x - 2 * b * x * y + a * y * y) / determinant) / 2
        }
    }
}
