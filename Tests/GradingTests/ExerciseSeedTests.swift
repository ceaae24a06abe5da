import Grading
import Testing

@testable import ExerciseChecks

/// The checks' data change with the seed; what a correct program gets must not.
@Suite struct ExerciseSeedTests {
    /// Of 102, 105 and 214 a first draw takes EM to the boundary, where a correct program may divide 0 by 0.
    private static let seeds: [UInt64] = [3, 102, 105, 214, .max]

    @Test(arguments: seeds)
    func `The master gets full points for exercise 12, whatever the seed`(seed: UInt64) async throws {
        for check in exercise12.checks {
            let outcome = try await CheckOutcome(check, of: exercise12, program: Self.master.value, seed: seed)
            #expect(outcome.earned == check.points, "\(check.title): \(outcome.message)")
        }
    }

    @Test(arguments: seeds)
    func `The data of exercise 12 lead no probability to 0 or 1, and no weight to 0`(seed: UInt64) {
        // As the checks "stopping" and "fixed-point" draw them.
        for tosses in [EMTosses(seed: seed &+ 40), EMTosses(seed: seed &+ 50)] {
            let rows = tosses.run(tolerance: 0, maximumSteps: 3000)
            #expect(rows.allSatisfy { $0.numbers.allSatisfy { $0 > 1e-6 && $0 < 1 - 1e-6 } })
        }
    }

    @Test func `A step of exercise 12's reference from the boundary holds no NaN`() throws {
        let tosses = EMTosses(seed: 1)
        for row in [
            EMRow(weights: [0, 1], probabilities: [0.3, 0.7]), EMRow(weights: [0.5, 0.5], probabilities: [0, 1]),
            EMRow(weights: [0.5, 0.5], probabilities: [0, 0.5]),
        ] {
            let next = try #require(tosses.step(row))
            #expect(next.numbers.allSatisfy { $0 >= 0 && $0 <= 1 }, "from \(row.numbers) to \(next.numbers)")
        }
    }

    /// The functions in Lessons/Exercises, as the package manager has built them: nothing is compiled again for each seed.
    private static let master = Task { try await RunnerProgram.besideTests() }
}
