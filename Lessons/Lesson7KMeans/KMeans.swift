import Foundation
import LessonKit
import MixtureModels

/// K-means as a run of EM: each point belongs wholly to one Gaussian, the weights stay equal, and only the means move.
func kMeans(
    _ rows: [[Double]], start centres: [[Double]], variance: Double = 0.5, atMost steps: Int = 1000
) throws -> EM<MultivariateNormal> {
    let round = variance * Matrix.identity(rows[0].count)
    let start = try Mixture(
        weights: centres.map { _ in 1 / Double(centres.count) },
        components: centres.map { try MultivariateNormal(mean: $0, covariance: round) })
    return try EM(
        data: rows, start: start, weights: .fixed, estimator: .means(covariance: round), assignment: .hard,
        stop: .any(.atRest(0), .maximumSteps(steps)))
}

/// A run of K-means to the end, where no point changes its cluster.
struct KMeans {
    let rows: [[Double]]
    /// All rows of the run of EM, the start first.
    let trace: [TraceRow<MultivariateNormal>]
    /// The cluster of each point under the centres of each row.
    let classes: [[Int]]
    /// Whether the run came to its end; with very many rows and clusters it may have been stopped.
    let isAtRest: Bool

    init(_ rows: [[Double]], start centres: [[Double]], budget: StepBudget = StepBudget(.infinity)) throws {
        self.rows = rows
        var classes: [[Int]] = []
        let cost = StepBudget.costOfStep(rows: rows.count, classes: centres.count, variables: rows.first?.count ?? 0)
        var last = 0
        defer { budget.spend(last, each: cost) }
        let most = budget.steps(atMost: Self.mostSteps, each: cost)
        let fit = try kMeans(rows, start: centres, atMost: most).fit { step in
            last = step.t
            let q = step.responsibilities
            classes.append((0..<q.rows).map { n in q.row(n).firstIndex(of: 1) ?? 0 })
        }
        // The last row repeats the centres of the row before it: that is how the run knows that it is at rest.
        let isRepeated = fit.converged && fit.iterations > 0
        trace = isRepeated ? fit.trace.dropLast() : fit.trace
        self.classes = isRepeated ? classes.dropLast() : classes
        isAtRest = fit.converged
    }

    /// The most rounds that a run takes.
    private static let mostSteps = 1000

    /// The best of several starts, which are tried in turn; of equally good ones the first. With very many rows and clusters the starts are
    /// tried by ``Lloyd``, which needs no densities, and only the best of them is run as EM.
    ///
    /// - Throws: The error of the first start, if all of them fail.
    static func best(_ rows: [[Double]], starts: [[[Double]]]) throws -> (best: KMeans, ends: [Double?]) {
        let cost = StepBudget.costOfStep(
            rows: rows.count, classes: starts.first?.count ?? 0, variables: rows.first?.count ?? 0)
        let work = StepBudget.finalRun
        // A run of K-means has some hundred rounds at most, as a rule.
        if Double(starts.count) * 100 * cost > work { return try quickBest(rows, starts: starts, cost: cost) }
        let budget = StepBudget(work)
        var best: KMeans?
        var ends: [Double?] = []
        var failure: (any Error)?
        for start in starts {
            do {
                let run = try KMeans(rows, start: start, budget: budget)
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

    /// A distance is that much less work than the density it is part of.
    private static let gainOfDistances = 20.0

    /// The best of several starts by their distances alone, then as a run of EM; where that fails, the next best.
    private static func quickBest(
        _ rows: [[Double]], starts: [[[Double]]], cost: Double
    ) throws -> (best: KMeans, ends: [Double?]) {
        let budget = StepBudget(2 * StepBudget.finalRun)
        var ends = starts.map { start -> Double? in
            let share = (budget.work - budget.spent) / Double(starts.count)
            let rounds = StepBudget(share).steps(atMost: mostSteps, each: cost / gainOfDistances)
            return Lloyd(rows, start: start, atMost: rounds).distortion
        }
        var failure: (any Error)?
        while let least = ends.compactMap({ $0 }).min(), let place = ends.firstIndex(where: { $0 == least }) {
            do {
                let run = try KMeans(rows, start: starts[place], budget: budget)
                return (run, ends)
            } catch {
                ends[place] = nil
                failure = failure ?? error
            }
        }
        throw failure ?? MixtureError(.option, "there are no starts")
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
