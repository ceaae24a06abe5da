import Files
import Foundation

/// Grades submissions, some at once, and keeps what is written on the disk complete at every moment.
///
/// Before anything of a submission runs, its result with 0 points is written, and replaced when it is graded. A submission that
/// cannot be graded never stops the others: it keeps 0 points, with a note. Results stand in the order of the submissions, whoever
/// was ready first.
public struct GradingRun: Sendable {
    /// Grades one submission, given what came of it in an earlier run.
    public typealias Grade = @Sendable (Submission, GradingRecord?) async throws -> GradingRecord

    let exercises: [Exercise]
    let format: ResultFormat
    let output: URL?
    let isMany: Bool
    let environment: [String: String]
    let grade: Grade
    /// How many processes run at once.
    public var jobs = 1
    /// What is known from an earlier run, by the submission's name.
    public var earlier: [String: GradingRecord] = [:]
    /// Who handed in late, and what that costs.
    public var lateness = Lateness()

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
        var results = submissions.map {
            earlier[$0.name] ?? zero($0, note: "this submission has not been graded")
        }
        var file = try ResultFiles(self, results)
        var count = RunCount(of: submissions.count)
        try await Slots.$current.withValue(Slots(jobs)) {
            try await withThrowingTaskGroup(of: (Int, GradingRecord).self) { group in
                var waiting = submissions.enumerated().makeIterator()
                func start() {
                    guard let (place, submission) = waiting.next() else { return }
                    group.addTask { (place, await result(of: submission)) }
                }
                for _ in 0..<max(1, jobs) { start() }
                while let (place, record) = try await group.next() {
                    start()
                    results[place] = record
                    count.add(isKept: record == earlier[record.submission.name])
                    try file.update(results, at: place, isLast: count.done == submissions.count)
                    if isMany { progress(count.line(for: record.submission)) }
                }
            }
        }
        return try text(of: results)
    }

    private func result(of submission: Submission) async -> GradingRecord {
        do {
            var record = try await grade(submission, earlier[submission.name])
            if record.submission.isEmpty, !record.submission.notes.contains(Self.nothing(exercises)) {
                record.submission.notes.append(Self.nothing(exercises))
            }
            return record
        } catch {
            return zero(submission, note: "this submission could not be graded: \(error)")
        }
    }

    /// What to say where no exercise file was found.
    private static func nothing(_ exercises: [Exercise]) -> String {
        "no exercise file was found" + (exercises.first.map { ": they are called \($0.name).swift, and so on" } ?? "")
    }

    private func zero(_ submission: Submission, note: String) -> GradingRecord {
        GradingRecord(submission: GradedSubmission(declaring: exercises, name: submission.name, notes: [note]))
    }

    /// The results as they are written.
    func text(of records: [GradingRecord]) throws -> String {
        if format == .csv { return ResultTable.text(records, lateness: lateness) }
        return try format.text(records.map(\.submission), environment: environment)
    }
}

/// How far a run is, and how long it will take.
private struct RunCount {
    private let all: Int
    private let began = ContinuousClock.now
    private(set) var done = 0
    private var kept = 0

    init(of all: Int) { self.all = all }

    mutating func add(isKept: Bool) {
        done += 1
        kept += isKept ? 1 : 0
    }

    /// "[3/200] ada: 98/125, 12 min left": what was known already says nothing about the time that the rest will take.
    func line(for submission: GradedSubmission) -> String {
        let line = "[\(done)/\(all)] \(shown(submission.name)): \(submission.score)/\(submission.maximum)"
        let seconds = (ContinuousClock.now - began) / .seconds(1)
        guard done > kept, done < all, seconds > 10 else { return line }
        let left = Int((seconds / Double(done - kept) * Double(all - done)).rounded(.up))
        return line + (left < 100 ? ", \(left) s left" : ", \((left + 59) / 60) min left")
    }
}

/// Where a run's results are written: one file for all, with the records beside a table, or a file for each submission.
private struct ResultFiles {
    private let run: GradingRun
    private let output: URL?
    private var lines: [String] = []
    private var written = ContinuousClock.now

    /// A class is written once a second at most: so it takes no longer with a thousand students, and a run that is killed loses
    /// a second's work.
    private static let interval = Duration.seconds(1)

    init(_ run: GradingRun, _ results: [GradingRecord]) throws {
        (self.run, output) = (run, run.output)
        if keepsRecords { lines = try results.map(GradingRecords.line) }
        if isOneFile { try writeAll(results) } else { for record in results { try write(record) } }
    }

    private var isOneFile: Bool { !(run.isMany && run.format.holdsOneSubmission) }
    private var keepsRecords: Bool { run.format == .csv && output.map(GradingRecords.belong(beside:)) ?? false }

    mutating func update(_ results: [GradingRecord], at place: Int, isLast: Bool) throws {
        guard isOneFile else { return try write(results[place]) }
        if keepsRecords { lines[place] = try GradingRecords.line(results[place]) }
        if isLast || ContinuousClock.now - written > Self.interval {
            try writeAll(results)
            written = .now
        }
    }

    private func writeAll(_ results: [GradingRecord]) throws {
        guard let output else { return }
        if keepsRecords { try writeAtomically(lines.joined(), to: GradingRecords.file(of: output).filePath) }
        try writeAtomically(try run.text(of: results), to: output.filePath)
    }

    private func write(_ record: GradingRecord) throws {
        guard let output else { return }
        try makeFolder(output.filePath)
        let file = output.appending(path: "\(record.submission.name).json")
        try run.format.write([record.submission], to: file, environment: run.environment)
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
    ///
    /// - Parameters:
    ///   - exercises: the exercises.
    ///   - name: whose it is.
    ///   - notes: what is to be said.
    ///   - visibility: only these checks; nil for all.
    public init(
        declaring exercises: [Exercise], name: String, notes: [String] = [], visibility: TestCase.Visibility? = nil
    ) {
        self.init(
            name: name,
            exercises: exercises.map {
                GradedExercise(
                    number: $0.number, name: $0.name, title: $0.title, hiddenPoints: $0.hiddenPoints,
                    outcomes: $0.checks.filter { visibility == nil || $0.visibility == visibility }
                        .map(CheckOutcome.init(declared:)))
            },
            notes: notes)
    }
}
