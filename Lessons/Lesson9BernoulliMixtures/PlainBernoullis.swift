import Foundation
import MixtureModels
import Verification

/// A mixture of Bernoulli vectors in plain products, without logarithms: the second route of this lesson. It shares no code with
/// the core, and numbers too small for a double are held in ``ExtendedNumber``.
struct PlainBernoullis {
    var weights: [Double]
    /// The probability of every element in every class, K × D.
    var probabilities: [[Double]]

    init(weights: [Double], probabilities: [[Double]]) {
        self.weights = weights
        self.probabilities = probabilities
    }

    init(_ mixture: Mixture<BernoulliVector>) {
        self.init(weights: mixture.weights, probabilities: mixture.components.map(\.probabilities))
    }

    /// π_k Π_d μ_kd^x_d (1 - μ_kd)^(1 - x_d), for each class.
    func joint(_ x: [Bool]) -> [ExtendedNumber] {
        zip(weights, probabilities).map { weight, own in
            var product = ExtendedNumber(weight)
            // Eight factors fit well into a double; the extended number takes them together.
            for start in stride(from: 0, to: x.count, by: 8) {
                var factor = 1.0
                for d in start..<min(start + 8, x.count) { factor *= x[d] ? own[d] : 1 - own[d] }
                product *= ExtendedNumber(factor)
            }
            return product
        }
    }

    /// ln p(x)
    func logDensity(_ x: [Bool]) -> Double { joint(x).reduce(ExtendedNumber(0), +).logarithm }

    /// p(x), for few elements.
    func density(_ x: [Bool]) -> Double { exp(logDensity(x)) }

    /// ℓ: the sum of ln p(x) over the rows.
    func logLikelihood(_ rows: [[Bool]]) -> Double { rows.reduce(0) { $0 + logDensity($1) } }

    /// ℓ as a function of one probability, all others held fixed. For each row the factors that stay are multiplied once.
    func logLikelihood(of rows: [[Bool]], alongElement d: Int, ofClass k: Int) -> (Double) -> Double {
        var without = self
        without.probabilities[k][d] = 0.5
        // Of each row: the sum over the other classes, and the product of this class without the element, which has the factor 1/2.
        let parts = rows.map { x -> (isOn: Bool, others: Double, own: Double, top: Double) in
            let joint = without.joint(x)
            let others = joint.indices.filter { $0 != k }.reduce(ExtendedNumber(0)) { $0 + joint[$1] }.logarithm
            let own = joint[k].logarithm + log(2)
            let top = max(others, own)
            return (x[d], exp(others - top), exp(own - top), top)
        }
        return { mu in
            parts.reduce(0) { $0 + log($1.others + $1.own * ($1.isOn ? mu : 1 - mu)) + $1.top }
        }
    }

    /// All vectors of so many elements, in the order of binary numbers: 000, 001, 010, …
    static func allVectors(_ count: Int) -> [[Bool]] {
        (0..<(1 << count)).map { number in (0..<count).map { number >> (count - 1 - $0) & 1 == 1 } }
    }

    /// The covariance, by adding up all vectors.
    static func covariance(_ vectors: [[Bool]], _ probabilities: [Double]) -> [[Double]] {
        let (mean, second) = moments(vectors, probabilities)
        return mean.indices.map { d in mean.indices.map { e in second[d][e] - mean[d] * mean[e] } }
    }

    /// Σ_x p(x) x and Σ_x p(x) x xᵀ over all vectors.
    static func moments(_ vectors: [[Bool]], _ probabilities: [Double]) -> (mean: [Double], second: [[Double]]) {
        let count = vectors[0].count
        var mean = Array(repeating: 0.0, count: count)
        var second = Array(repeating: mean, count: count)
        for (x, p) in zip(vectors, probabilities) {
            for d in 0..<count where x[d] {
                mean[d] += p
                for e in 0..<count where x[e] { second[d][e] += p }
            }
        }
        return (mean, second)
    }
}

extension Mixture<BernoulliVector> {
    /// The means μ_k, K × D.
    var means: [[Double]] { components.map(\.probabilities) }
}

extension Matrix {
    /// The rows, for a checked value.
    var lines: [[Double]] { (0..<rows).map(row) }
}

/// 1 for on and 0 for off.
func digits(_ x: [Bool]) -> String { x.map { $0 ? "1" : "0" }.joined() }
