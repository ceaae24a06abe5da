import MixtureModels
import Testing

/// How a run goes and ends: stopping rules, threads, repeats, restarts.
@Suite struct EMRunTests {
    @Test func `a run can be repeated, and ends with the row that says why`() throws {
        let (start, data) = try normalProblem(rows: 80)
        let em = try EM(data: data, start: start, stop: .maximumSteps(3))
        #expect(em.map(\.t) == [0, 1, 2, 3])
        #expect(em.map(\.ending) == [nil, nil, nil, .stopped(by: "maximum of 3 steps")])
        #expect(em.map(TraceRow.init) == em.map(TraceRow.init))
        let fit = try em.fit()
        #expect(fit.iterations == 3 && fit.ending == .stopped(by: "maximum of 3 steps"))
        #expect(fit.trace == em.map(TraceRow.init) && fit.mixture == fit.last.mixture)
        #expect(em.start == fit.trace[0].mixture)
    }

    @Test func `one M-step is the M-step of the first row's responsibilities`() throws {
        let (start, data) = try normalProblem(rows: 80)
        let em = try EM(data: data, start: start)
        let rows = Array(em.prefix(2))
        #expect(rows[1].mixture == (try em.mStep(em.eStep(start))))
    }

    @Test func `a run stops at the first step whose relative change is small`() throws {
        let (start, data) = try normalProblem(rows: 80)
        let trace = try EM(data: data, start: start, stop: .relativeChange(1e-6)).fit().trace
        let changes = zip(trace, trace.dropFirst()).map {
            ($1.objective - $0.objective).magnitude / max(1, $1.objective.magnitude)
        }
        #expect(changes.count > 3)
        #expect(changes.dropLast().allSatisfy { $0 > 1e-6 })
        #expect(try #require(changes.last) <= 1e-6)
    }

    @Test func `a log-likelihood of exactly 0 counts as converged`() throws {
        let sure = try Mixture(weights: [1], components: [Bernoulli(probability: 1)])
        let fit = try EM(data: [true, true], start: sure, stop: .relativeChange(0)).fit()
        #expect(fit.iterations == 1 && fit.last.logLikelihood == 0)
    }

    @Test func `a prior that is minus infinity at the start does not stop the run`() throws {
        let start = try Mixture(
            weights: [0.5, 0.5], components: [Bernoulli(probability: 1), Bernoulli(probability: 0.5)])
        let em = try EM(
            data: [true, false, true], start: start, estimator: .betaPrior(2, 2), stop: .relativeChange(1e-8))
        let fit = try em.fit()
        #expect(fit.trace[0].objective == -.infinity)
        #expect(fit.last.objective.isFinite && fit.iterations > 1)
    }

    @Test func `the first of several rules that hold gives its name`() throws {
        let (start, data) = try normalProblem(rows: 80)
        let rule = StoppingRule<Normal>.any(
            .maximumSteps(50),
            .when("means are apart") { previous, current in
                let means = current.mixture.components.map(\.mean)
                return current.t == previous.t + 1 && (means[0] - means[1]).magnitude > 3
            })
        let fit = try EM(data: data, start: start, stop: rule).fit()
        #expect(fit.ending == .stopped(by: "means are apart"))
        #expect(fit.iterations > 0 && fit.iterations < 50)
    }

    @Test func `hard assignment takes the most probable component, the first of several`() throws {
        let components = try [0.5, 0.9, 0.9].map { try Bernoulli(probability: $0) }
        let start = try Mixture(weights: [0.4, 0.3, 0.3], components: components)
        let em = try EM(data: [true, false, true], start: start, assignment: .hard)
        #expect(try em.eStep(start) == [[0, 1, 0], [1, 0, 0], [0, 1, 0]])
    }

    @Test func `the number of threads changes no bit`() throws {
        let (start, data) = try normalProblem(rows: 20_000)
        let pairs = zip(data, data.reversed()).map { [$0, $1] }
        let plane = try Mixture<MultivariateNormal>(
            weights: [0.5, 0.5],
            components: [
                MultivariateNormal(mean: [-1, 0], covariance: .identity(2)),
                MultivariateNormal(mean: [1, 0], covariance: .identity(2)),
            ])
        for assignment in [Assignment.soft, .hard] {
            func check<C: Component>(_ data: [C.Observation], _ start: Mixture<C>) throws {
                let lasts = try [1, 2, 3, 8].map { threads in
                    try EM(
                        data: data, start: start, assignment: assignment, stop: .maximumSteps(3), threads: threads
                    ).fit().last
                }
                for last in lasts {
                    #expect(TraceRow(last) == TraceRow(lasts[0]))
                    #expect(last.responsibilities == lasts[0].responsibilities)
                    #expect(last.effectiveCounts == lasts[0].effectiveCounts)
                }
            }
            try check(data, start)
            try check(pairs, plane)
        }
    }

    @Test func `with several threads the error is still that of the first bad row`() throws {
        let start = try Mixture(weights: [1], components: [Bernoulli(probability: 1)])
        var data = Array(repeating: true, count: 20_000)
        for row in [9_000, 9_001, 19_999] { data[row] = false }
        for threads in [1, 2, 8] {
            let error = #expect(throws: MixtureError.self) { try EM(data: data, start: start, threads: threads) }
            #expect(error?.row == 9_001)
        }
    }

    @Test func `of several starts the best is chosen, the earliest of equals, and failures are recorded`() throws {
        let (start, data) = try normalProblem(rows: 80)
        let poor = try Mixture(weights: [0.5, 0.5], components: [start.components[0], start.components[0]])
        let failing = try Mixture(weights: [1, 0], components: start.components)
        let swapped = try start.relabelled([1, 0])
        let result = try EM.best(of: [poor, failing, start, swapped], data: data)
        #expect(result.bestIndex == 2)
        #expect(result.best.last.objective > (try result.outcomes[0].get().objective))
        #expect(close(result.best.last.objective, try result.outcomes[3].get().objective, EM<Normal>.tieTolerance))
        guard case .failure(let error) = result.outcomes[1] else {
            Issue.record("a component of weight 0 cannot be estimated")
            return
        }
        #expect(error.kind == .emptyComponent && error.component == 2 && error.step == 1)
        let everything = #expect(throws: MixtureError.self) { try EM.best(of: [failing, failing], data: data) }
        #expect(everything?.kind == .everyStartFailed)
    }
}
