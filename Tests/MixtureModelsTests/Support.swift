import Foundation
import MixtureModels

/// How far two numbers may be apart, and why. Differences are measured against the larger of 1 and the number's size.
enum Tolerance {
    /// The same formula, in another order of operations: some tens of rounding errors.
    static let rounding = 1e-13
    /// Against another implementation in double precision, whose own rounding errors count as well.
    static let peer = 1e-10
    /// ℓ, Q and the objective are sums over up to a few hundred rows: they may fall by so much through rounding alone.
    static let ascent = 1e-11
    /// A central difference with step 1e-4, per row of data: truncation 1e-8, and rounding of Q divided by the step.
    static let gradient = 1e-6
    /// The fast pass against the readable one.
    static let fast = 1e-10
    /// The same for weights below 1e-100, whose exponents are so large that rounding them shows: the readable pass, run in
    /// other units of measurement, differs from itself by 4e-10 there.
    static let fastVanishing = 1e-9
    /// The same near a collapse, relative to the terms of ℓ: the fast pass is taken up to a condition number of 1e4, whose square
    /// multiplies rounding errors of 2e-16 to 2e-8, for each of up to five columns.
    static let illConditioned = 1e-7
    /// The same with a row so far away that its log density is 1e9 bits: double precision rounds that by 1e-7, and with it the row's
    /// shares, each pass in its own way and for each component.
    static let farRow = 1e-6
    /// Simulated means lie within so many standard errors: one in 150,000 would not, and the seeds are fixed.
    static let standardErrors = 4.5
}

/// Whether two numbers agree; equal infinities do.
func close(_ a: Double, _ b: Double, _ tolerance: Double) -> Bool {
    a == b || (a - b).magnitude <= tolerance * max(1, b.magnitude)
}

/// Whether two lists of numbers agree, number by number.
func close(_ a: [Double], _ b: [Double], _ tolerance: Double) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { close($0, $1, tolerance) }
}

/// The derivative of f at 0, by a central difference with step 1e-4.
func centralDifference(_ f: (Double) throws -> Double) rethrows -> Double {
    try (f(1e-4) - f(-1e-4)) / 2e-4
}

/// The tables in the folder Reference, made by other implementations.
func reference<T: Decodable>(_ name: String, as type: T.Type = T.self) throws -> T {
    let url = Bundle.module.bundleURL.appendingPathComponent("Reference/\(name)")
    let decoder = JSONDecoder()
    return try decoder.decode(type, from: Data(contentsOf: url))
}

/// The data of Do and Batzoglou (2008): heads in five sets of ten flips.
let publishedHeads = [5, 9, 8, 4, 7].map { HeadCount(heads: $0, flips: 10) }

/// Do and Batzoglou's start, with equal weights.
func publishedStart() throws -> Mixture<Binomial> {
    try Mixture(
        weights: [0.5, 0.5],
        components: [Binomial(trials: 10, probability: 0.6), Binomial(trials: 10, probability: 0.5)])
}

/// The Old Faithful data: minutes of eruption, minutes to the next.
func oldFaithful() throws -> [[Double]] {
    let url = Bundle.module.bundleURL.appendingPathComponent("Reference/faithful.csv")
    return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").dropFirst().map {
        $0.split(separator: ",").compactMap { Double($0) }
    }
}

/// Two normals, well apart, and numbers from them.
func normalProblem(rows: Int, seed: UInt64 = 3) throws -> (start: Mixture<Normal>, data: [Double]) {
    var generator = SeededGenerator(seed: seed)
    let truth = try Mixture(
        weights: [0.4, 0.6], components: [Normal(mean: -2, variance: 1), Normal(mean: 2, variance: 2)])
    let start = try Mixture(
        weights: [0.5, 0.5], components: [Normal(mean: -1, variance: 3), Normal(mean: 1, variance: 3)])
    return (start, truth.sample(count: rows, using: &generator).map(\.observation))
}

/// Coins with equal weights.
func coins(_ heads: Double...) throws -> Mixture<Bernoulli> {
    try Mixture(
        weights: heads.map { _ in 1 / Double(heads.count) }, components: heads.map { try Bernoulli(probability: $0) })
}

/// Normals of variance 1 with equal weights.
func normals(_ means: Double...) throws -> Mixture<Normal> {
    try Mixture(
        weights: means.map { _ in 1 / Double(means.count) },
        components: means.map { try Normal(mean: $0, variance: 1) })
}

/// Two round normals in the plane, far apart.
func planes() throws -> Mixture<MultivariateNormal> {
    try Mixture(
        weights: [0.5, 0.5],
        components: [0, 9].map { try MultivariateNormal(mean: [$0, $0], covariance: .identity(2)) })
}
