// BEGIN HIDDEN TESTS
import ArgumentParser
import ExerciseChecks
import Files
import Foundation
import Grading

/// Packs the autograder for a platform.
struct PackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pack", abstract: "Packs the autograder for a platform: autograder.zip for Gradescope.")

    /// The platforms that take a packed autograder.
    enum Platform: String, CaseIterable, ExpressibleByArgument {
        case gradescope
    }

    @Argument(help: "The platform.")
    var platform: Platform

    @Option(help: "The file.")
    var output = "autograder.zip"

    func run() async throws {
        let file = try outputFile(output)
        let size = try await Release(root: PackageFiles.root, exercises: allExercises).packGradescope(to: file)
        print("\(shown(output)): \((size + 1023) / 1024) kB; upload it under “Configure Autograder”")
    }
}
// END HIDDEN TESTS
