// BEGIN HIDDEN TESTS
import ArgumentParser
import ExerciseChecks
import Files
import Grading

/// Checks the master before a release.
struct ValidateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract:
            "Checks the checks: the master scores full, the stubs 0, and every kept submission what its header says.")

    func run() async throws {
        let validation = try await Validation(root: PackageFiles.root, exercises: allExercises)
        var failures = 0
        for part in [
            validation.master, validation.stubs, { try await validation.collection(.wrong) },
            { try await validation.collection(.unusual) },
        ] as [() async throws -> Validation.Part] {
            let result = try await part()
            let verdict = result.deviations.isEmpty ? "as it must be" : "\(result.deviations.count) not as it must be"
            print("\(result.name): \(result.summary), \(verdict)")
            for deviation in result.deviations { print("  \(deviation)") }
            failures += result.deviations.count
        }
        guard failures == 0 else { throw ExitCode.failure }
    }
}
// END HIDDEN TESTS
