import ExerciseChecks
import Foundation
import Grading
import Testing

/// A check is named by what it checks.
extension TestCase: CustomTestStringConvertible {
    /// "the posterior is Bayes' rule (2 points)".
    public var testDescription: String { "\(title) (\(points) point\(points == 1 ? "" : "s"))" }
}

/// The checks of an exercise; none if there is no such exercise, which a test of its own finds.
func checks(of name: String) -> [TestCase] { allExercises.first { $0.name == name }?.checks ?? [] }

/// Runs a check on the functions in Lessons/Exercises, and records the points that it does not give, and why.
func expectFullPoints(_ check: TestCase, of name: String) async throws {
    let exercise = try #require(allExercises.first { $0.name == name })
    let outcome = try await CheckOutcome(check, of: exercise, program: program.value)
    guard outcome.status != .passed else { return }
    var lines = ["\(outcome.message): 0 of \(check.points) points for \"\(check.title)\""]
    if outcome.status != .notAttempted { lines.append("Hint: \(check.hint)") }
    if !outcome.printed.isEmpty { lines.append("Your code printed:\n\(outcome.printed)") }
    Issue.record(Comment(rawValue: lines.joined(separator: "\n")))
}

/// The functions in Lessons/Exercises, as the package manager has built them.
private let program = Task { try await RunnerProgram.besideTests() }

@Test func `Every exercise has a suite of its name, and 125 points can be had in all`() throws {
    let text = try String(
        contentsOf: URL(filePath: #filePath).deletingLastPathComponent().appending(path: "ExerciseTests.swift"),
        encoding: .utf8)
    for exercise in allExercises {
        #expect(text.contains("struct \(exercise.name) {"))
        #expect(text.contains("Exercise \(exercise.number): \(exercise.title)\""))
        #expect(!exercise.checks.isEmpty)
    }
    #expect(allExercises.reduce(0) { $0 + $1.points } == 125)
}
