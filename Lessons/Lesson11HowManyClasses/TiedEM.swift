import Foundation
import MixtureModels

/// EM for Gaussians that share one covariance, written for thousands of small data sets: for simulations only.
///
/// What the classes have in common cancels in the responsibilities, and the pooled covariance is the total covariance less that
/// of the class means. So a step needs one exponential for each row and class, and two sums. A test holds it to the core's EM.
struct TiedEM {
    /// A mixture, with means less the mean of all rows.
    struct Fit {
        var weights: [Double]
        /// K × D, row by row.
        var means: [Double]
        /// D × D, row by row.
        var covariance: [Double]
        var logLikelihood = -Double.infinity
        /// ln p(X, ẑ)
        var withLabels = -Double.infinity
        var classes: Int { weights.count }
    }

    let dimension: Int
    let count: Int
    let middle: [Double]
    private let x: [Double]
    private let total: [Double]

    init(_ rows: [[Double]]) {
        let (size, d) = (rows.count, rows[0].count)
        let mean = (0..<d).map { column in rows.reduce(0) { $0 + $1[column] } / Double(size) }
        let centred = rows.flatMap { row in (0..<d).map { row[$0] - mean[$0] } }
        var covariance = [Double](repeating: 0, count: d * d)
        for n in 0..<size {
            for a in 0..<d { for b in 0..<d { covariance[a * d + b] += centred[n * d + a] * centred[n * d + b] } }
        }
        (dimension, count, middle, x) = (d, size, mean, centred)
        total = covariance.map { $0 / Double(size) }
    }

    /// The fit with one class: the mean and the covariance of all rows.
    func one() -> Fit? {
        let start = Fit(weights: [1], means: Array(repeating: 0, count: dimension), covariance: total)
        return step(start)?.current
    }

    /// The best of several starts from random rows, after a few steps each, and then run to the end.
    func best(_ classes: Int, starts: Int, trial: Int = 8, using generator: inout SeededGenerator) -> Fit? {
        if classes == 1 { return one() }
        var best: Fit?
        for _ in 0..<starts {
            var start = Fit(weights: [], means: [], covariance: total.map { 0.5 * $0 })
            for _ in 0..<classes {
                let n = generator.integer(below: count)
                start.weights.append(1 / Double(classes))
                start.means += x[(n * dimension)..<((n + 1) * dimension)]
            }
            guard let end = run(start, steps: trial) else { continue }
            if end.logLikelihood > best?.logLikelihood ?? -.infinity { best = end }
        }
        return best.flatMap { run($0) }
    }

    /// EM from a start, until a step gains less than a hundred-thousandth of a nat. Nil if the covariance collapses.
    func run(_ start: Fit, steps: Int = 400) -> Fit? {
        var fit = start
        var last = -Double.infinity
        for _ in 0..<steps {
            guard let (current, next) = step(fit) else { return nil }
            if current.logLikelihood - last < 1e-5 { return current }
            last = current.logLikelihood
            fit = next
        }
        return step(fit)?.current
    }

    /// The E-step with its log-likelihood, and the M-step after it.
    func step(_ fit: Fit) -> (current: Fit, next: Fit)? {
        let (d, k) = (dimension, fit.classes)
        guard let (inverse, logDeterminant) = Self.inverse(fit.covariance, d) else { return nil }
        // Each class's score of a row is a + b x; what all classes have in common is added at the end.
        var (slopes, offsets) = ([Double](repeating: 0, count: k * d), [Double](repeating: 0, count: k))
        for c in 0..<k {
            var square = 0.0
            for a in 0..<d {
                for b in 0..<d { slopes[c * d + a] += inverse[a * d + b] * fit.means[c * d + b] }
                square += slopes[c * d + a] * fit.means[c * d + a]
            }
            offsets[c] = log(fit.weights[c]) - square / 2
        }
        var (counts, sums) = ([Double](repeating: 0, count: k), [Double](repeating: 0, count: k * d))
        let (logs, labelled) = expectation(slopes, offsets, &counts, &sums)
        let common = common(inverse, logDeterminant)
        var current = fit
        (current.logLikelihood, current.withLabels) = (logs + common, labelled + common)
        var next = Fit(weights: counts.map { $0 / Double(count) }, means: sums, covariance: total)
        for c in 0..<k {
            for a in 0..<d { next.means[c * d + a] = counts[c] > 0 ? sums[c * d + a] / counts[c] : 0 }
            for a in 0..<d {
                for b in 0..<d {
                    next.covariance[a * d + b] -= next.weights[c] * next.means[c * d + a] * next.means[c * d + b]
                }
            }
        }
        return logs.isFinite ? (current, next) : nil
    }

    /// Adds up the responsibilities, and the rows weighed by them; gives the sums of ln Σ_k exp(a_k + b_k x) and of the largest terms.
    private func expectation(
        _ slopes: [Double], _ offsets: [Double], _ counts: inout [Double], _ sums: inout [Double]
    ) -> (logs: Double, largest: Double) {
        let (d, k) = (dimension, offsets.count)
        var terms = [Double](repeating: 0, count: k)
        // Logarithms are taken of products of some rows' sums, each between 1 and K.
        var (logs, labelled, product) = (0.0, 0.0, 1.0)
        x.withUnsafeBufferPointer { x in
            slopes.withUnsafeBufferPointer { slopes in
                offsets.withUnsafeBufferPointer { offsets in
                    counts.withUnsafeMutableBufferPointer { counts in
                        sums.withUnsafeMutableBufferPointer { sums in
                            terms.withUnsafeMutableBufferPointer { terms in
                                for n in 0..<count {
                                    var (largest, place) = (-Double.infinity, 0)
                                    for c in 0..<k {
                                        var score = offsets[c]
                                        for a in 0..<d { score += slopes[c * d + a] * x[n * d + a] }
                                        terms[c] = score
                                        if score > largest { (largest, place) = (score, c) }
                                    }
                                    var sum = 0.0
                                    for c in 0..<k {
                                        terms[c] = c == place ? 1 : exp(terms[c] - largest)
                                        sum += terms[c]
                                    }
                                    labelled += largest
                                    product *= sum
                                    if n % 32 == 31 {
                                        logs += log(product)
                                        product = 1
                                    }
                                    for c in 0..<k {
                                        let share = terms[c] / sum
                                        counts[c] += share
                                        for a in 0..<d { sums[c * d + a] += share * x[n * d + a] }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
        return (labelled + logs + log(product), labelled)
    }

    /// What every row owes to the covariance alone, added up: -½ N (D ln 2π + ln |Σ| + tr Σ⁻¹T), with T the total covariance.
    private func common(_ inverse: [Double], _ logDeterminant: Double) -> Double {
        let trace = zip(inverse, total).reduce(0) { $0 + $1.0 * $1.1 }
        return -Double(count) / 2 * (Double(dimension) * log(2 * Double.pi) + logDeterminant + trace)
    }

    /// ℓ of these rows under a fit to other rows, whose mean was `origin`.
    func logLikelihood(of fit: Fit, origin: [Double]) -> Double? {
        step(moved(fit, from: origin))?.current.logLikelihood
    }

    /// The fit with its means measured from the mean of these rows.
    func moved(_ fit: Fit, from origin: [Double]) -> Fit {
        var moved = fit
        for c in 0..<fit.classes {
            for a in 0..<dimension { moved.means[c * dimension + a] += origin[a] - middle[a] }
        }
        // ℓ needs the rows' total covariance about their own mean, which is where x is measured from.
        return moved
    }

    /// The fit as a mixture of the core's.
    func mixture(_ fit: Fit) throws -> Mixture<MultivariateNormal> {
        let d = dimension
        let covariance = Matrix(rows: d, columns: d, values: fit.covariance)
        return try Mixture(
            weights: fit.weights,
            components: (0..<fit.classes).map { c in
                try MultivariateNormal(
                    mean: (0..<d).map { fit.means[c * d + $0] + middle[$0] }, covariance: covariance)
            })
    }

    /// The inverse of a covariance and the logarithm of its determinant, by elimination; nil if it is not positive.
    private static func inverse(_ matrix: [Double], _ d: Int) -> (inverse: [Double], logDeterminant: Double)? {
        var (left, right) = (matrix, [Double](repeating: 0, count: d * d))
        for a in 0..<d { right[a * d + a] = 1 }
        var logDeterminant = 0.0
        for pivot in 0..<d {
            let value = left[pivot * d + pivot]
            guard value > 1e-10 * matrix[pivot * d + pivot], value.isFinite else { return nil }
            logDeterminant += log(value)
            for column in 0..<d {
                left[pivot * d + column] /= value
                right[pivot * d + column] /= value
            }
            for row in 0..<d where row != pivot {
                let factor = left[row * d + pivot]
                for column in 0..<d {
                    left[row * d + column] -= factor * left[pivot * d + column]
                    right[row * d + column] -= factor * right[pivot * d + column]
                }
            }
        }
        return (right, logDeterminant)
    }
}

/// The results of so many independent tasks, on all cores; each has one place of its own, so the order is that of the numbers.
func onAllCores<T>(_ count: Int, _ task: @Sendable (Int) -> T?) -> [T?] {
    var results = [T?](repeating: nil, count: count)
    results.withUnsafeMutableBufferPointer { buffer in
        // Safe to share, because every task writes to its own place only.
        nonisolated(unsafe) let places = buffer
        DispatchQueue.concurrentPerform(iterations: count) { places[$0] = task($0) }
    }
    return results
}
