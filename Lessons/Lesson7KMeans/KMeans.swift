import Foundation
import MixtureModels

/// K-means as a run of EM: each point belongs wholly to one Gaussian, the weights stay equal, and only the means move.
func kMeans(_ rows: [[Double]], start centres: [[Double]], variance: Double = 0.5) throws -> EM<MultivariateNormal> {
    let round = variance * Matrix.identity(rows[0].count)
    let start = try Mixture(
        weights: centres.map { _ in 1 / Double(centres.count) },
        components: centres.map { try MultivariateNormal(mean: $0, covariance: round) })
    return try EM(
        data: rows, start: start, weights: .fixed, estimator: .means(covariance: round), assignment: .hard,
        stop: .any(.atRest(0), .maximumSteps(1000)))
}

/// A run of K-means to the end, where no point changes its cluster.
struct KMeans {
    let rows: [[Double]]
    /// All rows of the run of EM, the start first.
    let trace: [TraceRow<MultivariateNormal>]
    /// The cluster of each point under the centres of each row.
    let classes: [[Int]]

    init(_ rows: [[Double]], start centres: [[Double]]) throws {
        self.rows = rows
        var classes: [[Int]] = []
        let fit = try kMeans(rows, start: centres).fit { step in
            let q = step.responsibilities
            classes.append((0..<q.rows).map { n in q.row(n).firstIndex(of: 1) ?? 0 })
        }
        // The last row repeats the centres of the row before it: that is how the run knows that it is at rest.
        let isRepeated = fit.converged && fit.iterations > 0
        trace = isRepeated ? fit.trace.dropLast() : fit.trace
        self.classes = isRepeated ? classes.dropLast() : classes
    }

    /// The best of several starts, which are tried in turn; of equally good ones the first.
    ///
    /// - Throws: The error of the first start, if all of them fail.
    static func best(_ rows: [[Double]], starts: [[[Double]]]) throws -> (best: KMeans, ends: [Double?]) {
        var best: KMeans?
        var ends: [Double?] = []
        var failure: (any Error)?
        for start in starts {
            do {
                let run = try KMeans(rows, start: start)
                ends.append(run.distortion)
                if run.distortion < (best?.distortion ?? .infinity) * (1 - 1e-9) { best = run }
            } catch {
                ends.append(nil)
                failure = failure ?? error
            }
        }
        guard let best else { throw failure ?? MixtureError(.option, "there are no starts") }
        return (best, ends)
    }

    var steps: Int { trace.count - 1 }
    func centres(_ t: Int) -> [[Double]] { trace[t].mixture.components.map(\.mean) }
    /// Where the centres end.
    var centres: [[Double]] { centres(steps) }
    /// The clusters at the end.
    var clusters: [Int] { classes[steps] }
    /// How many points each cluster has at the end.
    var counts: [Int] { centres.indices.map { k in clusters.count { $0 == k } } }
    /// J at the end.
    var distortion: Double { Distortion.of(rows, clusters, centres) }

    /// J after every half-step: after the first assignment, the first move of the centres, the second assignment, …
    var halfSteps: [Double] {
        (0...steps).flatMap { t -> [Double] in
            let assigned = Distortion.of(rows, classes[t], centres(t))
            return t == steps ? [assigned] : [assigned, Distortion.of(rows, classes[t], centres(t + 1))]
        }
    }
}
