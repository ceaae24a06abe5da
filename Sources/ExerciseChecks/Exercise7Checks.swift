import ExerciseProtocol
import Foundation
import Grading
import MixtureModels
import Verification

/// The M-step of a Gaussian mixture: cs229.m-step, cs181.8 to cs181.10, stat215a.m-mu and stat215a.m-sigma.
let exercise7: Exercise = Exercise(
    number: 7, name: "Exercise7GaussianMStep", title: "the M-step of a Gaussian mixture", hiddenPoints: 3,
    checks: [
        TestCase(
            "weights", "the new weights are the classes' shares of the points", points: 1,
            hint: "How many points is a class responsible for, in all? And out of how many?"
        ) { student in
            let cloud = PointCloud(student, 0, dimensions: 3, classes: 3)
            let got = try await student.call("update", cloud.points, cloud.given, cloud.oldMeans)
            let total = Double(cloud.points.count)
            return .compare(
                try got["weights"].numbers(3, what: "the weights"), with: cloud.counts.map { $0 / total },
                what: "the weights",
                mistakes: [
                    Mistake("they are not divided by the number of points", gives: cloud.counts),
                    Mistake(
                        "this counts hard assignments, and not responsibilities",
                        gives: cloud.given.hard.columnSums.map { $0 / total }),
                    Mistake("the classes are taken to be equally likely", gives: cloud.counts.map { _ in 1.0 / 3 }),
                    Mistake("you divided by N - 1, not by N", gives: cloud.counts.map { $0 / (total - 1) }),
                ])
        },
        TestCase(
            "means", "the new means are the weighted means of the points", points: 2,
            hint: "Each point counts by its responsibility. What do these counts sum to?"
        ) { student in
            let cloud = PointCloud(student, 1, dimensions: 3)
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
            let cloud = PointCloud(student, 2, dimensions: 3)
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
            // Around the means that the student returns, so that a slip there is not paid for twice.
            let following = cloud.covariances(around: returned).flat
            return .compare(
                numbers, with: right.flat, following, what: "the covariances",
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
            let cloud = PointCloud(student, 3, dimensions: 1, points: 130)
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
            "level-means", "Q is level at the new means, in every direction, with three classes and 130 points",
            points: 1, .hidden,
            hint: "Differentiate Q by each coordinate of the means, at your own update."
        ) { student in
            let cloud = PointCloud(student, 4, dimensions: 2, classes: 3, points: 130)
            let got = try await student.call("update", cloud.points, cloud.given, cloud.oldMeans)
            let means = try got["means"].table(rows: 3, columns: 2, what: "the means")
            guard means.flat.allSatisfy(\.isFinite) else { return .failed("the means of the update are not finite") }
            // Where Q is level in the means does not depend on the covariances, so that these may be anything here.
            let rises = try (0..<3).contains { k in
                try cloud.slopes(of: k, mean: means[k], covariance: [1.5, 0.25, 1]).prefix(2).contains(
                    where: cloud.isSteep)
            }
            return rises ? .failed("Q still rises when the means of the update are moved") : .passed
        },
        TestCase(
            "level-covariances", "Q is level at the new covariances, around the new means", points: 1, .hidden,
            hint: "Differentiate Q by each entry of the covariances, at your own update."
        ) { student in
            let cloud = PointCloud(student, 5, dimensions: 2, classes: 3, points: 130)
            let got = try await student.call("update", cloud.points, cloud.given, cloud.oldMeans)
            let means = try got["means"].table(rows: 3, columns: 2, what: "the means")
            let covariances = try got["covariances"].as([Value].self)
                .map { try $0.table(rows: 2, columns: 2, what: "a covariance") }
            guard covariances.count == 3,
                covariances.allSatisfy({
                    $0[0][0] > 0 && $0[0][0] * $0[1][1] > $0[0][1] * $0[1][0] && Closeness.agree([$0[0][1]], [$0[1][0]])
                })
            else {
                return .failed("3 symmetric covariances with positive determinants were expected")
            }
            guard means.flat.allSatisfy(\.isFinite) else { return .failed("the means of the update are not finite") }
            let rises = try (0..<3).contains { k in
                let matrix = covariances[k]
                return try cloud.slopes(of: k, mean: means[k], covariance: [matrix[0][0], matrix[0][1], matrix[1][1]])
                    .suffix(3).contains(where: cloud.isSteep)
            }
            return rises ? .failed("Q still rises when the covariances of the update are moved") : .passed
        },
        TestCase(
            "far-from-zero", "moving all points far away moves the means and nothing else", points: 1, .hidden,
            hint: "Two large squares that are nearly equal have few digits left when one is subtracted from the other."
        ) { student in
            // Two clouds, so that spreads which have nothing to do with the points are found out.
            var spreads: [[Double]] = []
            for cloud in [PointCloud(student, 6, dimensions: 2), PointCloud(student, 7, dimensions: 2)] {
                var means: [[Double]] = []
                for shift in [0, 1_048_576.0] {
                    let moved = { (table: [[Double]]) in table.map { row in row.map { $0 + shift } } }
                    let points = moved(cloud.points)
                    let got = try await student.call("update", points, cloud.given, moved(cloud.oldMeans))
                    let line = try await student.call("updateInOneDimension", points.map { $0[0] }, cloud.given)
                    means.append(
                        try got["means"].table(rows: 2, columns: 2, what: "the means").flat
                            + line["means"].numbers(2, what: "the means"))
                    let covariances = try got["covariances"].as([Value].self)
                        .flatMap { try $0.table(rows: 2, columns: 2, what: "a covariance").flat }
                    spreads.append(covariances + (try line["variances"].numbers(2, what: "the variances")))
                }
                let verdict = Verdict.compare(
                    means[1], with: means[0].map { $0 + 1_048_576 }, what: "the means of points moved by 1048576")
                guard verdict == .passed else { return verdict }
            }
            let variances = [0, 3, 4, 7, 8, 9]  // on the diagonals of two matrices, and in one dimension
            guard spreads.allSatisfy({ list in list.count == 10 && variances.allSatisfy { list[$0] > 0 } }) else {
                return .failed("2 covariances with positive variances were expected")
            }
            guard !variances.contains(where: { Closeness.agree([spreads[0][$0]], [spreads[2][$0]]) }) else {
                return .failed("the variances are the same for other points")
            }
            // Compared with the student's own near zero: whether those are right is another check's question.
            guard Closeness.agree(spreads[1] + spreads[3], spreads[0] + spreads[2]) else {
                return .failed(
                    "the covariances or variances of the same points are others far from zero than near it: most digits are lost"
                )
            }
            return .passed
        },
        // END HIDDEN TESTS
    ])
