import Foundation
import LessonKit
import MixtureModels
import Notebook
import Verification

/// Section 3: several flips of each hidden coin. Posterior, expectation and updates; then EM run to the end.
struct TenFlips {
    let data: TenFlipData
    /// The run of EM, step by step.
    let run: CoinRun

    init(_ data: TenFlipData, progress: RunProgress) throws {
        self.data = data
        run = try CoinRun(
            data.distinct, start: data.start, weights: data.weightRule,
            budget: data.isOwn ? StepBudget(StepBudget.finalRun) : nil, progress: progress)
    }

    /// Equal rows counted once.
    var distinct: HeadCountTable { data.distinct }

    /// M, where all rows have the same number of flips, and the usual number otherwise.
    var flips: Int { data.usualFlips }

    /// `1 coin`, `2 coins`.
    func count(_ number: Int, _ thing: String) -> String { "\(number) \(thing)\(number == 1 ? "" : "s")" }

    /// Whether the coins of the start differ, so that head counts say something about them.
    var startTellsCoinsApart: Bool { Set(data.start.heads).count > 1 }

    func explain(in report: inout Report) throws {
        report.section(
            flips == 10 && data.hasEqualFlips ? "Ten flips per example" : "Several flips per example: your data")
        introduce(in: &report)
        try posterior(in: &report)
        try expectation(in: &report)
        try updates(in: &report)
        try runToTheEnd(in: &report)
    }

    private func introduce(in report: inout Report) {
        switch data.origin {
        case .simulated(let truth, _):
            report.prose(
                #"""
                The trap of the single flip has a simple remedy, and it is Exercise 4 of the handout: **flip the chosen coin
                ten times before choosing again**. Now each example is a head count between 0 and 10, and the counts have a
                shape. A single coin gives counts that crowd around one value; two different coins spread them out, or even make two humps.

                We simulate \#(data.rowCount) such sets with the coins of section 1
                ($\weight{1} = \#(truth.weights[0], .significant(3))$, $\headprob{1} = \#(truth.heads[0], .significant(3))$,
                $\headprob{2} = \#(truth.heads[1], .significant(3))$), forget which coin was which, and let EM start from
                \#(parameterList(data.start)).
                """#)
        case .file(let path, let remarks):
            let name = path.split(separator: "/").last.map(String.init) ?? path
            // A name like "a$b.csv" would be taken for mathematics.
            let isPlain = name.allSatisfy { $0.isLetter || $0.isNumber || "._- ".contains($0) } && !name.contains("NaN")
            report.prose(
                #"""
                Here your own data take the place of the simulated ones: \#(data.rowCount) rows of \#(isPlain ? "`\(name)`" : "your file"),
                \#(data.hasEqualFlips ? "each with" : "most often with") \#(flips)
                \#(flips == 1 ? "flip" : "flips"). For each row, we suppose, one of \#(data.classCount)
                \#(data.classCount == 1 ? "coin" : "coins") was chosen, and flipped that often. EM starts from \#(parameterList(data.start))\#(
                    data.weightsAreFixed ? ", and keeps the weights" : "").
                """#)
            if let remarks { report.prose(remarks) }
        }
    }

    /// All parameters in a sentence: `$\weight{1} = …$, …`.
    func parameterList(_ mixture: Mixture<Binomial>) -> Prose {
        let weights: [Prose] = mixture.weights.enumerated().map { k, weight in
            #"$\weight{\#(k + 1)} = \#(weight, .significant(4))$"#
        }
        let heads: [Prose] = mixture.heads.enumerated().map { k, p in
            #"$\headprob{\#(k + 1)} = \#(p, .significant(4))$"#
        }
        return Prose((weights + heads).map(\.source).joined(separator: ", "))
    }
}

/// A run of EM on head counts, with what the report shows of each step.
struct CoinRun {
    struct Row {
        let t: Int
        let mixture: Mixture<Binomial>
        let logLikelihood: Double
        let expectedLogLikelihood: Double
        let entropy: Double
    }

    /// The rows of the run, the start first.
    let rows: [Row]
    /// Whether it ended because the log-likelihood no longer changed, and not at the maximum of steps.
    let hasConverged: Bool
    /// Which rule ended the run.
    let stoppedBy: String
    /// Whether the run had fewer steps than others have, since each costs so much with these data.
    let isCutShort: Bool
    /// After how many steps of plain EM the run went on, with leaps, until the parameters stood still; nil if it did not.
    let leapsFrom: Int?

    /// Runs EM until the log-likelihood no longer changes by a part in 10^10, for at most 1000 steps.
    ///
    /// - Parameter budget: for a reader's data, what the run may cost; it then leaps ahead until the parameters stand still. Nil for the
    ///   lesson's own, which stop before.
    init(
        _ data: HeadCountTable, start: Mixture<Binomial>, weights: WeightRule,
        stop: StoppingRule<Binomial> = .any(.relativeChange(1e-10), .maximumSteps(1000)),
        budget: StepBudget? = nil, progress: RunProgress
    ) throws {
        // A reader's file may have as many coins and different rows as it likes; then there are fewer steps.
        let cost = StepBudget.costOfStep(rows: data.rows.count, classes: start.weights.count, variables: 1)
        let most = budget?.steps(atMost: 1000, each: cost) ?? 1000
        let stop = most < 1000 ? .any(stop, .maximumSteps(most)) : stop
        let em = try EM(data: data.rows, counts: data.counts, start: start, weights: weights, stop: stop)
        let plain = try em.fit { progress.update("EM, step \($0.t)") }
        var trace = plain.trace
        var end = plain
        var leaps = 10_000
        if let budget {
            budget.spend(plain.iterations, each: cost)
            // A leap is an M-step and an E-step of its own, and may be tried more than once.
            leaps = budget.steps(atMost: leaps, each: 2.5 * cost)
            // A log-likelihood that hardly changes may still be far from its maximum: go on until nothing moves.
            end = try EM(
                data: data.rows, counts: data.counts, start: plain.mixture, weights: weights,
                stop: .any(.atRest(1e-10), .maximumSteps(leaps)), accelerated: true
            ).fit { progress.update("EM, step \(plain.iterations + $0.t)") }
            trace += end.trace.dropFirst()
            budget.spend(end.iterations, each: 2.5 * cost)
        }
        (hasConverged, stoppedBy) = (end.converged, end.stoppedBy)
        isCutShort = most < 1000 || leaps < 10_000
        leapsFrom = budget == nil ? nil : plain.iterations
        rows = trace.enumerated().map {
            Row(
                t: $0.offset, mixture: $0.element.mixture, logLikelihood: $0.element.logLikelihood,
                expectedLogLikelihood: $0.element.expectedCompleteLogLikelihood, entropy: $0.element.entropy)
        }
    }

    /// The rows before the first leap, for `results.json`.
    var plainRows: [FitStep] {
        rows.prefix((leapsFrom ?? steps) + 1).map {
            FitStep(
                step: $0.t, weights: $0.mixture.weights, parameters: ["headProbabilities": .vector($0.mixture.heads)],
                logLikelihood: $0.logLikelihood, expectedCompleteLogLikelihood: $0.expectedLogLikelihood,
                entropy: $0.entropy)
        }
    }

    var first: Row { rows[0] }
    var last: Row { rows[rows.count - 1] }
    /// How many steps lowered Q, and how many there were.
    var fallsOfQ: Int { zip(rows, rows.dropFirst()).count { $1.expectedLogLikelihood < $0.expectedLogLikelihood } }
    var steps: Int { rows.count - 1 }
    /// The step at which Q is highest, if Q falls by more than rounding after it.
    var peakOfQ: Int? {
        guard let peak = rows.max(by: { $0.expectedLogLikelihood < $1.expectedLogLikelihood }), peak.t > 0 else {
            return nil
        }
        return peak.expectedLogLikelihood - last.expectedLogLikelihood > 1e-6 ? peak.t : nil
    }

    /// The largest fall of ℓ from one step to the next: zero, up to rounding.
    var largestFall: Double {
        zip(rows, rows.dropFirst()).map { $0.logLikelihood - $1.logLikelihood }.max() ?? 0
    }
}
