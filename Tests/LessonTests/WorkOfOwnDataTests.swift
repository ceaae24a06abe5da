import Foundation
import LessonKit
import MixtureModels
import Testing

@testable import Lesson11HowManyClasses
@testable import Lesson3GaussianEM
@testable import Lesson4CoinFlips
@testable import Lesson7KMeans
@testable import Lesson9BernoulliMixtures
@testable import Notebook

/// However many rows and classes a reader comes with, the work has a bound, counted in densities; and the report says where it was reached.
struct WorkOfOwnDataTests {
    @Test("A budget gives all steps where it suffices, fewer where it does not, and never less than an end needs")
    func budget() {
        let budget = StepBudget(1000)
        #expect(budget.steps(atMost: 50, each: 20) == 50)
        #expect(budget.steps(atMost: 51, each: 20) == 50)
        #expect(budget.steps(atMost: 500, each: 1e9) == StepBudget.leastSteps)
        #expect(budget.steps(atMost: 7, each: 1e9) == 7)
        budget.spend(30, each: 20)
        #expect(!budget.isSpent && budget.steps(atMost: 50, each: 10) == 40)
        budget.spend(500)
        #expect(budget.isSpent && budget.spent == 1100)
        #expect(StepBudget(.infinity).steps(atMost: .max, each: 1e300) == .max)
    }

    /// Gaussian rows that are rounded so that many are equal: with forty classes some run collapses, and none rests soon.
    private static func rows(_ count: Int, seed: UInt64 = 3) -> [[Double]] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in [(10 * generator.standardNormal()).rounded()] }
    }

    @Test(
        "Each start of lesson 3 costs no more than its share, whatever it takes, and fewer steps are told",
        arguments: [100, 600])
    func trials(count: Int) throws {
        let rows = Self.rows(count)
        var generator = SeededGenerator(seed: 1)
        let starts = try (0..<1).map { _ in
            try Mixture<MultivariateNormal>.randomStart(for: rows, components: 25, using: &generator)
        }
        let trials = Trials(of: starts, rows: rows, shape: .tied)
        let leap = Trials.cost(of: starts[0], rows: count).ofLeap
        #expect(trials.ends.count == 1)
        #expect(trials.work <= StepBudget.start + Double(StepBudget.leastSteps) * leap)
        #expect((trials.mostSteps == nil) == (count == 100))
    }

    @Test("A run is cut short when its budget is spent, which it says")
    func run() throws {
        let rows = Self.rows(60)
        var generator = SeededGenerator(seed: 1)
        let start = try Mixture<MultivariateNormal>.randomStart(
            for: rows, components: 4, estimator: .covariance(.tied), using: &generator)
        let small = StepBudget(1)
        let short = try GaussianRun(rows, start: start, shape: .tied, budget: small, progress: RunProgress())
        #expect(short.isCutShort && !short.hasConverged)
        // As many steps as the least, before the leaps and from there.
        #expect(short.steps == 2 * StepBudget.leastSteps && small.isSpent)
        let all = try GaussianRun(
            rows, start: start, shape: .tied, budget: StepBudget(StepBudget.finalRun), progress: RunProgress())
        #expect(!all.isCutShort && all.steps > short.steps && all.end.logLikelihood > short.end.logLikelihood)
        let told = Warnings.notConverged(steps: 40, isCutShort: true)[0].source
        #expect(
            told.hasSuffix("With so many rows and classes a step costs much, and the lesson takes no more of them."))
    }

    @Test(
        "The search for the reason of a collapse ends when its budget is spent, with what it knows by then",
        arguments: [1e4, 1e5])
    func diagnosis(work: Double) throws {
        let rows = Self.rows(120)
        let own = try TemporaryFolder.with { folder in
            let text = "a\n" + rows.map { "\($0[0])\n" }.joined()
            let options = try OwnDataOptions.parse(["--data", try folder.write(text, to: "data.csv"), "--columns", "a"])
            return try #require(try options.read(seed: 1, progress: RunProgress()))
        }
        var generator = SeededGenerator(seed: 1)
        let starts = try (0..<10).map { _ in
            try Mixture<MultivariateNormal>.randomStart(for: rows, components: 25, using: &generator)
        }
        let budget = StepBudget(work)
        let diagnosis = Diagnosis(
            own, shape: .full, components: 25, seed: 1, progress: RunProgress(), budget: budget)
        let told = "\(diagnosis.noFit("EM fails", nil, starts: starts))"
        #expect(told.contains("EM fails: "))
        // It may begin one more run than it can pay for, which takes the least steps, plain and with leaps.
        let one = StepCost(of: starts[0], rows: 120, plainSteps: 300, leaps: 2000, for: .infinity)
        #expect(budget.spent <= 1.5 * work + Double(StepBudget.leastSteps) * (one.ofStep + one.ofLeap))
    }

    @Test("Of fewer classes a handful is tried, and always one")
    func fewer() {
        #expect(Diagnosis.fewer(than: 1) == [])
        #expect(Diagnosis.fewer(than: 2) == [1])
        #expect(Diagnosis.fewer(than: 5) == [4, 3, 2, 1])
        #expect(Diagnosis.fewer(than: 40) == [39, 38, 37, 18, 9, 4, 2, 1])
    }

    @Test("The best start of lesson 4 is followed within its budget")
    func coins() throws {
        let table = HeadCountTable((0..<60).map { HeadCount(heads: $0 % 31, flips: 30) })
        let start = try Mixture(
            weights: [0.3, 0.3, 0.4], components: [0.2, 0.3, 0.6].map { try Binomial(trials: 30, probability: $0) })
        let budget = StepBudget(1)
        let short = try CoinRun(table, start: start, weights: .free, budget: budget, progress: RunProgress())
        #expect(short.isCutShort && short.rows.count - 1 <= 2 * StepBudget.leastSteps && budget.isSpent)
        let all = try CoinRun(
            table, start: start, weights: .free, budget: StepBudget(StepBudget.finalRun), progress: RunProgress())
        #expect(!all.isCutShort && all.hasConverged)
    }

    @Test("Many starts of lesson 7 are tried by their distances, and end where EM with hard assignment does")
    func clusters() throws {
        var generator = SeededGenerator(seed: 5)
        let rows = (0..<700).map { _ in [generator.standardNormal(), generator.standardNormal()] }
        let starts = (0..<30).map { _ in Starts.plusPlus(rows, 8, using: &generator) }
        let (best, ends) = try KMeans.best(rows, starts: starts)
        #expect(best.isAtRest)
        let least = try #require(ends.compactMap { $0 }.min())
        #expect(abs(best.distortion - least) <= 1e-9 * least)
        let place = try #require(ends.firstIndex { $0 == least })
        #expect(best.distortion == (try KMeans(rows, start: starts[place])).distortion)
        let budget = StepBudget(1)
        let short = try KMeans(rows, start: Array(rows.sorted { $0[0] < $1[0] }.prefix(8)), budget: budget)
        #expect(!short.isAtRest && short.steps == StepBudget.leastSteps)
    }

    @Test("Lessons 9 and 11 give starts and searches less where there is more, and nothing less where there is little")
    func searches() {
        #expect(BinaryFit.trialSteps(rows: 541, columns: 64, classes: 3) == 1000)
        #expect(BinaryFit.trialSteps(rows: 5000, columns: 12, classes: 40) < 100)
        #expect(BinaryFit.trialSteps(rows: 5000, columns: 1000, classes: 100) == StepBudget.leastSteps)
        func effort(_ rows: Int, _ most: Int, isLimited: Bool = true) -> Effort {
            Effort(starts: 6, trial: 10, rows: rows, most: most, variables: 3, shapes: 14, isLimited: isLimited)
        }
        let (usual, large) = (effort(300, 6), effort(5000, 20))
        #expect(!usual.isLess && usual.remark == nil && usual.steps == 400 && usual.starts == 6)
        #expect(large.isLess && large.steps < 100 && large.starts >= 2 && large.trial >= 3)
        #expect(large.remark?.source.contains("the search is shortened: \(large.starts) random starts") == true)
        #expect(!effort(5000, 20, isLimited: false).isLess)
    }

    @Test("More components than a report can show are refused by number", arguments: ["101", "9223372036854775807"])
    func components(count: String) throws {
        let csv = "a\n" + (0..<200).map { "\($0)\n" }.joined()
        let told = try Lesson3GaussianEM.message(["data.csv": csv], "--data data.csv --columns a --components \(count)")
        #expect(told?.contains("--components must be from 1 to 100, not \(count)") == true, "\(told ?? "nothing")")
    }
}
