import LessonKit
import MixtureModels

/// A mixture of Bernoulli vectors, fitted to rows of 0 and 1 from several random starts.
struct BinaryFit {
    let rows: [[Bool]]
    /// The best run, gone on with until nothing moves.
    let fit: Fit<BernoulliVector>
    /// Where the random starts ended, in turn; nil for one that failed.
    let ends: [Double?]

    /// Two ends that differ by less are the same: the runs of all starts stop a little before their end.
    static let sameEnd = 0.01

    /// When the runs of the many starts end, ...
    static let stop = stop(after: mostTrialSteps)

    /// ... at the latest after so many steps.
    static func stop(after steps: Int) -> StoppingRule<BernoulliVector> {
        .any(.relativeChange(1e-8), .maximumSteps(steps))
    }

    /// The most steps that each start is given.
    static let mostTrialSteps = 1000

    /// Tries so many random starts, after those given.
    ///
    /// These runs take the fast pass, whose last digits depend on the processor; of them only the place of the end counts. The
    /// best start is then run again by the plain pass, to rest. Of equally good starts the first is the best, and those given come first.
    ///
    /// - Throws: The error of the last start that failed, if all of them do.
    init(
        _ rows: [[Bool]], classCount: Int, startCount: Int, after given: [Mixture<BernoulliVector>] = [],
        trialSteps: Int = mostTrialSteps, using generator: inout SeededGenerator
    ) throws {
        self.rows = rows
        var ends: [Double?] = []
        var best: (start: Mixture<BernoulliVector>, logLikelihood: Double)?
        var failure: (any Error)?
        for number in 0..<(given.count + startCount) {
            do {
                let start =
                    try number < given.count
                    ? given[number]
                    : Mixture<BernoulliVector>.randomStart(for: rows, components: classCount, using: &generator)
                let end = try Self.end(of: start, rows, after: trialSteps)
                ends.append(end)
                if end > (best?.logLikelihood ?? -.infinity) + Self.sameEnd { best = (start, end) }
            } catch {
                ends.append(nil)
                failure = error
            }
        }
        guard let best else { throw failure ?? MixtureError(.option, "there are no starts") }
        self.ends = Array(ends.dropFirst(given.count))
        fit = try Self.toRest(rows, from: best.start)
    }

    private static func end(
        of start: Mixture<BernoulliVector>, _ rows: [[Bool]], after steps: Int
    ) throws -> Double {
        try EM(data: rows, start: start, stop: stop(after: steps), pass: .fast).fit().last.logLikelihood
    }

    /// A run until no probability moves by more than 1e-10: then the slopes are 0 as far as differences can tell.
    static func toRest(_ rows: [[Bool]], from start: Mixture<BernoulliVector>) throws -> Fit<BernoulliVector> {
        let most = mostSteps(
            rows: rows.count, columns: rows.first?.count ?? 0, classes: start.weights.count)
        return try EM(data: rows, start: start, stop: .any(.atRest(1e-10), .maximumSteps(most))).fit()
    }

    /// The most steps of the run from the best start.
    static let mostFinalSteps = 3000

    /// How many steps anybody waits for: 3000 for a few hundred rows such as the digits, fewer for a large file, where a step takes longer
    /// and a run may never come to rest.
    static func mostSteps(rows: Int, columns: Int, classes: Int) -> Int {
        // A row costs about as much as 30 columns even if it has one only.
        let stepCost = Double(rows) * Double(classes) * Double(columns + 30)
        return Int(min(Double(mostFinalSteps), max(100, 5e8 / stepCost)))
    }

    /// How many steps each of several starts is given, by the same measure.
    static func trialSteps(rows: Int, columns: Int, classes: Int) -> Int {
        let cost = StepBudget.costOfStep(rows: rows, classes: classes, binaryColumns: columns, isFast: true)
        return StepBudget(2 * StepBudget.start).steps(atMost: mostTrialSteps, each: cost)
    }

    var mixture: Mixture<BernoulliVector> { fit.mixture }
    var logLikelihood: Double { fit.last.logLikelihood }
    /// How many of the random starts ended in the best end.
    var bestCount: Int { ends.count { ($0 ?? -.infinity) > logLikelihood - Self.sameEnd } }
    /// The different ends of the random starts, from the best down, and how often each was reached.
    var differentEnds: [(logLikelihood: Double, count: Int)] {
        var result: [(logLikelihood: Double, count: Int)] = []
        for end in ends.compactMap({ $0 }).sorted(by: >) {
            if let last = result.last, last.logLikelihood - end < Self.sameEnd {
                result[result.count - 1].count += 1
            } else {
                result.append((end, 1))
            }
        }
        return result
    }
}
