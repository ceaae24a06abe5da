import LessonKit
import MixtureModels
import Notebook

/// A run of EM to where the parameters stand still, with what the report shows of each step.
struct GaussianRun {
    /// All rows of the run, the start first.
    let rows: [TraceRow<MultivariateNormal>]
    /// The responsibilities under the start, and at the end.
    let first: Matrix
    let last: Matrix
    /// Whether the parameters stood still: none moved by more than a part in 10^11 of its component's spread.
    let hasConverged: Bool
    /// Which rule ended the run.
    let stoppedBy: String
    /// After how many steps of plain EM the run went on with leaps; nil if it did not.
    let leapsFrom: Int?
    /// Whether the run had fewer steps than others have, since each costs so much with these data.
    let isCutShort: Bool

    /// - Parameter budget: for a reader's data, what the run may cost: a run that is slow is then brought to its end by leaping ahead, and
    ///   takes the fast pass where the budget would not suffice. Nil for as many plain steps as it takes.
    init(
        _ data: [[Double]], start: Mixture<MultivariateNormal>, shape: CovarianceShape, budget: StepBudget? = nil,
        progress: RunProgress
    ) throws {
        let cost = StepCost(
            of: start, rows: data.count, plainSteps: Self.plainSteps, leaps: Self.leapSteps, for: StepBudget.finalRun)
        func run(
            _ start: Mixture<MultivariateNormal>, rest: Double, most: Int, accelerated: Bool
        ) throws -> Fit<MultivariateNormal> {
            let each = accelerated ? cost.ofLeap : cost.ofStep
            // A run that fails has cost something, too.
            var last = 0
            defer { budget?.spend(last, each: each) }
            return try EM(
                data: data, start: start, estimator: .covariance(shape),
                stop: .any(.atRest(rest), .maximumSteps(most)), accelerated: accelerated,
                pass: budget == nil ? .automatic : cost.pass
            ).fit {
                last = $0.t
                progress.update("EM, step \($0.t)")
            }
        }
        let most = budget?.steps(atMost: Self.plainSteps, each: cost.ofStep) ?? 2000
        let plain = try run(start, rest: Self.rest, most: most, accelerated: false)
        var rest: Fit<MultivariateNormal>?
        var mostLeaps = Self.leapSteps
        if let budget, !plain.converged {
            mostLeaps = budget.steps(atMost: mostLeaps, each: cost.ofLeap)
            rest = try run(plain.mixture, rest: Self.restAfterLeaps, most: mostLeaps, accelerated: true)
        }
        isCutShort = budget != nil && (most < Self.plainSteps || mostLeaps < Self.leapSteps)
        rows = plain.trace + (rest?.trace.dropFirst() ?? [])
        let end = rest ?? plain
        (first, last) = (plain.first.responsibilities, end.last.responsibilities)
        (hasConverged, stoppedBy) = (end.converged, end.stoppedBy)
        leapsFrom = rest == nil ? nil : plain.iterations
    }

    /// How far a parameter may move in a step, in units of its component's spread, and still stand still.
    static let rest = 1e-11
    /// The same after leaps, which are for runs that are slow, or where rounding never lets the last digits rest.
    static let restAfterLeaps = 1e-8
    /// How many steps of plain EM a run takes before it begins to leap, if it may.
    static let plainSteps = 300
    /// How many it may take from there on.
    static let leapSteps = 2000

    var steps: Int { rows.count - 1 }
    /// The rows before the first leap.
    var plainRows: [TraceRow<MultivariateNormal>] { Array(rows.prefix((leapsFrom ?? steps) + 1)) }
    var end: TraceRow<MultivariateNormal> { rows[rows.count - 1] }
    /// The row of step t, or the last if the run is shorter.
    func row(_ t: Int) -> TraceRow<MultivariateNormal> { rows[min(t, steps)] }
    var mixtures: [Mixture<MultivariateNormal>] { rows.map(\.mixture) }
    /// The steps that are drawn.
    var frames: [Int] { Frames.steps(ofRunWith: steps) }
}

/// What the steps of a run on a reader's data cost, and the pass that it takes: row by row, as the lesson does, where a budget suffices
/// for that.
struct StepCost {
    let pass: Pass
    let ofStep: Double
    /// A leap is an M-step and an E-step of its own, tried up to four times, and its sums are taken row by row.
    private static let leapsPerStep = 5.0
    var ofLeap: Double { Self.leapsPerStep * ofStep }

    /// - Parameters:
    ///   - plainSteps: how many steps the run takes if nothing is in the way, ...
    ///   - leaps: ... and how many leaps after them.
    ///   - work: what it may cost.
    init(of start: Mixture<MultivariateNormal>, rows: Int, plainSteps: Int, leaps: Int, for work: Double) {
        func cost(isFast: Bool) -> Double {
            StepBudget.costOfStep(
                rows: rows, classes: start.components.count, variables: start.components[0].mean.count, isFast: isFast)
        }
        let isFast = cost(isFast: false) * (Double(plainSteps) + Self.leapsPerStep * Double(leaps)) > work
        pass = isFast ? .fast : .readable
        ofStep = cost(isFast: isFast)
    }
}
