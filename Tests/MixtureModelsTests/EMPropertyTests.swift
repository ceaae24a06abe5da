import MixtureModels
import Testing

/// What must hold for every run, of every kind of component, under every rule: checked on random problems.
@Suite struct EMPropertyTests {
    static let kinds: [any Movable.Type] = [
        Bernoulli.self, Binomial.self, BernoulliVector.self, Normal.self, MultivariateNormal.self, Geometric.self,
    ]
    static let seeds: [UInt64] = Array(1...5)

    @Test(arguments: kinds.indices, seeds)
    func `every run obeys the laws of EM`(_ kind: Int, _ seed: UInt64) throws {
        try checkRuns(of: Self.kinds[kind], seed: seed)
    }

    private func checkRuns<C: Movable>(of kind: C.Type, seed: UInt64) throws {
        let problem = try RandomProblem<C>(seed: seed)
        for rule in try C.rules(dimension: problem.dimension) {
            for weights in problem.weightRules {
                for assignment in [Assignment.soft, .hard] {
                    let em = try EM(
                        data: problem.data, start: problem.start(rule.estimator), weights: weights,
                        estimator: rule.estimator, assignment: assignment, stop: .maximumSteps(12))
                    let run = Run(em: em, label: "\(C.self), \(rule.name), weights \(weights), \(assignment)")
                    try run.checkRows()
                    run.checkEnding()
                    run.checkAscent()
                    try run.checkUpdate(componentsAreFree: rule.isFree)
                }
            }
        }
    }
}

/// One run, and what is expected of it.
private struct Run<C: Movable> {
    let em: EM<C>
    let label: String
    let steps: [EMStep<C>]

    init(em: EM<C>, label: String) {
        self.em = em
        self.label = label
        steps = Array(em)
    }

    /// The numbers of a row belong together.
    func checkRows() throws {
        for step in steps {
            let q = step.responsibilities
            for n in 0..<q.rows {
                #expect(close(q.row(n).reduce(0, +), 1, Tolerance.rounding), "\(label), row \(n)")
            }
            #expect(close(step.effectiveCounts.reduce(0, +), Double(em.data.count), Tolerance.rounding), "\(label)")
            #expect(close(step.mixture.weights.reduce(0, +), 1, Tolerance.rounding), "\(label)")
            #expect(step.logLikelihood == step.mixture.logLikelihood(of: em.data), "\(label)")
            #expect(try q == em.eStep(step.mixture), "\(label)")
            let bound = step.lowerBound
            if em.assignment == .soft {
                #expect(close(step.logLikelihood, bound, Tolerance.ascent), "ℓ = Q + H: \(label)")
                #expect(step.objective == step.logLikelihood + step.logPrior, "\(label)")
            } else {
                #expect(step.entropy == 0, "\(label)")
                #expect(step.objective == step.expectedCompleteLogLikelihood + step.logPrior, "\(label)")
                #expect(step.objective <= step.logLikelihood + step.logPrior + 1e-12, "\(label)")
            }
            if em.weightRule == .fixed { #expect(step.mixture.weights == em.start.weights, "\(label)") }
        }
    }

    /// The run ends by its stopping rule, or, in hard assignment or with free variances, because a component ran empty.
    func checkEnding() {
        switch steps.last?.ending {
        case .stopped(let rule), .converged(let rule): #expect(rule == "maximum of 12 steps", "\(label)")
        case .failed(let error): #expect([.emptyComponent, .collapse].contains(error.kind), "\(error): \(label)")
        case nil: Issue.record("no ending: \(label)")
        }
        #expect(steps.dropLast().allSatisfy { $0.ending == nil }, "\(label)")
        #expect(steps.map(\.t) == Array(0..<steps.count), "\(label)")
    }

    /// The objective never falls, and ℓ stays above the bound that the M-step has raised.
    func checkAscent() {
        for (before, after) in zip(steps, steps.dropFirst()) {
            let rounding = Tolerance.ascent * max(1, before.objective.magnitude)
            #expect(after.objective >= before.objective - rounding, "step \(after.t): \(label)")
            let raised = after.mixture.expectedCompleteLogLikelihood(
                of: em.data, responsibilities: before.responsibilities)
            #expect(raised + before.entropy <= after.logLikelihood + rounding, "step \(after.t): \(label)")
        }
    }

    /// The update is where Q (with the prior) is largest: its derivatives are 0, and a little away it is smaller.
    func checkUpdate(componentsAreFree: Bool) throws {
        // The second step: a random start's first can be special.
        guard steps.count > 2 else { return }
        let q = steps[1].responsibilities
        let update = steps[2].mixture
        let tolerance = Tolerance.gradient * Double(em.data.count)
        func objective(_ weights: [Double], _ components: [C]) throws -> Double {
            try Mixture(weights: weights, components: components)
                .expectedCompleteLogLikelihood(of: em.data, responsibilities: q)
                + logDirichlet(weights) + em.estimator.logPrior(components)
        }
        let best = try objective(update.weights, update.components)
        for (k, component) in update.components.enumerated() {
            if em.weightRule != .fixed {
                let slope = try centralDifference {
                    try objective(displaced(update.weights, component: k, by: $0), update.components)
                }
                #expect(slope.magnitude < tolerance, "weight \(k + 1): \(label)")
            }
            guard componentsAreFree else { continue }
            for direction in 0..<component.degreesOfFreedom where !isAtBoundary(component, direction) {
                func moved(_ distance: Double) throws -> Double {
                    var components = update.components
                    components[k] = try component.displaced(by: component.unit(direction, times: distance))
                    return try objective(update.weights, components)
                }
                let slope = try centralDifference(moved)
                #expect(slope.magnitude < tolerance, "component \(k + 1), direction \(direction): \(label)")
                #expect(try moved(0.3) < best && moved(-0.3) < best, "component \(k + 1): \(label)")
            }
        }
    }

    /// A probability of exactly 0 or 1 cannot be moved on the scale of logits.
    private func isAtBoundary(_ component: C, _ direction: Int) -> Bool {
        (try? component.displaced(by: component.unit(direction, times: 0.1))) == component
    }

    /// ln of the prior of the weights, but for a constant.
    private func logDirichlet(_ weights: [Double]) -> Double {
        guard case .dirichlet(let concentrations) = em.weightRule else { return 0 }
        return zip(concentrations, weights).reduce(0) { $0 + xlogy($1.0 - 1, $1.1) }
    }
}

extension Movable {
    /// A displacement in one direction.
    fileprivate func unit(_ direction: Int, times distance: Double) -> [Double] {
        (0..<degreesOfFreedom).map { $0 == direction ? distance : 0 }
    }
}
