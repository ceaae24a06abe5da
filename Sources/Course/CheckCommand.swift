import ArgumentParser
import ExerciseChecks
import Files
import Foundation
import Grading

/// Checks the exercises as they stand in Lessons/Exercises. Ends with code 0 whatever the points are: it has checked.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Checks your exercises: points, what is not right yet, and hints.")

    @Argument(help: "The exercise: Exercise4, or 4. (default: all)")
    var exercise: String?

    func run() async throws {
        let exercises = try chosen()
        let root = PackageFiles.root
        let grader = try await Grader(root: root, exercises: exercises)
        var graded = try await grader.grade(
            root.appending(path: "Lessons/Exercises"), name: "Your exercises", visibility: .shown)
        // Of one exercise, notes about the files of the others are noise.
        if exercise != nil { graded.notes.removeAll { note in !exercises.contains { note.hasPrefix($0.name) } } }
        print(try ResultFormat.text.text([graded]), terminator: "")
    }

    private func chosen() throws -> [Exercise] {
        guard let exercise else { return allExercises }
        let wanted = exercise.lowercased()
        let found = allExercises.filter {
            [$0.name.lowercased(), $0.type.lowercased(), "\($0.number)"].contains(wanted)
        }
        guard !found.isEmpty else {
            throw ValidationError(
                "there is no exercise “\(shown(exercise))”; there are \(allExercises.map(\.type).joined(separator: ", "))"
            )
        }
        return found
    }
}
