import Files
import Foundation

/// Grades submissions one after another, and keeps what is written on the disk complete at every moment.
///
/// Before anything of a submission runs, its result with 0 points is written, and replaced when it is graded. A submission that
/// cannot be graded never stops the others: it keeps 0 points, with a note.
public struct GradingRun: Sendable {
    /// Grades one submission.
    public typealias Grade = @Sendable (Submission) async throws -> GradedSubmission

    let exercises: [Exercise]
    let format: ResultFormat
    let output: URL?
    let isMany: Bool
    let environment: [String: String]
    let grade: Grade

    /// - Parameters:
    ///   - exercises: the exercises with their checks.
    ///   - format: how results are written.
    ///   - output: the file for the results, or the folder if a file holds one of several submissions only; nil for none.
    ///   - isMany: whether submissions are those of a folder of submissions.
    ///   - environment: the platform's environment variables.
    ///   - grade: grades one submission.
    public init(
        exercises: [Exercise], format: ResultFormat, output: URL?, isMany: Bool,
        environment: [String: String] = ProcessInfo.processInfo.environment, grade: @escaping Grade
    ) {
        self.exercises = exercises
        self.format = format
        self.output = output
        self.isMany = isMany
        self.environment = environment
        self.grade = grade
    }

    /// Grades submissions.
    ///
    /// - Parameters:
    ///   - submissions: which ones.
    ///   - progress: told of each submission of many when it is graded.
    /// - Returns: the results as they are written.
    /// - Throws: errors of writing.
    public func callAsFunction(_ submissions: [Submission], progress: (String) -> Void) async throws -> String {
        var results = submissions.map { zero($0, note: "this submission has not been graded") }
        try write(results, changed: results.indices)
        for (place, submission) in submissions.enumerated() {
            do {
                results[place] = try await grade(submission)
                if results[place].isEmpty { results[place].notes.append(Self.nothing(exercises)) }
            } catch {
                results[place] = zero(submission, note: "this submission could not be graded: \(error)")
            }
            try write(results, changed: place..<place + 1)
            if isMany {
                let score = "\(results[place].score)/\(results[place].maximum)"
                progress("[\(place + 1)/\(submissions.count)] \(shown(submission.name)): \(score)")
            }
        }
        return try format.text(results, environment: environment)
    }

    /// What to say where no exercise file was found.
    private static func nothing(_ exercises: [Exercise]) -> String {
        "no exercise file was found" + (exercises.first.map { ": they are called \($0.name).swift, and so on" } ?? "")
    }

    private func zero(_ submission: Submission, note: String) -> GradedSubmission {
        GradedSubmission(declaring: exercises, name: submission.name, notes: [note])
    }

    private func write(_ results: [GradedSubmission], changed: Range<Int>) throws {
        guard let output else { return }
        guard isMany, format.holdsOneSubmission else {
            return try format.write(results, to: output, environment: environment)
        }
        try makeFolder(output.filePath)
        for result in results[changed] {
            try format.write([result], to: output.appending(path: "\(result.name).json"), environment: environment)
        }
    }
}

extension ResultFormat {
    /// Writes results to a file, which is replaced as a whole; through a pipe or a device they are written.
    ///
    /// - Throws: `FileError`.
    public func write(
        _ submissions: [GradedSubmission], to file: URL,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws {
        try writeAtomically(try text(submissions, environment: environment), to: file.filePath)
    }
}

extension GradedSubmission {
    /// Whether no exercise file was handed in.
    fileprivate var isEmpty: Bool {
        exercises.allSatisfy { $0.outcomes.allSatisfy { $0.message == RunFailure.missing.description } }
    }

    /// A result in which every check is declared and none has run: no points.
    public init(declaring exercises: [Exercise], name: String, notes: [String] = []) {
        self.init(
            name: name,
            exercises: exercises.map {
                GradedExercise(
                    number: $0.number, name: $0.name, title: $0.title, hiddenPoints: $0.hiddenPoints,
                    outcomes: $0.checks.map(CheckOutcome.init(declared:)))
            },
            notes: notes)
    }
}
