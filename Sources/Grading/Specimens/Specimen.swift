// BEGIN HIDDEN TESTS
import Files
import Foundation

/// A complete file of one exercise that is kept to test the grader, with what must come of it.
///
/// It begins with a header, one fact a line:
///
///     // Wrong: divides by N, not by N_k.          (or  // Unusual: works in log space.)
///     // Scores: 3
///     // Fails: update-values, gradient            (the checks that fail, all of them; none for unusual ones)
///     // Told: divided by N, not by N_k            (occurs in the message of one of those checks)
public struct Specimen: Sendable, CustomStringConvertible {
    /// The name of its exercise.
    public let exercise: String
    /// Where it is.
    public let file: URL
    /// The file's text.
    public let text: String
    /// The points that it must get.
    public let scores: Int?
    /// The checks that must fail, all of them.
    public let fails: Set<String>
    /// What must occur in the message of one of those checks.
    public let told: String?

    /// The exercise's name and the file's.
    public var description: String { "\(exercise)/\(file.lastPathComponent)" }

    /// Reads a file and its header.
    ///
    /// - Throws: errors of reading.
    init(exercise: String, file: URL) throws {
        (self.exercise, self.file) = (exercise, file)
        text = try readText(file.filePath)
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

    /// Compares what came of the file with its header.
    ///
    /// - Parameter graded: the result of a submission that contains it.
    /// - Returns: what is not as it must be, in sentences; empty if all is.
    public func deviations(in graded: GradedSubmission) -> [String] {
        guard let result = graded.exercises.first(where: { $0.name == exercise }) else {
            return ["\(self): not graded"]
        }
        let failed = result.outcomes.filter { $0.status != .passed }
        let messages = failed.map { "\n    \($0.id): \($0.message)" }.joined()
        var deviations: [String] = []
        if result.score != scores {
            let wanted = scores.map(String.init) ?? "a number in its header"
            deviations.append("\(self): it scores \(result.score), not \(wanted)\(messages)")
        }
        if Set(failed.map(\.id)) != fails {
            deviations.append(
                "\(self): the checks that fail are not \(fails.sorted().joined(separator: ", "))\(messages)")
        }
        guard !fails.isEmpty else { return deviations }
        if let told {
            if !failed.contains(where: { $0.message.contains(told) }) {
                deviations.append("\(self): it is not told “\(told)”\(messages)")
            }
        } else {
            deviations.append("\(self): its header does not say what is told")
        }
        return deviations
    }
}

/// The submissions that are kept to test the grader: wrong ones, and correct ones that are unlike the master.
public enum Specimens {
    /// Which of the two.
    public enum Kind: String, Sendable, CaseIterable {
        /// Each with a mistake that students make.
        case wrong = "Wrong"
        /// Correct, and to get full points.
        case unusual = "Unusual"
    }

    /// Reads a collection, and packs it into as few submissions as possible: the first has the first file of each exercise, the
    /// second the second, and so on. A file scores the same in any company.
    ///
    /// - Parameters:
    ///   - kind: which collection.
    ///   - root: the package's folder.
    ///   - exercises: the exercises whose files are wanted.
    /// - Throws: errors of reading.
    public static func packed(_ kind: Kind, root: URL, exercises: [Exercise]) throws -> [[Specimen]] {
        let files: [[Specimen]] = try exercises.map { exercise in
            let folder = root.appending(path: "Tests/GradingTests/Submissions/\(kind.rawValue)/\(exercise.name)")
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.filePath)) ?? []
            return try names.filter { $0.hasSuffix(".swift") }.sorted().map {
                try Specimen(exercise: exercise.name, file: folder.appending(path: $0))
            }
        }
        let rounds = files.map(\.count).max() ?? 0
        return (0..<rounds).map { round in
            files.compactMap { $0.count > round ? $0[round] : nil }
        }
    }
}
// END HIDDEN TESTS
