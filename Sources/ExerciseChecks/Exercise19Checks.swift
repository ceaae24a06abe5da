import ExerciseProtocol
import Foundation
import Grading
import MixtureModels

/// Counting parameters, and the BIC: beyond.parameters, beyond.bic.
let exercise19: Exercise = Exercise(
    number: 19, name: "Exercise19BIC", title: "how many classes?", hiddenPoints: 2,
    checks: [
        TestCase(
            "full", "with full covariances every class has a mean and a symmetric matrix, and the weights sum to 1",
            points: 1,
            hint: "If K - 1 weights are known, so is the last. If half of a covariance matrix is known, so is the rest."
        ) { student in
            let sizes = Size.all(student, 0)
            return try await judge(
                student, sizes, shape: "full",
                mistakes: [
                    ("only the variances are counted: this is the diagonal shape", { $0.count("diagonal") }),
                    ("there is one covariance for all classes: this is the tied shape", { $0.count("tied") }),
                    ("these are the parameters of the covariances alone", { $0.k * $0.matrix }),
                ])
        },
        TestCase(
            "simple", "diagonal and spherical covariances are each class's own, too", points: 1,
            hint: "How many numbers does one need to write such a matrix down? And how many classes have one?"
        ) { student in
            let sizes = Size.all(student, 1)
            let slip = try await Slip.found(in: student)
            let diagonal = try await judge(
                student, sizes, shape: "diagonal", slip: slip,
                mistakes: [
                    ("these are full covariances", { $0.count("full") }),
                    ("there is one covariance for all classes", { $0.count("diagonal") - ($0.k - 1) * $0.d }),
                    ("there is one variance for each class: this is the spherical shape", { $0.count("spherical") }),
                ])
            let spherical = try await judge(
                student, sizes, shape: "spherical", slip: slip,
                mistakes: [
                    ("there are D variances for each class: this is the diagonal shape", { $0.count("diagonal") }),
                    ("there is one variance for all classes", { $0.count("spherical") - $0.k + 1 }),
                ])
            return .all([diagonal, spherical])
        },
        TestCase(
            "bic", "the BIC is -2 ℓ + ν ln N", points: 1,
            hint: "Compute the example in the task step by step."
        ) { student in
            let fits = Fits.all(student, 2)
            let asked = fits.flatMap { fits in fits.fits.map { ($0.height, $0.parameters, fits.observations) } }
            let got = try await student.calls("bic", asked.map { [$0.0, $0.1, $0.2] })
            func gives(_ rule: (_ height: Double, _ parameters: Double, _ observations: Double) -> Double) -> [Double] {
                asked.map { rule($0.0, Double($0.1), Double($0.2)) }
            }
            return .compare(
                try got.map { try $0.as(Double.self) }, with: gives { -2 * $0 + $1 * log($2) }, what: "the BIC",
                mistakes: [
                    Mistake(
                        "the sign is that of R's mclust, where the largest is best; the task wants the other",
                        gives: gives { 2 * $0 - $1 * log($2) }),
                    Mistake("the log-likelihood has the wrong sign", gives: gives { 2 * $0 + $1 * log($2) }),
                    Mistake("the price has the wrong sign", gives: gives { -2 * $0 - $1 * log($2) }),
                    Mistake(
                        "this is AIC: its price is 2 for each parameter",
                        gives: gives { height, ν, _ in -2 * height + 2 * ν }),
                    Mistake("the price is twice what it should be", gives: gives { -2 * $0 + 2 * $1 * log($2) }),
                    Mistake("the price is half of what it should be", gives: gives { -2 * $0 + 0.5 * $1 * log($2) }),
                    Mistake("ℓ counts twice", gives: gives { -$0 + $1 * log($2) }),
                    Mistake("this is half of it, in the scale of ℓ itself", gives: gives { -$0 + 0.5 * $1 * log($2) }),
                    Mistake(
                        "this is Schwarz's form, ℓ less half of the price: the task wants it times -2",
                        gives: gives { $0 - 0.5 * $1 * log($2) }),
                    Mistake("the logarithm is one to base 10", gives: gives { -2 * $0 + $1 * log10($2) }),
                    Mistake("the logarithm is one to base 2", gives: gives { -2 * $0 + $1 * log2($2) }),
                    Mistake("the price is ν N: the logarithm is missing", gives: gives { -2 * $0 + $1 * $2 }),
                    Mistake("the logarithm is that of ν, and the factor N", gives: gives { -2 * $0 + $2 * log($1) }),
                    Mistake(
                        "the log-likelihood is logged once more", gives: gives { -2 * log(abs($0)) + $1 * log($2) }),
                    Mistake("the number of observations is ignored", gives: gives { height, ν, _ in -2 * height + ν }),
                ])
        },
        TestCase(
            "best", "the model with the least BIC is chosen", points: 1,
            hint: "Write the criterion beside each model, and look for the least."
        ) { student in
            let lists = Fits.all(student, 3)
            let got = try await student.calls(
                "best", lists.map { [$0.fits.map(\.height), $0.fits.map(\.parameters), $0.observations] })
            func gives(_ rule: (_ height: Double, _ parameters: Double, _ observations: Double) -> Double) -> [Double] {
                lists.map { list in
                    let values = list.fits.map { rule($0.height, Double($0.parameters), Double(list.observations)) }
                    return Double(values.indices.min { values[$0] < values[$1] } ?? 0)
                }
            }
            let right = gives { -2 * $0 + $1 * log($2) }
            // By the student's own criterion, so that a slip there is not paid for twice.
            let following = try await ownChoices(of: student, among: lists) ?? right
            return .compare(
                try got.map { try $0.as(Double.self) }, with: right, following, what: "the places of the best models",
                mistakes: [
                    Mistake("they are counted from 1; the task counts from 0", gives: right.map { $0 + 1 }),
                    Mistake(
                        "these have the largest log-likelihood, whatever it costs",
                        gives: gives { height, _, _ in -height }),
                    Mistake("these have the fewest parameters", gives: gives { _, ν, _ in ν }),
                    Mistake("these have the largest BIC", gives: gives { 2 * $0 - $1 * log($2) }),
                    Mistake(
                        "the price is too low, as it is in AIC", gives: gives { height, ν, _ in -2 * height + 2 * ν }),
                    Mistake("these are always the first", gives: right.map { _ in 0 }),
                ])
        },
        // BEGIN HIDDEN TESTS
        TestCase(
            "shared-covariance", "tied covariances are counted once, whatever the number of classes", points: 1,
            .hidden,
            hint: "How many covariances are there to be chosen?"
        ) { student in
            let sizes = Size.all(student, 4)
            return try await judge(
                student, sizes, shape: "tied", slip: try await Slip.found(in: student),
                mistakes: [
                    ("every class has a covariance of its own: this is the full shape", { $0.count("full") }),
                    ("only the variances are counted", { $0.count("tied") - $0.matrix + $0.d }),
                ])
        },
        TestCase(
            "coinciding-shapes", "where shapes coincide, so do their counts: one coordinate, or one class", points: 1,
            .hidden,
            hint: "In one dimension, which of the four shapes are different? And with one class?"
        ) { student in
            let slip = try await Slip.found(in: student)
            let line = try await judge(
                student, [Size(k: 3, d: 1), Size(k: 7, d: 1)], shapes: ["full", "diagonal", "spherical"], slip: slip,
                what: "the counts on a line, where three shapes coincide")
            let single = try await judge(
                student, [Size(k: 1, d: 4)], shapes: ["diagonal", "spherical"], slip: slip,
                what: "the counts for a single class")
            let alone = try await student.calls("parameterCount", ["full", "tied"].map { [1, 4, $0] })
                .map { try $0.as(Double.self) }
            return .all([
                line, single,
                .compare([alone[1]], with: [alone[0]], what: "the count for a single tied class, which is a full one"),
            ])
        },
        // END HIDDEN TESTS
    ])

/// Compares the student's counts for one shape.
private func judge(
    _ student: Student, _ sizes: [Size], shape: String, slip: Slip? = nil, mistakes: [(String, (Size) -> Int)]
) async throws -> Verdict {
    try await judge(
        student, sizes, shapes: [shape], slip: slip, what: "the numbers of parameters with \(shape) covariances",
        mistakes: Slip.allCases.map { slip -> (String, (Size) -> Int) in (slip.words, { slip.count($0, shape) }) }
            + mistakes)
}

/// Compares the student's counts for some shapes; those with a slip that was paid for elsewhere are right here.
private func judge(
    _ student: Student, _ sizes: [Size], shapes: [String], slip: Slip?, what: String,
    mistakes: [(String, (Size) -> Int)] = []
) async throws -> Verdict {
    func all(_ count: (Size, String) -> Int) -> [Double] {
        sizes.flatMap { size in shapes.map { Double(count(size, $0)) } }
    }
    let got = try await student.calls(
        "parameterCount", sizes.flatMap { size in shapes.map { [size.k, size.d, $0] as [any Exchangeable] } })
    let right = all { $0.count($1) }
    return .compare(
        try got.map { try $0.as(Double.self) }, with: right, slip.map { slip in all { slip.count($0, $1) } } ?? right,
        what: what, mistakes: mistakes.map { what, count in Mistake(what, gives: all { size, _ in count(size) }) })
}

/// Some fits to the same data, not in the order of their sizes.
private struct Fits {
    let fits: [(height: Double, parameters: Int)]
    let observations: Int

    /// Lists in which BIC, AIC, the log-likelihood and the number of parameters all prefer different models.
    static func all(_ student: Student, _ stream: Int) -> [Fits] {
        var random = student.fresh(stream)
        return [200, 1000, 60, 5000].map { observations in
            let start = -1200 + 400 * random.uniform()
            let price = 3 * log(Double(observations))
            // Six parameters cost 3 ln N in ℓ by BIC, 6 by AIC: the second step is worth between the two, the first one more than both.
            var rises = [0, price + 20, (price + 6) / 2, 2, 1].map { $0 + random.uniform() / 2 }
            for i in 1..<rises.count { rises[i] += rises[i - 1] }
            var fits = rises.indices.map { (height: start + rises[$0], parameters: 5 + 6 * $0) }
            fits.append((height: start - 60, parameters: 14))  // of another shape, and the worst by BIC
            // The worst stands second: whoever stops where the criterion rises stays at the first, which is not the best.
            repeat { random.shuffle(&fits) } while fits[0].parameters == 11 || fits[1].parameters != 14
            return Fits(fits: fits, observations: observations)
        }
    }
}

/// What the student's own criterion prefers; nil if it is none of which the least is best.
private func ownChoices(of student: Student, among lists: [Fits]) async throws -> [Double]? {
    var choices: [Double] = []
    for list in lists {
        let asked = list.fits.map { [$0.height, $0.parameters, list.observations] as [any Exchangeable] }
        let higher = list.fits.map { [$0.height + 1, $0.parameters, list.observations] as [any Exchangeable] }
        guard let got = try? await student.calls("bic", asked + higher),
            let values = try? got.map({ try $0.as(Double.self) }), values.allSatisfy(\.isFinite)
        else { return nil }
        let (own, raised) = (values.prefix(asked.count), values.suffix(asked.count))
        guard zip(own, raised).allSatisfy({ $0 > $1 }) else { return nil }
        choices.append(Double(own.indices.min { own[$0] < own[$1] } ?? 0))
    }
    return choices
}
