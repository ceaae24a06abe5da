// BEGIN HIDDEN TESTS
import ArgumentParser
import ExerciseChecks
import Files
import Foundation
import Grading

/// Releases the course: the student's copy, the solution, the autograder.
struct AssignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assign",
        abstract: "Writes the copies for students, for after the deadline, and for the autograder.")

    @Argument(help: "The folder for the copies: student, solution, autograder. An earlier release there is replaced.")
    var folder: String

    @Flag(help: "Replace the folder even if it is not an earlier release.")
    var force = false

    func validate() throws { try requireName(folder, "the folder for the copies") }

    func run() throws {
        let target = URL(filePath: folder, directoryHint: .isDirectory)
        try Release(root: PackageFiles.root, exercises: allExercises).write(to: target, force: force)
        let hidden = allExercises.reduce(0) { $0 + $1.hiddenPoints }
        let all = allExercises.reduce(0) { $0 + $1.points }
        let name = shown(target.relativePath)
        print(
            """
            \(name)/student     stubs and shown checks: \(allExercises.count) exercises, \(all - hidden) of \(all) points
            \(name)/solution    the same with solutions
            \(name)/autograder  what grades, with the hidden checks: \(all) points
            """)
    }
}
// END HIDDEN TESTS
