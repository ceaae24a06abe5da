import ExerciseProtocol
import Foundation
import Grading
import MixtureModels
import Verification

/// The pet store: cs181.generative and cs181.ex1.
let exercise1: Exercise = Exercise(
    number: 1, name: "Exercise1PetStore", title: "the pet store", hiddenPoints: 2,
    checks: [
        TestCase(
            "species", "the species come in the shares that were asked for", points: 1,
            hint:
                "Lay the shares end to end on the line from 0 to 1, and see into which of them a uniform number falls."
        ) { student in
            let store = Store(student, 0)
            let animals = try await store.animals(from: student)
            let found = store.counts(animals).map { Double($0) / Double(store.count) }
            let errors = store.shares.map { ($0 * (1 - $0) / Double(store.count)).squareRoot() }
            return near(
                found, store.shares, errors, what: "the shares of the species",
                mistakes: [
                    Mistake(
                        "the shares are ignored: all species come equally often", gives: [1.0 / 3, 1.0 / 3, 1.0 / 3]),
                    Mistake("the shares are in the opposite order", gives: store.shares.reversed()),
                ])
        },
        TestCase(
            "animals-of-a-species", "the weights of each species are normal with its mean and standard deviation",
            points: 1,
            hint: "A standard normal number has mean 0 and standard deviation 1: stretch it, then move it."
        ) { student in
            let store = Store(student, 1)
            let animals = try await store.animals(from: student)
            let counts = store.counts(animals).map(Double.init)
            guard counts.allSatisfy({ $0 > 200 }) else {
                return .failed(
                    "some species hardly occurs among \(store.count) animals, so that its weights cannot be judged")
            }
            let moments = store.moments(animals)
            let deviations = store.standardDeviations
            let spread = near(
                moments.map(\.deviation), deviations, zip(deviations, counts).map { $0 / (2 * $1).squareRoot() },
                what: "the spread of the weights",
                mistakes: [
                    Mistake(
                        "the standard deviation is taken for a variance", gives: deviations.map { $0.squareRoot() }),
                    Mistake(
                        "the standard deviation is squared, as if a variance were to multiply the random number",
                        gives: deviations.map { $0 * $0 }),
                ])
            let centre = near(
                moments.map(\.mean), store.means, zip(deviations, counts).map { $0 / $1.squareRoot() },
                what: "the mean weights")
            // Two thirds of a normal distribution lie within one standard deviation; of a uniform one, only 58 %.
            let inside = 0.682_689_492_137
            let shape = near(
                moments.map(\.inside), [inside, inside, inside],
                counts.map { (inside * (1 - inside) / $0).squareRoot() },
                what: "the share of animals within one standard deviation of their mean",
                mistakes: [
                    Mistake(
                        "the weights are spread evenly, and not normally distributed",
                        gives: Array(repeating: 1 / 3.0.squareRoot(), count: 3))
                ])
            return .all([centre, spread, shape])
        },
        TestCase(
            "heavier-than", "the probability of being heavier is that of the mixture", points: 2,
            hint: "Ask the question of each species by itself; then weigh the answers by the shares."
        ) { student in
            let store = Store(student, 2)
            let thresholds = [1.5, 4, 9, 16]
            let got = try await student.calls("probability", thresholds.map { store.question($0) })
            // By quadrature of the density, which shares nothing with the error function.
            let right = try thresholds.map { threshold in
                try AdaptiveSimpson.integral(of: store.density, over: threshold...120, tolerance: 1e-12, panels: 2000)
            }
            let tail: (Double, Double, Double) -> Double = { erfc(($0 - $1) / $2 / 2.0.squareRoot()) / 2 }
            let mean = zip(store.shares, store.means).reduce(0) { $0 + $1.0 * $1.1 }
            let deviation = zip(store.shares, store.standardDeviations).reduce(0) { $0 + $1.0 * $1.1 }
            return .compare(
                try got.map { try $0.as(Double.self) }, with: right, what: "the probabilities",
                mistakes: [
                    Mistake("this is the probability of being lighter", gives: right.map { 1 - $0 }),
                    Mistake(
                        "the shares are ignored: the species are averaged as if they were equally common",
                        gives: thresholds.map { store.sum($0, tail) { _ in 1.0 / 3 } }),
                    Mistake(
                        "the species' probabilities are added without their shares",
                        gives: thresholds.map { store.sum($0, tail) { _ in 1 } }),
                    Mistake(
                        "the standard deviation is taken for a variance",
                        gives: thresholds.map { store.sum($0) { tail($0, $1, $2.squareRoot()) } }),
                    Mistake(
                        "the distance to the mean is divided by the square of the standard deviation",
                        gives: thresholds.map { store.sum($0) { tail($0, $1, $2 * $2) } }),
                    Mistake(
                        "the √2 is missing: the error function is not Φ",
                        gives: thresholds.map { store.sum($0) { erfc(($0 - $1) / $2) / 2 } }),
                    Mistake(
                        "it is twice what it should be: half of erfc is wanted",
                        gives: thresholds.map { store.sum($0) { 2 * tail($0, $1, $2) } }),
                    Mistake(
                        "this is the probability for one Gaussian with averaged parameters, and not for a mixture",
                        gives: thresholds.map { tail($0, mean, deviation) }),
                    Mistake(
                        "this is the density at the weight, and not the probability beyond it",
                        gives: thresholds.map(store.density)),
                ])
        },
        // BEGIN HIDDEN TESTS
        TestCase(
            "each-on-its-own", "each animal is drawn on its own, and the seed alone decides", points: 1, .hidden,
            hint:
                "Every animal takes its own random numbers, all of them from `random`, and knows nothing of the others."
        ) { student in
            let store = Store(student, 3)
            let seeds = (0..<200).map { store.seed + 1 + $0 }
            let lists = try await student.calls(
                "sample", (seeds + seeds.prefix(3)).map { store.order(count: 40, seed: $0) })
            let weights = try lists.map { try $0["weights"].numbers(40, what: "the animals") }
            guard Array(weights.suffix(3)) == Array(weights.prefix(3)) else {
                return .failed(
                    "the same seed gave other animals the second time: take every random number from `random`")
            }
            guard Set(weights).count == 200 else { return .failed("two seeds gave the very same animals") }
            // How many animals of species 0 there are varies from list to list, like the successes of 40 trials.
            let firsts = try lists.prefix(200).map { list in
                Double(try list["species"].as([Int].self).filter { $0 == 0 }.count)
            }
            let share = store.shares[0]
            let variance = firsts.reduce(0) { $0 + ($1 - 40 * share) * ($1 - 40 * share) } / 200
            let binomial = 40 * share * (1 - share)
            let varies = near(
                [variance], [binomial], [binomial * (2.0 / 200).squareRoot()],
                what: "how much the number of animals of a species varies",
                mistakes: [
                    Mistake(
                        "it does not vary: the species are dealt out in fixed numbers instead of drawn", gives: [0])
                ])
            // Neighbours are of the same species as often as chance has it, and their weights do not know each other.
            let animals = try await store.animals(from: student)
            let pairs = zip(animals, animals.dropFirst())
            let same = Double(pairs.filter { $0.species == $1.species }.count) / Double(store.count - 1)
            let squares = store.shares.reduce(0) { $0 + $1 * $1 }
            let cubes = store.shares.reduce(0) { $0 + $1 * $1 * $1 }
            let spread = squares * (1 - squares) + 2 * (cubes - squares * squares)
            let scores = animals.map { ($0.weight - store.means[$0.species]) / store.standardDeviations[$0.species] }
            let product = zip(scores, scores.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 } / Double(store.count - 1)
            return .all([
                varies,
                near(
                    [same], [squares], [(spread / Double(store.count)).squareRoot()],
                    what: "how often two animals in a row are of one species"),
                near(
                    [product], [0], [1 / Double(store.count).squareRoot()],
                    what: "the correlation of two weights in a row"),
            ])
        },
        TestCase(
            "far-tail", "probabilities of very heavy animals are small and not zero", points: 1, .hidden,
            hint: "What is left when two nearly equal numbers are subtracted? There is a function for the small one."
        ) { student in
            let store = Store(student, 4)
            let got = try await student.calls("probability", [6.0, 10, 25].map { store.question(alone: $0) })
            let probabilities = try got.map { try $0.as(Double.self) }
            if probabilities.last == 0 {
                return .failed(
                    "the probability of a very heavy animal is 0: the digits are lost in a subtraction from 1")
            }
            // P(beyond z) = φ(z) ∫ exp(-zu - u²/2) du over u > 0: an integral that does not underflow.
            let right = try [6.0, 10, 25].map { z in
                try AdaptiveSimpson.integral(of: { exp(-z * $0 - $0 * $0 / 2) }, over: 0...(40 / z), tolerance: 1e-14)
                    * exp(-z * z / 2) / (2 * Double.pi).squareRoot()
            }
            // As shares of what is right, because the numbers are tiny.
            return .compare(
                zip(probabilities, right).map { $0 / $1 }, with: [1, 1, 1], what: "the probabilities of heavy animals")
        },
        // END HIDDEN TESTS
    ])

/// A store with three species, so many animals to draw, and a seed for them.
private struct Store {
    let shares: [Double]
    let means: [Double]
    let standardDeviations: [Double]
    let count = 5000
    let seed: Int

    /// Shares that are far from equal, and standard deviations that are far from their squares.
    init(_ student: Student, _ stream: Int) {
        var random = student.fresh(stream)
        let parts = [0.15, 0.48] + random.numbers(2, in: 0...0.07)
        shares = [parts[0] + parts[2], parts[1] + parts[3], 1 - parts.reduce(0, +)]
        let shifts = random.numbers(6, in: 0...1)
        means = [2 + shifts[0], 6 + shifts[1], 13 + shifts[2]]
        standardDeviations = [0.3 + 0.2 * shifts[3], 1.6 + 0.4 * shifts[4], 3 + shifts[5]]
        seed = Int(random.next() >> 24)
    }

    func order(count: Int, seed: Int) -> [any Exchangeable] { [count, shares, means, standardDeviations, seed] }

    func question(_ threshold: Double) -> [any Exchangeable] { [threshold, shares, means, standardDeviations] }

    /// The same of the first species alone, so many standard deviations above its mean.
    func question(alone deviations: Double) -> [any Exchangeable] {
        [deviations * 2.0, [1.0], [0.0], [2.0]]
    }

    /// Animals drawn by the student's function, each of a species that exists.
    func animals(from student: Student) async throws -> [(species: Int, weight: Double)] {
        let got = try await student.calls("sample", [order(count: count, seed: seed)])
        guard let animals = got.first else { throw RunFailure.malformed("nothing came back") }
        let species = try animals["species"].as([Int].self)
        let weights = try animals["weights"].as([Double].self)
        guard species.count == count else {
            throw Malformed("\(count) animals were asked for, and \(species.count) came")
        }
        if let wrong = species.first(where: { !means.indices.contains($0) }) {
            let oneBased = wrong == means.count && !species.contains(0)
            throw Malformed(
                "there is no species \(wrong) among \(means.count)" + (oneBased ? ": they are counted from 0" : ""))
        }
        guard weights.allSatisfy(\.isFinite) else { throw Malformed("a weight is infinite or NaN") }
        return Array(zip(species, weights)).map { (species: $0.0, weight: $0.1) }
    }

    func counts(_ animals: [(species: Int, weight: Double)]) -> [Int] {
        means.indices.map { k in animals.filter { $0.species == k }.count }
    }

    /// Mean, spread around the true mean, and the share within one standard deviation, for each species.
    func moments(
        _ animals: [(species: Int, weight: Double)]
    ) -> [(mean: Double, deviation: Double, inside: Double)] {
        means.indices.map { k in
            let weights = animals.filter { $0.species == k }.map(\.weight)
            let number = Double(weights.count)
            let mean = weights.reduce(0, +) / number
            let deviation = (weights.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / number).squareRoot()
            let inside = weights.filter { abs($0 - mean) < deviation }.count
            return (mean, deviation, Double(inside) / number)
        }
    }

    /// The density of the weight of any animal.
    func density(_ weight: Double) -> Double {
        sum(weight) { exp(-($0 - $1) * ($0 - $1) / (2 * $2 * $2)) / ($2 * (2 * Double.pi).squareRoot()) }
    }

    /// Σ_k share_k f(weight, mean_k, standard deviation_k), or with other factors for the shares.
    func sum(
        _ weight: Double, _ f: (Double, Double, Double) -> Double, share: ((Int) -> Double)? = nil
    ) -> Double {
        means.indices.reduce(0) {
            $0 + (share?($1) ?? shares[$1]) * f(weight, means[$1], standardDeviations[$1])
        }
    }
}

/// Compares averages of random draws with what they should be, in standard errors; a mistake is named if it explains them all.
private func near(
    _ got: [Double], _ right: [Double], _ standardErrors: [Double], what: String, mistakes: [Mistake] = []
) -> Verdict {
    func agrees(_ numbers: [Double], _ width: Double = 1) -> Bool {
        got.indices.allSatisfy { abs(got[$0] - numbers[$0]) <= width * Closeness.standardErrors * standardErrors[$0] }
    }
    if agrees(right) { return .passed }
    // A mistake changes the standard errors as well; hence twice as wide.
    if let mistake = mistakes.first(where: { agrees($0.numbers, 2) }) { return .failed("\(what): \(mistake.what)") }
    return .failed("\(what): more than \(Int(Closeness.standardErrors)) standard errors from what was asked for")
}
