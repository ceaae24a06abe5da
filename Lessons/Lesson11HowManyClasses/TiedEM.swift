import Foundation
import MixtureModels

/// EM for Gaussians in two columns that share one covariance, written for thousands of small data sets: for simulations only.
///
/// What the classes have in common cancels in the responsibilities, and the pooled covariance is the total covariance less that
/// of the class means. So a step needs one exponential for each row and class, and two sums. A test holds it to the core's EM.
struct TiedEM {
    /// A symmetric 2 × 2 matrix.
    struct Covariance {
        var xx, xy, yy: Double
        var determinant: Double { xx * yy - xy * xy }
    }

    /// A mixture, with means less the mean of all rows.
    struct Fit {
        var weights: [Double]
        var x: [Double]
        var y: [Double]
        var covariance: Covariance
        var logLikelihood = -Double.infinity
        /// ln p(X, ẑ)
        var withLabels = -Double.infinity
        var classes: Int { weights.count }
    }

    let count: Int
    /// The mean of all rows.
    let middle: [Double]
    private let x: [Double]
    private let y: [Double]
    private let total: Covariance
    /// EM is at its end when a step gains less than this: far less than what one sample differs by from another.
    private static let leastGain = 1e-4

    init(_ rows: [[Double]]) {
        let size = Double(rows.count)
        count = rows.count
        let mean = (0..<2).map { column in rows.reduce(0) { $0 + $1[column] } / size }
        middle = mean
        x = rows.map { $0[0] - mean[0] }
        y = rows.map { $0[1] - mean[1] }
        total = Covariance(
            xx: x.reduce(0) { $0 + $1 * $1 } / size, xy: zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } / size,
            yy: y.reduce(0) { $0 + $1 * $1 } / size)
    }

    /// The fit with one class: the mean and the covariance of all rows.
    func one() -> Fit? { step(Fit(weights: [1], x: [0], y: [0], covariance: total))?.current }

    /// The best of several starts: from random rows, and from a fit with one class fewer, of which each class in turn is drawn apart.
    /// Each is given a few steps, and the best are run to the end.
    func best(
        _ classes: Int, starts: Int, trial: Int = 8, followed: Int = 1, after smaller: Fit? = nil,
        using generator: inout SeededGenerator
    ) -> Fit? {
        if classes == 1 { return one() }
        let narrow = Covariance(xx: total.xx / 2, xy: total.xy / 2, yy: total.yy / 2)
        var begin = (0..<starts).map { _ -> Fit in
            let rows = (0..<classes).map { _ in generator.integer(below: count) }
            return Fit(
                weights: rows.map { _ in 1 / Double(classes) }, x: rows.map { x[$0] }, y: rows.map { y[$0] },
                covariance: narrow)
        }
        if let smaller { begin += drawnApart(smaller) }
        let tried = begin.compactMap { run($0, steps: trial) }.sorted { $0.logLikelihood > $1.logLikelihood }
        return tried.prefix(followed).compactMap { run($0) }.max { $0.logLikelihood < $1.logLikelihood }
    }

    /// Starts with one more class: each class drawn apart into two, a standard deviation to either side along each axis.
    private func drawnApart(_ fit: Fit) -> [Fit] {
        let v = fit.covariance
        let (half, angle) = ((v.xx + v.yy) / 2, 0.5 * atan2(2 * v.xy, v.xx - v.yy))
        let radius = ((v.xx - v.yy) * (v.xx - v.yy) / 4 + v.xy * v.xy).squareRoot()
        let axes = [(angle, half + radius), (angle + Double.pi / 2, half - radius)]
        return (0..<fit.classes).flatMap { place in
            axes.map { direction, variance -> Fit in
                let length = max(0, variance).squareRoot()
                let (dx, dy) = (length * cos(direction), length * sin(direction))
                var start = fit
                start.weights[place] /= 2
                start.weights.append(start.weights[place])
                start.x.append(start.x[place] - dx)
                start.y.append(start.y[place] - dy)
                start.x[place] += dx
                start.y[place] += dy
                return start
            }
        }
    }

    /// EM from a start to its end. Nil if the covariance collapses.
    func run(_ start: Fit, steps: Int = 300) -> Fit? {
        var fit = start
        var last = -Double.infinity
        for _ in 0..<steps {
            guard let (current, next) = step(fit) else { return nil }
            if current.logLikelihood - last < Self.leastGain { return current }
            last = current.logLikelihood
            fit = next
        }
        return step(fit)?.current
    }

    /// The E-step with its log-likelihood, and the M-step after it.
    func step(_ fit: Fit) -> (current: Fit, next: Fit)? {
        let (v, k) = (fit.covariance, fit.classes)
        let determinant = v.determinant
        guard v.xx > 0, v.yy > 0, determinant > 1e-10 * v.xx * v.yy else { return nil }
        // Each class's score of a row is a + b x + c y; what all classes have in common is added at the end.
        var scores = (a: [Double](), b: [Double](), c: [Double]())
        for class_ in 0..<k {
            let (mx, my) = (fit.x[class_], fit.y[class_])
            let (b, c) = ((v.yy * mx - v.xy * my) / determinant, (v.xx * my - v.xy * mx) / determinant)
            scores.b.append(b)
            scores.c.append(c)
            scores.a.append(log(fit.weights[class_]) - (b * mx + c * my) / 2)
        }
        let sums = expectation(scores.a, scores.b, scores.c)
        guard sums.logs.isFinite else { return nil }
        // -½ N (D ln 2π + ln |Σ| + tr Σ⁻¹T), with T the total covariance.
        let trace = (v.yy * total.xx - 2 * v.xy * total.xy + v.xx * total.yy) / determinant
        let common = -Double(count) / 2 * (2 * log(2 * Double.pi) + log(determinant) + trace)
        var current = fit
        (current.logLikelihood, current.withLabels) = (sums.logs + common, sums.largest + common)
        var next = Fit(weights: sums.counts.map { $0 / Double(count) }, x: sums.x, y: sums.y, covariance: total)
        for class_ in 0..<k {
            let (size, weight) = (sums.counts[class_], next.weights[class_])
            let (mx, my) = size > 0 ? (sums.x[class_] / size, sums.y[class_] / size) : (0, 0)
            (next.x[class_], next.y[class_]) = (mx, my)
            next.covariance.xx -= weight * mx * mx
            next.covariance.xy -= weight * mx * my
            next.covariance.yy -= weight * my * my
        }
        return (current, next)
    }

    private struct Sums {
        /// Σ_n ln Σ_k exp(score), and Σ_n of the largest score.
        var logs = 0.0
        var largest = 0.0
        var counts: [Double]
        var x: [Double]
        var y: [Double]
    }

    /// Adds up the responsibilities, and the rows weighed by them.
    private func expectation(_ a: [Double], _ b: [Double], _ c: [Double]) -> Sums {
        let k = a.count
        let zeros = [Double](repeating: 0, count: k)
        var sums = Sums(counts: zeros, x: zeros, y: zeros)
        // Scores, counts, sums of x and of y of the classes; plain memory, since this loop is most of a simulation's time.
        withUnsafeTemporaryAllocation(of: Double.self, capacity: 7 * k) { room in
            for place in 0..<k {
                (room[place], room[k + place], room[2 * k + place]) = (a[place], b[place], c[place])
                for part in 3..<7 { room[part * k + place] = 0 }
            }
            // Logarithms are taken of products of some rows' sums, each of them between 1 and K.
            var product = 1.0
            for n in 0..<count {
                let (u, v) = (x[n], y[n])
                var (largest, best) = (-Double.infinity, 0)
                for place in 0..<k {
                    let score = room[place] + room[k + place] * u + room[2 * k + place] * v
                    room[3 * k + place] = score
                    if score > largest { (largest, best) = (score, place) }
                }
                var sum = 0.0
                for place in 0..<k {
                    let term = place == best ? 1 : exp(room[3 * k + place] - largest)
                    room[3 * k + place] = term
                    sum += term
                }
                sums.largest += largest
                product *= sum
                if n % 32 == 31 {
                    sums.logs += log(product)
                    product = 1
                }
                let inverse = 1 / sum
                for place in 0..<k {
                    let share = room[3 * k + place] * inverse
                    room[4 * k + place] += share
                    room[5 * k + place] += share * u
                    room[6 * k + place] += share * v
                }
            }
            sums.logs += sums.largest + log(product)
            for place in 0..<k {
                (sums.counts[place], sums.x[place], sums.y[place]) = (
                    room[4 * k + place], room[5 * k + place], room[6 * k + place]
                )
            }
        }
        return sums
    }

    /// ℓ of these rows under a fit to other rows, whose mean was `origin`.
    func logLikelihood(of fit: Fit, origin: [Double]) -> Double? {
        step(moved(fit, from: origin))?.current.logLikelihood
    }

    /// The fit with its means measured from the mean of these rows.
    func moved(_ fit: Fit, from origin: [Double]) -> Fit {
        var moved = fit
        for place in 0..<fit.classes {
            moved.x[place] += origin[0] - middle[0]
            moved.y[place] += origin[1] - middle[1]
        }
        return moved
    }

    /// The fit as a mixture of the core's.
    func mixture(_ fit: Fit) throws -> Mixture<MultivariateNormal> {
        let v = fit.covariance
        return try Mixture(
            weights: fit.weights,
            components: (0..<fit.classes).map {
                try MultivariateNormal(
                    mean: [fit.x[$0] + middle[0], fit.y[$0] + middle[1]], covariance: [[v.xx, v.xy], [v.xy, v.yy]])
            })
    }
}
