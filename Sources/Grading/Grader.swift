import ExerciseProtocol
import Foundation

/// Grades submissions: reads the files, compiles them, runs every check, and says what each came to.
///
///     let grader = try await Grader(root: package, exercises: allExercises)
///     let result = try await grader.grade(folder, name: "ada")
public struct Grader: Sendable {
    /// The exercises, in the order of their numbers.
    public let exercises: [Exercise]
    private let builder: SubmissionBuilder
    private let seed: UInt64
    private let limits: Limits

    /// The seed of the checks' data, unless another is asked for: the same submission gets the same score.
    public static let usualSeed: UInt64 = 20_251

    /// Compiles what is the same for all submissions.
    ///
    /// - Parameters:
    ///   - root: the package's folder.
    ///   - exercises: what to grade.
    ///   - seed: makes the data of the checks.
    ///   - limits: what each call of a student's functions may use.
    /// - Throws: `GradingError`, `Markers.Unbalanced`.
    public init(
        root: URL, exercises: [Exercise], seed: UInt64 = usualSeed, limits: Limits = .studentCode
    ) async throws {
        self.exercises = exercises
        self.seed = seed
        self.limits = limits
        builder = try await SubmissionBuilder(root: root)
    }

    /// A grader with other exercises or limits, which uses what `other` has compiled.
    ///
    /// - Parameters:
    ///   - other: the grader.
    ///   - exercises: what to grade.
    ///   - limits: what each call of a student's functions may use.
    public init(like other: Grader, exercises: [Exercise], limits: Limits = .studentCode) {
        (builder, seed) = (other.builder, other.seed)
        (self.exercises, self.limits) = (exercises, limits)
    }

    /// Grades what lies in a folder, which is only read.
    ///
    /// - Parameters:
    ///   - folder: what was handed in: the exercises' files, or a copy of the course that has them in it.
    ///   - name: whose it is.
    ///   - visibility: only these checks; nil for all.
    /// - Returns: the result; the same whenever it is asked for, if the student's functions return the same.
    /// - Throws: `GradingError` if it is not the student's fault.
    public func grade(
        _ folder: URL, name: String, visibility: TestCase.Visibility? = nil
    ) async throws -> GradedSubmission {
        let files = try SubmittedFiles(in: [folder], exercises: exercises.map(\.name), given: builder.given)
        var result = GradedSubmission(declaring: exercises, name: name, notes: files.notes, visibility: visibility)
        try await run(Set(exercises.map(\.name)), with: files.texts, in: &result)
        return result
    }

    /// Grades what has changed since an earlier run: exercises whose file, or what grades it, is not the same.
    ///
    /// - Parameters:
    ///   - submission: what was handed in.
    ///   - earlier: what came of the earlier run; nil if there was none.
    ///   - chosen: names of exercises which are graded in any case, and no others as long as `earlier` has them; nil for none.
    /// - Throws: `GradingError` if it is not the student's fault.
    public func record(
        _ submission: Submission, earlier: GradingRecord? = nil, only chosen: Set<String>? = nil
    ) async throws -> GradingRecord {
        let unpacked = try await submission.unpacked()
        let files = try SubmittedFiles(in: unpacked.folders, exercises: exercises.map(\.name), given: builder.given)
        var result = GradedSubmission(
            declaring: exercises, name: submission.name, notes: unpacked.notes + files.notes)
        var (wanted, digests) = (Set<String>(), [String: String]())
        for (place, exercise) in exercises.enumerated() {
            let digest = digest(of: files.texts[exercise.name], for: exercise)
            let before = earlier?.submission.exercises.first { $0.name == exercise.name }
            let isSame = chosen.map { !$0.contains(exercise.name) } ?? (earlier?.digests[exercise.name] == digest)
            if isSame, let before, let old = earlier?.digests[exercise.name],
                before.declares(result.exercises[place])
            {
                result.exercises[place] = before
                digests[exercise.name] = old
            } else {
                wanted.insert(exercise.name)
                digests[exercise.name] = digest
            }
        }
        if !wanted.isEmpty { try await run(wanted, with: files.texts, in: &result) }
        withExtendedLifetime(unpacked) {}
        let handedIn = files.texts.filter { builder.isChanged($0.value, for: $0.key) }
        return GradingRecord(
            submission: result, digests: digests, fingerprints: handedIn.mapValues(Fingerprint.init(of:)))
    }

    /// Of everything that an exercise's result depends on.
    private func digest(of text: String?, for exercise: Exercise) -> String {
        var digest = Digest()
        digest.add(builder.digest)
        digest.add("\(exercise.name) \(seed) \(limits)")
        digest.add(text ?? "none")
        return digest.text
    }

    /// Compiles, runs the checks of some exercises, and enters what came of them.
    private func run(_ names: Set<String>, with texts: [String: String], in result: inout GradedSubmission) async throws
    {
        let workingCopy = try TemporaryFolder()
        let built = try await builder.build(texts.filter { names.contains($0.key) }, in: workingCopy.url)
        let jobs = zip(exercises.indices, exercises).filter { names.contains($1.name) }.flatMap { index, exercise in
            let declared = result.exercises[index].outcomes.map(\.id)
            return exercise.checks.compactMap { check in
                declared.firstIndex(of: check.id).map { (exercise: index, place: $0, check: check) }
            }
        }
        try await withThrowingTaskGroup(of: (Int, Int, CheckOutcome).self) { group in
            var waiting = jobs.makeIterator()
            func start() {
                guard let job = waiting.next() else { return }
                let exercise = exercises[job.exercise]
                let program = built.programs[exercise.name]
                let ending = built.failures[exercise.name] ?? .missing
                group.addTask {
                    let outcome = try await CheckOutcome(
                        job.check, of: exercise, program: program, otherwise: ending, seed: seed, limits: limits)
                    return (job.exercise, job.place, outcome)
                }
            }
            for _ in 0..<max(1, ProcessInfo.processInfo.activeProcessorCount) { start() }
            while let (exercise, place, outcome) = try await group.next() {
                result.exercises[exercise].outcomes[place] = outcome
                start()
            }
        }
        withExtendedLifetime(workingCopy) {}
    }
}

extension GradedExercise {
    /// Whether the same checks were declared with the same points.
    fileprivate func declares(_ other: GradedExercise) -> Bool {
        outcomes.map(\.id) == other.outcomes.map(\.id) && outcomes.map(\.points) == other.outcomes.map(\.points)
    }
}

extension CheckOutcome {
    /// Runs a check.
    ///
    /// - Parameters:
    ///   - check: the check.
    ///   - exercise: whose it is.
    ///   - program: holds the student's functions; nil if there is none.
    ///   - ending: why there is none.
    ///   - seed: makes the data.
    ///   - limits: what each call may use.
    /// - Throws: `GradingError` if a call cannot be made at all.
    public init(
        _ check: TestCase, of exercise: Exercise, program: RunnerProgram?, otherwise ending: RunFailure = .missing,
        seed: UInt64 = Grader.usualSeed, limits: Limits = .studentCode
    ) async throws {
        self.init(declared: check)
        let process = program.map { RunnerProcess($0, limits: limits) }
        let caller: any Caller = process ?? NoProgram(ending: ending)
        do {
            switch try await check.judge(Student(of: exercise, calledBy: caller, seed: seed)) {
            case .passed: (status, earned, message) = (.passed, check.points, "")
            case .failed(let why): (status, message) = (.failed, why)
            }
        } catch let ending as RunFailure {
            message = ending.description
            switch ending {
            case .notAttempted: status = .notAttempted
            case .malformed: status = .failed
            default: status = .stopped
            }
        } catch let malformed as Malformed {
            (status, message) = (.failed, RunFailure.malformed(malformed.description).description)
        } catch let error as GradingError {
            throw error
        } catch {
            (status, message) = (.stopped, "the check could not be judged, which is not your fault: \(error)")
        }
        printed = process?.printed ?? ""
    }
}
