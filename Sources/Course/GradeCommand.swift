import ArgumentParser
import ExerciseChecks
import Files
import Foundation
import Grading

extension ResultFormat: ExpressibleByArgument {}

/// Grades one submission, or a folder of them.
struct GradeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "grade", abstract: "Grades a submission, or a folder of submissions.",
        discussion: """
            A submission is a folder with exercise files in it (Exercise3SingleFlips.swift, …). A folder without any is taken for a \
            folder of submissions. Before anything runs, a result with 0 points is written to --output, so that there is a result \
            whatever happens.
            """)

    @Argument(help: "The submission's folder, or a folder of such folders.", completion: .directory)
    var submission: String

    @Option(help: "How results are written.")
    var format = ResultFormat.text

    @Option(
        help: """
            The file for the results, or, with many submissions and a format that holds one, the folder. (default: the terminal)
            """)
    var output: String?

    @Flag(help: "Take the folder for one submission, however deep in it the files lie.")
    var one = false

    @Option(
        parsing: .unconditional,
        help: "The seed of the data that the functions are checked on. (default: \(Grader.usualSeed))",
        transform: seed(_:))
    var seed: UInt64 = Grader.usualSeed

    func validate() throws {
        try requireName(submission, "the submission")
        try requireName(output, "--output")
    }

    func run() async throws {
        let folder = URL(filePath: submission, directoryHint: .isDirectory)
        let found: [Submission]
        do {
            found = try Submission.find(in: folder, exercises: allExercises, asOne: one)
        } catch {
            try writeNothingFound(name: folder.standardizedFileURL.lastPathComponent, why: "\(error)")
            throw error
        }
        if !one {
            for name in Submission.packed(in: folder) {
                say("\(shown(name)) is a zip file: unpack it to have it graded")
            }
        }
        let isMany = found.count > 1 || found[0].folder != folder
        if isMany, format.holdsOneSubmission, output == nil {
            throw ValidationError("\(format.rawValue) writes a file for each submission: name a folder with --output")
        }
        let target = try output.map { isMany && format.holdsOneSubmission ? URL(filePath: $0) : try outputFile($0) }
        let grader = try await Grader(root: PackageFiles.root, exercises: allExercises, seed: seed)
        let run = GradingRun(
            exercises: allExercises, format: format, output: target, isMany: isMany
        ) { try await grader.grade($0.folder, name: $0.name) }
        let text = try await run(found, progress: say)
        if output == nil { print(text, terminator: "") }
    }

    /// Whoever waits for a result file gets one, even if there is nothing to grade.
    private func writeNothingFound(name: String, why: String) throws {
        guard let output, one || !format.holdsOneSubmission else { return }
        let zero = GradedSubmission(declaring: allExercises, name: name, notes: [why])
        try format.write([zero], to: outputFile(output))
    }
}
