import ExerciseChecks
import Foundation
import Grading
import Testing

/// A collection of Tests/GradingTests/Submissions, packed into submissions; only the files of $EXERCISE, if that is set:
///
///     EXERCISE=Exercise3SingleFlips swift test --filter CollectionTests
func packed(_ kind: Specimens.Kind) throws -> [[Specimen]] {
    let wanted = ProcessInfo.processInfo.environment["EXERCISE"]
    return try Specimens.packed(
        kind, root: root, exercises: allExercises.filter { wanted == nil || wanted == $0.name })
}

/// Grades a submission of these files.
func grade(_ specimens: [Specimen], named name: String) async throws -> GradedSubmission {
    try await grade(files: specimens.reduce(into: [:]) { $0["\($1.exercise).swift"] = $1.text }, named: name)
}

/// Grades a submission of these texts, by path.
func grade(files: [String: String], named name: String) async throws -> GradedSubmission {
    let folder = try HandedIn(files)
    defer { withExtendedLifetime(folder) {} }
    return try await sharedGrader.value.grade(folder.url, name: name)
}

/// A folder such as a student hands in, removed with the last reference to it.
final class HandedIn: Sendable {
    let url = FileManager.default.temporaryDirectory.appending(path: "HandedIn-\(UUID().uuidString)")

    init(_ files: [String: String]) throws {
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        for (path, text) in files { try write(Data(text.utf8), to: path) }
    }

    func write(_ data: Data, to path: String) throws {
        let file = url.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: file)
    }

    deinit { try? FileManager.default.removeItem(at: url) }
}

/// The package's folder.
let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// The folder with the collections.
let submissions = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Submissions")

/// One grader for all tests, so that what all submissions share is compiled once.
let sharedGrader = Task { try await Grader(root: root, exercises: allExercises) }
