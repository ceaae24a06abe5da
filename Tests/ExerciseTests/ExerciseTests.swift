import ExerciseChecks
import Foundation
import Grading
import Testing

@Suite("Exercise 3: EM for single flips") struct Exercise3SingleFlips {
    @Test(arguments: try exercise("Exercise3SingleFlips").checks)
    func check(_ check: Check) async throws { try await expectFullPoints(check, of: exercise("Exercise3SingleFlips")) }
}

/// An exercise, by its name.
func exercise(_ name: String) throws -> Exercise { try #require(allExercises.first { $0.name == name }) }

/// Runs a check on the functions in Lessons/Exercises, and records what it says.
func expectFullPoints(_ check: Check, of exercise: Exercise) async throws {
    let runner = try await RunnerProcess(RunnerProgram(at: URL(filePath: builtProgram("ExerciseRunner"))))
    let verdict = try await check.judge(Student(of: exercise, calledBy: runner, seed: 1))
    #expect(verdict == .passed, "\(check.title)")
}

/// A program that the package manager has built beside the tests.
func builtProgram(_ name: String) -> String {
    var folder = URL(filePath: CommandLine.arguments[0]).absoluteURL
    for _ in 0..<5 {
        folder = folder.deletingLastPathComponent()
        let candidate = folder.appending(path: name).path(percentEncoded: false)
        if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
    }
    return name
}
