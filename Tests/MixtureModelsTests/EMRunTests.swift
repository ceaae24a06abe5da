import MixtureModels
import Testing

/// How a run goes and ends: stopping rules, threads, repeats, restarts.
@Suite struct EMRunTests {
    @Test func `a run can be repeated, and ends with the row that says why`() throws {
        let (start, data) = try normalProblem(rows: 80)
        let em = try EM(data: data, start: start, stop: .maximumSteps(3))
        #expect(em.map(\.t) == [0, 1, 2, 3])
        #expect(em.map(\.ending) == [nil, nil, nil, .stopped(by: "maximum of 3 steps")])
        #expect(em.map(\.row) == em.map(\.row))
        let fit = try em.fit()
        #expect(fit.iterations == 3 && !fit.converged && fit.stoppedBy == "maximum of 3 steps")
        #expect(fit.trace == em.map(\.row) && fit.mixture == fit.last.mixture)
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
        #expect(fit.stoppedBy == "means are apart" && !fit.converged)
        #expect(fit.iterations > 0 && fit.iterations < 50)
    }

    @Test func `a fit keeps both ends and all rows, and shows each step on the way`() throws {
        let (start, data) = try normalProblem(rows: 80)
        let em = try EM(data: data, start: start, stop: .maximumSteps(7))
        var seen: [TraceRow<Normal>] = []
        let fit = try em.fit { seen.append($0.row) }
        #expect(seen == fit.trace && seen.map(\.t) == Array(0...7))
        #expect(fit.first.row == seen.first && fit.last.row == seen.last)
        #expect(fit.first.responsibilities == (try em.eStep(start)))
        #expect(fit.last.responsibilities == (try em.eStep(fit.mixture)))
        #expect(seen.allSatisfy { $0.lowerBound == $0.expectedCompleteLogLikelihood + $0.entropy })
    }

    @Test func `what the closure throws ends the run`() throws {
        struct Enough: Error {}
        let (start, data) = try normalProblem(rows: 80)
        var steps = 0
        #expect(throws: Enough.self) {
            try EM(data: data, start: start).fit { step in
                steps += 1
                if step.t == 4 { throw Enough() }
            }
        }
        #expect(steps == 5)
    }

    @Test func `a run has converged if a rule of convergence ended it, whatever the other rules say`() throws {
        let (start, data) = try normalProblem(rows: 80)
        let rules: [(StoppingRule<Normal>, String, Bool)] = [
            (.relativeChange(1e-8), "relative change of at most 1e-08", true),
            (.atRest(1e-6), "the parameters stand still", true),
            (.maximumSteps(2), "maximum of 2 steps", false),
            (.when("always") { _, _ in true }, "always", false),
        ]
        for (rule, name, converged) in rules {
            for rule in [rule, .any(rule, .maximumSteps(10_000)), .any(.any(rule))] {
                let fit = try EM(data: data, start: start, stop: rule).fit()
                #expect(fit.stoppedBy == name && fit.converged == converged)
            }
        }
    }

    @Test func `at rest no parameter moves by more than the distance, and at the step before one did`() throws {
        func check<C: Component>(_ problem: (data: [C.Observation], start: Mixture<C>), moved: (C, C) -> Double) throws
        {
            let distance = 1e-5
            let fit = try EM(data: problem.data, start: problem.start, stop: .atRest(distance)).fit()
            let moves = zip(fit.trace, fit.trace.dropFirst()).map { old, new in
                (zip(old.mixture.components, new.mixture.components).map(moved)
                    + zip(old.mixture.weights, new.mixture.weights).map { ($0 - $1).magnitude }).max() ?? .nan
            }
            #expect(moves.count > 2 && moves.dropLast().allSatisfy { $0 > distance })
            #expect(try #require(moves.last) <= distance)
        }
        let (start, data) = try normalProblem(rows: 80)
        try check((data, start)) { old, new in
            max(
                (old.mean - new.mean).magnitude / new.standardDeviation,
                (old.variance - new.variance).magnitude / new.variance)
        }
        try check((publishedHeads, publishedStart())) { ($0.probability - $1.probability).magnitude }
        let planes = data.enumerated().map { [$1, $1 / 2 + ($0 % 7 == 0 ? 0.3 : -0.2) * Double($0 % 3)] }
        let plane = try Mixture(
            weights: [0.5, 0.5],
            components: [-1, 1].map { try MultivariateNormal(mean: [$0, 0], covariance: .identity(2)) })
        try check((planes, plane)) { old, new in
            var largest = 0.0
            for i in 0..<2 {
                largest = max(largest, (old.mean[i] - new.mean[i]).magnitude / new.covariance[i, i].squareRoot())
                for j in 0..<2 {
                    let size = (new.covariance[i, i] * new.covariance[j, j]).squareRoot()
                    largest = max(largest, (old.covariance[i, j] - new.covariance[i, j]).magnitude / size)
                }
            }
            return largest
        }
        let vectors = data.map { [$0 > 0, $0 > 1, $0 > -2, $0 < 3] }
        let coins = try Mixture(
            weights: [0.3, 0.7],
            components: [0.3, 0.6].map { try BernoulliVector(probabilities: [$0, $0 + 0.1, 0.5, $0]) })
        try check((vectors, coins)) { old, new in
            zip(old.probabilities, new.probabilities).map { ($0 - $1).magnitude }.max() ?? .nan
        }
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
                    #expect(last.row == lasts[0].row)
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
        let result = try EM.best(of: [poor, failing, start, swapped]) { try EM(data: data, start: $0) }
        #expect(result.bestIndex == 2)
        #expect(result.best.last.objective > (try result.outcomes[0].get().objective))
        #expect(close(result.best.last.objective, try result.outcomes[3].get().objective, EM<Normal>.tieTolerance))
        guard case .failure(let error) = result.outcomes[1] else {
            Issue.record("a component of weight 0 cannot be estimated")
            return
        }
        #expect(error.kind == .emptyComponent && error.component == 2 && error.step == 1)
        // The same with the rows counted twice each.
        let doubled = try EM.best(of: [poor, failing, start, swapped]) {
            try EM(data: data, counts: data.map { _ in 2 }, start: $0)
        }
        #expect(doubled.bestIndex == 2)
        #expect(close(doubled.best.last.objective, 2 * result.best.last.objective, Tolerance.peer))
        let everything = #expect(throws: MixtureError.self) {
            try EM.best(of: [failing, failing]) { try EM(data: data, start: $0) }
        }
        #expect(everything?.kind == .everyStartFailed)
    }
}
