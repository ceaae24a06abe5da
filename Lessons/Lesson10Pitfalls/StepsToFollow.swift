import LessonKit
import MixtureModels
import Notebook

/// Runs into this lesson's traps, for the page on which they can be followed step by step.
struct StepsToFollow {
    private let study: Study

    init(_ study: Study) { self.study = study }

    /// A needle, the same start with a prior, a collapse, and two coins that start nearly equal.
    func fits() throws -> [FitSummary] {
        let start = study.starts[Study.best(study.ml) ?? 0]
        let prior = FitPrior(
            degrees: Study.degrees, scale: (0..<2).map { i in (0..<2).map { study.scale[i, $0] } })
        let collapse = try doomed(start).map { try plane("a collapse", from: $0, .maximumLikelihood) }
        return [
            try plane("no remedy", from: start, .maximumLikelihood),
            try plane(
                "a prior", from: start,
                .inverseWishartPrior(degreesOfFreedom: Study.degrees, scale: study.scale), FitHeld(prior: prior)),
        ] + (collapse.map { [$0] } ?? []) + [try coins()]
    }

    /// The start with its first Gaussian narrow and on a point upon which it shrinks, of all such points the one where that takes
    /// longest; nil if there is none.
    private func doomed(_ start: [PlaneEM.Part]) -> [PlaneEM.Part]? {
        let em = PlaneEM(study.rows, .none, smallest: 1e-5 * study.spread.squareRoot())
        var longest: (start: [PlaneEM.Part], steps: Int)?
        for (n, row) in study.rows.enumerated() {
            let distances = study.rows.enumerated().filter { $0.offset != n }.map { other -> Double in
                let (x, y) = (other.element[0] - row[0], other.element[1] - row[1])
                return (x * x + y * y).squareRoot()
            }
            let deviation = Self.narrowness * (distances.min() ?? 1)
            guard deviation > 0 else { continue }
            let narrow = PlaneEM.Part(
                weight: start[0].weight, x: row[0], y: row[1], xx: deviation * deviation, yy: deviation * deviation)
            let parts = [narrow] + start.dropFirst()
            let end = em.run(from: parts, most: 30)
            if end.hasCollapsed, end.steps > longest?.steps ?? 0 { longest = (parts, end.steps) }
        }
        return longest?.start
    }

    /// Its standard deviation, as a share of the distance to the next point.
    private static let narrowness = 0.3

    private func plane(
        _ name: String, from start: [PlaneEM.Part], _ estimator: Estimator<MultivariateNormal>,
        _ held: FitHeld = FitHeld()
    ) throws -> FitSummary {
        let em = try EM(
            data: study.rows, start: PlaneEM.mixture(start), estimator: estimator,
            stop: .any(.atRest(1e-7), .maximumSteps(FitSummary.mostSteps)))
        var rows: [TraceRow<MultivariateNormal>] = []
        var (converged, stoppedBy, failure) = (false, "", String?.none)
        for step in em {
            rows.append(step.row)
            switch step.ending {
            case .converged(let rule): (converged, stoppedBy) = (true, rule)
            case .stopped(let rule): stoppedBy = rule
            case .failed(let error): (stoppedBy, failure) = ("a step that cannot be taken", error.withoutRemedy)
            case nil: continue
            }
        }
        let end = rows[rows.count - 1]
        let last = FitStep(end)
        return FitSummary(
            model: "mixture of \(Study.classCount) Gaussians in the plane", weights: last.weights,
            parameters: last.parameters, logLikelihood: end.logLikelihood, iterations: end.t,
            trace: rows.map(\.logLikelihood), converged: converged, stoppedBy: stoppedBy
        ).following(
            rows.map { FitStep($0) }, of: FitData(columns: ["first", "second"], rows: study.rows), name: name,
            held: held, failure: failure)
    }

    /// Beside the saddle: the difference is small, and grows.
    private func coins() throws -> FitSummary {
        let coins = [EqualCoins.start + 0.0005, EqualCoins.start - 0.0005]
        let fit = try EM(
            data: EqualCoins.sets, start: EqualCoins(weights: [0.5, 0.5]).mixture(coins),
            stop: .any(.atRest(1e-7), .maximumSteps(FitSummary.mostSteps))
        ).fit()
        return FitSummary(
            "two nearly equal coins", model: "mixture of 2 binomials, \(EqualCoins.flips) flips", fit,
            of: EqualCoins.sets)
    }
}
