import ExerciseChecks
import Foundation
import Grading
import Testing

/// A complete file of one exercise that is kept to test the grader, with what must come of it.
///
/// It begins with a header, one fact a line:
///
///     // Wrong: divides by N, not by N_k.          (or  // Unusual: works in log space.)
///     // Scores: 3
///     // Fails: update-values, gradient            (the checks that fail, all of them; none for unusual ones)
///     // Told: divided by N, not by N_k            (occurs in the message of one of those checks)
struct Specimen: Sendable, CustomStringConvertible {
    let exercise: String
    let file: URL
    let text: String
    let scores: Int?
    let fails: Set<String>
    let told: String?

    var description: String { "\(exercise)/\(file.lastPathComponent)" }

    init(exercise: String, file: URL) throws {
        (self.exercise, self.file) = (exercise, file)
        text = try String(contentsOf: file, encoding: .utf8)
        var facts: [String: String] = [:]
        for line in text.split(separator: "\n") {
            guard line.hasPrefix("// "), let colon = line.firstIndex(of: ":") else { break }
            facts[String(line[..<colon].dropFirst(3))] = line[line.index(after: colon)...].trimmingCharacters(
                in: .whitespaces)
        }
        scores = facts["Scores"].flatMap { Int($0) }
        fails = Set((facts["Fails"] ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) })
        told = facts["Told"]
    }
}

/// The files in a folder of Tests/GradingTests/Submissions, by exercise; only those of $EXERCISE, if that is set:
///
///     EXERCISE=Exercise3SingleFlips swift test --filter CollectionTests
func collection(_ kind: String) throws -> [[Specimen]] {
    let folder = submissions.appending(path: kind)
    let wanted = ProcessInfo.processInfo.environment["EXERCISE"]
    return try allExercises.map(\.name).filter { wanted == nil || wanted == $0 }.map { exercise in
        let place = folder.appending(path: exercise)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: place.path(percentEncoded: false))) ?? []
        return try names.filter { $0.hasSuffix(".swift") }.sorted().map {
            try Specimen(exercise: exercise, file: place.appending(path: $0))
        }
    }
}

/// As few submissions as possible: the first has the first file of each exercise, the second the second, and so on.
func packed(_ kind: String) throws -> [[Specimen]] {
    let files = try collection(kind)
    return (0..<(files.map(\.count).max() ?? 0)).map { round in files.compactMap { $0.count > round ? $0[round] : nil }
    }
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
