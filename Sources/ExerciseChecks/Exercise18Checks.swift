import ExerciseProtocol
import Foundation
import Grading
import MixtureModels

/// The E-step of a mixture of Bernoulli vectors: prml.9.47.
let exercise18: Exercise = Exercise(
    number: 18, name: "Exercise18BernoulliVectors", title: "the E-step for black and white images", hiddenPoints: 2,
    checks: [
        TestCase(
            "log-joint", "the log joint probabilities count the weight and every pixel, on or off", points: 2,
            hint: "D + 1 factors: the weight, and for each pixel the probability of what it shows. Then the logarithm."
        ) { student in
            let album = Album(student, 0)
            let got = try await student.calls("logJoint", [album.arguments])[0]
            let table = try got.table(rows: 7, columns: 3, what: "the log joint probabilities")
            // Images are small: their probabilities are products as on paper, and logarithms come last.
            let right = album.products()
            func gives(_ wrong: (Double) -> Double) -> [Double] { right.flat.map(wrong) }
            return .compare(
                table.flat, with: gives { log($0) }, what: "the log joint probabilities",
                mistakes: [
                    Mistake(
                        "pixels that are on and pixels that are off are swapped",
                        gives: album.products { $0 == 1 ? 1 - $1 : $1 }.flat.map { log($0) }),
                    Mistake(
                        "the pixels that are off are left out",
                        gives: album.products { $0 == 1 ? $1 : 1 }.flat.map { log($0) }),
                    Mistake(
                        "the pixels that are on are left out",
                        gives: album.products { $0 == 1 ? 1 : 1 - $1 }.flat.map { log($0) }),
                    Mistake(
                        "every pixel is treated as if it were on",
                        gives: album.products { _, mean in mean }.flat.map { log($0) }),
                    Mistake(
                        "the weights are missing: how probable was the class itself?",
                        gives: album.products(weighted: false).flat.map { log($0) }),
                    Mistake(
                        "the weights are not in logarithms",
                        gives: album.products(weighted: false).flatMap { row in
                            zip(row, album.weights).map { log($0) + $1 }
                        }),
                    Mistake("these are the probabilities, and not their logarithms", gives: right.flat),
                    Mistake("this is a logarithm to base 10", gives: gives { log10($0) }),
                    Mistake("this is a logarithm to base 2", gives: gives { log2($0) }),
                    Mistake("the sign is wrong", gives: gives { -log($0) }),
                    Mistake(
                        "the rows are normalised already: these are log responsibilities",
                        gives: normalised(right).flat.map { log($0) }),
                ])
        },
        TestCase(
            "zero-and-one",
            "pixels which are never on, or always: impossible is minus infinity, and possible is finite",
            points: 1,
            hint: "What is 0 times the logarithm of 0? Which of the two logarithms does a pixel need at all?"
        ) { student in
            let album = Album(student, 1, certain: true)
            let got = try await student.calls("logJoint", [album.arguments])[0]
            let table = try got.table(rows: 7, columns: 3, what: "the log joint probabilities")
            let products = album.products().flat
            if table.flat.contains(where: \.isNaN) {
                return .failed("with probabilities of exactly 0 and 1 some are NaN: 0 was multiplied by minus infinity")
            }
            for (logarithm, product) in zip(table.flat, products) {
                if product == 0, logarithm > -.infinity {
                    return .failed(
                        "an image that its class cannot make has the logarithm \(logarithm): impossible is minus infinity, and not nearly impossible"
                    )
                }
                if product > 0, logarithm == -.infinity {
                    return .failed(
                        "an image that its class can make has minus infinity: a pixel that is off where μ is 0, or on where μ is 1, counts as a factor 1"
                    )
                }
            }
            // Without the weights, or to another base, it is paid for above.
            return .compare(
                table.flat, with: products.map { log($0) }, products.map { log10($0) },
                album.products(weighted: false).flat.map { log($0) },
                what: "the log joint probabilities with pixels that are certain")
        },
        TestCase(
            "responsibilities", "the responsibilities are Bayes' rule", points: 1,
            hint: "Undo the logarithms, and divide by the sum over the classes."
        ) { student in
            let album = Album(student, 2)
            let got = try await student.calls("responsibilities", [album.arguments])[0]
            let table = try got.table(rows: 7, columns: 3, what: "the responsibilities")
            let joint = album.products()
            let logs = joint.map { row in row.map { log($0) } }
            let following = await ownPosterior(of: student, album.arguments) ?? normalised(joint).flat
            return .compare(
                table.flat, with: normalised(joint).flat, following, what: "the responsibilities",
                mistakes: [
                    Mistake("the weights are ignored", gives: normalised(album.products(weighted: false)).flat),
                    Mistake("they are not normalised: a row must sum to 1", gives: joint.flat),
                    Mistake(
                        "they are normalised over the data, and not over the classes",
                        gives: normalisedOverData(joint).flat),
                    Mistake("the logarithms themselves are normalised; undo them first", gives: normalised(logs).flat),
                    Mistake(
                        "this is a hard assignment: all of each image goes to the likeliest class",
                        gives: joint.hard.flat),
                    Mistake(
                        "these are logarithms of the responsibilities", gives: normalised(joint).flat.map { log($0) }),
                    Mistake(
                        "pixels that are on and pixels that are off are swapped",
                        gives: normalised(album.products { $0 == 1 ? 1 - $1 : $1 }).flat),
                    Mistake(
                        "the pixels that are off are left out",
                        gives: normalised(album.products { $0 == 1 ? $1 : 1 }).flat),
                ])
        },
        // BEGIN HIDDEN TESTS
        TestCase(
            "large-images", "images of 2500 pixels, whose probabilities are too small for a Double; and many images",
            points: 1, .hidden, hint: "Before you undo the logarithms, subtract the largest of each row."
        ) { student in
            let large = LargeAlbum(student, 3)
            let many = Album(student, 4, images: 120)
            let got = try await student.calls(
                "responsibilities", [large.arguments, many.arguments])
            let table = try got[0].table(rows: large.images.count, columns: 2, what: "the responsibilities")
            guard !table.flat.contains(where: \.isNaN), table.allSatisfy({ $0.contains { $0 > 0 } }) else {
                return .failed(
                    "the responsibilities for images of 2500 pixels: the probabilities underflow (0 divided by 0)")
            }
            let others = try got[1].table(rows: 120, columns: 3, what: "the responsibilities for 120 images")
            let (right, rightOfMany) = (large.posterior.flat, normalised(many.products()).flat)
            let following = await ownPosterior(of: student, large.arguments) ?? right
            let followingOfMany = await ownPosterior(of: student, many.arguments) ?? rightOfMany
            return .all([
                .compare(table.flat, with: right, following, what: "the responsibilities for large images"),
                .compare(
                    others.flat, with: rightOfMany, followingOfMany, what: "the responsibilities for 120 images"),
            ])
        },
        TestCase(
            "impossible-classes", "a class that cannot make an image has responsibility 0, and the others share it",
            points: 1, .hidden,
            hint: "exp of minus infinity is 0. But what is minus infinity minus minus infinity?"
        ) { student in
            let album = Album(student, 5, certain: true)
            let got = try await student.calls("responsibilities", [album.arguments])[0]
            let table = try got.table(rows: 7, columns: 3, what: "the responsibilities")
            let right = normalised(album.products())
            guard !table.flat.contains(where: \.isNaN) else {
                return .failed("with probabilities of exactly 0 and 1 some responsibilities are NaN")
            }
            if let own = await ownPosterior(of: student, album.arguments), Closeness.agree(table.flat, own) {
                return .passed
            }
            guard zip(table.flat, right.flat).allSatisfy({ $1 > 0 || $0 == 0 }) else {
                return .failed("a class that cannot make an image has a share in it; the share is exactly 0")
            }
            return .compare(table.flat, with: right.flat, what: "the responsibilities with pixels that are certain")
        },
        // END HIDDEN TESTS
    ])

/// The responsibilities that the student's own log joint probabilities lead to, so that a slip there is not paid for twice; nil if
/// they lead to none, or to the same for all images.
private func ownPosterior(of student: Student, _ arguments: [any Exchangeable]) async -> [Double]? {
    guard let got = try? await student.calls("logJoint", [arguments]).first, let logs = try? got.as([[Double]].self),
        logs.allSatisfy({ row in !row.contains(where: \.isNaN) && row.max().map(\.isFinite) == true })
    else { return nil }
    let rows = normalised(logs.map { row in row.map { exp($0 - (row.max() ?? 0)) } })
    return Set(rows).count > 1 ? rows.flat : nil
}

/// Some images of six pixels, and three classes.
private struct Album {
    let images: [[Int]]
    let weights: [Double]
    let means: [[Double]]

    /// - Parameter certain: whether some pixels of the first two classes are never on, or always. The third can make every image.
    init(_ student: Student, _ stream: Int, images count: Int = 7, certain: Bool = false) {
        var random = student.fresh(stream)
        weights = random.weights(3)
        var means = (0..<3).map { _ in random.numbers(6, in: 0.1...0.9) }
        // Seven images are all different, whatever the seed: their pixels are the digits of different numbers.
        var numbers = Array(1..<63)
        random.shuffle(&numbers)
        var images = (0..<count).map { n in (0..<6).map { numbers[n % numbers.count] >> $0 & 1 } }
        if certain {
            means[0][1] = 0
            means[0][4] = 1
            means[1][2] = 0
            // One image that the first class can make, and one that neither of the first two can.
            images[0] = [1, 0, 1, 0, 1, 0]
            images[1] = [0, 1, 1, 0, 0, 1]
            // And one whose certain pixels are as all classes have them.
            images[2] = [0, 0, 0, 1, 1, 1]
        }
        (self.images, self.means) = (images, means)
    }

    var arguments: [any Exchangeable] { [images, weights, means] }

    /// π_k times the product over the pixels, as on paper; `chance` gets the pixel and its probability of being on.
    func products(
        weighted: Bool = true, chance: (Int, Double) -> Double = { $0 == 1 ? $1 : 1 - $1 }
    ) -> [[Double]] {
        images.map { image in
            zip(weights, means).map { weight, mean in
                zip(image, mean).reduce(weighted ? weight : 1) { $0 * chance($1.0, $1.1) }
            }
        }
    }
}
// BEGIN HIDDEN TESTS

/// Images of 2500 pixels, and two classes that differ in a few pixels only, so that neither responsibility is 0.
private struct LargeAlbum {
    let images: [[Int]]
    let weights: [Double]
    let means: [[Double]]
    private static let different = 8

    init(_ student: Student, _ stream: Int) {
        var random = student.fresh(stream)
        weights = random.weights(2)
        let shared = random.numbers(2500, in: 0.05...0.95)
        let other = random.numbers(Self.different, in: 0.2...0.8) + shared.dropFirst(Self.different)
        means = [shared, other]
        images = (0..<4).map { _ in shared.map { random.bernoulli($0) ? 1 : 0 } }
    }

    var arguments: [any Exchangeable] { [images, weights, means] }

    /// By the pixels in which the classes differ, since the others' factors cancel.
    var posterior: [[Double]] {
        normalised(
            images.map { image in
                zip(weights, means).map { weight, mean in
                    zip(image, mean).prefix(Self.different).reduce(weight) { $0 * ($1.0 == 1 ? $1.1 : 1 - $1.1) }
                }
            })
    }
}
// END HIDDEN TESTS
