import ArgumentParser
import ExerciseChecks
import Files
import Foundation
import Grading

extension ResultFormat: ExpressibleByArgument {}

extension Shard: ExpressibleByArgument {
    /// Reads "3/10".
    public init?(argument: String) { self.init(argument) }
}

/// Grades one submission, or a folder of them.
struct GradeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "grade", abstract: "Grades a submission, or a folder of submissions.",
        discussion: """
            A submission is a folder with exercise files in it (Exercise3SingleFlips.swift, …), or a zip file. A folder without any is \
            taken for a folder of submissions; so is what Moodle, Canvas and Gradescope export, unpacked or not. Before anything \
            runs, a result with 0 points is written to --output, so that there is a result whatever happens.
            """)

    @Argument(
        help: "The submission's folder, or a folder of such folders, or a zip file of one of these.",
        completion: .directory)
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

    @Option(help: "How many compilers and students' functions are at work at once. (default: the number of cores)")
    var jobs: Int?

    @Flag(
        help: "Go on where an earlier run with the same --output stopped: grade only what is new or has changed since.")
    var resume = false

    @Option(
        help: "Grade this exercise only: Exercise4, or 4. With --resume, the others keep their earlier results.")
    var exercise: [String] = []

    @Option(help: "Grade a part of the class only: 3/10 is the third of ten parts. `Course merge` puts them together.")
    var shard: Shard?

    @Option(help: "A file that says who was late, what was granted, and what a day costs.", completion: .file())
    var extensions: String?

    @Option(
        parsing: .unconditional,
        help: "The seed of the data that the functions are checked on. (default: \(Grader.usualSeed))",
        transform: seed(_:))
    var seed: UInt64 = Grader.usualSeed

    func validate() throws {
        try requireName(submission, "the submission")
        try requireName(output, "--output")
        if let jobs, !(1...1024).contains(jobs) { throw ValidationError("--jobs is a number from 1 to 1024") }
        if resume, format != .csv || output == nil {
            throw ValidationError("--resume goes on with a table: name it, as in --format csv --output results.csv")
        }
        if extensions != nil, format != .csv {
            throw ValidationError("--extensions is for tables: say --format csv")
        }
    }

    func run() async throws {
        let chosen = try exercise.map(exercise(called:))
        let exercises = chosen.isEmpty || resume ? allExercises : allExercises.filter { chosen.contains($0.name) }
        let lateness = try extensions.map(readLateness) ?? Lateness()
        let place = URL(filePath: submission)
        let export: SubmissionExport
        do {
            export = try await SubmissionExport(at: place, exercises: allExercises, asOne: one)
        } catch {
            try writeNothingFound(name: place.standardizedFileURL.lastPathComponent, why: "\(error)")
            throw error
        }
        let found = shard?.of(export.submissions) ?? export.submissions
        for name in lateness.names where !export.submissions.contains(where: { $0.name == name }) {
            say("\(shown(extensions ?? "")): there is no submission of “\(shown(name))”")
        }
        let isMany = export.isClass
        if isMany, format.holdsOneSubmission, output == nil {
            throw ValidationError("\(format.rawValue) writes a file for each submission: name a folder with --output")
        }
        let target = try output.map { isMany && format.holdsOneSubmission ? URL(filePath: $0) : try outputFile($0) }
        if let folder = Grader.openChecks(root: PackageFiles.root) {
            say(
                "note: student code runs as the user nobody, who can read the checks in \(shown(folder)): "
                    + "`chmod 700 \(shown(PackageFiles.root.path(percentEncoded: false)))` closes them")
        }
        let only = resume && !chosen.isEmpty ? Set(chosen) : nil
        let grader = try await Grader(root: PackageFiles.root, exercises: exercises, seed: seed)
        var run = GradingRun(exercises: exercises, format: format, output: target, isMany: isMany) {
            try await grader.record($0, earlier: $1, only: only)
        }
        run.jobs = jobs ?? ProcessInfo.processInfo.activeProcessorCount
        run.lateness = lateness
        if resume, let target { run.earlier = try earlier(of: target) }
        let text = try await run(found, progress: say)
        withExtendedLifetime(export) {}
        if output == nil { print(text, terminator: "") }
    }

    /// The name of an exercise that somebody has asked for.
    private func exercise(called name: String) throws -> String {
        let wanted = name.lowercased()
        let found = allExercises.first {
            [$0.name.lowercased(), $0.type.lowercased(), "\($0.number)"].contains(wanted)
        }
        guard let found else {
            throw ValidationError(
                "there is no exercise “\(shown(name))”; there are \(allExercises.map(\.type).joined(separator: ", "))")
        }
        return found.name
    }

    /// What an interrupted run has left: nothing, if it stopped before it began.
    private func earlier(of table: URL) throws -> [String: GradingRecord] {
        do {
            let records = try GradingRecords.read(of: table)
            return Dictionary(records.map { ($0.submission.name, $0) }) { first, _ in first }
        } catch RecordsError.missing {
            return [:]
        }
    }

    /// Whoever waits for a result file gets one, even if there is nothing to grade. A table that an earlier run has filled is no place for it.
    private func writeNothingFound(name: String, why: String) throws {
        guard let output, !resume, one || !format.holdsOneSubmission else { return }
        let zero = GradedSubmission(declaring: allExercises, name: name, notes: [why])
        try format.write([zero], to: outputFile(output))
    }
}
