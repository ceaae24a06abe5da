import LessonKit
import MixtureModels

/// Where EM comes to from each of several starts, before the best of them is followed.
struct Trials {
    /// ℓ where EM ended or was stopped, start by start; nil where it failed.
    private(set) var ends: [Double?] = []
    /// Why the first of those that failed did.
    private(set) var failure: MixtureError?
    /// The most steps that each start was given; nil if they were as many as for any file.
    private(set) var mostSteps: Int?
    /// What all of it cost, in densities.
    private(set) var work = 0.0

    /// How many steps of plain EM a start is given, and how many leaps after them.
    private static let (plainSteps, leaps) = (GaussianRun.plainSteps, 500)

    /// Runs EM from each start.
    init(of starts: [Mixture<MultivariateNormal>], rows: [[Double]], shape: CovarianceShape) {
        for start in starts {
            let budget = StepBudget(StepBudget.start)
            defer { work += budget.spent }
            do {
                ends.append(try end(of: start, rows: rows, shape: shape, budget))
            } catch {
                ends.append(nil)
                failure = failure ?? (error as? MixtureError)
            }
        }
    }

    /// The same with other ends: a run that goes on may fail.
    func with(_ ends: [Double?]) -> Trials {
        var copy = self
        copy.ends = ends
        return copy
    }

    /// What a start costs, and its pass. Of these runs only the place of the end counts, and so with many rows and components they
    /// may take the fast pass.
    static func cost(of start: Mixture<MultivariateNormal>, rows: Int) -> StepCost {
        StepCost(of: start, rows: rows, plainSteps: plainSteps, leaps: leaps, for: StepBudget.start)
    }

    /// Where EM ends: plain at first, as the run that is shown will be, and then with leaps.
    private mutating func end(
        of start: Mixture<MultivariateNormal>, rows: [[Double]], shape: CovarianceShape, _ budget: StepBudget
    ) throws -> Double {
        let cost = Self.cost(of: start, rows: rows.count)
        func run(_ start: Mixture<MultivariateNormal>, most: Int, accelerated: Bool) throws -> Fit<MultivariateNormal> {
            var last = 0
            defer { budget.spend(last, each: accelerated ? cost.ofLeap : cost.ofStep) }
            return try EM(
                data: rows, start: start, estimator: .covariance(shape),
                stop: .any(.relativeChange(1e-10), .maximumSteps(most)), accelerated: accelerated, pass: cost.pass
            ).fit { last = $0.t }
        }
        let most = budget.steps(atMost: Self.plainSteps, each: cost.ofStep)
        let plain = try run(start, most: most, accelerated: false)
        let mostLeaps = budget.steps(atMost: Self.leaps, each: cost.ofLeap)
        if most < Self.plainSteps || mostLeaps < Self.leaps { mostSteps = max(mostSteps ?? 0, most + mostLeaps) }
        return try run(plain.mixture, most: mostLeaps, accelerated: true).last.logLikelihood
    }

    /// The start whose end is highest: a later one only if it is higher by more than rounding, so that the choice does not depend on that.
    static func best(of ends: [Double?]) -> Int? {
        var best: (index: Int, end: Double)?
        for (index, end) in ends.enumerated() {
            guard let end else { continue }
            let highest = best?.end ?? -.infinity
            let tie = EM<MultivariateNormal>.tieTolerance * max(1, highest.magnitude)
            if best == nil || end - highest > tie { best = (index, end) }
        }
        return best?.index
    }
}
