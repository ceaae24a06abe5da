import MixtureModels
import Testing

/// Leaps: they end where EM ends, sooner, and never lower the objective.
@Suite struct AccelerationTests {
    private let families = (0...12).map { HeadCount(heads: $0, flips: 12) }

    private func start(_ weight: Double, _ heads: [Double]) throws -> Mixture<Binomial> {
        try Mixture(
            weights: [weight, 1 - weight], components: heads.map { try Binomial(trials: 12, probability: $0) })
    }

    @Test func `on Geissler's families the run comes to rest where Newton's method finds the maximum`() throws {
        let truth = try reference("numerics.json", as: NumericsReference.self).geissler
        for (weight, heads) in [(0.5, [0.4, 0.6]), (0.2, [0.1, 0.9]), (0.5, [0.51, 0.53]), (0.5, [0.9, 0.2])] {
            let em = try EM(
                data: families, counts: truth.counts, start: start(weight, heads),
                stop: .any(.atRest(1e-11), .maximumSteps(1000)), accelerated: true)
            let fit = try em.fit()
            #expect(fit.converged)
            #expect(close(fit.last.logLikelihood, truth.logLikelihood, Tolerance.peer))
            let order = fit.mixture.components[0].probability < 0.5 ? [0, 1] : [1, 0]
            let sorted = try fit.mixture.relabelled(order)
            #expect(close(sorted.weights, truth.weights, 1e-7))
            #expect(close(sorted.components.map(\.probability), truth.heads, 1e-7))
            #expect(largestFall(fit) <= Tolerance.ascent * truth.logLikelihood.magnitude)
        }
    }

    @Test func `leaps end where steps end, in fewer, for every kind of component`() throws {
        func check<C: Component>(_ data: [C.Observation], _ start: Mixture<C>, _ estimator: Estimator<C>) throws {
            let fits = try [false, true].map {
                try EM(
                    data: data, start: start, estimator: estimator,
                    stop: .any(.atRest(1e-10), .maximumSteps(20_000)), accelerated: $0
                ).fit()
            }
            #expect(fits.allSatisfy(\.converged) && fits[1].iterations < fits[0].iterations)
            #expect(close(fits[1].last.objective, fits[0].last.objective, Tolerance.peer))
            for (fast, slow) in zip(fits[1].mixture.components, fits[0].mixture.components) {
                #expect(fast.distance(from: slow) < 1e-5)
            }
            #expect(largestFall(fits[1]) <= Tolerance.ascent * max(1, fits[1].last.objective.magnitude))
        }
        let (normals, data) = try normalProblem(rows: 300)
        try check(data, normals, .maximumLikelihood)
        try check(data, normals, .equalVariances)
        try check(data, normals, .inverseGammaPrior(shape: 2, scale: 1))
        let rows = data.enumerated().map { [$1, 0.4 * $1 + Double($0 % 13) / 6] }
        let plane = try Mixture(
            weights: [0.5, 0.5],
            components: [-1, 1].map { try MultivariateNormal(mean: [$0, 1], covariance: .identity(2)) })
        try check(rows, plane, .maximumLikelihood)
        try check(rows, plane, .covariance(.diagonal))
        try check(publishedHeads, publishedStart(), .maximumLikelihood)
        try check(publishedHeads, publishedStart(), .betaPrior(2, 2))
    }

    @Test func `steps and threads do not change an accelerated run`() throws {
        let (start, data) = try normalProblem(rows: 9000)
        let runs = try [1, 2, 5].map {
            try EM(data: data, start: start, stop: .maximumSteps(12), accelerated: true, threads: $0).fit().trace
        }
        #expect(runs[1] == runs[0] && runs[2] == runs[0])
    }

    private func largestFall<C: Component>(_ fit: Fit<C>) -> Double {
        zip(fit.trace, fit.trace.dropFirst()).map { $0.objective - $1.objective }.max() ?? 0
    }
}
